import type { Client } from '@temporalio/client';
import type { Engine } from '../commands/contract.js';
import type { DriveClaim, DriveStore } from '../store/contract.js';
import { forever, pause } from './forever.js';
import type { WorkerLog } from './log.js';
import { incarnationOf, requeueAll } from './requeue.js';
import { signalRunning, signalWithStart } from './signal-drive.js';
import { codeOfError, isStoreAway, isTemporalAway } from './temporal-errors.js';

export interface RelayOptions {
  drives: DriveStore;
  engine: Pick<Engine, 'planOf'>;
  /** `temporalClient()`. */
  client: Client;
  /** The store's epoch. */
  epoch: number;
  /** Version of the plan's code (`planCode`). */
  planCode: number;
  log: WorkerLog;
  /** Default `accord`. */
  taskQueue?: string;
  /** Now, in milliseconds since 1970. */
  clock?: () => number;
  /** How long it waits when the queue is empty: from the first, doubling, to the second. Default 50–500 ms. */
  pollMs?: { min: number; max: number };
  /** How often it looks for a new Temporal and for overdue disputes. Default 30 s. */
  watchMs?: number;
  /** The pause after each 200 disputes queued again. Default 1 s. */
  requeuePauseMs?: number;
}

/** What the relay has done since it was started, and how it stands. */
export interface RelayStatus {
  driven: number;
  failed: number;
  requeued: number;
  /** Depth of the queue and the age of its oldest row, when last looked at. */
  backlog: number;
  oldestSeconds: number;
  /** False while Temporal cannot be reached. */
  temporalIsUp: boolean;
}

export interface Relay {
  status(): RelayStatus;
  /** Ends within 5 s; what was under way is taken up again by the next relay. */
  stop(): Promise<void>;
}

const concurrency = 8;
const batch = 16;
const leaseMs = 60_000;
const callMs = 10_000;
const overdueMs = 60_000;
/** Name of the setting that remembers which Temporal knows the disputes. */
const incarnationSetting = 'temporal-incarnation';

/**
 * Hands each new plan to its dispute's workflow: claims queued disputes by lease, asks for the plan, signals with
 * start, and takes the row out of the queue. No transaction is open meanwhile. Queues again every open dispute when
 * this Temporal does not know them, every dispute whose plan older code made, and every one that is overdue by more
 * than a minute. Survives Temporal and PostgreSQL being away.
 */
export function startRelay(options: RelayOptions): Relay {
  const { drives, engine, client, log, taskQueue = 'accord', clock = Date.now } = options;
  const { pollMs = { min: 50, max: 500 }, watchMs = 30_000, requeuePauseMs = 1000 } = options;
  const status: RelayStatus = { driven: 0, failed: 0, requeued: 0, backlog: 0, oldestSeconds: 0, temporalIsUp: true };
  const stopping = new AbortController();
  const { signal } = stopping;
  let idleMs = pollMs.min;
  let isPlanCodeSeen = false;

  // A call to Temporal is bounded, and given up when the relay is stopped. Each has a signal of its own: the SDK never
  // takes its listener off again.
  const calls = new Set<AbortController>();
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    const own = new AbortController();
    calls.add(own);
    try {
      return await client.withAbortSignal(own.signal, () => client.withDeadline(Date.now() + callMs, work));
    } finally {
      calls.delete(own);
    }
  };

  const hand = async (claim: DriveClaim): Promise<void> => {
    const { disputeId } = claim;
    const drive = await engine.planOf(disputeId);
    if (drive?.plan.status === 'open') await signalWithStart(client, taskQueue, drive);
    else if (drive && !(await signalRunning(client, drive)))
      // Closed, and no workflow runs: there is nobody to acknowledge the plan, and nothing to be driven.
      await drives.acknowledge(disputeId, drive.version, options.planCode);
    await drives.complete(claim);
  };

  /** Throws only while Temporal or PostgreSQL is away. */
  const driveOne = async (claim: DriveClaim): Promise<void> => {
    try {
      await call(() => hand(claim));
      status.driven += 1;
      status.temporalIsUp = true;
    } catch (error) {
      status.failed += 1;
      if (isStoreAway(error)) throw error;
      if (isTemporalAway(error)) {
        status.temporalIsUp = false;
        await drives.release(claim, 1000);
        throw error;
      }
      log('warn', 'relay: a dispute cannot be driven', {
        code: codeOfError(error),
        attempts: claim.attempts,
      });
      await drives.release(claim, Math.min(1000 * 2 ** Math.min(claim.attempts, 10), 60_000));
    }
  };

  const driveQueued = async (): Promise<number> => {
    // While Temporal is away one dispute is tried at a time; the rest stay as they are.
    const waiting = await drives.claim(status.temporalIsUp ? batch : 1, leaseMs);
    idleMs = waiting.length > 0 ? pollMs.min : Math.min(idleMs * 2, pollMs.max);
    const wait = waiting.length > 0 ? 0 : idleMs;
    const lane = async () => {
      for (let claim = waiting.shift(); claim && !signal.aborted; claim = waiting.shift()) await driveOne(claim);
    };
    const lanes = await Promise.allSettled(Array.from({ length: concurrency }, lane));
    const left = waiting.splice(0);
    if (!signal.aborted) await Promise.all(left.map((claim) => drives.release(claim, 1000)));
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason as Error;
    return wait;
  };

  const requeue = async (why: Parameters<DriveStore['requeue']>[0]): Promise<void> => {
    const queued = await requeueAll(drives, why, { pauseMs: requeuePauseMs, signal });
    status.requeued += queued;
    if (queued > 0) log('info', 'relay: disputes queued again', { why: why.kind, queued });
  };

  const incarnation = async (): Promise<string> => {
    try {
      const runId = await call(() => incarnationOf(client, taskQueue));
      status.temporalIsUp = true;
      return runId;
    } catch (error) {
      if (isTemporalAway(error)) status.temporalIsUp = false;
      throw error;
    }
  };

  const watch = async (): Promise<number> => {
    Object.assign(status, await backlogOf(drives));
    const runId = await incarnation();
    const known = `${runId}@${options.epoch}`;
    if ((await drives.setting(incarnationSetting)) !== known) {
      log('info', 'relay: this Temporal does not know the disputes');
      await requeue({ kind: 'all-open' });
      if (!signal.aborted) await drives.setSetting(incarnationSetting, known);
    }
    if (!isPlanCodeSeen) await requeue({ kind: 'older-plan-code', planCode: options.planCode });
    isPlanCodeSeen = true;
    await requeue({ kind: 'overdue', before: new Date(clock() - overdueMs).toISOString() });
    Object.assign(status, await backlogOf(drives));
    return watchMs;
  };

  const running = Promise.all([forever('relay', driveQueued, signal, log), forever('relay watch', watch, signal, log)]);
  return {
    status: () => ({ ...status }),
    stop: async () => {
      stopping.abort();
      for (const own of calls) own.abort();
      const ended = new AbortController();
      await Promise.race([running, pause(5000, ended.signal)]);
      ended.abort();
    },
  };
}

const backlogOf = async (drives: DriveStore): Promise<Pick<RelayStatus, 'backlog' | 'oldestSeconds'>> => {
  const { depth, oldestSeconds } = await drives.backlog();
  return { backlog: depth, oldestSeconds };
};
