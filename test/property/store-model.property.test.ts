import fc from 'fast-check';
import type { Cursor } from '../../src/store/contract.js';
import { createDriveStore } from '../../src/store/drive-store.js';
import { createEventStore } from '../../src/store/event-store.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { compareAll, newMemory, storeCommands } from '../store/model-commands.js';
import { createModelStore } from '../store/model-store.js';
import { allReadable } from '../store/watermark.js';

let database: StoreDatabase;
beforeAll(async () => {
  database = await storeDatabase('store-model');
});
afterAll(async () => {
  await database.drop();
});

test('any sequence of calls, some of them at once, does on PostgreSQL what it does in memory', async () => {
  const { pool, sealing } = database;
  let after: Cursor | null = null;
  await fc.assert(
    fc.asyncProperty(fc.commands(storeCommands, { maxCommands: 20, size: 'max' }), async (commands) => {
      const clock = { now: new Date('2026-03-02T01:00:00Z') };
      const model = createModelStore({ clock: () => clock.now });
      const store = createEventStore(pool, { clock: () => clock.now, sealing });
      const drives = createDriveStore(pool);
      const sides = { model, store, drives, pool, clock };
      await database.asSuperuser('DELETE FROM accord.drive_queue', 'DELETE FROM accord.dispute_clocks');
      const memory = newMemory();
      await fc.asyncModelRun(() => ({ model: memory, real: sides }), commands);
      await compareAll(memory, sides);

      // What readers in order see of this run, a page at a time.
      const { events: expected } = await model.readAll(null, 1_000);
      const seen: { stream: string; version: number; hash: string }[] = [];
      if (expected.length > 0) await allReadable(pool);
      for (;;) {
        const page = await store.readAll(after, 7);
        seen.push(...page.events.filter(({ stream }) => stream.includes(memory.run)));
        after = page.cursor;
        if (page.events.length === 0) break;
      }
      expect(seen.map(({ stream, version, hash }) => [stream, version, hash])).toEqual(
        expected.map(({ stream, version, hash }) => [stream, version, hash]),
      );
    }),
    { numRuns: 20 },
  );
});
