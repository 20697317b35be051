import { basis } from '../laws.js';
import { civilExceptLabour, civilTypes, confirmableExceptLabour } from '../type-sets.js';
import type { RouteRow } from '../types.js';

const mediations = [
  'mediation',
  'administrative-mediation',
  'commercial-mediation',
  'pre-filing-mediation',
  'in-trial-mediation',
] as const;

const failed = ['no-agreement', 'refused', 'expired', 'withdrawn', 'deemed-withdrawn', 'not-accepted'] as const;

const status = { fact: 'identityRelation', is: true } as const;
const notStatus = { not: status } as const;

const noEnforcement = {
  procedure: 'enforcement',
  reason: {
    zh: '调解协议只有合同效力，未经司法确认等程序不得申请强制执行',
    en: 'a mediation agreement has the force of a contract; unconfirmed, it cannot be enforced',
  },
  basis: basis('peopleMediation', '31', 'PM-12'),
} as const;

const statusNotConfirmable = {
  procedure: 'judicial-confirmation',
  reason: {
    zh: '涉及婚姻、亲子、收养等身份关系的，人民法院不予受理司法确认申请',
    en: 'a court does not accept agreements on marriage, parentage or adoption for confirmation',
  },
  basis: basis('civilProcedureInterpretation', '355', 'JC-06'),
} as const;

const titleNotConfirmable = {
  procedure: 'judicial-confirmation',
  reason: {
    zh: '物权、知识产权确权的，人民法院不予受理司法确认申请',
    en: 'a court does not accept the confirmation of title to property for judicial confirmation',
  },
  basis: basis('civilProcedureInterpretation', '355', 'JC-06'),
} as const;

const refusedMediation = {
  procedure: 'mediation',
  reason: { zh: '当事人一方明确拒绝调解的，不得调解', en: 'a party clearly refuses mediation' },
} as const;

const confirmByCourt = {
  procedure: 'judicial-confirmation',
  jointly: true,
  deadline: 'JC-01',
  basis: basis('civilProcedure', '205', 'JC-01'),
} as const;

const informOfRoutes = {
  code: 'PM-09',
  text: {
    zh: '终止调解，并书面告知当事人可以依法通过仲裁、行政、司法等途径维护权利',
    en: 'end the mediation and inform the parties in writing of the arbitral, administrative and judicial routes',
  },
  basis: basis('peopleMediation', '26', 'PM-09'),
} as const;

