import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TooLarge, type BlobStore } from './contract.js';
import { createByteSealer, openedBytes } from './sealing/sealed-bytes.js';

export interface FolderBlobStoreOptions {
  /** The key under which the files are sealed; without it they lie open. */
  key?: () => Promise<Uint8Array>;
}

/**
 * Documents' bytes in a folder, each file named by the SHA-256 of its bytes as they were given: `<folder>/ab/cd…`. A
 * file appears whole or not at all, and is on the disk when `put` answers.
 *
 * `put` throws TooLarge above `maxBytes`, and what the source throws; in either case nothing is left behind.
 */
export function createFolderBlobStore(folder: string, { key }: FolderBlobStoreOptions = {}): BlobStore {
  const drafts = join(folder, 'drafts');
  return {
    async put(bytes, maxBytes) {
      await mkdir(drafts, { recursive: true });
      const draft = join(drafts, randomUUID());
      try {
        const written = await writeDraft(draft, bytes, maxBytes, await key?.());
        const directory = directoryOf(folder, written.sha256);
        await mkdir(directory, { recursive: true });
        await rename(draft, pathOf(folder, written.sha256));
        await syncDirectory(directory);
        return written;
      } finally {
        await rm(draft, { force: true });
      }
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
      try {
        const file = await open(pathOf(folder, sha256));
        const stream = createReadStream('', { fd: file });
        if (!key) return stream;
        const opened = Readable.from(opening(key, stream, sha256), { objectMode: false });
        // Destroyed before its first read, it would never come to its own end.
        return opened.once('close', () => stream.destroy());
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
  };
}

async function* opening(
  key: () => Promise<Uint8Array>,
  stream: AsyncIterable<Uint8Array>,
  sha256: string,
): AsyncGenerator<Buffer> {
  yield* openedBytes(await key(), stream, sha256);
}

async function writeDraft(
  draft: string,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
  key: Uint8Array | undefined,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  const sealer = key && createByteSealer(key);
  let size = 0;
  const file = await open(draft, 'wx', 0o600);
  try {
    if (sealer) await file.writeFile(sealer.head);
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new TooLarge(`More than ${maxBytes} bytes.`);
      hash.update(chunk);
      await file.writeFile(sealer ? sealer.push(chunk) : chunk);
    }
    if (sealer) await file.writeFile(sealer.end());
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}

const directoryOf = (folder: string, sha256: string) => join(folder, sha256.slice(0, 2));
const pathOf = (folder: string, sha256: string) => join(directoryOf(folder, sha256), sha256.slice(2));

/** The rename itself is durable only once its directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
