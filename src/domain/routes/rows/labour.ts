import { basis } from '../laws.js';
import type { RouteRow } from '../types.js';

const labour = ['labour'] as const;
const failed = ['no-agreement', 'refused', 'expired', 'withdrawn', 'deemed-withdrawn', 'not-accepted'] as const;

const kind = (is: 'wages' | 'payment' | 'other') => ({ fact: 'agreementKind', is }) as const;
const payKind = { any: [kind('wages'), kind('payment')] } as const;
const confirmed = { fact: 'agreementConfirmed', is: true } as const;
const bothAgree = { fact: 'bothAgree', is: true } as const;

const arbitrationFirst = {
  zh: '劳动争议实行仲裁前置，未经劳动仲裁不得起诉',
  en: 'labour arbitration comes before a suit',
} as const;

const arbitration = {
  procedure: 'labour-arbitration',
  deadline: 'LD-06',
  basis: basis('labourMediationArbitration', '27', 'LD-06'),
} as const;

const paymentOrderUnderContractLaw = {
  procedure: 'payment-order',
  by: 'worker',
  basis: basis('labourContract', '30', 'LD-39b'),
  note: {
    zh: '用人单位拖欠或者未足额支付劳动报酬的；支付令失效后仍须先仲裁',
    en: 'for wages owed; should the order lapse, arbitration still comes first',
  },
} as const;

const inspection = {
  procedure: 'labour-inspection',
  by: 'worker',
  parallel: true,
  deadline: 'LD-40',
  basis: basis('labourInspection', '17', 'LD-40'),
  note: { zh: '就拖欠工资等违法行为投诉', en: 'a complaint of unpaid wages and other violations' },
} as const;

const eitherOne = {
  zh: '仲裁审查和司法确认只能选择其一',
  en: 'arbitral or judicial confirmation: one of the two',
} as const;

const arbitralConfirmation = {
  procedure: 'arbitral-confirmation',
  jointly: true,
  deadline: 'LD-23',
  basis: basis('labourCaseRules', '74', 'LD-23'),
  note: eitherOne,
} as const;

const judicialConfirmation = {
  procedure: 'judicial-confirmation',
  jointly: true,
  deadline: 'JC-01',
  basis: basis('civilProcedure', '205', 'JC-01'),
  note: {
    zh: '仅限给付义务；仲裁审查和司法确认只能选择其一',
    en: 'only for obligations to pay or deliver; arbitral or judicial confirmation: one of the two',
  },
} as const;

const enforcementOf = (article: string, by: 'either' | 'worker' = 'either') =>
  ({
    procedure: 'enforcement',
    by,
    deadline: 'CL-15',
    basis: basis('labourMediationArbitration', article),
  }) as const;

const finalAward = { fact: 'finalAward', is: true } as const;

