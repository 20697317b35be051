import type { Pool } from 'pg';
import type { Copy } from './copies.js';
import { readSweep, type SweptEvent } from './feed.js';
import { applyEvents, finish, heldOf, type Failure, type Folded, type Held, type OnItsWay } from './fold-streams.js';
import { idIn, type AnyProjection, type ProjectedEvent } from './projection.js';

/** Streams that came to their end in a page. */
export interface Swept {
  folded: Folded[];
  failures: Failure[];
  /** The last of them; null where there are no more streams. */
  to: string | null;
  /** Events read. */
  span: number;
}

export interface SweepOptions {
  /** Events read at once. */
  pageSize: number;
  /** Whether the next page is asked for while one is being applied; default true. Not over one connection. */
  readsAhead?: boolean;
  /** By stream, the version before which it ends; of others all is read. */
  until?: ReadonlyMap<string, number>;
}

interface Unfinished extends OnItsWay {
  stream: string;
  /** The first event that the projection reads; null: none yet. */
  fromVersion: number | null;
}

/** Goes through the log stream by stream, up to a copy's cursor. */
export interface Sweep {
  /** The next page behind `copy.sweep`. @throws StoreUnavailable */
  next(copy: Copy): Promise<Swept>;
  /** Forgets what it has read: the next page begins behind `copy.sweep` again. */
  forget(): void;
}

/**
 * Every stream is folded once from its first event, so what is to be written is written once, however the streams lie
 * between one another in the log. The stream that a page ends in is held in its state, not in its events.
 */
export const sweepLog = (
  pool: Pool,
  projection: AnyProjection,
  { pageSize, readsAhead = true, until = new Map() }: SweepOptions,
): Sweep => {
  const nothing = heldOf(projection, '', null);
  /** What was read beyond the streams that were handed out, and where the next page begins. */
  let at: { after: string; read: { stream: string; version: number }; unfinished: Unfinished | null } | null = null;
  let ahead: Promise<SweptEvent[]> | null = null;

  const ask = (from: { stream: string; version: number }, copy: Copy): Promise<SweptEvent[]> => {
    const page = readSweep(pool, projection, from, copy, pageSize);
    page.catch(() => undefined);
    return page;
  };

  const close = (
    { stream, fromVersion, ...onItsWay }: Unfinished,
    to: { folded: Folded[]; failures: Failure[] },
  ): void => {
    if (fromVersion === null) return;
    const before: Held = nothing;
    const id = idIn(projection, stream)!;
    const { after, failure } = finish(projection, { stream, id, fromVersion }, before, onItsWay);
    to.folded.push({ stream, fromVersion, before, after });
    if (failure) to.failures.push(failure);
  };

  const next = async (copy: Copy): Promise<Swept> => {
    const after = copy.sweep ?? '';
    if (at === null || at.after !== after) {
      at = { after, read: { stream: after, version: 2_147_483_647 }, unfinished: null };
      ahead = null;
    }
    const rows = await (ahead ?? ask(at.read, copy));
    const last = rows.at(-1);
    const isLast = rows.length < pageSize;
    ahead = isLast || !readsAhead ? null : ask(last!, copy);

    const swept: Swept = { folded: [], failures: [], to: after, span: rows.length };
    let { unfinished } = at;
    for (const row of rows) {
      if (unfinished?.stream !== row.stream) {
        if (unfinished) close(unfinished, swept);
        if (unfinished) swept.to = unfinished.stream;
        unfinished = { stream: row.stream, fromVersion: null, state: null, failure: null };
      }
      if (row.data === null || row.version >= (until.get(row.stream) ?? Infinity)) continue;
      const { state, failure } = applyEvents(projection, unfinished, [row as ProjectedEvent]);
      unfinished.state = state;
      unfinished.failure = failure;
      unfinished.fromVersion ??= row.version;
    }
    if (isLast) {
      if (unfinished) close(unfinished, swept);
      at = null;
      return { ...swept, to: null };
    }
    at = { after: swept.to!, read: last!, unfinished };
    return swept;
  };

  return {
    next,
    forget: () => {
      at = null;
      ahead = null;
    },
  };
};
