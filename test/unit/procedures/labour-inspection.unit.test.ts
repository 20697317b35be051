import { chronicle, opens, owes, signed } from './chronicle.js';

const opening = opens('labour-inspection', 'INSP', { applicants: ['a'] });

describe('labour inspection 劳动保障监察', () => {
  const complained = () => {
    const matter = chronicle('labour', '2026-03-02', { facts: { employmentEndedOn: '2026-02-01' } });
    matter.tell([['2026-03-02', 'INSP', 'open-procedure', opening]]);
    return matter;
  };

  it('is asked for by the worker, and interrupts limitation', () => {
    const matter = complained();
    expect(matter.clock('d:LD-06:party:a')).toBe('2027-03-02 running');
    expect(matter.deadline('d:LD-06.termination:party:a').status).toBe('void');
    const employer = chronicle('labour', '2026-03-02');
    expect(employer.refused('2026-03-02', 'INSP', 'open-procedure', { ...opening, applicants: ['b'] })).toBe(
      'route-forbidden',
    );
    expect(chronicle('debt', '2026-03-02').refused('2026-03-02', 'INSP', 'open-procedure', opening)).toBe(
      'route-forbidden',
    );
  });

  it('has sixty working days from filing, and thirty more', () => {
    const matter = complained();
    matter.tell([['2026-03-04', 'INSP', 'accept-application', { violationEndedOn: '2025-12-31' }]]);
    expect(matter.clock('p1:LD-40')).toBe('2026-06-01 running');
    matter.tell([['2026-05-20', 'INSP', 'extend', { approvedBy: 'head' }]]);
    expect(matter.clock('p1:LD-40')).toBe('2026-07-14 running');
    expect(matter.refused('2026-05-21', 'INSP', 'extend', { approvedBy: 'head' })).toBe('extension-exhausted');
    matter.until('2026-07-15');
    expect(matter.clock('p1:LD-40')).toBe('2026-07-14 elapsed');
    expect(matter.procedure('p1').status).toBe('open');
  });

  it('does not pursue what ended more than two years before', () => {
    expect(
      complained().refusal('2026-03-04', 'INSP', 'accept-application', { violationEndedOn: '2024-02-28' }),
    ).toMatchObject({ code: 'deadline-passed', basis: { rule: 'LD-40.lookback' }, on: '2026-02-28' });
  });

  it('refers what is before an arbitrator, and keeps nobody from going there', () => {
    const matter = complained();
    matter.tell([['2026-03-03', 'ARB', 'open-procedure', opens('labour-arbitration', 'ARB', { applicants: ['a'] })]]);
    expect(matter.refusal('2026-03-04', 'INSP', 'accept-application', { procedureId: 'p1' })).toMatchObject({
      code: 'procedure-exclusive',
      basis: { law: '劳动保障监察条例', article: '21' },
      alternatives: [{ action: 'refer' }],
    });
    matter.tell([['2026-03-04', 'INSP', 'refer']]);
    expect(matter.procedure('p1').outcome).toBe('not-accepted');
    expect(matter.owed()).toEqual(['p1:routes']);
    expect(matter.procedure('p2').status).toBe('open');
  });

  it('concluded, leaves the routes of intake; beside an agreement, it changes nothing of what that opens', () => {
    const alone = complained();
    alone.tell([
      ['2026-03-04', 'INSP', 'accept-application'],
      ['2026-04-01', 'INSP', 'issue-decision', { result: 'no-violation' }],
    ]);
    expect(alone.permitted()).toEqual(expect.arrayContaining(['labour-arbitration either', 'mediation either']));
    expect(alone.permitted()).not.toContain('labour-inspection worker');

    const beside = complained();
    beside.tell([
      ['2026-03-03', 'MED', 'open-procedure', opens('mediation', 'MED', { track: 'labour' })],
      ['2026-03-03', 'MED', 'record-consent', { party: 'a', consent: 'given' }],
      ['2026-03-03', 'MED', 'record-consent', { party: 'b', consent: 'given' }],
      ['2026-03-03', 'MED', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
      ['2026-03-03', 'MED', 'answer-designation', { answer: 'accepts' }],
      ['2026-03-04', 'INSP', 'accept-application', { procedureId: 'p1' }],
      ['2026-03-06', 'MED', 'record-agreement', owes('2026-04-30', 'wages')],
      ['2026-03-06', 'MED', 'sign-agreement', signed],
    ]);
    const opened = beside.permitted();
    expect(opened).toContain('judicial-confirmation either');
    beside.tell([['2026-04-01', 'INSP', 'issue-decision', { result: 'no-violation' }]]);
    expect(beside.permitted()).toEqual(opened);
  });

  it('refused, is told to the worker; withdrawn, leaves arbitration open', () => {
    const refused = complained();
    refused.tell([
      ['2026-03-04', 'INSP', 'reject-application', { reason: 'no-jurisdiction' }],
      ['2026-03-05', 'INSP', 'give-notice', { notice: 'refusal', parties: ['a'] }],
    ]);
    expect(refused.owed()).toEqual([]);
    expect(refused.procedure('p1').outcome).toBe('not-accepted');
    const withdrawn = complained();
    withdrawn.tell([['2026-03-05', 'INSP', 'withdraw', { party: 'a' }]]);
    expect(withdrawn.procedure('p1').outcome).toBe('withdrawn');
    expect(withdrawn.permitted()).toContain('labour-arbitration either');
  });
});
