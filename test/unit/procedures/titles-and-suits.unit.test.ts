import { both, chronicle, opens, owes, signed, type Line } from './chronicle.js';

/** What a title gives, and what a suit needs: across procedures, as the decision table leads from one to the next. */

const judged = (type: 'debt' | 'family' = 'debt') => {
  const matter = chronicle(type, '2026-03-02');
  matter.tell([
    ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ['2026-03-04', 'COURT', 'accept-application', {}],
    ['2026-04-08', 'COURT', 'record-session', {}],
    ['2026-04-10', 'COURT', 'issue-judgment', {}],
    ...both.map((party): Line => ['2026-04-13', 'COURT', 'serve', { paper: 'judgment', party }]),
  ]);
  return matter;
};

/** Agreed before a people's mediation committee on 9 March, and broken by the 16th. */
const broken: Line[] = [
  ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')],
  ...both.map((party): Line => ['2026-03-02', 'PMC', 'record-consent', { party, consent: 'given' }]),
  ['2026-03-03', 'PMC', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
  ['2026-03-03', 'PMC', 'answer-designation', { answer: 'accepts' }],
  ['2026-03-09', 'PMC', 'record-agreement', owes('2026-03-13')],
  ['2026-03-09', 'PMC', 'sign-agreement', signed],
  ['2026-03-10', 'PMC', 'open-procedure', opens('follow-up', 'PMC')],
  ['2026-03-16', 'PMC', 'record-breach', { instalment: 1 }],
];

const awarded = (finality: 'final' | 'non-final') => {
  const matter = chronicle('labour', '2026-03-02', {
    parties: [
      { ref: 'a', role: 'claimant', capacity: 'worker', kind: 'person', name: { ref: 'a', commitment: '00' } },
      {
        ref: 'b',
        role: 'respondent',
        capacity: 'employer',
        kind: 'organisation',
        name: { ref: 'b', commitment: '00' },
      },
    ],
  });
  matter.tell([
    ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
    ['2026-03-03', 'LAC', 'accept-application', {}],
    ['2026-03-04', 'LAC', 'form-tribunal', {}],
    ['2026-03-20', 'LAC', 'record-session', {}],
    ['2026-03-27', 'LAC', 'issue-award', { finality }],
  ]);
  return matter;
};
const awardServed = (party: string, on: string): Line => [on, 'LAC', 'serve', { paper: 'award', party }];
const sues = (on: string, applicant: string): Line => [
  on,
  'COURT',
  'open-procedure',
  opens('civil-litigation', 'COURT', { applicants: [applicant] }),
];

describe('a title may be enforced for two years (民事诉讼法250, row 16)', () => {
  it('a judgment from the day on which it takes effect, on appeal from the day it is given', () => {
    const first = judged();
    first.until('2026-04-29');
    expect(first.deadline('p1:CL-15:party:a')).toMatchObject({ trigger: { on: '2026-04-29' }, due: '2028-05-01' });
    expect(first.rules().filter((rule) => rule === 'CL-15')).toHaveLength(1);
    const second = judged();
    second.tell([
      ['2026-04-20', 'HIGHER', 'open-procedure', opens('civil-appeal', 'HIGHER', { applicants: ['b'] })],
      ['2026-04-22', 'HIGHER', 'accept-application', {}],
      ['2026-05-18', 'HIGHER', 'record-session', {}],
      ['2026-05-20', 'HIGHER', 'issue-judgment', {}],
    ]);
    expect(second.deadline('p2:CL-15:party:a').trigger.on).toBe('2026-05-20');
    second.tell([['2026-06-01', 'COURT', 'open-procedure', opens('enforcement', 'COURT')]]);
    expect(second.deadline('p2:CL-15:party:a').status).toBe('met');
  });

  it('a consent document from the day on which both signed for it', () => {
    const suit = chronicle('debt', '2026-03-02');
    suit.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
      ['2026-04-10', 'COURT', 'issue-consent-judgment', {}],
    ]);
    expect(suit.deadline('p1:CL-15:party:a').trigger.on).toBe('2026-04-10');
    const arbitration = chronicle('labour', '2026-03-02');
    arbitration.tell([
      ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2026-03-03', 'LAC', 'accept-application', {}],
      ['2026-04-01', 'LAC', 'issue-consent-award', {}],
    ]);
    expect(arbitration.deadline('p1:LD-37.enforcement:party:a').trigger.on).toBe('2026-04-01');
  });

  it('an award: final, from the day it is made; any other, once nobody has sued in time', () => {
    expect(awarded('final').deadline('p1:LD-37.enforcement:party:a').trigger.on).toBe('2026-03-27');
    const matter = awarded('non-final');
    matter.tell([awardServed('a', '2026-03-30'), awardServed('b', '2026-04-01')]);
    matter.until('2026-04-16');
    expect(matter.rules()).not.toContain('LD-37.enforcement');
    matter.until('2026-04-17');
    expect(matter.procedure('p1').award?.status).toBe('effective');
    expect(matter.deadline('p1:LD-37.enforcement:party:a').trigger.on).toBe('2026-04-17');
  });

  it('but no award that a suit or the court leaves without effect', () => {
    const sued = awarded('final');
    sued.tell([awardServed('a', '2026-03-30'), sues('2026-04-02', 'a')]);
    expect(sued.deadline('p1:LD-37.enforcement:party:a').status).toBe('void');
    const annulled = awarded('final');
    annulled.tell([
      awardServed('b', '2026-03-30'),
      ['2026-04-02', 'MIDDLE', 'open-procedure', opens('set-aside', 'MIDDLE', { applicants: ['b'] })],
      ['2026-04-07', 'MIDDLE', 'accept-application', {}],
      ['2026-05-06', 'MIDDLE', 'issue-ruling', { result: 'annulled', ground: 'procedure' }],
    ]);
    expect(annulled.deadline('p1:LD-37.enforcement:party:a').status).toBe('void');
  });
});

