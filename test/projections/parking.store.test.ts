import { buildCopies } from '../../src/projections/build.js';
import { beginBuilding, copiesOf, ensureCopy } from '../../src/projections/copies.js';
import { followCopy, type Follower, type FollowOptions } from '../../src/projections/follow.js';
import type { AnyProjection } from '../../src/projections/projection.js';
import { parkedStreams, retryNow, statusOf } from '../../src/projections/status.js';
import { verifyProjection } from '../../src/projections/verify.js';
import { createEventStore } from '../../src/store/event-store.js';
import type { StoreDatabase } from '../store/database.js';
import { allReadable } from '../store/watermark.js';
import { appendRequest, headAfter, newEvent, newId, start, type Head } from '../store/requests.js';
import { recounted, tallied, tally } from './tally.js';
import { until, writeDispute } from './writers.js';
import { tallyDatabase, wipe } from './world.js';

let database: StoreDatabase;
let generation: number;
beforeAll(async () => {
  database = await tallyDatabase('parking');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await wipe(database);
  await ensureCopy(database.pool, tally());
  const builder = buildCopies(database.pool, tally(), { holder: 'test' });
  await until(
    () => builder.step(),
    ({ did }) => did === 'done',
  );
  generation = (await copiesOf(database.pool, 'tally'))[0]!.generation;
});

const follower = (projection: AnyProjection, more: Partial<FollowOptions> = {}): Follower =>
  followCopy(database.pool, projection, generation, {
    holder: 'test',
    retryMs: { min: 0, max: 0 },
    ...more,
  });

const toEnd = async (one: Follower) => {
  await allReadable(database.pool);
  return until(
    () => one.step(),
    ({ did }) => did === 'at-end',
  );
};
const note = (n: number) => newEvent({ data: { n } });

/** Appends to a stream step by step. */
const stream = (id: string) => {
  let head: Head = start;
  return async (...events: ReturnType<typeof note>[]) => {
    head = headAfter(await createEventStore(database.pool).append(appendRequest(id, head, { events })));
  };
};

test('one failing stream is parked while others flow; later its events are applied in order', async () => {
  const poisoned = newId();
  let isPoison = true;
  const failing = tally({
    fails: ({ stream: of, data }) => isPoison && of === `dispute-${poisoned}` && data['n'] === 2,
  });
  const append = stream(poisoned);
  await append(note(1), note(2), note(3));
  const well = await writeDispute(database.pool, 5);
  const one = follower(failing, { retryMs: { min: 3_600_000, max: 3_600_000 } });
  await toEnd(one);
  await append(note(4));
  await toEnd(one);

  const counted = await recounted(database.pool);
  expect((await tallied(database.pool)).streams).toEqual({ [poisoned]: '1', [well]: counted.streams[well] });
  expect(await parkedStreams(database.pool, generation)).toMatchObject([
    { stream: `dispute-${poisoned}`, fromVersion: 2, reason: 'PoisonedEvent', attempts: 1, events: 3 },
  ]);
  expect(await statusOf(database.pool, failing)).toMatchObject({ live: { parked: 1, lag: { events: 0 } } });
  expect(await verifyProjection(database.pool, failing)).toMatchObject({ status: 'sound', parked: 1 });

  isPoison = false;
  await one.step();
  expect((await tallied(database.pool)).streams[poisoned]).toBe('1');
  await retryNow(database.pool, 'tally');
  await one.step();
  expect(await parkedStreams(database.pool, generation)).toEqual([]);
  await append(note(5));
  await toEnd(one);
  expect((await tallied(database.pool)).streams[poisoned]).toBe('1 2 3 4 5');
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});

test('a new copy with parked streams that the live one has not waits, and is swapped once they are applied, or by force', async () => {
  const poisoned = newId();
  let isPoison = true;
  const failing = tally({ fails: ({ stream: of }) => isPoison && of === `dispute-${poisoned}` });
  await stream(poisoned)(note(1));
  await writeDispute(database.pool, 2);
  const follows = follower(tally());
  await until(
    () => toEnd(follows).then(() => statusOf(database.pool, failing)),
    ({ live }) => live!.lag.events === 0,
  );
  const counted = await tallied(database.pool);
  await beginBuilding(database.pool, failing);
  const builder = buildCopies(database.pool, failing, {
    holder: 'worker',
    retryMs: { min: 3_600_000, max: 3_600_000 },
  });
  await until(
    () => builder.step(),
    ({ did }) => did === 'waiting',
  );
  expect(await builder.step()).toMatchObject({ did: 'waiting' });
  expect(await statusOf(database.pool, failing)).toMatchObject({
    live: { generation, parked: 0 },
    building: { parked: 1 },
    waitingFor: 1,
  });
  expect(await tallied(database.pool)).toEqual(counted);

  isPoison = false;
  await retryNow(database.pool, 'tally');
  await until(
    () => builder.step(),
    ({ did }) => did === 'done',
  );
  expect(await tallied(database.pool)).toEqual(counted);

  isPoison = true;
  await beginBuilding(database.pool, failing);
  await until(
    () => builder.step(),
    ({ did }) => did === 'waiting',
  );
  // Though the worker holds the copy.
  const forced = buildCopies(database.pool, failing, { holder: 'operator', force: true });
  await until(
    () => forced.step(),
    ({ did }) => did === 'done',
  );
  expect(await statusOf(database.pool, failing)).toMatchObject({ live: { parked: 1 }, building: null, waitingFor: 0 });
  // What is parked in both is no loss.
  await beginBuilding(database.pool, failing);
  await until(
    () => builder.step(),
    ({ did }) => did === 'done',
  );
});

