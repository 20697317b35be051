import type { RecordedEvent } from '../../store/contract.js';

/** An event as it is recorded: with its causes, everything that its hash is made of. */
export const eventView = (event: RecordedEvent) => ({
  version: event.version,
  type: event.type,
  schemaVersion: event.schemaVersion,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.actor,
  commandId: event.commandId,
  procedureId: event.procedureId,
  data: event.data,
  previousHash: event.previousHash,
  hash: event.hash,
  eventId: event.eventId,
  causationId: event.causationId,
  correlationId: event.correlationId,
});
