import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from '../canonical.js';

/** A file of a backup, as it lies on the disk. */
export interface BackupFile {
  /** Path inside the backup, with `/`. */
  file: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex, of the bytes as they lie there. */
  sha256: string;
}

export interface BackupTable extends BackupFile {
  name: string;
  /** In the order in which the file has them. */
  columns: string[];
  rows: number;
}

export interface BackupSequence {
  name: string;
  /** A bigint. */
  lastValue: string;
  isCalled: boolean;
}

/** What a backup is made of. It is written last: a folder without it is no backup. */
export interface Manifest {
  format: 1;
  /** Instant. */
  madeAt: string;
  /** Names of the migrations that made the schema, in their order. */
  schema: string[];
  epoch: number;
  /** As PostgreSQL says it. */
  postgres: string;
  tables: BackupTable[];
  sequences: BackupSequence[];
  /** A list of the documents' files, each line `<sha256>  <size>  <path>`; null where they were left out. */
  documents: (BackupFile & { files: number; bytes: number }) | null;
  /** Files of the keys folder and the server's secret. */
  keys: (BackupFile & { secret: boolean })[];
}

export const manifestFile = 'manifest.json';

/** A backup cannot be used: the message names the file and says what is wrong with it. */
export class UnusableBackup extends Error {
  override readonly name = 'UnusableBackup';
}

/** As it is written: the sum over everything else says whether it was changed. */
export const sealedManifest = (manifest: Manifest): string =>
  `${JSON.stringify({ ...manifest, sha256: sumOf(manifest) }, null, 1)}\n`;

/** Throws `UnusableBackup` where there is none, where it is damaged, and where newer code has written it. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, manifestFile), 'utf8');
  } catch {
    throw new UnusableBackup(`${folder} has no ${manifestFile}: it is no backup, or one that was not finished`);
  }
  const damaged = new UnusableBackup(`${manifestFile} is damaged`);
  let sealed: Manifest & { sha256: string };
  try {
    sealed = JSON.parse(text) as Manifest & { sha256: string };
  } catch {
    throw damaged;
  }
  if (typeof sealed !== 'object' || sealed === null) throw damaged;
  const { sha256, ...manifest } = sealed;
  if (sha256 !== sumOf(manifest)) throw damaged;
  if (manifest.format !== 1) throw new UnusableBackup('the backup has a format that this version does not know');
  return manifest;
}

const sumOf = (manifest: Manifest): string => createHash('sha256').update(canonical(manifest)).digest('hex');
