import { procedureDefinition } from '../procedures/procedures.js';
import type { Profile } from '../profiles/profile.js';
import { profileOf } from '../profiles/profiles.js';
import type { DecideContext } from './context.js';
import { decideAt, type Request, type When } from './decide.js';
import { disputeActions } from './dispute-actions.js';
import type { DecidedEvent, HistoricEvent } from './event.js';
import { evolve, fold, isFact } from './evolve.js';
import { dateOf, hasOccurred } from './occurred.js';
import { mayOpen, openProcedure, type Opening } from './open-procedure.js';
import type { Refusal } from './refusal.js';
import { followRegistration } from './register.js';
import type { DisputeState, Occurred } from './state.js';
import { passTime } from './time.js';
import { beginWork, instantOf, type Work } from './work.js';

/**
 * A dispute is its facts: whatever else the stream holds follows from them by law, calendar and clock. So a late or a
 * corrected fact is judged by deciding all facts again, in the order in which they occurred, with that fact among them.
 */

/** Corrections are not done again: what they say is said of the fact that they supersede. */
const corrections = new Set(['FactCorrected', 'DeadlineElapsed']);

/** What somebody did: the events that follow from nothing, in the order in which they occurred. */
const inputs = (history: readonly HistoricEvent[]): HistoricEvent[] =>
  history
    .slice(1)
    .filter((event) => event.causationId === null && !corrections.has(event.type))
    .sort((a, b) => compareText(dateOf(a.occurredAt), dateOf(b.occurredAt)) || a.version - b.version);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Records that say nothing about the course of the matter hold from the beginning: others may refer to them. */
const standing = new Set(['DocumentAdded', 'EvidenceAdded', 'NoteAdded', 'DisputeFactCorrected', 'SubjectErased']);

/** Asides bring no legal time with them while a past matter is being typed in. */
const asides = new Set<string>(
  Object.values(disputeActions)
    .filter(({ aside }) => aside)
    .map(({ records }) => records),
);

/** The body of the request that an event records: of a batch of members, whom it named. */
const bodyOf = ({ data }: HistoricEvent): Record<string, unknown> => {
  const results = data['results'] as { member: string }[] | undefined;
  return results ? { ...data, members: results.map(({ member }) => member) } : data;
};

/** The request that a recorded event answers. */
const requestOf = (event: HistoricEvent, state: DisputeState): Request | null => {
  if (event.type === 'ProfileChanged')
    return { action: 'change-profile', body: { profile: (event.data['to'] as { code: string }).code } };
  const own = Object.entries(disputeActions).find(([, { records }]) => records === event.type);
  if (own) return { action: own[0], body: bodyOf(event), procedureId: event.procedureId ?? undefined };
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
  // What it reopened may have been closed by a fact that is void: then there is nothing to reopen.
  if (event.type === 'DisputeReopened' && work.state.status === 'open') return null;
  const request = requestOf(event, work.state);
  const when: When = { at: event.occurredAt, on: dateOf(event.occurredAt) };
  return request ? decideAt(work, request, when, { trusted: true }) : null;
};

/** Ids as recorded for what is done again, and ids that nothing has yet for what is new. */
const idsOf = (history: readonly HistoricEvent[]) => {
  const opened = history.filter(({ type }) => type === 'ProcedureOpened').length;
  const handoffs = history.filter(({ type }) => type === 'HandoffRequested');
  const disputeId = history[0]!.data['disputeId'] as string;
  const causes = new Map(history.map(({ eventId, causationId }) => [eventId, causationId]));
  const follows = (event: HistoricEvent, from: HistoricEvent): boolean => {
    for (let id: string | null = event.eventId; id !== null; id = causes.get(id) ?? null)
      if (id === from.eventId) return true;
    return false;
  };
  let procedures = opened;
  let requested = handoffs.length;
  const fresh = {
    procedure: () => `p${(procedures += 1)}`,
    handoff: () => `${disputeId}-h${(requested += 1)}`,
  };
  return {
    fresh,
    recorded: (event: HistoricEvent): Work['ids'] => {
      const known = handoffs.filter((one) => follows(one, event)).map(({ data }) => data['handoffId']);
      return {
        procedure: fresh.procedure,
        handoff: () => (known.shift() as string | undefined) ?? fresh.handoff(),
      };
    },
  };
};

/** A field of a recorded fact that was, or is supposed to be, otherwise. */
export interface Amendment {
  /** Version of the fact's event. */
  event: number;
  field: string;
  value: unknown;
}

/** The legal date of a fact is when it occurred: correcting the one moves the other. */
const amend = (event: HistoricEvent, { field, value }: Amendment): HistoricEvent => {
  const dated = dateOf(event.occurredAt) === event.data[field];
  return {
    ...event,
    data: { ...event.data, [field]: value },
    ...(dated ? { occurredAt: value as string } : {}),
  };
};

