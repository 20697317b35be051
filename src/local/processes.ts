import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** An operating system user to run a child as. */
export interface OsUser {
  uid: number;
  gid: number;
}

function procFile(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string | null {
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
    encoding: 'utf8',
  });
  return status === 0 && stdout.trim() ? stdout.trim() : null;
}

/** The fields of /proc/<pid>/stat from the third on: the second, the name, may itself hold spaces. */
function statFields(pid: number): string[] {
  const stat = procFile(pid, 'stat');
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ') : [];
}

/** Whether the process lives. One that has ended and was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)[0] !== 'Z';
}

/** The command line of a living process, its arguments joined by single spaces; null where unknown. */
export function commandLine(pid: number): string | null {
  if (process.platform !== 'linux') return ps(pid, 'command');
  return procFile(pid, 'cmdline')?.replaceAll('\0', ' ').trim() || null;
}

/** A token that differs between two processes that got the same pid one after the other; null where unknown. */
export function startToken(pid: number): string | null {
  return process.platform === 'linux' ? (statFields(pid)[19] ?? null) : ps(pid, 'lstart');
}

/** Asks every 20 ms until the answer is true; false when `timeoutMs` pass first. */
export async function waitUntil(test: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  while (!(await test())) {
    if (Date.now() >= end) return false;
    await sleep(20);
  }
  return true;
}

/**
 * Sends the signals in turn, each with the milliseconds it is given to work, until the process is gone.
 * `isOurs` is asked before each signal, so that a stranger who got the pid meanwhile is left alone.
 */
export async function endProcess(
  pid: number,
  isOurs: () => boolean,
  signals: readonly (readonly [NodeJS.Signals, number])[],
): Promise<void> {
  for (const [signal, waitMs] of signals) {
    if (!isRunning(pid) || !isOurs()) return;
    signalProcess(pid, signal);
    if (await waitUntil(() => !isRunning(pid), waitMs)) return;
  }
  throw new Error(`process ${pid} does not end`);
}

/** Sends a signal; a process that is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A child that was started by `launch`. */
export interface Launched {
  pid: number;
  hasExited(): boolean;
  /** What it has written since it was started; of much the first 6,000 bytes, where a crash has its cause, and the last 4,000. */
  output(): string;
}

const LOG_LIMIT_BYTES = 10_000_000;

/**
 * Starts a service that outlives our own death and is out of reach of the terminal's Ctrl-C (a session of its
 * own), with its output in `logFile`. A log over 10 MB is put aside as `<logFile>.1` first.
 */
export async function launch(options: {
  command: string;
  args: string[];
  logFile: string;
  user?: OsUser | null;
  env?: NodeJS.ProcessEnv;
}): Promise<Launched> {
  const { command, args, logFile, user, env } = options;
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) {
    rmSync(`${logFile}.1`, { force: true });
    renameSync(logFile, `${logFile}.1`);
  }
  const logged = openSync(logFile, 'a', 0o600);
  const from = statSync(logFile).size;
  try {
    const child = spawn(command, args, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', logged, logged],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return {
      pid: child.pid!,
      hasExited: () => child.exitCode !== null || child.signalCode !== null,
      output: () => endsOf(logFile, from),
    };
  } finally {
    closeSync(logged);
  }
}

function endsOf(file: string, from: number): string {
  const { size } = statSync(file);
  const opened = openSync(file, 'r');
  const part = (start: number, end: number): string => {
    const buffer = Buffer.alloc(Math.max(0, end - start));
    return buffer.toString('utf8', 0, readSync(opened, buffer, 0, buffer.length, start)).trim();
  };
  try {
    if (size - from <= 10_000) return part(from, size);
    return `${part(from, from + 6_000)}\n…\n${part(size - 4_000, size)}`;
  } finally {
    closeSync(opened);
  }
}
