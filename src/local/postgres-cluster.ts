import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, readJson, writePrivately } from './home.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { PostgresPlace } from './postgres-place.js';

/** Passwords of the three database users of local mode. */
export interface Secrets {
  postgres: string;
  accord_owner: string;
  accord_app: string;
}

/** The passwords kept in `<home>/secrets.json` (mode 0600), made at random where there are none yet. */
export function keptSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  const kept = readJson<Partial<Secrets>>(file);
  if (kept?.postgres && kept.accord_owner && kept.accord_app) return kept as Secrets;
  const password = () => randomBytes(24).toString('base64url');
  const secrets = { postgres: password(), accord_owner: password(), accord_app: password() };
  writePrivately(file, secrets);
  return secrets;
}

/**
 * Makes the cluster if there is none: UTF8 with the builtin C.UTF-8 locale, which needs nothing of the operating
 * system and never changes its order, and scram passwords. It appears whole or not at all.
 */
export async function ensureCluster(
  place: PostgresPlace,
  { initdb }: PostgresBinaries,
  password: string,
  log: Log,
): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith('postgres-draft-')) rmSync(join(place.folder, name), { recursive: true, force: true });
  }
  if (existsSync(join(place.data, 'PG_VERSION'))) return;
  log(`postgres: creating the database cluster in ${place.data}`);

  const draft = join(place.folder, `postgres-draft-${process.pid}`);
  const passwordFile = join(draft, 'password');
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.user) for (const path of [draft, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
  try {
    await run(place, initdb, [
      `--pgdata=${join(draft, 'data')}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ]);
    renameSync(join(draft, 'data'), place.data);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Gives the superuser this password in a stopped cluster: for a home whose secrets were lost or replaced. */
export async function resetPassword(
  place: PostgresPlace,
  { postgres }: PostgresBinaries,
  password: string,
): Promise<void> {
  await run(
    place,
    postgres,
    ['--single', '-D', place.data, 'postgres'],
    `ALTER ROLE postgres PASSWORD '${password}'\n`,
  );
}

/** Takes a data folder's rights back to what the server demands, as a copy of the home may have widened them. */
export function guardData(place: PostgresPlace): void {
  chmodSync(place.data, 0o700);
}

function run({ user }: PostgresPlace, command: string, args: string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...(user ?? {}),
    });
    let errors = '';
    child.stdout.resume();
    child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed (${code ?? signal}): ${errors.trim()}`)),
    );
  });
}
