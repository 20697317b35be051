import type { Actor, JsonObject, RecordedEvent } from './contract.js';

/** Columns of accord.events under the names of `RecordedEvent`. */
export const eventColumns = `
  stream, version, event_id AS "eventId", type, schema_version AS "schemaVersion", occurred_at AS "occurredAt",
  recorded_at AS "recordedAt", actor, command_id AS "commandId", causation_id AS "causationId",
  correlation_id AS "correlationId", procedure_id AS "procedureId", data,
  encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash`;

/** A row as the driver gives it. */
export interface EventColumns extends Omit<RecordedEvent, 'recordedAt'> {
  recordedAt: Date;
}

export function recordedEvent(row: EventColumns): RecordedEvent {
  return {
    stream: row.stream,
    version: row.version,
    eventId: row.eventId,
    type: row.type,
    schemaVersion: row.schemaVersion,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt.toISOString(),
    actor: row.actor satisfies Actor,
    commandId: row.commandId,
    causationId: row.causationId,
    correlationId: row.correlationId,
    procedureId: row.procedureId,
    data: row.data satisfies JsonObject,
    previousHash: row.previousHash,
    hash: row.hash,
  };
}
