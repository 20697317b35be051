import type { RouteBy } from '../codes.js';
import { basis } from '../laws.js';
import type { PermitCell, RouteRow } from '../types.js';

const reviewable = ['administrative-act', 'social-insurance'] as const;
const reviewed = ['administrative-act', 'social-insurance', 'procurement', 'land-title', 'patent'] as const;
const reviewFirst = { fact: 'reviewFirst', is: true } as const;
const notReviewFirst = { not: reviewFirst } as const;

const chooseOne = {
  zh: '行政复议和行政诉讼只能选择其一，不得同时进行',
  en: 'review or suit: one of the two, not both at once',
} as const;

const review = {
  procedure: 'administrative-review',
  by: 'claimant',
  deadline: 'AR-01',
  basis: basis('administrativeReview', '20', 'AR-01'),
} as const;

const suit = {
  procedure: 'administrative-litigation',
  by: 'claimant',
  deadline: 'AL-02',
  basis: basis('administrativeLitigation', '46', 'AL-02'),
} as const;

const reviewComesFirst = {
  procedure: 'administrative-litigation',
  reason: {
    zh: '法律规定应当先申请行政复议，对复议决定不服的再起诉',
    en: 'the law requires administrative review before a suit',
  },
  basis: basis('administrativeReview', '23', 'AR-10'),
} as const;

const notBothAtOnce = {
  code: 'AR-11',
  text: {
    zh: '告知申请人：复议机关已受理的，复议期间不得起诉；人民法院已受理的，不得申请复议',
    en: 'tell the applicant: no suit while review is pending, no review once a court has accepted the suit',
  },
  basis: basis('administrativeReview', '29', 'AR-11'),
} as const;

const courtAcceptedNoReview = {
  procedure: 'administrative-review',
  when: { fact: 'courtAccepted', is: true },
  reason: {
    zh: '人民法院已经受理行政诉讼的，不得申请行政复议',
    en: 'a court has accepted the suit; no administrative review',
  },
  basis: basis('administrativeReview', '29', 'AR-11'),
} as const;

/** Those between two sides, either of whom an authority's decision may aggrieve, and the others, with the authority as one side. */
const betweenSides = ['land-title', 'patent'] as const;
const againstAuthority = ['administrative-act', 'social-insurance', 'procurement'] as const;
const reviewedBy = [
  { types: againstAuthority, by: 'claimant' },
  { types: betweenSides, by: 'either' },
] as const;

/** A suit against the outcome of review, by the period of mandatory or of chosen review. */
const suitAfterReview = (by: RouteBy, mandatory: string, chosen: string): PermitCell[] => {
  const cell: PermitCell = {
    procedure: 'administrative-litigation',
    by,
    note: { zh: '法律规定复议决定为最终决定的除外', en: 'unless a law makes the decision final' },
  };
  return [
    {
      ...cell,
      when: reviewFirst,
      deadline: mandatory,
      basis: basis('administrativeReview', '34', mandatory),
    },
    { ...cell, when: notReviewFirst, deadline: chosen },
  ];
};

const noReviewAgain = {
  procedure: 'administrative-review',
  reason: {
    zh: '对复议决定不服或者复议机关不作为的，应当起诉，不得再次申请复议',
    en: 'against a review decision or inaction the remedy is a suit, not review again',
  },
} as const;

