import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { ServiceRecord } from '../../src/local/home.js';
import { isRunning, waitUntil } from '../../src/local/processes.js';
import { type LocalServices, startLocalServices } from '../../src/local/services.js';
import { type Running, runTypeScript } from '../support/processes.js';
import { migrate } from '../../src/store/migrate.js';
import { freshDatabase, temporalAddress, temporalBinary, testFolder } from '../support/services.js';

const running: Running[] = [];
let cache: string;

/** Starts the services in a process of their own and answers when they are ready. */
async function run(home: string): Promise<{ child: Running; services: LocalServices; tookMs: number }> {
  const from = Date.now();
  const child = runTypeScript('test/local/run-services.ts', [home], {
    ACCORD_CACHE: cache,
    DATABASE_URL: '',
    TEMPORAL_ADDRESS: '',
  });
  running.push(child);
  const services = JSON.parse(await child.line(/^\{/)) as LocalServices;
  return { child, services, tookMs: Date.now() - from };
}

const pidOf = (home: string, name: 'postgres' | 'temporal') =>
  (JSON.parse(readFileSync(join(home, 'run', `${name}.json`), 'utf8')) as ServiceRecord).pid!;
const pidsOf = (home: string) => [pidOf(home, 'postgres'), pidOf(home, 'temporal')];

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  cache = join(await temporalBinary(), '..');
}, 400_000);

afterEach(() => {
  for (const child of running.splice(0)) child.process.kill('SIGKILL');
});

test('Ctrl-C ends both in order, and the second start finds everything again, within 5 s', async () => {
  const home = testFolder('services');
  const first = await run(home);
  await query(first.services.databaseAdminUrl, 'CREATE TABLE kept AS SELECT 1 AS n');
  const pids = pidsOf(home);
  expect(pids.map(isRunning)).toEqual([true, true]);

  // A terminal's Ctrl-C goes to the whole process group; the servers must wait for our own, ordered end.
  process.kill(-first.child.process.pid!, 'SIGINT');
  expect(await first.child.exitCode()).toBe(0);
  expect(first.child.lines).toContain('both still answer');
  expect(pids.map(isRunning)).toEqual([false, false]);

  const second = await run(home);
  expect(second.tookMs).toBeLessThan(5000);
  expect(second.services).toEqual(first.services);
  expect(await query(second.services.databaseAdminUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  expect((await fetch(second.services.uiUrl!)).status).toBe(200);
  second.child.process.kill('SIGTERM');
  expect(await second.child.exitCode()).toBe(0);
});

test('a home belongs to one living process; a killed one leaves it free, its servers are taken over', async () => {
  const home = testFolder('services_locked');
  const first = await run(home);
  const pids = pidsOf(home);
  await expect(run(home)).rejects.toThrow(`in use by another accord process (pid ${first.child.process.pid})`);
  expect(pids.map(isRunning)).toEqual([true, true]);

  first.child.process.kill('SIGKILL');
  await first.child.exitCode();
  expect(pids.map(isRunning)).toEqual([true, true]);

  const second = await run(home);
  expect(pidsOf(home)).toEqual(pids);
  second.child.process.kill('SIGTERM');
  expect(await second.child.exitCode()).toBe(0);
  expect(await waitUntil(() => !pids.some(isRunning), 100)).toBe(true);
});

test('the lock of a process whose pid now belongs to another is stale', async () => {
  const home = testFolder('services_stale');
  const external = {
    DATABASE_URL: (await freshDatabase('stale')).databaseAdminUrl,
    TEMPORAL_ADDRESS: await temporalAddress(),
  };
  const options = { home, env: external, searchAttributes: {}, log: () => undefined };
  const first = await startLocalServices(options);
  const lockFile = join(home, 'run', 'lock.json');
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as { pid: number; token: string };
  await expect(startLocalServices(options)).rejects.toThrow(/in use/);

  writeFileSync(lockFile, JSON.stringify({ ...lock, token: 'an earlier process' }));
  const second = await startLocalServices(options);
  await first.stop();
  await second.stop();
  await (await startLocalServices(options)).stop();
});

test('DATABASE_URL and TEMPORAL_ADDRESS replace the servers of our own', async () => {
  const home = testFolder('services_external');
  const database = await freshDatabase('external');
  const env = {
    DATABASE_URL: database.databaseUrl,
    DATABASE_ADMIN_URL: database.databaseAdminUrl,
    TEMPORAL_ADDRESS: await temporalAddress(),
  };
  const services = await startLocalServices({ home, env, searchAttributes: {}, log: () => undefined });
  expect(services).toMatchObject({
    databaseUrl: env.DATABASE_URL,
    databaseAdminUrl: env.DATABASE_ADMIN_URL,
    temporalAddress: env.TEMPORAL_ADDRESS,
    uiUrl: null,
  });
  expect(() => pidsOf(home)).toThrow(/ENOENT/);
  await services.stop();
  expect(await query(env.DATABASE_URL, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await database.drop();
});

test('a database marked as a production one is refused, and nothing is left running', async () => {
  const home = testFolder('services_production');
  const database = await freshDatabase('marked');
  await migrate(database.databaseAdminUrl, () => undefined, { production: true });
  const env = { DATABASE_URL: database.databaseAdminUrl, ACCORD_CACHE: cache };
  const options = { home, env, searchAttributes: {}, log: () => undefined };
  await expect(startLocalServices(options)).rejects.toThrow(/marked as a production database/);
  expect(pidOf(home, 'temporal')).toBeNull();
  await database.drop();
});
