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
