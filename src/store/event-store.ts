import type { Pool } from 'pg';
import { appendTo } from './append.js';
import type { Cursor, EventStore, Json, JsonObject, Loaded, RecordedEvent } from './contract.js';
import { eventColumns, recordedEvent, type EventColumns } from './event-row.js';
import { run } from './pool.js';
import { verify } from './verify.js';

export interface EventStoreOptions {
  /** What `recordedAt` is taken from; default the system's clock. */
  clock?: () => Date;
}

/** The event store over a pool of the application's role. */
export function createEventStore(pool: Pool, options: EventStoreOptions = {}): EventStore {
  const clock = options.clock ?? (() => new Date());
  const store: EventStore = {
    epoch: async () => (await run<{ epoch: number }>(pool, selectEpoch))[0]!.epoch,
    load: (disputeId, commandId, { caseNumber = false } = {}) => load(pool, disputeId, commandId, caseNumber),
    append: (request) => appendTo(pool, clock, request),
    readStream: async (stream, { from = 1, to = maxVersion, limit = maxPage } = {}) => {
      const rows = await run<EventColumns>(pool, selectStream, [stream, from, to, Math.min(limit, maxPage)]);
      return rows.map(recordedEvent);
    },
    readAll: (after, limit) => readAll(pool, after, limit),
    values: (disputeId, refs) => values(pool, disputeId, refs),
    verifyStream: (stream) => verify(pool, stream),
  };
  return store;
}

const maxPage = 1_000;
const maxVersion = 2_147_483_647;

const selectEpoch = { name: 'epoch', text: `SELECT epoch FROM accord.cluster` };

const selectStream = {
  name: 'read-stream',
  text: `SELECT ${eventColumns} FROM accord.events
    WHERE stream = $1 AND version BETWEEN $2 AND $3 ORDER BY version LIMIT $4`,
};

/** Always one row: what is not there is null. The case number is drawn only where asked for. */
const selectLoaded = {
  name: 'load',
  text: `SELECT
      s.version, encode(s.head_hash, 'hex') AS "headHash", s.head_recorded_at AS "headRecordedAt",
      s.fold_version AS "foldVersion", s.state,
      c.plan_version AS "planVersion", c.driven_version AS "drivenVersion",
      (SELECT json_object_agg(ref, value) FROM accord.sealed_values WHERE dispute_id = $1 AND in_view) AS "values",
      (SELECT json_build_object('commandId', command_id, 'fingerprint', fingerprint, 'stream', stream,
                                'firstVersion', first_version, 'lastVersion', last_version)
         FROM accord.commands WHERE command_id = $2) AS prior,
      CASE WHEN $3 THEN nextval('accord.case_number')::integer END AS "caseNumber"
    FROM (VALUES (1)) AS one
    LEFT JOIN accord.streams s ON s.stream = 'dispute-' || $1
    LEFT JOIN accord.dispute_clocks c ON c.dispute_id = $1`,
};

interface LoadedColumns {
  version: number | null;
  headHash: string;
  headRecordedAt: Date;
  foldVersion: number;
  state: string;
  planVersion: number;
  drivenVersion: number;
  values: Record<string, Json> | null;
  prior: Loaded['prior'];
  caseNumber: number | null;
}

async function load(
  pool: Pool,
  disputeId: string,
  commandId: string | null,
  caseNumber: boolean,
): Promise<Loaded> {
  const [row] = await run<LoadedColumns>(pool, selectLoaded, [disputeId, commandId, caseNumber]);
  const { version, headHash, headRecordedAt, foldVersion, state, planVersion, drivenVersion, ...rest } = row!;
  const snapshot =
    version === null
      ? null
      : {
          version,
          headHash,
          headRecordedAt: headRecordedAt.toISOString(),
          foldVersion,
          state: JSON.parse(state) as JsonObject,
          planVersion,
          drivenVersion,
        };
  return { snapshot, values: rest.values ?? {}, prior: rest.prior, caseNumber: rest.caseNumber };
}

/**
 * A transaction may commit after one that began later. So readers stop below the oldest transaction still open
 * (`xmin` of their own snapshot), and order by transaction first: no event can appear behind the cursor.
 * Transaction ids of an earlier epoch are another cluster's, and all ended.
 */
const selectAll = {
  name: 'read-all',
  text: `SELECT ${eventColumns}, epoch, xid::text AS xid, position FROM accord.events
    WHERE (epoch, xid, position) > ($1::integer, $2::xid8, $3::bigint)
      AND (epoch, xid) < ((SELECT epoch FROM accord.cluster), pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY accord.events.epoch, accord.events.xid, accord.events.position LIMIT $4`,
};

async function readAll(
  pool: Pool,
  after: Cursor | null,
  limit: number,
): Promise<{ events: (RecordedEvent & { cursor: Cursor })[]; cursor: Cursor | null }> {
  const start = after ?? { epoch: 0, xid: '0', position: '0' };
  const rows = await run<EventColumns & Cursor>(pool, selectAll, [
    start.epoch,
    start.xid,
    start.position,
    Math.min(limit, maxPage),
  ]);
  const events = rows.map((row) => ({
    ...recordedEvent(row),
    cursor: { epoch: row.epoch, xid: row.xid, position: row.position },
  }));
  return { events, cursor: events.at(-1)?.cursor ?? after };
}

const selectValues = {
  name: 'values',
  text: `SELECT ref, kind, subject, encode(salt, 'hex') AS salt, value FROM accord.sealed_values
    WHERE dispute_id = $1 AND ref = ANY ($2)`,
};

async function values(
  pool: Pool,
  disputeId: string,
  refs: string[],
): Promise<Record<string, { kind: string; subject: string | null; salt: string; value: Json }>> {
  const rows = await run<{ ref: string; kind: string; subject: string | null; salt: string; value: Json }>(
    pool,
    selectValues,
    [disputeId, refs],
  );
  return Object.fromEntries(rows.map(({ ref, ...value }) => [ref, value]));
}
