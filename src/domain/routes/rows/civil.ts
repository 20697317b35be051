import { basis } from '../laws.js';
import { arbitrableTypes, confirmableTypes, directSuitTypes, notArbitrableTypes } from '../type-sets.js';
import type { RouteRow } from '../types.js';

const trial = ['civil-litigation', 'civil-appeal', 'retrial'] as const;
const failed = ['no-agreement', 'refused', 'expired', 'withdrawn', 'deemed-withdrawn', 'not-accepted'] as const;

const noSuitAgain = {
  procedure: 'civil-litigation',
  reason: {
    zh: '判决、裁定、调解书已经发生法律效力，不得就同一纠纷再行起诉',
    en: 'a judgment, ruling or consent document has taken effect; no suit on the same dispute again',
  },
  basis: basis('civilProcedure', '127'),
} as const;

const suitAtIntake: Omit<RouteRow, 'types'> = {
  row: '9',
  text: {
    zh: '没有仲裁协议：起诉（法院可以先行委派调解）',
    en: 'no arbitration clause: suit (the court may offer pre-filing mediation)',
  },
  from: ['intake'],
  outcome: ['registered'],
  permit: [
    { procedure: 'civil-litigation', deadline: 'CL-02' },
    {
      procedure: 'pre-filing-mediation',
      jointly: true,
      deadline: 'CM-14',
      basis: basis('civilProcedure', '125', 'CM-01'),
      note: {
        zh: '法院收到起诉状、登记立案前委派，须双方同意',
        en: 'by referral of a court that has received the complaint, before filing; both must consent',
      },
    },
  ],
  basis: basis('civilProcedure', '126', 'CL-02'),
};

const directSuit: readonly RouteRow[] = [
  { ...suitAtIntake, types: arbitrableTypes, when: { not: { fact: 'arbitrationClause', is: 'valid' } } },
  { ...suitAtIntake, types: notArbitrableTypes },
];

