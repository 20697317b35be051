import type { EventType } from './event-types.js';
import type { Occurred } from './state.js';

/**
 * An event as the domain decides it; the shell adds ids, actor, chain. `cause` is the index, within the same decision,
 * of the event that this one follows from; absent for what an actor did.
 */
export interface DecidedEvent {
  type: EventType;
  occurredAt: Occurred;
  procedureId: string | null;
  data: Record<string, unknown>;
  cause: number | null;
}

/** An event of the stream as a replay sees it. */
export interface HistoricEvent extends FoldedEvent {
  eventId: string;
  causationId: string | null;
}

/** An event as the fold sees it. */
export interface FoldedEvent {
  type: string;
  occurredAt: Occurred;
  procedureId: string | null;
  data: Record<string, unknown>;
  version: number;
}

/** Version of the fold: raise it when `evolve` or the state's shape changes, and snapshots are refolded from events. */
export const foldVersion = 1;