test('the wait grows with each attempt up to its bound, and begins anew where the stream got further', async () => {
  const poisoned = newId();
  let at = 1;
  const failing = tally({ fails: ({ data }) => data['n'] === at });
  await stream(poisoned)(note(1), note(2));
  const one = follower(failing, { retryMs: { min: 1_000, max: 3_000 } });
  const waits: number[] = [];
  const attempts: number[] = [];
  await toEnd(one);
  for (let n = 0; n < 4; n += 1) {
    const { rows } = await database.pool.query<{ wait: number; attempts: number }>(
      `SELECT extract(epoch FROM retry_at - now())::float8 AS wait, attempts FROM accord.projection_parked`,
    );
    waits.push(rows[0]!.wait);
    attempts.push(rows[0]!.attempts);
    if (n === 2) at = 2;
    await retryNow(database.pool, 'tally');
    await one.step();
  }
  expect(attempts).toEqual([1, 2, 3, 1]);
  expect(waits[0]).toBeLessThanOrEqual(1);
  expect(waits[1]).toBeGreaterThan(1);
  expect(waits[1]).toBeLessThanOrEqual(2);
  expect(waits[2]).toBeGreaterThan(2);
  expect(waits[2]).toBeLessThanOrEqual(3);
  expect(waits[3]).toBeLessThanOrEqual(1);
});

test('a stream whose row PostgreSQL refuses is parked with its code, and the page is written without it', async () => {
  const refused = newId();
  let isTooLarge = true;
  const failing = tally({
    rows: ({ events, last, versions, byType }, id) => [
      [{ dispute_id: id, events: isTooLarge && id === refused ? 2 ** 40 : events, last, versions }],
      Object.entries(byType).map(([type, n]) => ({ type, n })),
    ],
  });
  const [before, after] = [await writeDispute(database.pool, 2), newId()];
  await stream(refused)(note(1));
  await writeDispute(database.pool, 2, after);
  const one = follower(failing);
  await toEndOnce(one);
  expect(Object.keys((await tallied(database.pool)).streams).sort()).toEqual([before, after].sort());
  expect(await parkedStreams(database.pool, generation)).toMatchObject([{ fromVersion: 1, reason: 'sql-22003' }]);
  isTooLarge = false;
  await until(
    () => parkedStreams(database.pool, generation).then((all) => one.step().then(() => all)),
    (all) => all.length === 0,
  );
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});

const toEndOnce = async (one: Follower): Promise<void> => {
  await allReadable(database.pool);
  await until(
    async () => (await one.step()).events,
    (events) => events > 0,
  );
};

test('with too many streams parked nothing more is read, until they can be applied', async () => {
  let isPoison = true;
  const failing = tally({ fails: () => isPoison });
  for (let n = 0; n < 4; n += 1) await writeDispute(database.pool, 1);
  const one = follower(failing, { mostParked: 3, retryMs: { min: 3_600_000, max: 3_600_000 } });
  await toEndOnce(one);
  await writeDispute(database.pool, 1);
  expect(await one.step()).toEqual({ did: 'blocked', events: 0 });
  isPoison = false;
  await retryNow(database.pool, 'tally');
  await toEnd(one);
  expect(await tallied(database.pool)).toEqual(await recounted(database.pool));
});

test('a long parked stream comes free page by page', async () => {
  const poisoned = newId();
  let isPoison = true;
  const append = stream(poisoned);
  for (let n = 0; n < 5; n += 1) await append(note(n), note(n));
  const one = follower(tally({ fails: () => isPoison }), { pageSize: 3 });
  await until(
    async () => (await parkedStreams(database.pool, generation)).length + (await one.step()).events,
    (n) => n > 0,
  );
  isPoison = false;
  await toEnd(one);
  expect(await parkedStreams(database.pool, generation)).toEqual([]);
  expect((await tallied(database.pool)).streams[poisoned]).toBe('1 2 3 4 5 6 7 8 9 10');
});
