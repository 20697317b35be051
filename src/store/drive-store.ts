import type { Pool } from 'pg';
import type { DriveClaim, DriveStore, Json } from './contract.js';
import { run, type Statement } from './pool.js';

/** The drive queue and settings over a pool of the application's role. */
export function createDriveStore(pool: Pool): DriveStore {
  return {
    claim: (limit, leaseMs) => run<DriveClaim>(pool, claim, [limit, leaseMs]),
    complete: async ({ disputeId, version, attempts }) => {
      await run(pool, complete, [disputeId, version, attempts]);
    },
    release: async ({ disputeId, version, attempts }, afterMs) => {
      await run(pool, release, [disputeId, version, attempts, afterMs]);
    },
    acknowledge: async (disputeId, version, planCode) => {
      await run(pool, acknowledge, [disputeId, version, planCode]);
    },
    requeue: async (why, limit, afterId) => {
      const after = afterId ?? '';
      switch (why.kind) {
        case 'all-open':
          return queued(await run(pool, requeueOpen, [after, limit]));
        case 'older-plan-code':
          return queued(await run(pool, requeueOlder, [after, limit, why.planCode]));
        case 'overdue':
          return queued(await run(pool, requeueOverdue, [after, limit, why.before]));
      }
    },
    setting: async (name) => (await run<{ value: Json }>(pool, selectSetting, [name]))[0]?.value ?? null,
    setSetting: async (name, value) => {
      await run(pool, upsertSetting, [name, JSON.stringify(value)]);
    },
    backlog: async () => (await run<{ depth: number; oldestSeconds: number }>(pool, backlog))[0]!,
  };
}

/** Rows that another relay is claiming right now are skipped, so no two get the same. */
const claim = {
  name: 'drive-claim',
  text: `UPDATE accord.drive_queue q
    SET available_at = now() + $2 * interval '1 millisecond', attempts = q.attempts + 1
    FROM (SELECT dispute_id FROM accord.drive_queue WHERE available_at <= now()
          ORDER BY available_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS next
    WHERE q.dispute_id = next.dispute_id
    RETURNING q.dispute_id AS "disputeId", q.version, q.attempts`,
};

const complete = {
  name: 'drive-complete',
  text: `DELETE FROM accord.drive_queue WHERE dispute_id = $1 AND version = $2 AND attempts = $3`,
};

const release = {
  name: 'drive-release',
  text: `UPDATE accord.drive_queue SET available_at = now() + $4 * interval '1 millisecond'
    WHERE dispute_id = $1 AND version = $2 AND attempts = $3`,
};

const acknowledge = {
  name: 'drive-acknowledge',
  text: `UPDATE accord.dispute_clocks SET
      driven_version = $2,
      plan_code = greatest(plan_code, $3),
      behind_since = CASE WHEN plan_version > $2 THEN behind_since END
    WHERE dispute_id = $1 AND (driven_version < $2 OR (driven_version = $2 AND plan_code < $3))`,
};

/**
 * A row that is queued already becomes available at once; counting an attempt makes a claim under way, whose signal
 * may have gone to a Temporal that is no more, unable to remove it.
 */
function requeue(name: string, condition: string): Statement {
  return {
    name,
    text: `WITH chosen AS (
        SELECT c.dispute_id, c.plan_version
        FROM accord.dispute_clocks c JOIN accord.disputes d USING (dispute_id)
        WHERE c.dispute_id > $1 AND d.status <> 'closed' AND ${condition}
        ORDER BY c.dispute_id LIMIT $2
      ), written AS (
        INSERT INTO accord.drive_queue AS q (dispute_id, version)
        SELECT dispute_id, plan_version FROM chosen
        ON CONFLICT (dispute_id) DO UPDATE SET available_at = now(), attempts = q.attempts + 1
      )
      SELECT count(*)::integer AS queued, max(dispute_id) AS "lastId" FROM chosen`,
  };
}

const requeueOpen = requeue('drive-requeue-open', 'true');
const requeueOlder = requeue('drive-requeue-older', 'c.plan_code < $3');
const requeueOverdue = requeue('drive-requeue-overdue', 'c.next_due < $3::timestamptz');

function queued(rows: object[]): { queued: number; lastId: string | null } {
  return rows[0] as { queued: number; lastId: string | null };
}

const selectSetting = { name: 'setting', text: `SELECT value FROM accord.settings WHERE name = $1` };

const upsertSetting = {
  name: 'set-setting',
  text: `INSERT INTO accord.settings (name, value) VALUES ($1, $2::jsonb)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
};

const backlog = {
  name: 'drive-backlog',
  text: `SELECT count(*)::integer AS depth,
      coalesce(extract(epoch FROM now() - min(queued_at)), 0)::float8 AS "oldestSeconds"
    FROM accord.drive_queue`,
};
