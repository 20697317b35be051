import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type Client, type DisputeView, type EventView } from '../../src/demo/client.js';
import { bodies, cast } from '../../src/demo/wage-arrears.js';
import { addDays, civilDateOf, instantOf } from '../../src/domain/calendar/civil-date.js';
import type { ServiceRecord } from '../../src/local/home.js';
import { startPostgres } from '../../src/local/postgres.js';
import { isRunning, waitUntil } from '../../src/local/processes.js';
import { startTemporal } from '../../src/local/temporal.js';
import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { type Running, runTypeScript } from '../support/processes.js';
import { temporalBinary, testFolder } from '../support/services.js';

/** `npm start` as processes of its own, and what becomes of it when they are killed. One after the other, on one home. */

const home = testFolder('system');
const running: Running[] = [];
/** Servers that the test brought back: the process under test did not start them, and does not end them. */
const revived: { stop(): Promise<void> }[] = [];
let binary: string;
let child: Running;
let client: Client;

interface Side {
  status: string;
  behindBy: number;
  runId: string | null;
  children: { workflowId: string; status: string }[];
}

const pidOf = (name: 'postgres' | 'temporal') =>
  (JSON.parse(readFileSync(join(home, 'run', `${name}.json`), 'utf8')) as ServiceRecord).pid!;

/** Starts the whole and answers after how many milliseconds it said `ready`. */
const start = async (): Promise<number> => {
  const from = Date.now();
  child = runTypeScript('src/local/main.ts', [], {
    ACCORD_HOME: home,
    ACCORD_CACHE: join(binary, '..'),
    ACCORD_MODE: '',
    DATABASE_URL: '',
    TEMPORAL_ADDRESS: '',
    PORT: '0',
  });
  running.push(child);
  const line = await child.line(/^ready http/);
  client = createClient(/http:\S+/.exec(line)![0], 'en');
  return Date.now() - from;
};

const today = civilDateOf(instantOf(Date.now()));
const supervisor = { ...cast.counter, userId: 'supervisor', roles: ['supervisor'] as const };

/** Registers a dispute whose mediation was applied for so many days ago. */
const mediated = async (daysAgo: number): Promise<string> => {
  const on = addDays(today, -daysAgo);
  const { id } = await client.act<DisputeView>(cast.counter, '/v1/disputes', {
    type: 'labour',
    region: '360121',
    source: 'counter',
    receivedOn: on,
    title: '测试',
    parties: [
      { ref: 'worker', role: 'claimant', kind: 'person', name: '甲' },
      { ref: 'employer', role: 'respondent', kind: 'organisation', name: '乙公司' },
    ],
  });
  await client.act(cast.mediator, `/v1/disputes/${id}/actions/open-procedure`, {
    procedure: 'mediation',
    track: 'labour',
    body: bodies.centre,
    appliedOn: on,
  });
  return id;
};

const view = (id: string) => client.read<DisputeView>(cast.mediator, `/v1/disputes/${id}`);
const side = (id: string) => client.read<Side>(cast.mediator, `/v1/disputes/${id}/workflow`);
const eventsOf = async (id: string) =>
  (await client.read<{ items: EventView[] }>(cast.mediator, `/v1/disputes/${id}/events?limit=200`)).items;

const until = async (what: string, check: () => Promise<boolean>, ms = 20_000) => {
  if (!(await waitUntil(() => check().catch(() => false), ms))) throw new Error(`not within ${ms} ms: ${what}`);
};
const isDriven = (id: string) => async () => {
  const { status, behindBy } = await side(id);
  return status === 'running' && behindBy === 0;
};

beforeAll(async () => {
  binary = await temporalBinary();
}, 400_000);

afterAll(async () => {
  for (const one of running) if (one.process.exitCode === null) one.process.kill('SIGKILL');
  for (const server of revived) await server.stop();
});

let kept: string;

test('it says ready, and SIGTERM ends all of it within 10 s', async () => {
  await start();
  const ready = await client.ask<{ status: string }>(null, '/health/ready');
  expect(ready).toMatchObject({ status: 200, body: { status: 'ready', checks: { temporal: 'up', worker: 'up' } } });
  kept = await mediated(2);
  await until('driven', isDriven(kept));
  const pids = [pidOf('postgres'), pidOf('temporal')];
  const from = Date.now();
  child.process.kill('SIGTERM');
  expect(await child.exitCode()).toBe(0);
  expect(Date.now() - from).toBeLessThan(10_000);
  expect(pids.map(isRunning)).toEqual([false, false]);
}, 60_000);

