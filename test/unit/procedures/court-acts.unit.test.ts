import { chronicle, opens, type Line } from './chronicle.js';

/** Acts that several court procedures know alike. */

const filed = (code: string): Line => ['2026-03-02', 'COURT', 'open-procedure', opens(code, 'COURT')];
const judged = (code: string): readonly Line[] => [
  filed(code),
  ['2026-03-06', 'COURT', 'accept-application'],
  ['2026-04-20', 'COURT', 'issue-judgment'],
  ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'a' }],
  ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
];
const appealed = (litigation: string, appeal: string): readonly Line[] => [
  ...judged(litigation),
  ['2026-04-29', 'HIGH', 'open-procedure', opens(appeal, 'HIGH', { applicants: ['b'] })],
  ['2026-05-11', 'HIGH', 'accept-application'],
];

const civil = () => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([filed('civil-litigation'), ['2026-03-06', 'COURT', 'accept-application']]);
  return matter;
};
const civilAppeal = () => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell(appealed('civil-litigation', 'civil-appeal'));
  return matter;
};
const administrative = () => {
  const matter = chronicle('administrative-act', '2026-03-02');
  matter.tell([filed('administrative-litigation'), ['2026-03-06', 'COURT', 'accept-application']]);
  return matter;
};
const administrativeAppeal = () => {
  const matter = chronicle('administrative-act', '2026-03-02');
  matter.tell(appealed('administrative-litigation', 'administrative-appeal'));
  return matter;
};

describe('the time for trial', () => {
  it.each([
    [
      'of a civil appeal',
      civilAppeal,
      'p2:CL-11',
      'HIGH',
      '2026-06-01',
      { approvedBy: 'president' },
      '2026-11-11',
      '2026-11-23',
    ],
    [
      'of an administrative suit',
      administrative,
      'p1:AL-04.first-instance',
      'COURT',
      '2026-06-01',
      { approvedBy: 'superior-court', amount: 2 },
      '2026-11-06',
      '2026-11-16',
    ],
    [
      'of an administrative appeal',
      administrativeAppeal,
      'p2:AL-04.second-instance',
      'HIGH',
      '2026-06-01',
      { approvedBy: 'superior-court', amount: 2 },
      '2026-10-12',
      '2026-10-21',
    ],
  ])(
    '%s is extended by whom the law says, and does not count an appraisal',
    (_, matterOf, id, at, on, extension, extended, suspended) => {
      const matter = matterOf();
      const procedureId = id.split(':')[0]!;
      const amount = 'amount' in extension ? { amount: extension.amount } : {};
      expect(matter.refusal(on, at, 'extend', { approvedBy: 'head', ...amount, procedureId })).toMatchObject({
        code: 'extension-not-allowed',
        pointer: '/approvedBy',
      });
      matter.tell([[on, at, 'extend', { ...extension, procedureId }]]);
      expect(matter.clock(id)).toBe(`${extended} running`);

      const appraisal = { ground: 'appraisal', from: '2026-06-02', approvedBy: 'body', procedureId };
      expect(matter.refused('2026-06-02', at, 'suspend', { ...appraisal, ground: 'holidays' })).toBe(
        'suspension-not-allowed',
      );
      matter.tell([['2026-06-02', at, 'suspend', appraisal]]);
      expect(matter.deadline(id).status).toBe('suspended');
      matter.tell([['2026-06-12', at, 'resume', { to: '2026-06-12', procedureId }]]);
      expect(matter.clock(id)).toBe(`${suspended} running`);
      expect(matter.deadline(id).suspendedDays).toBe(10);
    },
  );
});

