import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import { countPeriod, type Period } from '../../../src/domain/calendar/count.js';

const count = (period: Omit<Period, 'calendar'>) => countPeriod({ ...period, calendar: publishedCalendar });

describe('forward', () => {
  it.each([
    ['2026-03-02', 15, 'D', '2026-03-17', '2026-03-17'],
    ['2026-03-20', 5, 'WD', '2026-03-27', '2026-03-27'],
    ['2026-03-20', 5, 'D', '2026-03-25', '2026-03-25'],
    ['2026-03-25', 45, 'D', '2026-05-09', '2026-05-09'],
    ['2026-05-11', 15, 'D', '2026-05-26', '2026-05-26'],
    ['2026-05-26', 30, 'D', '2026-06-25', '2026-06-25'],
    ['2026-06-15', 30, 'D', '2026-07-15', '2026-07-15'],
    ['2026-02-28', 1, 'M', '2026-03-28', '2026-03-30'],
    ['2026-01-31', 1, 'M', '2026-02-28', '2026-02-28'],
    ['2026-08-30', 1, 'M', '2026-09-30', '2026-09-30'],
    ['2026-02-01', 15, 'D', '2026-02-16', '2026-02-24'],
  ] as const)('%s + %i %s', (from, amount, unit, naturalDue, due) => {
    expect(count({ from, amount, unit })).toMatchObject({ naturalDue, due, provisional: false });
  });

  it('ends at 24:00 of the last day', () => {
    expect(count({ from: '2026-03-25', amount: 45, unit: 'D' }).dueAt).toBe('2026-05-10T00:00:00+08:00');
  });

  it('takes the Shanghai day of an instant', () => {
    expect(count({ from: '2026-03-01T16:30:00Z', amount: 15, unit: 'D' }).due).toBe('2026-03-17');
  });
});

describe('provisional', () => {
  it.each([
    ['2026-03-02', 1, 'Y', true],
    ['2026-12-25', 5, 'WD', true],
    ['2026-12-24', 5, 'WD', false],
    ['2026-12-16', 15, 'D', false],
    ['2026-12-17', 15, 'D', true],
    ['2025-12-31', 6, 'M', false],
  ] as const)('%s + %i %s: %s', (from, amount, unit, provisional) => {
    expect(count({ from, amount, unit }).provisional).toBe(provisional);
  });
});

describe('backward', () => {
  it.each([
    ['2026-04-16', 5, 'D', '2026-04-11', '2026-04-10'],
    ['2026-04-16', 5, 'WD', '2026-04-09', '2026-04-09'],
    ['2026-02-25', 3, 'D', '2026-02-22', '2026-02-14'],
    ['2026-05-14', 5, 'D', '2026-05-09', '2026-05-09'],
    ['2026-03-31', 1, 'M', '2026-02-28', '2026-02-28'],
  ] as const)('%s − %i %s', (from, amount, unit, naturalDue, due) => {
    expect(count({ from, amount, unit, direction: 'backward' })).toMatchObject({ naturalDue, due });
  });
});

describe('suspensions', () => {
  const d = { from: '2026-03-02', amount: 10, unit: 'D' } as const;

  it.each([
    ['none', [], '2026-03-12', 0],
    ['within', [{ from: '2026-03-05', to: '2026-03-08' }], '2026-03-15', 3],
    ['before the trigger', [{ from: '2026-02-01', to: '2026-03-03' }], '2026-03-12', 0],
    ['across the trigger', [{ from: '2026-02-25', to: '2026-03-05' }], '2026-03-14', 2],
    ['on the last day', [{ from: '2026-03-12', to: '2026-03-14' }], '2026-03-14', 2],
    ['after the end', [{ from: '2026-03-13', to: '2026-03-20' }], '2026-03-12', 0],
    [
      'the second reached only through the first',
      [
        { from: '2026-03-05', to: '2026-03-08' },
        { from: '2026-03-14', to: '2026-03-19' },
      ],
      '2026-03-20',
      8,
    ],
    [
      'overlapping, counted once',
      [
        { from: '2026-03-05', to: '2026-03-08' },
        { from: '2026-03-06', to: '2026-03-09' },
      ],
      '2026-03-16',
      4,
    ],
  ])('%s', (_name, suspensions, naturalDue, suspendedDays) => {
    expect(count({ ...d, suspensions })).toMatchObject({ naturalDue, suspendedDays });
  });

  it('are skipped as working days in a period of working days', () => {
    const suspensions = [{ from: '2026-03-05', to: '2026-03-09' }];
    expect(count({ from: '2026-03-02', amount: 5, unit: 'WD', suspensions })).toMatchObject({
      due: '2026-03-11',
      suspendedDays: 4,
    });
  });

  it('lengthen months by days after the months are added in one step with the extension', () => {
    const suspensions = [{ from: '2026-02-01', to: '2026-02-11' }];
    expect(count({ from: '2026-01-31', amount: 1, unit: 'M', extension: { amount: 1 }, suspensions })).toMatchObject({
      naturalDue: '2026-04-10',
      due: '2026-04-10',
      suspendedDays: 10,
    });
  });

  it('that begin on the working day an end would roll to hold the end until the clock runs again', () => {
    const suspensions = [{ from: '2026-03-16', to: '2026-03-20' }];
    expect(count({ from: '2026-03-04', amount: 10, unit: 'D', suspensions })).toMatchObject({
      naturalDue: '2026-03-14',
      due: '2026-03-20',
    });
  });

  it('must begin before they end', () => {
    expect(() => count({ ...d, suspensions: [{ from: '2026-03-05', to: '2026-03-05' }] })).toThrow(RangeError);
  });
});

