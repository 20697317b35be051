import type { Role } from '../../src/domain/dispute/context.js';
import type { Field } from '../../src/domain/dispute/fields.js';
import type { ProcedureDefinition, StepDefinition } from '../../src/domain/procedures/definition.js';
import type { ProcedureOutcome } from '../../src/domain/dispute/state.js';
import { outcomes, routeBys, type LocalText, type Outcome, type RouteBy } from '../../src/domain/routes/codes.js';
import type { Approver, Holder, LegalSource, Rule, RuleKind, Unit } from '../../src/domain/rules/rule.js';

/** The languages of the generated pages: that of the users, and that of the code. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Picks a text's language. */
export const say = (text: LocalText, language: Language): string => text[language];

export const roleNames: Record<Role, LocalText> = {
  intake: { zh: '登记窗口', en: 'intake desk' },
  mediator: { zh: '调解员', en: 'mediator' },
  adviser: { zh: '三师', en: 'adviser' },
  arbitrator: { zh: '仲裁员', en: 'arbitrator' },
  'case-officer': { zh: '承办人', en: 'case officer' },
  'court-clerk': { zh: '书记员', en: 'court clerk' },
  judge: { zh: '法官', en: 'judge' },
  party: { zh: '当事人', en: 'party' },
  supervisor: { zh: '督导员', en: 'supervisor' },
  administrator: { zh: '管理员', en: 'administrator' },
  auditor: { zh: '审计员', en: 'auditor' },
  system: { zh: '系统', en: 'the engine' },
};

export const waitedFor: Record<StepDefinition['waitsFor']['who'], LocalText> = {
  body: { zh: '承办机构', en: 'the body in charge' },
  parties: { zh: '当事人', en: 'the parties' },
  advisers: { zh: '三师', en: 'the advisers' },
  receiver: { zh: '接收机构', en: 'the receiver' },
  nobody: { zh: '无须任何人行动', en: 'nobody' },
};

export const natures: Record<ProcedureDefinition['nature'], LocalText> = {
  consensual: { zh: '自愿（从不妨碍裁判途径）', en: 'consensual (never bars the way to a decision)' },
  adjudicative: { zh: '裁判（互相排斥）', en: 'adjudicative (two of them exclude each other)' },
  confirming: { zh: '确认', en: 'confirming' },
  reviewing: { zh: '审查裁决（不妨碍起诉）', en: 'reviewing (judges an award; bars no suit)' },
  enforcing: { zh: '执行（不妨碍起诉）', en: 'enforcing (bars no suit)' },
  inspecting: { zh: '监察（可并行）', en: 'inspecting (may run beside others)' },
  closing: { zh: '收尾', en: 'closing' },
};

const units: Record<Unit, LocalText> = {
  D: { zh: '日', en: 'days' },
  WD: { zh: '个工作日', en: 'working days' },
  M: { zh: '个月', en: 'months' },
  Y: { zh: '年', en: 'years' },
  H: { zh: '小时', en: 'hours' },
  S: { zh: '秒', en: 'seconds' },
};

export const kinds: Record<RuleKind, LocalText> = {
  'party-right': { zh: '当事人权利', en: 'a party’s right' },
  institution: { zh: '机构办理', en: 'a body must act' },
  internal: { zh: '内部时限', en: 'our own target' },
};

const holders: Record<Holder, LocalText> = {
  ...routeBys,
  body: { zh: '承办机构', en: 'the body' },
  party: { zh: '该当事人', en: 'that party' },
  'each-party': { zh: '各方当事人（各自起算）', en: 'each party, from its own date' },
  joint: { zh: '双方共同', en: 'both parties together' },
};

export const approvers: Record<Approver, LocalText> = {
  'both-parties': { zh: '双方当事人同意', en: 'both parties' },
  director: { zh: '仲裁委员会主任', en: 'the director of the commission' },
  president: { zh: '院长', en: 'the president of the court' },
  'superior-court': { zh: '上级法院', en: 'the superior court' },
  head: { zh: '负责人', en: 'the head of the body' },
  'body-and-both-parties': { zh: '机构与双方当事人', en: 'the body and both parties' },
  body: { zh: '承办机构', en: 'the body' },
};

