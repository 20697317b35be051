import { chronicle, opens, owes, signed } from './chronicle.js';

const served = () => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'COURT', 'open-procedure', opens('payment-order', 'COURT')],
    ['2026-03-04', 'COURT', 'accept-application', {}],
    ['2026-03-10', 'COURT', 'issue-order', {}],
    ['2026-03-12', 'COURT', 'serve', { party: 'b' }],
  ]);
  return matter;
};

/** A labour payment order that the employer objects to, validly. */
const lapses = [
  ['2026-05-06', 'COURT', 'accept-application', {}],
  ['2026-05-08', 'COURT', 'issue-order', {}],
  ['2026-05-11', 'COURT', 'serve', { party: 'b' }],
  ['2026-05-13', 'COURT', 'record-objection', { party: 'b' }],
  ['2026-05-15', 'COURT', 'rule-on-objection', { result: 'valid' }],
] as const;

describe('payment order 支付令', () => {
  it('is accepted in five days, issued in fifteen, and objected to in fifteen', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([['2026-03-02', 'COURT', 'open-procedure', opens('payment-order', 'COURT')]]);
    // 7 March is a Saturday.
    expect(matter.clock('p1:CL-17')).toBe('2026-03-09 running');
    matter.tell([['2026-03-04', 'COURT', 'accept-application', {}]]);
    expect(matter.clock('p1:CL-17.issue')).toBe('2026-03-19 running');
    matter.tell([['2026-03-10', 'COURT', 'issue-order', {}]]);
    expect(matter.refused('2026-03-12', 'COURT', 'serve', { party: 'a' })).toBe('unknown-party');
    matter.tell([['2026-03-12', 'COURT', 'serve', { party: 'b' }]]);
    expect(matter.clock('p1:CL-17.objection:party:b')).toBe('2026-03-27 running');
  });

  it('without objection takes effect: the creditor has two years to enforce it', () => {
    const matter = served();
    matter.until('2026-03-28');
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'effective', closedOn: '2026-03-27' });
    expect(matter.clock('p1:CL-15:party:a')).toBe('2028-03-27 running');
    expect(matter.permitted()).toEqual(['enforcement claimant']);
  });

  it('does not take effect while an objection is examined, but does once it is dismissed', () => {
    const matter = served();
    matter.tell([['2026-03-26', 'COURT', 'record-objection', { party: 'b' }]]);
    matter.until('2026-03-28');
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'objected' });
    expect(matter.deadline('p1:CL-17.objection:party:b').effect).toBe('no-effect');
    matter.tell([['2026-03-30', 'COURT', 'rule-on-objection', { result: 'dismissed' }]]);
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'effective', closedOn: '2026-03-30' });
  });

  it('lapses on a valid objection and turns into a suit', () => {
    const matter = served();
    matter.tell([
      ['2026-03-20', 'COURT', 'record-objection', { party: 'b' }],
      ['2026-03-23', 'COURT', 'rule-on-objection', { result: 'valid' }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('objection');
    expect(matter.clock('p1:CL-17.objection:party:b')).toBe('2026-03-27 met');
    expect(matter.permitted()).toEqual(['civil-litigation either']);
  });

  it('paid, closes the dispute', () => {
    const matter = served();
    matter.tell([['2026-03-20', 'COURT', 'record-payment', {}]]);
    expect(matter.procedure('p1').outcome).toBe('performed');
    expect(matter.state).toMatchObject({ status: 'closed', closeReason: 'performed' });
  });

  it('is refused in writing', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('payment-order', 'COURT')],
      ['2026-03-05', 'COURT', 'reject-application', { reason: 'mutual-debts' }],
    ]);
    expect(matter.state.debts['p1:refusal']?.basis).toMatchObject({ law: '民事诉讼法', rule: 'CL-17' });
    expect(matter.permitted()).toEqual(['civil-litigation either']);
  });

  it('on wages owed is the worker’s, and leads to arbitration when it lapses (劳动合同法30)', () => {
    const matter = chronicle('labour', '2026-05-06');
    expect(
      matter.refused('2026-05-06', 'COURT', 'open-procedure', opens('payment-order', 'COURT', { applicants: ['b'] })),
    ).toBe('route-forbidden');
    matter.tell([['2026-05-06', 'COURT', 'open-procedure', opens('payment-order', 'COURT')], ...lapses]);
    expect(matter.permitted()).toEqual(['labour-arbitration either']);
    expect(matter.forbidden()).toContain('civil-litigation');
  });

  it('on a mediation agreement leads to a suit when it lapses (调解仲裁法16)', () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'UNION', 'open-procedure', opens('mediation', 'UNION', { track: 'labour' })],
      ['2026-03-02', 'UNION', 'record-consent', { party: 'a', consent: 'given' }],
      ['2026-03-02', 'UNION', 'record-consent', { party: 'b', consent: 'given' }],
      ['2026-03-03', 'UNION', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
      ['2026-03-03', 'UNION', 'answer-designation', { answer: 'accepts' }],
      ['2026-03-09', 'UNION', 'record-agreement', owes('2026-04-30', 'payment')],
      ['2026-03-09', 'UNION', 'sign-agreement', signed],
      ['2026-03-10', 'UNION', 'open-procedure', opens('follow-up', 'UNION')],
      ['2026-05-06', 'UNION', 'record-breach', { instalment: 1 }],
      ['2026-05-06', 'COURT', 'open-procedure', opens('payment-order', 'COURT')],
      ...lapses,
    ]);
    expect(matter.permitted()).toEqual(['civil-litigation worker']);
    expect(matter.forbidden()).not.toContain('civil-litigation');
  });
});
