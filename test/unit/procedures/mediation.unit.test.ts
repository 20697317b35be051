import { stall } from '../../../src/domain/stall/stall.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { both, chronicle, opens, owes, signed, type Line } from './chronicle.js';

const consents: readonly Line[] = [
  ['2026-03-03', 'PMC', 'record-consent', { party: 'a', consent: 'given' }],
  ['2026-03-03', 'PMC', 'record-consent', { party: 'b', consent: 'given' }],
];
const mediator: readonly Line[] = [
  ['2026-03-03', 'PMC', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
  ['2026-03-03', 'PMC', 'answer-designation', { account: 'm', answer: 'accepts' }],
];

describe('mediation 人民调解', () => {
  const begun = (type: 'neighbour' | 'debt' | 'medical' | 'noise' | 'rural-land' | 'family', on = '2026-03-02') => {
    const matter = chronicle(type, on);
    matter.tell([[on, 'PMC', 'open-procedure', opens('mediation', 'PMC')]]);
    return matter;
  };

  it('is refused by one clear refusal, and not tried again', () => {
    const matter = begun('neighbour');
    matter.tell([['2026-03-03', 'PMC', 'record-consent', { party: 'b', consent: 'refused' }]]);
    expect(matter.procedure('p1').outcome).toBe('refused');
    expect(matter.owed()).toEqual(['p1:routes', 'p1:failure-record']);
    expect(matter.refused('2026-03-04', 'PMC', 'open-procedure', opens('mediation', 'PMC'))).toBe('route-forbidden');
  });

  it.each([
    ['neighbour', '2026-04-03 running'],
    ['family', null],
  ] as const)('of a %s dispute: a court may confirm the agreement until %s', (type, clock) => {
    const matter = begun(type);
    matter.tell([
      ...consents,
      ...mediator,
      ['2026-03-04', 'PMC', 'record-agreement', owes('2026-04-10')],
      ['2026-03-04', 'PMC', 'sign-agreement', signed],
    ]);
    // A personal status is confirmed by no court (JC-06).
    expect(matter.rules().includes('JC-01')).toBe(clock !== null);
    if (clock) expect(matter.clock('p1:JC-01:party:a')).toBe(clock);
  });

  it('for a new form of employment takes fifteen days, and as many again if both agree (人社厅发〔2024〕4号)', () => {
    const matter = chronicle('labour', '2026-03-02', { facts: { newEmployment: true } });
    matter.tell([
      ['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED', { track: 'labour' })],
      ['2026-03-02', 'MED', 'record-consent', { party: 'a', consent: 'given' }],
      ['2026-03-03', 'MED', 'record-consent', { party: 'b', consent: 'given' }],
    ]);
    expect(matter.rules()).not.toContain('LD-03');
    expect(matter.clock('p1:LD-03b')).toBe('2026-03-18 running');
    const extension = { approvedBy: 'both-parties', consents: both };
    expect(matter.refused('2026-03-10', 'MED', 'extend', { ...extension, consents: ['a'] })).toBe('consent-missing');
    matter.tell([['2026-03-10', 'MED', 'extend', extension]]);
    expect(matter.clock('p1:LD-03b')).toBe('2026-04-02 running');
    expect(matter.refused('2026-03-11', 'MED', 'extend', extension)).toBe('extension-exhausted');
    matter.until('2026-04-03');
    expect(matter.procedure('p1').outcome).toBe('expired');
    expect(matter.permitted()).toContain('labour-arbitration either');
  });

  it('tells of the routes when thirty days pass without an agreement', () => {
    const matter = begun('neighbour');
    matter.tell(consents);
    matter.until('2026-04-02');
    expect(matter.clock('p1:PM-17')).toBe('2026-04-01 elapsed');
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'expired', closedOn: '2026-04-01' });
    expect(matter.owed()).toEqual(['p1:routes', 'p1:failure-record']);
  });

  it('does not count the time of an appraisal in a medical dispute, nor stop for anything else', () => {
    const matter = begun('medical');
    matter.tell(consents);
    expect(matter.clock('p1:MD-01')).toBe('2026-04-15 running');
    expect(
      matter.refused('2026-03-05', 'PMC', 'suspend', {
        ground: 'other',
        from: '2026-03-05',
        approvedBy: 'body',
      }),
    ).toBe('suspension-not-allowed');
    expect(matter.refused('2026-03-05', 'PMC', 'resume', { to: '2026-03-05' })).toBe('not-suspended');
    matter.tell([
      ['2026-03-09', 'PMC', 'suspend', { ground: 'appraisal', from: '2026-03-09', approvedBy: 'body' }],
      ['2026-03-23', 'PMC', 'resume', { to: '2026-03-23' }],
    ]);
    expect(matter.deadline('p1:MD-01').suspendedDays).toBeGreaterThan(0);
    // Ten working days were not counted.
    expect(matter.clock('p1:MD-01')).toBe('2026-04-29 running');
  });

  describe('interrupts the limitation of the claim from the day it is applied for (诉讼时效规定12)', () => {
    it.each([
      ['debt', '2026-03-02', ['d:CX-01:party:a'], '2029-03-02'],
      // The Code of Ecology and Environment is in force from 15 August 2026.
      ['noise', '2026-08-14', ['d:CX-01:party:a'], '2029-08-14'],
      ['noise', '2026-08-17', ['d:CX-02:party:a'], '2031-08-18'],
      ['rural-land', '2026-03-02', ['d:RL-01:party:a', 'd:CX-01:party:a'], '2028-03-02'],
    ] as const)('%s of %s', (type, on, ids, due) => {
      const matter = begun(type, on);
      expect(Object.keys(matter.state.deadlines).filter((id) => id.startsWith('d:'))).toEqual(ids);
      expect(matter.deadline(ids[0]).due).toBe(due);
    });

    it('and knows none where a personal status is at stake', () => {
      expect(begun('family').rules()).toEqual(['PM-17']);
    });

    it('which a suit then keeps', () => {
      const matter = begun('debt');
      matter.tell([
        ['2026-03-20', 'PMC', 'end-mediation', { reason: 'wide-differences' }],
        ['2026-03-23', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ]);
      expect(matter.clock('d:CX-01:party:a')).toBe('2029-03-02 met');
    });
  });

  it('may be withdrawn, which leaves the court', () => {
    const matter = begun('debt');
    matter.tell([...consents, ['2026-03-04', 'PMC', 'withdraw', { procedureId: 'p1' }]]);
    expect(matter.procedure('p1').outcome).toBe('withdrawn');
    expect(matter.deadline('p1:PM-17').status).toBe('void');
    expect(matter.permitted()).toContain('civil-litigation either');
    // Mediation is not tried a second time (row 5).
    expect(matter.forbidden()).toContain('mediation');
  });

  it('ends in an agreement only when both sides, the mediator and the body have signed', () => {
    const matter = begun('debt');
    matter.tell([...consents, ...mediator, ['2026-03-05', 'PMC', 'record-agreement', owes('2026-05-01')]]);
    for (const missing of [{ parties: ['a'] }, { mediator: false }, { body: false }])
      expect(matter.refusal('2026-03-06', 'PMC', 'sign-agreement', { ...signed, ...missing })).toMatchObject({
        code: 'consent-missing',
        basis: { rule: 'PM-11' },
      });
    matter.tell([['2026-03-06', 'PMC', 'sign-agreement', signed]]);
    expect(matter.clock('p1:PM-17')).toBe('2026-04-01 met');
  });

  it.each(['people', 'labour', 'industry'])(
    'of a labour dispute on the track %s: fifteen days from the application, and both ways of confirmation (调解仲裁法10, 14)',
    (track) => {
      const matter = chronicle('labour', '2026-03-02');
      matter.tell([['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC', { track })]]);
      expect(matter.clock('p1:LD-03')).toBe('2026-03-17 running');
      expect(matter.rules()).not.toContain('PM-17');
      matter.tell([
        ...consents,
        ...mediator,
        ['2026-03-05', 'PMC', 'record-agreement', owes('2026-05-01', 'wages')],
        ['2026-03-06', 'PMC', 'sign-agreement', signed],
      ]);
      expect(matter.clock('p1:LD-03')).toBe('2026-03-17 met');
      for (const party of both) {
        expect(matter.clock(`p1:LD-23:party:${party}`)).toBe('2026-03-23 running');
        expect(matter.clock(`p1:JC-01:party:${party}`)).toBe('2026-04-07 running');
      }
    },
  );

  it('of a medical dispute is bound from its acceptance, once all have consented (医疗纠纷条例38)', () => {
    const [id, due] = ['p1:MD-01', '2026-06-03'];
    const matter = begun('medical', '2026-03-02');
    matter.tell([['2026-03-03', 'PMC', 'record-consent', { party: 'a', consent: 'given' }]]);
    // Nothing ends it while the other side is asked; it counts as stalled because of that side.
    matter.until('2026-04-20');
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'applied' });
    expect(stall({ ...matter.state, backfill: false }, defaultProfile)).toMatchObject({
      reason: 'awaiting-party',
      procedureId: 'p1',
    });
    expect(matter.rules()).toEqual(['CX-01']);
    matter.tell([['2026-04-20', 'PMC', 'record-consent', { party: 'b', consent: 'given' }]]);
    expect(matter.deadline(id).trigger).toEqual({ fact: 'mediation-accepted', on: '2026-04-20' });
    expect(matter.clock(id)).toBe(`${due} running`);
    // Said again, it is not accepted again.
    matter.tell([['2026-04-27', 'PMC', 'record-consent', { party: 'b', consent: 'given' }]]);
    expect(matter.clock(id)).toBe(`${due} running`);
  });

  it('in Shenzhen has thirty days, unless the parties agree otherwise (CM-30)', () => {
    const matter = chronicle('neighbour', '2026-03-02', { region: '440305' });
    matter.tell([['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')], ...consents]);
    expect(matter.clock('p1:CM-30')).toBe('2026-04-01 running');
    const extension = { approvedBy: 'both-parties', consents: both, amount: 20 };
    expect(matter.refusal('2026-03-30', 'PMC', 'extend', { ...extension, consents: ['b'] })).toMatchObject({
      code: 'consent-missing',
      basis: { rule: 'CM-30' },
    });
    matter.tell([['2026-03-30', 'PMC', 'extend', extension]]);
    expect(matter.clock('p1:CM-30')).toBe('2026-04-21 running');
  });

  it('takes absence for a refusal only after two documented contacts (PM-18)', () => {
    const matter = begun('neighbour');
    const ends = (contacts?: string[]): Line => [
      '2026-03-13',
      'PMC',
      'end-mediation',
      { reason: 'party-absent', ...(contacts ? { contacts } : {}) },
    ];
    for (const contacts of [undefined, ['2026-03-04'], ['2026-03-04', '2026-03-04']])
      expect(matter.refusal(...ends(contacts))).toMatchObject({ pointer: '/contacts', basis: { rule: 'PM-18' } });
    expect(matter.refused('2026-03-13', 'PMC', 'end-mediation', { reason: 'party-demands' })).toBeNull();
    matter.tell([ends(['2026-03-04', '2026-03-09'])]);
    expect(matter.procedure('p1').outcome).toBe('no-agreement');
  });

  describe('agreed orally (人民调解法28, 30)', () => {
    const oral: Line = ['2026-03-05', 'PMC', 'record-agreement', { ...owes('2026-04-10'), oral: true }];
    const agreed = () => {
      const matter = begun('neighbour');
      matter.tell([...consents, ...mediator, oral]);
      return matter;
    };

    it('is effective on that day, without signatures', () => {
      const matter = agreed();
      expect(matter.procedure('p1')).toMatchObject({ outcome: 'agreement', closedOn: '2026-03-05' });
      expect(matter.clock('p1:PM-17')).toBe('2026-04-01 met');
      for (const party of both) expect(matter.clock(`p1:JC-01:party:${party}`)).toBe('2026-04-07 running');
      expect(matter.permitted()).toEqual(
        expect.arrayContaining(['judicial-confirmation either', 'notarisation either', 'follow-up body']),
      );
      expect(matter.refused('2026-03-06', 'PMC', 'sign-agreement', signed)).toBe('procedure-closed');
    });

    it('is followed up as a signed one', () => {
      const matter = agreed();
      matter.tell([['2026-03-06', 'PMC', 'open-procedure', opens('follow-up', 'PMC')]]);
      expect(matter.procedure('p2').step).toBe('awaiting-performance');
      matter.tell([['2026-04-10', 'PMC', 'record-performance', { instalment: 1 }]]);
      expect(matter.procedure('p2').step).toBe('talk-due');
    });

    it('is confirmed by a court as a signed one', () => {
      const matter = agreed();
      matter.tell([
        ['2026-03-06', 'COURT', 'open-procedure', opens('judicial-confirmation', 'COURT', { applicants: both })],
        ['2026-03-09', 'COURT', 'accept-application', {}],
        ['2026-03-12', 'COURT', 'issue-ruling', { result: 'confirmed' }],
      ]);
      expect(matter.procedure('p1').agreement?.confirmed).toBe(true);
      expect(matter.clock('p2:CL-15:party:a')).toBe('2028-04-10 running');
    });

    it('is refused in a labour dispute: there it must be written (调解仲裁法14)', () => {
      const matter = chronicle('labour', '2026-03-02');
      matter.tell([
        ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC', { track: 'people' })],
        ...consents,
        ...mediator,
      ]);
      expect(matter.refusal(...oral)).toMatchObject({
        code: 'action-not-available',
        basis: { rule: 'LD-02' },
        pointer: '/oral',
      });
      matter.tell([['2026-03-05', 'PMC', 'record-agreement', { ...owes('2026-04-10'), oral: false }]]);
      expect(matter.procedure('p1').step).toBe('agreed');
    });
  });

  it('is led by a mediator with a conflict of interest only if both sides consent (特邀调解规定15, PM-16)', () => {
    const matter = begun('neighbour');
    matter.tell([...consents, mediator[0]!]);
    const answer = { account: 'm', answer: 'accepts', conflictOfInterest: true };
    for (const missing of [{}, { consents: ['a'] }])
      expect(matter.refusal('2026-03-03', 'PMC', 'answer-designation', { ...answer, ...missing })).toMatchObject({
        code: 'conflict-of-interest',
        basis: { rule: 'CM-05' },
      });
    matter.tell([['2026-03-03', 'PMC', 'answer-designation', { ...answer, consents: both }]]);
    expect(matter.procedure('p1')).toMatchObject({
      step: 'in-session',
      neutrals: [{ account: 'm', status: 'accepted' }],
    });
    expect(matter.procedure('p1').facts['DesignationAnswered']?.data).toMatchObject({
      conflictOfInterest: true,
      consents: both,
    });
  });

  describe('of a traffic accident, failed, leaves three working days for the traffic police (处理程序规定85)', () => {
    const opened: Line = ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')];
    const failures: Record<string, readonly [lines: readonly Line[], until: string, due: string]> = {
      'no-agreement': [
        [opened, ...consents, ['2026-03-13', 'PMC', 'end-mediation', { reason: 'wide-differences' }]],
        '2026-03-13',
        '2026-03-18',
      ],
      refused: [
        [opened, ['2026-03-13', 'PMC', 'record-consent', { party: 'b', consent: 'refused' }]],
        '2026-03-13',
        '2026-03-18',
      ],
      expired: [[opened, ...consents], '2026-04-02', '2026-04-07'],
      withdrawn: [[opened, ['2026-03-13', 'PMC', 'withdraw', { procedureId: 'p1' }]], '2026-03-13', '2026-03-18'],
    };
    const failed = (how: string, type: 'traffic' | 'neighbour' = 'traffic') => {
      const [lines, until] = failures[how]!;
      const matter = chronicle(type, '2026-03-02');
      matter.tell(lines);
      matter.until(until);
      expect(matter.procedure('p1').outcome).toBe(how);
      return matter;
    };

    it.each(Object.keys(failures))('%s', (how) => {
      const due = failures[how]![2];
      const matter = failed(how);
      for (const party of both) expect(matter.clock(`p1:TR-04:party:${party}`)).toBe(`${due} running`);
      expect(failed(how, 'neighbour').rules()).not.toContain('TR-04');
      matter.until('2026-04-10');
      expect(matter.clock('p1:TR-04:party:a')).toBe(`${due} elapsed`);
    });

    it('which both use together', () => {
      const matter = failed('no-agreement');
      matter.tell([
        ['2026-03-16', 'POLICE', 'open-procedure', opens('administrative-mediation', 'POLICE', { applicants: ['a'] })],
      ]);
      expect(matter.clock('p1:TR-04:party:a')).toBe('2026-03-18 running');
      matter.tell([['2026-03-17', 'POLICE', 'join-application', { party: 'b' }]]);
      for (const party of both) expect(matter.clock(`p1:TR-04:party:${party}`)).toBe('2026-03-18 met');
    });

    it('but not of one that ended in an agreement', () => {
      const matter = chronicle('traffic', '2026-03-02');
      matter.tell([
        opened,
        ...consents,
        ...mediator,
        ['2026-03-05', 'PMC', 'record-agreement', owes('2026-04-10')],
        ['2026-03-05', 'PMC', 'sign-agreement', signed],
      ]);
      expect(matter.rules()).not.toContain('TR-04');
    });
  });
});

