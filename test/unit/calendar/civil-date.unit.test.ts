import {
  addDays,
  addMonths,
  addYears,
  civilDateOf,
  compareInstants,
  dayAfter,
  daysBetween,
  isCivilDate,
  isInstant,
  startOfDay,
  weekday,
} from '../../../src/domain/calendar/civil-date.js';

describe('civil dates', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2024-02-29', true],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-04-31', false],
    ['2026-4-1', false],
    ['0000-01-01', false],
    ['2026-04-01T00:00:00Z', false],
    ['', false],
  ])('isCivilDate(%s) is %s', (text, expected) => {
    expect(isCivilDate(text)).toBe(expected);
  });

  it.each([
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-08-30', 1, '2026-09-30'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-01-31', 0, '2026-01-31'],
  ])('addMonths(%s, %i) is %s', (from, months, expected) => {
    expect(addMonths(from, months)).toBe(expected);
  });

  it('keeps the corresponding date over years, clamped in common years', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(addYears('2026-03-02', 1)).toBe('2027-03-02');
  });

  it('moves and measures by days, over month, year and leap day', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(dayAfter('2026-05-09')).toBe('2026-05-10');
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(daysBetween('2026-03-17', '2026-03-02')).toBe(-15);
  });

  it('knows the day of the week', () => {
    expect(weekday('1970-01-01')).toBe(4);
    expect(weekday('2026-05-09')).toBe(6);
    expect(weekday('2026-05-10')).toBe(0);
    expect(weekday('1949-10-01')).toBe(6);
  });

  it('does not leave the years 0001–9999, and takes nothing that is no date', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('2026-02-01', 0.5)).toThrow(RangeError);
  });
});

describe('instants', () => {
  it.each([
    ['2026-05-10T00:00:00+08:00', '2026-05-10'],
    ['2026-05-09T16:00:00Z', '2026-05-10'],
    ['2026-05-09T15:59:59.999Z', '2026-05-09'],
    ['2026-05-09T23:00:00-05:00', '2026-05-10'],
    ['2026-12-31T23:30:00+07:00', '2027-01-01'],
  ])('%s is in Shanghai on %s', (instant, date) => {
    expect(civilDateOf(instant)).toBe(date);
  });

  it.each([
    ['2026-05-10T00:00:00', false],
    ['2026-05-10', false],
    ['2026-05-10T24:00:00Z', false],
    ['2026-02-30T00:00:00Z', false],
    ['2026-05-10T00:00:60Z', false],
    ['2026-05-10T00:00:00+24:00', false],
    ['2026-05-10t00:00:00.123456789z', true],
  ])('isInstant(%s) is %s', (text, expected) => {
    expect(isInstant(text)).toBe(expected);
  });

  it('compares across offsets and fractions', () => {
    expect(compareInstants('2026-05-10T00:00:00+08:00', '2026-05-09T16:00:00Z')).toBe(0);
    expect(compareInstants('2026-05-09T15:59:59.999999Z', '2026-05-10T00:00:00+08:00')).toBe(-1);
    expect(compareInstants('2026-05-09T16:00:00.000001Z', '2026-05-10T00:00:00+08:00')).toBe(1);
  });

  it('starts a day at midnight in Shanghai', () => {
    expect(startOfDay('2026-05-10')).toBe('2026-05-10T00:00:00+08:00');
    expect(() => startOfDay('2026-05-32')).toThrow(RangeError);
  });
});
