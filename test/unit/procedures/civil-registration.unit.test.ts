import { both, chronicle, opens } from './chronicle.js';

const opening = opens('civil-registration', 'CIVIL', { applicants: both });

describe('civil registration 民政登记', () => {
  const applied = () => {
    const matter = chronicle('family', '2026-03-02');
    matter.tell([['2026-03-02', 'CIVIL', 'open-procedure', opening]]);
    return matter;
  };

  it('is applied for by both spouses, in a divorce, under no period of the rules', () => {
    expect(applied().rules()).toEqual([]);
    const matter = chronicle('family', '2026-03-02');
    expect(matter.refusal('2026-03-02', 'CIVIL', 'open-procedure', { ...opening, applicants: ['a'] })).toMatchObject({
      code: 'consent-missing',
      basis: { law: '民法典', article: '1076' },
    });
    const inheritance = chronicle('family', '2026-03-02', { facts: { identityRelation: false } });
    expect(inheritance.refused('2026-03-02', 'CIVIL', 'open-procedure', opening)).toBe('route-forbidden');
  });

  it('done, leaves nothing of the dispute, unless something else is under way', () => {
    const matter = applied();
    matter.tell([['2026-04-07', 'CIVIL', 'register']]);
    expect(matter.state).toMatchObject({ status: 'closed', closeReason: 'settled' });

    const busy = applied();
    busy.tell([
      ['2026-03-03', 'MED', 'open-procedure', opens('mediation', 'MED')],
      ['2026-03-25', 'CIVIL', 'register'],
    ]);
    expect(busy.state.status).toBe('open');
  });

  it.each([
    ['withdraw', { party: 'b' }],
    ['reject-application', { reason: 'not-voluntary' }],
    ['deem-withdrawn', {}],
  ])('ended by %s, leaves the other routes as they were', (action, body) => {
    const atFirst = chronicle('family', '2026-03-02').permitted();
    const matter = applied();
    matter.tell([['2026-03-10', 'CIVIL', action, body]]);
    expect(matter.procedure('p1').status).toBe('closed');
    expect(matter.permitted()).toEqual(atFirst);
  });
});
