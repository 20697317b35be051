import { chronicle, opens, owes, signed } from './chronicle.js';

const consents = [
  ['2026-05-12', 'CENTRE', 'record-consent', { party: 'a', consent: 'given' }],
  ['2026-05-12', 'CENTRE', 'record-consent', { party: 'b', consent: 'given' }],
] as const;
const mediator = [
  ['2026-05-13', 'CENTRE', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
  ['2026-05-13', 'CENTRE', 'answer-designation', { answer: 'accepts' }],
] as const;

describe('commercial mediation 商事调解', () => {
  const begun = () => {
    const matter = chronicle('commercial', '2026-05-11');
    matter.tell([['2026-05-11', 'CENTRE', 'open-procedure', opens('commercial-mediation', 'CENTRE')]]);
    return matter;
  };

  it('is not open to labour, family and consumer disputes', () => {
    for (const type of ['labour', 'family', 'consumer'] as const) {
      const matter = chronicle(type, '2026-05-11');
      expect(
        matter.refusal('2026-05-11', 'CENTRE', 'open-procedure', opens('commercial-mediation', 'CENTRE')),
      ).toMatchObject({
        code: 'route-forbidden',
        basis: { law: '商事调解条例', article: '2' },
        detail: { zh: '婚姻家庭、继承、监护、劳动人事、消费者权益纠纷不适用商事调解' },
      });
    }
  });

  it('may charge, and ends in an agreement that a court may confirm within thirty days', () => {
    const matter = begun();
    matter.tell([
      ...consents,
      ['2026-05-12', 'CENTRE', 'agree-fee', { fee: { amount: '2000.00', currency: 'CNY' } }],
      ...mediator,
      ['2026-05-20', 'CENTRE', 'record-session', { result: 'agreement' }],
      ['2026-05-20', 'CENTRE', 'record-agreement', owes('2026-07-01')],
      ['2026-05-21', 'CENTRE', 'sign-agreement', signed],
    ]);
    // 21 May + 30 days is Saturday 20 June, in the Dragon Boat holiday: the first working day after is Monday.
    expect(matter.clock('p1:JC-01:party:a')).toBe('2026-06-22 running');
    expect(matter.permitted()).toEqual(
      expect.arrayContaining([
        'judicial-confirmation either',
        'notarisation either',
        'commercial-arbitration either',
        'follow-up body',
      ]),
    );
    expect(matter.forbidden()).toContain('enforcement');
  });

  it('ends when a side refuses, is not tried again, and opens the routes of the type', () => {
    const matter = begun();
    matter.tell([['2026-05-12', 'CENTRE', 'record-consent', { party: 'b', consent: 'refused' }]]);
    expect(matter.procedure('p1').outcome).toBe('refused');
    expect(matter.permitted()).toEqual(expect.arrayContaining(['civil-litigation either', 'mediation either']));
    expect(matter.refused('2026-05-13', 'CENTRE', 'open-procedure', opens('commercial-mediation', 'CENTRE'))).toBe(
      'route-forbidden',
    );
    // A refusal of this mediation is not one of people's mediation.
    expect(matter.refused('2026-05-13', 'PMC', 'open-procedure', opens('mediation', 'PMC'))).toBeNull();
  });

  it('designates another mediator where one declines or has an interest', () => {
    const matter = begun();
    matter.tell([...consents, mediator[0]]);
    expect(
      matter.refusal('2026-05-13', 'CENTRE', 'answer-designation', {
        answer: 'accepts',
        conflictOfInterest: true,
      }),
    ).toMatchObject({ code: 'conflict-of-interest', basis: { rule: 'CM-05' } });
    matter.tell([['2026-05-13', 'CENTRE', 'answer-designation', { answer: 'declines' }]]);
    expect(matter.procedure('p1').step).toBe('awaiting-neutral');
    matter.tell([
      ['2026-05-14', 'CENTRE', 'designate-neutral', { person: { account: 'n', name: null }, seat: 'mediator' }],
      ['2026-05-14', 'CENTRE', 'answer-designation', { answer: 'accepts' }],
      ['2026-05-20', 'CENTRE', 'record-session', { result: 'no-agreement' }],
      ['2026-05-29', 'CENTRE', 'end-mediation', { reason: 'wide-differences' }],
    ]);
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'no-agreement', closedOn: '2026-05-29' });
  });
});
