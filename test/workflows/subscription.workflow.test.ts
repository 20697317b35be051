import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../src/local/ports.js';
import { type LocalTemporal, startTemporal } from '../../src/local/temporal.js';
import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { beginning } from '../../src/store/feed.js';
import { runTypeScript } from '../support/processes.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { temporalBinary, testFolder } from '../support/services.js';
import { eventually, workflowBundle } from './support/harness.js';
import { serverSecret, webhookHarness, type WebhookHarness } from './support/webhooks.js';

let temporal: LocalTemporal | undefined;
let harness: WebhookHarness;
const receivers: Receiver[] = [];

/** A server of its own, which suggests a new run after 40 events: every longer course goes through several. */
beforeAll(async () => {
  const home = testFolder('webhooks');
  const binary = join(home, 'temporal');
  const setting = '--dynamic-config-value limit.historyCount.suggestContinueAsNew=40';
  writeFileSync(binary, `#!/bin/sh\nexec '${await temporalBinary()}' "$@" ${setting}\n`, { mode: 0o755 });
  temporal = await startTemporal({
    home,
    binary,
    searchAttributes,
    namespaces: ['other'],
    headless: true,
    port: await freePort(),
    log: () => undefined,
  });
  harness = await webhookHarness({ address: temporal.address, namespace: 'default' });
  await harness.start();
}, 120_000);

afterAll(async () => {
  await harness?.stop();
  await temporal?.stop();
  for (const receiver of receivers) await receiver.close();
}, 30_000);

const receive = async (): Promise<Receiver> => {
  const receiver = await startReceiver();
  receivers.push(receiver);
  return receiver;
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const taken = (receiver: Receiver, disputeId: string, count: number) =>
  eventually(
    () => receiver.taken(disputeId),
    (seen) => seen.length >= count,
  );
const rests = (id: string) =>
  eventually(
    () => harness.state(id),
    ({ state }) => state === 'waiting',
  );

test('delivers what there is in order, signed, and then what is recorded for it and nothing else', async () => {
  const receiver = await receive();
  await harness.record('a', 3, { organisations: ['COURT'] });
  await harness.record('b', 2);
  const { id, secret } = await harness.subscribe(receiver.url, { organisation: 'COURT' });
  expect(await taken(receiver, 'a', 3)).toEqual([1, 2, 3]);
  await rests(id);
  const [first] = receiver.received;
  expect(first!.headers).toMatchObject({
    'content-type': 'application/cloudevents-batch+json; charset=utf-8',
  });
  expect(first!.events[0]).toMatchObject({ specversion: '1.0', type: 'NoteAdded', subject: 'a' });
  for (const delivery of receiver.received) {
    expect(receiver.isSigned(secret, delivery)).toBe(true);
    expect(receiver.isSigned(secret, { ...delivery, body: `${delivery.body} ` })).toBe(false);
  }
  await harness.record('b', 2);
  await harness.record('a', 1, { organisations: ['COURT'] });
  expect(await taken(receiver, 'a', 4)).toEqual(upTo(4));
  expect(receiver.taken('b')).toEqual([]);
  await rests(id);
  const found = (await harness.subscriptions.find(id))!;
  expect(found).toMatchObject({ status: 'active', delivered: 4, failures: 0, lastError: null });
  expect(found.lastDeliveryAt).not.toBeNull();
}, 60_000);

test('a receiver that fails is tried again with the same, before what follows; a redirect is not followed', async () => {
  const receiver = await receive();
  const answers = [500, 302];
  receiver.answer = () => answers.shift() ?? 200;
  const { id } = await harness.subscribe(receiver.url, { types: ['AgreementSigned'] });
  await harness.record('c', 2, { type: 'AgreementSigned' });
  expect(await taken(receiver, 'c', 2)).toEqual([1, 2]);
  const tries = receiver.received.filter(({ events }) => events[0]!.sequence === '0000000001');
  expect(tries.map(({ answered }) => answered)).toEqual([500, 302, 200]);
  const idOf = new Map(tries.map(({ body, headers }) => [body, headers['webhook-id']]));
  for (const { body, headers } of tries) expect(headers['webhook-id']).toBe(idOf.get(body));
  await rests(id);
  expect(await harness.subscriptions.find(id)).toMatchObject({
    failures: 0,
    failingSince: null,
    lastError: 'redirect-refused',
  });
}, 60_000);

test('is suspended when it keeps failing, says why, and goes on where it stood when it is resumed', async () => {
  const receiver = await receive();
  receiver.answer = () => 503;
  const { id } = await harness.subscribe(receiver.url, { organisation: 'D' });
  await harness.record('d', 2, { organisations: ['D'] });
  await eventually(
    () => harness.status(id),
    (status) => status === 'COMPLETED',
  );
  expect(await harness.subscriptions.find(id)).toMatchObject({
    status: 'suspended',
    failures: 3,
    lastError: 'http-503',
    delivered: 0,
  });
  expect(receiver.received).toHaveLength(3);
  receiver.answer = () => 200;
  await harness.record('d', 2, { organisations: ['D'] });
  await harness.subscriptions.setStatus(id, 'active');
  expect(await taken(receiver, 'd', 4)).toEqual(upTo(4));

  receiver.answer = () => 410;
  await harness.record('d', 1, { organisations: ['D'] });
  await eventually(
    () => harness.subscriptions.find(id),
    (one) => one?.status === 'suspended',
  );
  expect(receiver.received.filter(({ answered }) => answered === 410)).toHaveLength(1);
}, 60_000);

test('a replay delivers again under the same ids; a pause holds back; a deleted one is gone', async () => {
  const receiver = await receive();
  const { id } = await harness.subscribe(receiver.url, { organisation: 'E' });
  await harness.record('e', 3, { organisations: ['E'] });
  await taken(receiver, 'e', 3);
  await rests(id);
  const first = receiver.received.flatMap(({ events }) => events.map((event) => event.id));
  receiver.received.length = 0;
  await harness.subscriptions.replay(id, beginning);
  await taken(receiver, 'e', 3);
  expect(receiver.received.flatMap(({ events }) => events.map((event) => event.id))).toEqual(first);

  await harness.subscriptions.setStatus(id, 'paused');
  await eventually(
    () => harness.status(id),
    (status) => status === 'COMPLETED',
  );
  await harness.record('e', 2, { organisations: ['E'] });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(receiver.taken('e')).toEqual(upTo(3));
  await harness.subscriptions.setStatus(id, 'active');
  expect(await taken(receiver, 'e', 5)).toEqual(upTo(5));

  await harness.subscriptions.setStatus(id, 'deleted');
  await eventually(
    () => harness.status(id),
    (status) => status === 'COMPLETED',
  );
  expect(await harness.subscriptions.find(id)).toBeNull();
}, 60_000);

test('its history stays short however long it goes on, and a quiet hour costs nothing but a timer', async () => {
  const receiver = await receive();
  const { id } = await harness.subscribe(receiver.url, { organisation: 'F' });
  await harness.record('f', 1, { organisations: ['F'] });
  await taken(receiver, 'f', 1);
  const handle = harness.client.workflow.getHandle(`webhook/${id}`);
  const first = (await handle.describe()).runId;
  for (let count = 2; count <= 9; count += 1) {
    await harness.record('f', 1, { organisations: ['F'] });
    await taken(receiver, 'f', count);
    await rests(id);
  }
  expect(receiver.taken('f')).toEqual(upTo(9));
  const { runId, historyLength } = await handle.describe();
  expect(runId).not.toBe(first);
  expect((await harness.state(id)).nextTimerAt).not.toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await handle.describe()).historyLength).toBe(historyLength);
}, 60_000);

