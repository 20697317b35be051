import { inForceIn } from '../rules/rule-book.js';
import { openDeadlines, startDeadline, meetDeadlines } from './deadlines.js';
import { action, type DisputeAction } from './dispute-action.js';
import { documentId, legalDate, oneOf, optional, partyRef } from './fields.js';
import { refuse } from './refusal.js';
import type { DisputeState } from './state.js';

/**
 * The union's supervision of labour law 一函两书: an opinion 意见书 to the employer, a recommendation 建议书 to an agency.
 * How long they have to answer is local law (南昌市工会劳动法律监督条例 23, 24), so it runs only where that law is in force.
 */

const replyRules = { opinion: 'CM-26', recommendation: 'CM-26.agency' } as const;

/** Whether an answer to a union paper is due or overdue. */
export const awaitsUnionReply = (
  deadlines: DisputeState['deadlines'],
  rules: readonly string[] = Object.values(replyRules),
): boolean =>
  Object.values(deadlines).some(
    ({ rule, status }) => rules.includes(rule) && (status === 'running' || status === 'elapsed'),
  );

export const unionActions: Readonly<Record<string, DisputeAction>> = {
  'issue-union-paper': action({
    title: { zh: '发出工会意见书或建议书', en: 'issue a union opinion or recommendation' },
    by: ['mediator', 'case-officer', 'supervisor'],
    when: 'open',
    who: 'organisation',
    basis: 'CM-25',
    fields: {
      paper: oneOf(['opinion', 'recommendation'], { zh: '文书', en: 'paper' }),
      party: optional(partyRef('用人单位', 'employer')),
      document: optional(documentId('文书', 'paper')),
      servedOn: legalDate('送达日期', 'date of receipt'),
    },
    records: 'UnionPaperIssued',
    guard: (work, body) => {
      if (work.state.type !== 'labour') return refuse('action-not-available');
      const running = openDeadlines(work.state.deadlines).some(({ rule }) => rule === replyRules[body.paper]);
      return running ? refuse('already-done') : null;
    },
    then: (work, body, on) => {
      const rule = replyRules[body.paper];
      const employer = body.party ?? work.state.parties.find(({ capacity }) => capacity === 'employer')?.ref;
      const holder = body.paper === 'opinion' && employer ? `party:${employer}` : 'body';
      if (inForceIn(work.state.region, rule)) startDeadline(work, { rule, procedureId: null, holder, from: on });
    },
  }),
  'record-union-reply': action({
    title: { zh: '记录对工会文书的书面答复', en: 'record the written reply to a union paper' },
    by: ['mediator', 'case-officer', 'supervisor'],
    when: 'open',
    who: 'organisation',
    basis: 'CM-25',
    fields: {
      paper: oneOf(['opinion', 'recommendation'], { zh: '文书', en: 'paper' }),
      document: optional(documentId('答复', 'reply')),
      repliedOn: legalDate('答复日期', 'date of the reply'),
    },
    records: 'UnionPaperAnswered',
    guard: (work, body) =>
      awaitsUnionReply(work.state.deadlines, [replyRules[body.paper]]) ? null : refuse('nothing-owed'),
    then: (work, body, on) => meetDeadlines(work, { rule: replyRules[body.paper], procedureId: null }, on),
  }),
};
