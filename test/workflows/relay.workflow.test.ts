import type { Client } from '@temporalio/client';
import { startRelay, type RelayOptions } from '../../src/worker/relay.js';
import { MissingSearchAttributes } from '../../src/worker/registered-attributes.js';
import { startWorker } from '../../src/worker/worker.js';
import { temporalClient } from '../../src/worker/temporal-client.js';
import { temporalSide, TemporalUnavailable } from '../../src/worker/temporal-view.js';
import { freePort } from '../../src/local/ports.js';
import { startTemporal } from '../../src/local/temporal.js';
import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { freshNamespace, temporalBinary, testFolder } from '../support/services.js';
import { eventually, workflowBundle } from './support/harness.js';
import { planEngine, type PlanEngine } from './support/plan-engine.js';
import { closed, mediation, open } from './support/plans.js';

/** No worker runs here: workflows are started and signalled, and stay as they are. */
let engine: PlanEngine;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  engine = await planEngine('relay');
  cleanUp.push(() => engine.drop());
}, 120_000);

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
}, 60_000);

const clientOf = (address: string, namespace: string): Client => {
  const { client, close } = temporalClient({ address, namespace });
  cleanUp.push(close);
  return client;
};

const relayTo = (client: Client, change: Partial<RelayOptions> = {}) => {
  const logged: string[] = [];
  const relay = startRelay({
    drives: engine.drives,
    engine,
    client,
    epoch: 1,
    planCode: 1,
    watchMs: 200,
    requeuePauseMs: 10,
    log: (_, message) => logged.push(message),
    ...change,
  });
  cleanUp.push(() => relay.stop());
  return Object.assign(relay, { logged });
};

const versionsSignalled = async (client: Client, disputeId: string): Promise<number[]> => {
  const { events } = await client.workflow.getHandle(`dispute/${disputeId}`).fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signalled }) =>
    signalled
      ? [(JSON.parse(Buffer.from(signalled.input!.payloads![0]!.data!).toString()) as { version: number }).version]
      : [],
  );
};

const emptied = () =>
  eventually(
    () => engine.drives.backlog(),
    ({ depth }) => depth === 0,
  );

test('hands each plan on once, and takes its row out of the queue', async () => {
  const { address, namespace } = await freshNamespace();
  const client = clientOf(address, namespace);
  const relay = relayTo(client);
  await eventually(
    () => engine.drives.setting('temporal-incarnation'),
    (known) => known !== null,
  );
  for (let index = 0; index < 30; index += 1) await engine.change(`d${index}`, { plan: open() });
  await emptied();
  for (const id of ['d0', 'd29']) expect(await versionsSignalled(client, id)).toEqual([1]);
  expect(relay.status()).toMatchObject({ driven: 30, failed: 0, temporalIsUp: true });
}, 60_000);

test('a closed dispute is told only if its workflow runs; otherwise its plan counts as taken', async () => {
  const { address, namespace } = await freshNamespace();
  const client = clientOf(address, namespace);
  await engine.change('runs', { plan: open() });
  relayTo(client);
  await emptied();
  await engine.change('runs', { plan: closed });
  await engine.change('rests', { plan: closed });
  await emptied();
  expect(await versionsSignalled(client, 'runs')).toContain(2);
  expect(await engine.drivenVersion('rests')).toBe(1);
  expect(await temporalSide(client, 'rests')).toBeNull();
}, 60_000);

test('a Temporal that does not know the disputes is given every open one, and one that does is not', async () => {
  for (let index = 0; index < 250; index += 1)
    await engine.change(`d${String(index).padStart(3, '0')}`, { plan: index === 7 ? closed : open() });
  const first = await freshNamespace();
  const firstClient = clientOf(first.address, first.namespace);
  const relay = relayTo(firstClient);
  await eventually(
    () => relay.status().requeued,
    (requeued) => requeued === 249,
  );
  await emptied();
  await relay.stop();

  // As if it was wiped: another one under the same address would look no different.
  const second = await freshNamespace();
  const secondClient = clientOf(second.address, second.namespace);
  const other = relayTo(secondClient);
  await eventually(
    () => other.status().requeued,
    (requeued) => requeued === 249,
  );
  await emptied();
  expect(await versionsSignalled(secondClient, 'd249')).toEqual([1]);
  expect(await temporalSide(secondClient, 'd007')).toBeNull();
  await other.stop();

  const again = relayTo(secondClient);
  await engine.change('new', { plan: open() });
  await emptied();
  await eventually(
    () => versionsSignalled(secondClient, 'new'),
    (seen) => seen.length === 1,
  );
  expect(again.status().requeued).toBe(0);
}, 120_000);

