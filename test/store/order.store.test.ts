import pg from 'pg';
import { createEventStore } from '../../src/store/event-store.js';
import type { Cursor } from '../../src/store/contract.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { appendRequest, headAfter, newEvent, newId, start } from './requests.js';

let database: StoreDatabase;
beforeEach(async () => {
  database = await storeDatabase('order');
});
afterEach(async () => {
  await database.drop();
});

test('an event that commits late is not skipped, and nothing is shown before it', async () => {
  const store = createEventStore(database.pool);
  const slow = new pg.Client({ connectionString: database.databaseUrl });
  await slow.connect();
  try {
    const [early, late, after] = [newId(), newId(), newId()];
    await store.append(appendRequest(early));
    await slow.query('BEGIN');
    await createEventStore(slow as unknown as pg.Pool).append(appendRequest(late));
    await store.append(appendRequest(after));

    const seen: string[] = [];
    let cursor: Cursor | null = null;
    // Other transactions of the cluster, as in another test, may hold readers back as well.
    const readUntil = async (count: number) => {
      for (const end = Date.now() + 20_000; seen.length < count && Date.now() < end;) {
        const page: Awaited<ReturnType<typeof store.readAll>> = await store.readAll(cursor, 100);
        seen.push(...page.events.map(({ stream }) => stream));
        cursor = page.cursor;
      }
    };
    await readUntil(1);
    expect((await store.readAll(cursor, 100)).events).toEqual([]);
    expect(seen).toEqual([`dispute-${early}`]);
    await slow.query('COMMIT');
    await readUntil(3);
    expect(seen).toEqual([`dispute-${early}`, `dispute-${late}`, `dispute-${after}`]);
  } finally {
    await slow.end();
  }
});

test('a reader that follows many writers sees every event once, each stream in order', async () => {
  const store = createEventStore(database.pool);
  let writing = true;
  const written: string[] = [];
  const writer = async () => {
    const id = newId();
    let head = start;
    for (let n = 0; n < 25; n += 1) {
      const events = Array.from({ length: 1 + (n % 3) }, () => newEvent());
      head = headAfter(await store.append(appendRequest(id, head, { events })));
      written.push(...events.map(({ eventId }) => eventId));
    }
  };
  const seen: { eventId: string; stream: string; version: number }[] = [];
  const follow = async () => {
    let cursor: Cursor | null = null;
    const end = Date.now() + 40_000;
    for (;;) {
      const done = !writing;
      const page: Awaited<ReturnType<typeof store.readAll>> = await store.readAll(cursor, 7);
      seen.push(...page.events);
      cursor = page.cursor;
      if (done && (seen.length >= written.length || Date.now() > end)) return;
    }
  };
  const following = follow();
  await Promise.all(Array.from({ length: 8 }, writer));
  writing = false;
  await following;

  expect(seen).toHaveLength(written.length);
  expect(new Set(seen.map(({ eventId }) => eventId))).toEqual(new Set(written));
  const last = new Map<string, number>();
  for (const { stream, version } of seen) {
    expect(version).toBe((last.get(stream) ?? 0) + 1);
    last.set(stream, version);
  }
});
