import type { Pool } from 'pg';
import { assertStorable } from './canonical.js';
import { chainHash, firstPreviousHash, hashedText } from './chain.js';
import type { AppendRequest, AppendResult, NewEvent, PriorCommand, RecordedEvent } from './contract.js';
import { refusalHead, type Head } from './refusals.js';
import { run } from './pool.js';
import { NoMasterKey } from './sealing/master-keys.js';
import type { Sealing, SealedWrite } from './sealing/sealing.js';

/** Attempts to place a refusal behind others that are recorded at the same time; then it is dropped. */
const refusalAttempts = 8;

/**
 * Appends in one round trip; with a refusal in two, since the head of the refusals' stream is read first.
 *
 * @throws UnstorableText, StoreUnavailable; NoMasterKey where there are values and no sealing; TypeError where the
 * request contradicts itself
 */
export async function appendTo(
  pool: Pool,
  clock: () => Date,
  sealing: Sealing | null,
  request: AppendRequest,
): Promise<AppendResult> {
  const { stream, expectedVersion, values, erase = [] } = request;
  const disputeId = request.dispute?.disputeId ?? stream.replace(/^dispute-/, '');
  for (let attempt = 1; ; attempt += 1) {
    const sealed = await sealedValues(sealing, disputeId, values, expectedVersion === 0 && attempt === 1);
    try {
      const result = await appendSealed(pool, clock, request, { ...sealed, erase });
      if (erase.length > 0) sealing?.forget(disputeId);
      return result;
    } catch (error) {
      if ((error as { code?: unknown }).code !== keysMovedOn || attempt === sealAttempts) throw error;
      sealing?.forget(disputeId);
    }
  }
}

/** SQLSTATE by which accord.append undoes itself when the dispute's keys are not those that were remembered. */
const keysMovedOn = 'AC002';
const sealAttempts = 3;

async function sealedValues(
  sealing: Sealing | null,
  disputeId: string,
  values: AppendRequest['values'],
  fresh: boolean,
): Promise<SealedWrite> {
  if (values.length === 0) return { keys: [], values: [], index: [] };
  if (!sealing) throw new NoMasterKey('A value is to be sealed, and this process was given no master key.');
  return sealing.seal(disputeId, values, fresh);
}

type Sealed = SealedWrite & { erase: string[] };

async function appendSealed(
  pool: Pool,
  clock: () => Date,
  request: AppendRequest,
  sealed: Sealed,
): Promise<AppendResult> {
  const written = prepare(request, sealed, clock());
  for (let attempt = 1; request.refusal !== null && attempt <= refusalAttempts; attempt += 1) {
    const head = await refusalHead(pool, written.disputeId, clock());
    if (head === 'too-many') break;
    try {
      return await call(pool, request, written, placeRefusal(written.disputeId, head, request.refusal, clock()));
    } catch (error) {
      if ((error as { code?: unknown }).code !== refusalsMovedOn) throw error;
    }
  }
  return call(pool, request, written, null);
}

/** SQLSTATE by which accord.append undoes itself when the refusals' stream has moved on. */
const refusalsMovedOn = 'AC001';

interface Chained {
  events: RecordedEvent[];
  /** The hashed texts, in order. */
  texts: string[];
}

interface Written extends Chained {
  disputeId: string;
  /** Null: the stream is not touched. */
  expectedVersion: number | null;
  previousHash: string;
  state: string | null;
  index: string | null;
  stall: string | null;
  extras: string | null;
}

function prepare(request: AppendRequest, sealed: Sealed, now: Date): Written {
  const { stream, expectedVersion, events, dispute } = request;
  if (stream.startsWith('dispute-') && events.length > 0 && dispute?.disputeId !== stream.slice(8)) {
    throw new TypeError('Events of a dispute are appended with the snapshot of that dispute.');
  }
  const touchesStream = events.length > 0 || dispute !== null || request.command !== null;
  if (touchesStream && expectedVersion === 0 && events.length === 0) {
    throw new TypeError('A stream begins with an event.');
  }
  if (touchesStream && expectedVersion > 0 && request.headHash === null) {
    throw new TypeError('The head hash of an existing stream must be given.');
  }
  const previousHash = expectedVersion === 0 ? firstPreviousHash(stream) : request.headHash!;
  assertStorable(request.command);
  const head = { version: expectedVersion, hash: previousHash, recordedAt: request.headRecordedAt };
  return {
    ...chain(stream, head, events, now),
    disputeId: dispute?.disputeId ?? stream.replace(/^dispute-/, ''),
    expectedVersion: touchesStream ? expectedVersion : null,
    previousHash,
    state: dispute === null ? null : storableJson(dispute.state),
    index: dispute === null ? null : storableJson(dispute.index),
    stall: dispute === null || dispute.stall === null ? null : storableJson(dispute.stall),
    extras: extras(request, sealed),
  };
}

