import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Log, openHome, readRecord, writeRecord } from './home.js';
import { choosePort } from './ports.js';
import { postgresBinaries } from './postgres-binaries.js';
import { ensureCluster, guardData, keptSecrets, resetPassword } from './postgres-cluster.js';
import { type PostgresPlace, postgresPlace } from './postgres-place.js';
import { commandLine, endProcess, isRunning, launch, type Launched, signalProcess, waitUntil } from './processes.js';

/** A PostgreSQL server of our own, on loopback. */
export interface LocalPostgres {
  /** URL of the superuser in the database `postgres`: for making databases and roles, never for the application. */
  adminUrl: string;
  port: number;
  pid: number;
  /** Where the data lies; not under home where only root may enter home. */
  data: string;
  /** Ends it cleanly, within 8 s; a second call does nothing. */
  stop(): Promise<void>;
  /** Ends it at once, without waiting; the next start recovers. */
  kill(): void;
}

const START_TIMEOUT_MS = 60_000;

/**
 * Starts PostgreSQL on 127.0.0.1 with its data under `<home>/postgres`, creating it the first time.
 *
 * What an earlier, killed process left behind never stands in the way: a server that still runs on this data is
 * taken over if it answers and ended otherwise, and a stale pid file is handled even where its pid belongs to
 * a stranger by now. The port is `port`, else the one of last time, else any; another one if that is taken.
 * Only one process at a time may call it for one home (`takeLock`).
 */
export async function startPostgres(options: { home: string; port?: number; log: Log }): Promise<LocalPostgres> {
  const { log } = options;
  const home = openHome(options.home);
  const place = postgresPlace(home, log);
  const hadSecrets = existsSync(join(home, 'secrets.json'));
  const password = keptSecrets(home).postgres;
  const urlOf = (port: number) => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const server = (pid: number, port: number) => {
    writeRecord(home, 'postgres', { pid, port, data: place.data });
    return localPostgres(home, place, pid, port, urlOf(port));
  };

  const left = postmaster(place);
  if (left && isRunning(left.pid) && (await answers(urlOf(left.port), place))) {
    log(`postgres: taking over the server that still runs (pid ${left.pid})`);
    return server(left.pid, left.port);
  }
  if (left && isPostmaster(left.pid, place)) {
    log(`postgres: ending a server that does not answer (pid ${left.pid})`);
    await end(left.pid, place);
  }

  const binaries = postgresBinaries(place.folder, place.user, log);
  const isNew = !existsSync(join(place.data, 'PG_VERSION'));
  await ensureCluster(place, binaries, password, log);
  guardData(place);
  if (!isNew && !hadSecrets) {
    disownPidFile(place);
    await resetPassword(place, binaries, password);
  }

  const wanted = [options.port, readRecord(home, 'postgres')?.port];
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = await choosePort(wanted);
    disownPidFile(place);
    const child = await launch({
      command: binaries.postgres,
      args: ['-D', place.data, ...settings(port).flatMap((setting) => ['-c', setting])],
      logFile: join(home, 'logs', 'postgres.log'),
      user: place.user,
      env: { LC_ALL: 'C' },
    });
    writeRecord(home, 'postgres', { pid: child.pid, port, data: place.data });
    await waitUntil(() => child.hasExited() || isReady(child, place), deadline - Date.now());
    if (!child.hasExited()) {
      if (await answers(urlOf(port), place)) return server(child.pid, port);
      await end(child.pid, place);
      throw new Error(`PostgreSQL does not answer with the password in ${join(home, 'secrets.json')}`);
    }

    const output = child.output();
    const sharesMemory = output.includes('pre-existing shared memory block');
    if (sharesMemory) endOrphans(place);
    const passing = sharesMemory || output.includes('Address already in use');
    if (!passing || Date.now() > deadline) throw new Error(`PostgreSQL does not start:\n${output}`);
    await sleep(100);
  }
}

/** Durable, on loopback only, without a Unix socket; statements and values never reach the log. */
function settings(port: number): string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=100',
    'shared_buffers=128MB',
    'fsync=on',
    'full_page_writes=on',
    'synchronous_commit=on',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    'logging_collector=off',
  ];
}

function localPostgres(home: string, place: PostgresPlace, pid: number, port: number, adminUrl: string): LocalPostgres {
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await end(pid, place);
    writeRecord(home, 'postgres', { pid: null, port, data: place.data });
  };
  return {
    adminUrl,
    port,
    pid,
    data: place.data,
    stop: () => (stopped ??= stop()),
    kill: () => {
      if (isPostmaster(pid, place)) signalProcess(pid, 'SIGQUIT');
    },
  };
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, a checkpoint is written. */
function end(pid: number, place: PostgresPlace): Promise<void> {
  return endProcess(pid, () => isPostmaster(pid, place), [
    ['SIGINT', 5000],
    ['SIGQUIT', 1000],
    ['SIGKILL', 2000],
  ]);
}

/** Backends write other titles over their command line: only the postmaster itself keeps this one. */
function isPostmaster(pid: number, { data }: PostgresPlace): boolean {
  return `${commandLine(pid)} `.includes(`postgres -D ${data} `);
}

/**
 * Ends what a killed postmaster left: a busy backend notices its death late or never, and as long as it lives no
 * new server may touch the data. They are known by their working directory, on Linux; elsewhere they are awaited.
 */
function endOrphans({ data }: PostgresPlace): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === data) signalProcess(Number(pid), 'SIGKILL');
    } catch {
      // gone meanwhile, or not ours to see
    }
  }
}

const pidFile = ({ data }: PostgresPlace) => join(data, 'postmaster.pid');

/** What `postmaster.pid` says: line 1 is the pid, line 4 the port, line 8 the state. */
function postmaster(place: PostgresPlace): { pid: number; port: number; state: string } | null {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(place), 'utf8').split('\n');
  } catch {
    return null;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port, state: lines[7]?.trim() ?? '' } : null;
}

function isReady(child: Launched, place: PostgresPlace): boolean {
  const now = postmaster(place);
  return now?.pid === child.pid && now.state === 'ready';
}

/**
 * Puts our own pid in place of a dead server's in its pid file. PostgreSQL would take any living process of its
 * user with that pid for a server, but knows that its own parent is none. The file itself must stay: it names
 * the shared memory by which the new server sees whether processes of the dead one still touch the data.
 */
function disownPidFile(place: PostgresPlace): void {
  if (!existsSync(pidFile(place))) return;
  const text = readFileSync(pidFile(place), 'utf8');
  if (postmaster(place)) writeFileSync(pidFile(place), text.replace(/^\d+/, String(process.pid)));
  else rmSync(pidFile(place));
}

/** Whether the server there takes our password and serves this very data. One that is starting up is awaited. */
async function answers(url: string, { data }: PostgresPlace): Promise<boolean> {
  const end = Date.now() + 5000;
  for (;;) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 2000,
      query_timeout: 2000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
      return rows[0]?.data_directory === data;
    } catch (error) {
      const CANNOT_CONNECT_NOW = '57P03';
      if ((error as { code?: string }).code !== CANNOT_CONNECT_NOW || Date.now() > end) return false;
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