describe('a suit after its period', () => {
  it('is not taken from a party whose fifteen days after the award are over (LD-30, LD-35)', () => {
    for (const finality of ['final', 'non-final'] as const) {
      const matter = awarded(finality);
      matter.tell([awardServed('a', '2026-03-30'), awardServed('b', '2026-04-10')]);
      matter.until('2026-04-15');
      expect(matter.refusal(...sues('2026-04-15', 'a'))).toMatchObject({ code: 'deadline-passed', on: '2026-04-14' });
      expect(matter.procedure('p1').award?.status).toBe('appealable');
    }
    const other = awarded('non-final');
    other.tell([awardServed('a', '2026-03-30'), awardServed('b', '2026-04-10')]);
    expect(other.refused(...sues('2026-04-15', 'b'))).toBeNull();
  });

  it('after a refusal of the commission is the court’s to judge: no law sets that period (LD-09)', () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2026-03-06', 'LAC', 'reject-application', { reason: 'out-of-scope' }],
      ['2026-03-09', 'LAC', 'give-notice', { notice: 'refusal', parties: ['a'] }],
    ]);
    matter.until('2026-03-25');
    expect(matter.refused(...sues('2026-03-25', 'a'))).toBeNull();
  });
});

describe('a suit that was referred to mediation', () => {
  const agreed = () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ...both.map((party): Line => ['2026-03-03', 'COURT', 'record-consent', { party, consent: 'given' }]),
      ['2026-03-04', 'COURT', 'open-procedure', opens('pre-filing-mediation', 'CENTRE')],
      ['2026-03-05', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }],
      ['2026-03-05', 'CENTRE', 'designate-neutral', { person: { account: 'm', name: null } }],
      ['2026-03-05', 'CENTRE', 'answer-designation', { answer: 'accepts' }],
    ]);
    return matter;
  };
  const signs: Line[] = [
    ['2026-03-09', 'CENTRE', 'record-agreement', { ...owes('2026-04-10'), procedureId: 'p2' }],
    ['2026-03-09', 'CENTRE', 'sign-agreement', { ...signed, procedureId: 'p2' }],
  ];

  it('waits while that goes on, and may end in the court’s consent document 诉前调书 (row 10, JC-10)', () => {
    const matter = agreed();
    const accept: Line = ['2026-03-06', 'COURT', 'accept-application', { procedureId: 'p1' }];
    expect(matter.refused(...accept)).toBe('procedure-exclusive');
    expect(matter.refused('2026-03-06', 'COURT', 'issue-consent-judgment', { procedureId: 'p1' })).toBe(
      'procedure-exclusive',
    );
    matter.tell(signs);
    matter.tell([['2026-03-11', 'COURT', 'issue-consent-judgment', { procedureId: 'p1' }]]);
    expect(matter.procedure('p1').outcome).toBe('mediated');
    expect(matter.permitted()).toContain('enforcement either');
  });

  it('goes on at the court once confirmation has failed (row 7)', () => {
    const confirming = () => {
      const matter = agreed();
      matter.tell(signs);
      matter.tell([
        ['2026-03-11', 'COURT', 'open-procedure', opens('judicial-confirmation', 'COURT', { applicants: both })],
      ]);
      return matter;
    };
    const refused = confirming();
    refused.tell([['2026-03-12', 'COURT', 'reject-application', { reason: 'other', procedureId: 'p3' }]]);
    const dismissed = confirming();
    dismissed.tell([
      ['2026-03-12', 'COURT', 'accept-application', { procedureId: 'p3' }],
      ['2026-03-12', 'COURT', 'issue-ruling', { result: 'dismissed', ground: 'unclear', procedureId: 'p3' }],
    ]);
    const withdrawn = confirming();
    withdrawn.tell([['2026-03-12', 'COURT', 'withdraw', { procedureId: 'p3' }]]);
    for (const matter of [refused, dismissed, withdrawn]) {
      expect(matter.procedure('p1').step).toBe('filing');
      expect(matter.deadline('p1:CL-02')).toMatchObject({ status: 'running', due: '2026-03-19' });
      expect(matter.refused('2026-03-16', 'COURT', 'accept-application', { procedureId: 'p1' })).toBeNull();
    }
  });

  it('is not decided beside a confirmation that is pending, and ends with what that grants (row 6)', () => {
    const matter = agreed();
    matter.tell(signs);
    matter.tell([
      ['2026-03-11', 'COURT', 'open-procedure', opens('judicial-confirmation', 'COURT', { applicants: both })],
    ]);
    for (const action of ['accept-application', 'issue-consent-judgment'])
      expect(matter.refused('2026-03-12', 'COURT', action, { procedureId: 'p1' })).toBe('procedure-exclusive');
    matter.tell([
      ['2026-03-12', 'COURT', 'accept-application', { procedureId: 'p3' }],
      ['2026-03-13', 'COURT', 'issue-ruling', { result: 'confirmed', procedureId: 'p3' }],
    ]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'settled' });
  });

  it('ends where the agreement is performed', () => {
    const matter = agreed();
    matter.tell(signs);
    matter.tell([
      ['2026-03-10', 'CENTRE', 'open-procedure', opens('follow-up', 'CENTRE')],
      ['2026-04-10', 'CENTRE', 'record-performance', { instalment: 1, procedureId: 'p3' }],
      ['2026-04-13', 'CENTRE', 'record-follow-up', { procedureId: 'p3' }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('settled');
    expect(matter.state.status).toBe('closed');
  });

  it('goes on where the agreement is broken, and where a party insists', () => {
    const broken = agreed();
    broken.tell(signs);
    broken.tell([
      ['2026-03-10', 'CENTRE', 'open-procedure', opens('follow-up', 'CENTRE')],
      ['2026-04-13', 'CENTRE', 'record-breach', { instalment: 1, procedureId: 'p3' }],
    ]);
    expect(broken.procedure('p1').step).toBe('filing');
    const insisting = agreed();
    insisting.tell(signs);
    expect(insisting.refused('2026-03-20', 'COURT', 'accept-application', { procedureId: 'p1' })).toBeNull();
  });
});

describe('confirmation out of a follow-up (row 8)', () => {
  const inFollowUp = () => {
    const matter = chronicle('debt', '2026-03-02', { facts: { bothAgree: true } });
    matter.tell(broken);
    return matter;
  };
  const applies = (on: string): Line => [
    on,
    'COURT',
    'open-procedure',
    opens('judicial-confirmation', 'COURT', { applicants: both }),
  ];

  it('keeps the thirty days of the agreement', () => {
    const matter = inFollowUp();
    matter.tell([applies('2026-03-20')]);
    expect(matter.clock('p1:JC-01:party:a')).toBe('2026-04-08 met');
  });

  it('is too late after them', () => {
    const matter = inFollowUp();
    matter.until('2026-04-20');
    expect(matter.deadline('p1:JC-01:party:a').status).toBe('elapsed');
    expect(['deadline-passed', 'route-forbidden']).toContain(matter.refused(...applies('2026-04-20')));
  });
});

describe('limitation', () => {
  it('runs from the day of knowing, of labour, debt and rural land (调解仲裁法27, 民法典188, 农村土地法18)', () => {
    const known = { facts: { knewOn: '2025-06-02' } };
    expect(chronicle('labour', '2026-03-02', known).clock('d:LD-06:party:a')).toBe('2026-06-02 running');
    expect(chronicle('debt', '2026-03-02', known).clock('d:CX-01:party:a')).toBe('2028-06-02 running');
    expect(chronicle('rural-land', '2026-03-02', known).clock('d:RL-01:party:a')).toBe('2027-06-02 running');
    expect(chronicle('family', '2026-03-02', known).rules()).toEqual([]);
  });

  it('runs anew once an application or suit is withdrawn (row 27b)', () => {
    const labour = chronicle('labour', '2026-03-02', { facts: { knewOn: '2025-06-02' } });
    labour.tell([
      ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2026-03-20', 'LAC', 'withdraw', { procedureId: 'p1' }],
    ]);
    expect(labour.clock('d:LD-06:party:a')).toBe('2027-03-22 running');
    const debt = chronicle('debt', '2026-03-02', { facts: { knewOn: '2025-06-02' } });
    debt.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-20', 'COURT', 'withdraw', { procedureId: 'p1' }],
    ]);
    expect(debt.clock('d:CX-01:party:a')).toBe('2029-03-20 running');
    const absent = chronicle('debt', '2026-03-02', { facts: { knewOn: '2025-06-02' } });
    absent.paper('proof');
    absent.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
      ['2026-03-20', 'COURT', 'deem-withdrawn', { proofOfNotice: 'proof' }],
    ]);
    expect(absent.clock('d:CX-01:party:a')).toBe('2029-03-20 running');
  });
});