/** Rows 1-8 and 71: mediation, its agreement, confirmation and performance, in every field. */
export const generalRows: readonly RouteRow[] = [
  {
    row: '1',
    text: {
      zh: '双方愿意的民事纠纷：和解、调解、行政调解',
      en: 'civil dispute, both willing: negotiation, mediation, administrative mediation',
    },
    types: civilExceptLabour,
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'negotiation' },
      { procedure: 'mediation', when: { fact: 'bothAgree', is: true } },
      { procedure: 'administrative-mediation', when: { fact: 'bothAgree', is: true } },
    ],
    basis: basis('peopleMediation', '17', 'PM-03'),
  },
  {
    row: '1',
    text: { zh: '一方明确拒绝调解的，不得调解', en: 'one party clearly refuses: no mediation' },
    types: 'any-civil',
    from: ['intake'],
    outcome: ['registered'],
    when: { fact: 'bothAgree', is: false },
    forbid: [refusedMediation],
    basis: basis('peopleMediation', '17', 'PM-03'),
  },
  {
    row: '1',
    text: {
      zh: '登记时一方明确拒绝调解：不得调解，其他途径仍然开放',
      en: 'a party refuses mediation at intake: no mediation, the other routes stay open',
    },
    types: 'any-civil',
    from: ['intake'],
    outcome: ['refused'],
    forbid: [refusedMediation],
    asIntakeWithout: ['mediation', 'administrative-mediation', 'commercial-mediation'],
    basis: basis('peopleMediation', '17', 'PM-03'),
  },
  {
    row: '1',
    text: { zh: '协商不成：适用登记时的各种途径', en: 'negotiation fails: the routes of intake' },
    types: 'any-civil',
    from: ['negotiation'],
    outcome: failed,
    asIntakeWithout: [],
    basis: basis('peopleMediation', '3', 'PM-02'),
  },
  {
    row: '2',
    text: {
      zh: '涉嫌违法犯罪或者矛盾激化：报告公安、安全预案，调解中止',
      en: 'suspected crime or escalation: police report and safety plan, mediation suspended',
    },
    types: 'any',
    from: 'any',
    outcome: ['suspected-crime'],
    permit: [{ procedure: 'police-report', by: 'body', parallel: true }],
    forbid: (['mediation', 'administrative-mediation', 'commercial-mediation'] as const).map((procedure) => ({
      procedure,
      reason: {
        zh: '可能引起治安案件、刑事案件的，应当及时报告公安机关，不得径自继续调解',
        en: 'a possible public-order or criminal case is reported to the police; mediation does not silently go on',
      },
    })),
    duties: [
      {
        code: 'PM-08',
        text: {
          zh: '采取预防措施，及时向当地公安机关报告，制定安全预案，中止调解',
          en: 'take preventive measures, report to the police promptly, make a safety plan, suspend the mediation',
        },
      },
    ],
    basis: basis('peopleMediation', '25', 'PM-08'),
  },
  {
    row: '3',
    text: {
      zh: '达成协议并当场履行：回访后结案',
      en: 'agreement performed on the spot: follow-up, then close',
    },
    types: 'any-civil',
    from: ['negotiation', ...mediations],
    outcome: ['agreement-performed'],
    permit: [{ procedure: 'follow-up', by: 'body' }],
    basis: basis('peopleMediation', '31', 'PM-12'),
  },
  {
    row: '4',
    text: {
      zh: '达成协议尚未履行：共同申请司法确认、公证赋强，或者回访',
      en: 'agreement, not yet performed: joint judicial confirmation, notarisation, follow-up',
    },
    types: civilExceptLabour,
    from: ['mediation'],
    outcome: ['agreement'],
    permit: [
      { procedure: 'notarisation', jointly: true, basis: basis('notary', '37') },
      { procedure: 'follow-up', by: 'body' },
    ],
    basis: basis('peopleMediation', '31', 'PM-12'),
  },
  {
    row: '4',
    text: { zh: '可以司法确认的协议', en: 'agreements that a court may confirm' },
    types: confirmableExceptLabour,
    from: ['mediation'],
    outcome: ['agreement'],
    permit: [{ ...confirmByCourt, when: notStatus }],
    forbid: [{ ...statusNotConfirmable, when: status }],
    basis: basis('civilProcedure', '205', 'JC-01'),
  },
  {
    row: '4',
    text: {
      zh: '行政调解达成协议：公证赋强、回访；司法确认待核实',
      en: 'agreement in administrative mediation: notarisation, follow-up; confirmation to be verified',
    },
    types: civilExceptLabour,
    from: ['administrative-mediation'],
    outcome: ['agreement'],
    permit: [
      { procedure: 'notarisation', jointly: true, basis: basis('notary', '37') },
      { procedure: 'follow-up', by: 'body' },
    ],
    basis: basis('civilCode', '465'),
  },
  {
    row: '4',
    text: {
      zh: '行政调解协议的司法确认',
      en: 'judicial confirmation of an agreement in administrative mediation',
    },
    types: confirmableExceptLabour,
    from: ['administrative-mediation'],
    outcome: ['agreement'],
    permit: [
      {
        ...confirmByCourt,
        when: notStatus,
        note: {
          zh: '法律规定的是“依法设立的调解组织”；行政机关主持的调解能否确认，请先向法院核实',
          en: 'the law speaks of lawfully established mediation organisations; ask the court whether it confirms this one',
        },
      },
    ],
    forbid: [{ ...statusNotConfirmable, when: status }],
    basis: basis('civilProcedure', '205', 'JC-01'),
    confidence: 'unverified',
  },
  {
    row: '4',
    text: { zh: '权属争议的协议不得司法确认', en: 'agreements on title cannot be confirmed by a court' },
    types: ['land-title'],
    from: ['mediation', 'administrative-mediation', 'pre-filing-mediation'],
    outcome: ['agreement'],
    forbid: [titleNotConfirmable],
    basis: basis('civilProcedureInterpretation', '355', 'JC-06'),
  },
  {
    row: '4',
    text: { zh: '调解协议不得直接申请执行', en: 'a mediation agreement is not enforceable by itself' },
    types: 'any-civil',
    from: ['mediation', 'administrative-mediation', 'commercial-mediation', 'pre-filing-mediation'],
    outcome: ['agreement'],
    forbid: [noEnforcement],
    basis: basis('peopleMediation', '31', 'PM-12'),
  },
  {
    row: '4',
    text: { zh: '自行和解：可以公证赋强', en: 'settlement without a mediator: notarisation' },
    types: civilExceptLabour,
    from: ['negotiation'],
    outcome: ['agreement'],
    permit: [{ procedure: 'notarisation', jointly: true }],
    basis: basis('notary', '37'),
  },
  {
    row: '4',
    text: {
      zh: '自行和解：回访，不得司法确认',
      en: 'settlement without a mediator: follow-up, no confirmation',
    },
    types: 'any-civil',
    from: ['negotiation'],
    outcome: ['agreement'],
    permit: [{ procedure: 'follow-up', by: 'body' }],
    forbid: [
      noEnforcement,
      {
        procedure: 'judicial-confirmation',
        reason: {
          zh: '司法确认只适用于经依法设立的调解组织调解达成的协议',
          en: 'only agreements mediated by a lawfully established organisation can be confirmed',
        },
        basis: basis('civilProcedure', '205', 'JC-01'),
      },
    ],
    basis: basis('civilCode', '465'),
  },
  {
    row: '5',
    text: {
      zh: '调解不成、被拒绝或者期限届满：告知救济途径，适用各类纠纷自己的途径',
      en: "mediation failed, refused or expired: inform of the routes; the type's own routes",
    },
    types: 'any-civil',
    from: ['mediation'],
    outcome: failed,
    usual: { bothAgree: false },
    permit: [
      {
        procedure: 'mediation',
        when: { fact: 'bothAgree', is: true },
        basis: basis('peopleMediation', '17', 'PM-03'),
        note: { zh: '双方重新同意的，可以再次调解', en: 'again, if both agree anew' },
      },
    ],
    forbid: [
      {
        procedure: 'mediation',
        when: { not: { fact: 'bothAgree', is: true } },
        reason: {
          zh: '调解已经终止；非经双方重新同意，不得再次（强制）调解',
          en: 'the mediation has ended; no second one is forced on a party',
        },
        basis: basis('peopleMediation', '17', 'PM-03'),
      },
    ],
    duties: [informOfRoutes],
    basis: basis('peopleMediation', '26', 'PM-09'),
  },
  {
    row: '5',
    text: { zh: '适用各类纠纷自己的途径', en: "the type's own routes" },
    types: civilTypes.filter((type) => type !== 'labour' && type !== 'medical'),
    from: ['mediation'],
    outcome: failed,
    asIntakeWithout: ['mediation'],
    basis: basis('peopleMediation', '26', 'PM-09'),
  },
  {
    row: '5',
    text: {
      zh: '行政调解不成：适用各类纠纷自己的途径',
      en: "administrative mediation fails: the type's own routes",
    },
    types: civilTypes.filter((type) => type !== 'medical'),
    from: ['administrative-mediation'],
    outcome: failed,
    asIntakeWithout: ['administrative-mediation'],
    basis: basis('peopleMediation', '3', 'PM-02'),
  },
  {
    row: '5',
    text: {
      zh: '商事调解不成：适用各类纠纷自己的途径',
      en: "commercial mediation fails: the type's own routes",
    },
    types: civilExceptLabour,
    from: ['commercial-mediation'],
    outcome: failed,
    asIntakeWithout: ['commercial-mediation'],
    basis: basis('peopleMediation', '3', 'PM-02'),
  },
  {
    row: '6',
    text: {
      zh: '司法确认有效：回访；不履行的申请执行；可以提出异议',
      en: 'confirmed by the court: follow-up; enforcement on breach; objection',
    },
    types: 'any-civil',
    from: ['judicial-confirmation'],
    outcome: ['confirmed', 'effective'],
    permit: [
      { procedure: 'follow-up', by: 'body' },
      {
        procedure: 'enforcement',
        deadline: 'CL-15',
        basis: basis('civilProcedure', '206', 'JC-03'),
        note: {
          zh: '一方拒绝履行或者未全部履行的',
          en: 'when the other party does not perform, or not in full',
        },
      },
      {
        procedure: 'judicial-confirmation',
        kind: 'return',
        deadline: 'JC-09',
        basis: basis('civilProcedureInterpretation', '372', 'JC-09'),
        note: { zh: '当事人对确认裁定提出异议', en: 'objection of a party to the confirming ruling' },
      },
      {
        procedure: 'judicial-confirmation',
        by: 'third-party',
        kind: 'return',
        deadline: 'JC-09.third-party',
        basis: basis('civilProcedureInterpretation', '372', 'JC-09'),
        note: { zh: '利害关系人对确认裁定提出异议', en: 'objection of an interested third party' },
      },
    ],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '协议已经人民法院裁定确认有效，不得就同一纠纷再行起诉',
          en: 'the agreement is confirmed by a ruling; no suit on the same dispute',
        },
      },
    ],
    basis: basis('civilProcedure', '206', 'JC-03'),
  },
  {
    row: '6',
    text: { zh: '已确认的协议未履行：申请执行', en: 'breach of a confirmed agreement: enforcement' },
    types: 'any-civil',
    from: ['follow-up', 'judicial-confirmation'],
    outcome: ['breach'],
    when: { fact: 'agreementConfirmed', is: true },
    permit: [{ procedure: 'enforcement', deadline: 'CL-15' }],
    forbid: [
      {
        procedure: 'civil-litigation',
        reason: {
          zh: '协议已经确认，可以直接申请执行，不得就同一纠纷再行起诉',
          en: 'the agreement is confirmed and enforceable; no suit on the same dispute',
        },
      },
    ],
    basis: basis('civilProcedure', '206', 'JC-03'),
  },
  {
    row: '7',
    text: {
      zh: '司法确认申请被驳回：变更协议、重新调解，或者起诉',
      en: 'confirmation refused: vary the agreement by mediation, or sue',
    },
    types: civilExceptLabour,
    from: ['judicial-confirmation'],
    outcome: ['not-confirmed', 'not-accepted', 'dismissed'],
    permit: [
      {
        procedure: 'mediation',
        note: { zh: '变更原协议或者达成新的协议', en: 'to vary the agreement or make a new one' },
      },
      {
        procedure: 'civil-litigation',
        deadline: 'CL-02',
        when: { not: { fact: 'arbitrationClause', is: 'valid' } },
      },
    ],
    basis: basis('civilProcedure', '206', 'JC-03'),
  },
  {
    row: '7',
    text: { zh: '未获确认的协议不得执行', en: 'an agreement that was not confirmed is not enforceable' },
    types: 'any-civil',
    from: ['judicial-confirmation'],
    outcome: ['not-confirmed', 'not-accepted', 'dismissed'],
    forbid: [
      {
        procedure: 'enforcement',
        reason: {
          zh: '协议未获人民法院确认，不得申请强制执行',
          en: 'the court did not confirm the agreement',
        },
      },
    ],
    basis: basis('civilProcedure', '206', 'JC-03'),
  },
  {
    row: '8',
    text: {
      zh: '未确认的协议未履行：三十日内双方同意的可以司法确认，否则就协议起诉',
      en: 'breach of an unconfirmed agreement: confirmation within 30 days if both agree, else a suit on it',
    },
    types: confirmableExceptLabour,
    from: ['follow-up'],
    outcome: ['breach'],
    when: { not: { fact: 'agreementConfirmed', is: true } },
    usual: { bothAgree: false },
    permit: [
      {
        ...confirmByCourt,
        when: {
          all: [
            { fact: 'bothAgree', is: true },
            notStatus,
            { within: 'agreementEffectiveOn', days: 30, rule: 'JC-01' },
          ],
        },
      },
      { procedure: 'civil-litigation', basis: basis('peopleMediation', '32', 'PM-13') },
    ],
    basis: basis('peopleMediation', '32', 'PM-13'),
  },
  {
    row: '8',
    text: { zh: '未确认的协议不得执行', en: 'an unconfirmed agreement is not enforceable' },
    types: 'any-civil',
    from: ['follow-up'],
    outcome: ['breach'],
    when: { not: { fact: 'agreementConfirmed', is: true } },
    forbid: [noEnforcement],
    basis: basis('peopleMediation', '31', 'PM-12'),
  },
  {
    row: '8',
    text: {
      zh: '撤回确认申请：协议仍在履行中',
      en: 'confirmation withdrawn: the agreement remains to be performed',
    },
    types: 'any-civil',
    from: ['judicial-confirmation', 'arbitral-confirmation'],
    outcome: ['withdrawn', 'deemed-withdrawn'],
    permit: [{ procedure: 'follow-up', by: 'body' }],
    forbid: [noEnforcement],
    basis: basis('civilProcedureInterpretation', '356-357', 'JC-08'),
  },
  {
    row: '71',
    text: {
      zh: '涉嫌虚假调解：中止并报告，不得确认',
      en: 'suspected false mediation: suspend and report; no confirmation',
    },
    types: 'any',
    from: 'any',
    outcome: ['suspected-false-mediation'],
    forbid: [
      {
        procedure: 'judicial-confirmation',
        reason: {
          zh: '涉嫌虚假调解的，应当中止并报告，不得确认',
          en: 'a suspected false mediation is suspended and reported, not confirmed',
        },
      },
      {
        procedure: 'arbitral-confirmation',
        reason: {
          zh: '涉嫌虚假调解的，应当中止并报告，不得确认',
          en: 'a suspected false mediation is suspended and reported, not confirmed',
        },
      },
    ],
    duties: [
      {
        code: 'CM-07',
        text: {
          zh: '中止调解，并向人民法院或者调解组织报告',
          en: 'suspend the mediation and report to the court or the mediation organisation',
        },
      },
    ],
    basis: basis('invitedMediation', '18', 'CM-07'),
  },
];
