import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Log, openHome, readRecord, writeRecord } from './home.js';
import { choosePort } from './ports.js';
import { commandLine, endProcess, isRunning, launch, signalProcess, waitUntil } from './processes.js';
import { addMissingAttributes, answers } from './temporal-client.js';

/** A Temporal dev server of our own, on loopback. */
export interface LocalTemporal {
  /** `127.0.0.1:<port>`, with the namespace `default`. */
  address: string;
  uiUrl: string | null;
  pid: number;
  /** Ends it cleanly, within 7 s; a second call does nothing. */
  stop(): Promise<void>;
  /** Ends it at once; the database file survives it. */
  kill(): void;
}

const START_TIMEOUT_MS = 60_000;
const mostAttempts = 5;
const UI_OFFSET = 1000;
const USUAL_PORT = 7233;

/** What `startTemporal` needs to know. */
export interface TemporalOptions {
  home: string;
  /** Path of the Temporal CLI (`findTemporal`). */
  binary: string;
  /** Names and types of the search attributes to register, in every namespace. */
  searchAttributes: Readonly<Record<string, string>>;
  log: Log;
  port?: number;
  /** Without the web UI. */
  headless?: boolean;
  /** Namespaces beside `default`. */
  namespaces?: readonly string[];
  /** Default `<home>/temporal.db`. */
  databaseFile?: string;
}

/**
 * Starts a Temporal dev server on 127.0.0.1 that keeps everything in a database file, and waits until its
 * namespaces answer. Its port is `port`, else the one of last time, else 7233, another one if that is taken;
 * the web UI is 1000 above it. A server that an earlier, killed process left on this file is taken over if it
 * answers and runs as this one would, and ended otherwise. One caller at a time for one home (`takeLock`).
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const { binary, log, headless = false, namespaces = [] } = options;
  const home = openHome(options.home);
  const file = options.databaseFile ?? join(home, 'temporal.db');
  const data = join(realpathSync(dirname(file)), basename(file));
  const kept = readRecord(home, 'temporal');
  const allNamespaces = ['default', ...namespaces];

  const argsAt = (port: number) => [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
    ...(headless ? ['--headless'] : ['--ui-port', String(port + UI_OFFSET)]),
    ...['--db-filename', data, '--log-level', 'warn'],
    ...namespaces.flatMap((name) => ['--namespace', name]),
    ...Object.entries(options.searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
  const server = (pid: number, port: number): LocalTemporal => {
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      await end(pid, data);
      writeRecord(home, 'temporal', { pid: null, port, data });
    };
    return {
      address: `127.0.0.1:${port}`,
      uiUrl: headless ? null : `http://127.0.0.1:${port + UI_OFFSET}`,
      pid,
      stop: () => (stopped ??= stop()),
      kill: () => {
        if (serves(pid, data)) signalProcess(pid, 'SIGKILL');
      },
    };
  };

  if (kept?.pid && serves(kept.pid, data)) {
    const asWeWould = commandLine(kept.pid)?.endsWith(argsAt(kept.port).join(' '));
    if (asWeWould && (await answers(kept.port, allNamespaces, 2000))) {
      log(`temporal: taking over the server that still runs (pid ${kept.pid})`);
      return server(kept.pid, kept.port);
    }
    log(`temporal: ending a server that an earlier run left (pid ${kept.pid})`);
    await end(kept.pid, data);
  }

  const deadline = Date.now() + START_TIMEOUT_MS;
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort([options.port, kept?.port, USUAL_PORT], headless ? undefined : UI_OFFSET);
    const child = await launch({
      command: binary,
      args: argsAt(port),
      logFile: join(home, 'logs', 'temporal.log'),
    });
    writeRecord(home, 'temporal', { pid: child.pid, port, data });
    let isUp = false;
    await waitUntil(async () => {
      isUp = await answers(port, allNamespaces, 5000);
      return isUp || child.hasExited();
    }, deadline - Date.now());
    // Another program's Temporal may have been quicker to take the port and answer in place of ours.
    if (isUp) await waitUntil(() => child.hasExited() || /Server:\s/.test(child.output()), 2000);
    if (isUp && !child.hasExited()) {
      await addMissingAttributes(port, allNamespaces, options.searchAttributes).catch(async (error) => {
        await end(child.pid, data);
        throw error;
      });
      return server(child.pid, port);
    }

    const output = child.output();
    await end(child.pid, data);
    // It takes further ports for itself, which another program may have been quicker to take; some of that it panics about.
    const lostPort = /address already in use|^panic:/im.test(output);
    if (!lostPort || attempt === mostAttempts || Date.now() > deadline)
      throw new Error(`Temporal does not start:\n${output}`);
  }
}

function serves(pid: number, data: string): boolean {
  return (
    isRunning(pid) &&
    `${commandLine(pid)} `.includes(` server start-dev --ip 127.0.0.1 `) &&
    `${commandLine(pid)} `.includes(` --db-filename ${data} `)
  );
}

function end(pid: number, data: string): Promise<void> {
  return endProcess(pid, () => serves(pid, data), [
    ['SIGTERM', 5000],
    ['SIGKILL', 2000],
  ]);
}
