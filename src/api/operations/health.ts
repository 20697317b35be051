import { Problem } from '../http/problem.js';
import type { Dependencies } from './further-dependencies.js';

export type Check = 'up' | 'down' | 'unknown';

export interface Readiness {
  status: 'ready' | 'degraded';
  checks: { database: Check; temporal: Check; worker: Check };
}

/** Milliseconds that a check may take. */
const patience = 2_000;

/** `unknown` where nothing was given to ask; an error or silence is `down`. */
const checked = async (probe: (() => Promise<boolean>) | undefined): Promise<Check> => {
  if (!probe) return 'unknown';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((answer) => {
    timer = setTimeout(() => answer(false), patience);
  });
  try {
    return (await Promise.race([probe(), late])) ? 'up' : 'down';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Whether commands are accepted. Without Temporal or a worker they are: what is due waits, and is done when they are
 * back. Throws `unavailable` (503) without PostgreSQL.
 */
export const readiness = async ({ probes, engine, store }: Dependencies): Promise<Readiness> => {
  const database = probes?.database ?? (() => store.epoch().then(() => true));
  const [databaseIs, temporalIs, workerIs] = await Promise.all([
    checked(database),
    checked(probes?.temporal),
    checked(engine?.hasWorker),
  ]);
  const checks = { database: databaseIs, temporal: temporalIs, worker: workerIs };
  if (databaseIs !== 'up') throw new Problem('unavailable', { headers: { 'retry-after': '5' }, members: { checks } });
  return { status: temporalIs === 'down' || workerIs === 'down' ? 'degraded' : 'ready', checks };
};
