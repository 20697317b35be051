import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import yazl from 'yazl';
import type { DisputeDocument } from '../domain/dispute/state.js';
import type { BlobStore } from '../store/contract.js';

/** A file of a package. */
export interface PackagedFile {
  path: string;
  part: string;
  size: number;
  sha256: string;
  /** The bytes; absent for a document, whose bytes are streamed. */
  bytes?: Buffer;
}

/** JSON as it stands in a package. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const fileOf = (path: string, part: string, content: string | Buffer): PackagedFile => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { path, part, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
};

/** Documents whose bytes are there: one that is lost is named in the record, and keeps nothing else from travelling. */
export const present = async (
  blobs: Pick<BlobStore, 'get'>,
  documents: readonly DisputeDocument[],
): Promise<DisputeDocument[]> => {
  const found: DisputeDocument[] = [];
  for (const document of documents) {
    const bytes = (await blobs.get(document.sha256)) as Readable | null;
    bytes?.destroy();
    if (bytes) found.push(document);
  }
  return found;
};

/** Nothing is compressed: the size is known before the first byte, and every ZIP reader gives the same bytes. */
export const zip = async (
  files: readonly PackagedFile[],
  on: string,
  blobs: Pick<BlobStore, 'get'>,
): Promise<{ stream: Readable; size: number }> => {
  const archive = new yazl.ZipFile();
  const stream = archive.outputStream as Readable;
  let open: Readable | null = null;
  archive.on('error', (error: Error) => stream.destroy(error));
  stream.on('close', () => open?.destroy());
  // ZIP knows local time only: noon of the civil date is the same civil date wherever this runs.
  const [year, month, day] = on.split('-').map(Number) as [number, number, number];
  const options = {
    compress: false,
    mtime: new Date(year, month - 1, day, 12),
    mode: 0o100644,
    forceDosTimestamp: true,
  };
  for (const { path, size, sha256, bytes } of files) {
    if (bytes) archive.addBuffer(bytes, path, options);
    else
      archive.addReadStreamLazy(path, { ...options, size }, (give) => {
        const opened = blobs.get(sha256) as Promise<Readable | null>;
        opened.then(
          (source) => {
            if (!source) return give(new Error('a document is gone'), undefined as never);
            open = source;
            source.on('error', (error) => stream.destroy(error));
            if (stream.destroyed) source.destroy();
            give(null, source);
          },
          (error: unknown) => give(error, undefined as never),
        );
      });
  }
  const size = await new Promise<number>((answer) => archive.end(undefined, answer as () => void));
  return { stream, size };
};
