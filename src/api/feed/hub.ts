import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Cursor } from '../../store/contract.js';
import type { FeedStore } from '../../store/feed.js';
import { Problem } from '../http/problem.js';
import { createLiveStream, type LiveStream, type StreamQuestion } from './live-stream.js';
import { spoken } from './server-sent.js';

export interface HubOptions {
  /** Streams that one account, and this process, may have open at once. */
  perAccount: number;
  perProcess: number;
  /** Milliseconds between two signs of life on a silent stream. */
  heartbeatMs: number;
  /** How long it waits when nothing happens: from the first, doubling, to the second. Milliseconds. */
  pollMs: { min: number; max: number };
  /** Bytes that wait for one slow client at most (and as many again on their way), and for how many milliseconds. */
  bufferBytes: number;
  patienceMs: number;
}

export const usualHub: HubOptions = {
  perAccount: 10,
  perProcess: 1_000,
  heartbeatMs: 15_000,
  pollMs: { min: 50, max: 500 },
  bufferBytes: 256 * 1024,
  patienceMs: 10_000,
};

export interface Hub {
  /** Opens a stream. Throws `too-many-requests` beyond the limits, `unavailable` once it is closing. */
  open(question: StreamQuestion): Promise<Readable>;
  /** How many are open. */
  size(): number;
  /** Ends all streams, within 2 s. */
  close(): Promise<void>;
}

/** Most events of one look at the log. */
const batch = 500;

const tooMany = (): Problem => new Problem('too-many-requests', { headers: { 'retry-after': '10' } });

/**
 * The live streams of this process. One reader follows the log for all of them, and only while there are any; what it
 * reads is told apart by each stream's rights as they are at that moment. A stream that is behind reads its own pages
 * until it has caught up.
 */
export const createHub = (feed: FeedStore, options: Partial<HubOptions> = {}): Hub => {
  const settings = { ...usualHub, ...options };
  const streams = new Map<LiveStream, string>();
  /** How far the common reader has read; null while it rests. */
  let tail: Cursor | null = null;
  let reading: Promise<void> | null = null;
  let closing = false;

  const read = async (): Promise<void> => {
    let waitMs = settings.pollMs.min;
    while (streams.size > 0) {
      try {
        tail ??= await feed.now();
        const page = await feed.tail(tail, batch);
        const told = page.events.map(spoken);
        for (const stream of streams.keys()) stream.tell(told, page.cursor);
        tail = page.cursor;
        waitMs = page.events.length > 0 ? settings.pollMs.min : Math.min(waitMs * 2, settings.pollMs.max);
        if (page.more) continue;
      } catch {
        // PostgreSQL is away: the streams stay open, and go on from where they are.
        waitMs = settings.pollMs.max;
      }
      await sleep(waitMs);
    }
    tail = null;
  };
  const keepReading = (): void => {
    reading ??= read().finally(() => {
      reading = null;
      if (streams.size > 0) keepReading();
    });
  };

  const admit = (account: string): void => {
    if (closing) throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
    const own = [...streams.values()].filter((one) => one === account).length;
    if (own >= settings.perAccount || streams.size >= settings.perProcess) throw tooMany();
  };

  return {
    size: () => streams.size,
    open: async (question) => {
      admit(question.account);
      const after = question.after ?? (await feed.now());
      admit(question.account);
      const stream = createLiveStream({
        ...question,
        after,
        feed,
        settings,
        tail: () => tail,
        ended: () => void streams.delete(stream),
      });
      streams.set(stream, question.account);
      keepReading();
      return stream.readable;
    },
    close: async () => {
      closing = true;
      await Promise.all([...streams.keys()].map((stream) => stream.end('shutdown')));
      await reading;
    },
  };
};