/** What few appends bring, each only where there is something; null where there is nothing. */
function extras({ dispute, documents = [], read }: AppendRequest, sealed: Sealed): string | null {
  const { deadlines = null, handoffs = [] } = dispute ?? {};
  const { keys, values, index, erase } = sealed;
  const sealing = values.length + erase.length > 0;
  if (deadlines === null && !sealing && !read && handoffs.length + documents.length === 0) return null;
  return storableJson({
    deadlines: deadlines ?? undefined,
    sealed: sealing
      ? { keys: unlessEmpty(keys), values: unlessEmpty(values), index: unlessEmpty(index), erase: unlessEmpty(erase) }
      : undefined,
    read: read ?? undefined,
    handoffs: unlessEmpty(handoffs),
    documents: unlessEmpty(documents),
  });
}

const unlessEmpty = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

/** The events behind `head`, each linked to the one before; recordedAt never goes back. */
function chain(stream: string, head: Head, events: NewEvent[], now: Date): Chained {
  const instant = now.toISOString();
  const recordedAt = head.recordedAt !== null && head.recordedAt > instant ? head.recordedAt : instant;
  const chained: Chained = { events: [], texts: [] };
  let { version, hash } = head;
  for (const event of events) {
    version += 1;
    const placed = { ...event, stream, version, recordedAt };
    const text = hashedText(placed);
    const previousHash = hash;
    hash = chainHash(previousHash, text);
    chained.events.push({ ...placed, previousHash, hash });
    chained.texts.push(text);
  }
  return chained;
}

/** The refusal behind `head`, as accord.write_refusal takes it. */
function placeRefusal(disputeId: string, head: Head | null, refusal: NewEvent, now: Date): string {
  const stream = `refusals-${disputeId}`;
  const after = head ?? { version: 0, hash: firstPreviousHash(stream), recordedAt: null };
  const { events, texts } = chain(stream, after, [refusal], now);
  const placed = JSON.stringify({ stream, after: after.version, head: after.hash, hash: events[0]!.hash });
  return `${placed.slice(0, -1)},"event":${texts[0]}}`;
}

/** JSON text. JSON.stringify escapes exactly what PostgreSQL cannot hold, so only then a closer look is needed. */
function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.includes('\\u0000') || text.includes('\\ud')) assertStorable(value);
  return text;
}

const callAppend = {
  name: 'append',
  text: `SELECT accord.append(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) AS answer`,
};

type Answer = null | { conflict: number } | { duplicate: PriorCommand };

async function call(
  pool: Pool,
  request: AppendRequest,
  written: Written,
  refusal: string | null,
): Promise<AppendResult> {
  const { events, texts, previousHash } = written;
  const { command, dispute } = request;
  const [row] = await run<{ answer: Answer }>(pool, callAppend, [
    request.stream,
    written.expectedVersion,
    bytes(previousHash),
    command?.commandId ?? null,
    command?.fingerprint ?? null,
    `[${texts.join(',')}]`,
    `{${events.map((event) => `"\\\\x${event.hash}"`).join(',')}}`,
    events.at(-1)?.recordedAt ?? null,
    written.disputeId,
    dispute?.foldVersion ?? null,
    written.state,
    written.index,
    dispute?.planCode ?? null,
    dispute?.planChanged ?? null,
    dispute?.nextDue ?? null,
    dispute?.stall?.at ?? null,
    written.stall,
    written.extras,
    refusal,
  ]);
  const { answer } = row!;
  if (answer === null) {
    const version = request.expectedVersion + events.length;
    return { status: 'appended', events, version, headHash: events.at(-1)?.hash ?? previousHash };
  }
  if ('duplicate' in answer) return { status: 'duplicate', prior: answer.duplicate };
  return { status: 'conflict', version: answer.conflict };
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}
