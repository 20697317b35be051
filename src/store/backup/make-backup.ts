import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, opendir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import copies from 'pg-copy-streams';
import { asStoreError } from '../pool.js';
import { inSchema, openSession, quoted, schemaOf, sequencesOf, tablesOf, type CatalogueTable } from './catalogue.js';
import { syncDirectory, syncTree, watched, writeFileOf } from './files.js';
import { megabytes, seldom } from './progress.js';
import { manifestFile, sealedManifest, UnusableBackup, type BackupTable, type Manifest } from './manifest.js';

export interface BackupRequest {
  /** Of the owner: it sees every table. */
  databaseAdminUrl: string;
  /** The folder to be made, in one that is there; it must not exist, or be empty. */
  target: string;
  /** Where the documents' files lie, or null to leave them out. */
  documents: string | null;
  /** Key files to take along: path in the backup, where it lies, and whether it is a secret. */
  keys?: readonly { file: string; path: string; secret: boolean }[];
  onProgress?: (line: string) => void;
}

/**
 * Copies the record into a folder: every table of the schema `accord` by COPY out of one snapshot, each in a file of
 * its own, and the documents. Accord may run meanwhile, and nobody waits for it. The folder has its name only once it
 * is whole and on the disk. Memory does not grow with the record.
 *
 * @throws UnusableBackup where the target exists or the database has no record; StoreUnavailable
 */
export async function makeBackup(request: BackupRequest): Promise<Manifest> {
  const target = resolve(request.target);
  if (existsSync(target) && (await readdir(target)).length > 0)
    throw new UnusableBackup(`${request.target} exists already: name another folder`);
  if (!existsSync(dirname(target))) throw new UnusableBackup(`${dirname(target)} does not exist: is its disk mounted?`);
  const draft = await mkdtemp(join(dirname(target), `${basename(target)}.partial-`));
  try {
    const manifest = await fill(draft, request);
    await syncTree(draft);
    if (existsSync(target)) await rmdir(target);
    await rename(draft, target);
    await syncDirectory(dirname(target));
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw asStoreError(error);
  }
}

async function fill(draft: string, request: BackupRequest): Promise<Manifest> {
  const { documents, keys = [], onProgress = () => undefined } = request;
  const record = await copyRecord(draft, request.databaseAdminUrl, onProgress);
  // After the record: a document lies there before the event that speaks of it.
  const copied = documents === null ? null : await copyDocuments(draft, documents, onProgress);
  const manifest: Manifest = { format: 1, ...record, documents: copied, keys: [] };
  for (const { file, path, secret } of keys)
    manifest.keys.push({ ...(await writeFileOf(draft, file, () => createReadStream(path))), secret });
  await writeFile(join(draft, manifestFile), sealedManifest(manifest), { mode: 0o600, flush: true });
  return manifest;
}

type CopiedRecord = Omit<Manifest, 'format' | 'documents' | 'keys'>;

async function copyRecord(
  draft: string,
  databaseAdminUrl: string,
  onProgress: (line: string) => void,
): Promise<CopiedRecord> {
  const client = await openSession(databaseAdminUrl, 'accord-backup');
  try {
    // It writes nothing, so it has no transaction id: readers of the log do not wait for it.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const schema = await schemaOf(client);
    if (schema === null) throw new UnusableBackup('the database has no record');
    const catalogue = await tablesOf(client);
    await client.query(`LOCK TABLE ${catalogue.map(({ name }) => inSchema(name)).join(', ')} IN ACCESS SHARE MODE`);
    const {
      rows: [about],
    } = await client.query<Pick<Manifest, 'epoch' | 'madeAt' | 'postgres'>>(
      `SELECT epoch, to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "madeAt",
              current_setting('server_version') AS postgres FROM accord.cluster`,
    );
    const tables: BackupTable[] = [];
    for (const table of catalogue) tables.push(await copyTable(client, draft, table, onProgress));
    const sequences = await sequencesOf(client);
    await client.query('COMMIT');
    return { ...about!, schema, tables, sequences };
  } finally {
    await client.end();
  }
}

/** Rows in the text form of COPY: it means the same to every version of PostgreSQL. */
async function copyTable(
  client: pg.Client,
  draft: string,
  { name, columns }: CatalogueTable,
  onProgress: (line: string) => void,
): Promise<BackupTable> {
  const copy = copies.to(`COPY ${inSchema(name)} (${columns.map(quoted).join(', ')}) TO STDOUT`);
  const said = seldom((bytes: number) => onProgress(`${name}: ${megabytes(bytes)}`));
  // A quick level: half the time of the usual one, and a tenth more bytes.
  const file = await writeFileOf(
    draft,
    `tables/${name}.copy.gz`,
    () => client.query(copy),
    watched(said),
    createGzip({ level: 3 }),
  );
  return { name, columns, rows: copy.rowCount, ...file };
}

async function copyDocuments(
  draft: string,
  folder: string,
  onProgress: (line: string) => void,
): Promise<Manifest['documents']> {
  const total = { files: 0, bytes: 0 };
  const copied = async function* (): AsyncGenerator<string> {
    for await (const path of documentFiles(folder)) {
      const { file, size, sha256 } = await writeFileOf(draft, `documents/${path}`, () =>
        createReadStream(join(folder, path)),
      );
      total.files += 1;
      total.bytes += size;
      if (total.files % 50 === 0) onProgress(`documents: ${total.files}, ${megabytes(total.bytes)}`);
      yield `${sha256}  ${size}  ${file}\n`;
    }
  };
  const list = await writeFileOf(draft, 'documents.list.gz', () => Readable.from(copied()), createGzip());
  return { ...list, ...total };
}

/** Paths inside the folder, two deep: what is being uploaded lies elsewhere. */
async function* documentFiles(folder: string): AsyncGenerator<string> {
  if (!existsSync(folder)) return;
  for await (const shelf of await opendir(folder)) {
    if (!shelf.isDirectory() || !/^[0-9a-f]{2}$/.test(shelf.name)) continue;
    for await (const entry of await opendir(join(folder, shelf.name)))
      if (entry.isFile() && /^[0-9a-f]{62}$/.test(entry.name)) yield `${shelf.name}/${entry.name}`;
  }
}
