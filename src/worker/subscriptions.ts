import type { Client } from '@temporalio/client';
import { questionOf } from '../feed/deliver.js';
import type { Cursor, DriveStore } from '../store/contract.js';
import type { FeedStore, News } from '../store/feed.js';
import { admits } from '../store/read-models/visibility.js';
import type { SubscriptionScope, SubscriptionStore, Wake } from '../store/subscriptions.js';
import { forever, pause } from './forever.js';
import type { WorkerLog } from './log.js';
import { incarnationOf } from './requeue.js';
import { isNotFound } from './temporal-errors.js';

export interface SubscriptionWakerOptions {
  feed: Pick<FeedStore, 'now' | 'news'>;
  subscriptions: Pick<SubscriptionStore, 'hasActive' | 'resting' | 'tellOf' | 'wakeAll' | 'claimWakes' | 'told'>;
  drives: Pick<DriveStore, 'setting' | 'setSetting'>;
  /** `temporalClient()`. */
  client: Client;
  /** The store's epoch. */
  epoch: number;
  log: WorkerLog;
  /** Default `accord`. */
  taskQueue?: string;
  /** How long it waits when nothing happens: from the first, doubling, to the second. Default 100–1,000 ms. */
  pollMs?: { min: number; max: number };
  /** How often it looks for a new Temporal. Default 30 s. */
  watchMs?: number;
}

export interface SubscriptionWaker {
  /** Ends within 5 s; what was to be told is told by the next. */
  stop(): Promise<void>;
}

const batch = 16;
const newsBatch = 500;
const leaseMs = 30_000;
const callMs = 10_000;
/** Name of the setting that remembers which Temporal knows the subscriptions. */
const incarnationSetting = 'temporal-incarnation-webhooks';

/**
 * Wakes the workflows of webhook subscriptions: those that rest, when there is an event for them; those that somebody
 * has changed; and all of them at its start and when this Temporal does not know them. It follows the log once for all
 * of them, and tells their workflows by signal with start. What is to be told stands in the subscription's row, so that
 * nothing is lost while Temporal is away.
 */
export function startSubscriptionWaker(options: SubscriptionWakerOptions): SubscriptionWaker {
  const { feed, subscriptions, drives, client, log, taskQueue = 'accord' } = options;
  const { pollMs = { min: 100, max: 1_000 }, watchMs = 30_000 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let tail: Cursor | null = null;
  let newsWaitMs = pollMs.min;
  let tellWaitMs = pollMs.min;

  const tellOfNews = async (): Promise<number> => {
    if (!(await subscriptions.hasActive())) {
      tail = null;
      return pollMs.max;
    }
    if (tail === null) {
      const start = await feed.now();
      // What came before is found by looking; what comes from here on is told.
      await subscriptions.wakeAll();
      tail = start;
    }
    const news = await feed.news(tail, newsBatch);
    if (news.events.length > 0) {
      const resting = await subscriptions.resting();
      const concerned = resting.filter((one) => news.events.some((event) => concerns(event, one)));
      if (concerned.length > 0) await subscriptions.tellOf(concerned.map(({ id }) => id));
    }
    tail = news.cursor;
    newsWaitMs = news.events.length > 0 ? pollMs.min : Math.min(newsWaitMs * 2, pollMs.max);
    return news.more ? 0 : newsWaitMs;
  };

  const call = <T>(work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + callMs, work);

  const tell = async (wake: Wake): Promise<void> => {
    await call(() => tellWorkflow(client, taskQueue, wake));
    await subscriptions.told(wake);
  };

  const tellAll = async (): Promise<number> => {
    const wakes = await subscriptions.claimWakes(batch, leaseMs);
    const told = await Promise.allSettled(wakes.map(tell));
    tellWaitMs = wakes.length > 0 ? pollMs.min : Math.min(tellWaitMs * 2, pollMs.max);
    const failed = told.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason as Error;
    return wakes.length === batch ? 0 : tellWaitMs;
  };

  const watch = async (): Promise<number> => {
    const known = `${await call(() => incarnationOf(client, taskQueue))}@${options.epoch}`;
    const before = await drives.setting(incarnationSetting);
    if (before === known) return watchMs;
    if (before !== null) log('info', 'webhooks: this Temporal does not know the subscriptions');
    await subscriptions.wakeAll();
    await drives.setSetting(incarnationSetting, known);
    return watchMs;
  };

  const running = Promise.all([
    forever('webhooks', tellOfNews, signal, log),
    forever('webhooks tell', tellAll, signal, log),
    forever('webhooks watch', watch, signal, log),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      const ended = new AbortController();
      await Promise.race([running, pause(5_000, ended.signal)]);
      ended.abort();
    },
  };
}

/** Whether a subscription is to be told of an event: as its pages judge it. */
const concerns = ({ type, access }: News, scope: SubscriptionScope): boolean => {
  const { visibility, within, types } = questionOf(scope);
  return admits(visibility, access) && (!within || admits(within, access)) && (!types || types.includes(type));
};

const workflowIdOf = (id: string): string => `webhook/${id}`;

/** An active subscription's workflow is started where it does not run; another's is only told, and then ends. */
async function tellWorkflow(client: Client, taskQueue: string, { id, status }: Wake): Promise<void> {
  const workflowId = workflowIdOf(id);
  if (status === 'active') {
    await client.workflow.signalWithStart('subscription', {
      workflowId,
      taskQueue,
      args: [{ subscriptionId: id }],
      signal: 'wake',
      signalArgs: [],
      staticSummary: '事件推送',
    });
    return;
  }
  try {
    await client.workflow.getHandle(workflowId).signal('wake');
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
