import { beginning } from '../../src/store/feed.js';
import { startReceiver } from '../support/receiver.js';
import { eventually } from '../workflows/support/harness.js';
import type { WebhookHarness } from '../workflows/support/webhooks.js';

/**
 * Leads webhooks through everything that their workflow does: deliveries, a wake while one is under way, repetition,
 * giving up, going on, a replay, a pause, the end. What it leaves is recorded for replay.
 */
export async function tellWebhooks(harness: WebhookHarness): Promise<void> {
  const receiver = await startReceiver();
  const { subscriptions } = harness;
  const rests = (id: string) =>
    eventually(
      () => harness.state(id),
      ({ state }) => state === 'waiting',
    );
  const ended = (id: string) =>
    eventually(
      () => harness.status(id),
      (status) => status === 'COMPLETED',
    );
  const record = (organisation: string, count: number) =>
    harness.record(organisation, count, { organisations: [organisation] });
  try {
    const answers = [500, 503];
    receiver.answer = () => answers.shift() ?? 200;
    await record('A', 3);
    const { id } = await harness.subscribe(receiver.url, { organisation: 'A' });
    await rests(id);
    await record('A', 2);
    await eventually(
      () => receiver.taken('A').length,
      (count) => count === 5,
    );
    await rests(id);
    await subscriptions.replay(id, beginning);
    await rests(id);
    await subscriptions.setStatus(id, 'paused');
    await ended(id);
    await record('A', 1);
    await subscriptions.setStatus(id, 'active');
    await rests(id);

    receiver.answer = () => 500;
    await record('B', 1);
    const { id: failing } = await harness.subscribe(receiver.url, { organisation: 'B' });
    await ended(failing);
    let release: (status: number) => void = () => undefined;
    receiver.answer = () => new Promise((resolve) => (release = resolve));
    const before = receiver.received.length;
    await subscriptions.setStatus(failing, 'active');
    await eventually(
      () => receiver.received.length,
      (count) => count > before,
    );
    await subscriptions.wakeAll();
    await new Promise((resolve) => setTimeout(resolve, 500));
    release(200);
    receiver.answer = () => 200;
    await rests(failing);
    await subscriptions.setStatus(failing, 'deleted');
    await ended(failing);
  } finally {
    await receiver.close();
  }
}
