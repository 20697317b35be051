import { chronicle, opens } from './chronicle.js';

const opening = opens('adjudication', 'GOV');

describe('adjudication 行政裁决: title to land and forest', () => {
  const accepted = (facts: Record<string, unknown> = {}) => {
    const matter = chronicle('land-title', '2026-03-02', { facts });
    matter.tell([
      ['2026-03-02', 'GOV', 'open-procedure', opening],
      ['2026-03-05', 'GOV', 'accept-application'],
    ]);
    return matter;
  };
  const decided = (about: 'land' | 'forest', facts: Record<string, unknown> = {}) => {
    const matter = accepted(facts);
    matter.tell([
      ['2026-06-01', 'GOV', 'issue-decision', { result: 'granted', about }],
      ['2026-06-03', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
      ['2026-06-03', 'GOV', 'serve', { paper: 'decision', party: 'b' }],
    ]);
    return matter;
  };

  it('is for the government: no court takes title, and no government a clear tort', () => {
    const matter = chronicle('land-title', '2026-03-02');
    expect(matter.refused('2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT'))).toBe(
      'route-forbidden',
    );
    expect(chronicle('land-tort', '2026-03-02').refused('2026-03-02', 'GOV', 'open-procedure', opening)).toBe(
      'route-forbidden',
    );
  });

  it('runs under the periods of title disputes', () => {
    const matter = accepted();
    expect(matter.clock('p1:AD-02')).toBe('2026-03-11 met');
    expect(matter.clock('p1:AD-02.copy')).toBe('2026-03-12 running');
    expect(matter.clock('p1:AD-02.decision')).toBe('2026-09-07 running');
    matter.tell([
      ['2026-03-09', 'GOV', 'serve', { paper: 'application-copy', party: 'b' }],
      ['2026-03-20', 'GOV', 'record-session', { result: 'no-agreement' }],
    ]);
    expect(matter.clock('p1:AD-02.answer:party:b')).toBe('2026-04-08 running');
    matter.tell([['2026-04-01', 'GOV', 'record-answer', { party: 'b' }]]);
    expect(matter.clock('p1:AD-02.answer:party:b')).toBe('2026-04-08 met');
  });

  it('runs under a province’s own periods where it has them', () => {
    const matter = chronicle('land-title', '2026-03-02', { region: '440105' });
    matter.tell([
      ['2026-03-02', 'GOV', 'open-procedure', opening],
      ['2026-03-05', 'GOV', 'accept-application'],
    ]);
    expect(matter.clock('p1:AD-03')).toBe('2026-03-17 met');
    matter.tell([['2026-08-03', 'GOV', 'extend', { approvedBy: 'head' }]]);
    expect(matter.clock('p1:AD-03.decision')).toBe('2027-03-05 running');
    expect(matter.rules()).not.toContain('AD-02');
  });

  it('mediates first, and ends in a consent document that all sides sign', () => {
    const matter = accepted();
    expect(matter.refused('2026-04-01', 'GOV', 'issue-consent-document', { parties: ['a', 'a'] })).toBe(
      'consent-missing',
    );
    matter.tell([['2026-04-01', 'GOV', 'issue-consent-document', { parties: ['a', 'b'] }]]);
    expect(matter.permitted()).toEqual(['follow-up body']);
  });

  it('decided, leaves each party a suit in thirty days or review in sixty, of which one spends the other', () => {
    const matter = decided('land');
    expect(matter.clock('p1:AD-01:party:b')).toBe('2026-07-03 running');
    expect(matter.clock('p1:AR-01:party:b')).toBe('2026-08-03 running');
    expect(matter.forbidden()).toContain('civil-litigation');
    matter.tell([
      ['2026-06-10', 'UPPER', 'open-procedure', opens('administrative-review', 'UPPER', { applicants: ['b'] })],
    ]);
    expect(matter.clock('p1:AR-01:party:b')).toBe('2026-08-03 met');
    expect(matter.clock('p1:AD-01:party:b')).toBe('2026-07-03 void');
    expect(matter.clock('p1:AD-01:party:a')).toBe('2026-07-03 running');

    const late = decided('forest');
    expect(late.clock('p1:AD-04:party:a')).toBe('2026-07-03 running');
    late.until('2026-07-04');
    expect(
      late.refusal('2026-07-06', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')),
    ).toMatchObject({ code: 'deadline-passed', basis: { rule: 'AD-04' } });
  });

  it('infringing a right already obtained, is first reviewed', () => {
    const matter = decided('land', { rightAlreadyObtained: true });
    expect(matter.rules()).not.toContain('AD-01');
    expect(matter.permitted()).toEqual(['administrative-review either']);
    expect(
      matter.refusal('2026-06-05', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')),
    ).toMatchObject({ code: 'route-forbidden', basis: { rule: 'AR-10' } });
  });

  it('overdue, is answered by review, which ends it', () => {
    const matter = accepted();
    expect(matter.permitted()).not.toContain('administrative-review either');
    matter.until('2026-09-08');
    expect(matter.procedure('p1').status).toBe('open');
    matter.tell([['2026-09-10', 'UPPER', 'open-procedure', opens('administrative-review', 'UPPER')]]);
    expect(matter.procedure('p1').outcome).toBe('no-decision-in-time');
  });
});

describe('adjudication 行政裁决: patent infringement', () => {
  const accepted = () => {
    const matter = chronicle('patent', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'GOV', 'open-procedure', opening],
      ['2026-03-05', 'GOV', 'accept-application'],
    ]);
    return matter;
  };

  it('is filed in five working days and decided in three months, extended once', () => {
    const matter = accepted();
    expect(matter.clock('p1:AD-06.accept')).toBe('2026-03-09 met');
    matter.tell([['2026-05-20', 'GOV', 'extend', { approvedBy: 'head' }]]);
    expect(matter.clock('p1:AD-06.decision')).toBe('2026-07-06 running');
  });

  it('orders to stop: the infringer sues in fifteen days, damages go to the civil court', () => {
    const matter = accepted();
    matter.tell([
      ['2026-05-20', 'GOV', 'issue-decision', { result: 'granted' }],
      ['2026-05-21', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
      ['2026-05-21', 'GOV', 'serve', { paper: 'decision', party: 'b' }],
    ]);
    expect(matter.rules().filter((rule) => rule === 'AD-06')).toHaveLength(1);
    expect(matter.clock('p1:AD-06:party:b')).toBe('2026-06-05 running');
    expect(matter.permitted()).toEqual(
      expect.arrayContaining([
        'administrative-litigation either',
        'administrative-mediation either',
        'civil-litigation either',
      ]),
    );
  });

  it('rejected or not accepted, leaves the civil suit', () => {
    const matter = accepted();
    matter.tell([['2026-05-20', 'GOV', 'issue-decision', { result: 'rejected' }]]);
    expect(matter.permitted()).toEqual(['civil-litigation either']);
    const refused = chronicle('patent', '2026-03-02');
    refused.tell([
      ['2026-03-02', 'GOV', 'open-procedure', opening],
      ['2026-03-05', 'GOV', 'reject-application', { reason: 'court-has-accepted' }],
    ]);
    expect(refused.owed()).toEqual(['p1:refusal']);
    expect(refused.permitted()).toEqual(['civil-litigation either']);
  });

  it('refused, is told in writing; withdrawn, leaves the suit', () => {
    const refused = chronicle('patent', '2026-03-02');
    refused.tell([
      ['2026-03-02', 'GOV', 'open-procedure', opening],
      ['2026-03-05', 'GOV', 'reject-application', { reason: 'no-jurisdiction' }],
      ['2026-03-06', 'GOV', 'give-notice', { notice: 'refusal', parties: ['a'] }],
    ]);
    expect(refused.owed()).toEqual([]);
    const withdrawn = accepted();
    withdrawn.tell([['2026-03-20', 'GOV', 'withdraw', { party: 'a' }]]);
    expect(withdrawn.procedure('p1').outcome).toBe('withdrawn');
    expect(withdrawn.deadline('p1:AD-06.decision').status).toBe('void');
    expect(withdrawn.permitted()).toContain('civil-litigation either');
  });

  it('is not suspended: its law knows no suspension', () => {
    const suspension = { ground: 'appraisal', from: '2026-03-20', approvedBy: 'body' };
    expect(accepted().refused('2026-03-20', 'GOV', 'suspend', suspension)).toBe('action-not-available');
  });
});
