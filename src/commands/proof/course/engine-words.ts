import type { EventType } from '../../../domain/dispute/event-types.js';
import type { DisputeState } from '../../../domain/dispute/state.js';
import { findProcedure } from '../../../domain/procedures/procedures.js';
import type { ProcedureCode } from '../../../domain/routes/codes.js';
import { findRule, ruleVersions } from '../../../domain/rules/rule-book.js';
import type { RecordedEvent } from '../../../store/contract.js';
import { serviceTitle } from '../records.js';
import { partyInWords, type Telling } from './telling.js';
import { courseWords } from './words.js';

// Event data is typed by its writer; here it is read as recorded.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Data = any;
type Words = (data: Data, telling: Telling, event: RecordedEvent) => string;

/** The title of the rule that a deadline is counted by, or its code. */
export const ruleInWords = (state: DisputeState, rule: string, version?: number): string =>
  (ruleVersions(rule).find((one) => one.version === version) ?? findRule(rule) ?? { title: serviceTitle(state, rule) })
    .title?.zh ?? rule;

/** Whose period it is. */
export const holderInWords = (holder: string, telling: Telling): string =>
  holder.startsWith('party:') ? partyInWords(holder.slice('party:'.length), telling) : courseWords.value(holder);

/** A deadline by its rule, holder and code. */
const deadline = ({ deadlineId }: Data, telling: Telling): string => {
  const known = telling.state.deadlines[deadlineId];
  if (!known) return String(deadlineId);
  return `${ruleInWords(telling.state, known.rule, known.ruleVersion)}（${known.rule}，${holderInWords(known.holder, telling)}）`;
};

const step: Words = (data, { state }, { procedureId }) => {
  const procedure = procedureId === null ? undefined : state.procedures[procedureId];
  const definition = findProcedure(procedure?.procedure as ProcedureCode);
  return definition?.steps[data.step]?.title.zh ?? String(data.step ?? '');
};

const procedure: Words = (_, { state }, { procedureId }) => {
  const found = procedureId === null ? undefined : state.procedures[procedureId];
  return found ? courseWords.procedure(found.procedure) : String(procedureId ?? '');
};

const notice = ({ notice: code }: Data): string => courseWords.value(code);
const fromTo = ({ fromDue, toDue, becomes }: Data): string =>
  fromDue ? `，由 ${fromDue} 变为 ${toDue ?? becomes?.due}` : '';

/** What follows by law or by the clock, and so has no action of its own to be named after. */
const table: Partial<Record<EventType, Words>> = {
  ProcedureOpened: (data, telling) =>
    `启动程序：${courseWords.procedure(data.procedure)}${data.body ? `，承办机构 ${data.body.name ? `${telling.text(data.body.name)}（${data.body.code}）` : data.body.code}` : ''}`,
  DocumentAdded: (data, telling) =>
    `文书入卷：${courseWords.document(data.kind)}${data.name ? `“${telling.text(data.name)}”` : ''}（${data.documentId}），${data.size} 字节，SHA-256 ${data.sha256}`,
  ProcedureClosed: (data, telling, event) =>
    `程序终结：${procedure(data, telling, event)}，${courseWords.outcome(data.outcome)}`,
  ProcedureReopened: (data, telling, event) => `程序恢复：${procedure(data, telling, event)}`,
  ProcedureRestated: (data, telling, event) => `程序情况更正：${procedure(data, telling, event)}`,
  StepEntered: (data, telling, event) => `进入阶段：${procedure(data, telling, event)}，${step(data, telling, event)}`,
  DeadlineStarted: (data, telling) =>
    `期限起算：${ruleInWords(telling.state, data.rule, data.ruleVersion)}（${data.rule}，${holderInWords(data.holder, telling)}），自 ${data.trigger.on} 起 ${courseWords.length(data)}，${data.due} 届满${data.basis ? `；依据${courseWords.law(data.basis)}` : ''}`,
  DeadlineMet: (data, telling) => `在期限内完成：${deadline(data, telling)}`,
  OverdueActDone: (data, telling) => `逾期后完成：${deadline(data, telling)}`,
  DeadlineElapsed: (data, telling) => `期限届满：${deadline(data, telling)}`,
  DeadlineElapseReversed: (data, telling) => `撤销届满记录：${deadline(data, telling)}`,
  DeadlineExtended: (data, telling) => `期限延长：${deadline(data, telling)}${fromTo(data)}`,
  DeadlineSuspended: (data, telling) => `期限中止：${deadline(data, telling)}`,
  DeadlineResumed: (data, telling) => `期限恢复计算：${deadline(data, telling)}${fromTo(data)}`,
  DeadlineRecomputed: (data, telling) => `期限重新计算：${deadline(data, telling)}${fromTo(data)}`,
  DeadlineVoided: (data, telling) =>
    `期限不再适用：${deadline(data, telling)}${data.why ? `（${courseWords.value(data.why)}）` : ''}`,
  DeadlineWarned: (data, telling) => `期限预警：${deadline(data, telling)}`,
  NoticeOwed: (data) => `应当告知：${notice(data)}${data.basis ? `；依据${courseWords.law(data.basis)}` : ''}`,
  // The debt's id ends in the notice's code.
  NoticeWithdrawn: ({ debtId }) => `无须再告知：${courseWords.value(String(debtId).split(':').at(-1))}`,
  HandoffRequested: (data, telling) =>
    `提出移送：${data.handoffId}，移送至 ${data.to.name ? `${telling.text(data.to.name)}（${data.to.code}）` : data.to.code}`,
  HandoffCancelled: ({ handoffId }) => `取消移送：${handoffId}`,
  HandoffEscalated: ({ handoffId }) => `移送逾期未签收，上报：${handoffId}`,
  HandoffUrged: ({ handoffId }) => `催促签收移送：${handoffId}`,
  InvitationUnanswered: () => '邀请逾期未答复',
  PanelFormed: () => '调解组织成员到齐',
  PaperDeemedServed: (data, telling) =>
    `视为送达：${courseWords.value(data.paper)}${data.party ? `，${partyInWords(data.party, telling)}` : ''}`,
  InstalmentPerformed: (data) => `履行一期给付：第 ${data.instalment} 项`,
  AwardBecameEffective: () => '裁决发生法律效力',
  AwardChallenged: () => '裁决被起诉或者申请撤销',
  AwardSetAside: () => '裁决被撤销',
  AwardSuperseded: () => '裁决因和解不再执行',
  JudgmentBecameEffective: () => '判决发生法律效力',
  ApplicationDeemedAccepted: () => '视为受理',
  AgreementMadeEnforceable: () => '调解协议取得强制执行效力',
  AgreementNotEnforceable: () => '调解协议未取得强制执行效力',
  DisputeFactCorrected: ({ fact }) => `更正案件事实：${fact ?? ''}`,
};

/** The event in words where the clock or the law brought it about, or where its record says more than its action; else null. */
export const engineWords = (event: RecordedEvent, telling: Telling): string | null => {
  const words = Object.hasOwn(table, event.type) ? table[event.type as EventType] : undefined;
  return words ? words(event.data, telling, event) : null;
};
