import { createPool } from '../../src/store/pool.js';
import { createEventStore } from '../../src/store/event-store.js';
import { migrate } from '../../src/store/migrate.js';
import { freshDatabase } from '../support/services.js';
import { appendRequest, newId } from './requests.js';

const quiet = () => undefined;

test('several processes may migrate at once, and again', async () => {
  const { databaseUrl, databaseAdminUrl, drop } = await freshDatabase('migrate');
  const pool = createPool(databaseUrl);
  try {
    const lines: string[] = [];
    await Promise.all(Array.from({ length: 4 }, () => migrate(databaseAdminUrl, (line) => lines.push(line))));
    const migrated = lines.filter((line) => line.startsWith('migrated: '));
    expect(migrated.length).toBeGreaterThan(0);
    expect(new Set(migrated).size).toBe(migrated.length);
    expect((await createEventStore(pool).append(appendRequest(newId()))).status).toBe('appended');
    await migrate(databaseAdminUrl, quiet);
    expect(await createEventStore(pool).epoch()).toBe(1);
  } finally {
    await pool.end();
    await drop();
  }
});

test('the role of the application may not migrate', async () => {
  const { databaseUrl, drop } = await freshDatabase('migrate-app');
  try {
    await expect(migrate(databaseUrl, quiet)).rejects.toThrow(/permission denied/);
  } finally {
    await drop();
  }
});
