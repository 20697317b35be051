import { eventStoreContract } from './event-store.contract.js';
import { createModelStore } from './model-store.js';

/** The model keeps the same contract as the store: else to compare them would prove nothing. */
eventStoreContract(() => {
  const clock = { now: new Date() };
  return Promise.resolve({ store: createModelStore({ clock: () => clock.now }), clock });
});
