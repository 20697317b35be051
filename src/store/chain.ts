import { createHash } from 'node:crypto';
import { canonical } from './canonical.js';
import type { Json, NewEvent, RecordedEvent } from './contract.js';

/** An event with its place in its stream, before it is hashed. */
export type PlacedEvent = NewEvent & Pick<RecordedEvent, 'stream' | 'version' | 'recordedAt'>;

/** The previous hash of a stream's first event: SHA-256 of the stream's name in UTF-8, lower-case hex. */
export function firstPreviousHash(stream: string): string {
  return createHash('sha256').update(stream, 'utf8').digest('hex');
}

/**
 * The text under an event's hash: RFC 8785 of these thirteen members and no others, in the order which that demands. It is
 * what is stored, too.
 */
export function hashedText(event: PlacedEvent): string {
  return (
    `{"actor":${canonical(event.actor)},"causationId":${canonical(event.causationId)}` +
    `,"commandId":${canonical(event.commandId)},"correlationId":${canonical(event.correlationId)}` +
    `,"data":${canonical(event.data)},"eventId":${canonical(event.eventId)}` +
    `,"occurredAt":${canonical(event.occurredAt)},"procedureId":${canonical(event.procedureId)}` +
    `,"recordedAt":${canonical(event.recordedAt)},"schemaVersion":${canonical(event.schemaVersion)}` +
    `,"stream":${canonical(event.stream)},"type":${canonical(event.type)},"version":${canonical(event.version)}}`
  );
}

/**
 * SHA-256 over the 32 raw bytes of the previous hash, followed by the event's RFC 8785 text in UTF-8.
 * Both hashes are lower-case hex outside.
 */
export function eventHash(previousHash: string, event: PlacedEvent): string {
  return chainHash(previousHash, hashedText(event));
}

/** `eventHash` where the event's text is at hand already. */
export function chainHash(previousHash: string, text: string): string {
  return createHash('sha256').update(previousHash, 'hex').update(text, 'utf8').digest('hex');
}

/**
 * What an event holds in place of a personal value: SHA-256 over the salt's 16 raw bytes, followed by the value's
 * RFC 8785 text in UTF-8. With the salt destroyed, the value cannot be guessed from it.
 *
 * @param salt 32 hex digits
 */
export function commitment(salt: string, value: Json): string {
  if (!/^[0-9a-f]{32}$/i.test(salt)) throw new TypeError('A salt is 16 bytes in hex.');
  return createHash('sha256').update(salt, 'hex').update(canonical(value), 'utf8').digest('hex');
}
