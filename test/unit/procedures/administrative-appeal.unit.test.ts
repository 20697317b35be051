import { chronicle, opens } from './chronicle.js';

describe('administrative appeal 行政诉讼二审', () => {
  const appealed = () => {
    const matter = chronicle('administrative-act', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')],
      ['2026-03-06', 'COURT', 'accept-application'],
      ['2026-04-20', 'COURT', 'issue-judgment'],
      ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'a' }],
      ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
      ['2026-04-30', 'HIGH', 'open-procedure', opens('administrative-appeal', 'HIGH', { applicants: ['b'] })],
      ['2026-05-11', 'HIGH', 'accept-application'],
    ]);
    return matter;
  };

  it('has three months, keeps the first judgment from taking effect, and is final', () => {
    const matter = appealed();
    expect(matter.clock('p1:AL-04.appeal:party:b')).toBe('2026-05-06 met');
    expect(matter.clock('p1:AL-04.appeal:party:a')).toBe('2026-05-06 elapsed');
    expect(matter.procedure('p1').outcome).toBe('judgment');
    expect(matter.clock('p2:AL-04.second-instance')).toBe('2026-08-11 running');
    matter.tell([['2026-06-20', 'HIGH', 'issue-judgment', { procedureId: 'p2' }]]);
    expect(matter.permitted()).toEqual(['enforcement either', 'retrial either']);
  });

  it('withdrawn, leaves the first judgment effective', () => {
    const matter = appealed();
    matter.tell([['2026-06-01', 'HIGH', 'withdraw', { procedureId: 'p2' }]]);
    expect(matter.procedure('p1').outcome).toBe('effective');
    expect(matter.permitted()).toEqual(['enforcement either']);
  });

  it('sends the case back to be tried again', () => {
    const matter = appealed();
    matter.tell([['2026-06-01', 'HIGH', 'issue-ruling', { kind: 'remanded', procedureId: 'p2' }]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'filing' });
    expect(matter.refused('2026-06-03', 'COURT', 'reject-application', { reason: 'late' })).toBe(
      'action-not-available',
    );
    matter.tell([['2026-06-05', 'COURT', 'accept-application', { procedureId: 'p1' }]]);
    expect(matter.clock('p1:AL-04.first-instance')).toBe('2026-12-07 running');
  });
});
