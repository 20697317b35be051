import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { SubscriptionActivities } from '../activities/subscription.js';

/** What a subscription's workflow is started with. */
export interface SubscriptionArgs {
  subscriptionId: string;
}

/** Where it stands: what its query `state` answers. */
export interface SubscriptionReading {
  subscriptionId: string;
  state: keyof typeof words;
  words: string;
  /** Failures in a row since it was last told something; the whole count stands in the subscription. */
  failures: number;
  /** Code of the last of them. */
  lastError: string | null;
  /** The instant at which it will act by itself. */
  nextTimerAt: string | null;
}

/** There is something new, or the subscription was changed: look again now. */
export const wakeSignal = defineSignal('wake');
export const subscriptionStateQuery = defineQuery<SubscriptionReading>('state');

const words = {
  delivering: '正在推送事件',
  waiting: '已推送完毕，等待新事件',
  retrying: '推送失败，等待重试',
  resting: '已暂停、停用或删除',
} as const;

const { deliverEvents } = proxyActivities<SubscriptionActivities>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '10s',
  // Of PostgreSQL that is away. A receiver that fails is an answer, not a failure.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** In case a wake was lost it looks by itself once in a while: two actions an hour where nothing happens. */
const idleMs = 3_600_000;

/**
 * Delivers a webhook's events, for as long as its subscription is active. The position lies in PostgreSQL and moves with
 * each page that was acknowledged; here are only an id and codes. A wake ends every wait, and is never lost: one that
 * comes while something is delivered brings one more look.
 */
export async function subscription({ subscriptionId }: SubscriptionArgs): Promise<void> {
  let wakes = 0;
  const reading: SubscriptionReading = {
    subscriptionId,
    state: 'delivering',
    words: words.delivering,
    failures: 0,
    lastError: null,
    nextTimerAt: null,
  };
  const show = (state: keyof typeof words, waitMs: number | null = null) => {
    const nextTimerAt = waitMs === null ? null : new Date(Date.now() + waitMs).toISOString();
    Object.assign(reading, { state, words: words[state], nextTimerAt });
    setCurrentDetails(reading.lastError === null ? words[state] : `${words[state]}（${reading.lastError}）`);
  };
  setHandler(wakeSignal, () => void (wakes += 1));
  setHandler(subscriptionStateQuery, () => reading);

  while (!workflowInfo().continueAsNewSuggested) {
    const seen = wakes;
    const isWoken = () => wakes !== seen;
    show('delivering');
    const delivery = await deliverEvents(subscriptionId);
    reading.failures = delivery.status === 'failed' ? reading.failures + 1 : 0;
    reading.lastError = delivery.status === 'failed' ? delivery.code : null;
    switch (delivery.status) {
      case 'more':
        break;
      case 'idle':
        show('waiting', idleMs);
        await condition(isWoken, idleMs);
        break;
      case 'failed':
        show('retrying', delivery.retryInMs);
        await condition(isWoken, delivery.retryInMs);
        break;
      case 'resting':
        show('resting');
        if (!isWoken()) return;
    }
  }
  // A wake that was not heeded yet is heeded by what the next run does first.
  await continueAsNew<typeof subscription>({ subscriptionId });
}
