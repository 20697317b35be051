import { basis } from '../laws.js';
import { arbitrableTypes } from '../type-sets.js';
import type { RouteRow } from '../types.js';

const clauseValid = { fact: 'arbitrationClause', is: 'valid' } as const;

/** The other side did not plead the clause before the first hearing of an accepted suit (仲裁法 37). */
const clauseWaived = {
  all: [{ fact: 'courtAccepted', is: true }, { not: { fact: 'objectionBeforeHearing', is: true } }],
} as const;

const enforcement = {
  procedure: 'enforcement',
  deadline: 'CL-15',
  basis: basis('civilProcedure', '248'),
} as const;

const newAgreement = {
  procedure: 'commercial-arbitration',
  jointly: true,
  note: { zh: '须重新达成仲裁协议', en: 'by a new arbitration agreement' },
} as const;

const underClause: Omit<RouteRow, 'from' | 'outcome'> = {
  row: '36',
  text: {
    zh: '有效仲裁协议：或裁或审，只能仲裁',
    en: 'valid arbitration clause: arbitration, not a suit, unless the clause is waived before the court',
  },
  types: arbitrableTypes,
  when: clauseValid,
  permit: [
    {
      procedure: 'commercial-arbitration',
      when: { not: clauseWaived },
      basis: basis('arbitration', '4'),
    },
    {
      procedure: 'civil-litigation',
      when: clauseWaived,
      deadline: 'CL-02',
      basis: basis('arbitration', '37'),
      note: {
        zh: '另一方在首次开庭前未提出异议，视为放弃仲裁协议，法院继续审理',
        en: 'the other side did not object before the first hearing: the clause is waived, the court goes on',
      },
    },
  ],
  forbid: [
    {
      procedure: 'civil-litigation',
      when: { not: clauseWaived },
      reason: {
        zh: '当事人达成有效仲裁协议，一方起诉的，人民法院不予受理',
        en: 'there is a valid arbitration agreement; a court does not accept the suit',
      },
    },
    {
      procedure: 'commercial-arbitration',
      when: clauseWaived,
      reason: {
        zh: '已视为放弃仲裁协议，由人民法院继续审理',
        en: 'the arbitration agreement is waived; the court goes on',
      },
      basis: basis('arbitration', '37'),
    },
  ],
  basis: basis('arbitration', '5'),
};

/** Commercial mediation does not take these disputes (商事调解条例 2). */
export const noCommercialMediation = {
  procedure: 'commercial-mediation',
  reason: {
    zh: '婚姻家庭、继承、监护、劳动人事、消费者权益纠纷不适用商事调解',
    en: 'family, labour and consumer disputes are outside commercial mediation',
  },
  basis: basis('commercialMediation', '2'),
} as const;

