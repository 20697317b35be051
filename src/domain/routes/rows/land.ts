import { basis } from '../laws.js';
import type { RouteRow } from '../types.js';

const failed = ['no-agreement', 'refused', 'expired', 'withdrawn'] as const;

/** Rows 47-52: title to land and forest, land tort, rural land contracts. */
export const landRows: readonly RouteRow[] = [
  {
    row: '47',
    text: {
      zh: '土地、林地权属争议：协商不成的由人民政府处理',
      en: 'title to land or forest: negotiation, failing which the government adjudicates',
    },
    types: ['land-title'],
    from: ['intake', 'negotiation'],
    outcome: ['registered', ...failed],
    permit: [
      {
        procedure: 'adjudication',
        note: {
          zh: '先由当事人协商；协商不成的，由人民政府处理',
          en: 'the parties negotiate first; failing that, the government decides',
        },
      },
    ],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '权属争议应当先由人民政府处理，不属于民事诉讼受案范围',
          en: 'title is first decided by the government; a civil court does not take it',
        },
      },
    ],
    basis: basis('landAdministration', '14'),
  },
  {
    row: '47',
    text: {
      zh: '权属协议未履行：由人民政府处理',
      en: 'breach of an agreement on title: the government adjudicates',
    },
    types: ['land-title'],
    from: ['follow-up'],
    outcome: ['breach'],
    permit: [{ procedure: 'adjudication' }],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '权属争议应当先由人民政府处理',
          en: 'title is first decided by the government',
        },
      },
    ],
    basis: basis('landAdministration', '14'),
  },
  {
    row: '48',
    text: { zh: '裁决中调解成功：调解书', en: 'mediated during adjudication: consent document' },
    types: ['land-title'],
    from: ['adjudication'],
    outcome: ['mediated', 'agreement', 'agreement-performed'],
    permit: [{ procedure: 'follow-up', by: 'body' }],
    basis: basis('landAdministration', '14'),
  },
  {
    row: '49',
    text: {
      zh: '处理决定：三十日内起诉或者六十日内复议；侵犯已经取得的权利的复议前置',
      en: 'decision: suit in 30 days or review in 60; review first where a right already obtained is infringed',
    },
    types: ['land-title'],
    from: ['adjudication'],
    outcome: ['decision'],
    permit: [
      {
        procedure: 'administrative-litigation',
        deadline: 'AD-01',
        when: { not: { fact: 'rightAlreadyObtained', is: true } },
      },
      {
        procedure: 'administrative-review',
        deadline: 'AR-01',
        basis: basis('administrativeReview', '20', 'AR-01'),
      },
    ],
    forbid: [
      {
        procedure: 'administrative-litigation',
        when: { fact: 'rightAlreadyObtained', is: true },
        reason: {
          zh: '认为侵犯已经依法取得的自然资源所有权或者使用权的，应当先申请行政复议',
          en: 'where a natural-resource right already obtained is infringed, review comes first',
        },
        basis: basis('administrativeReview', '23', 'AR-10'),
        confidence: 'unverified',
      },
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '对权属处理决定不服的，应当申请复议或者提起行政诉讼',
          en: 'the remedy against the decision is review or an administrative suit',
        },
      },
    ],
    basis: basis('landAdministration', '14'),
  },
  {
    row: '49',
    text: { zh: '逾期不处理：行政复议、行政诉讼', en: 'no decision in time: review or administrative suit' },
    types: ['land-title'],
    from: ['adjudication'],
    outcome: ['inaction', 'no-decision-in-time', 'not-accepted', 'expired'],
    permit: [
      {
        procedure: 'administrative-review',
        deadline: 'AR-01',
        note: {
          zh: '申请行政机关履行法定职责，复议前置',
          en: 'failure to perform a duty: review comes first',
        },
      },
    ],
    basis: basis('administrativeReview', '23', 'AR-10'),
  },
  {
    row: '50',
    text: { zh: '权属清楚的土地侵权：调解、起诉', en: 'land tort, boundary clear: mediation, suit' },
    types: ['land-tort'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'mediation', when: { fact: 'bothAgree', is: true } },
      {
        procedure: 'civil-litigation',
        deadline: 'CL-02',
        when: { not: { fact: 'arbitrationClause', is: 'valid' } },
      },
    ],
    forbid: [
      {
        procedure: 'adjudication',
        reason: {
          zh: '权属清楚的侵权纠纷是民事纠纷，不由人民政府确权',
          en: 'where title is clear the tort is a civil matter; the government does not adjudicate',
        },
      },
    ],
    basis: basis('landAdministration', '14'),
  },
  {
    row: '51',
    text: {
      zh: '农村土地承包经营纠纷：调解、仲裁或者起诉',
      en: 'rural land contract: mediation, arbitration or suit',
    },
    types: ['rural-land'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'mediation', basis: basis('ruralLand', '3') },
      { procedure: 'rural-land-arbitration', deadline: 'RL-01', basis: basis('ruralLand', '18') },
      { procedure: 'civil-litigation', deadline: 'CL-02' },
    ],
    basis: basis('ruralLand', '4'),
  },
  {
    row: '51',
    text: { zh: '农地仲裁未受理或者撤回', en: 'rural land arbitration not accepted or withdrawn' },
    types: ['rural-land'],
    from: ['rural-land-arbitration'],
    outcome: ['not-accepted', 'withdrawn', 'deemed-withdrawn', 'no-decision-in-time', 'award-overdue', 'expired'],
    permit: [{ procedure: 'civil-litigation', deadline: 'CL-02' }],
    basis: basis('ruralLand', '4'),
  },
  {
    row: '52',
    text: {
      zh: '农地仲裁裁决：三十日内起诉，否则生效',
      en: 'rural land award: suit in 30 days, else it takes effect',
    },
    types: ['rural-land'],
    from: ['rural-land-arbitration'],
    outcome: ['award', 'non-final-award', 'final-award'],
    permit: [{ procedure: 'civil-litigation', deadline: 'RL-05' }],
    forbid: [
      {
        procedure: 'set-aside',
        reason: {
          zh: '对农村土地承包仲裁裁决不服的，就原纠纷起诉，不得申请撤销裁决',
          en: 'the remedy is a suit on the original dispute, not setting aside',
        },
      },
    ],
    basis: basis('ruralLand', '48'),
  },
  {
    row: '52',
    text: { zh: '裁决、调解书生效：申请执行', en: 'award or consent document effective: enforcement' },
    types: ['rural-land'],
    from: ['rural-land-arbitration'],
    outcome: ['effective', 'mediated', 'agreement', 'breach'],
    permit: [
      { procedure: 'enforcement', deadline: 'CL-15' },
      { procedure: 'follow-up', by: 'body' },
    ],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '裁决书、调解书已经生效，不得再行起诉',
          en: 'award or consent document is effective; no suit',
        },
      },
    ],
    basis: basis('ruralLand', '49'),
  },
];
