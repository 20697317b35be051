import type { ObligationKind, PlannedObligation } from '../domain/plan/plan.js';
import type { Reading } from './reading.js';

const kindWords: Record<ObligationKind, string> = {
  'time-passes': '期限届满',
  'await-answer': '等待答复',
  'await-receipt': '等待签收',
  'follow-up': '履行回访',
  invite: '发出邀请',
  remind: '期限预警',
  'deliver-handoff': '投递移送材料',
};

const roleWords: Record<string, string> = {
  intake: '登记窗口',
  mediator: '调解员',
  adviser: '三师',
  arbitrator: '仲裁员',
  'case-officer': '承办人',
  'court-clerk': '书记员',
  judge: '法官',
  party: '当事人',
  supervisor: '督导员',
};

/** `调解员 mediator` */
export const roleInWords = (role: string): string => [roleWords[role], role].filter(Boolean).join(' ');

/** One obligation in one line, for the summary of a timer: `期限届满 LD-16 · p2 · 2026-10-17T00:00:00+08:00`. */
export const inWords = ({ kind, subject, procedureId, at }: PlannedObligation): string =>
  [`${kindWords[kind]} ${subject}`, procedureId, at].filter(Boolean).join(' · ').slice(0, 100);

/** The current details that Temporal's own screens show, in Markdown. */
export const details = ({ state, words, procedure, step, waitingFor, until, pending }: Reading): string =>
  [
    `**${words}** \`${state}\``,
    procedure && `程序：${procedure}${step === null ? '' : ` / ${step}`}`,
    waitingFor && `等待：${roleInWords(waitingFor)}`,
    until && `至：${until}`,
    ...pending
      .slice(0, 20)
      .map(({ kind, subject, at, status }) => `- ${kindWords[kind]} ${subject} · ${at} · ${status}`),
  ]
    .filter(Boolean)
    .join('\n\n');
