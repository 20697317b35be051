import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import { computeDeadline } from '../../../src/domain/rules/deadline-of.js';
import { allRules, findRule } from '../../../src/domain/rules/rule-book.js';

/** rule, from, days/months/years of extension, naturalDue, due, provisional. Computed apart from this code. */
type Golden = [rule: string, from: string, extension: number, naturalDue: string, due: string, provisional: boolean];

const golden: Golden[] = [
  // PM
  ['PM-17', '2026-04-01', 0, '2026-05-01', '2026-05-06', false],
  ['PM-17', '2026-09-05', 0, '2026-10-05', '2026-10-08', false],
  ['PM-17', '2026-12-15', 0, '2027-01-14', '2027-01-14', true],
  ['PM-14', '2026-01-16', 0, '2026-02-15', '2026-02-24', false],
  // JC
  ['JC-04', '2026-04-09', 0, '2026-05-09', '2026-05-09', false],
  ['JC-01', '2026-06-15', 0, '2026-07-15', '2026-07-15', false],
  ['JC-01', '2026-01-20', 0, '2026-02-19', '2026-02-24', false],
  ['JC-01', '2026-09-01', 0, '2026-10-01', '2026-10-08', false],
  ['JC-01', '2025-09-05', 0, '2025-10-05', '2025-10-09', false],
  ['JC-04', '2026-06-22', 0, '2026-07-22', '2026-07-22', false],
  ['JC-04', '2026-06-22', 30, '2026-08-21', '2026-08-21', false],
  ['JC-09', '2026-06-24', 0, '2026-07-09', '2026-07-09', false],
  ['JC-09.third-party', '2026-08-31', 0, '2027-02-28', '2027-03-01', true],
  ['JC-09.third-party', '2025-08-31', 0, '2026-02-28', '2026-02-28', false],
  // LD
  ['LD-08', '2026-12-28', 0, '2027-01-04', '2027-01-04', true],
  ['LD-37.enforcement', '2024-05-09', 0, '2026-05-09', '2026-05-09', false],
  ['LD-03', '2026-03-02', 0, '2026-03-17', '2026-03-17', false],
  ['LD-06', '2026-03-02', 0, '2027-03-02', '2027-03-02', true],
  ['LD-06', '2024-02-29', 0, '2025-02-28', '2025-02-28', false],
  ['LD-06', '2025-05-02', 0, '2026-05-02', '2026-05-06', false],
  ['LD-08', '2026-03-20', 0, '2026-03-27', '2026-03-27', false],
  ['LD-08', '2026-02-12', 0, '2026-02-26', '2026-02-26', false],
  ['LD-08', '2026-04-30', 0, '2026-05-11', '2026-05-11', false],
  ['LD-10.answer', '2026-02-11', 0, '2026-03-03', '2026-03-03', false],
  ['LD-13', '2026-04-16', 0, '2026-04-09', '2026-04-09', false],
  ['LD-13', '2026-05-08', 0, '2026-04-28', '2026-04-28', false],
  ['LD-13.postponement', '2026-02-25', 0, '2026-02-13', '2026-02-13', false],
  ['LD-16', '2026-03-25', 0, '2026-05-09', '2026-05-09', false],
  ['LD-16', '2026-09-01', 0, '2026-10-16', '2026-10-16', false],
  ['LD-16', '2026-08-20', 0, '2026-10-04', '2026-10-08', false],
  ['LD-16', '2026-09-01', 15, '2026-10-31', '2026-11-02', false],
  ['LD-23', '2026-06-05', 0, '2026-06-20', '2026-06-22', false],
  ['LD-30', '2026-05-11', 0, '2026-05-26', '2026-05-26', false],
  ['LD-31', '2026-05-12', 0, '2026-06-11', '2026-06-11', false],
  ['LD-35', '2026-05-11', 0, '2026-05-26', '2026-05-26', false],
  ['LD-35', '2026-05-12', 0, '2026-05-27', '2026-05-27', false],
  ['LD-35', '2026-09-16', 0, '2026-10-01', '2026-10-08', false],
  ['LD-40', '2026-01-12', 0, '2026-04-13', '2026-04-13', false],
  // CM
  ['CM-14', '2026-12-15', 0, '2027-01-14', '2027-01-14', true],
  ['CM-14', '2026-05-26', 0, '2026-06-25', '2026-06-25', false],
  ['CM-14', '2026-01-20', 0, '2026-02-19', '2026-02-24', false],
  ['CM-14', '2024-09-03', 0, '2024-10-03', '2024-10-08', false],
  ['CM-14.ordinary', '2026-09-16', 0, '2026-10-01', '2026-10-08', false],
  ['CM-14.summary', '2026-02-10', 0, '2026-02-17', '2026-02-24', false],
  ['CM-15', '2026-02-13', 0, '2026-02-24', '2026-02-24', false],
  ['CM-19', '2026-04-28', 0, '2026-05-05', '2026-05-06', false],
  // CL
  ['CL-02', '2026-12-26', 0, '2027-01-02', '2027-01-04', true],
  ['CX-01', '2024-02-29', 0, '2027-02-28', '2027-03-01', true],
  ['CX-01', '2023-10-04', 0, '2026-10-04', '2026-10-08', false],
  ['CX-01', '2023-05-09', 0, '2026-05-09', '2026-05-09', false],
  ['CX-02', '2026-08-15', 0, '2031-08-15', '2031-08-15', true],
  ['CL-02', '2026-05-22', 0, '2026-05-29', '2026-05-29', false],
  ['CL-02', '2026-09-24', 0, '2026-10-01', '2026-10-08', false],
  ['CL-05', '2026-08-31', 0, '2027-02-28', '2027-03-01', true],
  ['CL-05', '2025-11-03', 0, '2026-05-03', '2026-05-06', false],
  ['CL-05', '2025-05-06', 6, '2026-05-06', '2026-05-06', false],
  ['CL-06', '2025-11-30', 0, '2026-02-28', '2026-02-28', false],
  ['CL-10', '2026-01-31', 0, '2026-02-15', '2026-02-24', false],
  ['CL-10.ruling', '2025-09-24', 0, '2025-10-04', '2025-10-09', false],
  ['CL-15', '2024-02-29', 0, '2026-02-28', '2026-02-28', false],
  ['CL-15', '2026-07-31', 0, '2028-07-31', '2028-07-31', true],
  ['CL-04.hearing', '2026-05-07', 0, '2026-05-04', '2026-04-30', false],
  ['CX-01', '2023-06-19', 0, '2026-06-19', '2026-06-22', false],
  // AR
  ['AR-01', '2026-04-20', 0, '2026-06-19', '2026-06-22', false],
  ['AR-01', '2026-08-04', 0, '2026-10-03', '2026-10-08', false],
  ['AR-01', '2026-12-01', 0, '2027-01-30', '2027-02-01', true],
  ['AR-02', '2026-09-18', 0, '2026-09-24', '2026-09-24', false],
  ['AR-03.applicant', '2026-09-22', 0, '2026-10-13', '2026-10-13', false],
  ['AR-04.hearing', '2026-10-12', 0, '2026-09-29', '2026-09-29', false],
  ['AR-06', '2026-07-27', 0, '2026-09-25', '2026-09-28', false],
  ['AR-06', '2026-07-06', 30, '2026-10-04', '2026-10-08', false],
  // AL
  ['AL-02', '2026-07-31', 0, '2027-01-31', '2027-02-01', true],
  ['AL-01', '2026-04-20', 0, '2026-05-05', '2026-05-06', false],
  ['AL-02', '2025-08-14', 0, '2026-02-14', '2026-02-14', false],
  ['AL-02', '2026-03-31', 0, '2026-09-30', '2026-09-30', false],
  ['AL-03', '2025-12-31', 0, '2026-02-28', '2026-02-28', false],
  ['AL-04.simple', '2026-08-19', 0, '2026-10-03', '2026-10-08', false],
  // AD
  ['AD-02.decision', '2026-08-31', 0, '2027-02-28', '2027-03-01', true],
  ['AD-01', '2026-04-03', 0, '2026-05-03', '2026-05-06', false],
  ['AD-02', '2026-04-27', 0, '2026-05-09', '2026-05-09', false],
  ['AD-03.decision', '2025-10-05', 6, '2026-10-05', '2026-10-08', false],
  ['AD-07', '2026-02-09', 0, '2026-02-25', '2026-02-25', false],
  ['AD-07.decision', '2026-09-14', 0, '2026-10-30', '2026-10-30', false],
  // XF
  ['XF-02', '2026-02-13', 0, '2026-02-28', '2026-02-28', false],
  ['XF-01', '2026-09-20', 0, '2026-10-05', '2026-10-08', false],
  ['XF-03.objection', '2026-06-17', 0, '2026-06-25', '2026-06-25', false],
  ['XF-06', '2026-08-03', 0, '2026-10-02', '2026-10-08', false],
  ['XF-06', '2026-08-03', 30, '2026-11-01', '2026-11-02', false],
  ['XF-07', '2026-12-04', 0, '2027-01-03', '2027-01-04', true],
  // MD
  ['MD-02', '2026-02-12', 0, '2026-02-26', '2026-02-26', false],
  ['MD-01', '2026-04-20', 0, '2026-06-03', '2026-06-03', false],
  ['MD-01', '2026-12-01', 0, '2027-01-12', '2027-01-12', true],
  ['MD-02', '2026-05-06', 0, '2026-05-12', '2026-05-12', false],
  // SC
  ['SC-01', '2026-07-22', 0, '2026-09-20', '2026-09-20', false],
  ['SC-01', '2026-03-06', 0, '2026-05-05', '2026-05-06', false],
  ['SC-02', '2026-11-30', 0, '2027-02-28', '2027-03-01', true],
  // TR
  ['TR-01', '2026-12-28', 0, '2027-01-11', '2027-01-11', true],
  ['TR-03', '2026-02-11', 0, '2026-03-03', '2026-03-03', false],
  ['TR-01', '2026-02-06', 0, '2026-02-27', '2026-02-27', false],
  ['TR-02', '2026-06-22', 0, '2026-06-16', '2026-06-16', false],
  ['TR-03', '2026-09-21', 0, '2026-10-12', '2026-10-12', false],
  // CO
  ['CO-02', '2026-12-25', 0, '2027-01-05', '2027-01-05', true],
  ['CO-01', '2026-04-01', 0, '2026-04-13', '2026-04-13', false],
  ['CO-02.mediation', '2026-08-03', 0, '2026-10-10', '2026-10-10', false],
  ['CO-02.mediation', '2026-11-16', 0, '2027-01-18', '2027-01-18', true],
  // PS
  ['PS-02', '2026-12-10', 0, '2027-01-09', '2027-01-11', true],
  ['PS-02', '2026-01-29', 0, '2026-02-28', '2026-02-28', false],
  ['PS-01', '2026-05-08', 0, '2026-05-18', '2026-05-18', false],
  ['PS-02', '2026-09-03', 0, '2026-10-03', '2026-10-08', false],
  ['PS-02', '2026-08-03', 30, '2026-10-02', '2026-10-08', false],
  // RL
  ['RL-04', '2026-12-10', 0, '2027-02-08', '2027-02-08', true],
  ['RL-01', '2024-05-03', 0, '2026-05-03', '2026-05-06', false],
  ['RL-04', '2026-12-10', 0, '2027-02-08', '2027-02-08', true],
  ['RL-05', '2026-09-02', 0, '2026-10-02', '2026-10-08', false],
  // AB
  ['AB-01', '2026-05-04', 0, '2026-05-09', '2026-05-09', false],
  ['AB-01', '2026-06-14', 0, '2026-06-19', '2026-06-22', false],
  ['AB-02', '2026-06-30', 0, '2026-09-30', '2026-09-30', false],
  ['AB-02', '2026-11-30', 0, '2027-02-28', '2027-03-01', true],
  ['AB-03', '2026-07-31', 0, '2026-09-30', '2026-09-30', false],
];

