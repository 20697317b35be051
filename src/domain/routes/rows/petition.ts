import { disputeTypeCodes } from '../codes.js';
import { basis } from '../laws.js';
import type { RouteRow } from '../types.js';

const category = (is: number) => ({ fact: 'petitionCategory', is }) as const;
const stage = (is: 'handling' | 'recheck' | 'rereview') => ({ fact: 'petitionStage', is }) as const;
const opinion = ['decision', 'inaction', 'expired', 'no-decision-in-time'] as const;

const notOnTheOpinion = {
  reason: {
    zh: '对信访处理意见本身不服的，应当复查、复核，一般不属于行政复议、行政诉讼范围',
    en: 'the remedy against a petition opinion is recheck and rereview, not review or suit',
  },
  basis: basis('petition', '35', 'XF-07'),
  confidence: 'unverified',
} as const;

const statutoryRoute = {
  zh: '由有权机关按照法定程序处理',
  en: 'handled by the statutory procedure of the body in charge',
} as const;

const noOpinion = {
  procedure: 'petition',
  reason: {
    zh: '属于法定途径的事项，导入相应程序，不出具信访处理意见书',
    en: 'a matter of a statutory route is diverted to it; no petition opinion',
  },
  basis: basis('petition', '31', 'XF-05'),
} as const;

const diverted = (row: Pick<RouteRow, 'text' | 'when' | 'permit'>): RouteRow => ({
  row: '67',
  types: ['petition'],
  from: ['petition'],
  outcome: ['classified'],
  basis: basis('petition', '31', 'XF-05'),
  ...row,
});

