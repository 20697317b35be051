import { basis } from '../laws.js';
import type { RouteRow } from '../types.js';
import { noCommercialMediation } from './commercial.js';

const failed = ['no-agreement', 'refused', 'expired', 'withdrawn', 'deemed-withdrawn', 'not-accepted'] as const;

const noClause = { not: { fact: 'arbitrationClause', is: 'valid' } } as const;
const again = { fact: 'sixMonthsPassed', is: true } as const;
const accepted = { fact: 'courtAccepted', is: true } as const;
const notAccepted = { not: accepted } as const;

const suit = {
  procedure: 'civil-litigation',
  deadline: 'CL-02',
  when: noClause,
  basis: basis('civilProcedure', '126', 'CL-02'),
} as const;

const medicalMediation = {
  procedure: 'mediation',
  deadline: 'MD-01',
  basis: basis('medicalDisputes', '38'),
} as const;

const medicalAdministrative = {
  procedure: 'administrative-mediation',
  deadline: 'MD-02.mediation',
  basis: basis('medicalDisputes', '40'),
} as const;

const medicalOneAtATime = {
  zh: '人民法院、卫生健康主管部门或者医疗纠纷人民调解委员会已经受理的，其他途径不予受理或者终止',
  en: 'once the court or one of the mediations has accepted the dispute, the others do not accept it or end',
} as const;

const complaintNeedsChallenge = {
  procedure: 'procurement-complaint',
  reason: { zh: '未经质疑不得投诉', en: 'a complaint needs a challenge first' },
} as const;

/** A status is sued for anew, though a judgment has taken effect: what it refused may have come to be justified (民事诉讼法127(7)). */
const divorceAgain: Omit<RouteRow, 'from' | 'outcome'> = {
  row: '63',
  exceptionTo: ['12', '16'],
  text: {
    zh: '判决不准离婚、调解和好、撤诉：原告六个月内没有新情况、新理由不得再起诉',
    en: 'divorce refused, reconciled or withdrawn: no new suit by the plaintiff in six months without new facts',
  },
  types: ['family'],
  when: { fact: 'identityRelation', is: true },
  permit: [
    {
      procedure: 'civil-litigation',
      by: 'respondent',
      note: { zh: '被告起诉不受六个月限制', en: 'the six months do not bind the defendant' },
    },
    { procedure: 'civil-litigation', by: 'claimant', when: again },
  ],
  forbid: [
    {
      procedure: 'civil-litigation',
      by: 'claimant',
      reason: {
        zh: '没有新情况、新理由，原告在六个月内又起诉的，不予受理',
        en: 'without new facts the plaintiff cannot sue again within six months',
      },
      when: { not: again },
    },
  ],
  basis: basis('civilProcedure', '127', 'CL-13.divorce'),
};

