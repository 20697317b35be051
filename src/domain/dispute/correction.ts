import { isCivilDate } from '../calendar/civil-date.js';
import { allowed } from './access.js';
import type { DecideContext } from './context.js';
import { lawSays, type Decision, type Request } from './decide.js';
import type { HistoricEvent } from './event.js';
import { isFact } from './evolve.js';
import { dateOf } from './occurred.js';
import { isRestedOn, reached, reversed, superseded } from './taken-back.js';
import { refuse, type Refusal } from './refusal.js';
import { replay, standingHistory, type Amendment, type Change } from './replay.js';
import { restate } from './restate.js';
import type { DisputeState } from './state.js';
import { targetOf } from './target.js';
import { beginWork, following, instantOf, record } from './work.js';

/**
 * A wrong fact is corrected, never edited: the correction names what it supersedes, and what followed from the wrong
 * fact is set right by explicit events that it causes. A fact that never was is voided, by a reopening that names it.
 */

interface Correction {
  fact?: string;
  event?: number;
  field?: string;
  value: unknown;
}

/** A recorded fact of that version: neither registered, nor following from anything, nor voided before. */
export const factAt = (history: readonly HistoricEvent[], version: number): HistoricEvent | undefined =>
  standingHistory(history).find(
    (event) => event.version === version && version > 1 && event.causationId === null && isFact(event.type),
  );

/** What is wrong with an amendment in itself: no such fact, no such field, a value of another kind, a date that cannot be. */
export const amendmentProblem = (
  fact: HistoricEvent | undefined,
  { field, value }: Amendment,
  { now, registeredOn }: { now: string; registeredOn: string },
): Refusal | null => {
  if (!fact) return refuse('unknown-fact', { pointer: '/event' });
  const before = fact.data[field];
  if (before === undefined || before === null || typeof before === 'object')
    return refuse('unknown-fact', { pointer: '/field' });
  if (typeof value !== typeof before) return refuse('fact-invalid', { pointer: '/value' });
  if (!isCivilDate(String(before))) return null;
  if (!isCivilDate(String(value))) return refuse('fact-invalid', { pointer: '/value' });
  if (dateOf(fact.occurredAt) !== before) return null;
  if (String(value) > dateOf(now)) return refuse('date-in-future', { pointer: '/value' });
  return String(value) < registeredOn ? refuse('date-before-dispute', { pointer: '/value' }) : null;
};

const changeOf = (request: Request): Change => {
  if (request.action === 'reopen') return { omit: request.body['voids'] as number[] };
  const { fact, event, field, value } = request.body as unknown as Correction;
  return fact === undefined ? { amend: [{ event: event!, field: field!, value }] } : { facts: { [fact]: value } };
};

const problemOf = (
  history: readonly HistoricEvent[],
  change: Change,
  bounds: { now: string; registeredOn: string },
): Refusal | null => {
  for (const amendment of change.amend ?? []) {
    const problem = amendmentProblem(factAt(history, amendment.event), amendment, bounds);
    if (problem) return problem;
  }
  for (const version of change.omit ?? [])
    if (!factAt(history, version)) return refuse('unknown-fact', { pointer: '/voids' });
  return null;
};

/**
 * Decides a correction or a reopening that voids facts, on the whole stream. Refused where a later fact would no longer
 * be legal, or where something irreversible rests on an elapse that would not have been.
 */
export const decideCorrection = (
  history: readonly HistoricEvent[],
  state: DisputeState,
  request: Request,
  context: DecideContext,
): Decision => {
  const work = beginWork(state, context, context.now);
  const done = (refusal: Refusal | null): Decision => ({ events: work.events, state: work.state, refusal });
  const target = targetOf(state, request);
  if ('code' in target) return done(target);
  const refusal =
    lawSays(work, target, request.body, dateOf(context.now)) ??
    problemOf(history, changeOf(request), { now: context.now, registeredOn: state.registeredOn }) ??
    allowed(work, target, request);
  if (refusal) return done(refusal);

  const change = changeOf(request);
  const until = state.backfill ? instantOf(state.lastFact) : reached(history, state);
  // What closed the dispute is void with what it rested on; the rest of the stream must stand.
  const replayed = replay(history, change, context, until);
  if (replayed.superseding) return done(superseded(replayed.superseding));
  const kept = reversed(state, replayed.state, until).find((deadline) => isRestedOn(history, state, deadline));
  if (kept) return done(refuse('irreversible', kept.basis ? { basis: kept.basis } : {}));

  const index = recordCorrection(work, request, history);
  following(work, index, () => restate(work, { ...replayed.state, status: 'open' }));
  return done(null);
};

const recordCorrection = (
  work: ReturnType<typeof beginWork>,
  request: Request,
  history: readonly HistoricEvent[],
): number => {
  if (request.action === 'reopen') return record(work, 'DisputeReopened', request.body, null);
  const { fact, event, field, value, ...rest } = request.body as unknown as Correction;
  if (fact !== undefined) {
    const before = work.state.facts[fact] ?? null;
    return record(work, 'DisputeFactCorrected', { fact, value, before, ...rest }, null);
  }
  const wrong = factAt(history, event!)!;
  const data = { supersedes: event, type: wrong.type, field, value, before: wrong.data[field!], ...rest };
  return record(work, 'FactCorrected', data, wrong.procedureId);
};
