import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeOnce, replaceFile } from '../placed-file.js';
import { keyLength } from './cipher.js';
import { heldMasterKeys, newMasterKey, type MasterKeys } from './master-keys.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The file of the master keys in a home: base64, one a line, the current one first. */
export const masterKeyFile = (home: string): string => join(home, 'keys', 'master.key');

/**
 * The master keys: `ACCORD_MASTER_KEY` (base64, 32 bytes) and, separated by commas, `ACCORD_MASTER_KEYS_FORMER`; else
 * those in `<home>/keys/master.key` (mode 0600), which is made where `make` allows it. The file is read again when it
 * has changed, and when a key is met that was not in it.
 *
 * @throws TypeError saying which variable or file holds no key, never what it holds
 */
export function openMasterKeys(
  home: string,
  env: Environment = process.env,
  { make = false }: { make?: boolean } = {},
): MasterKeys {
  const given = env['ACCORD_MASTER_KEY'];
  if (given) {
    const former = (env['ACCORD_MASTER_KEYS_FORMER'] ?? '').split(',').filter((one) => one.trim() !== '');
    const keys = [
      decoded(given, 'ACCORD_MASTER_KEY'),
      ...former.map((one) => decoded(one, 'ACCORD_MASTER_KEYS_FORMER')),
    ];
    return heldMasterKeys(() => keys);
  }
  const file = masterKeyFile(home);
  if (make && readLines(file) === null) makeFile(file);
  const read = () => {
    const lines = readLines(file);
    if (lines === null) throw new TypeError(`ACCORD_MASTER_KEY is not set, and there is no ${file}.`);
    return lines.map((line) => decoded(line, file));
  };
  return heldMasterKeys(read, () => stampOf(file));
}

/** Another whenever the file is another: by its inode too, since two may be made within one tick of the file system. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.ino} ${found.size}` : 'none';
}

/**
 * Puts a new master key before those in the home's file: it wraps from now on, the former ones still open. Processes
 * that are running see it within a second.
 */
export function addMasterKey(home: string): void {
  const file = masterKeyFile(home);
  const lines = readLines(file);
  if (lines === null) return makeFile(file);
  replaceFile(file, `${[newMasterKey().toString('base64'), ...lines].join('\n')}\n`, 0o600);
}

function decoded(text: string, where: string): Buffer {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== keyLength) throw new TypeError(`${where} holds no key: base64 of 32 bytes is needed.`);
  return bytes;
}

function readLines(file: string): string[] | null {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const makeFile = (file: string): void => makeOnce(file, `${newMasterKey().toString('base64')}\n`);
