import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from './home.js';
import type { OsUser } from './processes.js';

/** Where the data lies and which operating system user owns it and runs the server (null: ourselves). */
export interface PostgresPlace {
  /** The folder that holds `postgres/` and, if they had to be copied, the programs. */
  folder: string;
  data: string;
  user: OsUser | null;
}

/**
 * Decides where the data goes: `<home>/postgres`, unless we are root and home lies under a folder that only
 * root may enter; then a folder under /var/lib (or the temporary folder) that is the same at every start.
 * An existing cluster is run by the user who owns it.
 */
export function postgresPlace(home: string, log: Log): PostgresPlace {
  const self = process.getuid?.();
  if (self !== 0) {
    const data = join(home, 'postgres');
    const owner = statSync(data, { throwIfNoEntry: false })?.uid;
    if (self !== undefined && owner !== undefined && owner !== self) {
      throw new Error(`${data} belongs to another user (uid ${owner}): start as that user, or as root`);
    }
    return { folder: home, data, user: null };
  }

  const user = serverUser();
  const folder = canEnter(home, user) ? home : reachableFolder(home, user, log);
  const data = join(folder, 'postgres');
  const owner = statSync(data, { throwIfNoEntry: false });
  return { folder, data, user: owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : user };
}

/** PostgreSQL refuses to run as root. No user is created for it: `postgres` if there is one, else `nobody`. */
function serverUser(): OsUser {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody: start as an ordinary user',
  );
}

function canEnter(folder: string, user: OsUser): boolean {
  const run = spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { cwd: '/', ...user });
  if (run.error) throw new Error(`cannot start a process as uid ${user.uid}: ${run.error.message}`);
  return run.status === 0;
}

function reachableFolder(home: string, user: OsUser, log: Log): string {
  const name = `accord-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`;
  for (const parent of ['/var/lib', '/var/tmp', tmpdir()]) {
    const folder = join(parent, name);
    try {
      mkdirSync(folder, { recursive: true });
      if (statSync(folder).uid !== 0) continue;
      chmodSync(folder, 0o711);
    } catch {
      continue;
    }
    if (canEnter(folder, user)) {
      log(`postgres: only root may enter ${home}, so the data is kept in ${folder}`);
      return realpathSync(folder);
    }
  }
  throw new Error(`PostgreSQL's user may not enter ${home}: set ACCORD_HOME to a folder that others may enter`);
}