describe('extension', () => {
  it('is added in one step and rolled once', () => {
    expect(count({ from: '2026-08-20', amount: 45, unit: 'D', extension: { amount: 15 } })).toMatchObject({
      naturalDue: '2026-10-19',
      due: '2026-10-19',
    });
    expect(count({ from: '2025-12-31', amount: 2, unit: 'M', extension: { amount: 1 } }).naturalDue).toBe('2026-03-31');
  });
});

describe('hours and seconds', () => {
  it('are exact and do not roll', () => {
    expect(count({ from: '2026-05-01T10:00:00+08:00', amount: 48, unit: 'H' })).toMatchObject({
      due: '2026-05-03',
      dueAt: '2026-05-03T10:00:00+08:00',
      provisional: false,
    });
    expect(count({ from: '2026-05-01T23:59:58.500+08:00', amount: 3, unit: 'S' })).toMatchObject({
      due: '2026-05-02',
      dueAt: '2026-05-02T00:00:01.500+08:00',
    });
    expect(count({ from: '2026-05-01T15:00:00Z', amount: 24, unit: 'H', direction: 'backward' }).dueAt).toBe(
      '2026-04-30T23:00:00+08:00',
    );
  });

  it('stand still while suspended', () => {
    const suspensions = [{ from: '2026-05-02', to: '2026-05-04' }];
    expect(count({ from: '2026-05-01T10:00:00+08:00', amount: 48, unit: 'H', suspensions })).toMatchObject({
      dueAt: '2026-05-05T10:00:00+08:00',
      suspendedDays: 2,
    });
  });
});

describe('the close of business', () => {
  it('ends the last day where a period has business hours, forward and backward', () => {
    const forward = count({ from: '2026-09-16', amount: 15, unit: 'D', cutOff: '17:30' });
    expect(forward).toMatchObject({ due: '2026-10-08', dueAt: '2026-10-08T17:30:00+08:00' });
    expect(forward.trace).toContain('2026-10-08 于业务时间终止时（17:30）截止（民法典203）');
    const backward = { from: '2026-04-16', amount: 5, unit: 'WD', direction: 'backward' } as const;
    expect(count({ ...backward, cutOff: '09:00' }).dueAt).toBe('2026-04-09T09:00:00+08:00');
  });

  it('does not touch hours, and must be a time of day', () => {
    const hours = { from: '2026-05-01T10:00:00+08:00', amount: 48, unit: 'H' } as const;
    expect(count({ ...hours, cutOff: '17:30' }).dueAt).toBe('2026-05-03T10:00:00+08:00');
    for (const cutOff of ['24:00', '9:00', '17:60', 'noon'])
      expect(() => count({ from: '2026-03-02', amount: 1, unit: 'D', cutOff })).toThrow(RangeError);
  });
});

describe('the trace', () => {
  it('says why an end moved, naming the holiday', () => {
    const { trace } = count({ from: '2026-02-01', amount: 15, unit: 'D' });
    expect(trace).toEqual([
      '起算日 2026-02-01 不计入；期间 15日',
      '自然届满日 2026-02-16',
      '2026-02-16 为春节假期，顺延至其后第一个工作日 2026-02-24',
      '法定日历版本 cn-2026.1',
    ]);
  });

  it('says why a make-up Saturday does not move', () => {
    const { trace } = count({ from: '2026-03-25', amount: 45, unit: 'D' });
    expect(trace).toContain('2026-05-09 为调休上班（劳动节），不顺延');
  });

  it('says what was taken out, and that a year is not published', () => {
    const { trace } = count({
      from: '2026-12-01',
      amount: 30,
      unit: 'D',
      suspensions: [{ from: '2026-12-10', to: '2026-12-15' }],
    });
    expect(trace).toContain('扣除期间 5 日不计入');
    expect(trace).toContain('2027 年放假安排尚未公布，按周一至周五推算，结果暂定');
  });

  it('names the holidays that a count of working days passed over', () => {
    const { trace } = count({ from: '2026-04-30', amount: 5, unit: 'WD' });
    expect(trace).toContain('其间周末、节假日 6 日不计入（劳动节假期、调休上班（劳动节））');
  });
});

describe('refuses', () => {
  it.each([
    [{ from: '2026-02-30', amount: 1, unit: 'D' }],
    [{ from: '2026-02-01', amount: -1, unit: 'D' }],
    [{ from: '2026-02-01', amount: 1.5, unit: 'WD' }],
    [{ from: '2026-02-01', amount: 9000, unit: 'Y' }],
    [{ from: '2026-02-01', amount: 4_000_000, unit: 'D' }],
    [{ from: '2026-02-01', amount: 5, unit: 'D', extension: { amount: 0.5 } }],
  ] as const)('%j', (period) => {
    expect(() => count(period)).toThrow(RangeError);
  });
});
