import { createHash } from 'node:crypto';
import type { Cursor } from '../store/contract.js';
import type { FeedPage, FeedQuestion, FeedStore } from '../store/feed.js';
import type { Subscription, SubscriptionScope, SubscriptionStore } from '../store/subscriptions.js';
import type { Destinations } from './addresses.js';
import { cloudEvent, type CloudEvent } from './cloud-event.js';
import { postTo, type Posted } from './post.js';
import { secretCheck, signatureHeaders, webhookSecret } from './signature.js';

/** Most events of one delivery. */
export const mostDelivered = 100;
/** Most bytes of one delivery; a single event that is longer goes alone. */
export const mostBytes = 512 * 1024;

/** When a delivery that failed is tried again, and when it is given up. */
export interface Patience {
  /** Milliseconds until the first repetition; each further one waits four times as long. */
  firstMs: number;
  longestMs: number;
  /** After so many failures in a row, or so long since the first of them, the subscription is suspended. */
  attempts: number;
  forMs: number;
}

const hour = 3_600_000;
export const usualPatience: Patience = {
  firstMs: 5_000,
  longestMs: 6 * hour,
  attempts: 20,
  forMs: 72 * hour,
};

export type Delivery =
  /** Everything was delivered: there is nothing to do until somebody tells of a new event. */
  | { status: 'idle' }
  /** The time was up: to be gone on with at once. */
  | { status: 'more' }
  /** To be tried again after `retryInMs`. */
  | { status: 'failed'; code: string; retryInMs: number }
  /** Paused, suspended or deleted. */
  | { status: 'resting' };

export interface DelivererOptions {
  feed: Pick<FeedStore, 'page'>;
  subscriptions: Pick<SubscriptionStore, 'find' | 'checkpoint' | 'fail' | 'rest'>;
  /** From which the subscriptions' secrets are derived. */
  serverSecret: Uint8Array;
  destinations: Destinations;
  patience?: Patience;
  clock?: () => number;
  /** How long one call goes on delivering; default 20 s. */
  budgetMs?: number;
}

export interface Deliverer {
  /**
   * Delivers what a subscription has not been told of, in order, page by page, each acknowledged before the next. A
   * call that is cut off is repeated from the last page that was acknowledged. `beat` is called at least with each
   * page. @throws StoreUnavailable
   */
  deliver(subscriptionId: string, beat?: () => void, signal?: AbortSignal): Promise<Delivery>;
}

/** The question whose answer a subscription is told. */
export const questionOf = (scope: SubscriptionScope): Omit<FeedQuestion, 'after' | 'limit'> => ({
  visibility: scope.organisation === null ? { all: true } : { organisation: scope.organisation },
  ...(scope.withinRegion === null ? {} : { within: { regionPrefixes: [scope.withinRegion] } }),
  ...(scope.types === null ? {} : { types: scope.types }),
});

export const createDeliverer = (options: DelivererOptions): Deliverer => {
  const { feed, subscriptions, serverSecret, destinations, clock = Date.now } = options;
  const { patience = usualPatience, budgetMs = 20_000 } = options;

  const post = (one: Subscription, { id, body }: Batch, signal?: AbortSignal): Promise<Posted> => {
    const now = clock();
    const generations = [
      one.secretGeneration,
      ...one.retiredSecrets.filter(({ until }) => Date.parse(until) > now).map(({ generation }) => generation),
    ];
    const secrets = generations.map((generation) => webhookSecret(serverSecret, one.id, generation));
    const headers = {
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
      'user-agent': 'accord-webhook/1',
      ...signatureHeaders(secrets, { id, at: Math.floor(now / 1000), body }),
    };
    return postTo(one.url, { headers, body, destinations, ...(signal ? { signal } : {}) });
  };

  const failed = async (one: Subscription, code: string, retryAfterMs: number | null): Promise<Delivery> => {
    const failures = one.failures + 1;
    const since = one.failingSince === null ? clock() : Date.parse(one.failingSince);
    const over = endings.has(code) || failures >= patience.attempts || clock() - since >= patience.forMs;
    await subscriptions.fail(one, code, over);
    if (over) return { status: 'resting' };
    const wait = Math.min(patience.firstMs * 4 ** (failures - 1), patience.longestMs);
    return { status: 'failed', code, retryInMs: Math.max(wait, Math.min(retryAfterMs ?? 0, hour)) };
  };

  const deliver: Deliverer['deliver'] = async (subscriptionId, beat, signal) => {
    const until = clock() + budgetMs;
    let isResting = false;
    const isEnding = (): boolean => signal?.aborted ?? false;
    while (clock() < until && !isEnding()) {
      beat?.();
      const one = await subscriptions.find(subscriptionId);
      if (one?.status !== 'active') return { status: 'resting' };
      if (one.secretCheck !== secretCheck(serverSecret, one.id)) return failed(one, 'secret-changed', null);
      const skipped = await nextShown(feed, one, until, clock, beat);
      const batch = batchOf(skipped.page);
      if (batch === null) {
        // Passed over, or at the end, where nothing is written unless the position has moved.
        if (!isSame(skipped.page.cursor, one.cursor)) await subscriptions.checkpoint(one, skipped.page.cursor, 0);
        if (skipped.page.more) continue;
        // Whoever tells of events is asked to first; what came in between is found by the second look.
        if (isResting) return { status: 'idle' };
        isResting = await subscriptions.rest(one);
        continue;
      }
      isResting = false;
      const posted = await post(one, batch, signal);
      beat?.();
      if (posted.ok) await subscriptions.checkpoint(one, batch.cursor, batch.count);
      // Nobody's failure: this process ends.
      else if (!isEnding()) return failed(one, posted.code, posted.retryAfterMs);
    }
    return { status: 'more' };
  };
  return { deliver };
};

/** After which no repetition helps: the receiver wants no more (410), or its address will never do. */
const endings = new Set(['http-410', 'not-https', 'credentials-in-url']);

const isSame = (a: Cursor, b: Cursor): boolean => a.epoch === b.epoch && a.xid === b.xid && a.position === b.position;

/** Pages on until there is something to be told of, the end is reached, or time is up. */
const nextShown = async (
  feed: Pick<FeedStore, 'page'>,
  one: Subscription,
  until: number,
  clock: () => number,
  beat?: () => void,
): Promise<{ page: FeedPage }> => {
  let after = one.cursor;
  for (;;) {
    const page = await feed.page({ ...questionOf(one), after, limit: mostDelivered });
    if (page.events.length > 0 || !page.more || clock() >= until) return { page };
    beat?.();
    after = page.cursor;
  }
};

interface Batch {
  /** The same for the same events. */
  id: string;
  body: string;
  cursor: Cursor;
  count: number;
}

/** As many of a page's events as one delivery holds; null where there is none. */
const batchOf = ({ events, cursor }: FeedPage): Batch | null => {
  const texts: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const text = JSON.stringify(cloudEvent(event) satisfies CloudEvent);
    bytes += Buffer.byteLength(text) + 1;
    if (texts.length > 0 && bytes > mostBytes) break;
    texts.push(text);
  }
  if (texts.length === 0) return null;
  const sent = events.slice(0, texts.length);
  const ids = sent.map(({ eventId }) => eventId).join('\n');
  return {
    id: `msg_${createHash('sha256').update(ids).digest('base64url').slice(0, 27)}`,
    body: `[${texts.join(',')}]`,
    // All of the page: what was passed over behind its last event, too.
    cursor: sent.length === events.length ? cursor : sent.at(-1)!.cursor,
    count: sent.length,
  };
};
