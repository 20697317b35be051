import { isCivilDate } from '../calendar/civil-date.js';
import type { RouteFacts } from '../routes/types.js';
import { flag, integer, oneOf, optional, type Field } from './fields.js';

const aDate = { type: 'date', title: { zh: '日期', en: 'date' } } as const;

/** The typed facts of a dispute that the routes ask for, each with its own schema. */
export const disputeFacts = {
  arbitrationClause: optional(oneOf(['none', 'valid', 'void'], { zh: '仲裁条款', en: 'arbitration clause' })),
  wageIou: optional(flag('有工资欠条且无其他争议', 'a written wage IOU and no other claim')),
  smallClaims: optional(flag('适用小额诉讼', 'small claims')),
  identityRelation: optional(flag('涉及身份关系', 'about a personal status')),
  reviewFirst: optional(flag('复议前置', 'review must come first')),
  rightAlreadyObtained: optional(flag('已依法取得的自然资源权利', 'a right already lawfully obtained')),
  collective: optional(integer(0, 100_000, { zh: '劳动者人数', en: 'number of workers' })),
  agreementKind: optional(oneOf(['wages', 'payment', 'other'], { zh: '协议类型', en: 'kind of agreement' })),
  agreementConfirmed: optional(flag('协议已确认', 'the agreement was confirmed')),
  agreementEffectiveOn: optional({
    ...aDate,
    title: { zh: '协议生效日期', en: 'date the agreement took effect' },
  }),
  bothAgree: optional(flag('双方同意', 'both sides agree')),
  paymentOrderBasis: optional(
    oneOf(['mediation-agreement', 'labour-contract-law-30'], {
      zh: '支付令依据',
      en: 'basis of the payment order',
    }),
  ),
  workerSued: optional(flag('劳动者已起诉', 'the worker has sued')),
  awardMade: optional(flag('已作出裁决', 'an award has been made')),
  finalAward: optional(flag('裁决为终局裁决', 'the award is final')),
  sixMonthsPassed: optional(flag('前次离婚诉讼终结已满六个月', 'six months since the divorce suit ended')),
  objectionBeforeHearing: optional(flag('首次开庭前提出仲裁抗辩', 'arbitration pleaded before the first hearing')),
  settled: optional(flag('因和解撤回', 'withdrawn on a settlement')),
  courtAccepted: optional(flag('法院已受理', 'a court has accepted the suit')),
  employmentEndedOn: optional({
    ...aDate,
    title: { zh: '劳动关系终止日期', en: 'date the employment ended' },
  }),
  newEmployment: optional(flag('新就业形态劳动者', 'a worker in a new form of employment')),
  knewOn: optional({
    ...aDate,
    title: { zh: '知道或者应当知道之日', en: 'the day they knew or should have known' },
  }),
  actMadeOn: optional({ ...aDate, title: { zh: '行政行为作出之日', en: 'date of the act' } }),
  remediesTold: optional(flag('已告知救济途径和期限', 'the remedies and their periods were told')),
  immovable: optional(flag('因不动产', 'about an immovable')),
  petitionCategory: optional(integer(1, 6, { zh: '信访类别', en: 'category of the petition' })),
  petitionStage: optional(oneOf(['handling', 'recheck', 'rereview'], { zh: '信访阶段', en: 'stage of the petition' })),
} as const satisfies { [fact in keyof Required<RouteFacts>]: Field };

/** Whether a value is one that the fact can have: a fact is never free text. */
export const isFactValue = (fact: keyof typeof disputeFacts, value: unknown): boolean => {
  const field: Field = disputeFacts[fact];
  switch (field.type) {
    case 'code':
      return field.of.includes(value as string);
    case 'flag':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && (value as number) >= field.min && (value as number) <= field.max;
    case 'date':
      return typeof value === 'string' && isCivilDate(value);
    default:
      return false;
  }
};
