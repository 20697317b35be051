// What a test runs as a process of its own, and kills: a worker that delivers webhooks. argv: database, Temporal's address and namespace, bundle.
import { createCommandService } from '../../src/commands/command-service.js';
import { createEngine } from '../../src/commands/engine.js';
import { createDeliverer } from '../../src/feed/deliver.js';
import { createDriveStore } from '../../src/store/drive-store.js';
import { createEventStore } from '../../src/store/event-store.js';
import { createFeedStore } from '../../src/store/feed.js';
import { createPool } from '../../src/store/pool.js';
import { createSubscriptionStore } from '../../src/store/subscriptions.js';
import { startSubscriptionWaker } from '../../src/worker/subscriptions.js';
import { temporalClient } from '../../src/worker/temporal-client.js';
import { startWorker } from '../../src/worker/worker.js';

const [databaseUrl, address, namespace, codePath, secret] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const pool = createPool(databaseUrl);
const [store, drives, feed, subscriptions] = [
  createEventStore(pool),
  createDriveStore(pool),
  createFeedStore(pool),
  createSubscriptionStore(pool),
];
const log = () => undefined;
await startWorker({
  address,
  namespace,
  engine: createEngine({ commands: createCommandService({ store }), store, drives }),
  deliverer: createDeliverer({
    feed,
    subscriptions,
    serverSecret: Buffer.from(secret),
    destinations: { allowLoopback: true },
  }),
  workflowBundle: { codePath },
  log,
});
const { client } = temporalClient({ address, namespace });
startSubscriptionWaker({ feed, subscriptions, drives, client, epoch: 1, log });
console.log('running');
