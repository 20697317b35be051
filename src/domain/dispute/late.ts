import { fieldsOf, whenOf, type Decision, type Request } from './decide.js';
import type { DecideContext } from './context.js';
import { corrects, decideCorrection } from './correction.js';
import type { HistoricEvent } from './event.js';
import { irreversible } from './evolve.js';
import { refuse, type Refusal } from './refusal.js';
import { replay } from './replay.js';
import { isRestated, restate } from './restate.js';
import type { Deadline, DisputeState } from './state.js';
import { beginWork, following, instantOf, isAfter, record } from './work.js';

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
  const elapsed = history.filter(({ type, data }) => type === 'DeadlineElapsed' && data['deadlineId'] === deadlineId).at(-1); // prettier-ignore
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

/**
 * Decides a fact dated before recorded ones, or before a period that is recorded as elapsed: on the state at its own
 * instant, and only if every later fact stays legal. It beats an elapse that is already recorded, unless something
 * irreversible rests on that elapse; outside a backfill it needs a document for that. The fact shows as recorded late,
 * and what it changes is said by explicit events caused by it.
 */
export const decideLate = (
  history: readonly HistoricEvent[],
  state: DisputeState,
  request: Request,
  context: DecideContext,
): Decision => {
  if (corrects(request)) return decideCorrection(history, state, request, context);
  const work = beginWork(state, context, context.now);
  const done = (refusal: Refusal | null): Decision => ({ events: work.events, state: work.state, refusal });
  if (state.status === 'closed')
    return done(refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] }));
  const fields = fieldsOf(state, request);
  if ('refused' in fields) return done(fields.refused);
  const when = whenOf(state, fields, request, context.now);
  if ('code' in when) return done(when);

  // While a past matter is being typed in, time has come as far as its facts have.
  const until = state.backfill ? instantOf(state.lastFact) : reached(history, state);
  const replayed = replay(history, { insert: { request, when } }, context, until);
  if (replayed.refusal) return done(replayed.refusal);
  const { superseding } = replayed;
  const taken = reversed(state, replayed.state, superseding ? instantOf(superseding.occurredAt) : until);
  const kept = taken.find((deadline) => isRestedOn(history, state, deadline));
  if (kept) return done(refuse('irreversible', kept.basis ? { basis: kept.basis } : {}));
  if (superseding) return done(superseded(superseding));
  if (taken.length > 0 && !state.backfill && !request.documentId)
    return done(refuse('document-required', { pointer: '/documentId' }));
  if (request.documentId && !Object.hasOwn(state.documents, request.documentId))
    return done(refuse('unknown-document', { pointer: '/documentId' }));

  const [fact, ...followed] = replayed.decided;
  if (!fact) return done(refuse('action-not-available'));
  work.at = when.at;
  const proof = request.documentId ? { provedBy: request.documentId } : {};
  const index = record(work, fact.type, { ...fact.data, recordedLate: true, ...proof }, fact.procedureId);
  following(work, index, () => {
    for (const event of followed)
      if (!isRestated(event.type)) record(work, event.type, event.data, event.procedureId);
    restate(work, replayed.state);
  });
  return done(null);
};
