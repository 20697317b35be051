import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Anchors } from '../commands/anchors.js';
import type { CommandService } from '../commands/contract.js';
import { createEngine } from '../commands/engine.js';
import { planCode } from '../domain/plan/plan.js';
import type { Deliverer } from '../feed/deliver.js';
import type { DriveStore, EventStore } from '../store/contract.js';
import type { FeedStore } from '../store/feed.js';
import type { SubscriptionStore } from '../store/subscriptions.js';
import { ensureAnchorSchedule } from './anchor-schedule.js';
import { forever } from './forever.js';
import type { WorkerLog } from './log.js';
import { startProjections } from './projections.js';
import { type Relay, startRelay } from './relay.js';
import { startSubscriptionWaker } from './subscriptions.js';
import { type RunningWorker, startWorker, type WorkerSettings } from './worker.js';

export interface EngineSideOptions {
  commands: CommandService;
  store: EventStore;
  drives: DriveStore;
  /** Over a lazy connection (`temporalClient`). */
  client: Client;
  temporal: { address: string; namespace: string };
  workflowBundle?: WorkerSettings['workflowBundle'];
  /** What webhooks are delivered by; absent, none are from here. */
  webhooks?: { feed: FeedStore; subscriptions: SubscriptionStore; deliverer: Deliverer };
  /** The record is anchored every so many minutes; absent, this worker anchors nothing. */
  anchoring?: { anchors: Pick<Anchors, 'make'>; minutes: number };
  /** Over which projections are kept up to date; absent, this worker keeps none. */
  projections?: { pool: Pool };
  log: WorkerLog;
}

export interface EngineSide {
  worker: RunningWorker;
  relay: Relay;
  /** Ends all within 5 s. */
  stop(): Promise<void>;
}

/** Everything that acts by itself: the worker with its activities, the relay, who wakes webhooks, and the projections. Throws `MissingSearchAttributes`, `StoreUnavailable`. */
export async function startEngineSide(options: EngineSideOptions): Promise<EngineSide> {
  const { commands, store, drives, client, temporal, workflowBundle, webhooks, anchoring, projections, log } = options;
  const epoch = await store.epoch();
  const engine = createEngine({ commands, store, drives });
  const worker = await startWorker({
    ...temporal,
    engine,
    log,
    ...(webhooks ? { deliverer: webhooks.deliverer } : {}),
    ...(anchoring ? { anchors: anchoring.anchors } : {}),
    ...(workflowBundle ? { workflowBundle } : {}),
  });
  const relay = startRelay({ drives, engine, client, epoch, planCode, log });
  const waker = webhooks && startSubscriptionWaker({ ...webhooks, drives, client, epoch, log });
  const projecting = projections && startProjections({ ...projections, log });
  const ended = new AbortController();
  const scheduling =
    anchoring && forever('anchor schedule', () => keepSchedule(client, anchoring.minutes), ended.signal, log);
  const stop = async () => {
    ended.abort();
    await Promise.all([worker.stop(), relay.stop(), waker?.stop(), projecting?.stop(), scheduling]);
  };
  return { worker, relay, stop };
}

/** How often the schedule is looked after: a Temporal that was wiped has none. Milliseconds. */
const scheduleMs = 60_000;

const keepSchedule = async (client: Client, minutes: number): Promise<number> => {
  await client.withDeadline(Date.now() + askMs, () => ensureAnchorSchedule(client, minutes));
  return scheduleMs;
};

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
