import { both, chronicle, opens, owes } from './chronicle.js';

/** A notarised debt, due on 10 April. */
const enforceable = () => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'DESK', 'open-procedure', opens('negotiation', 'DESK')],
    ['2026-03-05', 'DESK', 'record-agreement', owes('2026-04-10')],
    ['2026-03-05', 'DESK', 'sign-agreement', { parties: both }],
    ['2026-03-06', 'NOTARY', 'open-procedure', opens('notarisation', 'NOTARY', { applicants: both })],
    ['2026-03-06', 'NOTARY', 'accept-application', {}],
    ['2026-03-09', 'NOTARY', 'issue-instrument', { debtorSubmits: true }],
  ]);
  return matter;
};
const applied = () => {
  const matter = enforceable();
  matter.tell([['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT')]]);
  return matter;
};
const noticed = () => {
  const matter = applied();
  matter.tell([
    ['2026-04-14', 'COURT', 'accept-application', {}],
    ['2026-04-20', 'COURT', 'issue-notice', {}],
  ]);
  return matter;
};

describe('enforcement 执行', () => {
  it('is for the creditor of an enforceable document, once something is due', () => {
    const matter = enforceable();
    expect(
      chronicle('debt', '2026-03-02').refused('2026-03-02', 'COURT', 'open-procedure', opens('enforcement', 'COURT')),
    ).toBe('route-forbidden');
    const of = (applicant: string) => opens('enforcement', 'COURT', { applicants: [applicant] });
    expect(matter.refusal('2026-04-13', 'COURT', 'open-procedure', of('b'))).toMatchObject({
      code: 'route-forbidden',
      pointer: '/applicants',
    });
    expect(matter.refusal('2026-04-10', 'COURT', 'open-procedure', of('a'))).toMatchObject({
      code: 'route-forbidden',
      pointer: '/appliedOn',
      basis: { rule: 'CL-15' },
    });
    expect(matter.refused('2026-04-11', 'COURT', 'open-procedure', of('a'))).toBeNull();
  });

  it('keeps the two years, and owes the debtor a notice in ten days', () => {
    const matter = applied();
    expect(matter.clock('p2:CL-15:party:a')).toBe('2028-04-10 met');
    expect(matter.clock('p3:CL-16')).toBe('2026-04-23 running');
    expect(matter.clock('p3:CL-16.upper-court')).toBe('2026-10-13 running');
    matter.tell([
      ['2026-04-14', 'COURT', 'accept-application', {}],
      ['2026-04-20', 'COURT', 'issue-notice', {}],
    ]);
    expect(matter.clock('p3:CL-16')).toBe('2026-04-23 met');
  });

  it('six months without result is a matter for the court above, and ends nothing', () => {
    const matter = noticed();
    matter.until('2026-10-14');
    expect(matter.clock('p3:CL-16.upper-court')).toBe('2026-10-13 elapsed');
    expect(matter.procedure('p3').status).toBe('open');
  });

  it('goes on when property is found, and closes the dispute once performed', () => {
    const matter = noticed();
    matter.tell([
      ['2026-06-01', 'COURT', 'end-round', {}],
      ['2026-08-03', 'COURT', 'resume-enforcement', {}],
      ['2026-08-10', 'COURT', 'record-recovery', { amount: { amount: '1000.00', currency: 'CNY' } }],
      ['2026-08-10', 'COURT', 'conclude-enforcement', { result: 'performed' }],
    ]);
    expect(matter.procedure('p3').outcome).toBe('performed');
    expect(matter.state.status).toBe('closed');
  });

  it('not accepted or withdrawn, may be applied for again', () => {
    const refused = applied();
    refused.tell([['2026-04-14', 'COURT', 'reject-application', { reason: 'content-unclear' }]]);
    expect(refused.permitted()).toEqual(['enforcement either']);
    const withdrawn = noticed();
    withdrawn.tell([['2026-04-21', 'COURT', 'withdraw', { procedureId: 'p3' }]]);
    expect(withdrawn.permitted()).toEqual(['enforcement either']);
  });

  it('refused, opens the court again, in labour disputes for thirty days (解释(一)24)', () => {
    const debt = noticed();
    debt.tell([
      ['2026-05-06', 'COURT', 'refuse-enforcement', {}],
      ['2026-05-08', 'COURT', 'serve', { paper: 'ruling', party: 'a', procedureId: 'p3' }],
    ]);
    expect(debt.permitted()).toContain('civil-litigation either');
    expect(debt.rules()).not.toContain('LD-37');

    const labour = chronicle('labour', '2026-03-02');
    labour.tell([
      ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2026-03-03', 'LAC', 'accept-application', {}],
      ['2026-03-04', 'LAC', 'form-tribunal', {}],
      ['2026-03-20', 'LAC', 'record-session', {}],
      ['2026-03-27', 'LAC', 'issue-award', { finality: 'final' }],
      ['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT')],
      ['2026-05-06', 'COURT', 'refuse-enforcement', {}],
      ['2026-05-08', 'COURT', 'serve', { paper: 'ruling', party: 'a', procedureId: 'p2' }],
    ]);
    expect(labour.clock('p2:LD-37:party:a')).toBe('2026-06-08 running');
    expect(labour.permitted()).toEqual(['civil-litigation either']);
    labour.tell([['2026-05-11', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
    expect(labour.clock('p2:LD-37:party:a')).toBe('2026-06-08 met');
  });

  it('a court does not refuse to enforce what a court has made', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-03', 'COURT', 'accept-application', {}],
      ['2026-03-20', 'COURT', 'issue-consent-judgment', {}],
      ['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT')],
    ]);
    expect(matter.refused('2026-04-14', 'COURT', 'refuse-enforcement', {})).toBe('action-not-available');
  });
});