describe('recusal 回避', () => {
  const asks = { party: 'a', ground: 'party-or-relative' };

  it.each([
    ['civil litigation', civil, 'p1', 'COURT'],
    ['a civil appeal', civilAppeal, 'p2', 'HIGH'],
  ])(
    'in %s is decided in three days, and its refusal reviewed once, at the request of whoever asked',
    (_, matterOf, procedureId, at) => {
      const matter = matterOf();
      expect(matter.refused('2026-06-01', at, 'decide-recusal', { result: 'refused', procedureId })).toBe(
        'action-not-available',
      );
      matter.tell([['2026-06-01', at, 'request-recusal', { ...asks, procedureId }]]);
      expect(matter.clock(`${procedureId}:CL-19`)).toBe('2026-06-04 running');
      expect(matter.refused('2026-06-01', at, 'request-recusal', { ...asks, procedureId })).toBe('already-done');
      matter.tell([['2026-06-03', at, 'decide-recusal', { result: 'refused', procedureId }]]);
      expect(matter.clock(`${procedureId}:CL-19`)).toBe('2026-06-04 met');

      expect(matter.refusal('2026-06-03', at, 'request-recusal-review', { party: 'b', procedureId })).toMatchObject({
        code: 'action-not-available',
        basis: { rule: 'CL-19.review' },
      });
      matter.tell([['2026-06-03', at, 'request-recusal-review', { party: 'a', procedureId }]]);
      expect(matter.clock(`${procedureId}:CL-19.review`)).toBe('2026-06-08 running');
      matter.tell([['2026-06-05', at, 'decide-recusal', { result: 'refused', procedureId }]]);
      expect(matter.clock(`${procedureId}:CL-19.review`)).toBe('2026-06-08 met');
      expect(matter.refused('2026-06-05', at, 'request-recusal-review', { party: 'a', procedureId })).toBe(
        'already-done',
      );
      expect(matter.procedure(procedureId).status).toBe('open');
    },
  );

  it('before a labour commission, or of who handles a petition, is decided without a period of its own (LD-12, XF-11)', () => {
    const arbitration = chronicle('labour', '2026-03-02');
    arbitration.tell([
      ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2026-03-03', 'LAC', 'accept-application', {}],
    ]);
    const petition = chronicle('petition', '2026-03-02');
    petition.tell([
      ['2026-03-02', 'OFFICE', 'open-procedure', opens('petition', 'OFFICE')],
      ['2026-03-04', 'OFFICE', 'classify', { category: 6 }],
    ]);
    for (const [matter, at, rule] of [
      [arbitration, 'LAC', 'LD-12'],
      [petition, 'OFFICE', 'XF-11'],
    ] as const) {
      const rules = matter.rules();
      matter.tell([['2026-03-05', at, 'request-recusal', asks]]);
      expect(matter.refusal('2026-03-05', at, 'request-recusal', asks)).toMatchObject({
        code: 'already-done',
        basis: { rule },
      });
      matter.tell([['2026-03-05', at, 'decide-recusal', { result: 'refused' }]]);
      expect(matter.refused('2026-03-06', at, 'decide-recusal', { result: 'granted' })).toBe('action-not-available');
      expect(matter.refused('2026-03-06', at, 'request-recusal', asks)).toBeNull();
      expect(matter.rules()).toEqual(rules);
    }
  });

  it('granted, leaves nothing to review', () => {
    const matter = civil();
    matter.tell([
      ['2026-06-01', 'COURT', 'request-recusal', asks],
      ['2026-06-02', 'COURT', 'decide-recusal', { result: 'granted' }],
    ]);
    expect(matter.refused('2026-06-02', 'COURT', 'request-recusal-review', { party: 'a' })).toBe(
      'action-not-available',
    );
  });
});

