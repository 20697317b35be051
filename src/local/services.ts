import { join } from 'node:path';
import { asAdmin, type DatabaseUrls, ensureDatabase, ensureRoles } from './database.js';
import { type Log, openHome } from './home.js';
import { takeLock } from './lock.js';
import { startPostgres } from './postgres.js';
import { refuseProductionDatabase } from './production.js';
import { findTemporal } from './temporal-binary.js';
import { startTemporal } from './temporal.js';

/** Everything outside the application that local mode needs, running. */
export interface LocalServices extends DatabaseUrls {
  temporalAddress: string;
  /** The web UI of our own Temporal; null where TEMPORAL_ADDRESS names another. */
  uiUrl: string | null;
  /** Ends what was started here, within 8 s, and gives the home folder free. */
  stop(): Promise<void>;
  /** Ends it at once, without waiting. */
  kill(): void;
}

interface Part {
  stop(): Promise<void>;
  kill(): void;
}

const external: Part = { stop: async () => undefined, kill: () => undefined };

/**
 * Starts PostgreSQL and Temporal side by side, or takes the ones that `DATABASE_URL` (with `DATABASE_ADMIN_URL`
 * for migrations, by default the same) and `TEMPORAL_ADDRESS` name. `ACCORD_CACHE` is where a downloaded
 * Temporal is kept (default `<home>/bin`). Throws if another living process uses this home, if the database is a
 * production one, or if a part does not start; nothing is left running then.
 */
export async function startLocalServices(options: {
  home: string;
  env: NodeJS.ProcessEnv;
  searchAttributes: Readonly<Record<string, string>>;
  log: Log;
}): Promise<LocalServices> {
  const { env, log } = options;
  const home = openHome(options.home);
  const lock = takeLock(join(home, 'run', 'lock.json'));
  if (!lock.taken) {
    throw new Error(
      `${home} is in use by another accord process (pid ${lock.pid}): stop it first, or set ACCORD_HOME to another folder`,
    );
  }

  const [database, temporal] = await Promise.allSettled([
    databasePart(home, env, log),
    temporalPart(home, env, options.searchAttributes, log),
  ]);
  const parts = [temporal, database].flatMap((part) => (part.status === 'fulfilled' ? [part.value.part] : []));
  const stop = async () => {
    try {
      await Promise.all(parts.map((part) => part.stop()));
    } finally {
      lock.release();
    }
  };
  if (database.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw database.status === 'rejected' ? database.reason : (temporal as PromiseRejectedResult).reason;
  }

  let stopped: Promise<void> | undefined;
  return {
    databaseUrl: database.value.databaseUrl,
    databaseAdminUrl: database.value.databaseAdminUrl,
    temporalAddress: temporal.value.address,
    uiUrl: temporal.value.uiUrl,
    stop: () => (stopped ??= stop()),
    kill: () => {
      for (const part of parts) part.kill();
      lock.release();
    },
  };
}

async function databasePart(home: string, env: NodeJS.ProcessEnv, log: Log): Promise<DatabaseUrls & { part: Part }> {
  if (env.DATABASE_URL) {
    const databaseAdminUrl = env.DATABASE_ADMIN_URL || env.DATABASE_URL;
    await asAdmin(databaseAdminUrl, refuseProductionDatabase);
    log('postgres: using DATABASE_URL');
    return { databaseUrl: env.DATABASE_URL, databaseAdminUrl, part: external };
  }
  const part = await startPostgres({ home, log });
  try {
    await ensureRoles({ adminUrl: part.adminUrl, home });
    const urls = await ensureDatabase({ adminUrl: part.adminUrl, home });
    log(`postgres: ready on 127.0.0.1:${part.port}`);
    return { ...urls, part };
  } catch (error) {
    await part.stop();
    throw error;
  }
}

async function temporalPart(
  home: string,
  env: NodeJS.ProcessEnv,
  searchAttributes: Readonly<Record<string, string>>,
  log: Log,
): Promise<{ address: string; uiUrl: string | null; part: Part }> {
  if (env.TEMPORAL_ADDRESS) {
    log(`temporal: using ${env.TEMPORAL_ADDRESS}`);
    return { address: env.TEMPORAL_ADDRESS, uiUrl: null, part: external };
  }
  const binary = await findTemporal({ cache: env.ACCORD_CACHE || join(home, 'bin'), env, log });
  const part = await startTemporal({ home, binary, searchAttributes, log });
  log(`temporal: ready on ${part.address}`);
  return { address: part.address, uiUrl: part.uiUrl, part };
}
