import type { Pool } from 'pg';
import type { Cursor } from '../store/contract.js';
import { inOrder } from '../store/order.js';
import { run } from '../store/pool.js';
import { copiesOf, newlyParked, type Copy } from './copies.js';
import type { AnyProjection } from './projection.js';

/** How far a view is: what every answer read from it names. */
export interface AsOf {
  /** The last event in it; null before the first. */
  cursor: Cursor | null;
  /** When that event was recorded: an instant, or null. */
  recordedAt: string | null;
}

export interface Lag {
  /** Events not in it yet; counted up to 10,000, estimated beyond. */
  events: number;
  /** Age of the oldest of them; 0 where there is none. */
  seconds: number;
}

export interface ParkedStream {
  stream: string;
  fromVersion: number;
  /** A code. */
  reason: string;
  attempts: number;
  parkedAt: Date;
  retryAt: Date;
  /** Events that wait. */
  events: number;
}

export interface CopyStatus extends Pick<Copy, 'generation' | 'version' | 'role' | 'events' | 'begunAt'> {
  /** Whether a process is at work on it. */
  isHeld: boolean;
  asOf: AsOf;
  lag: Lag;
  parked: number;
}

export interface ProjectionStatus {
  name: string;
  /** Of this program's code; a live copy of another version is being replaced, or was made by newer code. */
  version: number;
  paused: boolean;
  live: CopyStatus | null;
  building: CopyStatus | null;
  /** Streams parked in the copy that is being built, and not in the live one: with any, it does not take its place. */
  waitingFor: number;
}

const mostCounted = 10_000;

/** Beyond what is counted the serial numbers say about how many there are. */
const selectLag = {
  name: 'projection-lag',
  text: `SELECT count(*)::float8 AS counted, extract(epoch FROM now() - min(recorded_at))::float8 AS seconds,
      (SELECT e.position - $3::bigint FROM accord.events e ORDER BY e.epoch DESC, e.xid DESC, e.position DESC LIMIT 1)::float8 AS apart
    FROM (SELECT e.recorded_at FROM accord.events e WHERE ${inOrder.after('$1', '$2', '$3')}
      ORDER BY ${inOrder.by} LIMIT ${mostCounted + 1}) AS waiting`,
};

/** How far a copy is behind all events, those included that cannot be read in order yet. @throws StoreUnavailable */
export const lagOf = async (pool: Pool, { epoch, xid, position }: Copy): Promise<Lag> => {
  const [row] = await run<{ counted: number; seconds: number | null; apart: number | null }>(pool, selectLag, [
    epoch,
    xid,
    position,
  ]);
  const { counted, seconds, apart } = row!;
  const events = counted > mostCounted ? Math.max(counted, apart ?? 0) : counted;
  return { events, seconds: counted === 0 ? 0 : Math.max(0, Math.round((seconds ?? 0) * 1000) / 1000) };
};

export const asOf = ({ recordedAt, epoch, xid, position }: Copy): AsOf => ({
  cursor: recordedAt === null ? null : { epoch, xid, position },
  recordedAt: recordedAt?.toISOString() ?? null,
});

/** How far the view is that readers see; null where there is none yet. @throws StoreUnavailable */
export const standingOf = async (pool: Pool, name: string): Promise<{ asOf: AsOf; lag: Lag } | null> => {
  const live = (await copiesOf(pool, name)).find(({ role }) => role === 'live');
  return live ? { asOf: asOf(live), lag: await lagOf(pool, live) } : null;
};

/** The generation that readers see, as SQL: in the statement that reads, so that a swap does not fall in between. */
export const liveGeneration = (name: string): string =>
  `(SELECT generation FROM accord.projection_copies WHERE projection = '${name}' AND role = 'live')`;

const countParked = {
  name: 'projection-count-parked',
  text: `SELECT count(*)::integer AS parked FROM accord.projection_parked WHERE generation = $1`,
};

const copyStatus = async (pool: Pool, copy: Copy): Promise<CopyStatus> => {
  const [lag, [counted]] = await Promise.all([
    lagOf(pool, copy),
    run<{ parked: number }>(pool, countParked, [copy.generation]),
  ]);
  const { generation, version, role, events, begunAt, isHeld } = copy;
  return {
    generation,
    version,
    role,
    events,
    begunAt,
    isHeld,
    asOf: asOf(copy),
    lag,
    parked: counted!.parked,
  };
};

/** How a projection stands. @throws StoreUnavailable */
export const statusOf = async (pool: Pool, { name, version }: AnyProjection): Promise<ProjectionStatus> => {
  const copies = await copiesOf(pool, name);
  const of = async (role: Copy['role']) => {
    const copy = copies.find((one) => one.role === role);
    return copy ? copyStatus(pool, copy) : null;
  };
  const [live, building] = await Promise.all([of('live'), of('building')]);
  const [waiting] = live && building ? await run<{ parked: number }>(pool, countNew, pair(building, live)) : [];
  const paused = copies[0]?.paused ?? (await isPaused(pool, name));
  return { name, version, paused, live, building, waitingFor: waiting?.parked ?? 0 };
};

const countNew = { name: 'projection-newly-parked', text: newlyParked };
const pair = (built: CopyStatus, live: CopyStatus): [number, number] => [built.generation, live.generation];

const selectPaused = {
  name: 'projection-is-paused',
  text: `SELECT paused FROM accord.projections WHERE name = $1`,
};

const isPaused = async (pool: Pool, name: string): Promise<boolean> =>
  (await run<{ paused: boolean }>(pool, selectPaused, [name]))[0]?.paused ?? false;

const selectParked = {
  name: 'projection-list-parked',
  text: `SELECT p.stream, p.from_version AS "fromVersion", p.reason, p.attempts, p.parked_at AS "parkedAt",
      p.retry_at AS "retryAt", (SELECT count(*)::integer FROM accord.events e
        WHERE e.stream = p.stream AND e.version >= p.from_version) AS events
    FROM accord.projection_parked p WHERE p.generation = $1 ORDER BY p.parked_at, p.stream LIMIT $2`,
};

/** The parked streams of a copy, those parked first first, at most `limit`. @throws StoreUnavailable */
export const parkedStreams = (pool: Pool, generation: number, limit = 50): Promise<ParkedStream[]> =>
  run<ParkedStream>(pool, selectParked, [generation, limit]);

const retryParked = {
  name: 'projection-retry-now',
  text: `UPDATE accord.projection_parked SET retry_at = now() WHERE generation IN
    (SELECT generation FROM accord.projection_copies WHERE projection = $1 AND role <> 'retired')`,
};

/** Has all parked streams tried again at once. @throws StoreUnavailable */
export const retryNow = async (pool: Pool, name: string): Promise<void> => {
  await run(pool, retryParked, [name]);
};
