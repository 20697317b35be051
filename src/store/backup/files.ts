import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnusableBackup, type BackupFile } from './manifest.js';

/** What passes through, counted and hashed. */
const meter = () => {
  const hash = createHash('sha256');
  const seen = { size: 0, sha256: '' };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      seen.size += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      seen.sha256 = hash.digest('hex');
      done();
    },
  });
  return { stream, seen };
};

/** Tells how many bytes have passed through. */
export const watched = (onBytes: (bytes: number) => void): Transform => {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes((bytes += chunk.length));
      done(null, chunk);
    },
  });
};

/** Writes a new file out of a source and through steps; it is on the disk when this answers. */
export async function writeFileOf(
  folder: string,
  file: string,
  source: () => Readable,
  ...steps: Transform[]
): Promise<BackupFile> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { stream, seen } = meter();
  // `flush`: the file is synced before it is closed.
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline([source(), ...steps, stream, target]);
  return { file, ...seen };
}

/** Size and sum of what lies there. Throws what the file system throws. */
export async function measureFile(path: string): Promise<{ size: number; sha256: string }> {
  const { stream, seen } = meter();
  await pipeline(createReadStream(path), stream.resume());
  return seen;
}

/** Throws `UnusableBackup`, which names the file, unless it is the one that the backup wrote. */
export async function checkFile(folder: string, { file, size, sha256 }: BackupFile): Promise<void> {
  let found;
  try {
    found = await measureFile(join(folder, file));
  } catch {
    throw new UnusableBackup(`${file} is missing from the backup, or cannot be read`);
  }
  if (found.size !== size || found.sha256 !== sha256) throw new UnusableBackup(`${file} is damaged`);
}

/** Copies a file so that it appears whole or not at all, and is on the disk when this answers. */
export async function placeFile(source: string, target: string, mode: number): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const draft = `${target}.${process.pid}.restoring`;
  try {
    await pipeline(createReadStream(source), createWriteStream(draft, { mode, flush: true }));
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A rename is durable only once its directory is. */
export async function syncDirectory(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Every directory under a folder, and the folder itself. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await syncTree(join(folder, entry.name));
  await syncDirectory(folder);
}
