import { copiesOf, ensureCopy, setPaused } from '../../src/projections/copies.js';
import { buildCopies } from '../../src/projections/build.js';
import { followCopy } from '../../src/projections/follow.js';
import { statusOf } from '../../src/projections/status.js';
import { verifyProjection } from '../../src/projections/verify.js';
import { createPool } from '../../src/store/pool.js';
import { startProjections, type ProjectionRunner } from '../../src/worker/projections.js';
import type { StoreDatabase } from '../store/database.js';
import { allReadable } from '../store/watermark.js';
import { runTypeScript } from '../support/processes.js';
import { recounted, tallied, tally } from './tally.js';
import { startWriters, until, writeDispute } from './writers.js';
import { tallyDatabase, wipe } from './world.js';

let database: StoreDatabase;
let runners: ProjectionRunner[];
beforeAll(async () => {
  database = await tallyDatabase('projections');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await wipe(database);
  runners = [];
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
});

const { name } = tally();

const run = (change: Partial<Parameters<typeof startProjections>[0]> = {}): ProjectionRunner => {
  const runner = startProjections({
    pool: database.pool,
    log: () => undefined,
    projections: [tally()],
    watchMs: 50,
    pollMs: { min: 5, max: 20 },
    ...change,
  });
  runners.push(runner);
  return runner;
};

const caughtUp = async (): Promise<void> => {
  await until(
    () => statusOf(database.pool, tally()),
    ({ live, building }) => live !== null && live.lag.events === 0 && building === null,
  );
};

test('two runners beside many writers apply every event once, each stream in order', async () => {
  run({ pageSize: 7, leaseMs: 500 });
  run({ pageSize: 11, leaseMs: 500 });
  const writers = startWriters(database.pool);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await writers.stop();
  await caughtUp();
  const counted = await recounted(database.pool);
  expect(counted.types['NoteAdded']).toBeGreaterThan(100);
  expect(await tallied(database.pool)).toEqual(counted);
  expect(await verifyProjection(database.pool, tally())).toMatchObject({ status: 'sound', parked: 0 });
});

test('of two that hold the same copy only one writes; the other looks anew', async () => {
  await writeDispute(database.pool, 4);
  await ensureCopy(database.pool, tally());
  const builder = buildCopies(database.pool, tally(), { holder: 'builder' });
  await until(
    () => builder.step(),
    ({ did }) => did === 'done',
  );
  const { generation } = (await copiesOf(database.pool, name))[0]!;
  // One name for both, as if a process believed for too long that it holds the lease.
  const [one, other] = [1, 2].map(() =>
    followCopy(database.pool, tally(), generation, { holder: 'same', pageSize: 3 }),
  );
  const disputes = [await writeDispute(database.pool, 9), await writeDispute(database.pool, 9)];
  await allReadable(database.pool);
  const did: string[] = [];
  await until(
    async () => {
      const steps = await Promise.all([one!.step(), other!.step()]);
      did.push(...steps.map((step) => step.did));
      return steps;
    },
    (steps) => steps.every((step) => step.did === 'at-end'),
  );
  expect(did).toContain('lost');
  expect(Object.keys((await tallied(database.pool)).streams)).toEqual(expect.arrayContaining(disputes));
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});

test('a runner that is killed in the middle is taken over, and nothing is applied twice', async () => {
  const writers = startWriters(database.pool, 2);
  for (let round = 0; round < 2; round += 1) {
    const child = runTypeScript('test/projections/run-projections.ts', [database.databaseUrl]);
    await child.line(/running/);
    const applied = (await copiesOf(database.pool, name)).reduce((sum, { events }) => sum + events, 0);
    await until(
      async () => (await copiesOf(database.pool, name)).reduce((sum, { events }) => sum + events, 0),
      (events) => events > applied + 10,
    );
    child.process.kill('SIGKILL');
    await child.exitCode();
  }
  await writers.stop();
  run({ leaseMs: 1_000 });
  await caughtUp();
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
  expect(await verifyProjection(database.pool, tally())).toMatchObject({ status: 'sound' });
});

test('connections that PostgreSQL ends are opened anew, and nothing is applied twice', async () => {
  run({ pageSize: 5 });
  const other = createPool(database.databaseUrl, { max: 2 });
  const writers = startWriters(other, 2);
  for (let n = 0; n < 5; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await database.asSuperuser(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND query LIKE '%projection%'`,
    );
  }
  await writers.stop();
  await other.end();
  await caughtUp();
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});

test('a paused projection stands still, in every process and after a restart, until it is resumed', async () => {
  run();
  await writeDispute(database.pool, 3);
  await caughtUp();
  await setPaused(database.pool, name, true);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = await tallied(database.pool);
  await writeDispute(database.pool, 3);
  await runners.pop()!.stop();
  run();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await tallied(database.pool)).toEqual(before);
  expect(await statusOf(database.pool, tally())).toMatchObject({
    paused: true,
    live: { lag: { events: 6 } },
  });
  await setPaused(database.pool, name, false);
  await caughtUp();
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});
