import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { asAdmin, type DatabaseUrls, ensureDatabase, ensureRoles } from '../../src/local/database.js';
import { takeLock } from '../../src/local/lock.js';
import { freePort } from '../../src/local/ports.js';
import { startPostgres } from '../../src/local/postgres.js';
import { findTemporal } from '../../src/local/temporal-binary.js';
import { startTemporal } from '../../src/local/temporal.js';
import { searchAttributes } from '../../src/workflows/search-attributes.js';

/**
 * One PostgreSQL and one Temporal for a whole Jest run, shared by its workers and files: started by the first test
 * that asks for them, ended when the run ends, however it ends (`reaper.mjs`).
 */

/** Registered at the start of the server, because a later registration is not seen for about ten seconds. */
const NAMESPACES = Array.from({ length: 32 }, (_, index) => `test-${index + 1}`);

/** The folder of this run, deleted when it ends. */
export function runFolder(): string {
  const folder = process.env.ACCORD_TEST_FOLDER;
  if (!folder) throw new Error('tests run through npm test: test/support/global-setup.mjs makes their folder');
  return folder;
}

const unique = (name: string) => `${name.replace(/[^a-z0-9]+/gi, '_').toLowerCase()}_${randomBytes(4).toString('hex')}`;

/**
 * A new folder that is deleted when the run ends. Servers that were started with it as their home are ended then,
 * too, if the test did not do so itself.
 */
export function testFolder(name: string): string {
  const folder = join(runFolder(), unique(name));
  mkdirSync(folder, { mode: 0o711 });
  return folder;
}

/** Lets one process of the run at a time through. */
async function oneAtATime<T>(name: string, work: (home: string) => Promise<T>): Promise<T> {
  for (;;) {
    const lock = takeLock(join(runFolder(), `${name}.lock`));
    if (lock.taken) return await work(runFolder()).finally(() => lock.release());
    await sleep(20);
  }
}

/** The PostgreSQL of this run, with the roles `accord_owner` and `accord_app`. */
export function withPostgres(): Promise<{ adminUrl: string; port: number; home: string }> {
  return oneAtATime('postgres', async (home) => {
    const { adminUrl, port } = await startPostgres({ home, log: () => undefined });
    await ensureRoles({ adminUrl, home });
    return { adminUrl, port, home };
  });
}

/**
 * A new, empty database that no other test knows, owned by `accord_owner`; migrations are the caller's.
 * `drop` ends the sessions it still has.
 */
export async function freshDatabase(name: string): Promise<DatabaseUrls & { drop(): Promise<void> }> {
  const { adminUrl, home } = await withPostgres();
  const database = unique(name);
  const urls = await ensureDatabase({ adminUrl, home, database });
  const drop = () =>
    asAdmin(adminUrl, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`);
    });
  return { ...urls, drop };
}

/** The path of a Temporal CLI, downloaded once for this checkout where the machine has none. */
export function temporalBinary(): Promise<string> {
  const cache = process.env.ACCORD_CACHE || fileURLToPath(new URL('../../.accord/bin', import.meta.url));
  const log = (line: string) => void (/trying|asking/.test(line) && process.stderr.write(`${line}\n`));
  return oneAtATime('temporal-binary', () => findTemporal({ cache, log }));
}

/** The Temporal of this run, with the project's search attributes and the namespace `default`. */
export async function withTemporal(): Promise<{ address: string }> {
  const binary = await temporalBinary();
  return oneAtATime('temporal', async (home) => {
    const { address } = await startTemporal({
      home,
      binary,
      searchAttributes,
      namespaces: NAMESPACES,
      headless: true,
      port: await freePort(),
      log: () => undefined,
    });
    return { address };
  });
}

/** `127.0.0.1:<port>` of the Temporal of this run. */
export const temporalAddress = async (): Promise<string> => (await withTemporal()).address;

/** A namespace of the run's Temporal that no other test uses, with the search attributes, ready at once. */
export async function freshNamespace(): Promise<{ address: string; namespace: string }> {
  const { address } = await withTemporal();
  const taken = join(runFolder(), 'namespaces');
  mkdirSync(taken, { recursive: true });
  for (const namespace of NAMESPACES) {
    try {
      mkdirSync(join(taken, namespace));
      return { address, namespace };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`all ${NAMESPACES.length} namespaces are in use: raise NAMESPACES in test/support/services.ts`);
}

/** A task queue name that no other test uses. */
export const freshTaskQueue = (name: string): string => unique(name);