describe('an appeal', () => {
  it('is heard, and settled at second instance in a civil matter only', () => {
    const matter = civilAppeal();
    matter.tell([
      ['2026-06-01', 'HIGH', 'schedule-session', { at: '2026-06-10T09:00:00+08:00', procedureId: 'p2' }],
      ['2026-06-10', 'HIGH', 'record-session', { procedureId: 'p2' }],
    ]);
    expect(matter.procedure('p2').step).toBe('heard');
    matter.tell([['2026-06-15', 'HIGH', 'issue-consent-judgment', { procedureId: 'p2' }]]);
    expect(matter.clock('p2:CL-11')).toBe('2026-08-11 met');
    expect(matter.procedure('p2').outcome).toBe('mediated');
    expect(matter.permitted()).toContain('enforcement either');
    expect(matter.permitted()).not.toContain('civil-litigation either');
    expect(administrativeAppeal().refused('2026-06-15', 'HIGH', 'issue-consent-judgment', { procedureId: 'p2' })).toBe(
      'action-not-available',
    );
  });

  it('against an administrative judgment is joined, heard, and served without a further period', () => {
    const matter = chronicle('administrative-act', '2026-03-02');
    matter.tell([
      ...judged('administrative-litigation'),
      ['2026-04-29', 'HIGH', 'open-procedure', opens('administrative-appeal', 'HIGH', { applicants: ['b'] })],
      ['2026-04-30', 'HIGH', 'join-application', { party: 'a' }],
    ]);
    expect(matter.clock('p1:AL-04.appeal:party:a')).toBe('2026-05-06 met');
    const rules = matter.rules();
    matter.tell([
      ['2026-05-11', 'HIGH', 'accept-application'],
      ['2026-06-01', 'HIGH', 'schedule-session', { at: '2026-06-10T09:00:00+08:00', procedureId: 'p2' }],
      ['2026-06-10', 'HIGH', 'record-session', { procedureId: 'p2' }],
      ['2026-06-20', 'HIGH', 'issue-judgment', { procedureId: 'p2' }],
      ['2026-06-22', 'HIGH', 'serve', { paper: 'judgment', party: 'a', procedureId: 'p2' }],
    ]);
    expect(matter.rules()).toEqual([...rules, 'AL-04.second-instance']);
  });

  it('not pursued by the appellant, leaves the administrative judgment effective', () => {
    const matter = administrativeAppeal();
    matter.paper('proof');
    matter.tell([['2026-06-01', 'HIGH', 'deem-withdrawn', { proofOfNotice: 'proof', procedureId: 'p2' }]]);
    expect(matter.procedure('p2').outcome).toBe('deemed-withdrawn');
    expect(matter.procedure('p1').outcome).toBe('effective');
    expect(matter.permitted()).toEqual(['enforcement either']);
  });

  it.each([
    ['civil', 'debt', 'civil-litigation', 'civil-appeal', 'CL-11.ruling', ['retrial either']],
    [
      'administrative',
      'administrative-act',
      'administrative-litigation',
      'administrative-appeal',
      'AL-04.second-instance',
      ['enforcement either', 'retrial either'],
    ],
  ] as const)('against a %s ruling that is upheld, is final', (_, type, litigation, code, limit, left) => {
    const matter = chronicle(type, '2026-03-02');
    matter.tell([
      filed(litigation),
      ['2026-03-04', 'COURT', 'reject-application', { reason: 'other' }],
      ['2026-03-05', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
      ['2026-03-10', 'HIGH', 'open-procedure', opens(code, 'HIGH', { applicants: ['a'] })],
      ['2026-03-12', 'HIGH', 'accept-application'],
      ['2026-04-01', 'HIGH', 'issue-ruling', { kind: 'upheld' }],
    ]);
    expect(matter.deadline(`p2:${limit}`).status).toBe('met');
    expect(matter.procedure('p2').outcome).toBe('ruling');
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'not-accepted' });
    expect(matter.permitted()).toEqual(expect.arrayContaining([...left]));
  });
});

describe('an administrative suit', () => {
  it('is heard by default of whoever brought it only as withdrawn, and not brought again', () => {
    const matter = administrative();
    matter.paper('proof');
    matter.tell([
      ['2026-04-01', 'COURT', 'schedule-session', { at: '2026-04-10T09:00:00+08:00' }],
      ['2026-04-10', 'COURT', 'record-session', { absent: ['a'] }],
      ['2026-04-13', 'COURT', 'deem-withdrawn', { proofOfNotice: 'proof' }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('deemed-withdrawn');
    expect(matter.refused('2026-04-20', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT'))).toBe(
      'already-done',
    );
  });

  it('dismissed by ruling is appealed against; ended for want of a party it is not', () => {
    const dismissed = administrative();
    dismissed.tell([
      ['2026-04-13', 'COURT', 'issue-ruling', { kind: 'dismiss-suit' }],
      ['2026-04-14', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
    ]);
    expect(dismissed.clock('p1:AL-04.appeal-ruling:party:a')).toBe('2026-04-24 running');
    const ended = administrative();
    ended.tell([
      ['2026-04-13', 'COURT', 'issue-ruling', { kind: 'end-suit' }],
      ['2026-04-14', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
    ]);
    expect(ended.procedure('p1').outcome).toBe('terminated');
    expect(ended.rules()).not.toContain('AL-04.appeal-ruling');
  });
});