/** Rows 36-40: arbitration clauses, awards and commercial mediation. */
export const commercialRows: readonly RouteRow[] = [
  { ...underClause, from: ['intake'], outcome: ['registered'] },
  {
    ...underClause,
    from: ['judicial-confirmation'],
    outcome: ['not-confirmed', 'not-accepted', 'dismissed'],
  },
  {
    row: '36',
    text: { zh: '商事纠纷：和解、商事调解', en: 'commercial dispute: negotiation, commercial mediation' },
    types: ['commercial', 'contract'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'negotiation' },
      { procedure: 'commercial-mediation', basis: basis('commercialMediation', '2') },
    ],
    basis: basis('commercialMediation', '2'),
  },
  {
    row: '36',
    text: { zh: '撤回仲裁申请后可以再次申请', en: 'after withdrawal arbitration again under the clause' },
    types: arbitrableTypes,
    from: ['commercial-arbitration'],
    outcome: ['withdrawn', 'deemed-withdrawn'],
    permit: [
      { procedure: 'commercial-arbitration', when: { not: { fact: 'settled', is: true } } },
      { procedure: 'follow-up', by: 'body', when: { fact: 'settled', is: true } },
    ],
    basis: basis('arbitration', '5'),
  },
  {
    row: '37',
    text: {
      zh: '仲裁协议无效或者约定不明又无补充：起诉，或者重新达成仲裁协议',
      en: 'clause void or unclear and not supplemented: suit, or arbitration by a new agreement',
    },
    types: arbitrableTypes,
    from: ['intake'],
    outcome: ['registered'],
    when: { fact: 'arbitrationClause', is: 'void' },
    permit: [{ procedure: 'civil-litigation', deadline: 'CL-02' }, newAgreement],
    basis: basis('arbitration', '29'),
  },
  {
    row: '37',
    text: { zh: '仲裁机构以无仲裁协议不予受理：起诉', en: 'arbitration not accepted: suit' },
    types: arbitrableTypes,
    from: ['commercial-arbitration'],
    outcome: ['not-accepted', 'dismissed'],
    permit: [{ procedure: 'civil-litigation', deadline: 'CL-02' }, newAgreement],
    basis: basis('arbitration', '29'),
  },
  {
    row: '38',
    text: {
      zh: '仲裁裁决：执行；三个月内申请撤销；一裁终局',
      en: 'award: enforcement; setting aside in three months; the award is final',
    },
    types: arbitrableTypes,
    from: ['commercial-arbitration'],
    outcome: ['award', 'final-award', 'effective', 'breach'],
    permit: [enforcement, { procedure: 'set-aside', deadline: 'AB-02', basis: basis('arbitration', '72') }],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '裁决作出后，就同一纠纷起诉的不予受理',
          en: 'after an award a suit on the same dispute is not accepted',
        },
      },
      {
        procedure: 'commercial-arbitration',
        reason: {
          zh: '裁决作出后，就同一纠纷再申请仲裁的不予受理',
          en: 'after an award a second arbitration of the same dispute is not accepted',
        },
      },
    ],
    basis: basis('arbitration', '10'),
  },
  {
    row: '38',
    text: { zh: '仲裁调解书与裁决书效力相同', en: 'an arbitral consent document equals an award' },
    types: arbitrableTypes,
    from: ['commercial-arbitration'],
    outcome: ['mediated', 'agreement'],
    permit: [enforcement, { procedure: 'follow-up', by: 'body' }],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '仲裁调解书已经生效，不得再行起诉',
          en: 'the arbitral consent document is effective; no suit',
        },
      },
    ],
    basis: basis('arbitration', '10'),
  },
  {
    row: '38',
    text: { zh: '撤销申请被驳回：执行', en: 'setting aside refused: enforcement' },
    types: arbitrableTypes,
    from: ['set-aside'],
    outcome: ['dismissed', 'ruling', 'not-accepted', 'withdrawn'],
    permit: [enforcement],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '裁决未被撤销，不得就同一纠纷起诉',
          en: 'the award stands; no suit on the same dispute',
        },
      },
    ],
    basis: basis('arbitration', '10'),
  },
  {
    row: '39',
    text: {
      zh: '裁决被撤销或者不予执行：起诉，或者重新达成仲裁协议',
      en: 'award set aside or refused enforcement: suit, or arbitration by a new agreement',
    },
    types: arbitrableTypes,
    from: ['set-aside', 'enforcement'],
    outcome: ['annulled', 'refused'],
    permit: [{ procedure: 'civil-litigation', deadline: 'CL-02' }, newAgreement],
    basis: basis('arbitration', '10'),
  },
  {
    row: '40',
    text: {
      zh: '商事调解协议：司法确认、公证赋强、依协议作出仲裁裁决；可以收费',
      en: 'commercial mediation agreement: confirmation, notarisation, consent award; fees may be charged',
    },
    types: arbitrableTypes.filter((type) => type !== 'consumer'),
    from: ['commercial-mediation'],
    outcome: ['agreement'],
    permit: [
      {
        procedure: 'judicial-confirmation',
        jointly: true,
        deadline: 'JC-01',
        basis: basis('commercialMediation', '23', 'CB-02'),
      },
      { procedure: 'notarisation', jointly: true, basis: basis('notary', '37') },
      {
        procedure: 'commercial-arbitration',
        jointly: true,
        note: {
          zh: '依仲裁协议，请求仲裁机构根据调解协议制作裁决书或者调解书',
          en: 'by arbitration agreement, a consent award on the terms of the settlement',
        },
      },
      { procedure: 'follow-up', by: 'body' },
    ],
    duties: [
      {
        code: 'CB-02',
        text: {
          zh: '商事调解可以收费，人民调解免费的规定不适用',
          en: "commercial mediation may charge; the free rule of people's mediation does not apply",
        },
        basis: basis('commercialMediation', '16', 'CB-02'),
      },
    ],
    basis: basis('commercialMediation', '22'),
  },
  {
    row: '40',
    text: {
      zh: '劳动、婚姻家庭纠纷不适用商事调解',
      en: 'no commercial mediation of labour and family disputes',
    },
    types: ['labour', 'family'],
    from: ['intake'],
    outcome: ['registered'],
    forbid: [noCommercialMediation],
    basis: basis('commercialMediation', '2'),
  },
];
