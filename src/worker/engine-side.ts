import type { Client } from '@temporalio/client';
import type { CommandService } from '../commands/command-service.js';
import { createEngine } from '../commands/engine.js';
import { planCode } from '../domain/plan/plan.js';
import type { DriveStore, EventStore } from '../store/contract.js';
import type { WorkerLog } from './log.js';
import { type Relay, startRelay } from './relay.js';
import { type RunningWorker, startWorker, type WorkerSettings } from './worker.js';

export interface EngineSideOptions {
  commands: CommandService;
  store: EventStore;
  drives: DriveStore;
  /** Over a lazy connection (`temporalClient`). */
  client: Client;
  temporal: { address: string; namespace: string };
  workflowBundle?: WorkerSettings['workflowBundle'];
  log: WorkerLog;
}

export interface EngineSide {
  worker: RunningWorker;
  relay: Relay;
  /** Ends both within 5 s. */
  stop(): Promise<void>;
}

/** Everything that acts by itself: the worker with its activities, and the relay. Throws `MissingSearchAttributes`, `StoreUnavailable`. */
export async function startEngineSide(options: EngineSideOptions): Promise<EngineSide> {
  const { commands, store, drives, client, temporal, workflowBundle, log } = options;
  const epoch = await store.epoch();
  const engine = createEngine({ commands, store, drives });
  const worker = await startWorker({
    ...temporal,
    engine,
    log,
    ...(workflowBundle ? { workflowBundle } : {}),
  });
  const relay = startRelay({ drives, engine, client, epoch, planCode, log });
  const stop = async () => {
    await Promise.all([worker.stop(), relay.stop()]);
  };
  return { worker, relay, stop };
}

/** How long a worker that has not polled still counts: it asks anew every minute. Milliseconds. */
const pollerPatience = 90_000;
const askMs = 1_500;

/** Whether a worker polls for workflows, as Temporal knows it. Throws while Temporal is away. */
export async function hasWorker(client: Client, taskQueue = 'accord'): Promise<boolean> {
  const { pollers } = await client.withDeadline(Date.now() + askMs, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: 1, // of workflows
    }),
  );
  const since = (Date.now() - pollerPatience) / 1000;
  return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) > since);
}
