import { notices } from '../../../domain/procedures/definition.js';
import { disputeTypes, mediationTracks, routeBys } from '../../../domain/routes/codes.js';
import { disputeWords } from '../../package-words.js';

/** Codes in the words of a Chinese reader; what has no word stands as its code. */

type Named = Readonly<Record<string, string | { readonly zh: string }>>;

const roles: Named = {
  intake: '登记窗口',
  mediator: '调解员',
  adviser: '三师',
  arbitrator: '仲裁员',
  'case-officer': '承办人',
  'court-clerk': '书记员',
  judge: '法官',
  party: '当事人',
  supervisor: '督导员',
  administrator: '管理员',
  auditor: '审计员',
  system: '系统',
};

const units: Named = { D: '日', WD: '个工作日', M: '个月', Y: '年', H: '小时', S: '秒' };

const deadlineStatus: Named = {
  running: '进行中',
  suspended: '中止',
  met: '已在期限内完成',
  elapsed: '已届满',
  void: '不再适用',
};

const handoffStatus: Named = {
  requested: '已提出',
  delivered: '已送达',
  escalated: '已上报',
  accepted: '已签收',
  returned: '已退回',
  cancelled: '已取消',
};

const confidences: Named = { verified: '已核实', unverified: '未核实' };

/** Values of the fields of actions, as far as they are words and not numbers. */
const values: Named = {
  ...mediationTracks,
  ...disputeTypes,
  ...notices,
  ...routeBys,
  given: '同意',
  refused: '不同意',
  accepts: '接受',
  declines: '不接受',
  accepted: '接受',
  person: '自然人',
  organisation: '组织',
  applicant: '申请人',
  authority: '行政机关',
  counter: '窗口',
  grid: '网格',
  petition: '信访',
  court: '法院',
  online: '网上',
  import: '导入',
  wages: '劳动报酬',
  payment: '给付',
  overtime: '加班费',
  other: '其他',
  agreement: '达成协议',
  'no-agreement': '未达成协议',
  adjourned: '延期',
  parties: '当事人',
  claims: '请求事项',
  award: '裁决',
  procedures: '程序经过',
  documents: '文书与证据',
  'undisputed-facts': '无争议事实',
  'delivery-addresses': '送达地址确认',
  'failure-record': '调解终结记录',
  'application-copy': '申请书副本',
  answer: '答辩',
  'tribunal-notice': '组庭通知',
  'consent-award': '仲裁调解书',
  complaint: '起诉状',
  judgment: '判决书',
  ruling: '裁定书',
  decision: '决定书',
  order: '令状',
  notice: '通知书',
  opinion: '意见书',
  recommendation: '建议书',
  final: '终局',
  'non-final': '非终局',
  mixed: '部分终局',
  ordinary: '普通程序',
  summary: '简易程序',
  simple: '简易程序',
  'small-claims': '小额诉讼程序',
  'party-demands': '当事人要求终止',
  'wide-differences': '分歧较大',
  'party-absent': '当事人缺席',
  'party-withdraws': '当事人撤回',
  'cannot-contact': '无法联系',
  'refuses-to-sign': '拒绝签署',
  'out-of-scope': '不属于受理范围',
  'no-jurisdiction': '无管辖权',
  late: '超过期限',
  settled: '和解',
  performed: '已履行',
  withdrawn: '撤回',
  decided: '已裁判',
  referred: '已移交',
  'no-further-route': '已无其他途径',
  confirmed: '确认有效',
  dismissed: '驳回',
  granted: '准许',
  rejected: '不准许',
  upheld: '维持',
  changed: '变更',
  revoked: '撤销',
  annulled: '撤销',
  'both-parties': '双方当事人',
  director: '主任',
  president: '院长',
  'superior-court': '上级法院',
  head: '负责人',
  coordinator: '协调员',
  'legal-aid-lawyer': '法律援助律师',
  'health-engineer': '职业健康工程师',
  'presiding-mediator': '首席调解员',
  satisfied: '满意',
  neutral: '一般',
  dissatisfied: '不满意',
  'purpose-fulfilled': '处理目的已实现',
  'retention-ended': '保存期限已届满',
  'consent-withdrawn': '撤回同意',
  'unlawful-processing': '违法处理',
  ordered: '依法或依令删除',
  'procedure-closed': '程序终结',
  'late-fact': '补录事实',
  file: '存档',
  interrupted: '时效中断',
  'dispute-closed': '案件结案',
  'handoff-returned': '移送已退回',
  'decided-late': '逾期作出',
  'papers-corrected': '补正',
  resumed: '恢复',
  restarted: '重新起算',
  prolonged: '延长',
  returned: '退回',
  handled: '已处理',
  answered: '已答复',
  'other-way-chosen': '已选择其他途径',
  'mediation-failed': '调解未成',
  'counted-from-failure': '自调解未成起算',
};

/** Kinds of documents, as far as they are named alike everywhere. */
const documents: Named = {
  contract: '合同',
  evidence: '证据',
  iou: '欠条',
  application: '申请书',
  award: '裁决书',
  judgment: '判决书',
  ruling: '裁定书',
  agreement: '调解协议书',
  decision: '决定书',
  'consent-award': '调解书',
  'failure-record': '调解终结记录',
  'address-confirmation': '送达地址确认书',
  'undisputed-facts': '无争议事实记录',
  'mediation-minutes': '调解笔录',
  'compromise-admission': '为达成协议所作让步',
  internal: '内部材料',
  report: '报告',
  recording: '录音录像',
};

const said = (words: Named, code: unknown): string => {
  const found = typeof code === 'string' && Object.hasOwn(words, code) ? words[code] : undefined;
  return typeof found === 'string' ? found : (found?.zh ?? String(code ?? ''));
};

export const courseWords = {
  ...disputeWords,
  role: (code: unknown): string => said(roles, code),
  type: (code: unknown): string => said(disputeTypes, code),
  /** The value of a field of an action. */
  value: (code: unknown): string => said(values, code),
  document: (kind: unknown): string => said(documents, kind),
  deadlineStatus: (code: unknown): string => said(deadlineStatus, code),
  handoffStatus: (code: unknown): string => said(handoffStatus, code),
  confidence: (code: unknown): string => said(confidences, code),
  /** `15日`, `1年`. */
  length: ({ amount, unit }: { amount: number; unit: string }): string => `${amount}${said(units, unit)}`,
  /** `《劳动争议调解仲裁法》第43条` */
  law: ({ law, article }: { law: string; article: string }): string => {
    const named = law.includes('《') || law.includes('〔') ? law : `《${law}》`;
    return `${named}${/^\d/.test(article) ? `第${article}条` : article}`;
  },
};