function deadline(code: string, from: string, extension = 0) {
  const rule = findRule(code)!;
  return computeDeadline(rule, {
    from,
    calendar: publishedCalendar,
    extension: extension > 0 ? { amount: extension } : undefined,
  });
}

describe('deadlines of the rules', () => {
  it.each(golden)('%s from %s (+%i)', (code, from, extension, naturalDue, due, provisional) => {
    const found = deadline(code, from, extension);
    expect(found).toMatchObject({ naturalDue, due, provisional, calendarVersion: 'cn-2026.1' });
    expect(found.basis.rule).toBe(code);
  });

  it('covers every family of rules with three dated cases at least, around a holiday or make-up day and into 2027', () => {
    const families = [...new Set(allRules.map(({ code }) => code.slice(0, 2)))];
    const of = (family: string) => golden.filter(([code]) => code.startsWith(family));
    const around = ([code, from, extension]: Golden) =>
      deadline(code, from, extension).trace.some((line) => /假期|调休/.test(line));
    expect(families.filter((family) => of(family).length < 3)).toEqual([]);
    expect(families.filter((family) => !of(family).some(around))).toEqual([]);
    expect(families.filter((family) => !of(family).some(([, , , , due]) => due >= '2027'))).toEqual([]);
  });

  it('ends with the business hours where a rule has them', () => {
    const rule = { ...findRule('LD-35')!, cutOff: '17:30' };
    expect(computeDeadline(rule, { from: '2026-09-16', calendar: publishedCalendar })).toMatchObject({
      due: '2026-10-08',
      dueAt: '2026-10-08T17:30:00+08:00',
    });
  });
});

