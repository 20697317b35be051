import { chronicle, opens } from './chronicle.js';

describe('procurement complaint 投诉', () => {
  const complained = () => {
    const matter = chronicle('procurement', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'BUYER', 'open-procedure', opens('procurement-challenge', 'BUYER')],
      ['2026-03-09', 'BUYER', 'reply', { result: 'unfounded' }],
      ['2026-03-20', 'FIN', 'open-procedure', opens('procurement-complaint', 'FIN')],
    ]);
    return matter;
  };

  it('is handled in thirty working days; in default of that review or suit is open and ends it', () => {
    const matter = complained();
    expect(matter.clock('p2:AD-07.decision')).toBe('2026-05-07 running');
    matter.until('2026-05-08');
    expect(matter.permitted()).toEqual(
      expect.arrayContaining(['administrative-review claimant', 'administrative-litigation claimant']),
    );
    matter.tell([['2026-05-12', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')]]);
    expect(matter.procedure('p2').outcome).toBe('no-decision-in-time');
  });

  it('decided, leaves review in sixty days or a suit in six months, and choosing one spends the other', () => {
    const matter = complained();
    matter.tell([
      ['2026-04-20', 'FIN', 'issue-decision', { result: 'unfounded' }],
      ['2026-04-21', 'FIN', 'serve', { paper: 'decision', party: 'a' }],
    ]);
    expect(matter.clock('p2:AR-01:party:a')).toBe('2026-06-22 running');
    expect(matter.clock('p2:AL-02:party:a')).toBe('2026-10-21 running');
    expect(matter.permitted()).toEqual(['administrative-review claimant', 'administrative-litigation claimant']);
    matter.tell([['2026-05-06', 'GOV', 'open-procedure', opens('administrative-review', 'GOV')]]);
    expect(matter.clock('p2:AR-01:party:a')).toBe('2026-06-22 met');
    expect(matter.clock('p2:AL-02:party:a')).toBe('2026-10-21 void');
  });

  it('refused, tells why in writing', () => {
    const matter = complained();
    matter.tell([['2026-03-24', 'FIN', 'reject-application', { reason: 'no-jurisdiction' }]]);
    expect(matter.owed()).toEqual(['p2:refusal']);
    expect(matter.refused('2026-03-25', 'FIN', 'issue-decision', { result: 'founded' })).toBe('procedure-closed');
    expect(matter.permitted()).toContain('administrative-review claimant');
  });

  it('is inquired into, and may be dismissed: review or suit is open all the same', () => {
    const matter = complained();
    matter.tell([
      ['2026-04-01', 'FIN', 'record-session', { absent: ['b'] }],
      ['2026-04-20', 'FIN', 'issue-decision', { result: 'dismissed' }],
    ]);
    expect(matter.procedure('p2').outcome).toBe('dismissed');
    expect(matter.permitted()).toContain('administrative-review claimant');
  });

  it('refused, is told in writing; withdrawn, is at an end', () => {
    const refused = complained();
    refused.tell([
      ['2026-03-24', 'FIN', 'reject-application', { reason: 'late' }],
      ['2026-03-25', 'FIN', 'give-notice', { notice: 'refusal', parties: ['a'] }],
    ]);
    expect(refused.owed()).toEqual([]);
    const withdrawn = complained();
    withdrawn.tell([['2026-03-25', 'FIN', 'withdraw', { party: 'a', procedureId: 'p2' }]]);
    expect(withdrawn.procedure('p2').outcome).toBe('withdrawn');
    expect(withdrawn.deadline('p2:AD-07.decision').status).toBe('void');
  });
});
