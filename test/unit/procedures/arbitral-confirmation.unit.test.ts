import { both, chronicle, opens, owes, signed } from './chronicle.js';

/** A labour dispute settled in mediation on 9 March. */
const agreed = () => {
  const matter = chronicle('labour', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'UNION', 'open-procedure', opens('mediation', 'UNION', { track: 'labour' })],
    ['2026-03-02', 'UNION', 'record-consent', { party: 'a', consent: 'given' }],
    ['2026-03-02', 'UNION', 'record-consent', { party: 'b', consent: 'given' }],
    ['2026-03-03', 'UNION', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
    ['2026-03-03', 'UNION', 'answer-designation', { answer: 'accepts' }],
    ['2026-03-09', 'UNION', 'record-agreement', owes('2026-04-10', 'wages')],
    ['2026-03-09', 'UNION', 'sign-agreement', signed],
  ]);
  return matter;
};
const applied = () => {
  const matter = agreed();
  matter.tell([['2026-03-16', 'LAC', 'open-procedure', opens('arbitral-confirmation', 'LAC', { applicants: both })]]);
  return matter;
};

describe('arbitral confirmation 仲裁审查', () => {
  it('is for both together, within fifteen days, and spends the way to the court', () => {
    const matter = agreed();
    expect(matter.clock('p1:LD-23:party:a')).toBe('2026-03-24 running');
    matter.tell([
      ['2026-03-16', 'LAC', 'open-procedure', opens('arbitral-confirmation', 'LAC', { applicants: ['a'] })],
    ]);
    expect(matter.procedure('p2').step).toBe('awaiting-joint-application');
    expect(matter.deadline('p1:LD-23:party:b').status).toBe('running');
    matter.tell([['2026-03-17', 'LAC', 'join-application', { party: 'b' }]]);
    expect(matter.procedure('p2').step).toBe('applied');
    expect(matter.deadline('p1:LD-23:party:b').status).toBe('met');
    expect(matter.deadline('p1:JC-01:party:a').status).toBe('void');
    expect(matter.state.handoffs['d-h1']).toMatchObject({ to: { code: 'LAC' } });
  });

  it('excludes judicial confirmation, beside it and after it', () => {
    const matter = applied();
    const court = opens('judicial-confirmation', 'COURT', { applicants: both });
    expect(matter.refused('2026-03-17', 'COURT', 'open-procedure', court)).toBe('procedure-exclusive');
    matter.tell([
      ['2026-03-17', 'LAC', 'accept-application', {}],
      ['2026-03-20', 'LAC', 'issue-consent-award', {}],
    ]);
    expect(matter.refused('2026-03-23', 'COURT', 'open-procedure', court)).toBe('route-forbidden');
  });

  it('is reviewed in five days and five more, and makes the agreement enforceable', () => {
    const matter = applied();
    matter.tell([['2026-03-17', 'LAC', 'accept-application', {}]]);
    expect(matter.deadline('p2:LD-24')).toMatchObject({
      due: '2026-03-24',
      cautiousDue: '2026-03-23',
      confidence: 'unverified',
    });
    matter.tell([['2026-03-23', 'LAC', 'extend', { approvedBy: 'director' }]]);
    expect(matter.clock('p2:LD-24')).toBe('2026-03-31 running');
    expect(matter.refused('2026-03-24', 'LAC', 'extend', { approvedBy: 'director' })).toBe('extension-exhausted');
    matter.tell([['2026-03-30', 'LAC', 'issue-consent-award', {}]]);
    expect(matter.procedure('p2').outcome).toBe('confirmed');
    expect(matter.procedure('p1').agreement?.confirmed).toBe(true);
    expect(matter.clock('p2:LD-37.enforcement:party:a')).toBe('2028-04-10 running');
    expect(matter.permitted()).toEqual(['enforcement either', 'follow-up body']);
    expect(matter.forbidden()).toContain('civil-litigation');
  });

  it('overdue, is urged but not ended', () => {
    const matter = applied();
    matter.tell([['2026-03-17', 'LAC', 'accept-application', {}]]);
    matter.until('2026-04-01');
    expect(matter.clock('p2:LD-24')).toBe('2026-03-24 elapsed');
    expect(matter.procedure('p2').status).toBe('open');
    matter.tell([['2026-04-02', 'LAC', 'issue-consent-award', {}]]);
    expect(matter.deadline('p2:LD-24').doneLateOn).toBe('2026-04-02');
  });

  it('refused, leaves arbitration on what was agreed', () => {
    const refused = applied();
    refused.tell([
      ['2026-03-17', 'LAC', 'accept-application', {}],
      ['2026-03-20', 'LAC', 'refuse-confirmation', { ground: 'involuntary' }],
    ]);
    const turnedDown = applied();
    turnedDown.tell([['2026-03-17', 'LAC', 'reject-application', { reason: 'employment-relation' }]]);
    expect(refused.procedure('p2').outcome).toBe('not-confirmed');
    expect(turnedDown.procedure('p2').outcome).toBe('not-accepted');
    for (const matter of [refused, turnedDown]) {
      expect(matter.permitted()).toContain('labour-arbitration either');
      expect(matter.forbidden()).toContain('civil-litigation');
    }
  });

  it('comes too late after fifteen days', () => {
    const matter = agreed();
    expect(
      matter.refusal(
        '2026-03-25',
        'LAC',
        'open-procedure',
        opens('arbitral-confirmation', 'LAC', { applicants: both }),
      ),
    ).toMatchObject({ code: 'deadline-passed', basis: { rule: 'LD-23' } });
  });
});
