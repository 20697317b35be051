import { procedureDefinition } from '../procedures/procedures.js';
import type { DecideContext } from './context.js';
import { decideAt, type Request, type When } from './decide.js';
import { disputeActions } from './dispute-actions.js';
import type { DecidedEvent, HistoricEvent } from './event.js';
import { dateOf, evolve, fold, isFact } from './evolve.js';
import { mayOpen, openProcedure, type Opening } from './open-procedure.js';
import type { Refusal } from './refusal.js';
import type { DisputeState } from './state.js';
import { passTime } from './time.js';
import { beginWork, instantOf, type Work } from './work.js';

/**
 * A dispute is its facts: whatever else the stream holds follows from them by law, calendar and clock. So a late or a
 * corrected fact is judged by deciding all facts again, in the order in which they occurred, with that fact among them.
 */

/** What somebody did: the events that follow from nothing, in the order in which they occurred. */
const inputs = (history: readonly HistoricEvent[]): HistoricEvent[] =>
  history
    .slice(1)
    .filter((event) => event.causationId === null && event.type !== 'DeadlineElapsed')
    .sort((a, b) => compareText(dateOf(a.occurredAt), dateOf(b.occurredAt)) || a.version - b.version);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Records that say nothing about the course of the matter hold from the beginning: others may refer to them. */
const standing = new Set([
  'DocumentAdded',
  'EvidenceAdded',
  'NoteAdded',
  'OwnerAssigned',
  'DisputeFactCorrected',
]);

/** The request that a recorded event answers. */
const requestOf = (event: HistoricEvent, state: DisputeState): Request | null => {
  const own = Object.entries(disputeActions).find(([, { records }]) => records === event.type);
  if (own) return { action: own[0], body: event.data, procedureId: event.procedureId ?? undefined };
  const procedure = event.procedureId === null ? undefined : state.procedures[event.procedureId];
  if (!procedure) return null;
  const actions = Object.entries(procedureDefinition(procedure.procedure).actions);
  const found = actions.find(([, { records }]) => records === event.type);
  return found ? { action: found[0], body: event.data, procedureId: procedure.id } : null;
};

/** Does again what an event records. Null, or why it can no longer be. */
const redo = (work: Work, event: HistoricEvent): Refusal | null => {
  work.at = event.occurredAt;
  work.cause = null;
  if (event.type === 'ProcedureOpened') {
    const { procedure, track, joint, body, applicants, appliedOn } = event.data as unknown as Opening & {
      appliedOn: string;
    };
    const opening: Opening = {
      procedure,
      body,
      joint: joint ?? false,
      applicants,
      ...(track ? { track } : {}),
    };
    const how = mayOpen(work, opening);
    if ('code' in how) return how;
    openProcedure(work, opening, how, appliedOn, event.procedureId!);
    return null;
  }
  const request = requestOf(event, work.state);
  const when: When = { at: event.occurredAt, on: dateOf(event.occurredAt) };
  return request ? decideAt(work, request, when, { trusted: true }) : null;
};

export interface Insertion {
  request: Request;
  when: When;
}

export interface Replayed {
  state: DisputeState;
  /** The inserted fact as decided on the state of its own day. */
  fact: DecidedEvent | null;
  /** Why the inserted fact itself cannot be, on the state at its own instant. */
  refusal: Refusal | null;
  /** The first later fact that would no longer be legal. */
  superseding: HistoricEvent | null;
}

/**
 * Decides all facts of a stream again, with one more among them. `until` is the instant to which legal time then
 * passes. The role of who asks is judged for the inserted fact only: the others were judged when they were recorded.
 */
export const replay = (
  history: readonly HistoricEvent[],
  insertion: Insertion,
  context: DecideContext,
  until: string,
): Replayed => {
  const [registered, ...rest] = history;
  if (!registered) throw new RangeError('a replay needs a history');
  let start = fold([registered])!;
  for (const event of rest)
    if (event.causationId === registered.eventId || (standing.has(event.type) && event.causationId === null))
      start = evolve(start, event);
  const work = beginWork(start, context, registered.occurredAt);
  let inserted = false;
  let fact: DecidedEvent | null = null;
  const insert = (): Refusal | null => {
    inserted = true;
    passTime(work, instantOf(insertion.when.at));
    const index = work.events.length;
    const refusal = decideAt(work, insertion.request, insertion.when);
    fact = work.events[index] ?? null;
    return refusal;
  };
  const facts = inputs(history).filter(({ type }) => !standing.has(type));
  for (const event of facts) {
    if (!inserted && dateOf(event.occurredAt) > insertion.when.on) {
      const refusal = insert();
      if (refusal) return { state: work.state, fact, refusal, superseding: null };
    }
    if (work.state.status === 'open') passTime(work, instantOf(event.occurredAt));
    const refusal = redo(work, event);
    // The engine's own acts and marks fall away where nothing calls for them any more; facts do not.
    if (refusal && inserted && isFact(event.type))
      return { state: work.state, fact, refusal: null, superseding: event };
  }
  if (!inserted) {
    const refusal = insert();
    if (refusal) return { state: work.state, fact, refusal, superseding: null };
  }
  if (work.state.status === 'open') passTime(work, until);
  return { state: work.state, fact, refusal: null, superseding: null };
};
