import type { Pool } from 'pg';
import type { Cursor } from '../store/contract.js';
import { run } from '../store/pool.js';
import { claim, copyOf, release, type Copy } from './copies.js';
import { readPage, readStreamUpTo, type FeedPage } from './feed.js';
import { byStream, foldStream, heldOf, type Failure, type Folded, type Held } from './fold-streams.js';
import { idIn, type AnyProjection, type ProjectedEvent } from './projection.js';
import { sweepLog } from './sweep.js';
import { CopyLost, writeBatch, type Batch } from './write.js';

export interface FollowOptions {
  /** Names this process among those that want the same copy. */
  holder: string;
  /** Events read at once; default 1,000. Bounds memory, at some 5 KB an event. */
  pageSize?: number;
  /** Milliseconds that a copy stays with a process that says nothing more; default 15,000. */
  leaseMs?: number;
  /** Milliseconds before a parked stream is tried again, doubling from the first to the second; default 1 s to 10 min. */
  retryMs?: { min: number; max: number };
  /** With so many streams parked nothing more is read: then it is not they that are at fault. Default 1,000. */
  mostParked?: number;
}

/**
 * What a step did. `applied`: a page; more may wait. `at-end`: what there was, up to the end. `paused` by an operator;
 * `held` by another process; `blocked` by too many parked streams; `gone`: retired; `lost` to another writer: the next
 * step looks anew.
 */
export interface StepResult {
  did: 'applied' | 'at-end' | 'paused' | 'held' | 'blocked' | 'gone' | 'lost';
  /** Events passed, of parked streams too where they were applied. */
  events: number;
}

/** Follows the log for one copy. Its steps are taken one after the other. */
export interface Follower {
  /** Tries parked streams whose time has come, then reads and applies one page. @throws StoreUnavailable */
  step(): Promise<StepResult>;
  /** Gives the copy free for another process. @throws StoreUnavailable */
  release(): Promise<void>;
}

const selectParked = {
  name: 'projection-parked',
  text: `SELECT stream, from_version AS "fromVersion", retry_at <= now() AS "isDue" FROM accord.projection_parked
    WHERE generation = $1 ORDER BY retry_at`,
};

const selectStates = {
  name: 'projection-states-of',
  text: `SELECT stream, state FROM accord.projection_streams WHERE generation = $1 AND stream = ANY ($2::text[])`,
};

interface Parked {
  stream: string;
  fromVersion: number;
  isDue: boolean;
}

/** Streams remembered from page to page; bounds memory, at some 5 KB a stream. */
const mostKnown = 4_000;

/** Parked streams tried in one step. */
const retriesAtOnce = 20;

/**
 * Follows the log for the copy `generation`. Each step reads without a transaction, folds in memory, and writes rows
 * and cursor in one transaction that names the revision it started from: an event is applied once, whoever dies when.
 */
