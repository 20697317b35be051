import type { Pool } from 'pg';
import { run } from '../store/pool.js';
import { copiesOf, newlyParked, type Copy } from './copies.js';
import { followCopy, type Follower, type FollowOptions } from './follow.js';
import { inTransaction } from '../store/in-transaction.js';
import type { AnyProjection } from './projection.js';

/** Events read at once while a copy is built. */
const buildPage = 4_000;

const lockCopies = `SELECT generation, role, holder, sweep, epoch, xid::text AS xid, position FROM accord.projection_copies
  WHERE projection = $1 AND role <> 'retired' ORDER BY generation FOR UPDATE`;
const isBehind = `SELECT (b.epoch, b.xid, b.position) < (l.epoch, l.xid, l.position) AS behind
  FROM accord.projection_copies b, accord.projection_copies l WHERE b.generation = $1 AND l.generation = $2`;
const setRole = `UPDATE accord.projection_copies SET role = $2, revision = revision + 1,
  holder = NULL, lease_until = NULL WHERE generation = $1`;

/**
 * `waiting`: streams are parked in the built copy that are not in the live one, and readers would lose them. `not-yet`:
 * it is not ours to swap, or the live one stands further on: readers never go back. `gone`: it is no longer being built.
 */
export type Swapped = 'done' | 'waiting' | 'not-yet' | 'gone';

/**
 * Puts a built copy in the place of the live one, in one transaction. With `force` whatever is parked in it, and whoever
 * holds it.
 */
export const swap = (
  pool: Pool,
  { name }: AnyProjection,
  generation: number,
  { holder, force = false }: { holder: string; force?: boolean },
): Promise<Swapped> =>
  inTransaction(pool, 'write', async (client) => {
    const { rows } = await client.query<Pick<Copy, 'generation' | 'role' | 'holder' | 'sweep'>>(lockCopies, [name]);
    const built = rows.find((one) => one.generation === generation && one.role === 'building');
    const live = rows.find(({ role }) => role === 'live');
    if (!built) return 'gone';
    if (built.sweep !== null || (built.holder !== holder && !(force && live))) return 'not-yet';
    if (live) {
      const answer = await client.query<{ behind: boolean }>(isBehind, [generation, live.generation]);
      if (answer.rows[0]!.behind) return 'not-yet';
      const { rows: parked } = await client.query<{ parked: number }>(newlyParked, [generation, live.generation]);
      if (!force && parked[0]!.parked > 0) return 'waiting';
      await client.query(setRole, [live.generation, 'retired']);
    }
    await client.query(setRole, [generation, 'live']);
    return 'done';
  });

/**
 * What a step of building did; `done`: the copy is live; `waiting`: so many streams are parked that nothing more is read,
 * or streams that the live copy has not parked.
 */
export interface BuildStep {
  did: 'applied' | 'done' | 'held' | 'nothing' | 'waiting';
  events: number;
  generation: number | null;
}

/** Builds the copy of a projection that is to be built, if there is one, a page a step. */
export interface Builder {
  /** @throws StoreUnavailable */
  step(): Promise<BuildStep>;
  release(): Promise<void>;
}

export interface BuildOptions extends FollowOptions {
  /** Swaps though streams are parked in the new copy that are not in the live one. */
  force?: boolean;
}

export const buildCopies = (pool: Pool, projection: AnyProjection, options: BuildOptions): Builder => {
  let following: { generation: number; follower: Follower } | null = null;

  const find = async (): Promise<{ generation: number; follower: Follower } | null> => {
    if (following) return following;
    const copies = await copiesOf(pool, projection.name);
    const copy = copies.find(({ role, version }) => role === 'building' && version === projection.version);
    if (!copy) return null;
    const { generation } = copy;
    return (following = {
      generation,
      follower: followCopy(pool, projection, generation, { pageSize: buildPage, ...options }),
    });
  };

  const step = async (): Promise<BuildStep> => {
    const building = await find();
    if (building === null) return { did: 'nothing', events: 0, generation: null };
    const { generation, follower } = building;
    const { did, events } = await follower.step();
    const answer = (what: BuildStep['did']): BuildStep => ({ did: what, events, generation });
    /** What is held by a process that waits, or blocked, is swapped only when that is forced. */
    const trySwap = async (otherwise: BuildStep['did']): Promise<BuildStep> => {
      const swapped = await swap(pool, projection, generation, options);
      if (swapped === 'done' || swapped === 'gone') following = null;
      if (swapped === 'gone') return answer('nothing');
      return answer(swapped === 'not-yet' ? otherwise : swapped);
    };
    switch (did) {
      case 'applied':
      case 'lost':
        return answer('applied');
      case 'at-end':
        return trySwap('applied');
      case 'held':
        following = null;
        return options.force ? trySwap('held') : answer('held');
      case 'blocked':
        return options.force ? trySwap('waiting') : answer('waiting');
      case 'gone':
      case 'paused':
        following = null;
        return answer('nothing');
    }
  };

  return {
    step,
    release: async () => {
      await following?.follower.release();
      following = null;
    },
  };
};

/** Rows taken away at once: a transaction stays short, since all who read in order wait for it. */
const clearBatch = 2_000;

const selectRetired = {
  name: 'projection-retired',
  text: `SELECT generation FROM accord.projection_copies WHERE projection = $1 AND role = 'retired' LIMIT 1`,
};
const dropRetired = {
  name: 'projection-drop-retired',
  text: `DELETE FROM accord.projection_copies WHERE generation = $1 AND role = 'retired'`,
};

/**
 * Clears away a part of what retired copies have left. Answers how many rows went; 0: there is nothing left. What two
 * processes clear at once is cleared once.
 */
export const clearRetired = async (pool: Pool, { name, tables }: AnyProjection): Promise<number> => {
  const [retired] = await run<{ generation: number }>(pool, selectRetired, [name]);
  if (!retired) return 0;
  const all = ['accord.projection_streams', 'accord.projection_parked', ...tables.map(({ table }) => table)];
  for (const table of all) {
    const text = `WITH gone AS (DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE generation = $1 LIMIT ${clearBatch} FOR UPDATE SKIP LOCKED)) RETURNING 1)
      SELECT count(*)::integer AS cleared FROM gone`;
    const [row] = await run<{ cleared: number }>(pool, { name: `clear ${table}`, text }, [retired.generation]);
    if (row!.cleared > 0) return row!.cleared;
  }
  await run(pool, dropRetired, [retired.generation]);
  return 1;
};
