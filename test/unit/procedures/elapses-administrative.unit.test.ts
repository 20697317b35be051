import type { DisputeType } from '../../../src/domain/routes/codes.js';
import { chronicle, opens, type Line } from './chronicle.js';

type More = Parameters<typeof chronicle>[2];

/** What has happened before a period is left to pass; the dispute is registered on 2 March 2026. */
interface Before {
  type: DisputeType;
  more?: More;
  lines: readonly Line[];
}

const open = (procedure: string, at: string, more: Record<string, unknown> = {}): Line => [
  '2026-03-02',
  at,
  'open-procedure',
  opens(procedure, at, more),
];
const accept = (on: string, at: string, body: Record<string, unknown> = {}): Line => [
  on,
  at,
  'accept-application',
  body,
];

const review = (more?: More, ...lines: Line[]): Before => ({
  type: 'administrative-act',
  more,
  lines: [open('administrative-review', 'GOV'), ...lines],
});
const simpleReview = (...lines: Line[]): Before =>
  review({}, accept('2026-03-04', 'GOV', { track: 'simple' }), ...lines);
const adjudication = (type: DisputeType, more: More, ...lines: Line[]): Before => ({
  type,
  more,
  lines: [open('adjudication', 'GOV'), ...lines],
});
const title = (...lines: Line[]): Before => adjudication('land-title', {}, ...lines);
const decided = (type: DisputeType, party: string): Before =>
  adjudication(
    type,
    {},
    accept('2026-03-05', 'GOV'),
    ['2026-06-01', 'GOV', 'issue-decision', { result: 'granted', about: 'land' }],
    ['2026-06-03', 'GOV', 'serve', { paper: 'decision', party }],
  );
