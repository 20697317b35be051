import pg from 'pg';
import { refuseProductionDatabase } from '../../src/local/production.js';
import { migrate } from '../../src/store/migrate.js';
import { freshDatabase } from '../support/services.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let owner: pg.Client;
const quiet = () => undefined;

beforeEach(async () => {
  database = await freshDatabase('production');
  owner = new pg.Client({ connectionString: database.databaseAdminUrl });
  await owner.connect();
});

afterEach(async () => {
  await owner?.end();
  await database?.drop();
});

test('a database that was never migrated passes', async () => {
  await expect(refuseProductionDatabase(owner)).resolves.toBeUndefined();
});

test('only the mark that a production migration leaves is refused', async () => {
  await migrate(database.databaseAdminUrl, quiet);
  await expect(refuseProductionDatabase(owner)).resolves.toBeUndefined();
  await migrate(database.databaseAdminUrl, quiet, { production: true });
  await expect(refuseProductionDatabase(owner)).rejects.toThrow(/production database: local mode refuses it/);
});

test('a role that may not read the mark is refused', async () => {
  await migrate(database.databaseAdminUrl, quiet);
  await owner.query('REVOKE ALL ON accord.settings FROM accord_app');
  const app = new pg.Client({ connectionString: database.databaseUrl });
  await app.connect();
  try {
    await expect(refuseProductionDatabase(app)).rejects.toThrow(/cannot be read by this role/);
  } finally {
    await app.end();
  }
});
