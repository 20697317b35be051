import type { Pool } from 'pg';
import { eventHash, firstPreviousHash } from './chain.js';
import { eventColumns, recordedEvent, type EventColumns } from './event-row.js';
import { run } from './pool.js';

export type Verification = { ok: true; events: number } | { ok: false; version: number; problem: string };

const page = 500;

const selectPage = {
  name: 'verify-page',
  text: `SELECT ${eventColumns} FROM accord.events WHERE stream = $1 AND version > $2 ORDER BY version LIMIT ${page}`,
};

const selectHead = {
  name: 'verify-head',
  text: `SELECT version, encode(head_hash, 'hex') AS hash FROM accord.streams WHERE stream = $1`,
};

/**
 * Recomputes the chain of a stream, a page at a time. Problems: `missing-event`, `broken-link` (not the hash of the
 * event before), `wrong-hash` (the event is not what was hashed), `wrong-head` (the end is not what the stream's
 * row says, so events were cut off or added).
 */
export async function verify(pool: Pool, stream: string): Promise<Verification> {
  // The head first: events appended meanwhile lie behind it.
  const [head] = await run<{ version: number; hash: string }>(pool, selectHead, [stream]);
  let version = 0;
  let hash = firstPreviousHash(stream);
  for (;;) {
    const rows = await run<EventColumns>(pool, selectPage, [stream, version]);
    for (const row of rows) {
      const event = recordedEvent(row);
      version += 1;
      if (event.version !== version) return { ok: false, version, problem: 'missing-event' };
      if (event.previousHash !== hash) return { ok: false, version, problem: 'broken-link' };
      if (event.hash !== eventHash(hash, event)) return { ok: false, version, problem: 'wrong-hash' };
      if (version === head?.version && event.hash !== head.hash) {
        return { ok: false, version, problem: 'wrong-head' };
      }
      hash = event.hash;
    }
    if (rows.length < page) break;
  }
  if (head === undefined) {
    return version === 0 ? { ok: true, events: 0 } : { ok: false, version, problem: 'wrong-head' };
  }
  if (version < head.version) return { ok: false, version: version + 1, problem: 'missing-event' };
  return { ok: true, events: version };
}

/** Streams and events that one step of `verifyAll` looks at. */
const streamsAtOnce = 500;
const eventsAtOnce = 2_000;

const selectHeads = {
  name: 'verify-heads',
  text: `SELECT stream, version, encode(head_hash, 'hex') AS hash FROM accord.streams
    WHERE stream > $1 ORDER BY stream LIMIT ${streamsAtOnce}`,
};

/** Streams in the order of their names, past (stream, version) up to a last stream, or to the end. */
const selectRange = {
  name: 'verify-range',
  text: `SELECT ${eventColumns} FROM accord.events
    WHERE (stream, version) > ($1, $2) AND ($3::text IS NULL OR stream <= $3)
    ORDER BY stream, version LIMIT ${eventsAtOnce}`,
};

interface StreamHead {
  stream: string;
  version: number;
  hash: string;
}

export interface DamagedStream {
  stream: string;
  version: number;
  problem: string;
}

/**
 * Recomputes the chains of all streams in the order of their names, the next events being fetched while these are hashed.
 * Names every damaged stream with its first damaged version, as `verify` does. What is appended meanwhile is looked at or
 * not. Memory does not grow with the record.
 *
 * @throws StoreUnavailable
 */
export async function verifyAll(
  pool: Pool,
  onDamage: (damage: DamagedStream) => void,
  onProgress: (events: number) => void = () => undefined,
): Promise<{ streams: number; events: number; damaged: number }> {
  const total = { streams: 0, events: 0, damaged: 0 };
  /** A doubt is settled by a look at the stream on its own: it may only have grown in between. */
  const settle = async (stream: string): Promise<void> => {
    const found = await verify(pool, stream);
    if (found.ok) return;
    total.damaged += 1;
    onDamage({ stream, version: found.version, problem: found.problem });
  };
  for (let after = ''; ;) {
    const heads = await run<StreamHead>(pool, selectHeads, [after]);
    const last = heads.length < streamsAtOnce ? null : heads.at(-1)!.stream;
    const { doubtful, events, streams } = await verifyRange(pool, after, last, heads, (seen) =>
      onProgress(total.events + seen),
    );
    total.events += events;
    total.streams += streams;
    for (const stream of [...doubtful].sort()) await settle(stream);
    if (last === null) return total;
    after = last;
  }
}

async function verifyRange(
  pool: Pool,
  after: string,
  last: string | null,
  heads: readonly StreamHead[],
  onProgress: (events: number) => void,
): Promise<{ doubtful: Set<string>; events: number; streams: number }> {
  const headOf = new Map(heads.map((head) => [head.stream, head]));
  const doubtful = new Set<string>();
  const seen = new Set<string>();
  let events = 0;
  let [stream, version, hash] = ['', 0, ''];
  const endOfStream = () => {
    if (stream === '') return;
    seen.add(stream);
    const head = headOf.get(stream);
    // Further than the head was is only newer.
    if (!head || version < head.version) doubtful.add(stream);
  };
  const fetch = (from: string, fromVersion: number) => run<EventColumns>(pool, selectRange, [from, fromVersion, last]);
  // After all versions of the last stream looked at.
  let next = fetch(after, after === '' ? 0 : maxVersion);
  for (;;) {
    const rows = await next;
    const end = rows.at(-1);
    const more = rows.length === eventsAtOnce;
    if (more) next = fetch(end!.stream, end!.version);
    for (const row of rows) {
      const event = recordedEvent(row);
      if (event.stream !== stream) {
        endOfStream();
        [stream, version, hash] = [event.stream, 0, firstPreviousHash(event.stream)];
      }
      version += 1;
      const sound = event.version === version && event.previousHash === hash && event.hash === eventHash(hash, event);
      if (!sound) doubtful.add(stream);
      ({ version, hash } = event);
      const head = headOf.get(stream);
      if (head?.version === version && head.hash !== hash) doubtful.add(stream);
    }
    events += rows.length;
    onProgress(events);
    if (!more) break;
  }
  endOfStream();
  for (const head of heads) if (!seen.has(head.stream)) doubtful.add(head.stream);
  return { doubtful, events, streams: new Set([...seen, ...headOf.keys()]).size };
}

const maxVersion = 2_147_483_647;
