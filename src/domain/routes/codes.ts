/**
 * The closed sets of codes that the whole domain shares: dispute types, procedures, outcomes and
 * who may take a route. Each has its Chinese and English name. A new code is one line here.
 */

/** A text in the users' language and in the code's. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

/** The dispute types of the glossary. */
export const disputeTypes = {
  labour: { zh: '劳动争议', en: 'labour dispute' },
  'social-insurance': {
    zh: '社会保险待遇与工伤认定争议',
    en: 'social-insurance benefit or injury-recognition dispute',
  },
  neighbour: { zh: '邻里（相邻关系）纠纷', en: 'neighbour dispute' },
  'property-service': { zh: '物业服务纠纷', en: 'property-service dispute' },
  'school-injury': { zh: '学生伤害纠纷', en: 'school injury' },
  medical: { zh: '医疗纠纷', en: 'medical dispute' },
  traffic: { zh: '道路交通事故纠纷', en: 'traffic accident dispute' },
  consumer: { zh: '消费纠纷', en: 'consumer dispute' },
  family: { zh: '婚姻家庭纠纷', en: 'family dispute' },
  'land-title': { zh: '土地、林地权属争议', en: 'land or forest title dispute' },
  'land-tort': { zh: '土地侵权纠纷', en: 'land tort' },
  'rural-land': { zh: '农村土地承包经营纠纷', en: 'rural land contract dispute' },
  commercial: { zh: '商事纠纷', en: 'commercial dispute' },
  contract: { zh: '合同纠纷', en: 'contract dispute' },
  patent: { zh: '专利侵权纠纷', en: 'patent infringement dispute' },
  procurement: { zh: '政府采购争议', en: 'government procurement dispute' },
  'public-order': { zh: '治安纠纷', en: 'public-order matter between private persons' },
  'administrative-act': { zh: '行政争议', en: 'dispute over an administrative act' },
  petition: { zh: '信访事项', en: 'petition' },
  noise: { zh: '噪声纠纷', en: 'noise dispute' },
  debt: { zh: '债务纠纷', en: 'debt dispute' },
  'other-civil': { zh: '其他民事纠纷', en: 'other civil dispute' },
} as const satisfies Record<string, LocalText>;

/** What a dispute is about. */
export type DisputeType = keyof typeof disputeTypes;

/** The procedures of the glossary; in brackets the code of the decision table. */
export const procedureNames = {
  negotiation: { zh: '和解', en: 'negotiation' },
  mediation: { zh: '调解', en: 'mediation' },
  'administrative-mediation': { zh: '行政调解', en: 'administrative mediation' },
  'commercial-mediation': { zh: '商事调解', en: 'commercial mediation' },
  'pre-filing-mediation': { zh: '委派（诉前）调解', en: 'pre-filing mediation' },
  'in-trial-mediation': { zh: '委托（诉中）调解', en: 'in-trial mediation' },
  'judicial-confirmation': { zh: '司法确认', en: 'judicial confirmation' },
  'arbitral-confirmation': { zh: '仲裁审查', en: 'arbitral confirmation' },
  'payment-order': { zh: '支付令', en: 'payment order' },
  notarisation: { zh: '公证赋强', en: 'notarisation with enforceability' },
  'labour-arbitration': { zh: '劳动仲裁', en: 'labour arbitration' },
  'commercial-arbitration': { zh: '商事仲裁', en: 'commercial arbitration' },
  'rural-land-arbitration': { zh: '农村土地承包仲裁', en: 'rural land arbitration' },
  adjudication: { zh: '行政裁决（确权）', en: 'administrative adjudication' },
  'administrative-review': { zh: '行政复议', en: 'administrative review' },
  'civil-litigation': { zh: '民事一审', en: 'civil litigation' },
  'civil-appeal': { zh: '民事二审', en: 'civil appeal' },
  'administrative-litigation': { zh: '行政诉讼一审', en: 'administrative litigation' },
  'administrative-appeal': { zh: '行政诉讼二审', en: 'administrative appeal' },
  'set-aside': { zh: '申请撤销仲裁裁决', en: 'setting aside of an award' },
  retrial: { zh: '再审', en: 'retrial' },
  enforcement: { zh: '执行', en: 'enforcement' },
  petition: { zh: '信访', en: 'petition' },
  'labour-inspection': { zh: '劳动保障监察', en: 'labour inspection' },
  'procurement-challenge': { zh: '政府采购质疑', en: 'procurement challenge' },
  'procurement-complaint': { zh: '政府采购投诉', en: 'procurement complaint' },
  'department-complaint': { zh: '向主管部门投诉', en: 'complaint to the department in charge' },
  'protection-order': { zh: '人身安全保护令', en: 'protection order' },
  'civil-registration': { zh: '民政登记', en: 'civil registration' },
  'police-report': { zh: '公安处理', en: 'police' },
  'follow-up': { zh: '履行回访', en: 'follow-up' },
} as const satisfies Record<string, LocalText>;

