import { chronicle, opens, type Line } from './chronicle.js';

const opening = opens('protection-order', 'COURT', { applicants: ['a'] });

describe('protection order 人身安全保护令', () => {
  const feared = (lines: readonly Line[] = []) => {
    const matter = chronicle('family', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'DESK', 'raise-alert', { kind: 'violence' }],
      ['2026-03-02', 'COURT', 'open-procedure', opening],
      ...lines,
    ]);
    return matter;
  };
  const accepted = (urgent: boolean): Line => ['2026-03-02T15:00:00+08:00', 'COURT', 'accept-application', { urgent }];
  const granted = (months?: number): Line => ['2026-03-03', 'COURT', 'issue-order', { result: 'granted', months }];

  it('is open where violence is feared, for the claimant, beside everything else', () => {
    expect(chronicle('family', '2026-03-02').refused('2026-03-02', 'COURT', 'open-procedure', opening)).toBe(
      'route-forbidden',
    );
    const matter = feared([['2026-03-03', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
    expect(matter.procedure('p1').status).toBe('open');
    expect(matter.permitted()).toContain('police-report claimant');
  });

  it('is decided within hours of acceptance, counted from the instant', () => {
    const matter = feared([accepted(false)]);
    expect(Date.parse(matter.deadline('p1:CL-24').dueAt)).toBe(Date.parse('2026-03-05T15:00:00+08:00'));
    const urgent = feared([accepted(true)]);
    expect(Date.parse(urgent.deadline('p1:CL-24.urgent').dueAt)).toBe(Date.parse('2026-03-03T15:00:00+08:00'));
    urgent.tell([granted()]);
    expect(urgent.deadline('p1:CL-24.urgent').status).toBe('met');
  });

  it('is in force for the months the court says, six at most, and may be prolonged', () => {
    expect(feared([accepted(false), granted()]).clock('p1:CL-24.validity')).toBe('2026-09-03 running');
    const matter = feared([accepted(false), granted(3)]);
    expect(matter.clock('p1:CL-24.validity')).toBe('2026-06-03 running');
    matter.tell([['2026-05-28', 'COURT', 'prolong-order', { months: 2 }]]);
    expect(matter.clock('p1:CL-24.validity')).toBe('2026-08-03 running');
    matter.until('2026-08-04');
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'expired' });
    expect(matter.permitted()).toContain('civil-litigation either');
  });

  it('may be reviewed on request within five days of receipt, and stays in force meanwhile', () => {
    const matter = feared([accepted(false), granted()]);
    const review = { party: 'b' };
    expect(matter.refused('2026-03-04', 'COURT', 'request-review', review)).toBe('action-not-available');
    matter.tell([
      ['2026-03-04', 'COURT', 'serve', { paper: 'order', party: 'a' }],
      ['2026-03-04', 'COURT', 'serve', { paper: 'order', party: 'b' }],
      ['2026-03-09', 'COURT', 'request-review', review],
    ]);
    expect(matter.clock('p1:CL-24.review:party:b')).toBe('2026-03-09 met');
    expect(matter.procedure('p1').step).toBe('in-force');
    matter.until('2026-03-10');
    expect(matter.refused('2026-03-10', 'COURT', 'request-review', { party: 'a' })).toBe('deadline-passed');
    matter.tell([['2026-03-16', 'COURT', 'revoke-order']]);
    expect(matter.procedure('p1').outcome).toBe('annulled');
    expect(matter.deadline('p1:CL-24.validity').status).toBe('void');
  });

  it('dismissed, leaves the dispute where it stood', () => {
    const before = feared().permitted();
    const matter = feared([accepted(false), ['2026-03-03', 'COURT', 'issue-order', { result: 'dismissed' }]]);
    expect(matter.permitted()).toEqual(before);
  });

  it('not accepted or withdrawn, starts nothing and leaves the dispute where it stood', () => {
    const before = feared().permitted();
    const refused = feared([['2026-03-03', 'COURT', 'reject-application', { reason: 'no-jurisdiction' }]]);
    expect(refused.procedure('p1').outcome).toBe('not-accepted');
    const withdrawn = feared([accepted(false), ['2026-03-04', 'COURT', 'withdraw', { party: 'a' }]]);
    expect(withdrawn.procedure('p1').outcome).toBe('withdrawn');
    expect(withdrawn.deadline('p1:CL-24').status).toBe('void');
    for (const matter of [refused, withdrawn]) expect(matter.permitted()).toEqual(before);
  });
});