describe('an unsettled unit', () => {
  it('gives the working-day date and the earlier calendar date beside it', () => {
    expect(deadline('LD-08', '2026-03-20')).toMatchObject({
      due: '2026-03-27',
      cautiousDue: '2026-03-25',
      confidence: 'unverified',
      basis: { law: '劳动争议调解仲裁法', article: '29', rule: 'LD-08' },
    });
  });

  it('has no cautious date where the other reading is not earlier', () => {
    expect(deadline('LD-13', '2026-04-16').cautiousDue).toBeNull();
    expect(deadline('LD-16', '2026-03-25').cautiousDue).toBeNull();
  });

  it('counts by the other unit where a profile says so, and by no third one', () => {
    const rule = findRule('LD-08')!;
    const input = { from: '2026-03-20', calendar: publishedCalendar };
    expect(computeDeadline(rule, { ...input, unitOverride: 'D' })).toMatchObject({
      due: '2026-03-25',
      cautiousDue: null,
    });
    expect(() => computeDeadline(rule, { ...input, unitOverride: 'M' })).toThrow(RangeError);
  });
});

describe('suspension and extension', () => {
  const award = findRule('LD-16')!;

  it('adds suspended days to the base and the extension, rolled once at the end', () => {
    const found = computeDeadline(award, {
      from: '2026-09-01',
      extension: { amount: 15 },
      suspensions: [{ from: '2026-09-10', to: '2026-09-20' }],
      calendar: publishedCalendar,
    });
    expect(found).toMatchObject({ naturalDue: '2026-11-10', due: '2026-11-10', suspendedDays: 10 });
  });

  it('is refused for a rule that the law does not let stop', () => {
    const suit = findRule('LD-35')!;
    expect(() =>
      computeDeadline(suit, {
        from: '2026-05-11',
        suspensions: [{ from: '2026-05-12', to: '2026-05-20' }],
        calendar: publishedCalendar,
      }),
    ).toThrow(RangeError);
  });
});

it('runs hours from the instant, over weekends', () => {
  expect(deadline('CL-24', '2026-05-01T15:20:00+08:00')).toMatchObject({
    due: '2026-05-04',
    dueAt: '2026-05-04T15:20:00+08:00',
    provisional: false,
  });
});
