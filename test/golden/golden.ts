import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FoldedEvent } from '../../src/domain/dispute/event.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { upcast, type UpcastTable } from '../../src/domain/dispute/upcast.js';
import type { RecordedEvent } from '../../src/store/contract.js';

/**
 * Events as they were recorded once, kept for ever: `streams/` holds whole streams as they were stored and hashed, and
 * `events/<Type>.v<version>.json` for every type and every version of it one event of them, with what its fold changes.
 */

export interface GoldenEvent {
  /** The stream that it is of, by its file's name. */
  stream: string;
  event: RecordedEvent;
  /** What the fold of the event changes in the state, by path; null where something goes. */
  becomes: Record<string, unknown>;
}

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
export const eventsFolder = folder('events');
export const streamsFolder = folder('streams');

export const streamNames = (): string[] =>
  existsSync(streamsFolder)
    ? readdirSync(streamsFolder)
        .map((file) => file.replace(/\.json$/, ''))
        .sort()
    : [];

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
export const goldenStream = (name: string): RecordedEvent[] => read(`${streamsFolder}/${name}.json`) as RecordedEvent[];
export const goldenFile = (type: string, schemaVersion: number): string =>
  `${eventsFolder}/${type}.v${schemaVersion}.json`;
export const goldenEvent = (file: string): GoldenEvent => read(file) as GoldenEvent;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where two JSON values differ: by path what stands there afterwards, null where nothing does. */
export const changesOf = (before: unknown, after: unknown, path = ''): Record<string, unknown> => {
  if (JSON.stringify(before) === JSON.stringify(after)) return {};
  if (!isRecord(before) || !isRecord(after)) return { [path]: after ?? null };
  return Object.assign(
    {},
    ...[...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) =>
      changesOf(before[name], after[name], `${path}/${name}`),
    ),
  ) as Record<string, unknown>;
};

/** What an event of a stream changes, when the stream is read as it is read today. */
export const becomes = (
  stream: readonly RecordedEvent[],
  event: RecordedEvent,
  table?: UpcastTable,
): Record<string, unknown> => {
  const present = (one: RecordedEvent): FoldedEvent => upcast(one, table);
  const before: DisputeState | null = fold(stream.slice(0, event.version - 1).map(present));
  return changesOf(before ?? {}, fold([present(event)], before));
};
