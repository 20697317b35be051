import { readdirSync } from 'node:fs';
import { eventTypes } from '../../src/domain/dispute/event-types.js';
import { schemaVersionOf, upcast, UnknownEvent, upcasts } from '../../src/domain/dispute/upcast.js';
import { eventHash, firstPreviousHash } from '../../src/store/chain.js';
import type { RecordedEvent } from '../../src/store/contract.js';
import { becomes, eventsFolder, goldenEvent, goldenFile, goldenStream, streamNames } from './golden.js';

const versionsOf = (type: (typeof eventTypes)[number]): number[] =>
  Array.from({ length: schemaVersionOf(type) }, (_, index) => index + 1);
const files = eventTypes.flatMap((type) => versionsOf(type).map((version) => goldenFile(type, version)));

describe('golden events', () => {
  it('there is one of every type and version, and none of what does not exist', () => {
    const kept = readdirSync(eventsFolder).map((name) => `${eventsFolder}/${name}`);
    // A hole is filled by `node --import ./test/support/typescript.mjs test/golden/record.ts`.
    expect(files.filter((file) => !kept.includes(file))).toEqual([]);
    expect(kept.filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(files.map((file) => [file.split('/').at(-1)!, file]))('%s folds to what it did', (_, file) => {
    const golden = goldenEvent(file);
    const stream = goldenStream(golden.stream);
    expect(stream[golden.event.version - 1]).toEqual(golden.event);
    expect(becomes(stream, golden.event)).toEqual(golden.becomes);
  });

  it.each(streamNames())('stream %s verifies as it was stored', (name) => {
    const stream = goldenStream(name);
    let previousHash = firstPreviousHash(stream[0]!.stream);
    for (const event of stream) {
      expect(event.previousHash).toBe(previousHash);
      expect(event.hash).toBe(eventHash(previousHash, event));
      previousHash = event.hash;
    }
  });
});

describe('bringing older events to the present shape', () => {
  const golden = goldenEvent(goldenFile('DeadlineMet', 1));
  const stream = goldenStream(golden.stream);
  const { deadlineId, on } = golden.event.data;

  it('goes step by step, so that an event of any earlier version folds as one of today', () => {
    // As if a period that was met had been recorded as `{deadline, day}`, then as `{deadlineId, metOn}`.
    const table = {
      DeadlineMet: {
        1: ({ deadline, day }: Record<string, unknown>) => ({ deadlineId: deadline, metOn: day }),
        2: ({ metOn, ...rest }: Record<string, unknown>) => ({ ...rest, on: metOn }),
      },
    };
    expect(schemaVersionOf('DeadlineMet', table)).toBe(3);
    const shapes: Pick<RecordedEvent, 'schemaVersion' | 'data'>[] = [
      { schemaVersion: 1, data: { deadline: deadlineId!, day: on! } },
      { schemaVersion: 2, data: { deadlineId: deadlineId!, metOn: on! } },
      { schemaVersion: 3, data: { deadlineId: deadlineId!, on: on! } },
    ];
    for (const event of shapes.map((shape) => ({ ...golden.event, ...shape }))) {
      const before = JSON.stringify(event);
      const rest = stream.map((one) => (one.type === 'DeadlineMet' ? { ...one, schemaVersion: 3 } : one));
      expect(becomes(rest, event, table)).toEqual(golden.becomes);
      expect(upcast(event, table)).toMatchObject({ schemaVersion: 3, data: { deadlineId, on } });
      // What was stored and hashed stays as it was.
      expect(JSON.stringify(event)).toBe(before);
      expect(upcast(upcast(event, table), table)).toEqual(upcast(event, table));
    }
  });

  it('may ask when and where the event occurred', () => {
    const table = {
      DeadlineMet: {
        1: (
          data: Record<string, unknown>,
          { occurredAt, procedureId }: { occurredAt: string; procedureId: string | null },
        ) => ({ ...data, occurredAt, procedureId }),
      },
    };
    const { occurredAt, procedureId } = golden.event;
    expect(upcast(golden.event, table).data).toEqual({ deadlineId, on, occurredAt, procedureId });
  });

  it('leaves an event of the present shape as it is', () => {
    expect(upcast(golden.event)).toBe(golden.event);
  });

  it.each([
    ['a type that is not known', { type: 'PeaceMade' }],
    ['a version that is newer than this program', { schemaVersion: 2 }],
    ['a version that never was', { schemaVersion: 0 }],
  ])('refuses %s, saying where it stands and nothing of what it says', (_, change) => {
    const event = { ...golden.event, ...change, data: { text: 'secret' } };
    const said = `dispute-d version ${event.version}: ${event.type} of schema version ${event.schemaVersion} is not known here`;
    expect(() => upcast(event)).toThrow(UnknownEvent);
    expect(() => upcast(event)).toThrow(said);
  });

  it('has a step from every older version', () => {
    for (const [type, steps] of Object.entries(upcasts)) {
      expect(eventTypes).toContain(type);
      expect(Object.keys(steps).map(Number)).toEqual(Object.keys(steps).map((_, index) => index + 1));
    }
    expect(new Set(eventTypes).size).toBe(eventTypes.length);
  });
});
