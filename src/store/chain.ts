import { createHash } from 'node:crypto';
import canonicalizeUntyped from 'canonicalize';
import { UnstorableText, type Json, type NewEvent, type RecordedEvent } from './contract.js';

/** An event with its place in its stream, before it is hashed. */
export type PlacedEvent = NewEvent & Pick<RecordedEvent, 'stream' | 'version' | 'recordedAt'>;

const canonicalize = canonicalizeUntyped as unknown as (value: unknown) => string;

/**
 * RFC 8785 text of a JSON value.
 *
 * @throws UnstorableText where a string holds U+0000 or a lone surrogate: PostgreSQL could not give it back unchanged.
 */
export function canonical(value: unknown): string {
  let text: string;
  try {
    text = canonicalize(value);
  } catch (error) {
    // The package refuses lone surrogates itself, among other things.
    assertStorable(value);
    throw error;
  }
  if (text.includes('\\u0000')) assertStorable(value);
  return text;
}

/** Throws `UnstorableText` if a string in `value`, or a key, could not be stored unchanged. Names no content. */
export function assertStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) throw new UnstorableText('A text holds U+0000 or a lone surrogate.');
  } else if (Array.isArray(value)) {
    for (const item of value) assertStorable(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      assertStorable(key);
      assertStorable(item);
    }
  }
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** The previous hash of a stream's first event: SHA-256 of the stream's name in UTF-8, lower-case hex. */
export function firstPreviousHash(stream: string): string {
  return sha256(Buffer.from(stream, 'utf8'));
}

/** The text under an event's hash: RFC 8785 of these thirteen members and no others. It is what is stored, too. */
export function hashedText(event: PlacedEvent): string {
  return canonical({
    stream: event.stream,
    version: event.version,
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.actor,
    commandId: event.commandId,
    causationId: event.causationId,
    correlationId: event.correlationId,
    procedureId: event.procedureId,
    data: event.data,
  });
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
  return sha256(Buffer.from(previousHash, 'hex'), Buffer.from(text, 'utf8'));
}

/**
 * What an event holds in place of a personal value: SHA-256 over the salt's 16 raw bytes, followed by the value's
 * RFC 8785 text in UTF-8. With the salt destroyed, the value cannot be guessed from it.
 *
 * @param salt 32 hex digits
 */
export function commitment(salt: string, value: Json): string {
  if (!/^[0-9a-f]{32}$/i.test(salt)) throw new TypeError('A salt is 16 bytes in hex.');
  return sha256(Buffer.from(salt, 'hex'), Buffer.from(canonical(value), 'utf8'));
}

function sha256(...parts: Buffer[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
