import type { Deadline } from './state.js';
import { computeUnderRule, openDeadlines, ruleFor, unitUnder } from './deadlines.js';
import { dateOf } from './occurred.js';
import { record, type Work } from './work.js';

/** Why an open period is computed anew. */
export type RecomputeReason = 'calendar' | 'profile' | 'rule';

export interface Recomputed {
  deadlineId: string;
  rule: string;
  procedureId: string | null;
  fromDue: string;
  toDue: string;
  /** False where only the doubt about the date falls away, and the date stays. */
  moves: boolean;
  becomes: Partial<Deadline>;
}

/**
 * The open periods that would come out differently under the work's calendar, rules and profile. Periods that have
 * ended stay as they were recorded: nothing is recomputed silently, and nothing that is past.
 */
export const wouldRecompute = (work: Pick<Work, 'state' | 'context'>): Recomputed[] =>
  openDeadlines(work.state.deadlines).flatMap((deadline) => {
    if (deadline.basis === null) return [];
    const { deadlineId, procedureId, rule: code } = deadline;
    const rule = ruleFor(work.context, code, deadline.trigger.on);
    const computed = computeUnderRule(work.context, rule, deadline.from, {
      extension: deadline.extension,
      suspensions: deadline.suspensions,
      asOf: dateOf(work.context.now),
    });
    // A stopped clock has no new date until it runs again.
    const due = deadline.status === 'suspended' ? deadline.due : computed.due;
    const same =
      due === deadline.due &&
      computed.provisional === deadline.provisional &&
      computed.cautiousDue === deadline.cautiousDue &&
      rule.version === deadline.ruleVersion;
    if (same || deadline.status === 'suspended') return [];
    return [
      {
        deadlineId,
        rule: code,
        procedureId,
        fromDue: deadline.due,
        toDue: due,
        moves: due !== deadline.due,
        becomes: {
          ...computed,
          ruleVersion: rule.version,
          amount: rule.amount,
          unit: unitUnder(rule, work.context.profile),
          confidence: rule.confidence,
        },
      },
    ];
  });

/** Records for each of them from what to what, and why. */
export const recompute = (work: Work, why: RecomputeReason): void => {
  for (const { deadlineId, procedureId, fromDue, toDue, becomes } of wouldRecompute(work))
    record(work, 'DeadlineRecomputed', { deadlineId, fromDue, toDue, why, becomes }, procedureId);
};
