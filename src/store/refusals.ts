import type { Pool } from 'pg';
import { run } from './pool.js';

/** The last event of a stream. */
export interface Head {
  version: number;
  hash: string;
  recordedAt: string | null;
}

/** Most refusals recorded for one dispute in a minute; those above are dropped. */
const perMinute = 30;

const selectRefusalHead = {
  name: 'refusal-head',
  text: `SELECT s.version, encode(s.head_hash, 'hex') AS hash, s.head_recorded_at AS "recordedAt",
      (SELECT recorded_at FROM accord.events WHERE stream = $1 AND version = s.version - ${perMinute - 1}) AS "earlier"
    FROM accord.streams s WHERE s.stream = $1`,
};

/** The head of a dispute's refusals; null while there is none; `too-many` above 30 in the minute before `now`. */
export async function refusalHead(pool: Pool, disputeId: string, now: Date): Promise<Head | null | 'too-many'> {
  const [row] = await run<{ version: number; hash: string; recordedAt: Date; earlier: Date | null }>(
    pool,
    selectRefusalHead,
    [`refusals-${disputeId}`],
  );
  if (row === undefined) return null;
  if (row.earlier !== null && now.getTime() - row.earlier.getTime() < 60_000) return 'too-many';
  return { version: row.version, hash: row.hash, recordedAt: row.recordedAt.toISOString() };
}
