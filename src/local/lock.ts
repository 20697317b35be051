import { linkSync, renameSync, rmSync } from 'node:fs';
import { readJson, writePrivately } from './home.js';
import { isRunning, startToken } from './processes.js';

interface Holder {
  pid: number;
  token: string | null;
}

const isAlive = ({ pid, token }: Holder) => isRunning(pid) && startToken(pid) === token;

/** What became of an attempt to take a lock. */
export type LockAttempt = { taken: true; release(): void } | { taken: false; pid: number };

/**
 * Takes the lock file for this process, at once or not at all. A lock whose holder is gone, even where its pid
 * now belongs to another process, is taken over.
 */
export function takeLock(file: string): LockAttempt {
  const self: Holder = { pid: process.pid, token: startToken(process.pid) };
  const draft = `${file}.${process.pid}.new`;
  writePrivately(draft, self);
  try {
    for (;;) {
      try {
        linkSync(draft, file);
        return { taken: true, release: () => releaseLock(file, self) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readJson<Holder>(file);
      if (holder && isAlive(holder)) return { taken: false, pid: holder.pid };
      discardStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the stale lock away; one that somebody took between our look and the move is put back. */
function discardStale(file: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readJson<Holder>(aside);
  if (moved && isAlive(moved)) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function releaseLock(file: string, self: Holder): void {
  const holder = readJson<Holder>(file);
  if (holder?.pid === self.pid && holder.token === self.token) rmSync(file, { force: true });
}
