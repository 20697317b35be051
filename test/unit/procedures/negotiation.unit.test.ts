import { chronicle, opens, owes } from './chronicle.js';

describe('negotiation 和解', () => {
  const begun = (type: 'debt' | 'labour') => {
    const matter = chronicle(type, '2026-03-02', { facts: { employmentEndedOn: '2026-02-01' } });
    matter.tell([['2026-03-02', 'DESK', 'open-procedure', opens('negotiation', 'DESK')]]);
    return matter;
  };

  it('runs under no period of law, and interrupts limitation: it makes a claim (民法典195)', () => {
    const debt = begun('debt');
    expect(debt.rules()).toEqual(['CX-01']);
    expect(debt.clock('d:CX-01:party:a')).toBe('2029-03-02 running');
    expect(debt.deadline('d:CX-01:party:a').trigger).toEqual({ fact: 'claim-made', on: '2026-03-02' });
    const labour = begun('labour');
    expect(labour.clock('d:LD-06:party:a')).toBe('2027-03-02 running');
    expect(labour.deadline('d:LD-06.termination:party:a').status).toBe('void');
  });

  it('ends in a contract that may be notarised but not confirmed by a court or enforced', () => {
    const matter = begun('debt');
    matter.tell([['2026-03-05', 'DESK', 'record-agreement', owes('2026-04-01')]]);
    expect(matter.refused('2026-03-06', 'DESK', 'sign-agreement', { parties: ['a'] })).toBe('consent-missing');
    matter.tell([['2026-03-06', 'DESK', 'sign-agreement', { parties: ['a', 'b'] }]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'agreement' });
    expect(matter.permitted()).toEqual(expect.arrayContaining(['notarisation either', 'follow-up body']));
    expect(matter.forbidden()).toEqual(expect.arrayContaining(['judicial-confirmation', 'enforcement']));
    expect(
      matter.refused(
        '2026-03-09',
        'COURT',
        'open-procedure',
        opens('judicial-confirmation', 'COURT', { applicants: ['a', 'b'] }),
      ),
    ).toBe('route-forbidden');
  });

  it('performed on the spot, leaves a follow-up only', () => {
    const matter = begun('debt');
    matter.tell([
      ['2026-03-05', 'DESK', 'record-agreement', owes('2026-03-05')],
      ['2026-03-05', 'DESK', 'sign-agreement', { parties: ['a', 'b'], performed: true }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('agreement-performed');
    expect(matter.procedure('p1').agreement?.terms[0]?.performedOn).toBe('2026-03-05');
    expect(matter.permitted()).toEqual(['follow-up body']);
  });

  it('failing, opens again what was open at the beginning', () => {
    const matter = begun('debt');
    const atFirst = chronicle('debt', '2026-03-02').permitted();
    matter.tell([['2026-03-20', 'DESK', 'end-negotiation', { reason: 'wide-differences' }]]);
    expect(matter.procedure('p1').outcome).toBe('no-agreement');
    expect(matter.permitted()).toEqual(atFirst);
  });
});
