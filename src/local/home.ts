import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Takes one line of progress for the person at the terminal. */
export type Log = (line: string) => void;

/**
 * Makes the home folder and its `run`, `logs` and `bin` folders, and answers its real path.
 * Started by root, the folder lets others pass through (not list): PostgreSQL refuses to run as root,
 * and its own user has to reach the data inside.
 */
export function openHome(home: string): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const path = realpathSync(home);
  if (process.getuid?.() === 0) chmodSync(path, statSync(path).mode | 0o011);
  for (const folder of ['run', 'logs']) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
  return path;
}

/** Writes the whole file or nothing, readable by its owner only. */
export function writePrivately(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** What a JSON file holds, or null where it is missing or unreadable as JSON. */
export function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** What is kept of a service between runs, in `run/<name>.json`: `pid` is null after a clean stop. */
export interface ServiceRecord {
  pid: number | null;
  port: number;
  /** The data folder or file. It stands in the command line of the process, which tells it from a stranger. */
  data: string;
}

export function readRecord(home: string, name: 'postgres' | 'temporal'): ServiceRecord | null {
  return readJson<ServiceRecord>(join(home, 'run', `${name}.json`));
}

export function writeRecord(home: string, name: 'postgres' | 'temporal', record: ServiceRecord): void {
  writePrivately(join(home, 'run', `${name}.json`), record);
}