describe('a divorce that was refused (row 63)', () => {
  it('is sued for anew by the plaintiff after six months, by the defendant at once', () => {
    const matter = judged('family');
    matter.until('2026-04-29');
    expect(matter.clock('p1:CL-13.divorce:party:a')).toBe('2026-10-29 running');
    expect(matter.refusal(...sues('2026-05-06', 'a'))).toMatchObject({
      code: 'route-forbidden',
      basis: { rule: 'CL-13.divorce' },
    });
    expect(matter.refused(...sues('2026-05-06', 'b'))).toBeNull();
    matter.until('2026-10-30');
    expect(matter.refused(...sues('2026-10-30', 'a'))).toBeNull();
    expect(judged().refused(...sues('2026-05-06', 'b'))).toBe('route-forbidden');
  });
});

describe('a suit against an authority’s decision between two sides', () => {
  const reviewed = (applicant: string, end: Line) => {
    const matter = chronicle('land-title', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'GOV', 'open-procedure', opens('adjudication', 'GOV')],
      ['2026-03-05', 'GOV', 'accept-application'],
      ['2026-06-01', 'GOV', 'issue-decision', { result: 'granted', about: 'land' }],
      ...both.map((party): Line => ['2026-06-03', 'GOV', 'serve', { paper: 'decision', party }]),
      ['2026-06-10', 'UPPER', 'open-procedure', opens('administrative-review', 'UPPER', { applicants: [applicant] })],
      end,
    ]);
    return matter;
  };
  const suit = (on: string, applicant: string): Line => [
    on,
    'COURT',
    'open-procedure',
    opens('administrative-litigation', 'COURT', { applicants: [applicant] }),
  ];

  it('is open to whichever side applied for review (row 44)', () => {
    const refused: Line = ['2026-06-12', 'UPPER', 'reject-application', { reason: 'other' }];
    const matter = reviewed('b', refused);
    expect(matter.refused(...suit('2026-06-15', 'b'))).toBeNull();
    // Turned away, it leaves the thirty days of the decision, and fifteen of the refusal: no more.
    matter.tell([['2026-06-15', 'UPPER', 'serve', { paper: 'decision', party: 'b', procedureId: 'p2' }]]);
    matter.until('2026-11-10');
    expect(matter.refused(...suit('2026-11-10', 'b'))).toBe('deadline-passed');
  });

  it('after a withdrawn review only within the first period (row 45)', () => {
    const withdrawn: Line = ['2026-06-12', 'UPPER', 'withdraw', { procedureId: 'p2' }];
    const matter = reviewed('b', withdrawn);
    expect(matter.refused(...suit('2026-07-03', 'b'))).toBeNull();
    expect(matter.refusal(...suit('2026-07-06', 'b'))).toMatchObject({ code: 'deadline-passed', on: '2026-07-03' });
  });
});

