import fc from 'fast-check';
import { createEventStore } from '../../src/store/event-store.js';
import type { EventStore, Json, JsonObject } from '../../src/store/contract.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { appendRequest, disputeWrite, headAfter, newEvent, newId, start, type Head } from '../store/requests.js';

let database: StoreDatabase;
let store: EventStore;
beforeAll(async () => {
  database = await storeDatabase('property');
  store = createEventStore(database.pool);
});
afterAll(async () => {
  await database.drop();
});

const text = fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', ''));
const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }).map((value) => {
  const storable = JSON.stringify(value).replaceAll(/(?<!\\)(\\\\)*\\u0000/g, '$1');
  return JSON.parse(storable) as Json;
});

interface Step {
  /** Which of three disputes. */
  dispute: number;
  /** How the head given differs from the true one: 0 is right. */
  stale: number;
  command: number | null;
  events: JsonObject[];
  state: JsonObject;
}

const step: fc.Arbitrary<Step> = fc.record({
  dispute: fc.nat(2),
  stale: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) }),
  command: fc.option(fc.nat(5)),
  events: fc.array(fc.dictionary(text, json, { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonObject>, {
    minLength: 1,
    maxLength: 3,
  }),
  state: fc.record({ any: json }) as fc.Arbitrary<JsonObject>,
});

test('any sequence of appends does what a list in memory would do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const run = newId();
      const disputes = [0, 1, 2].map((n) => ({
        id: `${run}-${n}`,
        heads: [start] as Head[],
        data: [] as JsonObject[],
        state: null as JsonObject | null,
      }));
      const commands = new Map<number, { stream: string; firstVersion: number; lastVersion: number }>();

      for (const { dispute, stale, command, events, state } of steps) {
        const model = disputes[dispute]!;
        const stream = `dispute-${model.id}`;
        const head = model.heads.at(-1 - stale) ?? start;
        const result = await store.append(
          appendRequest(model.id, head, {
            command: command === null ? null : { commandId: `${run}-c${command}`, fingerprint: 'f' },
            events: events.map((data) => newEvent({ data })),
            dispute: disputeWrite(model.id, { state }),
          }),
        );
        const prior = command === null ? undefined : commands.get(command);
        if (prior !== undefined) {
          expect(result).toMatchObject({ status: 'duplicate', prior });
        } else if (head !== model.heads.at(-1)) {
          expect(result).toEqual({ status: 'conflict', version: model.data.length });
        } else {
          const firstVersion = model.data.length + 1;
          model.data.push(...events);
          model.state = state;
          model.heads.push(headAfter(result));
          if (command !== null) commands.set(command, { stream, firstVersion, lastVersion: model.data.length });
        }
      }

      for (const { id, data, state } of disputes) {
        const recorded = await store.readStream(`dispute-${id}`);
        expect(recorded.map((event) => event.data)).toEqual(data);
        expect(recorded.map(({ version }) => version)).toEqual(data.map((_, n) => n + 1));
        expect((await store.load(id, null)).snapshot?.state ?? null).toEqual(state);
        expect(await store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: data.length });
      }
    }),
    { numRuns: 60 },
  );
});
