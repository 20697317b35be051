import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { createEngine } from '../../../src/commands/engine.js';
import { createCommandService } from '../../../src/commands/command-service.js';
import { createDeliverer, type Patience } from '../../../src/feed/deliver.js';
import { secretCheck, webhookSecret } from '../../../src/feed/signature.js';
import { createDriveStore } from '../../../src/store/drive-store.js';
import { createEventStore } from '../../../src/store/event-store.js';
import { beginning, createFeedStore } from '../../../src/store/feed.js';
import {
  createSubscriptionStore,
  type NewSubscription,
  type SubscriptionStore,
} from '../../../src/store/subscriptions.js';
import { startSubscriptionWaker, type SubscriptionWaker } from '../../../src/worker/subscriptions.js';
import { temporalClient } from '../../../src/worker/temporal-client.js';
import { startWorker, type RunningWorker } from '../../../src/worker/worker.js';
import type { SubscriptionReading } from '../../../src/workflows/subscription.js';
import { storeDatabase } from '../../store/database.js';
import { appendRequest, disputeWrite, headAfter, newEvent, start, type Head } from '../../store/requests.js';
import { workflowBundle } from './harness.js';

export const serverSecret = Buffer.from('a secret of the tests that is long enough');

/** Tries again almost at once, and gives up after three. */
export const impatient: Patience = { firstMs: 50, longestMs: 200, attempts: 3, forMs: 60_000 };

/** Webhooks over a database and a namespace of their own. */
export interface WebhookHarness {
  databaseUrl: string;
  client: Client;
  subscriptions: SubscriptionStore;
  /** Makes a subscription from the beginning on; answers its id and secret. */
  subscribe(url: string, change?: Partial<NewSubscription>): Promise<{ id: string; secret: string }>;
  /** Appends events of one dispute, each in a transaction of its own. */
  record(
    disputeId: string,
    count: number,
    change?: { type?: string; organisations?: string[]; region?: string },
  ): Promise<void>;
  state(id: string): Promise<SubscriptionReading>;
  status(id: string): Promise<string>;
  /** Starts worker and waker, in another namespace if told so. */
  start(at?: { address: string; namespace: string }): Promise<void>;
  stopEngine(): Promise<void>;
  stop(): Promise<void>;
}

export async function webhookHarness(at: { address: string; namespace: string }): Promise<WebhookHarness> {
  const database = await storeDatabase('webhooks', 12);
  const { pool } = database;
  const store = createEventStore(pool);
  const drives = createDriveStore(pool);
  const feed = createFeedStore(pool);
  const subscriptions = createSubscriptionStore(pool);
  const engine = createEngine({ commands: createCommandService({ store }), store, drives });
  const deliverer = createDeliverer({
    feed,
    subscriptions,
    serverSecret,
    destinations: { allowLoopback: true },
    patience: impatient,
    budgetMs: 3_000,
  });
  const heads = new Map<string, Head>();
  let running: { worker: RunningWorker; waker: SubscriptionWaker; close(): Promise<void> } | null = null;

  const harness: WebhookHarness = {
    databaseUrl: database.databaseUrl,
    client: temporalClient(at).client,
    subscriptions,
    subscribe: async (url, change = {}) => {
      const id = randomUUID();
      await subscriptions.insert({
        id,
        fingerprint: 'f',
        url,
        types: null,
        organisation: null,
        withinRegion: null,
        region: null,
        createdBy: 'admin-1',
        secretCheck: secretCheck(serverSecret, id),
        from: beginning,
        ...change,
      });
      return { id, secret: webhookSecret(serverSecret, id, 1) };
    },
    record: async (disputeId, count, { type = 'NoteAdded', ...index } = {}) => {
      for (let n = 0; n < count; n += 1) {
        const head = heads.get(disputeId) ?? start;
        const dispute = disputeWrite(disputeId, {}, index);
        const events = [newEvent({ type })];
        heads.set(disputeId, headAfter(await store.append(appendRequest(disputeId, head, { events, dispute }))));
      }
    },
    state: (id) => harness.client.workflow.getHandle(`webhook/${id}`).query<SubscriptionReading>('state'),
    status: async (id) => (await harness.client.workflow.getHandle(`webhook/${id}`).describe()).status.name,
    start: async (where = at) => {
      const { client, close } = temporalClient(where);
      harness.client = client;
      const log = () => undefined;
      const worker = await startWorker({ ...where, engine, deliverer, workflowBundle: await workflowBundle(), log });
      const waker = startSubscriptionWaker({
        feed,
        subscriptions,
        drives,
        client,
        epoch: 1,
        log,
        watchMs: 500,
        pollMs: { min: 20, max: 100 },
      });
      running = { worker, waker, close };
    },
    stopEngine: async () => {
      const now = running;
      running = null;
      await now?.waker.stop();
      await now?.worker.stop();
      await now?.close();
    },
    stop: async () => {
      await harness.stopEngine();
      await database.drop();
    },
  };
  return harness;
}