it('a suspicion of a crime bars every mediation of an authority or for a fee, too (row 2)', () => {
  const matter = chronicle('neighbour', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')],
    ['2026-03-05', 'PMC', 'suspect-crime'],
  ]);
  expect(matter.forbidden()).toEqual(
    expect.arrayContaining(['mediation', 'administrative-mediation', 'commercial-mediation']),
  );
  expect(matter.permitted()).not.toContain('administrative-mediation either');
});

describe('what was agreed in time', () => {
  it('may be signed after the period, and the mediation has not failed', () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED', { track: 'labour' })],
      ...both.map((party): Line => ['2026-03-02', 'MED', 'record-consent', { party, consent: 'given' }]),
      ['2026-03-03', 'MED', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
      ['2026-03-03', 'MED', 'answer-designation', { answer: 'accepts' }],
      ['2026-03-16', 'MED', 'record-agreement', owes('2026-04-10', 'wages')],
    ]);
    matter.until('2026-03-19');
    expect(matter.deadline('p1:LD-03')).toMatchObject({ status: 'elapsed', effect: 'no-effect' });
    expect(matter.owed()).toEqual([]);
    matter.tell([['2026-03-19', 'MED', 'sign-agreement', signed]]);
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'agreement', closedOn: '2026-03-19' });
  });
});

