import { chronicle, both, opens, owes, signed, type Line } from './chronicle.js';

/** Endings of procedures that come to nothing, and what is then left. */
describe('withdrawn', () => {
  const on = '2026-03-02';
  const agreed: readonly Line[] = [
    [on, 'UNION', 'open-procedure', opens('mediation', 'UNION', { track: 'labour' })],
    ...both.map((party): Line => [on, 'UNION', 'record-consent', { party, consent: 'given' }]),
    ['2026-03-03', 'UNION', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
    ['2026-03-03', 'UNION', 'answer-designation', { answer: 'accepts' }],
    ['2026-03-09', 'UNION', 'record-agreement', owes('2026-04-10', 'wages')],
    ['2026-03-09', 'UNION', 'sign-agreement', signed],
  ];
  const rows = [
    ['negotiation', 'debt', [[on, 'DESK', 'open-procedure', opens('negotiation', 'DESK')]], 'mediation either'],
    [
      'commercial-mediation',
      'commercial',
      [[on, 'CM', 'open-procedure', opens('commercial-mediation', 'CM')]],
      'civil-litigation either',
    ],
    [
      'administrative-mediation',
      'consumer',
      [[on, 'SAMR', 'open-procedure', opens('administrative-mediation', 'SAMR')]],
      'civil-litigation either',
    ],
    [
      'payment-order',
      'debt',
      [[on, 'COURT', 'open-procedure', opens('payment-order', 'COURT')]],
      'civil-litigation either',
    ],
    [
      'civil-litigation',
      'debt',
      [[on, 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]],
      'civil-litigation either',
    ],
    [
      'rural-land-arbitration',
      'rural-land',
      [[on, 'RLC', 'open-procedure', opens('rural-land-arbitration', 'RLC')]],
      'civil-litigation either',
    ],
    [
      'arbitral-confirmation',
      'labour',
      [...agreed, ['2026-03-16', 'LAC', 'open-procedure', opens('arbitral-confirmation', 'LAC', { applicants: both })]],
      'follow-up body',
    ],
    [
      'follow-up',
      'labour',
      [...agreed, ['2026-03-16', 'UNION', 'open-procedure', opens('follow-up', 'UNION')]],
      'judicial-confirmation either',
    ],
  ] as unknown as [string, 'debt', Line[], string][];

  it.each(rows)('%s: its body’s periods end, and a route remains', (code, type, lines, left) => {
    const matter = chronicle(type, on);
    matter.tell(lines);
    const { id, procedure } = Object.values(matter.state.procedures).at(-1)!;
    expect(procedure).toBe(code);
    matter.tell([['2026-03-17', lines.at(-1)![1], 'withdraw', { procedureId: id }]]);
    expect(matter.procedure(id)).toMatchObject({ outcome: 'withdrawn', closedOn: '2026-03-17' });
    const running = Object.values(matter.state.deadlines).filter(
      (one) => one.procedureId === id && one.status === 'running',
    );
    expect(running.filter(({ kind }) => kind !== 'party-right')).toEqual([]);
    expect(matter.permitted()).toContain(left);
  });

  it('in-trial mediation, once it has begun, is reported to the court that goes on with the trial', () => {
    const proposed: readonly Line[] = [
      [on, 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-03', 'COURT', 'accept-application', {}],
      ['2026-03-04', 'COURT', 'open-procedure', opens('in-trial-mediation', 'CENTRE')],
    ];
    const early = chronicle('debt', on);
    early.tell([...proposed, ['2026-03-05', 'COURT', 'withdraw', { procedureId: 'p2' }]]);
    expect(early.owed()).toEqual([]);
    const begun = chronicle('debt', on);
    begun.tell([
      ...proposed,
      ...both.map((party): Line => ['2026-03-04', 'COURT', 'record-consent', { party, consent: 'given' }]),
      ['2026-03-05', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }],
      [
        '2026-03-09',
        'CENTRE',
        'suspend',
        { ground: 'suspected-false-mediation', from: '2026-03-09', approvedBy: 'body', procedureId: 'p2' },
      ],
      ['2026-03-12', 'CENTRE', 'resume', { to: '2026-03-12', procedureId: 'p2' }],
    ]);
    // Three days did not count.
    expect(begun.clock('p2:CM-14.ordinary')).toBe('2026-03-23 running');
    begun.tell([['2026-03-13', 'CENTRE', 'withdraw', { procedureId: 'p2' }]]);
    expect(begun.owed()).toEqual(['p2:court-report']);
    expect(begun.procedure('p1').step).toBe('registered');
  });
});

describe('turned away', () => {
  it.each([
    ['commercial-arbitration', 'commercial', 'not-arbitrable', 'AB-01', 'commercial-arbitration either'],
    ['rural-land-arbitration', 'rural-land', 'out-of-scope', 'RL-02', 'civil-litigation either'],
  ] as const)('%s owes the applicant its reasons in writing', (code, type, reason, rule, left) => {
    const matter = chronicle(type, '2026-03-02', { facts: { arbitrationClause: 'valid' } });
    matter.tell([
      ['2026-03-02', 'ARB', 'open-procedure', opens(code, 'ARB', { applicants: both })],
      ['2026-03-04', 'ARB', 'reject-application', { reason }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('not-accepted');
    expect(matter.state.debts['p1:refusal']?.basis.rule).toBe(rule);
    expect(matter.permitted()).toContain(left);
    matter.tell([['2026-03-05', 'ARB', 'give-notice', { notice: 'refusal', parties: ['a'] }]]);
    expect(matter.owed()).toEqual([]);
  });
});

describe('rural land arbitration', () => {
  const accepted = () => {
    const matter = chronicle('rural-land', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'RLC', 'open-procedure', opens('rural-land-arbitration', 'RLC')],
      ['2026-03-04', 'RLC', 'accept-application', {}],
      ['2026-03-05', 'RLC', 'serve', { paper: 'application-copy', party: 'b' }],
      ['2026-03-10', 'RLC', 'record-answer', { party: 'b' }],
    ]);
    return matter;
  };

  it('meets the answer, and gives notice of its hearing', () => {
    const matter = accepted();
    expect(matter.clock('p1:RL-03:party:b')).toBe('2026-03-16 met');
    matter.tell([
      ['2026-03-11', 'RLC', 'form-tribunal', {}],
      ['2026-03-12', 'RLC', 'schedule-session', { at: '2026-03-25T09:00:00+08:00' }],
      ['2026-03-25', 'RLC', 'record-session', {}],
    ]);
    expect(matter.procedure('p1').sessions).toMatchObject([{ noticeOn: '2026-03-12', heldOn: '2026-03-25' }]);
  });

  it('deemed withdrawn on proof of the notice, leaves the court', () => {
    const matter = accepted();
    matter.paper('proof');
    matter.tell([['2026-03-25', 'RLC', 'deem-withdrawn', { proofOfNotice: 'proof' }]]);
    expect(matter.procedure('p1').outcome).toBe('deemed-withdrawn');
    expect(matter.permitted()).toContain('civil-litigation either');
  });
});

describe('a payment order', () => {
  it('is ended where the debtor cannot be served, and the creditor sues', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('payment-order', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
      ['2026-03-20', 'COURT', 'end-order', { reason: 'cannot-serve' }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('dismissed');
    expect(matter.permitted()).toContain('civil-litigation either');
  });
});

describe('enforcement', () => {
  it('settled, ends without closing the dispute: the settlement is yet to be kept', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-03', 'COURT', 'accept-application', {}],
      ['2026-03-20', 'COURT', 'issue-consent-judgment', {}],
      ['2026-04-13', 'COURT', 'open-procedure', opens('enforcement', 'COURT')],
      ['2026-04-14', 'COURT', 'accept-application', { procedureId: 'p2' }],
      ['2026-04-20', 'COURT', 'issue-notice', {}],
      ['2026-05-11', 'COURT', 'conclude-enforcement', { result: 'settled' }],
    ]);
    expect(matter.procedure('p2').outcome).toBe('settled');
    expect(matter.state.status).toBe('open');
  });
});

describe('negotiation', () => {
  it('keeps a concession made in it, which settles nothing by itself', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'DESK', 'open-procedure', opens('negotiation', 'DESK')],
      ['2026-03-05', 'DESK', 'record-admission', { party: 'b', text: { ref: 't', commitment: '00' } }],
    ]);
    expect(matter.procedure('p1')).toMatchObject({ step: 'negotiating', agreement: null });
    expect(matter.procedure('p1').facts['CompromiseAdmissionRecorded']?.on).toBe('2026-03-05');
  });
});
