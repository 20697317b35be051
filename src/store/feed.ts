import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Cursor, RecordedEvent } from './contract.js';
import { eventColumns, recordedEvent, type EventColumns } from './event-row.js';
import { inOrder } from './order.js';
import { run } from './pool.js';
import { parameters, visible, type Access, type Parameters, type Visibility } from './read-models/visibility.js';

/** Before the first event. */
export const beginning: Cursor = { epoch: 0, xid: '0', position: '0' };

/** Negative where `a` comes before `b` in the order in which readers see events. */
export const compareCursors = (a: Cursor, b: Cursor): number => {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  const xid = BigInt(a.xid) - BigInt(b.xid);
  const far = xid === 0n ? BigInt(a.position) - BigInt(b.position) : xid;
  return far < 0n ? -1 : far > 0n ? 1 : 0;
};

/** Most events that one page looks at, whether its reader may see them or not. */
export const mostExamined = 1_000;

export interface FeedQuestion {
  after: Cursor;
  /** Most events of the page. */
  limit: number;
  visibility: Visibility;
  /** Narrows `visibility`: both must admit the dispute. */
  within?: Visibility;
  /** Event types; absent: all. */
  types?: readonly string[];
  disputeId?: string;
}

export interface FeedEvent extends RecordedEvent {
  disputeId: string;
  cursor: Cursor;
}

export interface FeedPage<Event = FeedEvent> {
  events: Event[];
  /** Where the next page begins: beyond what was examined, though nothing of it be shown. */
  cursor: Cursor;
  /** Whether there was more to examine. */
  more: boolean;
}

/** An event, and who may see its dispute now. */
export interface TailEvent extends FeedEvent {
  access: Access;
}

/** What of an event decides whether it concerns a reader. */
export type News = Pick<TailEvent, 'disputeId' | 'type' | 'access'>;

/**
 * The events of all disputes in the order of (epoch, xid, position), without gaps under concurrent writers. Rights are
 * those of the moment of reading. Streams of other kinds, such as refusals, are passed over.
 */
export interface FeedStore {
  /** Examines at most `mostExamined` events, so that a page costs the same for a reader who sees little. */
  page(question: FeedQuestion): Promise<FeedPage>;
  /** The place behind which everything is that is not yet visible. */
  now(): Promise<Cursor>;
  /** The place beyond which no position has been handed out: that of the next transaction. */
  end(): Promise<Cursor>;
  /** Everybody's next events, to be told apart by `admits`; at most `limit` are examined. */
  tail(after: Cursor, limit: number): Promise<FeedPage<TailEvent>>;
  /** The same without the events' content. */
  news(after: Cursor, limit: number): Promise<FeedPage<News>>;
}

/** The feed over a pool of the application's role. Its methods throw `StoreUnavailable`. */
export function createFeedStore(pool: Pool): FeedStore {
  return {
    page: (question) => page(pool, question),
    now: async () => (await run<Cursor>(pool, selectNow))[0]!,
    end: async () => (await run<Cursor>(pool, selectEnd))[0]!,
    tail: (after, limit) => follow(pool, selectTail, after, limit, tailEvent),
    news: (after, limit) => follow(pool, selectNews, after, limit, newsOf),
  };
}

const place = 'epoch, xid::text AS xid, position::text AS position';

/** A transaction that is open now has an id of at least `xmin`, and no event has position 0. */
const selectNow = {
  name: 'feed-now',
  text: `SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS xid, '0' AS position FROM accord.cluster`,
};

const selectEnd = {
  name: 'feed-end',
  text: `SELECT epoch, pg_snapshot_xmax(pg_current_snapshot())::text AS xid, '0' AS position FROM accord.cluster`,
};

interface PageColumns extends EventColumns {
  disputeId: string | null;
  epoch: number;
  xid: string;
  position: string;
  examined: number;
  lastEpoch: number;
  lastXid: string;
  lastPosition: string;
}

async function page(pool: Pool, question: FeedQuestion): Promise<FeedPage> {
  const { after, limit } = question;
  // Who sees everything is shown nearly all that is examined.
  const all = question.visibility.all === true && !question.types && !question.within;
  const bound = all ? Math.min(limit, mostExamined) : mostExamined;
  const params = parameters();
  const text = pageText(question, bound, params);
  // One plan a shape of the question; there are few.
  const name = `feed-${createHash('sha1').update(text).digest('base64url')}`;
  const rows = await run<PageColumns>(pool, { name, text }, params.values);
  const [first] = rows;
  if (!first) return { events: [], cursor: after, more: false };
  const events = rows.flatMap((row) => (row.disputeId === null ? [] : [feedEvent(row)]));
  if (events.length === limit && limit < first.examined) return { events, cursor: events.at(-1)!.cursor, more: true };
  const cursor = { epoch: first.lastEpoch, xid: first.lastXid, position: first.lastPosition };
  return { events, cursor, more: first.examined === bound };
}

