import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeOnce } from '../store/placed-file.js';

/**
 * The secret that all processes over one database share: `ACCORD_SECRET` where it is given, else that of the home folder.
 * Throws what the file system throws.
 */
export const serverSecret = (home: string, given: string | undefined): Uint8Array =>
  given === undefined || given === '' ? localSecret(home) : Buffer.from(given);

/** The secret of a home folder, 32 bytes, made at the first start and readable by its owner only. */
export const localSecret = (home: string): Uint8Array => {
  const file = join(home, 'secret');
  const known = readSecret(file);
  if (known) return known;
  makeOnce(file, randomBytes(32).toString('base64url'));
  return readSecret(file)!;
};

const readSecret = (file: string): Uint8Array | null => {
  try {
    const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
    if (secret.length < 32) throw new Error(`${file} holds no secret: delete it, and a new one is made`);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
