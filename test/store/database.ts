import pg from 'pg';
import { createPool } from '../../src/store/pool.js';
import { migrate } from '../../src/store/migrate.js';
import { freshDatabase, withPostgres } from '../support/services.js';

export interface StoreDatabase {
  databaseUrl: string;
  databaseAdminUrl: string;
  /** Of the application's role. */
  pool: pg.Pool;
  /** Runs statements as the superuser, in one session. */
  asSuperuser(...statements: string[]): Promise<void>;
  drop(): Promise<void>;
}

/** A migrated database that no other test knows. */
export async function storeDatabase(name: string, max = 20): Promise<StoreDatabase> {
  const { databaseUrl, databaseAdminUrl, drop } = await freshDatabase(name);
  await migrate(databaseAdminUrl, () => undefined);
  const { adminUrl } = await withPostgres();
  const superuserUrl = new URL(adminUrl);
  superuserUrl.pathname = new URL(databaseUrl).pathname;
  const pool = createPool(databaseUrl, { max });
  return {
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
