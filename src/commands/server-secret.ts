import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    // A link never replaces: of two who start at once, both use the secret of the first.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
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