test('a Temporal that does not know the subscriptions is told of them, and nothing is lost or doubled', async () => {
  const receiver = await receive();
  await harness.subscribe(receiver.url, { organisation: 'G' });
  await harness.record('g', 2, { organisations: ['G'] });
  await taken(receiver, 'g', 2);
  await harness.stopEngine();
  await harness.record('g', 2, { organisations: ['G'] });
  await harness.start({ address: temporal!.address, namespace: 'other' });
  expect(await taken(receiver, 'g', 4)).toEqual(upTo(4));
  expect(receiver.received.flatMap(({ events }) => events)).toHaveLength(4);
  await harness.stopEngine();
}, 60_000);

test('a worker that is killed in the middle of a delivery loses nothing', async () => {
  const receiver = await receive();
  await harness.record('h', 3, { organisations: ['H'] });
  await harness.subscribe(receiver.url, { organisation: 'H' });
  const { codePath } = await workflowBundle();
  const args = [harness.databaseUrl, temporal!.address, 'default', codePath, serverSecret.toString()];
  const worker = runTypeScript('test/workflows/webhook-worker.ts', args);
  receiver.answer = () => null;
  await eventually(
    () => receiver.received.length,
    (count) => count === 1,
    40_000,
  );
  worker.process.kill('SIGKILL');
  await worker.exitCode();
  receiver.answer = () => 200;
  await harness.start();
  // Temporal notices by the heartbeat that fails to come.
  expect(await taken(receiver, 'h', 3)).toEqual(upTo(3));
  expect(receiver.received.flatMap(({ events }) => events).length).toBeGreaterThan(3);
}, 90_000);
