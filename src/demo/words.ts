import { outcomes, procedureNames, routeBys } from '../domain/routes/codes.js';
import { notices } from '../domain/procedures/definition.js';
import { findProcedure } from '../domain/procedures/procedures.js';
import { demonstrationProfile } from '../domain/profiles/profiles.js';
import { findRule } from '../domain/rules/rule-book.js';
import type { DeadlineView, DisputeView, EventView } from './client.js';

/** Codes and events in the words of a reader. What has no word stands as its code. */

export type Language = 'zh' | 'en';
type Words = { zh: string; en: string };

const found = (words: object, code: string, language: Language): string =>
  (words as Record<string, Words>)[code]?.[language] ?? code;

const furtherOutcomes = {
  settled: { zh: '和解', en: 'settled' },
  performed: { zh: '已履行', en: 'performed' },
};
const holders = {
  worker: { zh: '劳动者', en: 'the worker' },
  employer: { zh: '公司', en: 'the company' },
};
const units: Record<DeadlineView['unit'], Words> = {
  D: { zh: '日', en: 'days' },
  WD: { zh: '个工作日', en: 'working days' },
  M: { zh: '个月', en: 'months' },
  Y: { zh: '年', en: 'year' },
  H: { zh: '小时', en: 'hours' },
  S: { zh: '秒', en: 'seconds' },
};

export const procedureWord = (code: string, language: Language): string => found(procedureNames, code, language);
export const byWord = (code: string, language: Language): string => found(routeBys, code, language);
export const noticeWord = (code: string, language: Language): string => found(notices, code, language);

export const outcomeWord = (code: string, language: Language): string =>
  found({ ...outcomes, ...furtherOutcomes }, code, language);

export const ruleWord = (code: string, language: Language): string => {
  const service = (demonstrationProfile.serviceLevels as Record<string, { title: Words }>)[code];
  return (service ?? findRule(code))?.title[language] ?? code;
};

export const stepWord = (procedure: string, step: string, language: Language): string =>
  findProcedure(procedure as never)?.steps[step]?.title[language] ?? step;

export const holderWord = (deadline: Pick<DeadlineView, 'holder'>, language: Language): string => {
  if (deadline.holder === 'body') return language === 'zh' ? '机构' : 'the body';
  return found(holders, deadline.holder.replace(/^party:/, ''), language);
};

/** `15日`, `1 year`. */
export const lengthWord = ({ amount, unit }: Pick<DeadlineView, 'amount' | 'unit'>, language: Language): string =>
  language === 'zh' ? `${amount}${units[unit].zh}` : `${amount} ${units[unit].en}`;

const isOfTheClock = ({ unit }: Pick<DeadlineView, 'unit'>): boolean => unit === 'S' || unit === 'H';

/** When a period ends: a day, or for seconds and hours a time. */
const endWord = (deadline: DeadlineView): string =>
  isOfTheClock(deadline) ? deadline.dueAt.slice(11, 19) : deadline.due;

/** Why a period ends when it does: its law, what it runs from, and what moved it. */
export const reasonOf = (deadline: DeadlineView, language: Language): string => {
  const { basis, trigger, naturalDue, due, cautiousDue, provisional, confidence } = deadline;
  const zh = language === 'zh';
  const law = basis === null ? (zh ? '服务承诺' : 'service level') : `${basis.law} ${basis.article}`;
  const length = lengthWord(deadline, language);
  if (isOfTheClock(deadline)) return zh ? `${law}；${length}` : `${law}; ${length}`;
  const parts = [
    zh
      ? `${law}；自${trigger.on}起${length}，当日不计入`
      : `${law}; ${length} from ${trigger.on}, that day not counted`,
  ];
  if (naturalDue !== due)
    parts.push(zh ? `末日${naturalDue}逢休息日，顺延` : `the last day, ${naturalDue}, is a day off: moved`);
  else if (deadline.trace.some((line) => line.includes('调休')))
    parts.push(zh ? '末日为调休上班日，不顺延' : 'the last day is a make-up workday: not moved');
  if (cautiousDue !== null && cautiousDue !== due)
    parts.push(zh ? `谨慎日期 ${cautiousDue}` : `cautiously by ${cautiousDue}`);
  if (confidence === 'unverified') parts.push(zh ? '依据待核实' : 'basis unverified');
  if (provisional)
    parts.push(zh ? '暂定：该年度放假安排尚未公布' : 'provisional: no schedule of that year is published');
  return parts.join(zh ? '；' : '; ');
};

/** What stands at the head of a line: a clock, an end, a thing owed, a movement. */
export type Mark = 'clock' | 'met' | 'passed' | 'owed' | 'move' | 'end' | 'law';

export interface Line {
  mark: Mark;
  text: string;
  /** A second, quieter line. */
  why?: string;
}

