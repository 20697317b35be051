import { compareInstants, isCivilDate, startOfDay, type CivilDate } from '../calendar/civil-date.js';
import type { DecideContext } from './context.js';
import type { DecidedEvent } from './event.js';
import type { EventType } from './event-types.js';
import { evolve } from './evolve.js';
import { dateOf } from './occurred.js';
import type { DisputeState, Occurred } from './state.js';

/**
 * A decision in the making: each recorded event is folded at once, so that what follows is decided on the state as it
 * then is. Local to one decision; the caller's state is not touched.
 */
export interface Work {
  state: DisputeState;
  readonly events: DecidedEvent[];
  context: DecideContext;
  /** When what is being decided occurred. */
  at: Occurred;
  /** The event that what is being decided follows from. */
  cause: number | null;
  /** The next id of a procedure or a handoff; a replay gives again those that are recorded. */
  ids: { procedure(): string; handoff(): string };
}

export const beginWork = (state: DisputeState, context: DecideContext, at: Occurred): Work => {
  const work: Work = {
    state,
    events: [],
    context,
    at,
    cause: null,
    ids: {
      procedure: () => `p${Object.keys(work.state.procedures).length + 1}`,
      handoff: () => `${work.state.id}-h${Object.keys(work.state.handoffs).length + 1}`,
    },
  };
  return work;
};

/** Records one event and folds it. Answers its index, for consequences to name as their cause. */
export const record = (work: Work, type: EventType, data: object, procedureId: string | null): number => {
  const event: DecidedEvent = {
    type,
    occurredAt: work.at,
    procedureId,
    data: data as Record<string, unknown>,
    cause: work.cause,
  };
  work.events.push(event);
  work.state = evolve(work.state, { ...event, version: work.state.version + 1 });
  return work.events.length - 1;
};

/** Runs `then` with everything it records caused by the event at `index`. */
export const following = (work: Work, index: number, then: () => void): void => {
  const before = work.cause;
  work.cause = index;
  then();
  work.cause = before;
};

/** The instant from which something counts as having occurred: a civil date's first moment. */
export const instantOf = (occurred: Occurred): string => (isCivilDate(occurred) ? startOfDay(occurred) : occurred);

export const today = (work: Work): CivilDate => dateOf(work.at);

export const isAfter = (a: string, b: string): boolean => compareInstants(a, b) > 0;
