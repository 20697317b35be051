import { both, chronicle, opens, type Line } from './chronicle.js';

const person = (account: string) => ({ person: { account, name: null } });

/** A suit not yet registered, mediated by the centre since it signed for the materials on 5 March. */
const referred = (more: Record<string, unknown> = {}) => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ...both.map((party): Line => ['2026-03-03', 'COURT', 'record-consent', { party, consent: 'given' }]),
    ['2026-03-04', 'COURT', 'open-procedure', opens('pre-filing-mediation', 'CENTRE', more)],
    ['2026-03-05', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }],
  ]);
  return matter;
};
const inSession = () => {
  const matter = referred();
  matter.tell([
    ['2026-03-05', 'CENTRE', 'designate-neutral', person('m')],
    ['2026-03-05', 'CENTRE', 'answer-designation', { answer: 'accepts' }],
  ]);
  return matter;
};

describe('pre-filing mediation 委派（诉前）调解', () => {
  it('has thirty days from the receipt of the materials, more with the consent of both', () => {
    const matter = inSession();
    // 4 April is Qingming: the first working day after is Tuesday the 7th.
    expect(matter.clock('p2:CM-14')).toBe('2026-04-07 running');
    const asked = { approvedBy: 'both-parties', amount: 10, procedureId: 'p2' };
    expect(matter.refused('2026-03-20', 'CENTRE', 'extend', { ...asked, consents: ['a'] })).toBe('consent-missing');
    matter.tell([['2026-03-20', 'CENTRE', 'extend', { ...asked, consents: both }]]);
    expect(matter.clock('p2:CM-14')).toBe('2026-04-14 running');
  });

  it('does not count a pre-filing appraisal (在线规则26)', () => {
    const matter = inSession();
    matter.tell([
      [
        '2026-03-10',
        'CENTRE',
        'suspend',
        { ground: 'appraisal', from: '2026-03-10', approvedBy: 'body', procedureId: 'p2' },
      ],
      ['2026-03-20', 'CENTRE', 'resume', { to: '2026-03-20', procedureId: 'p2' }],
    ]);
    expect(matter.deadline('p2:CM-14')).toMatchObject({ suspendedDays: 10, due: '2026-04-14' });
  });

  it('seats a panel in joint mediation: of an adviser who is asked, and a presiding mediator', () => {
    const matter = referred({ joint: true });
    const seat = 'coordinator';
    expect(matter.procedure('p2').step).toBe('assembling-panel');
    matter.tell([
      ['2026-03-05', 'CENTRE', 'nominate-adviser', { seat, ...person('x') }],
      ['2026-03-05', 'CENTRE', 'record-invitation', { seat, account: 'x' }],
    ]);
    expect(matter.refused('2026-03-05', 'CENTRE', 'record-invitation', { seat, account: 'x' })).toBe('already-done');
    expect(matter.procedure('p2').neutrals).toMatchObject([{ account: 'x', status: 'invited' }]);
    matter.tell([
      ['2026-03-06', 'CENTRE', 'answer-invitation', { seat, account: 'x', answer: 'accepts' }],
      ['2026-03-06', 'CENTRE', 'designate-neutral', { ...person('j'), seat: 'presiding-mediator' }],
      ['2026-03-06', 'CENTRE', 'answer-designation', { account: 'j', answer: 'accepts' }],
    ]);
    expect(matter.procedure('p2').step).toBe('in-session');
  });

  it.each([
    [
      'refused',
      ['2026-03-16', 'CENTRE', 'record-consent', { party: 'b', consent: 'refused', procedureId: 'p2' }],
      '2026-03-23',
    ],
    ['no-agreement', ['2026-03-16', 'CENTRE', 'end-mediation', { reason: 'wide-differences' }], '2026-03-23'],
    ['withdrawn', ['2026-03-16', 'CENTRE', 'withdraw', { procedureId: 'p2' }], '2026-03-23'],
    ['suspected-crime', ['2026-03-16', 'CENTRE', 'suspect-crime', {}], '2026-03-23'],
    ['expired', null, '2026-04-14'],
  ] as const)('%s, gives the suit back to the court, which has seven days', (outcome, line, due) => {
    const matter = inSession();
    if (line) matter.tell([line]);
    else matter.until('2026-04-08');
    expect(matter.procedure('p2').outcome).toBe(outcome);
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'filing' });
    expect(matter.clock('p1:CL-02')).toBe(`${due} running`);
    expect(matter.owed()).toEqual(expect.arrayContaining(['p2:routes', 'p2:court-report']));
    const on = outcome === 'expired' ? '2026-04-08' : '2026-03-17';
    matter.tell([
      [on, 'CENTRE', 'give-notice', { notice: 'routes', parties: both, procedureId: 'p2' }],
      [on, 'CENTRE', 'file-record', { kind: 'court-report', procedureId: 'p2' }],
    ]);
    expect(matter.owed().filter((one) => !one.endsWith('police-report'))).toEqual([]);
    expect(matter.refused(on, 'CENTRE', 'give-notice', { notice: 'routes', parties: both, procedureId: 'p2' })).toBe(
      'nothing-owed',
    );
  });
});
