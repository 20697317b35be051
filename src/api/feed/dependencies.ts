import type { FeedStore } from '../../store/feed.js';
import type { SubscriptionStore } from '../../store/subscriptions.js';
import type { HubOptions } from './hub.js';

/** What the feed and the webhooks need besides the rest. */
export interface FeedDependencies {
  feed: FeedStore;
  subscriptions: SubscriptionStore;
  /** Limits of the live streams, other than the usual. */
  streams?: Partial<HubOptions>;
}
