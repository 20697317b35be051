import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, ensureRoles, type DatabaseUrls } from '../local/database.js';
import { openHome } from '../local/home.js';
import { takeLock } from '../local/lock.js';
import { startPostgres } from '../local/postgres.js';
import { CannotRun, type CliContext } from './command.js';

/**
 * Works on the database of the environment, else on that of the local mode: where none runs in the home, its PostgreSQL
 * is started for the work and ended after it, so that a record can be saved and brought back without Accord itself.
 * `databaseUrl` is the owner's where nothing else is known. `makesHome`: a home that is not there is made, else refused.
 * Throws `CannotRun`.
 */
export async function withOwnDatabase<T>(
  { env, home, databaseUrl, databaseAdminUrl }: Pick<CliContext, 'env' | 'home' | 'databaseUrl' | 'databaseAdminUrl'>,
  { makesHome }: { makesHome: boolean },
  work: (urls: DatabaseUrls) => Promise<T>,
): Promise<T> {
  if (env['DATABASE_ADMIN_URL'] || env['DATABASE_URL']) {
    const admin = databaseAdminUrl();
    return work({ databaseAdminUrl: admin, databaseUrl: env['DATABASE_URL'] || admin });
  }
  if (!makesHome && !existsSync(home))
    throw new CannotRun(`there is no ${home}: set ACCORD_HOME, or DATABASE_ADMIN_URL`);
  const place = openHome(home);
  const lock = takeLock(join(place, 'run', 'lock.json'));
  // In use: the local Accord runs, and so does its database.
  if (!lock.taken) return work({ databaseAdminUrl: databaseAdminUrl(), databaseUrl: databaseUrl() });
  try {
    const server = await startPostgres({ home: place, log: () => undefined });
    try {
      await ensureRoles({ adminUrl: server.adminUrl, home: place });
      return await work(await ensureDatabase({ adminUrl: server.adminUrl, home: place }));
    } finally {
      await server.stop();
    }
  } finally {
    lock.release();
  }
}
