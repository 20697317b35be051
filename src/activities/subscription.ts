import { Context } from '@temporalio/activity';
import type { Deliverer, Delivery } from '../feed/deliver.js';
import { codesOnly } from './activities.js';

/** What the workflow of a webhook's subscription asks for. May run again after it has succeeded. */
export interface SubscriptionActivities {
  /** Delivers what there is, for up to half a minute. Ids and codes only. */
  deliverEvents(subscriptionId: string): Promise<Delivery>;
}

/** While a delivery is under way this process shows that it lives. Milliseconds. */
const beatMs = 2_500;

/** The activities over a deliverer. A failure holds a code only, and is retryable. */
export const createSubscriptionActivities = ({ deliver }: Deliverer): SubscriptionActivities => ({
  deliverEvents: async (subscriptionId) => {
    const context = Context.current();
    const beat = () => context.heartbeat();
    const beating = setInterval(beat, beatMs);
    try {
      return await codesOnly(deliver(subscriptionId, beat, context.cancellationSignal));
    } finally {
      clearInterval(beating);
    }
  },
});
