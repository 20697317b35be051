import { randomUUID } from 'node:crypto';
import { createDeliverer, mostBytes, type DelivererOptions } from '../../src/feed/deliver.js';
import { secretCheck, webhookSecret } from '../../src/feed/signature.js';
import { createEventStore } from '../../src/store/event-store.js';
import { beginning, createFeedStore, type FeedStore } from '../../src/store/feed.js';
import {
  createSubscriptionStore,
  type NewSubscription,
  type SubscriptionStore,
} from '../../src/store/subscriptions.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { appendRequest, disputeWrite, newEvent, newId } from '../store/requests.js';

/** One delivery after the other, without the workflow that asks for them. */

const serverSecret = Buffer.from('a secret of the tests that is long enough');
let database: StoreDatabase;
let feed: FeedStore;
let subscriptions: SubscriptionStore;
let receiver: Receiver;

beforeAll(async () => {
  database = await storeDatabase('deliver');
  feed = createFeedStore(database.pool);
  subscriptions = createSubscriptionStore(database.pool);
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());
afterAll(() => database.drop());

const delivererWith = (change: Partial<DelivererOptions> = {}) =>
  createDeliverer({ feed, subscriptions, serverSecret, destinations: { allowLoopback: true }, ...change });

/** A subscription to the disputes of an organisation that no other test names. */
const subscribe = async (change: Partial<NewSubscription> = {}) => {
  const id = randomUUID();
  const one: NewSubscription = {
    id,
    fingerprint: 'f',
    url: receiver.url,
    types: null,
    organisation: id,
    withinRegion: null,
    region: null,
    createdBy: 'a',
    secretCheck: secretCheck(serverSecret, id),
    from: beginning,
    ...change,
  };
  await subscriptions.insert(one);
  return id;
};
const record = async (organisation: string, { events = 1, region = '360121', text = '' } = {}) => {
  const id = newId();
  const dispute = disputeWrite(id, {}, { organisations: [organisation], region });
  const made = Array.from({ length: events }, () => newEvent({ data: { text } }));
  await createEventStore(database.pool).append(appendRequest(id, undefined, { events: made, dispute }));
  return id;
};
/** Other transactions of the cluster, as in another test, may hold readers back for a moment. */
const visible = async (disputeId: string) => {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const { events } = await feed.page({ after: beginning, limit: 1, visibility: { all: true }, disputeId });
    if (events.length > 0) return;
  }
  throw new Error('it never became visible');
};
const subjects = () => receiver.received.flatMap(({ events }) => events.map(({ subject }) => subject));

test('an event that comes between looking and resting is delivered, not left lying', async () => {
  const id = await subscribe();
  let late: string | null = null;
  const { rest } = subscriptions;
  const crossing = {
    ...subscriptions,
    rest: async (...given: Parameters<typeof rest>) => {
      if (late === null) await visible((late = await record(id)));
      return rest(...given);
    },
  };
  expect(await delivererWith({ subscriptions: crossing }).deliver(id)).toEqual({ status: 'idle' });
  expect(subjects()).toEqual([late]);
});

test('a replay while a delivery is under way is not undone by it', async () => {
  const id = await subscribe();
  await visible(await record(id, { events: 3 }));
  receiver.answer = async () => {
    receiver.answer = () => 200;
    await subscriptions.replay(id, beginning);
    return 200;
  };
  await delivererWith().deliver(id);
  expect(receiver.received.map(({ events }) => events.length)).toEqual([3, 3]);
  expect(receiver.received[0]!.headers['webhook-id']).toBe(receiver.received[1]!.headers['webhook-id']);
});

test('a delivery has at most so many events and bytes; one that is longer goes alone', async () => {
  const id = await subscribe();
  await record(id, { events: 150 });
  await record(id, { events: 12, text: 'x'.repeat(100_000) });
  await visible(await record(id, { events: 2, text: 'x'.repeat(mostBytes) }));
  await delivererWith().deliver(id);
  const sizes = receiver.received.map(({ events }) => events.length);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(164);
  expect(Math.max(...sizes)).toBe(100);
  for (const { body, events } of receiver.received)
    expect(events.length === 1 || Buffer.byteLength(body) <= mostBytes + 1).toBe(true);
  expect(await subscriptions.find(id)).toMatchObject({ delivered: 164 });
});

test('keeps to its region', async () => {
  const id = await subscribe({ withinRegion: '360100' });
  await record(id, { region: '110101' });
  const own = await record(id, { region: '360121' });
  await visible(own);
  await delivererWith().deliver(id);
  expect(subjects()).toEqual([own]);
});

test('with another server’s secret nothing is sent, and it says so', async () => {
  const id = await subscribe();
  await visible(await record(id));
  const elsewhere = delivererWith({ serverSecret: Buffer.from('the secret of a copy, restored elsewhere') });
  expect(await elsewhere.deliver(id)).toMatchObject({ status: 'failed', code: 'secret-changed' });
  expect(receiver.received).toEqual([]);
  expect(await subscriptions.find(id)).toMatchObject({ status: 'active', lastError: 'secret-changed' });
});

test('is signed with the former secrets until they expire', async () => {
  const id = await subscribe();
  await subscriptions.rotate(id, 1, [
    { generation: 1, until: new Date(Date.now() + 60_000).toISOString() },
    { generation: 0, until: new Date(Date.now() - 1).toISOString() },
  ]);
  await visible(await record(id));
  await delivererWith().deliver(id);
  const [delivery] = receiver.received;
  const isSigned = (generation: number) => receiver.isSigned(webhookSecret(serverSecret, id, generation), delivery!);
  expect([0, 1, 2, 3].map(isSigned)).toEqual([false, true, true, false]);
});

test('waits longer after each failure, and gives up after so long', async () => {
  const id = await subscribe();
  await visible(await record(id));
  receiver.answer = () => 500;
  const waits: number[] = [];
  let now = Date.now();
  const deliverer = delivererWith({ clock: () => now });
  for (;;) {
    const answer = await deliverer.deliver(id);
    if (answer.status !== 'failed') {
      expect(answer).toEqual({ status: 'resting' });
      break;
    }
    waits.push(answer.retryInMs);
    now += answer.retryInMs;
  }
  expect(waits.slice(0, 6)).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000, 5_120_000]);
  expect(Math.max(...waits)).toBe(6 * 3_600_000);
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(66);
  expect(hours).toBeLessThanOrEqual(78);
  expect(await subscriptions.find(id)).toMatchObject({ status: 'suspended', lastError: 'http-500' });
});
