import type { Pool } from 'pg';
import { run } from '../pool.js';
import { foldRight, Growth, inclusionPath, leafHash, peaksOf, type Head, type Node } from './merkle.js';

/** A signed statement, as it is kept. */
export interface StoredAnchor {
  number: number;
  /** The very text that was signed. */
  statement: string;
  /** Base64, 64 bytes. */
  signature: string;
  /** Leaves of the log that it speaks of. */
  size: number;
  /** Instant. */
  madeAt: string;
}

/** Most events that one round of `extendLog` reads. */
const batch = 5_000;

const selectEnd = {
  name: 'anchor-log-end',
  text: `SELECT size::float8 AS size, epoch, xid::text AS xid, position::text AS position FROM accord.anchor_log`,
};

/** Events behind the log's end and below the readers' watermark: all that will ever stand before them is there. */
const selectNew = {
  name: 'anchor-new-events',
  text: `SELECT stream, version, encode(hash, 'hex') AS hash, epoch, xid::text AS xid, position::text AS position
    FROM accord.events
    WHERE (epoch, xid, position) > ($1::integer, $2::xid8, $3::bigint)
      AND (epoch, xid) < ((SELECT epoch FROM accord.cluster), pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY accord.events.epoch, accord.events.xid, accord.events.position LIMIT ${batch}`,
};

const appendLeaves = {
  name: 'anchor-append-leaves',
  text: `SELECT accord.append_leaves($1::bigint, $2, $3::xid8, $4::bigint, $5::text[], $6::integer[], $7::bytea[], $8::bytea[]) AS done`,
};

interface LogEnd {
  size: number;
  epoch: number;
  xid: string;
  position: string;
}

/**
 * Adds the heads of the streams that have events since to the log, a batch at a time, each batch a transaction of its
 * own. Several processes may do it at once. Answers the number of leaves when it has caught up. Throws `StoreUnavailable`.
 */
export async function extendLog(pool: Pool): Promise<number> {
  for (;;) {
    const [end] = await run<LogEnd>(pool, selectEnd);
    const { size } = end!;
    const events = await run<Head & LogEnd>(pool, selectNew, [end!.epoch, end!.xid, end!.position]);
    if (events.length === 0) return size;
    // The last of each stream, in the order of the streams' last events.
    const heads = new Map<string, Head>();
    for (const { stream, version, hash } of events) {
      heads.delete(stream);
      heads.set(stream, { stream, version, hash });
    }
    const growth = new Growth(size, await hashesOf(pool, peaksOf(size)));
    const leaves = [...heads.values()];
    const subtrees = leaves.map((head) => Buffer.concat(growth.add(leafHash(head))));
    const last = events.at(-1)!;
    await run(pool, appendLeaves, [
      size,
      last.epoch,
      last.xid,
      last.position,
      leaves.map(({ stream }) => stream),
      leaves.map(({ version }) => version),
      leaves.map(({ hash }) => Buffer.from(hash, 'hex')),
      subtrees,
    ]);
  }
}

const selectLeaves = {
  name: 'anchor-leaves-of',
  text: `SELECT leaf::float8 AS leaf, stream, version, encode(hash, 'hex') AS hash, subtrees
    FROM accord.anchor_leaves WHERE leaf = ANY ($1::bigint[])`,
};

/** The hashes of complete subtrees, in the order asked for: each stands in the row of its last leaf. */
async function hashesOf(pool: Pool, nodes: readonly Node[]): Promise<Buffer[]> {
  const lastLeaf = ({ level, index }: Node) => (index + 1) * 2 ** level - 1;
  const rows = await run<Head & { leaf: number; subtrees: Buffer }>(pool, selectLeaves, [
    [...new Set(nodes.map(lastLeaf))],
  ]);
  const byLeaf = new Map(rows.map((row) => [row.leaf, row]));
  return nodes.map((node) => {
    const row = byLeaf.get(lastLeaf(node));
    if (!row) throw new Error('a leaf of the anchor log is missing');
    return node.level === 0 ? leafHash(row) : row.subtrees.subarray((node.level - 1) * 32, node.level * 32);
  });
}

/** The root of the log's first `size` leaves. Throws `StoreUnavailable`. */
export async function rootAt(pool: Pool, size: number): Promise<Buffer> {
  return new Growth(size, await hashesOf(pool, peaksOf(size))).root();
}

/** The hashes that lead from a leaf to the root of the log's first `size` leaves. */
export async function proofOf(pool: Pool, leaf: number, size: number): Promise<Buffer[]> {
  const path = inclusionPath(leaf, size);
  const hashes = await hashesOf(pool, path.flat());
  let taken = 0;
  return path.map((part) => foldRight(hashes.slice(taken, (taken += part.length))));
}

const selectHead = {
  name: 'anchor-leaf-of-stream',
  text: `SELECT leaf::float8 AS leaf, stream, version, encode(hash, 'hex') AS hash FROM accord.anchor_leaves
    WHERE stream = $1 AND leaf < $2::bigint ORDER BY version DESC LIMIT 1`,
};