/** Rows 35 and 41-46: disputes with an authority. */
export const administrativeRows: readonly RouteRow[] = [
  {
    row: '35',
    text: {
      zh: '社会保险经办待遇核定、工伤认定：行政复议或者行政诉讼',
      en: 'benefit paid by the agency, injury recognition: administrative review or suit',
    },
    types: ['social-insurance'],
    from: ['intake'],
    outcome: ['registered'],
    when: notReviewFirst,
    permit: [
      { ...review, note: chooseOne },
      { ...suit, note: chooseOne },
    ],
    forbid: [courtAcceptedNoReview],
    duties: [notBothAtOnce],
    basis: basis('administrativeReview', '11'),
  },
  {
    row: '35',
    text: {
      zh: '请求社保经办机构发放待遇的纠纷不属于劳动争议',
      en: 'a benefit claim on the agency is not a labour dispute',
    },
    types: ['social-insurance'],
    from: ['intake'],
    outcome: ['registered'],
    forbid: [
      {
        procedure: 'labour-arbitration',
        reason: {
          zh: '劳动者请求社会保险经办机构发放社会保险金的纠纷不属于劳动争议',
          en: 'a claim for benefits on the social-insurance agency is not a labour dispute',
        },
      },
    ],
    basis: basis('labourInterpretation1', '2'),
  },
  {
    row: '41',
    text: {
      zh: '复议前置的行政行为：先申请行政复议',
      en: 'act with mandatory review: administrative review first',
    },
    types: reviewable,
    from: ['intake'],
    outcome: ['registered'],
    when: reviewFirst,
    permit: [review],
    forbid: [reviewComesFirst],
    basis: basis('administrativeReview', '23', 'AR-10'),
  },
  {
    row: '42',
    text: {
      zh: '其他行政行为：申请行政复议或者提起行政诉讼，不得同时进行',
      en: 'other administrative act: review or suit, not both at once',
    },
    types: ['administrative-act'],
    from: ['intake'],
    outcome: ['registered'],
    when: notReviewFirst,
    permit: [
      { ...review, note: chooseOne },
      { ...suit, note: chooseOne },
    ],
    forbid: [courtAcceptedNoReview],
    duties: [notBothAtOnce],
    basis: basis('administrativeReview', '29', 'AR-11'),
  },
  {
    row: '42',
    text: {
      zh: '行政机关两个月内不履行法定职责：六个月内起诉',
      en: 'the authority does not perform its duty in two months: suit within six months',
    },
    types: 'any',
    from: ['department-complaint'],
    outcome: ['inaction'],
    permit: [{ procedure: 'administrative-litigation', by: 'claimant', deadline: 'AL-03.suit' }],
    basis: basis('administrativeLitigation', '47', 'AL-03'),
  },
  {
    row: '42',
    text: { zh: '复议期间不得起诉', en: 'no suit while review is pending' },
    types: reviewed,
    from: ['administrative-review'],
    outcome: ['registered'],
    forbid: [
      {
        procedure: 'administrative-litigation',
        reason: {
          zh: '行政复议机关已经受理的，行政复议期间不得提起行政诉讼',
          en: 'review has been accepted; no suit while it is pending',
        },
      },
    ],
    basis: basis('administrativeReview', '29', 'AR-11'),
  },
  {
    row: '42',
    text: { zh: '法院已受理的，不得申请复议', en: 'no review once a court has accepted the suit' },
    types: reviewed,
    from: ['administrative-litigation'],
    outcome: ['registered'],
    forbid: [{ ...courtAcceptedNoReview, when: undefined }],
    basis: basis('administrativeReview', '29', 'AR-11'),
  },
  {
    row: '43',
    text: {
      zh: '行政复议调解书：生效，不履行的强制执行',
      en: 'review settled by consent document: effective, enforceable',
    },
    types: reviewed,
    from: ['administrative-review'],
    outcome: ['mediated', 'agreement'],
    permit: [
      { procedure: 'follow-up', by: 'body' },
      { procedure: 'enforcement', basis: basis('administrativeReview', '78') },
    ],
    basis: basis('administrativeReview', '73', 'AR-07'),
  },
  ...reviewedBy.flatMap(({ types, by }): RouteRow[] => [
    {
      row: '44',
      text: { zh: '复议决定：十五日内提起行政诉讼', en: 'review decision: suit within 15 days' },
      types,
      from: ['administrative-review'],
      outcome: ['decision', 'not-accepted', 'dismissed'],
      permit: suitAfterReview(by, 'AR-12', 'AL-01'),
      forbid: [noReviewAgain],
      basis: basis('administrativeLitigation', '45', 'AL-01'),
    },
    {
      row: '44',
      text: {
        zh: '复议机关逾期不作决定：十五日内提起行政诉讼',
        en: 'no review decision in time: suit within 15 days',
      },
      types,
      from: ['administrative-review'],
      outcome: ['inaction', 'no-decision-in-time', 'expired'],
      permit: suitAfterReview(by, 'AR-12.overdue', 'AL-01.overdue'),
      forbid: [noReviewAgain],
      basis: basis('administrativeLitigation', '45', 'AL-01.overdue'),
    },
  ]),
  ...reviewedBy.map(({ types, by }): RouteRow => ({
    row: '45',
    text: {
      zh: '和解后撤回复议申请：终止；非复议前置且在起诉期限内的可以起诉',
      en: 'review withdrawn on settlement: closed; a suit only where review is not mandatory and time remains',
    },
    types,
    from: ['administrative-review'],
    outcome: ['withdrawn', 'deemed-withdrawn'],
    usual: { settled: true },
    permit: [
      { procedure: 'follow-up', by: 'body', when: { fact: 'settled', is: true } },
      {
        ...suit,
        by,
        when: notReviewFirst,
        basis: basis('administrativeLitigationInterpretation', '58'),
      },
    ],
    forbid: [
      {
        procedure: 'administrative-review',
        reason: {
          zh: '撤回后不得以同一事实和理由再次申请行政复议，能够证明撤回违背真实意愿的除外',
          en: 'after withdrawal no review again on the same facts, unless the withdrawal was involuntary',
        },
      },
      {
        ...reviewComesFirst,
        when: reviewFirst,
        basis: basis('administrativeLitigationInterpretation', '58'),
      },
    ],
    basis: basis('administrativeReview', '74', 'AR-08'),
  })),
  {
    row: '46',
    text: { zh: '行政诉讼一审判决、裁定：上诉', en: 'administrative judgment or ruling: appeal' },
    types: 'any',
    from: ['administrative-litigation'],
    outcome: ['judgment'],
    permit: [{ procedure: 'administrative-appeal', deadline: 'AL-04.appeal' }],
    basis: basis('administrativeLitigation', '85', 'AL-04'),
  },
  {
    row: '46',
    text: { zh: '行政诉讼裁定：上诉', en: 'administrative ruling: appeal' },
    types: 'any',
    from: ['administrative-litigation'],
    outcome: ['ruling', 'dismissed', 'not-accepted'],
    permit: [{ procedure: 'administrative-appeal', deadline: 'AL-04.appeal-ruling' }],
    basis: basis('administrativeLitigation', '85', 'AL-04'),
  },
  {
    row: '16',
    text: { zh: '生效的行政判决、裁定、调解书：执行', en: 'effective administrative judgment: enforcement' },
    types: 'any',
    from: ['administrative-litigation', 'administrative-appeal'],
    outcome: ['effective', 'mediated', 'breach'],
    permit: [{ procedure: 'enforcement', basis: basis('administrativeLitigation', '95') }],
    basis: basis('administrativeLitigation', '95'),
  },
  {
    row: '16',
    text: { zh: '行政诉讼二审判决为终审：执行、申请再审', en: 'judgment on administrative appeal: final' },
    types: 'any',
    from: ['administrative-appeal'],
    outcome: ['judgment', 'ruling', 'dismissed'],
    permit: [
      { procedure: 'enforcement', basis: basis('administrativeLitigation', '95') },
      { procedure: 'retrial', basis: basis('administrativeLitigation', '90') },
    ],
    basis: basis('administrativeLitigation', '95'),
  },
];