const suit = (...lines: Line[]): Before => ({
  type: 'administrative-act',
  lines: [open('administrative-litigation', 'COURT'), ...lines],
});
const judged = (litigation: string): readonly Line[] => [
  ['2026-03-02', 'COURT', 'open-procedure', opens(litigation, 'COURT')],
  accept('2026-03-06', 'COURT'),
  ['2026-04-20', 'COURT', 'issue-judgment'],
  ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
];
const appealed = (type: 'administrative-act' | 'debt'): Before => {
  const [litigation, appeal] =
    type === 'debt' ? ['civil-litigation', 'civil-appeal'] : ['administrative-litigation', 'administrative-appeal'];
  return {
    type,
    lines: [
      ...judged(litigation!),
      ['2026-04-29', 'HIGH', 'open-procedure', opens(appeal!, 'HIGH', { applicants: ['b'] })],
      accept('2026-05-11', 'HIGH'),
    ],
  };
};
const appealedAgainstRuling: Before = {
  type: 'debt',
  lines: [
    open('civil-litigation', 'COURT'),
    ['2026-03-04', 'COURT', 'reject-application', { reason: 'not-civil' }],
    ['2026-03-05', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
    ['2026-03-10', 'HIGH', 'open-procedure', opens('civil-appeal', 'HIGH', { applicants: ['a'] })],
    accept('2026-03-12', 'HIGH'),
  ],
};
const recusal = { party: 'a', ground: 'interest' };
const tried = (...lines: Line[]): Before => ({
  type: 'debt',
  lines: [open('civil-litigation', 'COURT'), accept('2026-03-04', 'COURT'), ...lines],
});
const feared = (urgent: boolean): Before => ({
  type: 'family',
  lines: [
    ['2026-03-02', 'DESK', 'raise-alert', { kind: 'violence' }],
    open('protection-order', 'COURT', { applicants: ['a'] }),
    ['2026-03-02T15:00:00+08:00', 'COURT', 'accept-application', { urgent }],
  ],
});
const petition = (track: string, ...lines: Line[]): Before => ({
  type: 'petition',
  lines: [open('petition', 'OFFICE', { track }), ...lines],
});
const toAuthority: Line = ['2026-03-05', 'OFFICE', 'transfer', { body: { code: 'GOV', name: null } }];
const classified = (more: Record<string, unknown> = {}): Line => [
  '2026-03-03',
  'OFFICE',
  'classify',
  { category: 6, ...more },
];
const higher = (code: string) => ({ party: 'a', body: { code, name: null } });
const rechecked: readonly Line[] = [
  classified(),
  accept('2026-03-06', 'OFFICE'),
  ['2026-04-20', 'OFFICE', 'issue-opinion', { result: 'not-supported' }],
  ['2026-04-21', 'OFFICE', 'serve', { paper: 'opinion', party: 'a' }],
  ['2026-05-11', 'OFFICE', 'request-recheck', higher('CITY')],
];
const recheckServed: readonly Line[] = [
  ...rechecked,
  ['2026-06-01', 'CITY', 'decide-recheck', { result: 'not-supported' }],
  ['2026-06-02', 'CITY', 'serve', { paper: 'recheck-opinion', party: 'a' }],
];
const police = (...lines: Line[]): Before => ({
  type: 'public-order',
  lines: [open('police-report', 'POLICE'), accept('2026-03-03', 'POLICE'), ...lines],
});
const departmental: Before = { type: 'noise', lines: [open('department-complaint', 'ENV')] };
const complained: Before = {
  type: 'procurement',
  lines: [
    open('procurement-challenge', 'BUYER'),
    ['2026-03-09', 'BUYER', 'reply', { result: 'unfounded' }],
    ['2026-03-20', 'FIN', 'open-procedure', opens('procurement-complaint', 'FIN')],
    ['2026-04-20', 'FIN', 'issue-decision', { result: 'unfounded' }],
    ['2026-04-21', 'FIN', 'serve', { paper: 'decision', party: 'a' }],
  ],
};
const reviewedFirst = { facts: { reviewFirst: true } };

const after = ({ type, more, lines }: Before, day: string) => {
  const matter = chronicle(type, '2026-03-02', more ?? {});
  matter.tell(lines);
  matter.until(day);
  return matter;
};

describe('a body’s period that passes', () => {
  it.each<[id: string, before: Before, due: string, late: Line]>([
    [
      'p1:AR-04.reply:party:b',
      review({}, accept('2026-03-04', 'GOV'), [
        '2026-03-06',
        'GOV',
        'serve',
        { paper: 'application-copy', party: 'b' },
      ]),
      '2026-03-20',
      ['2026-03-25', 'GOV', 'record-answer', { party: 'b' }],
    ],
    [
      'p1:AR-05',
      simpleReview(),
      '2026-03-09',
      ['2026-03-12', 'GOV', 'serve', { paper: 'application-copy', party: 'b' }],
    ],
    [
      'p1:AR-05.reply:party:b',
      simpleReview(['2026-03-05', 'GOV', 'serve', { paper: 'application-copy', party: 'b' }]),
      '2026-03-12',
      ['2026-03-16', 'GOV', 'record-answer', { party: 'b' }],
    ],
    ['p1:AR-06.simple', simpleReview(), '2026-04-03', ['2026-04-08', 'GOV', 'issue-decision', { result: 'upheld' }]],
    ['p1:AL-04', suit(), '2026-03-09', accept('2026-03-12', 'COURT')],
    [
      'p1:AL-04.first-instance',
      suit(accept('2026-03-06', 'COURT')),
      '2026-09-07',
      ['2026-09-15', 'COURT', 'issue-judgment'],
    ],
    [
      'p1:AL-04.simple',
      suit(accept('2026-03-06', 'COURT', { track: 'simple' })),
      '2026-04-20',
      ['2026-04-28', 'COURT', 'issue-judgment'],
    ],
    [
      'p2:AL-04.second-instance',
      appealed('administrative-act'),
      '2026-08-11',
      ['2026-08-20', 'HIGH', 'issue-judgment'],
    ],
    ['p2:CL-11', appealed('debt'), '2026-08-11', ['2026-08-20', 'HIGH', 'issue-judgment']],
    [
      'p2:CL-11.ruling',
      appealedAgainstRuling,
      '2026-04-13',
      ['2026-04-20', 'HIGH', 'issue-ruling', { kind: 'upheld' }],
    ],
    [
      'p1:CL-19',
      tried(['2026-03-10', 'COURT', 'request-recusal', recusal]),
      '2026-03-13',
      ['2026-03-16', 'COURT', 'decide-recusal', { result: 'granted' }],
    ],
    [
      'p1:CL-19.review',
      tried(
        ['2026-03-10', 'COURT', 'request-recusal', recusal],
        ['2026-03-11', 'COURT', 'decide-recusal', { result: 'refused' }],
        ['2026-03-12', 'COURT', 'request-recusal-review', { party: 'a' }],
      ),
      '2026-03-16',
      ['2026-03-18', 'COURT', 'decide-recusal', { result: 'refused' }],
    ],
    ['p1:CL-24', feared(false), '2026-03-05', ['2026-03-09', 'COURT', 'issue-order', { result: 'granted' }]],
    ['p1:CL-24.urgent', feared(true), '2026-03-03', ['2026-03-09', 'COURT', 'issue-order', { result: 'granted' }]],
    ['p1:AD-02', title(), '2026-03-11', accept('2026-03-16', 'GOV')],
    ['p1:AD-03', adjudication('land-title', { region: '440105' }), '2026-03-17', accept('2026-03-20', 'GOV')],
    [
      'p1:AD-03.decision',
      adjudication('land-title', { region: '440105' }, accept('2026-03-05', 'GOV')),
      '2026-09-07',
      ['2026-09-15', 'GOV', 'issue-decision', { result: 'granted' }],
    ],
    ['p1:AD-06.accept', adjudication('patent', {}), '2026-03-09', accept('2026-03-12', 'GOV')],
    [
      'p1:AD-06.decision',
      adjudication('patent', {}, accept('2026-03-05', 'GOV')),
      '2026-06-05',
      ['2026-06-15', 'GOV', 'issue-decision', { result: 'granted' }],
    ],
    [
      'p1:XF-01',
      petition('petition-office'),
      '2026-03-17',
      ['2026-03-20', 'OFFICE', 'transfer', { body: { code: 'GOV', name: null } }],
    ],
    ['p1:XF-02', petition('authority'), '2026-03-17', ['2026-03-20', 'OFFICE', 'classify', { category: 6 }]],
    [
      'p1:XF-03',
      petition('petition-office', toAuthority),
      '2026-03-20',
      ['2026-03-25', 'GOV', 'classify', { category: 6 }],
    ],
    ['p1:XF-15', petition('authority', classified({ simple: true })), '2026-03-05', accept('2026-03-10', 'OFFICE')],
    [
      'p1:XF-15.opinion',
      petition('authority', classified({ simple: true }), accept('2026-03-05', 'OFFICE')),
      '2026-03-19',
      ['2026-03-25', 'OFFICE', 'issue-opinion', { result: 'supported' }],
    ],
    [
      'p1:XF-07.decision',
      petition('authority', ...rechecked),
      '2026-06-10',
      ['2026-06-15', 'CITY', 'decide-recheck', { result: 'supported' }],
    ],
    [
      'p1:XF-08.decision',
      petition('authority', ...recheckServed, ['2026-06-15', 'CITY', 'request-rereview', higher('PROV')]),
      '2026-07-15',
      ['2026-07-20', 'PROV', 'decide-rereview', { result: 'supported' }],
    ],
    ['p1:PS-02', police(), '2026-04-02', ['2026-04-10', 'POLICE', 'issue-decision', { result: 'no-penalty' }]],
    [
      'p1:PS-02.after-mediation',
      police(
        ['2026-03-10', 'POLICE', 'record-session', { result: 'no-agreement' }],
        ['2026-03-12', 'POLICE', 'end-mediation', { reason: 'party-demands' }],
      ),
      '2026-04-13',
      ['2026-04-20', 'POLICE', 'issue-decision', { result: 'penalty' }],
    ],
    ['p1:AL-03', departmental, '2026-05-06', ['2026-05-11', 'ENV', 'reject-application', { reason: 'civil-only' }]],
  ])('%s leaves the procedure open and its act owed until it is done late', (id, before, due, late) => {
    const matter = after(before, due);
    expect(matter.clock(id)).toBe(`${due} running`);
    matter.until(late[0]);
    expect(matter.clock(id)).toBe(`${due} elapsed`);
    const procedure = id.split(':')[0]!;
    expect(matter.procedure(procedure).status).toBe('open');
    expect(matter.deadline(id).doneLateOn).toBeNull();
    matter.tell([[late[0], late[1], late[2], { ...late[3], procedureId: procedure }]]);
    expect(matter.deadline(id).doneLateOn).toBe(late[0]);
  });
});

describe('a party’s period that passes', () => {
  const opening = (procedure: string, at: string, applicants: readonly string[]) =>
    ['open-procedure', opens(procedure, at, { applicants })] as const;
  const sues = (party: string) => opening('administrative-litigation', 'COURT', [party]);
  it.each<[id: string, before: Before, due: string, next: string, what: readonly [string, Record<string, unknown>]]>([
    [
      'p1:AR-01:party:b',
      decided('land-title', 'b'),
      '2026-08-03',
      '2026-08-04',
      opening('administrative-review', 'UPPER', ['b']),
    ],
    ['p1:AD-01:party:a', decided('land-title', 'a'), '2026-07-03', '2026-07-06', sues('a')],
    ['p1:AD-06:party:b', decided('patent', 'b'), '2026-06-18', '2026-06-22', sues('b')],
    [
      'p1:AR-12:party:a',
      review(
        reviewedFirst,
        accept('2026-03-04', 'GOV'),
        ['2026-04-15', 'GOV', 'issue-decision', { result: 'upheld' }],
        ['2026-04-16', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
      ),
      '2026-05-06',
      '2026-05-07',
      sues('a'),
    ],
    [
      'p1:AR-12.overdue:party:a',
      review(reviewedFirst, accept('2026-03-04', 'GOV')),
      '2026-05-21',
      '2026-05-22',
      sues('a'),
    ],
    ['p1:AL-01.overdue:party:a', review({}, accept('2026-03-04', 'GOV')), '2026-05-21', '2026-05-22', sues('a')],
    ['p2:AL-02:party:a', complained, '2026-10-21', '2026-10-22', sues('a')],
    ['p1:AL-03.suit:party:a', departmental, '2026-11-06', '2026-11-09', sues('a')],
    [
      'p1:AL-04.appeal-ruling:party:a',
      suit(
        ['2026-03-06', 'COURT', 'reject-application', { reason: 'late' }],
        ['2026-03-09', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
      ),
      '2026-03-19',
      '2026-03-20',
      opening('administrative-appeal', 'HIGH', ['a']),
    ],
    [
      'p1:XF-03.objection',
      petition('petition-office', toAuthority),
      '2026-03-12',
      '2026-03-13',
      ['object-to-transfer', { reason: 'not-its-matter' }],
    ],
    [
      'p1:XF-08:party:a',
      petition('authority', ...recheckServed),
      '2026-07-02',
      '2026-07-03',
      ['request-rereview', higher('PROV')],
    ],
  ])('%s takes away what it was for', (id, before, due, next, [action, body]) => {
    const matter = after(before, next);
    expect(matter.clock(id)).toBe(`${due} elapsed`);
    const where = Object.values(matter.state.procedures).at(-1)!.body.code;
    const at = action === 'open-procedure' ? (body['body'] as { code: string }).code : where;
    expect(matter.refusal(next, at, action, body)).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: id.split(':')[1] },
    });
  });

  it('for an answer keeps nobody from answering: the adjudication goes on', () => {
    const matter = after(
      title(accept('2026-03-05', 'GOV'), ['2026-03-09', 'GOV', 'serve', { paper: 'application-copy', party: 'b' }]),
      '2026-04-09',
    );
    expect(matter.clock('p1:AD-02.answer:party:b')).toBe('2026-04-08 elapsed');
    expect(matter.refused('2026-04-10', 'GOV', 'record-answer', { party: 'b' })).toBeNull();
    expect(matter.refused('2026-04-10', 'GOV', 'issue-decision', { result: 'granted' })).toBeNull();
  });
});
