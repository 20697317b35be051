import type { HistoricEvent } from './event.js';
import { irreversible } from './evolve.js';
import { refuse, type Refusal } from './refusal.js';
import type { Deadline, DisputeState } from './state.js';
import { instantOf, isAfter } from './work.js';

/** Clocks of law that a late fact takes back: elapsed as recorded; not, or to another effect, as the facts now stand. */
export const reversed = (actual: DisputeState, corrected: DisputeState, until: string): Deadline[] =>
  Object.values(actual.deadlines).filter((one) => {
    const becomes = corrected.deadlines[one.deadlineId];
    if (one.status !== 'elapsed' || one.basis === null || isAfter(one.dueAt, until)) return false;
    return becomes?.status !== 'elapsed' || becomes.effect !== one.effect;
  });

/**
 * Whether something that cannot be undone rests on an elapse: another body's or party's act, a document served, a
 * payment, in a procedure that was opened out of the elapsed one, or in the same one where the elapse changed it.
 */
export const isRestedOn = (
  history: readonly HistoricEvent[],
  state: DisputeState,
  { deadlineId, dueAt, procedureId }: Deadline,
): boolean => {
  const elapsed = history
    .filter(({ type, data }) => type === 'DeadlineElapsed' && data['deadlineId'] === deadlineId)
    .at(-1);
  if (!elapsed || procedureId === null) return false;
  const changed = history.some(({ causationId }) => causationId === elapsed.eventId);
  return history.some((event) => {
    if (event.version < elapsed.version || event.causationId !== null) return false;
    if (!irreversible.has(event.type) || isAfter(dueAt, instantOf(event.occurredAt))) return false;
    const procedure = event.procedureId === null ? undefined : state.procedures[event.procedureId];
    return procedure?.from === procedureId || (changed && procedure?.id === procedureId);
  });
};

/** The instant up to which the stream has let legal time pass. */
export const reached = (history: readonly HistoricEvent[], state: DisputeState): string =>
  history
    .filter(({ type }) => type === 'DeadlineElapsed')
    .map(({ occurredAt }) => instantOf(occurredAt))
    .reduce((latest, one) => (isAfter(one, latest) ? one : latest), instantOf(state.lastFact));

export const superseded = (by: HistoricEvent): Refusal => {
  const on = by.occurredAt.slice(0, 10);
  return refuse('superseded-by-later-facts', {
    detail: {
      zh: `其后 ${on} 已记录的事实（${by.type}）将不能成立`,
      en: `The fact recorded for ${on} (${by.type}) would no longer stand`,
    },
  });
};