/** One stage of a dispute under one body of law. */
export type ProcedureCode = keyof typeof procedureNames;

/** How a stage can end, or what happened in it, as far as the routes care. */
export const outcomes = {
  registered: { zh: '已登记', en: 'registered' },
  agreement: { zh: '达成协议', en: 'agreement' },
  'agreement-performed': { zh: '达成协议并已履行', en: 'agreement, performed' },
  'no-agreement': { zh: '未达成协议', en: 'no agreement' },
  refused: { zh: '当事人拒绝', en: 'refused' },
  expired: { zh: '期限届满', en: 'expired' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  'deemed-withdrawn': { zh: '视为撤回', en: 'deemed withdrawn' },
  'not-accepted': { zh: '不予受理', en: 'not accepted' },
  'no-decision-in-time': { zh: '逾期未作决定', en: 'no decision in time' },
  'final-award': { zh: '终局裁决', en: 'final award' },
  'non-final-award': { zh: '非终局裁决', en: 'non-final award' },
  award: { zh: '裁决', en: 'award' },
  'award-overdue': { zh: '逾期未裁决', en: 'award overdue' },
  mediated: { zh: '制作调解书', en: 'mediated (consent document)' },
  confirmed: { zh: '确认有效', en: 'confirmed' },
  'not-confirmed': { zh: '未予确认', en: 'not confirmed' },
  breach: { zh: '未履行', en: 'breach' },
  objection: { zh: '异议成立', en: 'objection' },
  annulled: { zh: '被撤销', en: 'annulled' },
  dismissed: { zh: '被驳回', en: 'dismissed' },
  judgment: { zh: '判决', en: 'judgment' },
  ruling: { zh: '裁定', en: 'ruling' },
  decision: { zh: '决定', en: 'decision' },
  inaction: { zh: '不作为', en: 'inaction' },
  effective: { zh: '生效', en: 'effective' },
  classified: { zh: '已分类', en: 'classified' },
  'suspected-crime': { zh: '涉嫌违法犯罪', en: 'suspected crime' },
  'suspected-false-mediation': { zh: '涉嫌虚假调解', en: 'suspected false mediation' },
} as const satisfies Record<string, LocalText>;

export type Outcome = keyof typeof outcomes;

/** Who may take a route. `worker` and `employer` only in labour disputes; `either` is each of the two sides. */
export const routeBys = {
  claimant: { zh: '申请人', en: 'the claimant' },
  respondent: { zh: '被申请人', en: 'the respondent' },
  'third-party': { zh: '第三人', en: 'a third party' },
  worker: { zh: '劳动者', en: 'the worker' },
  employer: { zh: '用人单位', en: 'the employer' },
  either: { zh: '任何一方', en: 'either party' },
  body: { zh: '机构', en: 'the body' },
} as const satisfies Record<string, LocalText>;

export type RouteBy = keyof typeof routeBys;

/** The tracks of `mediation`. */
export const mediationTracks = {
  people: { zh: '人民调解', en: "people's mediation" },
  labour: { zh: '劳动争议调解', en: 'labour mediation' },
  industry: { zh: '行业性、专业性调解', en: 'industry mediation' },
} as const satisfies Record<string, LocalText>;

export type MediationTrack = keyof typeof mediationTracks;

const keysOf = <T extends object>(names: T) => Object.keys(names) as [keyof T & string, ...(keyof T & string)[]];

export const disputeTypeCodes = keysOf(disputeTypes);
export const procedureCodes = keysOf(procedureNames);
export const outcomeCodes = keysOf(outcomes);
export const routeByCodes = keysOf(routeBys);
export const mediationTrackCodes = keysOf(mediationTracks);