/** Rows 9-16: the suit, mediation by the court's invitation, appeal and enforcement. */
export const civilRows: readonly RouteRow[] = [
  ...directSuit,
  {
    row: '9',
    text: { zh: '没有仲裁协议的，不得申请仲裁', en: 'no arbitration without an arbitration agreement' },
    types: arbitrableTypes,
    from: ['intake'],
    outcome: ['registered'],
    when: { fact: 'arbitrationClause', is: 'none' },
    forbid: [
      {
        procedure: 'commercial-arbitration',
        reason: { zh: '没有仲裁协议，仲裁机构不予受理', en: 'there is no arbitration agreement' },
      },
    ],
    basis: basis('arbitration', '4'),
  },
  {
    row: '9',
    text: { zh: '依法不能仲裁的纠纷', en: 'disputes that cannot be arbitrated' },
    types: notArbitrableTypes,
    from: ['intake'],
    outcome: ['registered'],
    forbid: [
      {
        procedure: 'commercial-arbitration',
        reason: {
          zh: '婚姻家庭、农村土地承包、治安纠纷不适用商事仲裁',
          en: 'family, rural-land and public-order disputes are outside commercial arbitration',
        },
      },
    ],
    basis: basis('arbitration', '3'),
  },
  {
    row: '9',
    text: { zh: '请求给付金钱、有价证券：支付令', en: 'a claim for money or securities: payment order' },
    types: ['debt', 'contract', 'commercial', 'property-service', 'other-civil'],
    from: ['intake'],
    outcome: ['registered'],
    when: { not: { fact: 'arbitrationClause', is: 'valid' } },
    permit: [
      {
        procedure: 'payment-order',
        by: 'claimant',
        note: {
          zh: '仅限到期、数额确定的金钱或者有价证券，双方没有其他债务纠纷，且支付令能够送达',
          en: 'only for money or securities due and determined, no counter-debt, and if the order can be served',
        },
      },
    ],
    basis: basis('civilProcedure', '225', 'CL-17'),
  },
  {
    row: '9',
    text: {
      zh: '支付令异议成立：转入诉讼',
      en: 'valid objection to the payment order: it turns into a suit',
    },
    types: directSuitTypes,
    from: ['payment-order'],
    outcome: ['objection', 'not-accepted', 'dismissed', 'withdrawn'],
    permit: [
      {
        procedure: 'civil-litigation',
        note: {
          zh: '支付令失效的，转入诉讼程序，申请人不同意的除外',
          en: 'the order lapses and the case turns into a suit, unless the applicant disagrees',
        },
      },
    ],
    basis: basis('civilProcedure', '228', 'CL-17'),
  },
  {
    row: '9',
    text: {
      zh: '已递交诉状、尚未立案：双方同意的可以委派调解',
      en: 'suit lodged, not yet accepted: pre-filing mediation if both consent',
    },
    types: 'any-civil',
    from: ['civil-litigation'],
    outcome: ['registered'],
    when: { not: { fact: 'courtAccepted', is: true } },
    permit: [{ procedure: 'pre-filing-mediation', jointly: true, deadline: 'CM-14' }],
    basis: basis('invitedMediation', '11', 'CM-02'),
  },
  {
    row: '9',
    text: { zh: '撤诉后可以再次起诉', en: 'a withdrawn suit may be filed again' },
    types: directSuitTypes,
    from: ['civil-litigation'],
    outcome: ['withdrawn', 'deemed-withdrawn'],
    permit: [
      { procedure: 'civil-litigation', when: { not: { fact: 'settled', is: true } } },
      { procedure: 'follow-up', by: 'body', when: { fact: 'settled', is: true } },
    ],
    basis: basis('civilProcedureInterpretation', '214'),
  },
  {
    row: '10',
    text: {
      zh: '诉前调解达成协议：向委派法院申请司法确认或者出具调解书',
      en: 'agreement in pre-filing mediation: confirmation, or a consent document, by the inviting court',
    },
    types: confirmableTypes,
    from: ['pre-filing-mediation'],
    outcome: ['agreement'],
    permit: [
      {
        procedure: 'judicial-confirmation',
        when: { not: { fact: 'identityRelation', is: true } },
        jointly: true,
        deadline: 'JC-01',
        note: {
          zh: '向作出邀请的人民法院共同申请；也可以请求该院出具调解书（诉前调书）',
          en: 'jointly, at the inviting court; that court may instead issue a consent document (诉前调书)',
        },
      },
      { procedure: 'follow-up', by: 'body' },
    ],
    forbid: [
      {
        procedure: 'judicial-confirmation',
        when: { fact: 'identityRelation', is: true },
        reason: {
          zh: '涉及身份关系的，人民法院不予受理司法确认申请',
          en: 'a court does not accept agreements on a personal status for confirmation',
        },
        basis: basis('civilProcedureInterpretation', '355', 'JC-06'),
      },
    ],
    basis: basis('civilProcedure', '205', 'JC-01'),
  },
  {
    row: '11',
    text: {
      zh: '诉前调解不成、被拒绝或者期限届满：法院应当立案',
      en: 'pre-filing mediation failed, refused or expired: the court must file the case',
    },
    types: 'any-civil',
    from: ['pre-filing-mediation'],
    outcome: failed,
    permit: [{ procedure: 'civil-litigation', deadline: 'CL-02' }],
    duties: [
      {
        code: 'CM-09',
        text: {
          zh: '将起诉状等材料送交人民法院；当事人坚持起诉的应当立案，不得拖延',
          en: 'send complaint and materials to the court; if the party insists it must file, the case is not held back',
        },
      },
    ],
    basis: basis('invitedMediation', '21', 'CM-09'),
  },
  {
    row: '12',
    text: {
      zh: '诉讼中达成协议：法院出具调解书或者准许撤诉，之后执行或者回访',
      en: 'agreement in a suit: consent document or withdrawal ruling, then enforcement or follow-up',
    },
    types: 'any-civil',
    from: ['in-trial-mediation', 'civil-litigation', 'civil-appeal', 'retrial'],
    outcome: ['agreement', 'mediated'],
    permit: [
      {
        procedure: 'enforcement',
        deadline: 'CL-15',
        basis: basis('civilProcedure', '247'),
        note: { zh: '调解书生效后', en: 'once the consent document has taken effect' },
      },
      { procedure: 'follow-up', by: 'body' },
    ],
    forbid: [
      {
        procedure: 'judicial-confirmation',
        reason: {
          zh: '案件已经立案，由审判组织审查后出具调解书或者裁定准许撤诉',
          en: 'the case is already in suit: the trial court issues a consent document or allows withdrawal',
        },
      },
    ],
    basis: basis('invitedMediation', '20', 'CM-08'),
  },
  {
    row: '12',
    text: { zh: '审查协议、出具调解书', en: 'the court reviews the agreement and issues its document' },
    types: 'any-civil',
    from: ['in-trial-mediation'],
    outcome: ['agreement'],
    permit: [
      {
        procedure: 'civil-litigation',
        kind: 'return',
        note: {
          zh: '由审判组织审查，出具调解书或者裁定准许撤诉',
          en: 'for the trial court to issue a consent document or allow withdrawal',
        },
      },
    ],
    basis: basis('invitedMediation', '20', 'CM-08'),
  },
  {
    row: '13',
    text: { zh: '诉中调解不成：继续审理', en: 'in-trial mediation fails: the trial goes on' },
    types: 'any-civil',
    from: ['in-trial-mediation'],
    outcome: failed,
    permit: [{ procedure: 'civil-litigation', kind: 'return' }],
    basis: basis('invitedMediation', '21', 'CM-09'),
  },
  {
    row: '13',
    text: { zh: '立案后双方同意的可以委托调解', en: 'after acceptance: in-trial mediation if both consent' },
    types: 'any-civil',
    from: ['civil-litigation'],
    outcome: ['registered'],
    when: { fact: 'courtAccepted', is: true },
    permit: [{ procedure: 'in-trial-mediation', jointly: true, deadline: 'CM-14.ordinary' }],
    basis: basis('invitedMediation', '11', 'CM-02'),
  },
  {
    row: '14',
    text: { zh: '普通、简易程序判决：上诉', en: 'judgment in ordinary or summary procedure: appeal' },
    types: 'any',
    from: ['civil-litigation'],
    outcome: ['judgment'],
    when: { not: { fact: 'smallClaims', is: true } },
    permit: [{ procedure: 'civil-appeal', deadline: 'CL-10' }],
    basis: basis('civilProcedure', '171', 'CL-10'),
  },
  {
    row: '14',
    text: {
      zh: '不予受理、管辖权异议、驳回起诉的裁定：上诉',
      en: 'ruling of non-acceptance, on jurisdiction or dismissing the suit: appeal',
    },
    types: 'any',
    from: ['civil-litigation'],
    outcome: ['ruling', 'dismissed', 'not-accepted'],
    permit: [
      {
        procedure: 'civil-appeal',
        deadline: 'CL-10.ruling',
        note: {
          zh: '仅限不予受理、管辖权异议、驳回起诉的裁定',
          en: 'only against rulings of non-acceptance, on jurisdiction, or dismissing the suit',
        },
      },
    ],
    basis: basis('civilProcedure', '171', 'CL-10'),
  },
  {
    row: '15',
    text: {
      zh: '小额诉讼判决：一审终审，只能向原审法院申请再审',
      en: 'small-claims judgment: no appeal, only retrial at the original court',
    },
    types: 'any',
    from: ['civil-litigation'],
    outcome: ['judgment', 'effective'],
    when: { fact: 'smallClaims', is: true },
    permit: [
      {
        procedure: 'retrial',
        deadline: 'CL-22',
        basis: basis('civilProcedureInterpretation', '424'),
        note: { zh: '只能向原审人民法院申请', en: 'at the original court only' },
      },
      {
        procedure: 'enforcement',
        deadline: 'CL-15',
        basis: basis('civilProcedure', '247'),
      },
    ],
    forbid: [
      {
        procedure: 'civil-appeal',
        reason: { zh: '小额诉讼实行一审终审', en: 'small claims are final at first instance' },
      },
    ],
    basis: basis('civilProcedure', '165', 'CL-07'),
  },
  {
    row: '16',
    text: {
      zh: '生效判决、裁定、调解书未履行：申请执行',
      en: 'effective judgment, ruling or consent document not performed: enforcement',
    },
    types: 'any',
    from: [...trial, 'in-trial-mediation', 'follow-up'],
    outcome: ['effective'],
    permit: [
      { procedure: 'enforcement', deadline: 'CL-15' },
      { procedure: 'retrial', deadline: 'CL-22', basis: basis('civilProcedure', '216', 'CL-22') },
    ],
    forbid: [noSuitAgain],
    basis: basis('civilProcedure', '247'),
  },
  {
    row: '16',
    text: { zh: '二审判决、裁定即为生效', en: 'a judgment or ruling on appeal takes effect at once' },
    types: 'any',
    from: ['civil-appeal'],
    outcome: ['judgment', 'ruling', 'dismissed'],
    permit: [
      { procedure: 'enforcement', deadline: 'CL-15' },
      {
        procedure: 'retrial',
        deadline: 'CL-22',
        basis: basis('civilProcedure', '216', 'CL-22'),
      },
    ],
    forbid: [
      noSuitAgain,
      {
        procedure: 'civil-appeal',
        reason: { zh: '第二审判决、裁定是终审的判决、裁定', en: 'a judgment or ruling on appeal is final' },
        basis: basis('civilProcedure', '182'),
      },
    ],
    basis: basis('civilProcedure', '247'),
  },
  {
    row: '16',
    text: { zh: '诉讼中的调解书、判决未履行', en: 'breach of a judgment or a court consent document' },
    types: 'any',
    from: [...trial, 'in-trial-mediation'],
    outcome: ['breach'],
    permit: [{ procedure: 'enforcement', deadline: 'CL-15' }],
    forbid: [noSuitAgain],
    basis: basis('civilProcedure', '247'),
  },
  {
    row: '16',
    text: { zh: '债务人逾期不提异议又不履行支付令', en: 'a payment order without objection is enforceable' },
    types: 'any-civil',
    from: ['payment-order'],
    outcome: ['effective', 'breach'],
    permit: [{ procedure: 'enforcement', by: 'claimant', deadline: 'CL-15' }],
    basis: basis('civilProcedure', '227', 'CL-17'),
  },
  {
    row: '16',
    text: {
      zh: '公证赋强文书未履行：申请执行',
      en: 'breach of a notarised enforceable instrument: enforcement',
    },
    types: 'any-civil',
    from: ['notarisation'],
    outcome: ['effective', 'breach'],
    permit: [{ procedure: 'enforcement', deadline: 'CL-15' }],
    basis: basis('notary', '37'),
  },
];
