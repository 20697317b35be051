import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cursor } from '../../store/contract.js';
import { compareCursors, type FeedEvent, type FeedStore, type TailEvent } from '../../store/feed.js';
import { admits, type Visibility } from '../../store/read-models/visibility.js';
import type { HubOptions } from './hub.js';
import { farewell, greeting, heartbeat, said, type EndReason, type Spoken } from './server-sent.js';

/** What a client wants to see. */
export interface StreamQuestion {
  /** Whose streams are counted together. */
  account: string;
  visibility: Visibility;
  types: readonly string[] | undefined;
  /** Only of this dispute; the stream ends when it can no longer be seen. */
  disputeId: string | undefined;
  /** Behind which event it begins; null: now. */
  after: Cursor | null;
  /** When the caller's token expires, in milliseconds since 1970; null: never. */
  expiresAt: number | null;
}

export interface LiveStream {
  readable: Readable;
  /** What the common reader has read next, up to a place. Passed over by a stream that is behind. */
  tell(events: readonly Spoken[], to: Cursor): void;
  /** Says why and ends, within a second also where the client does not listen. */
  end(reason: EndReason): Promise<void>;
}

export interface LiveStreamOptions extends StreamQuestion {
  after: Cursor;
  feed: Pick<FeedStore, 'page'>;
  settings: HubOptions;
  /** How far the common reader has read; null before it has begun. */
  tail(): Cursor | null;
  ended(): void;
}

const pageSize = 100;
/** The longest that Node can wait. */
const longestTimer = 2_147_483_647;

/**
 * One client's stream. While it is behind it reads pages of its own, no faster than its client; once it has everything
 * that the common reader has read, it is told by that one (`isLive`). A client that is slow falls behind again, and is
 * ended when it has not taken what waits for it within the limit: it resumes from the last id it has seen.
 */
export const createLiveStream = (options: LiveStreamOptions): LiveStream => {
  const { feed, settings, tail, visibility, types, disputeId } = options;
  const out = new PassThrough({ highWaterMark: settings.bufferBytes });
  let cursor = options.after;
  let isLive = false;
  let isOpen = true;

  const later = (one: Cursor): Cursor => (compareCursors(one, cursor) > 0 ? one : cursor);
  const write = (text: string): boolean => isOpen && out.write(text);

  const tell: LiveStream['tell'] = (events, to) => {
    if (!isLive || !isOpen) return;
    for (const { event, text } of events) {
      if (compareCursors(event.cursor, cursor) <= 0 || !isAskedFor(event)) continue;
      if (!admits(visibility, event.access)) {
        if (disputeId === undefined) continue;
        void end('no-longer-visible');
        return;
      }
      cursor = event.cursor;
      if (write(text())) continue;
      isLive = false;
      void catchUp();
      return;
    }
    cursor = later(to);
  };
  const isAskedFor = ({ disputeId: of, type }: TailEvent): boolean =>
    (disputeId === undefined || of === disputeId) && (types === undefined || types.includes(type));

  /** False where the client takes nothing for too long. */
  const drained = async (): Promise<boolean> => {
    if (!out.writableNeedDrain) return true;
    const signal = AbortSignal.timeout(settings.patienceMs);
    return once(out, 'drain', { signal }).then(
      () => true,
      () => false,
    );
  };

  const catchUp = async (): Promise<void> => {
    while (isOpen && !isLive) {
      if (!(await drained())) return void out.destroy();
      const upTo = tail();
      try {
        const question = {
          after: cursor,
          limit: pageSize,
          visibility,
          ...(types ? { types } : {}),
          ...(disputeId === undefined ? {} : { disputeId }),
        };
        const { events, more, cursor: next } = await feed.page(question);
        for (const event of events as FeedEvent[]) write(said(event));
        cursor = next;
        if (more) continue;
        // The page was read later than that: nothing is missing up to there, though nothing of it was shown.
        if (upTo) cursor = later(upTo);
        const now = tail();
        isLive = now !== null && compareCursors(cursor, now) >= 0 && !out.writableNeedDrain;
        if (!isLive) await sleep(10);
      } catch {
        // PostgreSQL is away: the client stays, and goes on from where it is.
        await sleep(1_000);
      }
    }
  };

  const end: LiveStream['end'] = async (reason) => {
    if (!isOpen) return;
    out.write(farewell(reason));
    isOpen = false;
    const closed = out.closed ? undefined : once(out, 'close');
    out.end();
    const giveUp = setTimeout(() => out.destroy(), 1_000);
    await closed?.catch(() => undefined);
    clearTimeout(giveUp);
  };

  const beating = setInterval(() => {
    if (!out.writableNeedDrain) write(heartbeat(cursor));
  }, settings.heartbeatMs);
  const left = options.expiresAt === null ? longestTimer : options.expiresAt - Date.now();
  const expiring = setTimeout(() => void end('token-expired'), Math.min(Math.max(left, 0), longestTimer));
  out.on('error', () => undefined);
  out.once('close', () => {
    isOpen = false;
    clearInterval(beating);
    clearTimeout(expiring);
    options.ended();
  });
  write(greeting(cursor));
  void catchUp();
  return { readable: out, tell, end };
};