/** The last head of a stream among the log's first `size` leaves. */
export async function anchoredHead(
  pool: Pool,
  stream: string,
  size: number,
): Promise<(Head & { leaf: number }) | null> {
  const [row] = await run<Head & { leaf: number }>(pool, selectHead, [stream, size]);
  return row ?? null;
}

const appendStatement = {
  name: 'anchor-append',
  text: `SELECT accord.append_anchor($1, $2, $3, $4::bigint, $5) AS done`,
};

/** Keeps a signed statement; false where its number is taken already. */
export async function appendAnchor(pool: Pool, anchor: StoredAnchor): Promise<boolean> {
  const { number, statement, signature, size, madeAt } = anchor;
  const [row] = await run<{ done: boolean }>(pool, appendStatement, [
    number,
    statement,
    Buffer.from(signature, 'base64'),
    size,
    madeAt,
  ]);
  return row!.done;
}

const anchorColumns = `number, statement, encode(signature, 'base64') AS signature, size::float8 AS size, made_at AS "madeAt"`;

const selectAnchors = {
  name: 'anchors-after',
  text: `SELECT ${anchorColumns} FROM accord.anchors WHERE number > $1 ORDER BY number LIMIT $2`,
};

const selectLast = {
  name: 'anchor-last',
  text: `SELECT ${anchorColumns} FROM accord.anchors ORDER BY number DESC LIMIT 1`,
};

interface AnchorColumns extends Omit<StoredAnchor, 'madeAt'> {
  madeAt: Date;
}

const stored = ({ signature, madeAt, ...row }: AnchorColumns): StoredAnchor => ({
  ...row,
  signature: signature.replaceAll('\n', ''),
  madeAt: madeAt.toISOString(),
});

/** Anchors in order, past number `after`. */
export async function readAnchors(pool: Pool, after: number, limit: number): Promise<StoredAnchor[]> {
  return (await run<AnchorColumns>(pool, selectAnchors, [after, limit])).map(stored);
}

export async function lastAnchor(pool: Pool): Promise<StoredAnchor | null> {
  const [row] = await run<AnchorColumns>(pool, selectLast);
  return row ? stored(row) : null;
}

const selectStream = {
  name: 'anchor-leaves-after',
  text: `SELECT l.leaf::float8 AS leaf, l.stream, l.version, encode(l.hash, 'hex') AS hash, l.subtrees,
      encode(e.hash, 'hex') AS recorded
    FROM accord.anchor_leaves l LEFT JOIN accord.events e ON e.stream = l.stream AND e.version = l.version
    WHERE l.leaf >= $1::bigint ORDER BY l.leaf LIMIT ${batch}`,
};

/** A leaf beside the event that it speaks of. */
export interface ComparedLeaf extends Head {
  leaf: number;
  subtrees: Buffer;
  /** The hash of that event as it stands in the log of events now; null where it is gone. */
  recorded: string | null;
}

/** Streams that one round of `passedOver` looks at. */
const streamsAtOnce = 1_000;

/** The next streams by name, and of each the last event at or below the log's end and the last leaf; one look at both. */
const selectCovered = {
  name: 'anchor-covered-streams',
  text: `WITH RECURSIVE names(stream) AS (
      (SELECT stream FROM accord.events WHERE stream > $1 ORDER BY stream LIMIT 1)
      UNION ALL
      SELECT (SELECT e.stream FROM accord.events e WHERE e.stream > n.stream ORDER BY e.stream LIMIT 1)
      FROM names n WHERE n.stream IS NOT NULL
    ), page AS MATERIALIZED (SELECT stream FROM names WHERE stream IS NOT NULL LIMIT ${streamsAtOnce})
    SELECT page.stream, coalesce(due.version, 0) AS due, coalesce(covered.version, 0) AS covered
    FROM page CROSS JOIN accord.anchor_log g
    LEFT JOIN LATERAL (
      SELECT e.version FROM accord.events e
      WHERE e.stream = page.stream AND (e.epoch, e.xid, e.position) <= (g.epoch, g.xid, g.position)
      ORDER BY e.version DESC LIMIT 1
    ) AS due ON true
    LEFT JOIN LATERAL (
      SELECT l.version FROM accord.anchor_leaves l WHERE l.stream = page.stream ORDER BY l.version DESC LIMIT 1
    ) AS covered ON true
    ORDER BY page.stream`,
};

/**
 * The streams that have events at or below the log's end which no leaf covers, each with the first such version; in the
 * order of their names, some at a time. Throws `StoreUnavailable`.
 */
export async function* passedOver(pool: Pool): AsyncGenerator<{ stream: string; version: number }> {
  for (let after = ''; ;) {
    const rows = await run<{ stream: string; due: number; covered: number }>(pool, selectCovered, [after]);
    for (const { stream, due, covered } of rows) if (due > covered) yield { stream, version: covered + 1 };
    if (rows.length < streamsAtOnce) return;
    after = rows.at(-1)!.stream;
  }
}

/** Leaves in order from `from`, at most some thousands. */
export function compareLeaves(pool: Pool, from: number): Promise<ComparedLeaf[]> {
  return run<ComparedLeaf>(pool, selectStream, [from]);
}
