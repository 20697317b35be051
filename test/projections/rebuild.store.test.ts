import { buildCopies, clearRetired } from '../../src/projections/build.js';
import { beginBuilding, copiesOf, ensureCopy } from '../../src/projections/copies.js';
import { followCopy } from '../../src/projections/follow.js';
import type { AnyProjection } from '../../src/projections/projection.js';
import { statusOf } from '../../src/projections/status.js';
import { verifyProjection } from '../../src/projections/verify.js';
import { startProjections, type ProjectionRunner } from '../../src/worker/projections.js';
import type { StoreDatabase } from '../store/database.js';
import { allReadable } from '../store/watermark.js';
import { recounted, tallied, tally } from './tally.js';
import { startWriters, until, writeDispute } from './writers.js';
import { tallyDatabase, wipe } from './world.js';

let database: StoreDatabase;
let runners: ProjectionRunner[];
beforeAll(async () => {
  database = await tallyDatabase('rebuild');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await wipe(database);
  runners = [];
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
});

const run = (projection: AnyProjection = tally()): void => {
  const options = { log: () => undefined, watchMs: 50, pollMs: { min: 5, max: 20 } };
  runners.push(startProjections({ pool: database.pool, projections: [projection], ...options }));
};

const live = async () => (await copiesOf(database.pool, 'tally')).find(({ role }) => role === 'live');

/** Builds what is to be built, from where it stands. */
const buildAll = async (projection: AnyProjection = tally(), pageSize = 10): Promise<void> => {
  const builder = buildCopies(database.pool, projection, { holder: 'build', pageSize, leaseMs: 100 });
  await until(
    () => builder.step(),
    ({ did }) => did === 'done',
  );
};

/** Follows with the live copy until nothing is left: other transactions of the cluster may hold readers back for a while. */
const followToEnd = async (projection: AnyProjection = tally()): Promise<void> => {
  const follower = followCopy(database.pool, projection, (await live())!.generation, { holder: 'follow' });
  await until(
    async () => {
      await follower.step();
      return (await statusOf(database.pool, projection)).live!.lag.events;
    },
    (events) => events === 0,
  );
  await follower.release();
};

const clearAll = async (): Promise<void> => {
  while ((await clearRetired(database.pool, tally())) > 0);
};

const rowsLeft = async (): Promise<number[]> => {
  const { rows } = await database.pool.query<{ generation: number }>(
    `SELECT DISTINCT generation FROM (SELECT generation FROM accord.test_tally UNION ALL SELECT generation FROM accord.test_tally_types
      UNION ALL SELECT generation FROM accord.projection_streams) AS all_rows`,
  );
  return rows.map(({ generation }) => generation);
};

test('a copy is built beside the one that runs while writers go on, and takes its place without a gap', async () => {
  for (let n = 0; n < 20; n += 1) await writeDispute(database.pool, 6);
  run();
  const first = (await until(live, (copy) => copy !== undefined))!;
  const writers = startWriters(database.pool, 3);
  await beginBuilding(database.pool, tally());
  // Readers see at least as much as before, whenever they look.
  let seen = 0;
  const next = await until(
    async () => {
      const { types } = await tallied(database.pool);
      const now = Object.values(types).reduce((sum, n) => sum + n, 0);
      expect(now).toBeGreaterThanOrEqual(seen);
      seen = now;
      return live();
    },
    (copy) => copy !== undefined && copy.generation !== first.generation,
  );
  await writers.stop();
  await until(
    async () => [await tallied(database.pool), await recounted(database.pool)],
    ([view, count]) => JSON.stringify(sorted(view!)) === JSON.stringify(sorted(count!)),
  );
  expect(await verifyProjection(database.pool, tally())).toMatchObject({ status: 'sound' });
  await until(rowsLeft, (left) => left.length === 1 && left[0] === next!.generation);
  expect(await copiesOf(database.pool, 'tally')).toHaveLength(1);
});

const sorted = ({ streams, types }: Awaited<ReturnType<typeof tallied>>) => [
  Object.entries(streams).sort(),
  Object.entries(types).sort(),
];

