import type { CivilDate } from '../calendar/civil-date.js';

/** Every way in which the domain says no. The closed set of the API's problem codes contains these. */
export type RefusalCode = keyof typeof refusals;

/**
 * `conflict`: law or lifecycle forbids it now, for anybody (409). `forbidden`: another role could (403).
 * `impossible`: well-formed, but it cannot be (422).
 */
export const refusals = {
  'dispute-closed': { as: 'conflict', zh: '案件已结案', en: 'The dispute is closed' },
  'dispute-open': { as: 'conflict', zh: '案件尚未结案', en: 'The dispute is open' },
  'procedure-closed': { as: 'conflict', zh: '该程序已终结', en: 'The procedure is closed' },
  'action-not-available': {
    as: 'conflict',
    zh: '当前阶段不能进行该操作',
    en: 'The action is not available at this step',
  },
  'route-forbidden': {
    as: 'conflict',
    zh: '法律不允许现在进入该程序',
    en: 'The law does not allow this procedure now',
  },
  'procedure-exclusive': {
    as: 'conflict',
    zh: '与进行中的程序互斥',
    en: 'Another open procedure excludes this one',
  },
  'party-refuses': { as: 'conflict', zh: '一方明确拒绝调解', en: 'A party clearly refuses mediation' },
  'consent-missing': { as: 'conflict', zh: '尚缺当事人同意', en: 'The consent of a party is missing' },
  'already-done': { as: 'conflict', zh: '该事项已记录', en: 'This has already been done' },
  'notice-too-late': {
    as: 'conflict',
    zh: '通知未在法定期限前送达',
    en: 'The notice does not keep the statutory period before the date',
  },
  'deadline-passed': { as: 'conflict', zh: '期限已经届满', en: 'The period has elapsed' },
  'deadline-not-running': { as: 'conflict', zh: '没有可处理的期限', en: 'No such deadline is running' },
  'extension-exhausted': { as: 'conflict', zh: '延长已达上限', en: 'No further extension is allowed' },
  'extension-not-allowed': {
    as: 'conflict',
    zh: '该期限依法不得延长',
    en: 'This period may not be extended',
  },
  'suspension-not-allowed': {
    as: 'conflict',
    zh: '该期限依法不得中止',
    en: 'This period may not be suspended',
  },
  'not-suspended': { as: 'conflict', zh: '期限未中止', en: 'Nothing is suspended' },
  'wrong-body': { as: 'conflict', zh: '应向另一机构提出', en: 'Another body is competent' },
  'conflict-of-interest': {
    as: 'conflict',
    zh: '存在回避事由',
    en: 'A conflict of interest stands in the way',
  },
  'nothing-owed': { as: 'conflict', zh: '没有待履行的告知义务', en: 'Nothing of the kind is owed' },
  'handoff-ended': { as: 'conflict', zh: '移送已终结', en: 'The handoff has ended' },
  'handoff-not-returned': { as: 'conflict', zh: '移送未被退回', en: 'The handoff was not returned' },
  'handoff-pending': { as: 'conflict', zh: '同一移送正在办理', en: 'The same handoff is under way' },
  'not-in-backfill': { as: 'conflict', zh: '案件不处于补录状态', en: 'The dispute is not being backfilled' },
  'procedures-open': { as: 'conflict', zh: '仍有程序未终结', en: 'Procedures are still open' },
  'superseded-by-later-facts': {
    as: 'conflict',
    zh: '与其后已记录的事实不能并存',
    en: 'Later recorded facts do not stand with this one',
  },
  irreversible: {
    as: 'conflict',
    zh: '已有不可逆的行为以此为据',
    en: 'Something irreversible already rests on it',
  },
  'subject-erased': {
    as: 'conflict',
    zh: '该当事人的个人信息已依法删除',
    en: 'The personal data of this party were erased',
  },
  'document-required': { as: 'conflict', zh: '补记的事实需附文书', en: 'A late fact needs a document' },
  'not-your-role': { as: 'forbidden', zh: '您的角色无权进行该操作', en: 'Your role may not do this' },
  'not-your-organisation': {
    as: 'forbidden',
    zh: '应由承办机构操作',
    en: 'Another organisation must do this',
  },
  'not-your-region': { as: 'forbidden', zh: '不在您的辖区', en: 'Outside your region' },
  'date-in-future': { as: 'impossible', zh: '日期不能晚于今天', en: 'The date lies in the future' },
  'date-required': {
    as: 'impossible',
    zh: '补录时须写明事实发生的日期',
    en: 'While a past matter is being recorded, each fact needs its date',
  },
  'date-contradiction': {
    as: 'impossible',
    zh: '发生时间与法定日期矛盾',
    en: 'occurredAt contradicts the legal date',
  },
  'date-before-dispute': {
    as: 'impossible',
    zh: '日期早于受理登记',
    en: 'The date lies before the registration',
  },
  'date-order': { as: 'impossible', zh: '日期先后矛盾', en: 'The dates contradict each other' },
  'unknown-party': { as: 'impossible', zh: '案件中没有该当事人', en: 'There is no such party' },
  'unknown-document': { as: 'impossible', zh: '案件中没有该文书', en: 'There is no such document' },
  'unknown-procedure': { as: 'impossible', zh: '案件中没有该程序', en: 'There is no such procedure' },
  'unknown-fact': { as: 'impossible', zh: '没有该事实', en: 'There is no such fact' },
  'unknown-person': {
    as: 'impossible',
    zh: '程序中没有该人员',
    en: 'There is no such person in the procedure',
  },
  'procedure-ambiguous': { as: 'impossible', zh: '须指明程序', en: 'Say which procedure is meant' },
  'capacity-unclear': {
    as: 'impossible',
    zh: '须写明劳动者与用人单位',
    en: 'Say who is worker and who is employer',
  },
  'parties-incomplete': {
    as: 'impossible',
    zh: '须有申请人和被申请人',
    en: 'A claimant and a respondent are needed',
  },
  'duplicate-party': { as: 'impossible', zh: '当事人编号重复', en: 'Two parties have the same ref' },
  'fact-invalid': { as: 'impossible', zh: '事实的值不符合要求', en: 'The fact has no such value' },
  'track-unknown': { as: 'impossible', zh: '该程序没有此类别', en: 'The procedure has no such track' },
  'amount-mismatch': { as: 'impossible', zh: '金额不一致', en: 'The amounts do not add up' },
} as const;

/** The law that a refusal, an action or a deadline rests on. */
export interface Basis {
  law: string;
  article: string;
  rule?: string;
}

/** What the actor could do instead. */
export interface Alternative {
  action: string;
  procedure?: string;
  note?: { zh: string; en: string };
}

/** A refusal is a value: no exception, no free text of the caller. `detail` is built from codes and dates only. */
export interface Refusal {
  code: RefusalCode;
  detail?: { zh: string; en: string };
  basis?: Basis;
  alternatives?: Alternative[];
  /** The body's field the refusal is about, as a JSON pointer. */
  pointer?: string;
  on?: CivilDate;
}

export const refuse = (code: RefusalCode, more: Omit<Refusal, 'code'> = {}): Refusal => ({ code, ...more });
