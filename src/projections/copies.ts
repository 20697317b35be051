import type { Pool } from 'pg';
import type { Cursor } from '../store/contract.js';
import { inOrder } from '../store/order.js';
import { run } from '../store/pool.js';
import type { AnyProjection } from './projection.js';

export type CopyRole = 'building' | 'live' | 'retired';

/** One copy of a projection, as accord.projection_copies has it. */
export interface Copy extends Cursor {
  generation: number;
  projection: string;
  version: number;
  role: CopyRole;
  /** The last stream that was swept, while the log is swept; null: the copy follows the log. */
  sweep: string | null;
  /** Events read so far. */
  events: number;
  /** When the last event read was recorded; null before the first. */
  recordedAt: Date | null;
  /** Grows with each write: who writes names the one that it read. */
  revision: string;
  holder: string | null;
  /** Whether the holder's lease has not run out, by the database's clock. */
  isHeld: boolean;
  begunAt: Date;
  paused: boolean;
}

const copyColumns = `c.generation, c.projection, c.version, c.role, c.sweep, c.epoch, c.xid::text AS xid, c.position,
  c.events::float8 AS events, c.recorded_at AS "recordedAt", c.revision, c.holder,
  coalesce(c.lease_until > now(), false) AS "isHeld", c.begun_at AS "begunAt", p.paused`;

const selectCopies = {
  name: 'projection-copies',
  text: `SELECT ${copyColumns} FROM accord.projection_copies c JOIN accord.projections p ON p.name = c.projection
    WHERE c.projection = $1 ORDER BY c.generation`,
};

/** All copies of a projection, the oldest first. @throws StoreUnavailable */
export const copiesOf = (pool: Pool, name: string): Promise<Copy[]> => run<Copy>(pool, selectCopies, [name]);

const selectCopy = {
  name: 'projection-copy',
  text: `SELECT ${copyColumns} FROM accord.projection_copies c JOIN accord.projections p ON p.name = c.projection
    WHERE c.generation = $1`,
};

export const copyOf = async (pool: Pool, generation: number): Promise<Copy | null> =>
  (await run<Copy>(pool, selectCopy, [generation]))[0] ?? null;

const claimCopy = {
  name: 'projection-claim',
  text: `UPDATE accord.projection_copies SET holder = $2, lease_until = now() + $3::float8 * interval '1 millisecond'
    WHERE generation = $1 AND role <> 'retired' AND (holder = $2 OR holder IS NULL OR lease_until < now())
    RETURNING generation`,
};

/**
 * Takes or prolongs the lease on a copy. While another process has it: false. A lease is only so that one works and the
 * others rest: what keeps events from being applied twice is the revision.
 */
export const claim = async (pool: Pool, generation: number, holder: string, leaseMs: number): Promise<boolean> =>
  (await run(pool, claimCopy, [generation, holder, leaseMs])).length > 0;

const releaseCopy = {
  name: 'projection-release',
  text: `UPDATE accord.projection_copies SET holder = NULL, lease_until = NULL WHERE generation = $1 AND holder = $2`,
};

export const release = async (pool: Pool, generation: number, holder: string): Promise<void> => {
  await run(pool, releaseCopy, [generation, holder]);
};

const ensureName = {
  name: 'projection-ensure',
  text: `INSERT INTO accord.projections (name) VALUES ($1) ON CONFLICT DO NOTHING`,
};

/** It is swept up to where the log ends now; an empty log is followed from its beginning. */
const beginCopy = {
  name: 'projection-begin',
  text: `INSERT INTO accord.projection_copies (projection, version, role, sweep, epoch, xid, position, recorded_at)
    SELECT $1, $2, 'building', e.stream, coalesce(e.epoch, 0), coalesce(e.xid, '0'), coalesce(e.position, 0), e.recorded_at
      FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT '' AS stream, e.epoch, e.xid, e.position, e.recorded_at FROM accord.events e
          WHERE ${inOrder.settled} ORDER BY e.epoch DESC, e.xid DESC, e.position DESC LIMIT 1) AS e ON true
    ON CONFLICT DO NOTHING`,
};

const retireBuilding = {
  name: 'projection-retire-building',
  text: `UPDATE accord.projection_copies SET role = 'retired', revision = revision + 1
    WHERE projection = $1 AND role = 'building' AND version < $2`,
};

/** Begins a copy beside the live one, unless one of this version is being built. @throws StoreUnavailable */
export const beginBuilding = async (pool: Pool, { name, version }: AnyProjection): Promise<void> => {
  await run(pool, ensureName, [name]);
  await run(pool, retireBuilding, [name, version]);
  await run(pool, beginCopy, [name, version]);
};

/**
 * Sees to it that a projection has a copy made by this code, or one is being built. A copy that newer code made is left
 * alone: during a change of versions both kinds of process run.
 */
export const ensureCopy = async (pool: Pool, projection: AnyProjection): Promise<void> => {
  const copies = await copiesOf(pool, projection.name);
  const present = copies.some(({ role, version }) => role !== 'retired' && version >= projection.version);
  if (!present) await beginBuilding(pool, projection);
};

/** How many streams are parked in the copy $1 that are not in the copy $2. */
export const newlyParked = `SELECT count(*)::integer AS parked FROM accord.projection_parked b WHERE b.generation = $1
  AND NOT EXISTS (SELECT FROM accord.projection_parked l WHERE l.generation = $2 AND l.stream = b.stream)`;

const setPause = {
  name: 'projection-pause',
  text: `INSERT INTO accord.projections (name, paused) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET paused = excluded.paused`,
};

/** Stops or lets go on the live copy, in all processes and until told otherwise. @throws StoreUnavailable */
export const setPaused = async (pool: Pool, name: string, paused: boolean): Promise<void> => {
  await run(pool, setPause, [name, paused]);
};
