import { whenOf, type Decision, type Request } from './decide.js';
import type { DecideContext } from './context.js';
import { decideCorrection } from './correction.js';
import { corrects } from './corrects.js';
import type { HistoricEvent } from './event.js';
import { refuse, type Refusal } from './refusal.js';
import { replay } from './replay.js';
import { isRestated, restate } from './restate.js';
import { isRestedOn, reached, reversed, superseded } from './taken-back.js';
import type { DisputeState } from './state.js';
import { fieldsOf } from './target.js';
import { beginWork, following, instantOf, record } from './work.js';

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
  if (state.status === 'closed') return done(refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] }));
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
    for (const event of followed) if (!isRestated(event.type)) record(work, event.type, event.data, event.procedureId);
    restate(work, replayed.state);
  });
  return done(null);
};