/** Rows 53-63: fields with their own procedures. */
export const sectorRows: readonly RouteRow[] = [
  {
    row: '53',
    text: {
      zh: '专利侵权：协商、请求行政处理、起诉',
      en: 'patent infringement: negotiation, adjudication, suit',
    },
    types: ['patent'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [{ procedure: 'negotiation' }, { procedure: 'adjudication', by: 'claimant' }, suit],
    basis: basis('patent', '65'),
  },
  {
    row: '54',
    text: {
      zh: '责令停止侵权：十五日内提起行政诉讼；赔偿数额可以调解，不成的起诉',
      en: 'order to stop: administrative suit in 15 days; damages: mediation, failing which a civil suit',
    },
    types: ['patent'],
    from: ['adjudication'],
    outcome: ['decision', 'no-agreement'],
    permit: [
      // The order and the damages are two matters, before two courts at once if need be.
      { procedure: 'administrative-litigation', deadline: 'AD-06', parallel: true },
      {
        procedure: 'administrative-mediation',
        note: { zh: '就赔偿数额', en: 'on the amount of damages' },
      },
      { ...suit, parallel: true, note: { zh: '就赔偿数额调解不成的', en: 'for damages, where mediation fails' } },
    ],
    basis: basis('patent', '65'),
  },
  {
    row: '54',
    text: { zh: '未作处理：起诉', en: 'no order made: suit' },
    types: ['patent'],
    from: ['adjudication'],
    outcome: ['not-accepted', 'withdrawn', 'inaction', 'no-decision-in-time', 'dismissed'],
    permit: [suit],
    basis: basis('patent', '65'),
  },
  {
    row: '55',
    text: { zh: '政府采购：先向采购人质疑', en: 'procurement: first a challenge to the purchaser' },
    types: ['procurement'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [{ procedure: 'procurement-challenge', by: 'claimant', deadline: 'AD-07' }],
    forbid: [complaintNeedsChallenge],
    basis: basis('procurement', '52'),
  },
  {
    row: '55',
    text: {
      zh: '对质疑答复不满意或者逾期未答复：十五个工作日内投诉',
      en: 'unsatisfied with the reply, or none in time: complaint in 15 working days',
    },
    types: ['procurement'],
    from: ['procurement-challenge'],
    outcome: ['decision', 'inaction', 'no-decision-in-time', 'expired', 'refused', 'dismissed', 'not-accepted'],
    permit: [
      {
        procedure: 'procurement-complaint',
        by: 'claimant',
        deadline: 'AD-07.complaint',
        basis: basis('procurement', '55'),
      },
    ],
    basis: basis('procurement', '55'),
  },
  {
    row: '55',
    text: { zh: '质疑撤回的，不得投诉', en: 'challenge withdrawn: no complaint' },
    types: ['procurement'],
    from: ['procurement-challenge'],
    outcome: ['withdrawn', 'deemed-withdrawn'],
    forbid: [complaintNeedsChallenge],
    basis: basis('procurement', '55'),
  },
  {
    row: '55',
    text: {
      zh: '对投诉处理决定不服或者逾期未处理：行政复议或者行政诉讼',
      en: 'unsatisfied with the decision on the complaint, or none in time: review or administrative suit',
    },
    types: ['procurement'],
    from: ['procurement-complaint'],
    outcome: ['decision', 'inaction', 'no-decision-in-time', 'expired', 'dismissed', 'not-accepted'],
    permit: [
      {
        procedure: 'administrative-review',
        by: 'claimant',
        deadline: 'AR-01',
      },
      {
        procedure: 'administrative-litigation',
        by: 'claimant',
        deadline: 'AL-02',
      },
    ],
    basis: basis('procurement', '58'),
  },
  {
    row: '56',
    text: {
      zh: '医疗纠纷：协商、人民调解、行政调解、起诉，不得同时进行',
      en: 'medical: negotiation, mediation, administrative mediation, suit; one at a time',
    },
    types: ['medical'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'negotiation', basis: basis('medicalDisputes', '22') },
      { ...medicalMediation, when: notAccepted },
      { ...medicalAdministrative, when: notAccepted },
      { ...suit, basis: basis('medicalDisputes', '43') },
    ],
    forbid: [
      {
        procedure: 'mediation',
        when: accepted,
        reason: medicalOneAtATime,
        basis: basis('medicalDisputes', '31'),
      },
      { procedure: 'administrative-mediation', when: accepted, reason: medicalOneAtATime },
    ],
    duties: [
      {
        code: 'MD-10',
        text: {
          zh: '告知双方：调解、行政调解、诉讼不得同时进行',
          en: 'tell both: mediation, administrative mediation and suit do not run at once',
        },
      },
    ],
    basis: basis('medicalDisputes', '40'),
  },
  {
    row: '56',
    text: {
      zh: '人民调解受理后，行政调解不予受理',
      en: "people's mediation accepted: no administrative mediation",
    },
    types: ['medical'],
    from: ['mediation'],
    outcome: ['registered'],
    forbid: [{ procedure: 'administrative-mediation', reason: medicalOneAtATime }],
    basis: basis('medicalDisputes', '40'),
  },
  {
    row: '56',
    text: {
      zh: '行政调解受理后，人民调解不予受理',
      en: "administrative mediation accepted: no people's mediation",
    },
    types: ['medical'],
    from: ['administrative-mediation'],
    outcome: ['registered'],
    forbid: [{ procedure: 'mediation', reason: medicalOneAtATime }],
    basis: basis('medicalDisputes', '31'),
  },
  {
    row: '56',
    text: { zh: '起诉后，两种调解均不受理或者终止', en: 'a suit is accepted: neither mediation' },
    types: ['medical'],
    from: ['civil-litigation'],
    outcome: ['registered'],
    when: accepted,
    forbid: [
      { procedure: 'mediation', reason: medicalOneAtATime, basis: basis('medicalDisputes', '31') },
      { procedure: 'administrative-mediation', reason: medicalOneAtATime },
    ],
    basis: basis('medicalDisputes', '40'),
  },
  {
    row: '57',
    text: {
      zh: '人民调解不成或者期限届满：行政调解或者起诉',
      en: "people's mediation fails or expires: administrative mediation, or suit",
    },
    types: ['medical'],
    from: ['mediation'],
    outcome: failed,
    permit: [
      { procedure: 'negotiation' },
      { ...medicalAdministrative, when: notAccepted },
      { ...suit, basis: basis('medicalDisputes', '43') },
    ],
    basis: basis('medicalDisputes', '38'),
  },
  {
    row: '57',
    text: {
      zh: '行政调解不成或者期限届满：人民调解或者起诉',
      en: "administrative mediation fails or expires: people's mediation, or suit",
    },
    types: ['medical'],
    from: ['administrative-mediation'],
    outcome: failed,
    permit: [
      { procedure: 'negotiation' },
      { ...medicalMediation, when: notAccepted },
      { ...suit, basis: basis('medicalDisputes', '43') },
    ],
    basis: basis('medicalDisputes', '40'),
  },
  {
    row: '58',
    text: {
      zh: '道路交通事故：人民调解、共同申请交警调解、起诉',
      en: 'traffic accident: mediation, joint request to the traffic police, suit',
    },
    types: ['traffic'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'mediation', basis: basis('trafficAccidentRules', '85') },
      {
        procedure: 'administrative-mediation',
        when: notAccepted,
        jointly: true,
        deadline: 'TR-01',
        basis: basis('trafficAccidentRules', '86'),
      },
      { ...suit, basis: basis('roadTraffic', '74') },
    ],
    forbid: [
      {
        procedure: 'administrative-mediation',
        when: accepted,
        reason: {
          zh: '当事人已经向人民法院起诉的，交通管理部门不再调解',
          en: 'after a suit the traffic police no longer mediate',
        },
        basis: basis('trafficAccidentRules', '94'),
      },
    ],
    basis: basis('trafficAccidentRules', '84'),
  },
  {
    row: '58',
    text: { zh: '起诉后交通管理部门终止调解', en: 'a suit ends mediation by the traffic police' },
    types: ['traffic'],
    from: ['civil-litigation'],
    outcome: ['registered'],
    forbid: [
      {
        procedure: 'administrative-mediation',
        reason: {
          zh: '当事人已经向人民法院起诉的，交通管理部门终止调解',
          en: 'after a suit the traffic police no longer mediate',
        },
      },
    ],
    basis: basis('trafficAccidentRules', '94'),
  },
  {
    row: '59',
    text: {
      zh: '学生伤害事故：协商、教育部门调解、人民调解、起诉',
      en: 'school injury: negotiation, mediation by the education authority, mediation, suit',
    },
    types: ['school-injury'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'negotiation' },
      {
        procedure: 'administrative-mediation',
        jointly: true,
        deadline: 'SC-01',
        note: { zh: '双方书面请求主管教育行政部门调解', en: 'both ask the education authority in writing' },
      },
      { procedure: 'mediation', basis: basis('peopleMediation', '17', 'PM-03') },
      { ...suit, basis: basis('schoolInjury', '20') },
    ],
    basis: basis('schoolInjury', '18'),
  },
  {
    row: '60',
    text: {
      zh: '消费纠纷：协商、消协调解、12315 行政调解、依协议仲裁、起诉',
      en: 'consumer: negotiation, mediation by the consumers’ association, 12315, arbitration by agreement, suit',
    },
    types: ['consumer'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'negotiation' },
      {
        procedure: 'mediation',
        note: { zh: '消费者协会等调解组织', en: 'consumers’ association or another body' },
      },
      {
        procedure: 'administrative-mediation',
        deadline: 'CO-02.mediation',
        basis: basis('complaints', '21'),
        note: { zh: '通过 12315 投诉', en: 'by a complaint to 12315' },
      },
      {
        procedure: 'commercial-arbitration',
        when: { fact: 'arbitrationClause', is: 'valid' },
        note: { zh: '依仲裁协议', en: 'by arbitration agreement' },
      },
      suit,
    ],
    forbid: [noCommercialMediation],
    basis: basis('consumer', '39'),
  },
  {
    row: '61',
    text: {
      zh: '物业费、物业服务：调解、起诉（多为小额诉讼）、有仲裁协议的仲裁；不得断水断电催交',
      en: 'property fee or service: mediation, suit (mostly small claims), arbitration if there is a clause; no cut-off',
    },
    types: ['property-service'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'mediation' },
      {
        ...suit,
        note: {
          zh: '物业费应当先经合理期限催告；多适用小额诉讼',
          en: 'fees: after a demand with a reasonable period; mostly small claims',
        },
      },
      { procedure: 'commercial-arbitration', when: { fact: 'arbitrationClause', is: 'valid' } },
    ],
    duties: [
      {
        code: 'PR-01',
        text: {
          zh: '告知物业服务人：不得以停止供电、供水、供热、供燃气等方式催交物业费',
          en: 'tell the property manager: no cutting of power, water, heat or gas to collect fees',
        },
      },
    ],
    basis: basis('civilCode', '944', 'PR-01'),
  },
  {
    row: '62',
    text: {
      zh: '相邻、噪声纠纷：调解、向主管部门投诉、报警、起诉',
      en: 'neighbours, noise: mediation, complaint to the department, police, suit',
    },
    types: ['neighbour', 'noise'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [
      { procedure: 'mediation' },
      { procedure: 'department-complaint', by: 'claimant', parallel: true },
      { procedure: 'police-report', by: 'claimant', parallel: true, basis: basis('ecologicalCode', '1192') },
      suit,
    ],
    basis: basis('ecologicalCode', '599'),
  },
  {
    row: '62',
    text: { zh: '主管部门处理后：起诉、报警', en: 'after the department: suit, police' },
    types: ['neighbour', 'noise'],
    from: ['department-complaint'],
    outcome: ['decision', 'inaction', 'no-agreement', 'refused', 'expired', 'not-accepted'],
    permit: [
      { procedure: 'police-report', by: 'claimant', parallel: true, basis: basis('ecologicalCode', '1192') },
      suit,
    ],
    basis: basis('ecologicalCode', '599'),
  },
  {
    row: '63',
    text: {
      zh: '离婚：调解（不确认身份）、双方到民政登记、起诉（法院应当调解）',
      en: 'divorce: mediation (not on status), registration by both, suit (the court must mediate)',
    },
    types: ['family'],
    from: ['intake'],
    outcome: ['registered'],
    when: { fact: 'identityRelation', is: true },
    permit: [
      {
        procedure: 'mediation',
        note: { zh: '调解协议不能解除身份关系', en: 'an agreement cannot dissolve the status' },
      },
      { procedure: 'civil-registration', jointly: true, basis: basis('civilCode', '1076') },
      {
        ...suit,
        when: undefined,
        basis: basis('civilCode', '1079'),
        note: { zh: '法院审理离婚案件应当进行调解', en: 'the court must mediate a divorce' },
      },
    ],
    forbid: [
      {
        procedure: 'judicial-confirmation',
        reason: {
          zh: '身份关系不得司法确认',
          en: 'a personal status cannot be confirmed by the court',
        },
        basis: basis('civilProcedureInterpretation', '355', 'JC-06'),
      },
    ],
    basis: basis('civilCode', '1079'),
  },
  {
    row: '63',
    text: { zh: '达成离婚协议：民政登记', en: 'agreement to divorce: registration' },
    types: ['family'],
    from: ['mediation', 'negotiation'],
    outcome: ['agreement'],
    when: { fact: 'identityRelation', is: true },
    permit: [{ procedure: 'civil-registration', jointly: true }],
    basis: basis('civilCode', '1076'),
  },
  { ...divorceAgain, from: ['civil-litigation'], outcome: ['withdrawn', 'deemed-withdrawn', 'effective', 'mediated'] },
  { ...divorceAgain, from: ['civil-appeal'], outcome: ['judgment'] },
];