test('it is ready again within 10 s; kill -9 of everything loses nothing, data or workflow', async () => {
  expect(await start()).toBeLessThan(10_000);
  await client.act(cast.mediator, `/v1/disputes/${kept}/actions/record-consent`, { party: 'worker', consent: 'given' });
  await until('driven', isDriven(kept));
  const { runId } = await side(kept);
  const before = await view(kept);

  for (const pid of [child.process.pid!, pidOf('postgres'), pidOf('temporal')]) process.kill(pid, 'SIGKILL');
  await child.exitCode();
  await start();
  expect(await view(kept)).toMatchObject({ version: before.version, procedures: before.procedures });
  await client.act(cast.mediator, `/v1/disputes/${kept}/actions/record-consent`, {
    party: 'employer',
    consent: 'given',
  });
  await until('driven', isDriven(kept));
  expect((await side(kept)).runId).toBe(runId);
}, 90_000);

test('without Temporal commands and reads go on; back again, everything owed is done at its legal instant', async () => {
  process.kill(pidOf('temporal'), 'SIGKILL');
  await until('degraded', async () => {
    const ready = await client.ask<{ status: string }>(null, '/health/ready');
    return ready.status === 200 && ready.ok && ready.body.status === 'degraded';
  });
  const overdue = await mediated(40);
  expect((await view(overdue)).procedures[0]).toMatchObject({ status: 'open', step: 'applied' });
  expect((await side(overdue)).status).toBe('unavailable');
  expect((await side(overdue)).behindBy).toBeGreaterThan(0);
  const page = `/v1/supervision/stalled?reason=engine-behind`;
  const behind = () => client.read<{ items: { disputeId: string }[] }>(supervisor, page);
  await until(
    'engine-behind',
    async () => (await behind()).items.some(({ disputeId }) => disputeId === overdue),
    45_000,
  );
  expect((await view(overdue)).procedures[0]!.status).toBe('open');

  revived.push(await startTemporal({ home, binary, searchAttributes, log: () => undefined }));
  await until('the elapse', async () => (await view(overdue)).procedures[0]!.status === 'closed', 30_000);
  const { dueAt, due } = (await view(overdue)).deadlines.find(({ rule }) => rule === 'LD-03')!;
  const elapse = (await eventsOf(overdue)).find(({ type }) => type === 'DeadlineElapsed')!;
  expect(elapse).toMatchObject({ occurredAt: dueAt, actor: { kind: 'engine' } });
  expect((await view(overdue)).procedures[0]).toMatchObject({ outcome: 'expired', closedOn: due });
  await until('driven', isDriven(overdue));
  await until('the list is empty again', async () => (await behind()).items.length === 0);
  await until('ready', async () => {
    const ready = await client.ask<{ status: string }>(null, '/health/ready');
    return ready.ok && ready.body.status === 'ready';
  });
}, 150_000);

test('without PostgreSQL it answers 503 with Retry-After, and recovers by itself', async () => {
  process.kill(pidOf('postgres'), 'SIGKILL');
  await until('unavailable', async () => (await client.ask(null, '/health/ready')).status === 503);
  const read = await client.ask(cast.mediator, `/v1/disputes/${kept}`);
  expect(read).toMatchObject({ status: 503, problem: { code: 'unavailable' } });
  expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0);
  const path = `/v1/disputes/${kept}/actions/add-note`;
  const note = await client.tell(cast.mediator, path, { text: '数据库不在' }, 'key-1');
  expect(note).toMatchObject({ status: 503 });
  expect((await client.ask(null, '/health/live')).status).toBe(200);

  revived.push(await startPostgres({ home, log: () => undefined }));
  await until('recovered', async () => (await client.tell(cast.mediator, path, { text: '数据库不在' }, 'key-1')).ok);
  await until('ready', async () => (await client.ask(null, '/health/ready')).status === 200);
  const notes = (await eventsOf(kept)).filter(({ type }) => type === 'NoteAdded');
  expect(notes).toHaveLength(1);
  const later = await mediated(40);
  await until('the engine works again', async () => (await view(later)).procedures[0]!.status === 'closed', 30_000);
}, 90_000);

test('with Temporal’s database gone, the workflows come back by themselves', async () => {
  const before = await side(kept);
  child.process.kill('SIGTERM');
  expect(await child.exitCode()).toBe(0);
  for (const server of revived.splice(0)) await server.stop();
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(home, `temporal.db${suffix}`), { force: true });
  expect(existsSync(join(home, 'temporal.db'))).toBe(false);
  await start();
  await until('the workflow is there again', isDriven(kept), 30_000);
  expect((await side(kept)).runId).not.toBe(before.runId);
  // Temporal lists a workflow some moments after it has started.
  await until('its stage runs, too', async () =>
    (await side(kept)).children.some(
      ({ workflowId, status }) => workflowId === `dispute/${kept}/p1` && status === 'running',
    ),
  );
  child.process.kill('SIGTERM');
  expect(await child.exitCode()).toBe(0);
}, 90_000);
