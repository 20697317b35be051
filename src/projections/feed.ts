import type { Pool } from 'pg';
import type { Cursor } from '../store/contract.js';
import { inOrder } from '../store/order.js';
import { run } from '../store/pool.js';
import type { AnyProjection, ProjectedEvent } from './projection.js';

/** A page of all events in order, of which only those that the projection reads are given. */
export interface FeedPage {
  events: ProjectedEvent[];
  /** How many events the page spans, read or passed over. */
  span: number;
  /** The last of them, and when it was recorded (milliseconds since 1970); null for an empty page. */
  last: { cursor: Cursor; recordedAt: number } | null;
}

/** Columns of `ProjectedEvent`, of accord.events under the alias `e`. */
export const projectedColumns = `e.stream, e.version, e.type, e.schema_version AS "schemaVersion",
  e.occurred_at AS "occurredAt", e.procedure_id AS "procedureId"`;

/** What is passed over travels without its data. */
const selectPage = {
  name: 'projection-page',
  text: `SELECT ${projectedColumns},
      CASE WHEN e.type = ANY ($5::text[]) AND starts_with(e.stream, $6) THEN e.data END AS data,
      e.epoch, e.xid::text AS xid, e.position, (extract(epoch FROM e.recorded_at) * 1000)::float8 AS "recordedAt"
    FROM accord.events e
    WHERE ${inOrder.after('$1', '$2', '$3')} AND ${inOrder.settled} ORDER BY ${inOrder.by} LIMIT $4`,
};

interface PageRow extends Omit<ProjectedEvent, 'data'>, Cursor {
  data: ProjectedEvent['data'] | null;
  recordedAt: number;
}

/** The next `limit` events after the cursor. Costs one round trip. @throws StoreUnavailable */
export const readPage = async (
  pool: Pool,
  projection: AnyProjection,
  { epoch, xid, position }: Cursor,
  limit: number,
): Promise<FeedPage> => {
  const rows = await run<PageRow>(pool, selectPage, [
    epoch,
    xid,
    position,
    limit,
    projection.types,
    projection.streams,
  ]);
  const last = rows.at(-1);
  return {
    events: rows.filter((row): row is PageRow & ProjectedEvent => row.data !== null),
    span: rows.length,
    last: last
      ? {
          cursor: { epoch: last.epoch, xid: last.xid, position: last.position },
          recordedAt: last.recordedAt,
        }
      : null,
  };
};

const selectStream = {
  name: 'projection-stream',
  text: `SELECT ${projectedColumns}, e.data FROM accord.events e
    WHERE e.stream = $1 AND e.version >= $2 AND (e.epoch, e.xid, e.position) <= ($3::integer, $4::xid8, $5::bigint)
      AND e.type = ANY ($6::text[])
    ORDER BY e.version LIMIT $7`,
};

/** A stream's events from a version on, up to the cursor and at most `limit`. @throws StoreUnavailable */
export const readStreamUpTo = (
  pool: Pool,
  { types }: AnyProjection,
  from: { stream: string; version: number },
  { epoch, xid, position }: Cursor,
  limit: number,
): Promise<ProjectedEvent[]> =>
  run<ProjectedEvent>(pool, selectStream, [from.stream, from.version, epoch, xid, position, types, limit]);

const selectSweep = {
  name: 'projection-sweep',
  text: `SELECT ${projectedColumns}, CASE WHEN e.type = ANY ($6::text[]) THEN e.data END AS data FROM accord.events e
    WHERE (e.stream, e.version) > ($1, $2::integer) AND e.stream < $3
      AND (e.epoch, e.xid, e.position) <= ($4::integer, $5::xid8, $7::bigint)
    ORDER BY e.stream, e.version LIMIT $8`,
};

/** A page of the events in the order of their streams; of those that the projection does not read, without data. */
export type SweptEvent = Omit<ProjectedEvent, 'data'> & { data: ProjectedEvent['data'] | null };

/**
 * The next events after one of a stream, stream by stream, up to the cursor and at most `limit`. What lies up to a
 * cursor that was read never changes, so pages fit together. Costs one round trip.
 *
 * @throws StoreUnavailable
 */
export const readSweep = (
  pool: Pool,
  { streams, types }: AnyProjection,
  after: { stream: string; version: number },
  { epoch, xid, position }: Cursor,
  limit: number,
): Promise<SweptEvent[]> => {
  const from = after.stream < streams ? { stream: streams, version: 0 } : after;
  return run<SweptEvent>(pool, selectSweep, [
    from.stream,
    from.version,
    behind(streams),
    epoch,
    xid,
    types,
    position,
    limit,
  ]);
};

/** Sorts behind every text that begins so, by code points. */
const behind = (prefix: string): string =>
  prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
