import {
  calendarYear,
  dayOf,
  type HolidayYear,
  holidayYearProblems,
  publishedCalendar,
  withYear,
} from '../../../src/domain/calendar/calendar.js';
import { addDays, weekday } from '../../../src/domain/calendar/civil-date.js';

// Made up: the real notice for 2027 was not out when this was written.
const schedule2027: HolidayYear = {
  year: 2027,
  version: 'cn-2027.1',
  notice: { title: '测试用放假安排', issuedOn: '2026-11-24' },
  off: [
    { name: '元旦', from: '2026-12-31', to: '2027-01-01' },
    { name: '春节', from: '2027-03-01', to: '2027-03-03' },
  ],
  work: [{ name: '春节', date: '2027-02-27' }],
};

function daysOf(year: number) {
  const days = [];
  for (let date = `${year}-01-01`; date.startsWith(`${year}`); date = addDays(date, 1)) {
    days.push(dayOf(publishedCalendar, date));
  }
  return days;
}

describe('the published schedules', () => {
  it.each([
    // year, days, days off by notice, make-up days, working days
    [2024, 366, 28, 8, 251],
    [2025, 365, 28, 5, 248],
    [2026, 365, 33, 6, 248],
  ])('%i is complete', (year, length, off, makeUp, working) => {
    const days = daysOf(year);
    expect(days).toHaveLength(length);
    expect(days.filter(({ kind }) => kind === 'holiday')).toHaveLength(off);
    expect(days.filter(({ kind }) => kind === 'make-up-workday')).toHaveLength(makeUp);
    expect(days.filter(({ working: worked }) => worked)).toHaveLength(working);
    expect(days.filter(({ provisional }) => provisional)).toEqual([]);
    expect(calendarYear(publishedCalendar, year)).toMatchObject({ published: true, workingDays: working });
  });

  it('every other day follows Monday to Friday', () => {
    for (const day of [2024, 2025, 2026].flatMap(daysOf)) {
      if (day.kind === 'weekday' || day.kind === 'weekend') {
        expect(day.working).toBe(weekday(day.date) % 6 !== 0);
      }
    }
  });

  it.each([2024, 2025, 2026])('the schedule of %i passes its own check', (year) => {
    const schedule = publishedCalendar.years[year]!;
    expect(holidayYearProblems(schedule)).toEqual([]);
    expect(schedule.notice.number).toMatch(/^国办发明电〔20\d\d〕\d+号$/);
  });

  it.each([
    ['2026-05-09', true, 'make-up-workday', '调休上班（劳动节）'],
    ['2026-02-28', true, 'make-up-workday', '调休上班（春节）'],
    ['2026-02-20', false, 'holiday', '春节假期'],
    ['2026-05-05', false, 'holiday', '劳动节假期'],
    ['2026-05-16', false, 'weekend', '周六'],
    ['2026-05-17', false, 'weekend', '周日'],
    ['2025-10-08', false, 'holiday', '国庆节、中秋节假期'],
    ['2025-10-11', true, 'make-up-workday', '调休上班（国庆节、中秋节）'],
    ['2024-02-09', true, 'weekday', '工作日'],
    ['2024-09-15', false, 'holiday', '中秋节假期'],
  ])('%s: working %s, %s', (date, working, kind, reason) => {
    expect(dayOf(publishedCalendar, date)).toEqual({ date, working, kind, reason, provisional: false });
  });
});

describe('a year without a notice', () => {
  it('is Monday to Friday and provisional', () => {
    expect(dayOf(publishedCalendar, '2027-10-01')).toMatchObject({ working: true, provisional: true });
    expect(dayOf(publishedCalendar, '2027-10-02')).toMatchObject({ working: false, provisional: true });
    expect(dayOf(publishedCalendar, '2023-10-02')).toMatchObject({ working: true, provisional: true });
    expect(calendarYear(publishedCalendar, 2027)).toMatchObject({
      published: false,
      provisional: true,
      notice: null,
      workingDays: 261,
      off: [],
    });
  });
});

describe('loading a year', () => {
  const loaded = withYear(publishedCalendar, schedule2027);

  it('makes it certain, under a new version, and leaves the old calendar alone', () => {
    expect(loaded.version).toBe('cn-2026.1+cn-2027.1');
    expect(dayOf(loaded, '2027-03-02')).toMatchObject({ working: false, provisional: false });
    expect(dayOf(loaded, '2027-02-27')).toMatchObject({ working: true, kind: 'make-up-workday' });
    expect(dayOf(loaded, '2026-12-31').working).toBe(false);
    expect(dayOf(publishedCalendar, '2027-03-02')).toMatchObject({ working: true, provisional: true });
    expect(publishedCalendar.version).toBe('cn-2026.1');
  });

  it('replaces a corrected year and its part of the version', () => {
    const corrected = withYear(loaded, { ...schedule2027, version: 'cn-2027.2' });
    expect(corrected.version).toBe('cn-2026.1+cn-2027.2');
    expect(withYear(corrected, { ...schedule2027, version: 'cn-2027.2' })).toEqual(corrected);
  });

  it('refuses a schedule with problems, and says which', () => {
    const bad: HolidayYear = {
      ...schedule2027,
      off: [
        { name: '元旦', from: '2027-01-03', to: '2027-01-01' },
        { name: '春节', from: '2028-02-01', to: '2028-02-03' },
        { name: '国庆节', from: '2027-10-01', to: '2027-10-07' },
      ],
      work: [
        { name: '国庆节', date: '2027-10-02' },
        { name: '国庆节', date: '2027-10-13' },
        { name: '国庆节', date: '2027-02-30' },
      ],
    };
    expect(holidayYearProblems(bad).map((problem) => problem.split(':')[0])).toEqual([
      'off/0',
      'off/1',
      'work/0',
      'work/1',
      'work/2',
    ]);
    expect(() => withYear(publishedCalendar, bad)).toThrow(RangeError);
  });
});
