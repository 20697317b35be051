import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeApi } from '../api/compose.js';
import { readConfig } from '../api/config.js';
import { createDeliverer } from '../feed/deliver.js';
import { createDriveStore } from '../store/drive-store.js';
import { migrate } from '../store/migrate.js';
import { createPool } from '../store/pool.js';
import { workflowProblems } from '../worker/workflow-problems.js';
import { hasWorker, startEngineSide } from '../worker/engine-side.js';
import type { WorkerLog } from '../worker/log.js';
import { temporalClient } from '../worker/temporal-client.js';
import { temporalSide } from '../worker/temporal-view.js';
import { bundleWorkflows } from '../workflows/bundle.js';
import { searchAttributes } from '../workflows/search-attributes.js';
import { type Log, openHome } from './home.js';
import { type LocalServices, startLocalServices } from './services.js';
import type { Stoppable } from './supervise.js';

/** The whole system, running in this process and its services beside it. */
export interface Accord {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Temporal's web UI; null where TEMPORAL_ADDRESS names another. */
  temporalUiUrl: string | null;
  databaseUrl: string;
  temporalAddress: string;
  /** Ends everything in order, within 10 s. */
  stop(): Promise<void>;
}

export interface AccordOptions {
  home: string;
  env: NodeJS.ProcessEnv;
  log: Log;
  /** Told of each part as soon as it has to be ended, the one to be ended first last. */
  started?: (part: Stoppable) => void;
}

/**
 * Starts the whole system for one machine: PostgreSQL and Temporal (or those that `DATABASE_URL` and
 * `TEMPORAL_ADDRESS` name), the schema, the API on loopback, the worker and the relay. Commands are accepted when it
 * answers. Throws what a part throws that does not start; what was started has been ended then, unless `started` was
 * given: its parts are the caller's to end.
 */
export async function startAccord({ home, env, log, started }: AccordOptions): Promise<Accord> {
  const parts: Stoppable[] = [];
  const own = (part: Stoppable) => {
    parts.unshift(part);
    started?.(part);
  };
  const stop = async () => {
    for (const part of parts.splice(0)) await part.stop();
  };
  try {
    return { ...(await startParts({ home, env, log }, own)), stop };
  } catch (error) {
    if (!started) await stop().catch(() => undefined);
    throw error;
  }
}

/** A part that may be told to end while it is still starting. */
function pending<T>(
  name: string,
  starting: Promise<T>,
  stop: (part: T) => Promise<void>,
  kill?: (part: T) => void,
): Stoppable {
  let ready: T | undefined;
  starting.then(
    (part) => (ready = part),
    () => undefined,
  );
  return {
    name,
    stop: async () => {
      const part = await starting.catch(() => undefined);
      if (part !== undefined) await stop(part);
    },
    kill: () => {
      if (ready !== undefined) kill?.(ready);
    },
  };
}

async function startParts(
  { home: folder, env, log }: AccordOptions,
  own: (part: Stoppable) => void,
): Promise<Omit<Accord, 'stop'>> {
  const home = openHome(folder);
  const bundling = workflowBundle(home);
  const starting = startLocalServices({ home, env, searchAttributes, log });
  own(
    pending<LocalServices>(
      'services',
      starting,
      (services) => services.stop(),
      (services) => services.kill(),
    ),
  );
  bundling.catch(() => undefined);
  const services = await starting;

  await migrate(services.databaseAdminUrl, log);
  const config = readConfig({
    ...env,
    ACCORD_MODE: 'local',
    ACCORD_HOME: home,
    DATABASE_URL: services.databaseUrl,
    DATABASE_ADMIN_URL: '',
    TEMPORAL_ADDRESS: services.temporalAddress,
  });
  const temporal = temporalClient(config.temporal);
  own({ name: 'temporal client', stop: () => temporal.close() });
  const { client } = temporal;
  const pool = createPool(config.databaseUrl, { max: 10 });
  own({ name: 'connections', stop: () => pool.end() });
  const drives = createDriveStore(pool);

  let isWorking = () => false;
  const api = await composeApi(config, {
    temporalSide: (disputeId) => temporalSide(client, disputeId),
    // Temporal lists a worker some moments after it has begun to poll: our own is known at once.
    engine: {
      hasWorker: async () => isWorking() || hasWorker(client),
      problems: () => workflowProblems(client),
    },
    probes: {
      database: () => api.deps.store.epoch().then(() => true),
      temporal: () =>
        client.withDeadline(Date.now() + 1_500, () => client.workflowService.getSystemInfo({}).then(() => true)),
    },
    ...(env['LOG_LEVEL'] ? { log: { level: config.logLevel } } : {}),
  });
  own({ name: 'api', stop: () => api.close() });
  const { commands, store, feed, subscriptions } = api.deps;
  const workerLog: WorkerLog = (level, message, detail) => {
    if (level !== 'info' || env['LOG_LEVEL'] === 'info') log(detail ? `${message} ${JSON.stringify(detail)}` : message);
  };
  const side = startEngineSide({
    commands,
    store,
    drives,
    client,
    temporal: config.temporal,
    workflowBundle: await bundling,
    webhooks: {
      feed,
      subscriptions,
      deliverer: createDeliverer({
        feed,
        subscriptions,
        serverSecret: api.deps.config.fingerprintSecret,
        destinations: { allowLoopback: true },
      }),
    },
    anchoring: { anchors: api.deps.anchors!, minutes: config.anchorMinutes },
    projections: { pool },
    log: workerLog,
  });
  own(pending('worker and relay', side, (part) => part.stop()));
  const { worker } = await side;
  isWorking = () => worker.status() === 'running';

  await listen(() => api.app.listen(config.port, '127.0.0.1'), config.port);
  const address = api.app.getHttpServer().address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    temporalUiUrl: services.uiUrl,
    databaseUrl: services.databaseUrl,
    temporalAddress: services.temporalAddress,
  };
}

/** The bundle that the build has made, else one kept in the home; made anew where a source has changed since. */
function workflowBundle(home: string): Promise<{ codePath: string }> {
  const built = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  return bundleWorkflows(existsSync(built) ? built : join(home, 'run', 'workflow-bundle.js'));
}

async function listen(begin: () => Promise<unknown>, port: number): Promise<void> {
  try {
    await begin();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${port} is in use: stop what listens there, or set PORT to another`, {
      cause: error,
    });
  }
}
