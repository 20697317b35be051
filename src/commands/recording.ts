import { randomUUID } from 'node:crypto';
import type { Requester } from '../domain/dispute/context.js';
import type { DecidedEvent } from '../domain/dispute/event.js';
import type { Refusal } from '../domain/dispute/refusal.js';
import { schemaVersionOf } from '../domain/dispute/upcast.js';
import type { Actor, Json, JsonObject, NewEvent, RecordedEvent } from '../store/contract.js';
import type { Command } from './contract.js';

/** The stream of a dispute. */
export const streamOf = (disputeId: string): string => `dispute-${disputeId}`;

/** The engine as the author of what follows by the clock. */
export const engineRequester: Requester = {
  account: 'engine',
  roles: ['system'],
  organisation: null,
  region: null,
};

/** Whose command it is, and which. */
export type Issued = Pick<Command, 'by' | 'kind' | 'commandId' | 'correlationId'>;

const actorOf = (by: Requester, kind: Actor['kind']): Actor => ({
  kind,
  id: by.account,
  role: by.roles[0] ?? 'party',
  organisation: by.organisation,
});

/**
 * Gives decided events their ids, author and causes. What the clock brought about, the events before `firstOwn`, is the
 * engine's, not the caller's.
 */
export const newEvents = (decided: readonly DecidedEvent[], issued: Issued, firstOwn: number): NewEvent[] => {
  const ids = decided.map(() => randomUUID());
  const engine = actorOf(engineRequester, 'engine');
  const actor = actorOf(issued.by, issued.kind);
  return decided.map((event, index) => ({
    eventId: ids[index]!,
    type: event.type,
    schemaVersion: schemaVersionOf(event.type),
    occurredAt: event.occurredAt,
    actor: index < firstOwn ? engine : actor,
    commandId: issued.commandId,
    causationId: event.cause === null ? null : ids[event.cause]!,
    correlationId: issued.correlationId,
    procedureId: event.procedureId,
    data: event.data as JsonObject,
  }));
};

/** Where the caller's own events begin: after the elapses that came first. */
export const ownFrom = (decided: readonly DecidedEvent[]): number => {
  const isEngine = (index: number): boolean => {
    const event = decided[index]!;
    return event.cause === null ? event.type === 'DeadlineElapsed' : isEngine(event.cause);
  };
  const first = decided.findIndex((_, index) => !isEngine(index));
  return first === -1 ? decided.length : first;
};

/** A refused request as the fact that it is; `at` is an instant. */
export const refusalEvent = (command: Command, refusal: Refusal, at: string): NewEvent => ({
  eventId: randomUUID(),
  type: 'CommandRefused',
  schemaVersion: 1,
  occurredAt: at,
  actor: actorOf(command.by, command.kind),
  commandId: command.commandId,
  causationId: null,
  correlationId: command.correlationId,
  procedureId: command.procedureId ?? null,
  data: { action: command.action, code: refusal.code, basis: (refusal.basis ?? null) as unknown as Json },
});

/** What would be recorded at `at`, for a dry run: numbered, and without a hash. */
export const foreseen = (stream: string, version: number, events: readonly NewEvent[], at: string): RecordedEvent[] =>
  events.map((event, index) => ({
    ...event,
    stream,
    version: version + index + 1,
    recordedAt: at,
    previousHash: '',
    hash: '',
  }));
