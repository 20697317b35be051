import { createServer, type Server } from 'node:http';
import { createAnchors } from '../commands/anchors.js';
import { createCalendars } from '../commands/calendars.js';
import { createCommandService } from '../commands/command-service.js';
import type { CommandService } from '../commands/contract.js';
import { ConfigProblem } from '../commands/environment.js';
import { openSigningKeys } from '../commands/keys.js';
import { serverSecret } from '../commands/server-secret.js';
import { createDeliverer } from '../feed/deliver.js';
import { createDriveStore } from '../store/drive-store.js';
import { createEventStore } from '../store/event-store.js';
import { createFeedStore } from '../store/feed.js';
import { createPool } from '../store/pool.js';
import { createSubscriptionStore } from '../store/subscriptions.js';
import { readWorkerConfig } from './config.js';
import { type EngineSide, startEngineSide } from './engine-side.js';
import { forever, pause } from './forever.js';
import type { WorkerLog } from './log.js';
import { MissingSearchAttributes } from './registered-attributes.js';
import { temporalClient } from './temporal-client.js';

/** Milliseconds in which everything ends after SIGTERM. */
const grace = 9_000;
const refreshCalendarMs = 30_000;

const log: WorkerLog = (level, message, detail) => {
  const line = JSON.stringify({ level, time: new Date().toISOString(), message, ...detail });
  process.stdout.write(`${line}\n`);
};

/** `GET /health/live`: 200 while the process runs. `GET /health/ready`: 200 while workflows are worked on. */
const serveHealth = (port: number, side: () => EngineSide | undefined): Promise<Server> => {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/health/live') return answer(200, { status: 'live' });
    if (request.url !== '/health/ready') return answer(404, { status: 'not-found' });
    const worker = side()?.worker.status() ?? 'connecting';
    return answer(worker === 'running' ? 200 : 503, {
      status: worker,
      relay: side()?.relay.status() ?? null,
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', () => resolve(server));
  });
};

/** Runs the worker and the relay by themselves, in production: the API is another process, and migrations were run before. */
const main = async (): Promise<void> => {
  const { databaseUrl, databasePool, temporal, home, mode, secret, ...config } = readWorkerConfig(process.env);
  const pool = createPool(databaseUrl, { max: databasePool });
  const drives = createDriveStore(pool);
  const store = createEventStore(pool);
  // This process reads what others have loaded; the API dates the open disputes anew.
  const calendars = createCalendars({
    drives,
    commands: () => commands,
    openDisputes: async () => ({ items: [], nextCursor: null }),
  });
  const commands: CommandService = createCommandService({ store, calendar: () => calendars.current() });
  const feed = createFeedStore(pool);
  const subscriptions = createSubscriptionStore(pool);
  const deliverer = createDeliverer({
    feed,
    subscriptions,
    serverSecret: serverSecret(home, secret),
    destinations: { allowLoopback: mode === 'local' },
  });
  const webhooks = { feed, subscriptions, deliverer };
  const anchoring = {
    anchors: createAnchors({ pool, keys: openSigningKeys(home) }),
    minutes: config.anchorMinutes,
  };
  const connection = temporalClient(temporal);
  const stopping = new AbortController();
  let side: EngineSide | undefined;
  const health = await serveHealth(config.port, () => side);

  const stop = async () => {
    setTimeout(() => process.exit(1), grace).unref();
    stopping.abort();
    health.close();
    health.closeAllConnections();
    await side?.stop();
    await Promise.all([connection.close(), pool.end()]);
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());

  const { signal } = stopping;
  const refresh = () => calendars.refresh().then(() => refreshCalendarMs);
  void forever('calendar', refresh, signal, log);
  while (!signal.aborted && !side) {
    try {
      await calendars.start();
      side = await startEngineSide({
        commands,
        store,
        drives,
        client: connection.client,
        temporal,
        webhooks,
        anchoring,
        projections: { pool },
        log,
      });
    } catch (error) {
      if ((error as Error).name !== 'StoreUnavailable') throw error;
      log('warn', 'worker: PostgreSQL is away, will be asked again');
      await pause(2_000, signal);
    }
  }
};

main().catch((error: unknown) => {
  // Any error but our own may quote a password or a person.
  const own =
    error instanceof MissingSearchAttributes ||
    error instanceof ConfigProblem ||
    (error as Error).constructor === Error;
  const { name, code } = error as NodeJS.ErrnoException;
  log('error', own ? (error as Error).message : `worker: did not start (${code ?? name})`);
  process.stdout.write('', () => process.exit(1));
});
