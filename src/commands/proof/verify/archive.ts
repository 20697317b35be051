import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl, { type Entry } from 'yauzl';
import { proofFiles } from '../contract.js';

/** What is wrong with a package; the message names the place, and no value. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** A package that is read where it lies, one file at a time. */
export interface Archive {
  /** Of the whole. */
  bytes: number;
  names: readonly string[];
  has(name: string): boolean;
  /** Throws `Broken` for a file that is missing or larger than `most` bytes. */
  read(name: string, most?: number): Promise<Buffer>;
  /** Lines without their ends. Throws `Broken` for a line longer than `mostOfJson`, and one that does not end. */
  lines(name: string): AsyncGenerator<string>;
  digest(name: string): Promise<{ size: number; sha256: string }>;
  close(): void;
}

/** Files of a package. */
const mostFiles = 10_000;
/** Bytes of a file, or a line, that is read as a whole. */
export const mostOfJson = 64 * 1024 * 1024;

const known: ReadonlySet<string> = new Set(Object.values(proofFiles));
const isKnown = (name: string): boolean => known.has(name) || /^documents\/[0-9a-f]{64}$/.test(name);

/**
 * Opens a package. Nothing in one is compressed, so that it cannot hold more than its own size; what is compressed,
 * encrypted, double, or not of a package is refused, before anything of it is read. @throws Broken
 */
export const openArchive = async (path: string): Promise<Archive> => {
  const { size: bytes } = await stat(path);
  const zip = await yauzl
    .openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true })
    .catch(() => {
      throw new Broken('this is not a ZIP file');
    });
  try {
    const entries = await readEntries(zip, bytes);
    return archiveOf(zip, entries, bytes);
  } catch (error) {
    zip.close();
    throw error instanceof Broken ? error : new Broken('the ZIP file is damaged');
  }
};

type Zip = Awaited<ReturnType<typeof yauzl.openPromise>>;

const readEntries = async (zip: Zip, bytes: number): Promise<Map<string, Entry>> => {
  if (zip.entryCount > mostFiles) throw new Broken(`more than ${mostFiles} files`);
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressionMethod, compressedSize, uncompressedSize } = entry;
    if (!isKnown(fileName)) throw new Broken('a file that does not belong into a package');
    if (entries.has(fileName)) throw new Broken(`${fileName} is there twice`);
    if (compressionMethod !== 0 || compressedSize !== uncompressedSize || entry.isEncrypted())
      throw new Broken(`${fileName} is compressed or encrypted, which no package is`);
    total += uncompressedSize;
    if (total > bytes) throw new Broken('the files overlap: they are larger than the whole');
    entries.set(fileName, entry);
  }
  return entries;
};

const archiveOf = (zip: Zip, entries: ReadonlyMap<string, Entry>, bytes: number): Archive => {
  const open = async (name: string): Promise<Readable> => {
    const entry = entries.get(name);
    if (!entry) throw new Broken(`${name} is missing`);
    return zip.openReadStreamPromise(entry).catch(() => {
      throw new Broken(`${name} cannot be read out of the ZIP file`);
    });
  };
  const chunks = async function* (name: string): AsyncGenerator<Buffer> {
    const stream = await open(name);
    try {
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (error) {
      throw error instanceof Broken ? error : new Broken(`${name} cannot be read out of the ZIP file`);
    }
  };
  return {
    bytes,
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read: async (name, most = mostOfJson) => {
      if ((entries.get(name)?.uncompressedSize ?? 0) > most) throw new Broken(`${name} is too large`);
      const all: Buffer[] = [];
      for await (const chunk of chunks(name)) all.push(chunk);
      return Buffer.concat(all);
    },
    lines: async function* (name) {
      let rest: Buffer[] = [];
      let held = 0;
      for await (const chunk of chunks(name)) {
        let from = 0;
        for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
          yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
          rest = [];
          held = 0;
          from = end + 1;
        }
        rest.push(chunk.subarray(from));
        held += chunk.length - from;
        if (held > mostOfJson) throw new Broken(`${name} has a line that is too long`);
      }
      if (held > 0) throw new Broken(`${name} breaks off within a line`);
    },
    digest: async (name) => {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of chunks(name)) {
        hash.update(chunk);
        size += chunk.length;
      }
      return { size, sha256: hash.digest('hex') };
    },
    close: () => zip.close(),
  };
};