export const followCopy = (
  pool: Pool,
  projection: AnyProjection,
  generation: number,
  options: FollowOptions,
): Follower => {
  const { holder, pageSize = 1_000, leaseMs = 15_000, mostParked = 1_000 } = options;
  const { retryMs = { min: 1_000, max: 600_000 } } = options;
  const sweep = sweepLog(pool, projection, { pageSize });
  let claimedUntil = 0;
  /** Streams met last, as they stand at `knownAt`: whoever else writes to the copy changes its revision. */
  const known = new Map<string, Held>();
  let knownAt = '';
  /** The page behind the one that is being applied, read meanwhile. */
  let ahead: { after: Cursor; page: Promise<FeedPage> } | null = null;

  const holds = async (copy: Copy): Promise<boolean> => {
    if (copy.holder === holder && Date.now() < claimedUntil) return true;
    const asked = Date.now();
    if (!(await claim(pool, generation, holder, leaseMs))) return false;
    claimedUntil = asked + leaseMs / 2;
    return true;
  };

  const pageAfter = (after: Cursor): Promise<FeedPage> => {
    const asked = ahead;
    ahead = null;
    return asked && sameCursor(asked.after, after) ? asked.page : readPage(pool, projection, after, pageSize);
  };

  const readAhead = (after: Cursor): void => {
    const page = readPage(pool, projection, after, pageSize);
    // Whoever takes it hears of it; if nobody does, nothing is lost.
    page.catch(() => undefined);
    ahead = { after, page };
  };

  const fold = async (events: readonly ProjectedEvent[]): Promise<{ folded: Folded[]; failures: Failure[] }> => {
    const streams = byStream(events);
    const unknown = [...streams.keys()].filter((stream) => !known.has(stream));
    const rows =
      unknown.length === 0
        ? []
        : await run<{ stream: string; state: string }>(pool, selectStates, [generation, unknown]);
    const states = new Map(rows.map(({ stream, state }) => [stream, state]));
    const folded: Folded[] = [];
    const failures: Failure[] = [];
    for (const [stream, own] of streams) {
      const id = idIn(projection, stream)!;
      const before = known.get(stream) ?? heldOf(projection, id, states.get(stream) ?? null);
      const { after, failure } = foldStream(projection, id, before, own);
      folded.push({ stream, fromVersion: own[0]!.version, before, after });
      if (failure) failures.push(failure);
    }
    return { folded, failures };
  };

  const write = async (copy: Copy, batch: Batch): Promise<string[]> => {
    const held = { generation, holder, revision: copy.revision };
    const { revision, refused } = await writeBatch(pool, projection, held, batch, { leaseMs, retryMs });
    copy.revision = revision;
    for (const { stream, after } of batch.folded) {
      known.delete(stream);
      // While the log is swept no stream comes a second time.
      if (copy.sweep === null && !refused.includes(stream)) known.set(stream, after);
    }
    for (const stream of known.keys()) {
      if (known.size <= mostKnown) break;
      known.delete(stream);
    }
    knownAt = revision;
    return refused;
  };

  /** A stream comes free when all its events up to the copy's cursor are applied. Answers how many were. */
  const retry = async (copy: Copy, { stream, fromVersion }: Parked): Promise<number> => {
    const from = { stream, version: fromVersion };
    const events = await readStreamUpTo(pool, projection, from, copy, pageSize);
    const { folded, failures } = await fold(events);
    const isWhole = events.length < pageSize;
    if (failures.length === 0 && !isWhole)
      failures.push({ stream, fromVersion: events.at(-1)!.version + 1, reason: 'more-to-apply' });
    const freed = failures.length === 0 ? [stream] : [];
    const refused = await write(copy, { folded, failures, freed, moved: null });
    if (refused.length > 0) return 0;
    return failures.length === 0
      ? events.length
      : events.filter(({ version }) => version < failures[0]!.fromVersion).length;
  };

  const applyPage = async (copy: Copy, page: FeedPage, parked: ReadonlyMap<string, Parked>): Promise<void> => {
    if (page.last === null) return;
    const { folded, failures } = await fold(page.events.filter(({ stream }) => !parked.has(stream)));
    const moved = { ...page.last, span: page.span };
    await write(copy, { folded, failures, freed: [], moved });
  };

  const applySwept = async (copy: Copy): Promise<number> => {
    const { folded, failures, to, span } = await sweep.next(copy);
    await write(copy, { folded, failures, freed: [], moved: { span, sweep: { to } } });
    return span;
  };

  const forget = () => {
    ahead = null;
    claimedUntil = 0;
    sweep.forget();
  };

  const step = async (): Promise<StepResult> => {
    const copy = await copyOf(pool, generation);
    if (copy === null || copy.role === 'retired') return { did: 'gone', events: 0 };
    if (copy.paused && copy.role === 'live') return { did: 'paused', events: 0 };
    if (!(await holds(copy))) return { did: 'held', events: 0 };
    if (copy.revision !== knownAt) known.clear();
    const parked = new Map((await run<Parked>(pool, selectParked, [generation])).map((one) => [one.stream, one]));
    const due = [...parked.values()].filter(({ isDue }) => isDue).slice(0, retriesAtOnce);
    let events = 0;
    for (const one of due) events += await retry(copy, one);
    if (due.length > 0) return { did: 'applied', events };
    if (parked.size >= mostParked) return { did: 'blocked', events: 0 };
    if (copy.sweep !== null) return { did: 'applied', events: await applySwept(copy) };
    const page = await pageAfter(copy);
    if (page.span === pageSize) readAhead(page.last!.cursor);
    await applyPage(copy, page, parked);
    return { did: page.span === pageSize ? 'applied' : 'at-end', events: page.span };
  };

  return {
    step: async () => {
      try {
        return await step();
      } catch (error) {
        forget();
        if (error instanceof CopyLost) return { did: 'lost', events: 0 };
        throw error;
      }
    },
    release: async () => {
      forget();
      await release(pool, generation, holder);
    },
  };
};

const sameCursor = (a: Cursor, b: Cursor): boolean =>
  a.epoch === b.epoch && a.xid === b.xid && a.position === b.position;
