import { isOverdue } from '../../../src/domain/dispute/deadlines.js';
import type { DisputeType } from '../../../src/domain/routes/codes.js';
import { both, chronicle, opens, owes, signed, type Line } from './chronicle.js';

const on = '2026-03-02';
const debt: DisputeType = 'debt';
const filed: Line = [on, 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')];
const registered = (track: string): Line => ['2026-03-03', 'COURT', 'accept-application', { track }];
const entrusted: readonly Line[] = [
  ['2026-03-04', 'COURT', 'open-procedure', opens('in-trial-mediation', 'CENTRE')],
  ...both.map((party): Line => ['2026-03-04', 'COURT', 'record-consent', { party, consent: 'given' }]),
  ['2026-03-05', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }],
];
const awarded: readonly Line[] = [
  [on, 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
  ['2026-03-03', 'LAC', 'accept-application', {}],
  ['2026-03-04', 'LAC', 'form-tribunal', {}],
  ['2026-03-20', 'LAC', 'record-session', {}],
  ['2026-03-27', 'LAC', 'issue-award', { finality: 'final' }],
];
const mediated: readonly Line[] = [
  [on, 'UNION', 'open-procedure', opens('mediation', 'UNION')],
  ...both.map((party): Line => [on, 'UNION', 'record-consent', { party, consent: 'given' }]),
  ['2026-03-03', 'UNION', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
  ['2026-03-03', 'UNION', 'answer-designation', { answer: 'accepts' }],
  ['2026-03-09', 'UNION', 'record-agreement', owes('2026-04-10')],
  ['2026-03-09', 'UNION', 'sign-agreement', signed],
];
const department = (code: string, more = {}): Line => [
  on,
  code,
  'open-procedure',
  opens('administrative-mediation', code, more),
];

/** Which period, in what kind of dispute, after what; its last day. */
type Row = readonly [id: string, type: DisputeType, lines: readonly Line[], due: string];

/** The body is late: nothing ends by that, and it is urged. */
const bodies: readonly Row[] = [
  ['p1:CL-02', debt, [filed], '2026-03-09'],
  ['p1:CM-19', debt, [filed, ['2026-03-04', 'COURT', 'record-corrected-papers', {}]], '2026-03-11'],
  ['p1:CL-03', debt, [filed, registered('ordinary')], '2026-03-09'],
  [
    'p1:CL-03.serve-defence',
    debt,
    [filed, registered('ordinary'), ['2026-03-10', 'COURT', 'record-answer', { party: 'b' }]],
    '2026-03-16',
  ],
  ['p1:CL-04', debt, [filed, registered('ordinary'), ['2026-03-10', 'COURT', 'form-tribunal', {}]], '2026-03-13'],
  ['p1:CL-05', debt, [filed, registered('ordinary')], '2026-09-03'],
  ['p1:CL-06', debt, [filed, registered('summary')], '2026-06-03'],
  ['p1:CL-07', debt, [filed, registered('small-claims')], '2026-05-06'],
  ['p1:CL-17', debt, [[on, 'COURT', 'open-procedure', opens('payment-order', 'COURT')]], '2026-03-09'],
  [
    'p1:CL-17.issue',
    debt,
    [
      [on, 'COURT', 'open-procedure', opens('payment-order', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
    ],
    '2026-03-19',
  ],
  ['p1:MD-02', 'medical', [department('HEALTH')], '2026-03-09'],
  ['p1:CO-02', 'consumer', [department('SAMR')], '2026-03-11'],
  ['p1:LD-08', 'labour', [awarded[0]!], '2026-03-09'],
  ['p1:LD-10', 'labour', awarded.slice(0, 2), '2026-03-10'],
  ['p1:LD-11', 'labour', awarded.slice(0, 2), '2026-03-10'],
  ['p1:RL-02', 'rural-land', [[on, 'RLC', 'open-procedure', opens('rural-land-arbitration', 'RLC')]], '2026-03-09'],
  [
    'p1:AB-01',
    'commercial',
    [[on, 'CAC', 'open-procedure', opens('commercial-arbitration', 'CAC', { applicants: both })]],
    '2026-03-09',
  ],
];

/** Mediation without an agreement in time has failed. */
const mediations: readonly Row[] = [
  ['p2:CM-14.ordinary', debt, [filed, registered('ordinary'), ...entrusted], '2026-03-20'],
  ['p2:CM-14.summary', debt, [filed, registered('summary'), ...entrusted], '2026-03-12'],
  [
    'p1:SC-01',
    'school-injury',
    [department('EDU', { applicants: both }), ['2026-03-03', 'EDU', 'accept-application', {}]],
    '2026-05-06',
  ],
  [
    'p1:TR-03',
    'traffic',
    [
      department('POLICE', { applicants: both }),
      ['2026-03-03', 'POLICE', 'accept-application', { determinationReceivedOn: on }],
      ['2026-03-04', 'POLICE', 'start-mediation', { since: 'damage-assessed' }],
    ],
    '2026-03-18',
  ],
];

/** A party did not use its time: the right is lost, or the procedure goes on without it. */
const rights: readonly Row[] = [
  ['d:CX-01:party:a', debt, [mediated[0]!], '2029-03-02'],
  ['d:RL-01:party:a', 'rural-land', [mediated[0]!], '2028-03-02'],
  [
    'd:LD-06:party:a',
    'labour',
    [[on, 'UNION', 'open-procedure', opens('mediation', 'UNION', { track: 'labour' })]],
    '2027-03-02',
  ],
  [
    'p1:CL-03.jurisdiction:party:b',
    debt,
    [filed, registered('ordinary'), ['2026-03-05', 'COURT', 'serve', { paper: 'complaint', party: 'b' }]],
    '2026-03-20',
  ],
  [
    'p1:CL-10.ruling:party:a',
    debt,
    [
      filed,
      ['2026-03-04', 'COURT', 'reject-application', { reason: 'not-civil' }],
      ['2026-03-05', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
    ],
    '2026-03-16',
  ],
  [
    'p1:CL-15:party:a',
    debt,
    [
      [on, 'COURT', 'open-procedure', opens('payment-order', 'COURT')],
      ['2026-03-03', 'COURT', 'accept-application', {}],
      ['2026-03-04', 'COURT', 'issue-order', {}],
      ['2026-03-05', 'COURT', 'serve', { party: 'b' }],
    ],
    '2028-03-20',
  ],
  [
    'p1:LD-09:party:a',
    'labour',
    [
      awarded[0]!,
      ['2026-03-06', 'LAC', 'reject-application', { reason: 'out-of-scope' }],
      ['2026-03-09', 'LAC', 'give-notice', { notice: 'refusal', parties: ['a'] }],
    ],
    '2026-03-24',
  ],
  [
    'p1:LD-30:party:a',
    'labour',
    [...awarded, ['2026-03-30', 'LAC', 'serve', { paper: 'award', party: 'a' }]],
    '2026-04-14',
  ],
  [
    'p2:LD-37:party:a',
    'labour',
    [
      ...awarded,
      ['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT')],
      ['2026-05-06', 'COURT', 'refuse-enforcement', {}],
      ['2026-05-08', 'COURT', 'serve', { paper: 'ruling', party: 'a', procedureId: 'p2' }],
    ],
    '2026-06-08',
  ],
  [
    'p2:LD-37.enforcement:party:a',
    'labour',
    [
      ...mediated,
      ['2026-03-16', 'LAC', 'open-procedure', opens('arbitral-confirmation', 'LAC', { applicants: both })],
      ['2026-03-17', 'LAC', 'accept-application', {}],
      ['2026-03-20', 'LAC', 'issue-consent-award', {}],
    ],
    '2028-04-10',
  ],
  [
    'p1:AB-02:party:a',
    'commercial',
    [
      [on, 'CAC', 'open-procedure', opens('commercial-arbitration', 'CAC', { applicants: both })],
      ['2026-03-03', 'CAC', 'accept-application', {}],
      ['2026-03-04', 'CAC', 'form-tribunal', {}],
      ['2026-03-20', 'CAC', 'record-session', {}],
      ['2026-03-27', 'CAC', 'issue-award', {}],
      ['2026-03-30', 'CAC', 'serve', { paper: 'award', party: 'a' }],
    ],
    '2026-06-30',
  ],
];

/** Only a commercial dispute has an arbitration clause. */
const begun = (type: DisputeType) =>
  chronicle(type, on, type === 'commercial' ? { facts: { arbitrationClause: 'valid' } } : {});

const told = ([id, type, lines, due]: Row) => {
  const matter = begun(type);
  matter.tell(lines);
  matter.until(nextDay(due));
  expect(matter.clock(id)).toBe(`${due} elapsed`);
  return matter;
};
const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const procedureIn = (id: string): string => id.split(':')[0]!;

describe('a period passes', () => {
  it.each(bodies)('%s of a body: overdue, and nothing is ended by it', (...row) => {
    const matter = told(row);
    expect(isOverdue(matter.deadline(row[0]))).toBe(true);
    expect(matter.procedure(procedureIn(row[0])).status).toBe('open');
  });

  it.each(mediations)('%s of a mediation: it has failed', (...row) => {
    const { outcome, closedOn } = told(row).procedure(procedureIn(row[0]));
    expect([outcome, closedOn]).toEqual(['expired', row[3]]);
  });

  it.each(rights)('%s of a party: on its last day it still runs, on the next it is over', (...row) => {
    const [id, type, lines, due] = row;
    const before = begun(type);
    before.tell(lines);
    before.until(due);
    expect(before.clock(id)).toBe(`${due} running`);
    const matter = told(row);
    expect(isOverdue(matter.deadline(id))).toBe(false);
  });

  it('for the worker from the end of the employment, known when the dispute is registered', () => {
    const matter = chronicle('labour', '2026-03-02', { facts: { employmentEndedOn: '2025-06-30' } });
    expect(matter.clock('d:LD-06.termination:party:a')).toBe('2026-06-30 running');
    matter.until('2026-07-01');
    expect(matter.clock('d:LD-06.termination:party:a')).toBe('2026-06-30 elapsed');
    // The other side may plead it; the commission is not closed to the worker.
    expect(matter.permitted()).toContain('labour-arbitration either');
  });

  it('of local law, only where that is in force', () => {
    const shenzhen = chronicle('neighbour', on, { region: '440305' });
    shenzhen.tell([department('TOWN')]);
    shenzhen.until('2026-03-10');
    expect(shenzhen.clock('p1:CM-30.acceptance')).toBe('2026-03-09 elapsed');
    shenzhen.tell([['2026-03-10', 'TOWN', 'accept-application', {}]]);
    expect(shenzhen.deadline('p1:CM-30.acceptance').doneLateOn).toBe('2026-03-10');

    const expired = chronicle('neighbour', on, { region: '440305' });
    expired.tell([
      [on, 'PMC', 'open-procedure', opens('mediation', 'PMC')],
      ...both.map((party): Line => [on, 'PMC', 'record-consent', { party, consent: 'given' }]),
    ]);
    expired.until('2026-04-02');
    expect(expired.clock('p1:CM-30')).toBe('2026-04-01 elapsed');
    expect(expired.rules()).not.toContain('PM-17');
    expect(expired.procedure('p1').outcome).toBe('expired');

    const shanghai = chronicle('school-injury', on, { region: '310101' });
    shanghai.tell([department('EDU', { applicants: both }), ['2026-03-03', 'EDU', 'accept-application', {}]]);
    shanghai.until('2026-06-04');
    expect(shanghai.clock('p1:SC-02')).toBe('2026-06-03 elapsed');
    expect(shanghai.procedure('p1').outcome).toBe('expired');
    expect(shanghai.rules()).not.toContain('SC-01');
  });

  it('for eco-civil claims after five years', () => {
    const matter = chronicle('noise', '2026-08-17');
    matter.tell([['2026-08-17', 'PMC', 'open-procedure', opens('mediation', 'PMC')]]);
    matter.until('2031-08-19');
    expect(matter.clock('d:CX-02:party:a')).toBe('2031-08-18 elapsed');
  });

  it('of the notice that a consumer complaint has failed: it is given late', () => {
    const matter = chronicle('consumer', on);
    matter.tell([
      department('SAMR'),
      ['2026-03-03', 'SAMR', 'accept-application', {}],
      ['2026-03-04', 'SAMR', 'record-consent', { party: 'b', consent: 'refused' }],
    ]);
    matter.until('2026-03-14');
    expect(matter.clock('p1:CO-02.notice')).toBe('2026-03-13 elapsed');
    matter.tell([['2026-03-16', 'SAMR', 'give-notice', { notice: 'mediation-ended', parties: both }]]);
    expect(matter.deadline('p1:CO-02.notice').doneLateOn).toBe('2026-03-16');
  });

  it('of the court for setting aside: overdue', () => {
    const row = rights.at(-1)!;
    const matter = begun('commercial');
    matter.tell([
      ...row[2],
      ['2026-04-07', 'MIDDLE', 'open-procedure', opens('set-aside', 'MIDDLE', { applicants: ['a'] })],
      ['2026-04-08', 'MIDDLE', 'accept-application', {}],
    ]);
    matter.until('2026-06-09');
    expect(matter.clock('p2:AB-03')).toBe('2026-06-08 elapsed');
    expect(matter.procedure('p2').status).toBe('open');
  });
});