/** Rows 67-70: petitions, sorted to the statutory routes, or handled, rechecked and rereviewed. */
export const petitionRows: readonly RouteRow[] = [
  {
    row: '67',
    text: { zh: '信访事项：登记后十五日内分类', en: 'petition: registered, classified in 15 days' },
    types: ['petition'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [{ procedure: 'petition', by: 'claimant', deadline: 'XF-01', basis: basis('petition', '22', 'XF-01') }],
    basis: basis('petition', '22', 'XF-01'),
  },
  {
    row: '67',
    text: {
      zh: '第（一）至（五）类：导入法定途径，不出具处理意见书',
      en: 'categories (1)-(5): diverted to the statutory route, no opinion',
    },
    types: 'any',
    from: ['petition'],
    outcome: ['classified'],
    when: { any: [category(1), category(2), category(3), category(4), category(5)] },
    forbid: [noOpinion],
    duties: [
      {
        code: 'XF-05',
        text: {
          zh: '告知信访人应当通过的法定途径；属于第（三）类的移送纪检监察机关',
          en: 'tell the petitioner of the statutory route; category (3) goes to the discipline body',
        },
      },
    ],
    basis: basis('petition', '31', 'XF-05'),
  },
  {
    row: '67',
    text: { zh: '纠纷已知类型：适用其自己的途径', en: "the dispute's type is known: its own routes" },
    types: disputeTypeCodes.filter((type) => type !== 'petition'),
    from: ['petition'],
    outcome: ['classified'],
    when: { any: [category(1), category(2), category(4), category(5)] },
    asIntakeWithout: ['petition'],
    basis: basis('petition', '31', 'XF-05'),
  },
  diverted({
    text: { zh: '第（一）类：诉讼', en: 'category (1): the courts' },
    when: category(1),
    permit: [{ procedure: 'civil-litigation', note: statutoryRoute }],
  }),
  diverted({
    text: { zh: '第（二）类：仲裁', en: 'category (2): arbitration' },
    when: category(2),
    permit: [
      { procedure: 'labour-arbitration', note: statutoryRoute },
      { procedure: 'rural-land-arbitration', note: statutoryRoute },
      { procedure: 'commercial-arbitration', note: statutoryRoute },
    ],
  }),
  diverted({
    text: { zh: '第（四）类：行政复议、行政裁决等', en: 'category (4): administrative review, adjudication' },
    when: category(4),
    permit: [
      { procedure: 'administrative-review', note: statutoryRoute },
      { procedure: 'adjudication', note: statutoryRoute },
    ],
  }),
  diverted({
    text: { zh: '第（五）类：请求履行法定职责', en: 'category (5): performance of a statutory duty' },
    when: category(5),
    permit: [{ procedure: 'department-complaint', note: statutoryRoute }],
  }),
  {
    row: '68',
    text: {
      zh: '第（六）类：受理之日起六十日内出具处理意见书',
      en: 'category (6): opinion within 60 days of acceptance',
    },
    types: 'any',
    from: ['petition'],
    outcome: ['classified'],
    when: category(6),
    permit: [{ procedure: 'petition', by: 'body', kind: 'return', deadline: 'XF-06' }],
    basis: basis('petition', '34', 'XF-06'),
  },
  {
    row: '68',
    text: { zh: '不服处理意见：三十日内请求复查', en: 'dissatisfied with the opinion: recheck in 30 days' },
    types: 'any',
    from: ['petition'],
    outcome: opinion,
    when: stage('handling'),
    permit: [
      {
        procedure: 'petition',
        by: 'claimant',
        kind: 'return',
        deadline: 'XF-07',
        note: { zh: '向上一级机关请求复查', en: 'recheck by the next higher body' },
      },
    ],
    forbid: [
      { procedure: 'administrative-review', ...notOnTheOpinion },
      { procedure: 'administrative-litigation', ...notOnTheOpinion },
    ],
    basis: basis('petition', '35', 'XF-07'),
  },
  {
    row: '69',
    text: { zh: '不得越过复查直接申请复核', en: 'recheck cannot be skipped' },
    types: 'any',
    from: ['petition'],
    outcome: opinion,
    when: stage('handling'),
    duties: [
      {
        code: 'XF-08',
        text: {
          zh: '告知信访人：未经复查不得直接请求复核',
          en: 'tell the petitioner: no rereview without a recheck',
        },
      },
    ],
    basis: basis('petition', '36', 'XF-08'),
  },
  {
    row: '69',
    text: { zh: '不服复查意见：三十日内请求复核', en: 'dissatisfied with the recheck: rereview in 30 days' },
    types: 'any',
    from: ['petition'],
    outcome: opinion,
    when: stage('recheck'),
    permit: [
      {
        procedure: 'petition',
        by: 'claimant',
        kind: 'return',
        deadline: 'XF-08',
        note: { zh: '向复查机关的上一级机关请求复核', en: 'rereview by the body above' },
      },
    ],
    forbid: [
      { procedure: 'administrative-review', ...notOnTheOpinion },
      { procedure: 'administrative-litigation', ...notOnTheOpinion },
    ],
    basis: basis('petition', '36', 'XF-08'),
  },
  {
    row: '70',
    text: {
      zh: '复核终结：同一事实和理由不再受理，做好疏导、帮扶',
      en: 'after rereview it is closed: not accepted again on the same facts; counselling and support',
    },
    types: 'any',
    from: ['petition'],
    outcome: [...opinion, 'effective'],
    when: stage('rereview'),
    permit: [{ procedure: 'follow-up', by: 'body', note: { zh: '疏导、帮扶', en: 'counselling and support' } }],
    forbid: [
      {
        procedure: 'petition',
        reason: {
          zh: '复核后仍以同一事实和理由信访的，不再受理',
          en: 'after rereview a petition on the same facts is not accepted',
        },
      },
    ],
    basis: basis('petition', '36', 'XF-08'),
  },
  {
    row: '68',
    text: { zh: '信访中调解达成协议', en: 'a petition mediated to agreement' },
    types: 'any',
    from: ['petition'],
    outcome: ['agreement', 'mediated', 'agreement-performed'],
    permit: [{ procedure: 'follow-up', by: 'body' }],
    basis: basis('petition', '33', 'XF-10'),
  },
];