/** Rows 17-34 and 10b: labour disputes. */
export const labourRows: readonly RouteRow[] = [
  {
    row: '10b',
    text: {
      zh: '仲裁裁决作出后诉前调解达成协议：只向法院申请确认或者调解书',
      en: 'agreement in pre-filing mediation after an award: confirmation or a document of the court only',
    },
    types: labour,
    from: ['pre-filing-mediation'],
    outcome: ['agreement'],
    when: { fact: 'awardMade', is: true },
    // A labour case reaches a court, as a rule, after the award.
    usual: { awardMade: true },
    permit: [{ ...judicialConfirmation, note: undefined }],
    forbid: [
      {
        procedure: 'arbitral-confirmation',
        reason: {
          zh: '仲裁委员会已经作出裁决，不再受理仲裁审查申请',
          en: 'the commission has already decided the dispute',
        },
        basis: basis('product', '10b'),
        confidence: 'unverified',
      },
    ],
    basis: basis('civilProcedure', '205', 'JC-01'),
    confidence: 'unverified',
  },
  {
    row: '17',
    text: {
      zh: '劳动争议登记：和解、调解、劳动仲裁、支付令，并行劳动监察；仲裁前置',
      en: 'labour dispute at intake: negotiation, mediation, arbitration, payment order, inspection beside; no suit yet',
    },
    types: labour,
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'negotiation', basis: basis('labourMediationArbitration', '4') },
      {
        procedure: 'mediation',
        track: 'labour',
        deadline: 'LD-03',
        basis: basis('labourMediationArbitration', '14', 'LD-03'),
      },
      { ...arbitration, when: { known: 'employmentEndedOn' } },
      {
        ...arbitration,
        when: { not: { known: 'employmentEndedOn' } },
        note: {
          zh: '劳动关系存续期间因拖欠劳动报酬申请仲裁不受一年时效限制；终止的，自终止之日起一年内提出',
          en: 'for wages, no limitation while the employment lasts; one year from its end',
        },
      },
      paymentOrderUnderContractLaw,
      inspection,
    ],
    forbid: [{ procedure: 'civil-litigation', reason: arbitrationFirst }],
    basis: basis('labourMediationArbitration', '5'),
  },
  {
    row: '17',
    text: { zh: '调解不成后仍可：和解、支付令、劳动监察', en: 'still open after a failed mediation' },
    types: labour,
    from: ['mediation'],
    outcome: failed,
    permit: [{ procedure: 'negotiation' }, paymentOrderUnderContractLaw, inspection],
    basis: basis('labourMediationArbitration', '5'),
  },
  {
    row: '17',
    text: { zh: '劳动监察处理后：适用登记时的各种途径', en: 'after labour inspection: the routes of intake' },
    types: labour,
    from: ['labour-inspection'],
    outcome: ['decision', 'inaction', 'no-decision-in-time', ...failed],
    asIntakeWithout: ['labour-inspection'],
    basis: basis('labourInspection', '21', 'LD-40'),
  },
  {
    row: '17',
    text: { zh: '撤回支付令申请：适用登记时的各种途径', en: 'payment order withdrawn: the routes of intake' },
    types: labour,
    from: ['payment-order'],
    outcome: ['withdrawn'],
    asIntakeWithout: [],
    basis: basis('labourMediationArbitration', '5'),
  },
  {
    row: '18',
    text: {
      zh: '十五日内未达成调解协议、拒绝调解：申请劳动仲裁',
      en: 'no agreement in 15 days, or refusal: labour arbitration',
    },
    types: labour,
    from: ['mediation'],
    outcome: failed,
    permit: [
      {
        ...arbitration,
        note: { zh: '申请调解时效中断', en: 'the application for mediation interrupted the limitation' },
      },
    ],
    forbid: [{ procedure: 'civil-litigation', reason: arbitrationFirst }],
    basis: basis('labourMediationArbitration', '14', 'LD-03'),
  },
  {
    row: '19',
    text: {
      zh: '劳动争议调解协议：共同申请仲裁审查或者司法确认（择一），回访',
      en: 'labour mediation agreement: joint arbitral or judicial confirmation, one of the two; follow-up',
    },
    types: labour,
    from: ['mediation', 'administrative-mediation'],
    outcome: ['agreement'],
    permit: [arbitralConfirmation, judicialConfirmation, { procedure: 'follow-up', by: 'body' }],
    duties: [
      {
        code: 'LD-26',
        text: {
          zh: '告知双方：仲裁审查与司法确认只能选择其一',
          en: 'tell both: arbitral and judicial confirmation exclude each other',
        },
      },
    ],
    basis: basis('labourInterpretation1', '52', 'LD-26'),
  },
  {
    row: '19',
    text: {
      zh: '未经仲裁裁决的诉前调解协议：也可以仲裁审查',
      en: 'agreement in pre-filing mediation without an award: arbitral confirmation is open too',
    },
    types: labour,
    from: ['pre-filing-mediation'],
    outcome: ['agreement'],
    when: { not: { fact: 'awardMade', is: true } },
    usual: { awardMade: true },
    permit: [arbitralConfirmation],
    basis: basis('labourCaseRules', '74', 'LD-23'),
    confidence: 'unverified',
  },
  {
    row: '19',
    text: { zh: '已经司法确认的，不再仲裁审查', en: 'confirmed by a court: no arbitral confirmation' },
    types: labour,
    from: ['judicial-confirmation'],
    outcome: ['registered', 'confirmed'],
    forbid: [
      {
        procedure: 'arbitral-confirmation',
        reason: { zh: '已经申请或者取得司法确认', en: 'judicial confirmation was chosen' },
        basis: basis('labourCaseRules', '76', 'LD-24'),
        confidence: 'unverified',
      },
    ],
    basis: basis('labourInterpretation1', '52', 'LD-26'),
  },
  {
    row: '19',
    text: {
      zh: '已经仲裁审查的，不再司法确认',
      en: 'chosen arbitral confirmation: no judicial confirmation',
    },
    types: labour,
    from: ['arbitral-confirmation'],
    outcome: ['registered', 'confirmed'],
    forbid: [
      {
        procedure: 'judicial-confirmation',
        reason: { zh: '已经申请或者取得仲裁调解书', en: 'arbitral confirmation was chosen' },
      },
    ],
    basis: basis('labourInterpretation1', '52', 'LD-26'),
  },
  {
    row: '19',
    text: {
      zh: '未履行但仍在期限内且双方同意：仲裁审查或者司法确认',
      en: 'breach, still in time and both agree: arbitral or judicial confirmation',
    },
    types: labour,
    from: ['follow-up'],
    outcome: ['breach'],
    when: { all: [{ not: confirmed }, bothAgree] },
    usual: { bothAgree: false },
    permit: [
      {
        ...arbitralConfirmation,
        when: {
          all: [{ not: { fact: 'awardMade', is: true } }, { within: 'agreementEffectiveOn', days: 15, rule: 'LD-23' }],
        },
      },
      { ...judicialConfirmation, when: { within: 'agreementEffectiveOn', days: 30, rule: 'JC-01' } },
    ],
    basis: basis('labourInterpretation1', '52', 'LD-26'),
  },
  {
    row: '20',
    text: {
      zh: '协议未履行：工资、工伤医疗费、补偿金可以申请支付令；仅工资可以直接起诉；其余申请仲裁',
      en: 'breach: payment order for wages, medical cost or compensation; a suit for wages only; else arbitration',
    },
    types: labour,
    from: ['follow-up'],
    outcome: ['breach'],
    when: { not: confirmed },
    permit: [
      {
        procedure: 'payment-order',
        by: 'worker',
        when: payKind,
        basis: basis('labourMediationArbitration', '16', 'LD-05'),
      },
      {
        procedure: 'civil-litigation',
        by: 'worker',
        when: kind('wages'),
        deadline: 'CL-02',
        basis: basis('labourInterpretation1', '51', 'LD-39'),
        note: {
          zh: '双方仅就劳动报酬达成协议的，按照普通民事纠纷受理',
          en: 'an agreement on wages only is tried as an ordinary civil dispute',
        },
      },
      { ...arbitration, basis: basis('labourMediationArbitration', '15', 'LD-04') },
    ],
    forbid: [
      {
        procedure: 'civil-litigation',
        when: { not: kind('wages') },
        reason: arbitrationFirst,
        basis: basis('labourMediationArbitration', '15', 'LD-04'),
      },
      {
        procedure: 'enforcement',
        reason: {
          zh: '调解协议未经仲裁审查或者司法确认，不得申请强制执行',
          en: 'the agreement is not confirmed and cannot be enforced',
        },
        basis: basis('labourMediationArbitration', '14'),
      },
    ],
    basis: basis('labourMediationArbitration', '15', 'LD-04'),
  },
  {
    row: '21',
    text: {
      zh: '依调解协议申请的支付令终结：就协议起诉，无须先仲裁',
      en: 'a payment order on a mediation agreement lapses: suit on the agreement, no arbitration needed',
    },
    types: labour,
    from: ['payment-order'],
    outcome: ['objection', 'not-accepted', 'dismissed'],
    when: { fact: 'paymentOrderBasis', is: 'mediation-agreement' },
    permit: [
      {
        procedure: 'civil-litigation',
        by: 'worker',
        deadline: 'CL-02',
        note: { zh: '无须先申请劳动仲裁', en: 'arbitration need not come first' },
      },
    ],
    basis: basis('labourInterpretation1', '13', 'LD-39'),
  },
  {
    row: '21b',
    text: {
      zh: '依劳动合同法第三十条申请的支付令终结：申请劳动仲裁',
      en: 'a payment order under 劳动合同法 30 lapses: labour arbitration',
    },
    types: labour,
    from: ['payment-order'],
    outcome: ['objection', 'not-accepted', 'dismissed'],
    when: { fact: 'paymentOrderBasis', is: 'labour-contract-law-30' },
    permit: [arbitration],
    forbid: [{ procedure: 'civil-litigation', reason: arbitrationFirst }],
    basis: basis('labourInterpretation1', '13', 'LD-39'),
  },
  {
    row: '22',
    text: {
      zh: '仲裁审查、司法确认未获支持：就协议内容申请劳动仲裁',
      en: 'confirmation refused: arbitration on the matters of the agreement',
    },
    types: labour,
    from: ['arbitral-confirmation', 'judicial-confirmation'],
    outcome: ['not-confirmed', 'not-accepted', 'dismissed'],
    permit: [
      arbitration,
      {
        procedure: 'mediation',
        track: 'labour',
        deadline: 'LD-03',
        note: { zh: '变更原协议或者达成新的协议', en: 'to vary the agreement or make a new one' },
      },
    ],
    basis: basis('labourInterpretation1', '52', 'LD-26'),
  },
  {
    row: '22',
    text: {
      zh: '给付类协议司法确认被驳回：可以直接起诉（例外，待核实）',
      en: 'judicial confirmation of a pay-type agreement refused: direct suit (exception, unverified)',
    },
    types: labour,
    from: ['judicial-confirmation'],
    outcome: ['not-confirmed', 'not-accepted', 'dismissed'],
    when: payKind,
    permit: [{ procedure: 'civil-litigation', by: 'worker', deadline: 'CL-02' }],
    exceptionTo: ['22'],
    basis: basis('labourLinkOpinion', '（条次待核实）'),
    confidence: 'unverified',
  },
  {
    row: '22',
    text: { zh: '其他情形不得直接起诉', en: 'otherwise no direct suit' },
    types: labour,
    from: ['arbitral-confirmation', 'judicial-confirmation'],
    outcome: ['not-confirmed', 'not-accepted', 'dismissed'],
    forbid: [{ procedure: 'civil-litigation', reason: arbitrationFirst }],
    basis: basis('labourMediationArbitration', '5'),
  },
  {
    row: '23',
    text: {
      zh: '仲裁审查通过（仲裁调解书）：不履行的申请执行，反悔起诉不予受理',
      en: 'arbitral confirmation granted: enforcement on breach; a suit is not accepted',
    },
    types: labour,
    from: ['arbitral-confirmation'],
    outcome: ['confirmed', 'mediated', 'effective', 'breach'],
    permit: [enforcementOf('51'), { procedure: 'follow-up', by: 'body' }],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '仲裁调解书已经生效，一方反悔起诉的不予受理',
          en: 'the arbitral consent document is effective; a suit by the one who repents is not accepted',
        },
        basis: basis('labourInterpretation1', '11'),
      },
    ],
    basis: basis('labourCaseRules', '74', 'LD-23'),
  },
  {
    row: '24',
    text: {
      zh: '仲裁不予受理或者逾期未作决定：起诉',
      en: 'arbitration not accepted, or no decision in time: suit',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['not-accepted', 'no-decision-in-time'],
    permit: [
      {
        procedure: 'civil-litigation',
        deadline: 'LD-09',
        note: {
          zh: '因管辖错误不予受理的，法院告知向有管辖权的仲裁机构申请',
          en: 'refused for lack of jurisdiction: the court sends the party to the competent commission',
        },
      },
    ],
    basis: basis('labourMediationArbitration', '29', 'LD-09'),
  },
  {
    row: '25',
    text: {
      zh: '以工资欠条起诉、不涉及其他争议：直接起诉',
      en: 'a suit on a wage IOU with no other dispute: directly to court',
    },
    types: labour,
    from: [
      'intake',
      'negotiation',
      'mediation',
      'labour-inspection',
      'payment-order',
      'arbitral-confirmation',
      'judicial-confirmation',
      'follow-up',
      'labour-arbitration',
    ],
    outcome: [
      'registered',
      ...failed,
      'breach',
      'objection',
      'not-confirmed',
      'dismissed',
      'decision',
      'inaction',
      'no-decision-in-time',
      'award-overdue',
    ],
    when: { fact: 'wageIou', is: true },
    permit: [
      {
        procedure: 'civil-litigation',
        by: 'worker',
        deadline: 'CL-02',
        note: {
          zh: '有用人单位的工资欠条为证据，诉讼请求不涉及劳动关系其他争议',
          en: 'with the employer’s written wage IOU as evidence and no other claim from the employment',
        },
      },
    ],
    exceptionTo: ['17', '18', '20', '21b', '22', '27b'],
    basis: basis('labourInterpretation1', '15', 'LD-39'),
  },
  {
    row: '26',
    text: {
      zh: '仲裁中调解成功：仲裁调解书，不履行的申请执行',
      en: 'settled in arbitration: arbitral consent document, enforcement on breach',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['mediated', 'agreement'],
    permit: [enforcementOf('51'), { procedure: 'follow-up', by: 'body' }],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '仲裁调解书经双方签收后发生法律效力，不得再行起诉',
          en: 'the arbitral consent document is effective once both have signed for it; no suit',
        },
      },
    ],
    basis: basis('labourMediationArbitration', '42', 'LD-15'),
  },
  {
    row: '26',
    text: { zh: '仲裁中和解并已履行', en: 'settled in arbitration and performed' },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['agreement-performed'],
    permit: [{ procedure: 'follow-up', by: 'body' }],
    basis: basis('labourMediationArbitration', '41'),
  },
  {
    row: '27',
    text: {
      zh: '申请人缺席、视为撤回：再次申请不予受理，凭不予受理通知起诉（实践，待核实）',
      en: 'applicant absent, deemed withdrawn: re-application refused; suit on that refusal (practice, unverified)',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['deemed-withdrawn'],
    permit: [
      {
        procedure: 'civil-litigation',
        deadline: 'LD-09',
        note: {
          zh: '凭再次申请后的不予受理通知起诉，各地法院做法不一',
          en: 'on the notice refusing the re-application; courts differ',
        },
      },
    ],
    forbid: [
      {
        procedure: 'labour-arbitration',
        reason: {
          zh: '视为撤回仲裁申请后再次申请的，不予受理',
          en: 'after a deemed withdrawal the re-application is not accepted',
        },
      },
    ],
    basis: basis('labourCaseRules', '39', 'LD-14b'),
    confidence: 'unverified',
  },
  {
    row: '27b',
    text: {
      zh: '自行撤回或者和解撤回：时效内可以再次申请仲裁',
      en: 'voluntary withdrawal: arbitration again within the limitation; follow-up of a settlement',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['withdrawn'],
    permit: [arbitration, { procedure: 'follow-up', by: 'body', when: { fact: 'settled', is: true } }],
    forbid: [{ procedure: 'civil-litigation', reason: arbitrationFirst }],
    basis: basis('labourCaseRules', '35', 'LD-14b'),
  },
  {
    row: '28',
    text: { zh: '逾期未作出裁决：就该争议起诉', en: 'award overdue without excuse: suit' },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['award-overdue', 'expired'],
    permit: [
      {
        procedure: 'civil-litigation',
        deadline: 'CL-02',
        note: {
          zh: '移送、送达延误、等待另案或者鉴定、等待开庭等情形除外',
          en: 'except transfer, delay of service, waiting for another case, an appraisal or a hearing',
        },
      },
    ],
    duties: [
      {
        code: 'LD-17',
        text: {
          zh: '告知当事人可以起诉，不得让其无限期等待',
          en: 'tell the parties that they may sue; no waiting without end',
        },
      },
    ],
    basis: basis('labourMediationArbitration', '43'),
  },
  {
    row: '29',
    text: {
      zh: '终局裁决：劳动者不服的起诉',
      en: 'final award: the worker may sue',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['final-award'],
    permit: [{ procedure: 'civil-litigation', by: 'worker', deadline: 'LD-30' }],
    forbid: [
      {
        procedure: 'set-aside',
        by: 'worker',
        reason: {
          zh: '劳动者不服终局裁决的，应当起诉；申请撤销是用人单位的救济途径',
          en: 'the worker’s remedy against a final award is a suit; setting aside is the employer’s',
        },
        basis: basis('labourMediationArbitration', '49', 'LD-31'),
      },
    ],
    basis: basis('labourMediationArbitration', '48', 'LD-30'),
  },
  {
    row: '30',
    text: {
      zh: '终局裁决：用人单位申请中级法院撤销；劳动者已起诉的不受理',
      en: 'final award: the employer may ask the intermediate court to set aside, unless the worker sued',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['final-award'],
    permit: [
      {
        procedure: 'set-aside',
        by: 'employer',
        deadline: 'LD-31',
        when: { not: { fact: 'workerSued', is: true } },
      },
    ],
    forbid: [
      {
        procedure: 'set-aside',
        by: 'employer',
        when: { fact: 'workerSued', is: true },
        reason: {
          zh: '劳动者已经起诉，用人单位申请撤销的不予受理；劳动者起诉被驳回或者撤诉的，三十日内可以申请',
          en: 'the worker has sued; should that suit be dismissed or withdrawn, the employer has 30 days again',
        },
        basis: basis('labourInterpretation1', '21', 'LD-33'),
      },
      {
        procedure: 'civil-litigation',
        by: 'employer',
        reason: {
          zh: '终局裁决，用人单位不得起诉，只能申请撤销',
          en: 'a final award: the employer cannot sue, only ask for setting aside',
        },
      },
    ],
    basis: basis('labourMediationArbitration', '49', 'LD-31'),
  },
  {
    row: '30',
    text: {
      zh: '终局裁决：劳动者起诉被驳回或者撤诉的，用人单位三十日内可以申请撤销',
      en: 'final award: the worker’s suit came to nothing; the employer may ask to set aside in 30 days',
    },
    types: labour,
    from: ['civil-litigation'],
    outcome: ['withdrawn', 'deemed-withdrawn', 'dismissed', 'not-accepted'],
    when: { all: [finalAward, { fact: 'workerSued', is: true }] },
    permit: [{ procedure: 'set-aside', by: 'employer', deadline: 'LD-33' }],
    basis: basis('labourInterpretation1', '21', 'LD-33'),
  },
  {
    row: '30',
    text: {
      zh: '未载明终局的裁决实为终局、用人单位起诉不予受理的：三十日内可以申请撤销',
      en: 'the employer’s suit was refused because the award is final, though not called so: setting aside in 30 days',
    },
    types: labour,
    from: ['civil-litigation'],
    outcome: ['not-accepted', 'dismissed'],
    when: { all: [finalAward, { not: { fact: 'workerSued', is: true } }] },
    permit: [{ procedure: 'set-aside', by: 'employer', deadline: 'LD-34' }],
    basis: basis('labourInterpretation1', '18', 'LD-34'),
  },
  {
    row: '16',
    text: {
      zh: '终局裁决自作出之日起生效：申请执行',
      en: 'a final award is effective when made: enforcement',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['final-award'],
    permit: [enforcementOf('51', 'worker')],
    basis: basis('labourMediationArbitration', '47', 'LD-28'),
  },
  {
    row: '31',
    text: { zh: '裁决被撤销：任何一方可以起诉', en: 'award set aside: either party may sue' },
    types: labour,
    from: ['set-aside'],
    outcome: ['annulled'],
    permit: [{ procedure: 'civil-litigation', deadline: 'LD-32' }],
    basis: basis('labourMediationArbitration', '49', 'LD-32'),
  },
  {
    row: '31',
    text: { zh: '裁决被裁定不予执行：起诉', en: 'enforcement of the award refused: suit' },
    types: labour,
    from: ['enforcement'],
    outcome: ['refused', 'annulled'],
    permit: [{ procedure: 'civil-litigation', deadline: 'LD-37' }],
    basis: basis('labourInterpretation1', '24', 'LD-37'),
  },
  {
    row: '32',
    text: {
      zh: '撤销申请被驳回：恢复执行，裁定为终审',
      en: 'setting aside refused: enforcement resumes; the ruling is final',
    },
    types: labour,
    from: ['set-aside'],
    outcome: ['dismissed', 'ruling', 'not-accepted', 'withdrawn'],
    permit: [
      {
        ...enforcementOf('51'),
        note: {
          zh: '以相同理由申请不予执行的，不予支持',
          en: 'refusal of enforcement cannot be sought on the same ground',
        },
      },
    ],
    forbid: [
      {
        procedure: 'civil-appeal',
        reason: { zh: '驳回撤销申请的裁定为终审裁定', en: 'the ruling is final' },
      },
      {
        procedure: 'civil-litigation',
        by: 'employer',
        reason: {
          zh: '终局裁决未被撤销，用人单位不得起诉',
          en: 'the final award stands: the employer cannot sue',
        },
        basis: basis('labourMediationArbitration', '49', 'LD-31'),
      },
    ],
    basis: basis('labourInterpretation1', '22'),
  },
  {
    row: '33',
    text: {
      zh: '非终局裁决：任何一方收到之日起十五日内起诉，否则裁决生效',
      en: 'non-final award: either party may sue in 15 days of receipt; else it takes effect',
    },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['non-final-award', 'award'],
    permit: [
      {
        procedure: 'civil-litigation',
        deadline: 'LD-35',
        note: {
          zh: '法院可以先行委派调解；逾期不起诉的裁决发生法律效力，可以申请执行',
          en: 'the court may offer pre-filing mediation; without a suit in time the award takes effect and is enforceable',
        },
      },
    ],
    forbid: [
      {
        procedure: 'set-aside',
        reason: {
          zh: '非终局裁决只能起诉，不得申请撤销',
          en: 'a non-final award is challenged by a suit, not by setting aside',
        },
      },
    ],
    basis: basis('labourMediationArbitration', '50', 'LD-35'),
  },
  {
    row: '33',
    text: { zh: '裁决生效：申请执行', en: 'the award has taken effect: enforcement' },
    types: labour,
    from: ['labour-arbitration'],
    outcome: ['effective', 'breach'],
    permit: [enforcementOf('51')],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: { zh: '裁决已经发生法律效力，不得再行起诉', en: 'the award has taken effect; no suit' },
      },
    ],
    basis: basis('labourMediationArbitration', '50', 'LD-35'),
  },
  {
    row: '33',
    text: {
      zh: '劳动者起诉后撤诉：和解的回访；否则裁决生效（待核实）',
      en: 'suit withdrawn: follow-up of a settlement; else the award takes effect (unverified)',
    },
    types: labour,
    from: ['civil-litigation'],
    outcome: ['withdrawn', 'deemed-withdrawn'],
    permit: [
      { procedure: 'follow-up', by: 'body', when: { fact: 'settled', is: true } },
      { ...enforcementOf('51'), when: { not: { fact: 'settled', is: true } } },
    ],
    basis: basis('labourMediationArbitration', '50', 'LD-35'),
    confidence: 'unverified',
  },
  {
    row: '34',
    text: {
      zh: '十人以上集体争议：推举代表、优先处理、报告领导；未经被代表人同意不得和解',
      en: 'ten or more workers: representatives, priority, leader alert; no settlement without those represented',
    },
    types: labour,
    from: 'any',
    outcome: 'any',
    when: { fact: 'collective', atLeast: 10 },
    duties: [
      {
        code: 'leader-alert',
        text: { zh: '立即报告分管领导', en: 'alert the leader in charge at once' },
        basis: basis('product', '34'),
      },
      {
        code: 'LD-21',
        text: {
          zh: '劳动者推举三至五名代表人，优先立案、优先审理',
          en: 'the workers choose three to five representatives; priority in filing and hearing',
        },
      },
      {
        code: 'LD-21b',
        text: {
          zh: '代表人变更、放弃请求或者和解，须经被代表的劳动者同意',
          en: 'no change or waiver of claims and no settlement without the consent of those represented',
        },
      },
    ],
    basis: basis('labourMediationArbitration', '7', 'LD-21'),
  },
];
