import type { RecordedEvent } from './contract.js';

/** Columns of accord.events under the names of `RecordedEvent`. */
export const eventColumns = `
  stream, version, event_id AS "eventId", type, schema_version AS "schemaVersion", occurred_at AS "occurredAt",
  to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt", actor, command_id AS "commandId", causation_id AS "causationId",
  correlation_id AS "correlationId", procedure_id AS "procedureId", data,
  encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash`;

/** A row as the driver gives it. */
export type EventColumns = RecordedEvent;

/** The event in a row that may hold more columns. */
export function recordedEvent(row: EventColumns): RecordedEvent {
  return {
    stream: row.stream,
    version: row.version,
    eventId: row.eventId,
    type: row.type,
    schemaVersion: row.schemaVersion,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    actor: row.actor,
    commandId: row.commandId,
    causationId: row.causationId,
    correlationId: row.correlationId,
    procedureId: row.procedureId,
    data: row.data,
    previousHash: row.previousHash,
    hash: row.hash,
  };
}