describe('a follow-up of a title whose obligations are not recorded', () => {
  it('may say that it was not performed, which opens enforcement', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
      ['2026-04-10', 'COURT', 'issue-consent-judgment', {}],
      ['2026-04-13', 'COURT', 'open-procedure', opens('follow-up', 'COURT')],
      ['2026-05-11', 'COURT', 'record-breach', { procedureId: 'p2' }],
    ]);
    expect(matter.procedure('p2').outcome).toBe('breach');
    expect(matter.refused('2026-05-12', 'COURT', 'open-procedure', opens('enforcement', 'COURT'))).toBeNull();
  });
});

it('a divorce is not a small claim (民事诉讼法166)', () => {
  const matter = chronicle('family', '2026-03-02');
  matter.tell([['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
  expect(matter.refusal('2026-03-04', 'COURT', 'accept-application', { track: 'small-claims' })).toMatchObject({
    pointer: '/track',
    basis: { rule: 'CL-08' },
  });
  expect(matter.refused('2026-03-04', 'COURT', 'accept-application', { track: 'summary' })).toBeNull();
});

it('a review turned away, where it need not come first, leaves the six months of the suit (行政诉讼法46)', () => {
  const turnedAway = (facts: Record<string, unknown>) => {
    const matter = chronicle('administrative-act', '2026-03-02', { facts: { knewOn: '2026-02-24', ...facts } });
    matter.tell([
      ['2026-03-02', 'UPPER', 'open-procedure', opens('administrative-review', 'UPPER')],
      ['2026-03-04', 'UPPER', 'reject-application', { reason: 'other' }],
      ['2026-03-05', 'UPPER', 'serve', { paper: 'decision', party: 'a' }],
    ]);
    matter.until('2026-04-20');
    return matter.refused('2026-04-20', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT'));
  };
  expect(turnedAway({})).toBeNull();
  expect(turnedAway({ reviewFirst: true })).toBe('deadline-passed');
});

describe('whoever looks back at an earlier agreement', () => {
  it('finds that not it was broken, but the title that a suit came to after it', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ...broken,
      ['2026-03-17', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-18', 'COURT', 'accept-application', {}],
      ['2026-04-10', 'COURT', 'issue-consent-judgment', {}],
      ['2026-04-13', 'COURT', 'open-procedure', opens('follow-up', 'COURT')],
      ['2026-05-11', 'COURT', 'record-breach', { procedureId: 'p4' }],
    ]);
    expect(matter.permitted()).toContain('enforcement either');
    expect(matter.forbidden()).toContain('civil-litigation');
  });
});

describe('an appeal that falls away', () => {
  const appealed = () => {
    const matter = judged();
    matter.tell([
      ['2026-04-20', 'HIGHER', 'open-procedure', opens('civil-appeal', 'HIGHER', { applicants: ['a'] })],
      ['2026-04-22', 'HIGHER', 'withdraw', { procedureId: 'p2' }],
    ]);
    return matter;
  };

  it('leaves the other side its own', () => {
    const matter = appealed();
    expect(matter.procedure('p1').outcome).toBe('judgment');
    expect(
      matter.refused('2026-04-24', 'HIGHER', 'open-procedure', opens('civil-appeal', 'HIGHER', { applicants: ['b'] })),
    ).toBeNull();
  });

  it('lets the judgment take effect when that has passed, too', () => {
    const matter = appealed();
    matter.until('2026-04-29');
    expect(matter.procedure('p1').outcome).toBe('effective');
    expect(matter.deadline('p1:CL-15:party:a').trigger.on).toBe('2026-04-29');
  });
});

it('sent back and judged anew, a judgment has no effect on who has not received it', () => {
  const matter = judged();
  matter.tell([
    ['2026-04-20', 'HIGHER', 'open-procedure', opens('civil-appeal', 'HIGHER', { applicants: ['b'] })],
    ['2026-05-04', 'HIGHER', 'accept-application', {}],
    ['2026-05-18', 'HIGHER', 'issue-ruling', { kind: 'remanded' }],
    ['2026-05-25', 'COURT', 'accept-application', { procedureId: 'p1' }],
    ['2026-06-22', 'COURT', 'record-session', { procedureId: 'p1' }],
    ['2026-06-25', 'COURT', 'issue-judgment', { procedureId: 'p1' }],
    ['2026-06-29', 'COURT', 'serve', { paper: 'judgment', party: 'b', procedureId: 'p1' }],
  ]);
  matter.until('2026-07-20');
  expect(matter.procedure('p1').outcome).toBe('judgment');
  matter.tell([['2026-07-20', 'COURT', 'serve', { paper: 'judgment', party: 'a', procedureId: 'p1' }]]);
  matter.until('2026-08-05');
  expect(matter.procedure('p1').outcome).toBe('effective');
});

describe('a divorce judged on appeal, or reconciled in court', () => {
  it('may be sued for anew by the plaintiff after six months', () => {
    const appealed = judged('family');
    appealed.tell([
      ['2026-04-20', 'HIGHER', 'open-procedure', opens('civil-appeal', 'HIGHER', { applicants: ['b'] })],
      ['2026-04-22', 'HIGHER', 'accept-application', {}],
      ['2026-05-18', 'HIGHER', 'record-session', {}],
      ['2026-05-20', 'HIGHER', 'issue-judgment', {}],
    ]);
    const reconciled = chronicle('family', '2026-03-02');
    reconciled.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
      ['2026-05-20', 'COURT', 'issue-consent-judgment', {}],
    ]);
    for (const matter of [appealed, reconciled]) {
      expect(matter.refused(...sues('2026-06-01', 'a'))).toBe('route-forbidden');
      matter.until('2026-11-21');
      expect(matter.refused(...sues('2026-11-21', 'a'))).toBeNull();
    }
  });
});

