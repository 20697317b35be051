import { both, chronicle, opens, owes } from './chronicle.js';

/** A debt settled between the parties. */
const settled = () => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'DESK', 'open-procedure', opens('negotiation', 'DESK')],
    ['2026-03-05', 'DESK', 'record-agreement', owes('2026-04-10')],
    ['2026-03-05', 'DESK', 'sign-agreement', { parties: both }],
  ]);
  return matter;
};
const notary = opens('notarisation', 'NOTARY', { applicants: both });

describe('notarisation with enforceability 公证赋强', () => {
  it('needs an agreement, and both to ask for it', () => {
    expect(chronicle('debt', '2026-03-02').refused('2026-03-02', 'NOTARY', 'open-procedure', notary)).toBe(
      'route-forbidden',
    );
    const matter = settled();
    matter.tell([['2026-03-06', 'NOTARY', 'open-procedure', opens('notarisation', 'NOTARY', { applicants: ['a'] })]]);
    expect(matter.procedure('p2').step).toBe('awaiting-joint-application');
    matter.tell([['2026-03-06', 'NOTARY', 'join-application', { party: 'b' }]]);
    expect(matter.procedure('p2').step).toBe('applied');
  });

  it('makes the agreement enforceable where the debtor submits to it', () => {
    const matter = settled();
    matter.tell([
      ['2026-03-06', 'NOTARY', 'open-procedure', notary],
      ['2026-03-06', 'NOTARY', 'accept-application', {}],
    ]);
    expect(matter.refusal('2026-03-09', 'NOTARY', 'issue-instrument', { debtorSubmits: false })).toMatchObject({
      code: 'consent-missing',
      basis: { law: '公证法', article: '37' },
    });
    matter.tell([['2026-03-09', 'NOTARY', 'issue-instrument', { debtorSubmits: true }]]);
    expect(matter.procedure('p2').outcome).toBe('effective');
    expect(matter.procedure('p1').agreement?.confirmed).toBe(true);
    expect(matter.clock('p2:CL-15:party:a')).toBe('2028-04-10 running');
    expect(matter.permitted()).toEqual(['enforcement either']);
  });

  it('refused or withdrawn, leaves the agreement as it stood', () => {
    const before = settled().permitted();
    const refused = settled();
    refused.tell([
      ['2026-03-06', 'NOTARY', 'open-procedure', notary],
      ['2026-03-06', 'NOTARY', 'reject-application', { reason: 'unclear' }],
    ]);
    const withdrawn = settled();
    withdrawn.tell([
      ['2026-03-06', 'NOTARY', 'open-procedure', notary],
      ['2026-03-06', 'NOTARY', 'withdraw', {}],
    ]);
    expect(refused.permitted()).toEqual(before);
    expect(withdrawn.permitted()).toEqual(before);
  });
});
