import { both, chronicle, opens, owes, signed, type Line } from './chronicle.js';

const c = { ref: 'c', role: 'third-party', kind: 'person', name: { ref: 'c', commitment: '00' } };
const parties = [
  { ref: 'a', role: 'claimant', kind: 'person', name: { ref: 'a', commitment: '00' } },
  { ref: 'b', role: 'respondent', kind: 'organisation', name: { ref: 'b', commitment: '00' } },
  c,
];

/** An agreement of a people's mediation committee, signed on 9 March. */
const agreed = () => {
  const matter = chronicle('debt', '2026-03-02', { parties });
  matter.tell([
    ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')],
    ...both.map((party): Line => ['2026-03-02', 'PMC', 'record-consent', { party, consent: 'given' }]),
    ['2026-03-03', 'PMC', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
    ['2026-03-03', 'PMC', 'answer-designation', { answer: 'accepts' }],
    ['2026-03-09', 'PMC', 'record-agreement', owes('2026-04-10')],
    ['2026-03-09', 'PMC', 'sign-agreement', signed],
  ]);
  return matter;
};
const applied = (applicants = both) => {
  const matter = agreed();
  matter.tell([['2026-03-16', 'COURT', 'open-procedure', opens('judicial-confirmation', 'COURT', { applicants })]]);
  return matter;
};
const reviewing = () => {
  const matter = applied();
  matter.tell([['2026-03-18', 'COURT', 'accept-application', {}]]);
  return matter;
};
const confirmed = () => {
  const matter = reviewing();
  matter.tell([['2026-03-25', 'COURT', 'issue-ruling', { result: 'confirmed' }]]);
  return matter;
};

describe('judicial confirmation 司法确认', () => {
  it('is for both together: one alone waits for the other', () => {
    const matter = applied(['a']);
    expect(matter.procedure('p2').step).toBe('awaiting-joint-application');
    expect(matter.clock('p1:JC-01:party:a')).toBe('2026-04-08 running');
    expect(matter.rules()).not.toContain('JC-05');
    expect(matter.refused('2026-03-17', 'COURT', 'join-application', { party: 'a' })).toBe('already-done');
    matter.tell([['2026-03-17', 'COURT', 'join-application', { party: 'b' }]]);
    expect(matter.procedure('p2')).toMatchObject({ step: 'applied', applicants: both });
    expect(matter.clock('p1:JC-01:party:b')).toBe('2026-04-08 met');
  });

  it('aims at three days and fifteen, within the thirty of the law, which the president extends once', () => {
    const matter = applied();
    expect(matter.deadline('p2:JC-05')).toMatchObject({ due: '2026-03-19', kind: 'internal' });
    matter.tell([['2026-03-18', 'COURT', 'accept-application', {}]]);
    expect(matter.clock('p2:JC-05')).toBe('2026-03-19 met');
    expect(matter.deadline('p2:JC-05.decision')).toMatchObject({
      due: '2026-04-02',
      confidence: 'unverified',
    });
    expect(matter.clock('p2:JC-04')).toBe('2026-04-17 running');
    matter.tell([['2026-04-01', 'COURT', 'extend', { rule: 'JC-04', approvedBy: 'president' }]]);
    // 17 May is a Sunday.
    expect(matter.clock('p2:JC-04')).toBe('2026-05-18 running');
    expect(matter.refused('2026-04-02', 'COURT', 'extend', { rule: 'JC-04', approvedBy: 'president' })).toBe(
      'extension-exhausted',
    );
  });

  it('late with everything, the court is urged, and may still rule', () => {
    const matter = applied();
    matter.until('2026-03-20');
    expect(matter.clock('p2:JC-05')).toBe('2026-03-19 elapsed');
    matter.tell([['2026-03-20', 'COURT', 'accept-application', {}]]);
    expect(matter.deadline('p2:JC-05').doneLateOn).toBe('2026-03-20');
    matter.until('2026-04-21');
    expect(matter.clock('p2:JC-05.decision')).toBe('2026-04-07 elapsed');
    expect(matter.clock('p2:JC-04')).toBe('2026-04-20 elapsed');
    expect(matter.procedure('p2').status).toBe('open');
    matter.tell([['2026-04-22', 'COURT', 'issue-ruling', { result: 'confirmed' }]]);
    for (const rule of ['JC-04', 'JC-05.decision']) expect(matter.deadline(`p2:${rule}`).doneLateOn).toBe('2026-04-22');
  });

  it('may be objected to by a party in fifteen days, by an interested third party in six months (372)', () => {
    const matter = confirmed();
    matter.tell([
      ['2026-03-26', 'COURT', 'serve', { paper: 'ruling', party: 'b', procedureId: 'p2' }],
      ['2026-04-01', 'COURT', 'serve', { paper: 'ruling', party: 'c', procedureId: 'p2' }],
    ]);
    expect(matter.clock('p2:JC-09:party:b')).toBe('2026-04-10 running');
    // 1 October begins the National Day holiday.
    expect(matter.clock('p2:JC-09.third-party:party:c')).toBe('2026-10-08 running');
    matter.until('2026-10-09');
    expect(matter.clock('p2:JC-09.third-party:party:c')).toBe('2026-10-08 elapsed');
    expect(matter.procedure('p2').outcome).toBe('confirmed');
  });

  it('is enforceable for two years from the last day of performance, until everything is performed', () => {
    const matter = confirmed();
    expect(matter.procedure('p1').agreement?.confirmed).toBe(true);
    expect(matter.clock('p2:CL-15:party:a')).toBe('2028-04-10 running');
    matter.tell([['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT', { applicants: ['a'] })]]);
    expect(matter.clock('p2:CL-15:party:a')).toBe('2028-04-10 met');
  });

  describe('an objection to the ruling (民诉解释372)', () => {
    const objected = (party = 'b') => {
      const matter = confirmed();
      matter.tell([
        ['2026-03-26', 'COURT', 'serve', { paper: 'ruling', party, procedureId: 'p2' }],
        ['2026-04-10', 'COURT', 'record-objection', { party, procedureId: 'p2' }],
      ]);
      return matter;
    };

    it('in time keeps the right; the ruling stands until the court has decided', () => {
      const matter = objected();
      expect(matter.clock('p2:JC-09:party:b')).toBe('2026-04-10 met');
      expect(matter.procedure('p2').outcome).toBe('confirmed');
      expect(matter.procedure('p1').agreement?.confirmed).toBe(true);
      expect(matter.permitted()).toContain('enforcement either');
      expect(
        matter.refusal('2026-04-13', 'COURT', 'record-objection', { party: 'b', procedureId: 'p2' }),
      ).toMatchObject({ code: 'already-done', pointer: '/party' });
    });

    it('of an interested third party is in time for six months', () => {
      const matter = confirmed();
      matter.tell([
        ['2026-04-01', 'COURT', 'serve', { paper: 'ruling', party: 'c', procedureId: 'p2' }],
        ['2026-10-08', 'COURT', 'record-objection', { party: 'c', procedureId: 'p2' }],
      ]);
      expect(matter.clock('p2:JC-09.third-party:party:c')).toBe('2026-10-08 met');
    });

    it('out of time is refused, with the law and the day that passed', () => {
      const matter = confirmed();
      matter.tell([['2026-03-26', 'COURT', 'serve', { paper: 'ruling', party: 'b', procedureId: 'p2' }]]);
      const late = matter.refusal('2026-04-11', 'COURT', 'record-objection', {
        party: 'b',
        procedureId: 'p2',
      });
      expect(late).toMatchObject({
        code: 'deadline-passed',
        on: '2026-04-10',
        basis: { rule: 'JC-09', article: '372' },
      });
      const third = confirmed();
      third.tell([['2026-04-01', 'COURT', 'serve', { paper: 'ruling', party: 'c', procedureId: 'p2' }]]);
      expect(
        third.refusal('2026-10-09', 'COURT', 'record-objection', { party: 'c', procedureId: 'p2' }).basis?.rule,
      ).toBe('JC-09.third-party');
    });

    it('is to a ruling that confirms, in an open matter, and is ruled on once it is raised', () => {
      const objection = { party: 'b', procedureId: 'p2' };
      const dismissed = reviewing();
      dismissed.tell([['2026-03-25', 'COURT', 'issue-ruling', { result: 'dismissed', ground: 'unclear' }]]);
      expect(dismissed.refused('2026-03-26', 'COURT', 'record-objection', objection)).toBe('action-not-available');
      const matter = confirmed();
      const ruling = { result: 'dismissed', procedureId: 'p2' };
      expect(matter.refused('2026-03-26', 'COURT', 'rule-on-objection', ruling)).toBe('action-not-available');
      matter.tell([['2026-03-27', 'COURT', 'close', { reason: 'settled' }]]);
      expect(matter.refusal('2026-03-30', 'COURT', 'record-objection', objection)).toMatchObject({
        code: 'dispute-closed',
        alternatives: [{ action: 'reopen' }],
      });
    });

    it('dismissed, changes nothing', () => {
      const matter = objected();
      matter.tell([['2026-04-20', 'COURT', 'rule-on-objection', { result: 'dismissed', procedureId: 'p2' }]]);
      expect(matter.procedure('p2').outcome).toBe('confirmed');
      expect(matter.clock('p2:CL-15:party:a')).toBe('2028-04-10 running');
      expect(matter.refused('2026-04-21', 'COURT', 'rule-on-objection', { result: 'upheld', procedureId: 'p2' })).toBe(
        'action-not-available',
      );
    });

    it('upheld, ends enforcement and leaves the agreement as if it had never been confirmed', () => {
      const matter = objected();
      matter.tell([
        ['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT', { applicants: ['a'] })],
        ['2026-04-20', 'COURT', 'rule-on-objection', { result: 'upheld', procedureId: 'p2' }],
      ]);
      expect(matter.procedure('p2')).toMatchObject({ outcome: 'not-confirmed', closedOn: '2026-04-20' });
      expect(matter.procedure('p3')).toMatchObject({ procedure: 'enforcement', outcome: 'terminated' });
      expect(matter.procedure('p1').agreement?.confirmed).toBe(false);
      expect(matter.permitted()).toEqual(expect.arrayContaining(['mediation either', 'civil-litigation either']));
      expect(matter.forbidden()).toContain('enforcement');
      expect(
        Object.values(matter.state.deadlines)
          .filter(({ status }) => status === 'running')
          .map(({ rule }) => rule),
      ).not.toContain('CL-15');
    });
  });

  it.each([
    ['not-accepted', 'reject-application', { reason: 'title' }],
    ['not-confirmed', 'issue-ruling', { result: 'dismissed', ground: 'involuntary' }],
  ] as const)('%s, leaves the agreement unenforceable, to be varied or sued on', (outcome, action, body) => {
    const matter = outcome === 'not-accepted' ? applied() : reviewing();
    matter.tell([['2026-03-18', 'COURT', action, body]]);
    expect(matter.procedure('p2').outcome).toBe(outcome);
    expect(matter.procedure('p1').agreement?.confirmed).toBe(false);
    expect(matter.permitted()).toEqual(expect.arrayContaining(['mediation either', 'civil-litigation either']));
    expect(matter.forbidden()).toContain('enforcement');
  });

  it.each([
    ['withdrawn', 'withdraw', { procedureId: 'p2' }],
    ['deemed-withdrawn', 'deem-withdrawn', { reason: 'absent' }],
  ] as const)('%s, leaves the agreement to be performed', (outcome, action, body) => {
    const matter = reviewing();
    matter.tell([['2026-03-20', 'COURT', action, body]]);
    expect(matter.procedure('p2').outcome).toBe(outcome);
    expect(['void', 'met']).toContain(matter.deadline('p2:JC-04').status);
    expect(matter.permitted()).toEqual(['follow-up body']);
    expect(matter.procedure('p1').agreement?.confirmed).toBe(false);
  });
});
