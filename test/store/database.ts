import pg from 'pg';
import { createPool } from '../../src/store/pool.js';
import { migrate } from '../../src/store/migrate.js';
import { heldMasterKeys, newMasterKey } from '../../src/store/sealing/master-keys.js';
import { createSealing, type Sealing } from '../../src/store/sealing/sealing.js';
import { freshDatabase, withPostgres } from '../support/services.js';

export interface StoreDatabase {
  databaseUrl: string;
  databaseAdminUrl: string;
  /** Of the application's role. */
  pool: pg.Pool;
  /** Under `testMasterKeys`. */
  sealing: Sealing;
  /** Runs statements as the superuser, in one session. */
  asSuperuser(...statements: string[]): Promise<void>;
  drop(): Promise<void>;
}

const key = newMasterKey();

/** The master key of a test's process. */
export const testMasterKeys = heldMasterKeys(() => [key]);

/** A migrated database that no other test knows. */
export async function storeDatabase(name: string, max = 20): Promise<StoreDatabase> {
  const { databaseUrl, databaseAdminUrl, drop } = await freshDatabase(name);
  await migrate(databaseAdminUrl, () => undefined);
  const { adminUrl } = await withPostgres();
  const superuserUrl = new URL(adminUrl);
  superuserUrl.pathname = new URL(databaseUrl).pathname;
  const pool = createPool(databaseUrl, { max });
  return {
    sealing: createSealing(pool, testMasterKeys),
    databaseUrl,
    databaseAdminUrl,
    pool,
    asSuperuser: async (...statements) => {
      const client = new pg.Client({ connectionString: superuserUrl.href });
      await client.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    },
    drop: async () => {
      await pool.end();
      await drop();
    },
  };
}
