import pg from 'pg';
import { refuseProductionDatabase } from '../../src/local/production.js';
import { freshDatabase } from '../support/services.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase('production');
  owner = new pg.Client({ connectionString: database.databaseAdminUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

test('a fresh database passes', async () => {
  await expect(refuseProductionDatabase(owner)).resolves.toBeUndefined();
});

test.each(['text', 'jsonb'])('settings kept as %s: only the mark of production is refused', async (type) => {
  const value = (mode: string) => (type === 'jsonb' ? JSON.stringify(mode) : mode);
  await owner.query('DROP SCHEMA IF EXISTS accord CASCADE; CREATE SCHEMA accord');
  await owner.query(`CREATE TABLE accord.settings (key text PRIMARY KEY, value ${type} NOT NULL)`);
  await expect(refuseProductionDatabase(owner)).resolves.toBeUndefined();

  await owner.query(`INSERT INTO accord.settings VALUES ('mode', $1), ('other', $2)`, [
    value('local'),
    value('production'),
  ]);
  await expect(refuseProductionDatabase(owner)).resolves.toBeUndefined();

  await owner.query(`UPDATE accord.settings SET value = $1 WHERE key = 'mode'`, [value('production')]);
  await expect(refuseProductionDatabase(owner)).rejects.toThrow(/production database: local mode refuses it/);
});

test('a role that may not read the mark is refused', async () => {
  await owner.query('DROP SCHEMA IF EXISTS accord CASCADE; CREATE SCHEMA accord');
  await owner.query('CREATE TABLE accord.settings (key text PRIMARY KEY, value text NOT NULL)');
  const app = new pg.Client({ connectionString: database.databaseUrl });
  await app.connect();
  try {
    await expect(refuseProductionDatabase(app)).rejects.toThrow(/cannot be read by this role/);
  } finally {
    await app.end();
  }
});
