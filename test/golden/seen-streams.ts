import { isDeepStrictEqual } from 'node:util';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecidedEvent } from '../../src/domain/dispute/event.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';

/** One append: what was decided together. */
export type Append = readonly DecidedEvent[];

interface Node {
  state: DisputeState;
  appends: Append[];
}

/** Where the streams of this run are left; nothing is kept without. */
const folder = process.env['ACCORD_RECORD_EVENTS'];
/** A dispute's title is the same object from its registration on: decisions are told apart by it. */
const streams = new Map<object, Node[]>();

/** A test plays a past matter typed in for as long as it likes. */
const alike = (a: DisputeState, b: DisputeState): boolean =>
  isDeepStrictEqual({ ...a, backfill: false }, { ...b, backfill: false });

/** Keeps what a test saw decided, as part of the stream that it belongs to. */
export const keepSeen = (events: Append, state: DisputeState): void => {
  if (folder === undefined || events.length === 0) return;
  const known = streams.get(state.title) ?? [];
  streams.set(state.title, known);
  if (events[0]!.type === 'DisputeRegistered') {
    known.push({ state, appends: [events] });
    return;
  }
  const version = state.version - events.length;
  for (const { state: before, appends } of known.toReversed()) {
    if (before.version !== version) continue;
    const after = fold(
      events.map((event, index) => ({ ...event, version: version + index + 1 })),
      before,
    )!;
    if (!alike(after, state)) continue;
    known.push({ state: after, appends: [...appends, events] });
    return;
  }
};

const lengthOf = (appends: readonly Append[]): number => appends.reduce((sum, { length }) => sum + length, 0);

/** Leaves for each type of event the shortest stream in which it was seen. */
export const leaveStreams = (): void => {
  if (folder === undefined) return;
  const shortest = new Map<string, Append[]>();
  for (const { appends } of [...streams.values()].flat())
    for (const { type } of appends.at(-1)!) {
      const known = shortest.get(type);
      if (!known || lengthOf(appends) < lengthOf(known)) shortest.set(type, appends);
    }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify([...new Set(shortest.values())]));
};
