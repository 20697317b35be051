import { chronicle, opens, type Line } from './chronicle.js';

const judged: readonly Line[] = [
  ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
  ['2026-03-06', 'COURT', 'accept-application', { track: 'summary' }],
  ['2026-04-01', 'COURT', 'record-session'],
  ['2026-04-20', 'COURT', 'issue-judgment'],
  ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'a' }],
  ['2026-04-22', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
];

describe('retrial 再审', () => {
  const effective = () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell(judged);
    matter.until('2026-05-08');
    matter.tell([['2026-06-01', 'HIGH', 'open-procedure', opens('retrial', 'HIGH')]]);
    return matter;
  };

  it('is applied for in six months, and leaves the judgment enforceable where it is dismissed; not a second time', () => {
    const matter = effective();
    expect(matter.clock('p1:CL-22:party:a')).toBe('2026-11-09 met');
    matter.tell([['2026-08-03', 'HIGH', 'issue-ruling', { kind: 'dismissed', procedureId: 'p2' }]]);
    expect(matter.permitted()).toContain('enforcement either');
    expect(matter.refused('2026-08-10', 'HIGH', 'open-procedure', opens('retrial', 'HIGH'))).toBe(
      'already-done',
    );
  });

  it('is too late after them', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell(judged);
    matter.until('2026-11-10');
    expect(matter.refused('2026-11-10', 'HIGH', 'open-procedure', opens('retrial', 'HIGH'))).toBe(
      'deadline-passed',
    );
  });

  it('ordered and tried, ends in an effective judgment', () => {
    const matter = effective();
    matter.tell([
      ['2026-08-03', 'HIGH', 'issue-ruling', { kind: 'ordered', procedureId: 'p2' }],
      ['2026-09-03', 'HIGH', 'record-session'],
      ['2026-09-10', 'HIGH', 'issue-judgment', { result: 'changed', procedureId: 'p2' }],
    ]);
    expect(matter.procedure('p2').outcome).toBe('effective');
    expect(matter.permitted()).toContain('enforcement either');
    expect(matter.forbidden()).toContain('civil-litigation');
  });
});