/** What an event says to a reader; null for the fact itself, which its step tells, and for what nobody needs to hear. */
export const lineOf = (event: EventView, dispute: DisputeView, language: Language): Line | null => {
  const zh = language === 'zh';
  const data = event.data as Record<string, string>;
  const procedure = dispute.procedures.find(({ id }) => id === event.procedureId);
  const name = procedure ? procedureWord(procedure.procedure, language) : '';
  const of = (id: string) => dispute.deadlines.find(({ deadlineId }) => deadlineId === id)!;
  const clock = (id: string) => {
    const deadline = of(id);
    return `${deadline.rule} ${ruleWord(deadline.rule, language)}${deadline.holder === 'body' ? '' : zh ? `（${holderWord(deadline, language)}）` : ` (${holderWord(deadline, language)})`}`;
  };
  switch (event.type) {
    case 'DeadlineStarted': {
      const deadline = event.data as unknown as DeadlineView;
      const why = reasonOf(deadline, language);
      return { mark: 'clock', text: `${clock(deadline.deadlineId)} → ${endWord(deadline)}`, why };
    }
    case 'DeadlineMet':
      return {
        mark: 'met',
        text: zh ? `${clock(data['deadlineId']!)}：已按期完成` : `${clock(data['deadlineId']!)}: met`,
      };
    case 'DeadlineElapsed': {
      const deadline = of(data['deadlineId']!);
      const effect = data['effect'] === 'no-effect' ? (zh ? '，不发生效力' : ', without effect') : '';
      const at = isOfTheClock(deadline) ? event.occurredAt.slice(11, 19) : `${deadline.due}${zh ? ' 24时' : ', 24:00'}`;
      const name = clock(deadline.deadlineId);
      return { mark: 'passed', text: zh ? `${at}，${name}届满${effect}` : `${at}: ${name} passes${effect}` };
    }
    case 'DeadlineVoided':
      return {
        mark: 'end',
        text: zh ? `${clock(data['deadlineId']!)}：不再计算` : `${clock(data['deadlineId']!)}: no longer runs`,
      };
    case 'DeadlineWarned':
      return {
        mark: 'clock',
        text: zh
          ? `${clock(data['deadlineId']!)}：提醒即将届满`
          : `${clock(data['deadlineId']!)}: warned that it is about to pass`,
      };
    case 'ProcedureClosed':
      return {
        mark: 'end',
        text: zh
          ? `${name}终结：${outcomeWord(data['outcome']!, language)}（${String(data['closedOn'])}）`
          : `${name} ends: ${outcomeWord(data['outcome']!, language)} (${String(data['closedOn'])})`,
      };
    case 'StepEntered':
      return {
        mark: 'move',
        text: `${name}${zh ? '：' : ': '}${stepWord(procedure?.procedure ?? '', data['step']!, language)}`,
      };
    case 'NoticeOwed': {
      const to = (event.data['to'] as string[])
        .filter((one) => one !== 'file')
        .map((one) => found(holders, one, language));
      const whom = to.length === 0 ? '' : zh ? `（${to.join('、')}）` : ` (to ${to.join(' and ')})`;
      return { mark: 'owed', text: `${zh ? '应当：' : 'now owed: '}${noticeWord(data['notice']!, language)}${whom}` };
    }
    case 'HandoffRequested': {
      const handoff = dispute.handoffs.find(({ handoffId }) => handoffId === data['handoffId']);
      const to = handoff?.to.name ?? handoff?.to.code ?? '';
      return { mark: 'move', text: zh ? `材料移送${to}` : `the papers are handed over to ${to}` };
    }
    case 'HandoffDelivered':
      return { mark: 'move', text: zh ? '移送已投递到对方收件箱' : 'the handoff lies in the receiver’s inbox' };
    case 'HandoffUrged':
      return { mark: 'owed', text: zh ? '逾时未签收：催办' : 'not signed for in time: urged' };
    case 'HandoffEscalated':
      return { mark: 'owed', text: zh ? '仍未签收：升级督办' : 'still not signed for: escalated' };
    case 'PanelFormed':
      return { mark: 'law', text: zh ? '联合调解合议组组成' : 'the joint panel is formed' };
    case 'AwardChallenged':
      return {
        mark: 'law',
        text: zh ? '一方起诉，裁决不发生法律效力' : 'a party has sued: the award does not take effect',
      };
    case 'AwardBecameEffective':
      return { mark: 'law', text: zh ? '裁决发生法律效力' : 'the award takes effect' };
    case 'AwardSuperseded':
      return {
        mark: 'law',
        text: zh
          ? '裁决由和解取代，不发生效力（依据待核实）'
          : 'the award gives way to the settlement and never takes effect (unverified)',
      };
    case 'AgreementMadeEnforceable':
      return { mark: 'law', text: zh ? '调解协议可以申请强制执行' : 'the agreement can be enforced' };
    case 'DisputeClosed':
      return {
        mark: 'end',
        text: zh
          ? `案件结案：${outcomeWord(data['reason']!, language)}`
          : `the dispute is closed: ${outcomeWord(data['reason']!, language)}`,
      };
    default:
      return null;
  }
};
