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
    expect(matter.refused('2026-08-10', 'HIGH', 'open-procedure', opens('retrial', 'HIGH'))).toBe('already-done');
  });

  it('is too late after them', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell(judged);
    matter.until('2026-11-10');
    expect(matter.refused('2026-11-10', 'HIGH', 'open-procedure', opens('retrial', 'HIGH'))).toBe('deadline-passed');
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

describe('a retrial that was ordered', () => {
  const ordered = (type: 'debt' | 'administrative-act') => {
    const [first, appeal] =
      type === 'debt' ? ['civil-litigation', 'civil-appeal'] : ['administrative-litigation', 'administrative-appeal'];
    const matter = chronicle(type, '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens(first!, 'COURT')],
      ['2026-03-06', 'COURT', 'accept-application'],
      ['2026-04-20', 'COURT', 'issue-judgment'],
      ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
      ['2026-04-30', 'HIGH', 'open-procedure', opens(appeal!, 'HIGH', { applicants: ['b'] })],
      ['2026-05-11', 'HIGH', 'accept-application'],
      ['2026-06-20', 'HIGH', 'issue-judgment', { procedureId: 'p2' }],
      ['2026-07-01', 'SUPREME', 'open-procedure', opens('retrial', 'SUPREME', { applicants: ['b'] })],
      ['2026-08-03', 'SUPREME', 'issue-ruling', { kind: 'ordered', procedureId: 'p3' }],
      ['2026-08-10', 'SUPREME', 'schedule-session', { at: '2026-09-03T09:00:00+08:00', procedureId: 'p3' }],
      ['2026-09-03', 'SUPREME', 'record-session', { procedureId: 'p3' }],
    ]);
    return matter;
  };
  const settles: Line = ['2026-09-07', 'SUPREME', 'issue-consent-judgment', { procedureId: 'p3' }];

  it('is settled by a consent document in a civil matter, and not in an administrative one', () => {
    const matter = ordered('debt');
    expect(matter.procedure('p3').step).toBe('heard');
    matter.tell([settles]);
    expect(matter.procedure('p3').outcome).toBe('mediated');
    expect(matter.permitted()).toContain('enforcement either');
    expect(ordered('administrative-act').refusal(...settles)).toMatchObject({
      code: 'action-not-available',
      basis: { rule: 'AL-05' },
    });
  });

  it('is withdrawn by whoever asked for it, or judged and served, and starts no period either way', () => {
    const withdrawn = ordered('debt');
    withdrawn.tell([['2026-09-07', 'SUPREME', 'withdraw', { procedureId: 'p3' }]]);
    expect(withdrawn.procedure('p3').outcome).toBe('withdrawn');
    expect(withdrawn.permitted()).toContain('enforcement either');

    const judgedAgain = ordered('debt');
    const rules = judgedAgain.rules();
    judgedAgain.tell([
      ['2026-09-07', 'SUPREME', 'issue-judgment', { result: 'upheld', procedureId: 'p3' }],
      ['2026-09-09', 'SUPREME', 'serve', { paper: 'ruling', party: 'a', procedureId: 'p3' }],
    ]);
    expect(judgedAgain.rules()).toEqual(rules);
  });
});