test('queues again what is overdue by more than a minute, and what older code has planned', async () => {
  const { address, namespace } = await freshNamespace();
  const client = clientOf(address, namespace);
  const due = (at: number) => ({ ...mediation('p1', 'in-session'), at: new Date(at).toISOString() });
  for (const [id, at] of [
    ['overdue', Date.now() - 90_000],
    ['late', Date.now() - 20_000],
  ] as const)
    await engine.change(id, {
      plan: (plan) => ({
        ...open(mediation('p1', 'in-session'))(plan),
        obligations: [
          {
            id: 'elapse:p1:LD-03:1',
            kind: 'time-passes',
            procedureId: 'p1',
            handoffId: null,
            step: null,
            role: 'mediator',
            subject: 'LD-03',
            at: due(at).at,
            until: null,
            attempt: 1,
            max: 1,
          },
        ],
      }),
    });
  const relay = relayTo(client);
  await eventually(
    () => versionsSignalled(client, 'overdue'),
    (seen) => seen.length >= 4,
  );
  expect((await versionsSignalled(client, 'late')).length).toBeLessThanOrEqual(2);
  await relay.stop();

  const before = (await versionsSignalled(client, 'late')).length;
  relayTo(client, { planCode: 2, watchMs: 60_000 });
  await eventually(
    () => versionsSignalled(client, 'late'),
    (seen) => seen.length === before + 1,
  );
}, 60_000);

test('waits while Temporal is away, and goes on by itself when it comes', async () => {
  const port = await freePort();
  const client = clientOf(`127.0.0.1:${port}`, 'default');
  for (const id of ['a', 'b', 'c']) await engine.change(id, { plan: open() });
  const relay = relayTo(client);
  const worker = await startWorker({
    address: `127.0.0.1:${port}`,
    engine,
    workflowBundle: await workflowBundle(),
    log: () => undefined,
  });
  cleanUp.push(() => worker.stop());
  await eventually(
    () => relay.status().temporalIsUp,
    (isUp) => !isUp,
    30_000,
  );
  expect(worker.status()).toBe('connecting');
  expect((await engine.drives.backlog()).depth).toBe(3);
  await expect(temporalSide(client, 'a')).rejects.toThrow(TemporalUnavailable);
  // It says so once, not with every try.
  expect(relay.logged.length).toBeLessThan(8);

  const temporal = await startTemporal({
    home: testFolder('relay'),
    binary: await temporalBinary(),
    searchAttributes,
    headless: true,
    port,
    log: () => undefined,
  });
  cleanUp.unshift(() => temporal.stop()); // last of all: a worker ends best while its server is there
  await eventually(
    () => engine.drivenVersion('c'),
    (driven) => driven === 1,
    40_000,
  );
  await emptied();
  expect(worker.status()).toBe('running');
}, 120_000);

test('a worker refuses a namespace without the search attributes, and names them', async () => {
  const port = await freePort();
  const temporal = await startTemporal({
    home: testFolder('bare'),
    binary: await temporalBinary(),
    searchAttributes: { AccordType: 'Keyword', AccordStalled: 'Keyword' },
    headless: true,
    port,
    log: () => undefined,
  });
  cleanUp.push(() => temporal.stop());
  const refused = await startWorker({
    address: temporal.address,
    engine,
    workflowBundle: await workflowBundle(),
    log: () => undefined,
  }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MissingSearchAttributes);
  const { missing, message } = refused as MissingSearchAttributes;
  expect(missing).toContain('AccordNextDue=Datetime');
  expect(missing).toContain('AccordStalled=Bool');
  expect(missing).not.toContain('AccordType=Keyword');
  expect(message).toContain('--name AccordNextDue --type Datetime');
}, 60_000);
