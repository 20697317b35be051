import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { ensureDatabase, ensureRoles } from '../../src/local/database.js';
import { type LocalPostgres, startPostgres } from '../../src/local/postgres.js';
import { isRunning, waitUntil } from '../../src/local/processes.js';
import { testFolder } from '../support/services.js';
import { asTheShellGetsIt, compose } from './compose.js';

const started: LocalPostgres[] = [];

async function start(home: string, lines: string[] = []): Promise<LocalPostgres> {
  const postgres = await startPostgres({ home, log: (line) => lines.push(line) });
  started.push(postgres);
  return postgres;
}

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  expect(await waitUntil(() => !isRunning(pid), 5000)).toBe(true);
}

const remember = (url: string) => query(url, `CREATE TABLE kept AS SELECT '记得'::text AS word`);
const remembered = async (url: string) => (await query<{ word: string }>(url, 'SELECT word FROM kept'))[0]?.word;

afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
});

test('the first start makes a durable UTF-8 cluster on loopback that wants a password', async () => {
  const home = testFolder('first');
  const { adminUrl, port } = await start(home);

  const [settings] = await query(
    adminUrl,
    `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets,
            current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
            current_setting('full_page_writes') AS pages, pg_encoding_to_char(encoding) AS encoding,
            datlocale AS locale, upper('ä') AS upper
       FROM pg_database WHERE datname = 'postgres'`,
  );
  expect(settings).toEqual({
    listen: '127.0.0.1',
    sockets: '',
    fsync: 'on',
    commits: 'on',
    pages: 'on',
    encoding: 'UTF8',
    locale: 'C.UTF-8',
    upper: 'Ä',
  });
  await expect(query(`postgresql://postgres:wrong@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow(
    /password authentication failed/,
  );
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, 'run', 'postgres.json')).mode & 0o777).toBe(0o600);
});

test('a second start keeps data and port, and a stop leaves nothing running', async () => {
  const home = testFolder('second');
  const first = await start(home);
  await remember(first.adminUrl);
  await first.stop();
  expect(isRunning(first.pid)).toBe(false);

  const second = await start(home);
  expect(await remembered(second.adminUrl)).toBe('记得');
  expect(second.port).toBe(first.port);
  expect(second.pid).not.toBe(first.pid);
});

test('a port that is taken meanwhile is given up for another', async () => {
  const home = testFolder('port');
  const first = await start(home);
  await remember(first.adminUrl);
  await first.stop();
  const squatter = createServer().listen(first.port, '127.0.0.1');
  await once(squatter, 'listening');
  try {
    const second = await start(home);
    expect(second.port).not.toBe(first.port);
    expect(await remembered(second.adminUrl)).toBe('记得');
  } finally {
    squatter.close();
  }
});

test('what was committed survives a kill -9 of the server', async () => {
  const home = testFolder('killed');
  const first = await start(home);
  await remember(first.adminUrl);
  await killed(first.pid);

  const second = await start(home);
  expect(await remembered(second.adminUrl)).toBe('记得');
});

test('a server that still runs is taken over', async () => {
  const home = testFolder('running');
  const lines: string[] = [];
  const first = await start(home);
  const second = await start(home, lines);
  expect(second).toMatchObject({ pid: first.pid, port: first.port, adminUrl: first.adminUrl });
  expect(lines).toEqual([expect.stringContaining('taking over')]);
  await second.stop();
  expect(isRunning(first.pid)).toBe(false);
});

test('a running server that does not take our password is replaced, with its data kept and a new password', async () => {
  const home = testFolder('secrets');
  const first = await start(home);
  await remember(first.adminUrl);
  rmSync(join(home, 'secrets.json'));

  const second = await start(home);
  expect(isRunning(first.pid)).toBe(false);
  expect(second.adminUrl).not.toBe(first.adminUrl);
  expect(await remembered(second.adminUrl)).toBe('记得');
});

test('a stale pid file whose pid belongs to a stranger by now is no obstacle, and the stranger lives on', async () => {
  const home = testFolder('recycled');
  const first = await start(home);
  await remember(first.adminUrl);
  await killed(first.pid);
  // A process of the same user: PostgreSQL itself would take it for the server and refuse to start.
  const { uid, gid } = statSync(first.data);
  const stranger = spawn('sleep', ['60'], { cwd: '/', uid, gid });
  try {
    const pidFile = join(first.data, 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)));

    const second = await start(home);
    expect(await remembered(second.adminUrl)).toBe('记得');
    expect(isRunning(stranger.pid!)).toBe(true);
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('an empty pid file is no obstacle', async () => {
  const home = testFolder('empty');
  const first = await start(home);
  await killed(first.pid);
  writeFileSync(join(first.data, 'postmaster.pid'), '');
  const second = await start(home);
  expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a busy backend that does not notice the death of its server is ended before the next start', async () => {
  const home = testFolder('orphan');
  const first = await start(home);
  const client = new pg.Client({ connectionString: first.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const backend = rows[0]!.pid;
  const broken = client.query('DO $$ BEGIN LOOP END LOOP; END $$').catch((error: Error) => error);
  const busy = `SELECT FROM pg_stat_activity WHERE pid = ${backend} AND query LIKE 'DO %' AND state = 'active'`;
  expect(await waitUntil(async () => (await query(first.adminUrl, busy)).length === 1, 5000)).toBe(true);
  await killed(first.pid);
  expect(isRunning(backend)).toBe(true);

  await start(home);
  expect(isRunning(backend)).toBe(false);
  expect(await broken).toBeInstanceOf(Error);
});

/** What docker-compose.yml does when its cluster is made, after the passwords are filled in. */
async function makeRolesAsComposeDoes(adminUrl: string): Promise<{ databaseUrl: string; databaseAdminUrl: string }> {
  const [, sql] = /<<'SQL'\n([^]*)^SQL$/m.exec(asTheShellGetsIt(compose.configs.roles!.content))!;
  const statements = sql!.replace(`:'owner'`, `'o'`).replace(`:'app'`, `'a'`).trim().split('\n');
  for (const statement of statements) await query(adminUrl, statement);
  const { host } = new URL(adminUrl);
  return {
    databaseUrl: `postgresql://accord_app:a@${host}/accord`,
    databaseAdminUrl: `postgresql://accord_owner:o@${host}/accord`,
  };
}

async function makeRoles(adminUrl: string, home: string) {
  await ensureRoles({ adminUrl, home });
  const urls = await ensureDatabase({ adminUrl, home });
  await ensureRoles({ adminUrl, home });
  expect(await ensureDatabase({ adminUrl, home })).toEqual(urls);
  return urls;
}

describe.each([
  ['local mode', makeRoles],
  ['docker-compose.yml', makeRolesAsComposeDoes],
])('the two roles, as %s makes them', (_, make) => {
  let urls: { databaseUrl: string; databaseAdminUrl: string };
  let adminUrl: string;

  beforeEach(async () => {
    const home = testFolder('roles');
    ({ adminUrl } = await start(home));
    urls = await make(adminUrl, home);
  });

  test('the owner makes schemas and tables, the application may use only what it is given', async () => {
    await query(urls.databaseAdminUrl, 'CREATE SCHEMA accord; CREATE TABLE accord.t (n int)');
    await expect(query(urls.databaseUrl, 'SELECT * FROM accord.t')).rejects.toThrow(/permission denied/);
    await query(
      urls.databaseAdminUrl,
      'GRANT USAGE ON SCHEMA accord TO accord_app; GRANT SELECT ON accord.t TO accord_app',
    );
    expect(await query(urls.databaseUrl, 'SELECT * FROM accord.t')).toEqual([]);
    for (const sql of [
      'INSERT INTO accord.t VALUES (1)',
      'DROP TABLE accord.t',
      'CREATE TABLE public.x (n int)',
      'CREATE TEMP TABLE x (n int)',
      'CREATE SCHEMA x',
    ]) {
      await expect(query(urls.databaseUrl, sql)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  test('neither is a superuser or can become one', async () => {
    const forbidden = [
      'CREATE ROLE x',
      'ALTER ROLE CURRENT_USER SUPERUSER',
      'SET ROLE postgres',
      'SET SESSION AUTHORIZATION postgres',
      'SELECT * FROM pg_authid',
      `COPY (SELECT 1) TO PROGRAM 'true'`,
      `SELECT pg_read_file('postgresql.conf')`,
      'CREATE DATABASE x',
      'SET session_replication_role = replica',
    ];
    for (const url of [urls.databaseUrl, urls.databaseAdminUrl]) {
      for (const sql of forbidden) await expect(query(url, sql)).rejects.toThrow(/permission denied/);
      const elsewhere = new URL(url);
      elsewhere.pathname = '/postgres';
      await expect(query(elsewhere.href, 'SELECT 1')).rejects.toThrow(/permission denied for database/);
    }
    await expect(query(urls.databaseUrl, 'SET ROLE accord_owner')).rejects.toThrow(/permission denied/);
    expect(
      await query(
        adminUrl,
        `SELECT FROM pg_roles WHERE rolname LIKE 'accord%' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)`,
      ),
    ).toEqual([]);
  });
});
