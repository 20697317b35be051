import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDatabase, ensureRoles } from '../../src/local/database.js';
import { openHome } from '../../src/local/home.js';
import { isPortFree } from '../../src/local/ports.js';
import { type LocalPostgres, startPostgres } from '../../src/local/postgres.js';
import { isRunning, launch, type Launched, signalProcess } from '../../src/local/processes.js';
import { findTemporal } from '../../src/local/temporal-binary.js';
import { type LocalTemporal, startTemporal } from '../../src/local/temporal.js';
import { openSigningKeys } from '../../src/commands/keys.js';
import { migrate } from '../../src/store/migrate.js';
import { newMasterKey } from '../../src/store/sealing/master-keys.js';
import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { until, within } from './within.js';

export const parts = ['api', 'worker', 'temporal', 'postgres'] as const;
export type Part = (typeof parts)[number];

/** The whole system as four kinds of processes of their own, each of which can be killed. */
export interface Machine {
  /** `http://127.0.0.1:<port>` of the API. */
  url: string;
  /** As the application's role. */
  databaseUrl: string;
  home: string;
  /** kill -9. Of PostgreSQL the postmaster, or all its processes; answers which, in words. */
  kill(part: Part, withChildren: boolean): Promise<string>;
  /** Starts a killed part on what it left behind, and waits until it works. Throws after a minute. */
  start(part: Part): Promise<void>;
  /** Ends everything at once, by pid. */
  end(): Promise<void>;
}

export interface MachineOptions {
  /** An empty folder; PostgreSQL's own user must be able to pass through. */
  home: string;
  /** Where the pids of API and worker are noted for `test/support/reaper.mjs`. */
  notes: string;
  /** Where the Temporal program is, or is downloaded to. */
  cache: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const startMs = 60_000;

/** Starts everything from `dist/`, on a database and a Temporal of its own. What was started is ended if it throws. */
export async function startMachine({ home: folder, notes, cache }: MachineOptions): Promise<Machine> {
  const home = openHome(folder);
  const quiet = () => undefined;
  const binary = await findTemporal({ cache, log: quiet });
  const ports = await fixedPorts();
  let postgres: LocalPostgres | undefined;
  let temporal: LocalTemporal | undefined;
  const running = new Map<'api' | 'worker', Launched>();
  let isEnding = false;

  const end = async () => {
    isEnding = true;
    for (const { pid, hasExited } of running.values()) if (!hasExited()) signalProcess(pid, 'SIGKILL');
    temporal?.kill();
    postgres?.kill();
    const pids = [...running.values(), temporal, postgres].flatMap((one) => (one ? [one.pid] : []));
    await until(10_000, 'the end of all processes', () => !pids.some(isRunning));
  };

  try {
    postgres = await startPostgres({ home, port: ports.postgres, log: quiet });
    const { adminUrl, port } = postgres;
    await ensureRoles({ adminUrl, home });
    const { databaseUrl, databaseAdminUrl } = await ensureDatabase({ adminUrl, home });
    await migrate(databaseAdminUrl, quiet);
    temporal = await startTemporal({
      home,
      binary,
      searchAttributes,
      headless: true,
      port: ports.temporal,
      log: quiet,
    });
    openSigningKeys(home, {});

    const env = {
      ACCORD_MODE: 'local',
      ACCORD_HOME: home,
      ACCORD_SECRET: randomBytes(24).toString('hex'),
      ACCORD_MASTER_KEY: newMasterKey().toString('base64'),
      ACCORD_ANCHOR_MINUTES: '1',
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      LOG_LEVEL: 'warn',
    };
    const answers = async (url: string) => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
    const startNode = async (part: 'api' | 'worker') => {
      const file = join(root, 'dist', part, 'main.js');
      const child = await launch({
        command: process.execPath,
        args: [file],
        logFile: join(home, 'logs', `${part}.log`),
        env: { ...env, PORT: String(ports[part]) },
      });
      running.set(part, child);
      mkdirSync(notes, { recursive: true });
      writeFileSync(join(notes, `${child.pid}.json`), JSON.stringify({ pid: child.pid, data: file }));
      if (isEnding) signalProcess(child.pid, 'SIGKILL');
      await until(startMs, `${part} ready`, () => {
        if (child.hasExited()) return Promise.resolve(true);
        return answers(`http://127.0.0.1:${ports[part]}/health/ready`);
      });
      if (child.hasExited()) throw new Error(`${part} ended by itself:\n${child.output()}`);
    };
    const starts: Record<Part, () => Promise<unknown>> = {
      api: () => startNode('api'),
      worker: () => startNode('worker'),
      temporal: async () => {
        temporal = await startTemporal({
          home,
          binary,
          searchAttributes,
          headless: true,
          port: ports.temporal,
          log: quiet,
        });
        if (isEnding) temporal.kill();
        if (temporal.address !== env.TEMPORAL_ADDRESS) throw new Error('Temporal came back elsewhere');
      },
      postgres: async () => {
        postgres = await startPostgres({ home, port, log: quiet });
        if (isEnding) postgres.kill();
        if (postgres.port !== port) throw new Error('PostgreSQL came back on another port');
        await until(startMs, 'the API back on its database', () =>
          running.get('api')?.hasExited() ? true : answers(`http://127.0.0.1:${ports.api}/health/ready`),
        );
      },
    };
    const machine: Machine = {
      url: `http://127.0.0.1:${ports.api}`,
      databaseUrl,
      home,
      kill: async (part, withChildren) => {
        const { pid } = { api: running.get('api'), worker: running.get('worker'), temporal, postgres }[part]!;
        const children = part === 'postgres' && withChildren ? childrenOf(pid) : [];
        for (const one of [pid, ...children]) signalProcess(one, 'SIGKILL');
        // Its threads may outlive it by a moment, and hold the port that long.
        await until(10_000, `the end of ${part}`, () => !isRunning(pid) && isPortFree(ports[part]));
        return children.length > 0 ? `${part} and ${children.length} children` : part;
      },
      start: (part) => within(startMs, `${part} started`, starts[part]().then(quiet)),
      end,
    };
    await machine.start('api');
    await machine.start('worker');
    return machine;
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Below the range that the system gives out by itself: there, a connection of anybody's could take the port of a part that
 * is being killed, even one to that very port.
 */
async function fixedPorts(): Promise<Record<Part, number>> {
  const found: number[] = [];
  for (let tries = 0; found.length < parts.length; tries += 1) {
    if (tries === 200) throw new Error('no free ports');
    const port = randomInt(15_000, 30_000);
    if (!found.includes(port) && (await isPortFree(port))) found.push(port);
  }
  return Object.fromEntries(parts.map((part, n) => [part, found[n]!])) as Record<Part, number>;
}

/** On Linux; elsewhere they are left, as after a crash of the postmaster alone. */
function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    } catch {
      return false;
    }
  });
}