/** Looks at the next events by index, keeps those that are asked for, and only then fetches what they say. */
function pageText(question: FeedQuestion, bound: number, params: Parameters): string {
  const { param } = params;
  const { epoch, xid, position } = question.after;
  const window = `${inOrder.after(param(epoch), param(xid), param(position))} AND ${inOrder.settled}`;
  const { disputeId, visibility, within, types } = question;
  const source =
    disputeId === undefined
      ? `${window} ORDER BY ${inOrder.by}`
      : // Within a stream the order of versions is the same order.
        `e.stream = ${param(`dispute-${disputeId}`)} AND ${window} ORDER BY e.version`;
  const asked = [`x.stream LIKE 'dispute-%'`];
  if (types) asked.push(`x.type = ANY (${param(types)}::text[])`);
  const admitted = [visible(visibility, params)];
  if (within) admitted.push(visible(within, params));
  return `WITH examined AS MATERIALIZED (
      SELECT e.epoch, e.xid, e.position, e.stream, e.version, e.type FROM accord.events e WHERE ${source} LIMIT ${param(bound)}
    ), last AS (
      SELECT epoch AS "lastEpoch", xid::text AS "lastXid", position::text AS "lastPosition",
             (SELECT count(*)::integer FROM examined) AS examined
        FROM examined ORDER BY examined.epoch DESC, examined.xid DESC, examined.position DESC LIMIT 1
    ), admitted AS MATERIALIZED (
      -- One by one, so that however many disputes there are and this reader sees, it is their key that finds them.
      SELECT a.dispute_id
        FROM (SELECT DISTINCT substr(x.stream, 9) AS id FROM examined x WHERE ${asked.join(' AND ')}) s,
          LATERAL (
            SELECT d.dispute_id FROM accord.disputes d
              WHERE d.dispute_id = s.id AND ${admitted.join(' AND ')} LIMIT 1
          ) a
    ), chosen AS (
      -- IS TRUE keeps the subquery a hash table: its size is not foreseen, and a loop over both would be long.
      SELECT x.stream, x.version, substr(x.stream, 9) AS dispute_id FROM examined x
        WHERE ${asked.join(' AND ')} AND (substr(x.stream, 9) IN (SELECT dispute_id FROM admitted)) IS TRUE
        ORDER BY x.epoch, x.xid, x.position LIMIT ${param(question.limit)}
    ), shown AS (
      SELECT c.dispute_id, e.* FROM chosen c JOIN accord.events e USING (stream, version)
    )
    SELECT ${eventColumns}, dispute_id AS "disputeId", ${place}, last.*
      FROM last LEFT JOIN shown ON true ORDER BY shown.epoch, shown.xid, shown.position`;
}

const feedEvent = (row: EventColumns & Cursor & { disputeId: string | null }): FeedEvent => ({
  ...recordedEvent(row),
  disputeId: row.disputeId!,
  cursor: { epoch: row.epoch, xid: row.xid, position: row.position },
});

interface AccessColumns {
  region: string;
  organisations: string[];
  accounts: string[];
}

const accessOf = ({ region, organisations, accounts }: AccessColumns): Access => ({
  region,
  organisations,
  accounts,
});

const following = (columns: string): string => `WITH examined AS MATERIALIZED (
    SELECT * FROM accord.events e WHERE ${inOrder.after('$1', '$2', '$3')} AND ${inOrder.settled}
    ORDER BY ${inOrder.by} LIMIT $4
  )
  SELECT ${columns}, ${place}, d.dispute_id AS "disputeId", d.region, d.organisations, d.accounts
    FROM examined x LEFT JOIN LATERAL (
      SELECT dispute_id, region, organisations, accounts FROM accord.disputes
      WHERE x.stream LIKE 'dispute-%' AND dispute_id = substr(x.stream, 9)
    ) d ON true
    ORDER BY x.epoch, x.xid, x.position`;

const selectTail = { name: 'feed-tail', text: following(eventColumns) };
const selectNews = { name: 'feed-news', text: following('type') };

const tailEvent = (row: EventColumns & Cursor & AccessColumns & { disputeId: string }): TailEvent => ({
  ...feedEvent(row),
  access: accessOf(row),
});

type NewsColumns = Cursor & AccessColumns & { disputeId: string; type: string };

const newsOf = ({ disputeId, type, ...row }: NewsColumns): News => ({
  disputeId,
  type,
  access: accessOf(row),
});

async function follow<Row extends Cursor & { disputeId: string }, Event>(
  pool: Pool,
  statement: { name: string; text: string },
  after: Cursor,
  limit: number,
  event: (row: Row) => Event,
): Promise<FeedPage<Event>> {
  const bound = Math.min(limit, mostExamined);
  const { epoch, xid, position } = after;
  const rows = await run<Row>(pool, statement, [epoch, xid, position, bound]);
  const last = rows.at(-1);
  return {
    // Of no dispute: of a stream of another kind.
    events: rows.flatMap((row) => ((row.disputeId as string | null) === null ? [] : [event(row)])),
    cursor: last ? { epoch: last.epoch, xid: last.xid, position: last.position } : after,
    more: rows.length === bound,
  };
}
