import type { Pool } from 'pg';
import { appendTo } from './append.js';
import type { Cursor, EventStore, JsonObject, Loaded, RecordedEvent } from './contract.js';
import { eventColumns, recordedEvent, type EventColumns } from './event-row.js';
import { inOrder } from './order.js';
import { run } from './pool.js';
import { NoMasterKey } from './sealing/master-keys.js';
import { sealedByRef, sealedInView, type SealedJson, type Sealing } from './sealing/sealing.js';
import { verify } from './verify.js';

export interface EventStoreOptions {
  /** What `recordedAt` is taken from; default the system's clock. */
  clock?: () => Date;
  /** Seals and opens values. Without it the store is for those who need none: it answers no values, and takes none. */
  sealing?: Sealing;
}

/** The event store over a pool of the application's role. */
export function createEventStore(pool: Pool, options: EventStoreOptions = {}): EventStore {
  const clock = options.clock ?? (() => new Date());
  const sealing = options.sealing ?? null;
  const store: EventStore = {
    epoch: async () => (await run<{ epoch: number }>(pool, selectEpoch))[0]!.epoch,
    load: (disputeId, commandId, { caseNumber = false } = {}) => load(pool, sealing, disputeId, commandId, caseNumber),
    append: (request) => appendTo(pool, clock, sealing, request),
    readStream: async (stream, { from = 1, to = maxVersion, limit = maxPage } = {}) => {
      const rows = await run<EventColumns>(pool, selectStream, [stream, from, to, Math.min(limit, maxPage)]);
      return rows.map(recordedEvent);
    },
    readAll: (after, limit) => readAll(pool, after, limit),
    values: (disputeId, refs) => values(pool, sealing, disputeId, refs),
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
      CASE WHEN $4 THEN ${sealedInView('$1')} END AS sealed,
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
  sealed: SealedJson | null;
  prior: Loaded['prior'];
  caseNumber: number | null;
}

async function load(
  pool: Pool,
  sealing: Sealing | null,
  disputeId: string,
  commandId: string | null,
  caseNumber: boolean,
): Promise<Loaded> {
  const [row] = await run<LoadedColumns>(pool, selectLoaded, [disputeId, commandId, caseNumber, sealing !== null]);
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
  const values: Loaded['values'] = (await sealing?.open(disputeId, rest.sealed, true)) ?? {};
  return { snapshot, values, prior: rest.prior, caseNumber: rest.caseNumber };
}

const selectAll = {
  name: 'read-all',
  text: `SELECT ${eventColumns}, epoch, xid::text AS xid, position FROM accord.events e
    WHERE ${inOrder.after('$1', '$2', '$3')} AND ${inOrder.settled} ORDER BY ${inOrder.by} LIMIT $4`,
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
  text: `SELECT ${sealedByRef('$1', '$2')} AS sealed`,
};

async function values(
  pool: Pool,
  sealing: Sealing | null,
  disputeId: string,
  refs: string[],
): ReturnType<EventStore['values']> {
  if (!sealing) throw new NoMasterKey('A value is to be opened, and this process was given no master key.');
  if (refs.length === 0) return {};
  const [row] = await run<{ sealed: SealedJson }>(pool, selectValues, [disputeId, refs]);
  return sealing.open(disputeId, row!.sealed);
}
