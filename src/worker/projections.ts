import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { projections as allProjections } from '../projections/all.js';
import { buildCopies, clearRetired } from '../projections/build.js';
import { copiesOf, ensureCopy } from '../projections/copies.js';
import { followCopy, type Follower, type FollowOptions } from '../projections/follow.js';
import type { AnyProjection } from '../projections/projection.js';
import { forever, pause } from './forever.js';
import type { WorkerLog } from './log.js';

export interface ProjectionRunnerOptions extends Partial<Omit<FollowOptions, 'holder'>> {
  pool: Pool;
  log: WorkerLog;
  /** Default: every one there is. */
  projections?: readonly AnyProjection[];
  /** How long it waits at the end of the log: from the first, doubling, to the second. Default 50–500 ms. */
  pollMs?: { min: number; max: number };
  /** How often it looks for a copy to build, or to clear away, and for one that another process gave up. Default 2 s. */
  watchMs?: number;
}

export interface ProjectionRunner {
  /** Ends within 5 s; a page under way is applied or left as it was. */
  stop(): Promise<void>;
}

/**
 * Keeps every projection up to date: follows the log with the live copy of each, builds what is to be built beside it,
 * and clears away what was replaced. Of several processes one works on a copy; another takes it over when that one
 * says nothing more. Survives PostgreSQL being away.
 */
export const startProjections = (options: ProjectionRunnerOptions): ProjectionRunner => {
  const { pool, log, projections = allProjections, pollMs = { min: 50, max: 500 }, watchMs = 2_000 } = options;
  const holder = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const follow: FollowOptions = { ...options, holder };
  const stopping = new AbortController();
  const { signal } = stopping;

  const followLive = (projection: AnyProjection) => {
    let live: { generation: number; follower: Follower } | null = null;
    let idleMs = pollMs.min;
    const step = async (): Promise<number> => {
      if (live === null) {
        const copies = await copiesOf(pool, projection.name);
        const copy = copies.find(({ role, version }) => role === 'live' && version === projection.version);
        if (!copy) return watchMs / 4;
        live = {
          generation: copy.generation,
          follower: followCopy(pool, projection, copy.generation, follow),
        };
      }
      const { did, events } = await live.follower.step();
      if (did === 'gone') live = null;
      idleMs = events > 0 ? pollMs.min : Math.min(idleMs * 2, pollMs.max);
      if (did === 'applied' || did === 'gone') return 0;
      return did === 'at-end' || did === 'lost' ? idleMs : Math.min(watchMs / 4, pollMs.max);
    };
    return { step, release: async () => live?.follower.release() };
  };

  const build = (projection: AnyProjection) => {
    const builder = buildCopies(pool, projection, follow);
    const step = async (): Promise<number> => {
      await ensureCopy(pool, projection);
      const { did, events, generation } = await builder.step();
      if (did === 'done') log('info', 'projections: a new copy is live', { projection: projection.name, generation });
      if (did === 'applied') return events > 0 ? 0 : pollMs.min;
      if (did === 'nothing' && (await clearRetired(pool, projection)) > 0) return 0;
      return did === 'done' ? 0 : watchMs;
    };
    return { step, release: () => builder.release() };
  };

  const parts = projections.flatMap((projection) => [
    { name: `projection ${projection.name}`, ...followLive(projection) },
    { name: `projection ${projection.name}, building`, ...build(projection) },
  ]);
  const running = Promise.all(
    parts.map(async ({ name, step, release }) => {
      await forever(name, step, signal, log);
      // Not given free, it is taken over when the lease runs out.
      await release().catch(() => undefined);
    }),
  );
  return {
    stop: async () => {
      stopping.abort();
      const ended = new AbortController();
      await Promise.race([running, pause(5_000, ended.signal)]);
      ended.abort();
    },
  };
};
