import { ensureDatabase, ensureRoles } from '../../src/local/database.js';
import { startPostgres } from '../../src/local/postgres.js';
import { StoreUnavailable } from '../../src/store/contract.js';
import { createDataSource } from '../../src/store/data-source.js';
import { createDriveStore } from '../../src/store/drive-store.js';
import { createEventStore } from '../../src/store/event-store.js';
import { migrate } from '../../src/store/migrate.js';
import { createPool } from '../../src/store/pool.js';
import { listDisputes } from '../../src/store/read-models/list-disputes.js';
import { testFolder } from '../support/services.js';
import { appendRequest, headAfter, newId } from './requests.js';

test('PostgreSQL killed and started again: unavailable, then served by the same pool', async () => {
  const home = testFolder('outage');
  const options = { home, log: () => undefined };
  let server = await startPostgres(options);
  await expect(migrate(server.adminUrl, () => undefined)).rejects.toThrow('CREATE ROLE accord_app');
  await ensureRoles({ adminUrl: server.adminUrl, home });
  const { databaseUrl, databaseAdminUrl } = await ensureDatabase({ adminUrl: server.adminUrl, home });
  await migrate(databaseAdminUrl, () => undefined);
  const pool = createPool(databaseUrl, { max: 4 });
  const dataSource = createDataSource(databaseUrl);
  await dataSource.initialize();
  try {
    const store = createEventStore(pool);
    const drive = createDriveStore(pool);
    const list = () => listDisputes(dataSource, { visibility: { all: true } });
    const id = newId();
    const head = headAfter(await store.append(appendRequest(id)));
    // Appends under way when the server dies fail as unavailable too: whether they were recorded is not known.
    const underWay = Array.from({ length: 20 }, () =>
      store.append(appendRequest(newId())).then(
        () => null,
        (error: unknown) => error,
      ),
    );
    const { port } = server;
    server.kill();
    for (const error of await Promise.all(underWay)) {
      if (error !== null) expect(error).toBeInstanceOf(StoreUnavailable);
    }
    await waitFor(async () => (await store.epoch().catch((error: unknown) => error)) instanceof StoreUnavailable);
    await expect(store.append(appendRequest(id, head))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(drive.claim(1, 1_000)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(list()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(migrate(databaseAdminUrl, () => undefined)).rejects.toBeInstanceOf(StoreUnavailable);

    server = await startPostgres({ ...options, port });
    await waitFor(() =>
      store.epoch().then(
        () => true,
        () => false,
      ),
    );
    expect((await store.append(appendRequest(id, head))).status).toBe('appended');
    expect(await store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: 2 });
    await waitFor(() =>
      list().then(
        ({ items }) => items.length > 0,
        () => false,
      ),
    );
  } finally {
    await dataSource.destroy();
    await pool.end();
    await server.stop();
  }
});

test('a server that is not there is unavailable', async () => {
  const pool = createPool('postgresql://nobody:x@127.0.0.1:1/none');
  await expect(createEventStore(pool).epoch()).rejects.toBeInstanceOf(StoreUnavailable);
  await pool.end();
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