describe('limitation, while a court or commission has the matter', () => {
  it('does not run, whatever is negotiated beside it', () => {
    const matter = chronicle('labour', '2025-03-03');
    matter.tell([
      ['2025-03-03', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
      ['2025-03-10', 'DESK', 'open-procedure', opens('negotiation', 'DESK')],
    ]);
    expect(matter.rules()).not.toContain('LD-06');
    matter.tell([['2026-03-20', 'LAC', 'withdraw', { procedureId: 'p1' }]]);
    expect(matter.clock('d:LD-06:party:a')).toBe('2027-03-22 running');
  });

  it('of noise goes over to the Code’s five years, and the three years end', () => {
    const matter = chronicle('noise', '2026-08-17', { facts: { knewOn: '2026-06-01' } });
    expect(matter.deadline('d:CX-01:party:a').status).toBe('running');
    matter.tell([['2026-09-01', 'PMC', 'open-procedure', opens('mediation', 'PMC')]]);
    expect(matter.deadline('d:CX-01:party:a').status).toBe('void');
    expect(matter.deadline('d:CX-02:party:a').status).toBe('running');
  });

  it('is not revived once it has passed', () => {
    const matter = chronicle('labour', '2026-03-02', { facts: { knewOn: '2024-01-02' } });
    expect(matter.deadline('d:LD-06:party:a').status).toBe('elapsed');
    matter.tell([['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED', { track: 'labour' })]]);
    expect(matter.deadline('d:LD-06:party:a').status).toBe('elapsed');
  });
});
