import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RefusedRow } from './refused-row.js';

/** The report cannot be written there: the message says why. */
export class UnusableReport extends Error {
  override readonly name = 'UnusableReport';
}

/** Refused rows in the order of their lines; a report that is there is whole, up to where its import ended. */
export interface Report {
  /** @throws UnusableReport */
  write(rows: readonly RefusedRow[]): Promise<void>;
  /** Puts it in its place; where nothing was refused there is none, nor a former one. @throws UnusableReport */
  finish(): Promise<void>;
  /** The import ends early: what was refused so far. A former report stays where nothing was. Never throws. */
  keep(rows: readonly RefusedRow[]): Promise<void>;
}

/**
 * A report to be written to `path`, where there is nothing yet or a former report.
 *
 * @param inputs files that are read, none of which it may replace
 * @throws UnusableReport
 */
export const openReport = async (path: string, inputs: readonly string[]): Promise<Report> => {
  if (inputs.some((input) => resolve(input) === resolve(path)))
    throw new UnusableReport(`${path} is read by this import: name another file for the report`);
  if (!(await mayBeReplaced(path)))
    throw new UnusableReport(`${path} exists and is no report of refused rows: name another file for the report`);
  const draft = `${path}.${randomUUID()}`;
  // At once, so that nothing is imported where nothing could be reported.
  const handle = await sayingWhy(path, () => open(draft, 'wx', 0o600));
  let written = 0;
  const write = async (rows: readonly RefusedRow[]) => {
    if (rows.length === 0) return;
    await sayingWhy(path, () => handle.writeFile(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
    written += rows.length;
  };
  const place = async () => {
    await handle.sync();
    await handle.close();
    if (written > 0) await rename(draft, path);
    else await rm(draft);
  };
  return {
    write,
    finish: async () => {
      await sayingWhy(path, place);
      if (written === 0) await rm(path, { force: true });
    },
    keep: async (rows) => {
      try {
        await write(rows);
        await place();
      } catch {
        // What the import ends with is said, not this.
        await handle.close().catch(() => undefined);
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
  };
};

const sayingWhy = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new UnusableReport(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'failed'})`);
  }
};

/** Enough to hold the longest line of a report. */
const firstBytes = 8_192;

const mayBeReplaced = async (path: string): Promise<boolean> => {
  let handle: FileHandle;
  try {
    if (!(await stat(path)).isFile()) return false;
    handle = await open(path);
  } catch (error) {
    // Whatever else it is, to open the draft beside it says so.
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n');
    if (bytesRead === 0) return true;
    const row = JSON.parse(line) as Partial<RefusedRow> | null;
    return typeof row === 'object' && typeof row?.line === 'number' && typeof row.code === 'string';
  } catch {
    return false;
  } finally {
    await handle.close();
  }
};