/** The stream as it now stands: with what was corrected, and without what was voided. */
export const standingHistory = (
  history: readonly HistoricEvent[],
  further: { amend?: readonly Amendment[]; omit?: readonly number[] } = {},
): HistoricEvent[] => {
  const amendments = [
    ...history
      .filter(({ type }) => type === 'FactCorrected')
      .map(({ data }) => ({ event: data['supersedes'], field: data['field'], value: data['value'] }) as Amendment),
    ...(further.amend ?? []),
  ];
  const voided = new Set([
    ...history.flatMap(({ type, data }) =>
      type === 'DisputeReopened' ? ((data['voids'] as number[] | undefined) ?? []) : [],
    ),
    ...(further.omit ?? []),
  ]);
  return history
    .filter(({ version }) => !voided.has(version))
    .map((event) => amendments.filter((one) => one.event === event.version).reduce(amend, event));
};

export interface Insertion {
  request: Request;
  when: When;
}

export interface Replayed {
  state: DisputeState;
  /** The inserted fact, then what followed from it on its own day. */
  decided: DecidedEvent[];
  /** Why the inserted fact itself cannot be, on the state at its own instant. */
  refusal: Refusal | null;
  /** The first later fact that would no longer be legal. */
  superseding: HistoricEvent | null;
  /** Where the change is tolerant: every fact that would no longer be legal. */
  impossible: HistoricEvent[];
}

/** What is different from the stream as recorded. */
export interface Change {
  insert?: Insertion;
  amend?: readonly Amendment[];
  omit?: readonly number[];
  /** Facts of the dispute itself. */
  facts?: Record<string, unknown>;
  /** The profile from the beginning, where it is to be another than the one that was pinned. */
  profile?: Profile;
  /** Leaves out what had not occurred by then; a civil date means the end of that day. */
  upTo?: Occurred;
  /** Goes on past facts that can no longer be, to see what else would differ. */
  tolerant?: true;
}

/**
 * Decides all facts of a stream again, with one more, one otherwise or one fewer among them. `until` is the instant to
 * which legal time then passes. The role of who asks is judged for the inserted fact only: the others were judged when
 * they were recorded.
 */
export const replay = (
  recorded: readonly HistoricEvent[],
  change: Change,
  context: DecideContext,
  until: string,
): Replayed => {
  const history = standingHistory(recorded, change);
  const insertion = change.insert;
  const [registered, ...rest] = history;
  if (!registered) throw new RangeError('a replay needs a history');
  let start = fold([registered])!;
  for (const event of rest) if (standing.has(event.type) && event.causationId === null) start = evolve(start, event);
  if (change.facts) start = { ...start, facts: { ...start.facts, ...change.facts } };
  // Later changes of the profile are among what is done again.
  const profile = change.profile ?? profileOf(start.profile.code) ?? context.profile;
  const work = beginWork(start, { ...context, profile }, registered.occurredAt);
  followRegistration(work);
  const ids = idsOf(recorded);
  const impossible: HistoricEvent[] = [];
  // From here on facts may have become impossible; before an insertion, nothing has changed.
  let changed = insertion === undefined;
  let decided: DecidedEvent[] = [];
  const insert = (insertion: Insertion): Refusal | null => {
    changed = true;
    if (work.state.status === 'open') passTime(work, instantOf(insertion.when.at));
    const index = work.events.length;
    work.ids = ids.fresh;
    const refusal = decideAt(work, insertion.request, insertion.when);
    decided = work.events.slice(index);
    return refusal;
  };
  const answer = (refusal: Refusal | null, superseding: HistoricEvent | null): Replayed => ({
    state: work.state,
    decided,
    refusal,
    superseding,
    impossible,
  });
  const { upTo } = change;
  const facts = inputs(history).filter(
    ({ type, occurredAt }) => !standing.has(type) && (upTo === undefined || hasOccurred(occurredAt, upTo)),
  );
  for (const event of facts) {
    if (insertion && !changed && dateOf(event.occurredAt) > insertion.when.on) {
      const refusal = insert(insertion);
      if (refusal) return answer(refusal, null);
    }
    const timeless = work.state.backfill && asides.has(event.type);
    if (work.state.status === 'open' && !timeless) passTime(work, instantOf(event.occurredAt));
    work.ids = ids.recorded(event);
    const refusal = redo(work, event);
    // The engine's own acts and marks fall away where nothing calls for them any more; facts do not.
    if (!refusal || !changed || !isFact(event.type)) continue;
    if (!change.tolerant) return answer(null, event);
    impossible.push(event);
  }
  if (insertion && !changed) {
    const refusal = insert(insertion);
    if (refusal) return answer(refusal, null);
  }
  if (work.state.status === 'open') passTime(work, until);
  return answer(null, null);
};
