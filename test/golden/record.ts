/**
 * Records a golden event of every type and version that has none yet, out of the stories that the unit tests tell:
 *
 *     node --import ./test/support/typescript.mjs test/golden/record.ts
 *
 * What is recorded is never changed: it stands for what a store somewhere holds. Only `becomes` is written anew where
 * the state's shape has changed, with `--becomes`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEvents, ownFrom, streamOf } from '../../src/commands/recording.js';
import { eventTypes } from '../../src/domain/dispute/event-types.js';
import { schemaVersionOf } from '../../src/domain/dispute/upcast.js';
import { eventHash, firstPreviousHash } from '../../src/store/chain.js';
import type { RecordedEvent } from '../../src/store/contract.js';
import { becomes, eventsFolder, goldenEvent, goldenFile, goldenStream, streamNames, streamsFolder } from './golden.js';
import type { Append } from './seen-streams.js';

/** Every stream of the stories, as the tests saw it decided. */
const toldStreams = (): Append[][] => {
  const folder = mkdtempSync(join(tmpdir(), 'accord-golden-'));
  try {
    const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', 'test/unit', 'test/golden/tales'];
    spawnSync(process.execPath, jest, {
      stdio: 'inherit',
      env: { ...process.env, ACCORD_RECORD_EVENTS: folder },
    });
    return readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Append[][]);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const begin = Date.parse('2026-11-23T02:00:00Z');
const staff = { account: 'staff', roles: ['mediator'], organisation: 'MED', region: '360121' } as const;

/** The stream as the store writes it: an append a minute. */
const stored = (appends: readonly Append[]): RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  const stream = streamOf(String(appends[0]![0]!.data['disputeId']));
  let previousHash = firstPreviousHash(stream);
  appends.forEach((decided, index) => {
    const recordedAt = new Date(begin + index * 60_000).toISOString();
    const commandId = `golden-${index + 1}`;
    const issued = { by: staff, kind: 'person', commandId, correlationId: commandId } as const;
    for (const event of newEvents(decided, issued, ownFrom(decided))) {
      const placed = { ...event, stream, version: events.length + 1, recordedAt };
      const hash = eventHash(previousHash, placed);
      events.push({ ...placed, previousHash, hash });
      previousHash = hash;
    }
  });
  return events;
};

/** The streams that show most of what is wanted, in the fewest events, one after the other. */
const chosen = (streams: readonly Append[][], wanted: ReadonlySet<string>): Append[][] => {
  const left = new Set(wanted);
  const taken: Append[][] = [];
  const worth = (stream: readonly Append[]): number => {
    const events = stream.flat();
    return new Set(events.filter(({ type }) => left.has(type)).map(({ type }) => type)).size / (events.length + 10);
  };
  while (left.size > 0) {
    const best = streams.reduce((one, other) => (worth(other) > worth(one) ? other : one));
    if (worth(best) === 0) throw new Error(`no story tells of ${[...left].join(' ')}`);
    taken.push(best);
    for (const { type } of best.flat()) left.delete(type);
  }
  return taken;
};

const write = (file: string, stream: string, event: RecordedEvent): void =>
  writeFileSync(file, `${JSON.stringify({ stream, event, becomes: becomes(goldenStream(stream), event) }, null, 1)}\n`);

mkdirSync(eventsFolder, { recursive: true });
mkdirSync(streamsFolder, { recursive: true });
if (process.argv.includes('--becomes'))
  for (const file of readdirSync(eventsFolder).map((name) => join(eventsFolder, name))) {
    const { stream, event } = goldenEvent(file);
    write(file, stream, event);
  }
const wanted = new Set<string>(eventTypes.filter((type) => !existsSync(goldenFile(type, schemaVersionOf(type)))));
if (wanted.size > 0) {
  let number = streamNames().length;
  for (const appends of chosen(toldStreams(), wanted)) {
    const name = String((number += 1)).padStart(3, '0');
    const events = stored(appends);
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    writeFileSync(join(streamsFolder, `${name}.json`), `[\n${lines}\n]\n`);
    for (const event of events) {
      const file = goldenFile(event.type, event.schemaVersion);
      if (wanted.has(event.type) && !existsSync(file)) write(file, name, event);
    }
  }
}
console.log(`${wanted.size} golden events recorded, ${streamNames().length} streams`);