test('one that stopped in the middle goes on where it was', async () => {
  for (let n = 0; n < 12; n += 1) await writeDispute(database.pool, 6);
  // What is not yet readable where a copy begins is not swept but followed, in pages of another kind.
  await allReadable(database.pool);
  await ensureCopy(database.pool, tally());
  // Each of these is let go after a few pages, without giving the copy free: the next one waits for the lease.
  const generations = new Set<number | null>();
  for (let n = 0; n < 4; n += 1) {
    const builder = buildCopies(database.pool, tally(), { holder: `gone-${n}`, pageSize: 9, leaseMs: 30 });
    for (let pages = 0; pages < 3; pages += 1) {
      const { generation } = await until(
        () => builder.step(),
        ({ did }) => did === 'applied',
      );
      generations.add(generation);
    }
  }
  const { events } = (await copiesOf(database.pool, 'tally'))[0]!;
  expect(events).toBeGreaterThan(9 * 4);
  await buildAll();
  await followToEnd();
  expect(generations.size).toBe(1);
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});

test('newer code builds a copy of its own beside the old one, which older code leaves alone', async () => {
  await writeDispute(database.pool, 3);
  await ensureCopy(database.pool, tally());
  await buildAll();
  const newer = tally({ version: 2, types: ['NoteAdded'] });
  await ensureCopy(database.pool, newer);
  expect((await copiesOf(database.pool, 'tally')).map(({ role, version }) => [role, version])).toEqual([
    ['live', 1],
    ['building', 2],
  ]);
  await ensureCopy(database.pool, tally());
  expect(await copiesOf(database.pool, 'tally')).toHaveLength(2);
  expect(await buildCopies(database.pool, tally(), { holder: 'old' }).step()).toMatchObject({
    did: 'nothing',
  });
  await buildAll(newer);
  await followToEnd(newer);
  await clearAll();
  expect(Object.keys((await tallied(database.pool)).types)).toEqual(['NoteAdded']);
  expect(await verifyProjection(database.pool, tally())).toEqual({ status: 'not-comparable', why: 'other-version' });
});

test('verification names the first row, sum or state that is not what the events say', async () => {
  const id = await writeDispute(database.pool, 4);
  await ensureCopy(database.pool, tally());
  await buildAll();
  await followToEnd();
  const check = () => verifyProjection(database.pool, tally());
  const change = async (statement: string, undo: string) => {
    await database.pool.query(statement);
    const found = await check();
    await database.pool.query(undo);
    return found;
  };
  expect(await check()).toMatchObject({ status: 'sound', streams: 1 });
  expect(
    await change(
      `UPDATE accord.test_tally SET events = events + 1`,
      `UPDATE accord.test_tally SET events = events - 1`,
    ),
  ).toMatchObject({ difference: { in: `accord.test_tally ${id}`, at: 'events' } });
  expect(
    await change(
      `UPDATE accord.test_tally_types SET n = n + 1 WHERE type = 'AlertRaised'`,
      `UPDATE accord.test_tally_types SET n = n - 1 WHERE type = 'AlertRaised'`,
    ),
  ).toMatchObject({ difference: { in: 'accord.test_tally_types AlertRaised', at: 'n' } });
  expect(
    await change(
      `UPDATE accord.projection_streams SET state = replace(state, '"last":', '"last":1')`,
      `UPDATE accord.projection_streams SET state = replace(state, '"last":1', '"last":')`,
    ),
  ).toMatchObject({ difference: { in: `dispute-${id}`, at: 'last' } });
  expect(
    await change(
      `INSERT INTO accord.test_tally SELECT generation, 'd0-extra', 1, 1, '1' FROM accord.test_tally`,
      `DELETE FROM accord.test_tally WHERE dispute_id = 'd0-extra'`,
    ),
  ).toMatchObject({ difference: { in: 'accord.test_tally d0-extra', expected: null } });
  expect(
    await change(
      `INSERT INTO accord.projection_streams SELECT generation, 'dispute-zzz', '{}' FROM accord.test_tally`,
      `DELETE FROM accord.projection_streams WHERE stream = 'dispute-zzz'`,
    ),
  ).toMatchObject({ difference: { in: 'dispute-zzz' } });
  expect(await check()).toMatchObject({ status: 'sound' });
});

test('pages of any size, and any restarts, lead to the same rows as one page', async () => {
  for (let n = 0; n < 6; n += 1) await writeDispute(database.pool, 4);
  const counted = await recounted(database.pool);
  for (const pageSize of [1, 3, 1_000]) {
    await beginBuilding(database.pool, tally());
    for (let done = false, restarts = 0; !done; restarts += 1) {
      const builder = buildCopies(database.pool, tally(), { holder: 'same', pageSize });
      // At least as many as the longest stream has events: one that is cut off begins anew.
      for (let steps = 0; !done && steps < 9 + (restarts % 4); steps += 1) done = (await builder.step()).did === 'done';
    }
    await followToEnd();
    expect(await tallied(database.pool)).toEqual(counted);
  }
});