export const fieldTypes: Record<Field['type'], LocalText> = {
  date: { zh: '日期', en: 'date' },
  instant: { zh: '时刻', en: 'instant' },
  text: { zh: '文本', en: 'text' },
  texts: { zh: '文本表', en: 'texts by key' },
  code: { zh: '代码', en: 'code' },
  word: { zh: '编号', en: 'reference' },
  flag: { zh: '是/否', en: 'yes/no' },
  scalar: { zh: '值', en: 'value' },
  integer: { zh: '整数', en: 'whole number' },
  money: { zh: '金额', en: 'money' },
  party: { zh: '当事人编号', en: 'party ref' },
  document: { zh: '文书编号', en: 'document id' },
  body: { zh: '机构', en: 'body' },
  person: { zh: '人员', en: 'person' },
  list: { zh: '列表', en: 'list' },
  object: { zh: '对象', en: 'object' },
};

export const holderName = (holder: Holder, language: Language): string => say(holders[holder], language);

export const byName = (by: RouteBy, language: Language): string => say(routeBys[by], language);

/** `45 日`, `5 working days`, `1 month`. */
export const period = ({ amount, unit }: { amount: number; unit: Unit }, language: Language): string => {
  const name = say(units[unit], language);
  if (language === 'zh') return `${amount}${name}`;
  return `${amount} ${amount === 1 ? name.replace(/s$/, '') : name}`;
};

/** A rule's whole length, its direction and the other reading of its unit included. */
export const length = (rule: Rule, language: Language): string => {
  const { unit, alternativeUnit, direction } = rule;
  const own = period(rule, language);
  const before = direction === 'backward' ? (language === 'zh' ? `至少提前${own}` : `at least ${own} before`) : own;
  if (alternativeUnit === undefined || alternativeUnit === unit) return before;
  const other = period({ amount: rule.amount, unit: alternativeUnit }, language);
  return language === 'zh' ? `${before}（另一读法：${other}）` : `${before} (other reading: ${other})`;
};

/** `《劳动争议调解仲裁法》第43条`, `劳动争议调解仲裁法 art. 43`: laws keep their own names in both languages. */
export const cite = ({ law, article }: LegalSource, language: Language): string => {
  const numbered = /^\d/.test(article);
  const named = law.includes('《') || law.includes('〔') ? law : `《${law}》`;
  if (language === 'zh') return numbered ? `${named}第${article}条` : `${named}${article}`;
  return numbered ? `${law}, art. ${article}` : `${law}, ${article}`;
};

/** Unverified law must be seen: it carries a sign and a word, verified law a word. */
export const badge = (confidence: 'verified' | 'unverified', language: Language): string =>
  confidence === 'verified'
    ? say({ zh: '已核实', en: 'verified' }, language)
    : say({ zh: '⚠ **未核实**', en: '⚠ **unverified**' }, language);

/** Ends after which the decision table has nothing more to say. */
const finalOutcomes: Record<Exclude<ProcedureOutcome, Outcome>, LocalText> = {
  settled: { zh: '和解', en: 'settled' },
  performed: { zh: '已履行', en: 'performed' },
  terminated: { zh: '终结', en: 'terminated' },
  remanded: { zh: '发回重审', en: 'remanded' },
};

const outcomeNames: Record<ProcedureOutcome, LocalText> = { ...outcomes, ...finalOutcomes };

export const outcomeName = (outcome: ProcedureOutcome, language: Language): string =>
  say(outcomeNames[outcome], language);

/** Names in a row: `、` in Chinese. */
export const listed = (names: readonly string[], language: Language): string =>
  [...new Set(names)].join(language === 'zh' ? '、' : ', ');
