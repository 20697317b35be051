import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Waits until readers in order see everything recorded so far. They stop below the oldest transaction still open anywhere
 * in the cluster, and other tests write in theirs.
 */
export async function allReadable(pool: pg.Pool): Promise<void> {
  const text = `SELECT coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) AS readable FROM accord.events`;
  for (let tries = 0; tries < 1_000; tries += 1) {
    if ((await pool.query<{ readable: boolean }>(text)).rows[0]!.readable) return;
    await sleep(20);
  }
  throw new Error('a transaction stays open');
}
