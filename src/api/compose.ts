import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { createAnchors } from '../commands/anchors.js';
import { createBodies } from '../commands/bodies.js';
import { createCalendars } from '../commands/calendars.js';
import { createCommandService } from '../commands/command-service.js';
import type { CommandService } from '../commands/contract.js';
import { openSigningKeys } from '../commands/keys.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { projections } from '../projections/all.js';
import { statusOf } from '../projections/status.js';
import { createFolderBlobStore } from '../store/blob-store.js';
import { createDataSource } from '../store/data-source.js';
import { createDriveStore } from '../store/drive-store.js';
import { createEventStore } from '../store/event-store.js';
import { createFeedStore } from '../store/feed.js';
import { createPool } from '../store/pool.js';
import { listDisputes } from '../store/read-models/list-disputes.js';
import { listReads, recordRead } from '../store/reads.js';
import { createSealing } from '../store/sealing/sealing.js';
import { createSubscriptionStore } from '../store/subscriptions.js';
import { createApi } from './app.js';
import type { ApiConfig } from './config.js';
import { localIdentity, localSecret } from './identity/local-identity.js';
import { oidcIdentity } from './identity/oidc-identity.js';
import { bindLists } from './lists.js';
import { bindFurtherLists, type Dependencies } from './operations/further-dependencies.js';
import { usableMasterKeys } from './master-keys.js';
import { createMetrics } from './operations/metrics.js';

/** How often other processes' changes of the calendar are looked for. Milliseconds. */
const refreshCalendar = 30_000;

/** What the API is given from outside its own process. */
export interface Surroundings extends Pick<Dependencies, 'temporalSide' | 'probes' | 'engine' | 'log'> {
  clock?: () => Date;
}

/** Opens the connections to a database that is migrated, and what the API needs over them. Throws what they throw. */
export const openDependencies = async (
  config: ApiConfig,
  given: Surroundings = {},
): Promise<{ deps: Dependencies; pool: Pool; close(): Promise<void> }> => {
  const { clock = () => new Date(), ...rest } = given;
  const pool = createPool(config.databaseUrl, { max: config.databasePool });
  const dataSource = await createDataSource(config.databaseUrl).initialize();
  const drives = createDriveStore(pool);
  const metrics = createMetrics({
    drives,
    projections: () => Promise.all(projections.map((projection) => statusOf(pool, projection))),
  });
  const masterKeys = await usableMasterKeys(config, pool).catch(async (error: unknown) => {
    await Promise.all([pool.end(), dataSource.destroy()]);
    throw error;
  });
  const sealing = createSealing(pool, masterKeys);
  const store = metrics.measureStore(createEventStore(pool, { clock, sealing }));
  const lists = bindLists(dataSource, sealing);
  const calendars = createCalendars({
    drives,
    commands: () => commands,
    openDisputes: async (page) => {
      const { items, nextCursor } = await listDisputes(dataSource, { status: 'open', visibility: { all: true } }, page);
      return { items: items.map(({ state }) => ({ state: state as unknown as DisputeState })), nextCursor };
    },
  });
  const calendar = () => calendars.current();
  const commands: CommandService = metrics.measureCommands(createCommandService({ store, clock, calendar }));
  await calendars.start();
  // Unavailable for now: the next turn asks again.
  const refreshing = setInterval(() => void calendars.refresh().catch(() => undefined), refreshCalendar);
  refreshing.unref();
  const secret = config.secret === undefined ? localSecret(config.home) : Buffer.from(config.secret);
  const bodies = createBodies(drives);
  const keys = openSigningKeys(config.home);
  const deps: Dependencies = {
    ...rest,
    commands,
    store,
    lists,
    reads: {
      record: (read) => recordRead(pool, read),
      list: (disputeId, page) => listReads(pool, disputeId, page),
    },
    further: bindFurtherLists(dataSource, pool, sealing),
    feed: createFeedStore(pool),
    subscriptions: createSubscriptionStore(pool),
    blobs: createFolderBlobStore(join(config.home, 'documents'), {
      key: () => sealing.systemKey('documents'),
    }),
    keys,
    anchors: createAnchors({ pool, keys, clock }),
    metrics,
    identity: config.oidc ? oidcIdentity(config.oidc) : localIdentity(secret),
    noteBody: (organisation) => bodies.note(organisation),
    config: {
      mode: config.mode,
      fingerprintSecret: secret,
      requestsPerMinute: config.requestsPerMinute,
      trustProxy: config.trustProxy,
    },
    calendar,
    calendars,
    clock,
  };
  return {
    deps,
    pool,
    close: async () => {
      clearInterval(refreshing);
      await Promise.all([dataSource.destroy(), pool.end()]);
    },
  };
};

export interface ComposedApi {
  app: NestFastifyApplication;
  deps: Dependencies;
  /** Stops answering, then gives the connections back. */
  close(): Promise<void>;
}

/** The API over a database that is migrated. Throws what its connections throw. */
export const composeApi = async (config: ApiConfig, given: Surroundings = {}): Promise<ComposedApi> => {
  const { deps, close } = await openDependencies(config, given);
  try {
    const app = await createApi(deps);
    return { app, deps, close: () => app.close().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
};