/** What is taken down alike in every kind of mediation. */
describe('the record of a mediation', () => {
  const inTrial: readonly Line[] = [
    ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ['2026-03-02', 'COURT', 'accept-application', {}],
    ['2026-03-02', 'COURT', 'open-procedure', opens('in-trial-mediation', 'PMC')],
  ];
  const preFiling: readonly Line[] = [
    inTrial[0]!,
    ...both.map((party): Line => ['2026-03-02', 'COURT', 'record-consent', { party, consent: 'given' }]),
    ['2026-03-02', 'COURT', 'open-procedure', opens('pre-filing-mediation', 'PMC')],
  ];
  const received: Line = ['2026-03-03', 'PMC', 'accept-handoff', { handoffId: 'd-h1' }];
  const opened = (procedure: string): Line => ['2026-03-02', 'PMC', 'open-procedure', opens(procedure, 'PMC')];
  const kinds = {
    mediation: [opened('mediation'), ...consents, ...mediator],
    'commercial-mediation': [opened('commercial-mediation'), ...consents, ...mediator],
    'administrative-mediation': [
      opened('administrative-mediation'),
      ['2026-03-03', 'PMC', 'accept-application', {}],
      ...consents,
    ],
    'in-trial-mediation': [...inTrial, ...consents, received, ...mediator],
    'pre-filing-mediation': [...preFiling, received, ...mediator],
  } as unknown as Record<string, readonly Line[]>;

  it.each(Object.keys(kinds))('%s: session, undisputed facts, concessions, addresses', (kind) => {
    const matter = chronicle('commercial', '2026-03-02');
    matter.tell(kinds[kind]!);
    const procedure = () => Object.values(matter.state.procedures).find((one) => one.procedure === kind)!;
    const text = { ref: 't', commitment: '00' };
    const named = { procedureId: procedure().id };
    expect(procedure().step).toBe('in-session');
    matter.tell([
      ['2026-03-04', 'PMC', 'schedule-session', { at: '2026-03-10T09:00:00+08:00', ...named }],
      ['2026-03-10', 'PMC', 'record-session', { result: 'adjourned', ...named }],
    ]);
    expect(procedure().sessions).toMatchObject([{ noticeOn: '2026-03-04', heldOn: '2026-03-10' }]);
    // A fact is undisputed only when both sides have confirmed it (CM-10).
    expect(
      matter.refused('2026-03-10', 'PMC', 'record-undisputed-fact', {
        text,
        confirmedBy: ['a', 'a'],
        ...named,
      }),
    ).toBe('consent-missing');
    matter.tell([
      ['2026-03-10', 'PMC', 'record-undisputed-fact', { text, confirmedBy: both, ...named }],
      ['2026-03-10', 'PMC', 'record-admission', { party: 'b', text, ...named }],
      ['2026-03-10', 'PMC', 'confirm-address', { party: 'b', address: text, ...named }],
    ]);
    expect(Object.keys(procedure().facts)).toEqual(
      expect.arrayContaining(['UndisputedFactRecorded', 'CompromiseAdmissionRecorded', 'DeliveryAddressConfirmed']),
    );
  });
  // An agreement performed on the spot leaves nothing to confirm or enforce (row 3).
  it.each(['commercial-mediation', 'administrative-mediation', 'in-trial-mediation'])(
    '%s, performed on the spot',
    (kind) => {
      const matter = chronicle('commercial', '2026-03-02');
      matter.tell(kinds[kind]!);
      matter.tell([
        ['2026-03-05', 'PMC', 'record-agreement', owes('2026-03-05')],
        ['2026-03-05', 'PMC', 'sign-agreement', { ...signed, performed: true }],
      ]);
      const { outcome, agreement } = Object.values(matter.state.procedures).at(-1)!;
      expect([outcome, agreement?.terms[0]?.performedOn]).toEqual(['agreement-performed', '2026-03-05']);
      expect(matter.rules()).not.toContain('JC-01');
      expect(matter.permitted()).toContain('follow-up body');
    },
  );

  it.each(Object.keys(kinds))('%s: a suspicion stops it and is reported', (kind) => {
    const suspected = (action: string) => {
      const matter = chronicle('commercial', '2026-03-02');
      matter.tell(kinds[kind]!);
      matter.tell([['2026-03-05', 'PMC', action, {}]]);
      return matter;
    };
    const crime = suspected('suspect-crime');
    const { id } = Object.values(crime.state.procedures).at(-1)!;
    expect(crime.procedure(id).outcome).toBe('suspected-crime');
    expect(crime.owed()).toContain(`${id}:police-report`);
    expect(crime.permitted()).toContain('police-report body');
    expect(crime.forbidden()).toContain('mediation');
    crime.tell([['2026-03-06', 'PMC', 'file-record', { kind: 'police-report', procedureId: id }]]);
    expect(crime.owed()).not.toContain(`${id}:police-report`);
    const fraud = suspected('suspect-false-mediation');
    expect(fraud.procedure(id).outcome).toBe('suspected-false-mediation');
    expect(fraud.owed()).toContain(`${id}:false-mediation-report`);
    expect(fraud.forbidden()).toContain('judicial-confirmation');
    // The court that sent the case is told in either case (CM-07, CM-13).
    const sent = kind === 'in-trial-mediation' || kind === 'pre-filing-mediation';
    for (const matter of [crime, fraud]) expect(matter.owed().includes(`${id}:court-report`)).toBe(sent);
  });
});
