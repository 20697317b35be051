import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import copies from 'pg-copy-streams';
import { knownMigrations, migrate, restoringSetting } from '../migrate.js';
import { asStoreError } from '../pool.js';
import { inSchema, openSession, quoted, tablesOf } from './catalogue.js';
import { checkFile, placeFile, syncTree, watched } from './files.js';
import { readManifest, UnusableBackup, type BackupFile, type BackupTable, type Manifest } from './manifest.js';
import { megabytes, seldom } from './progress.js';

export interface RestoreRequest {
  /** The folder that `makeBackup` has made. */
  source: string;
  /** Of the owner of the database to be filled. */
  databaseAdminUrl: string;
  /** Where the documents' files are to lie, or null to leave them. */
  documents: string | null;
  /** Where the keys are put; called before the record appears. */
  placeKeys?: (keys: Manifest['keys']) => Promise<void>;
  log?: (line: string) => void;
  onProgress?: (line: string) => void;
}

export interface Restored {
  manifest: Manifest;
  /** The epoch that begins. */
  epoch: number;
  /** Open disputes, which the relay will hand to Temporal. */
  open: number;
}

/** The database is not one to restore into; the message says why. */
export class NotRestorable extends Error {
  override readonly name = 'NotRestorable';
}

/**
 * Checks every file of a backup against its sum. Answers what the backup holds.
 *
 * @throws UnusableBackup, which names the first file that is missing or damaged
 */
export async function checkBackup(
  source: string,
  onProgress: (line: string) => void = () => undefined,
): Promise<Manifest> {
  const manifest = await readManifest(source);
  for (const file of [...manifest.tables, ...manifest.keys]) {
    onProgress(`checking ${file.file}`);
    await checkFile(source, file);
  }
  if (manifest.documents === null) return manifest;
  await checkFile(source, manifest.documents);
  let files = 0;
  const said = seldom(() => onProgress(`checking documents: ${files}`));
  for await (const document of documentsOf(source, manifest.documents)) {
    await checkFile(source, document);
    files += 1;
    said();
  }
  if (files !== manifest.documents.files) throw new UnusableBackup(`${manifest.documents.file} is damaged`);
  return manifest;
}

/**
 * Fills an empty database with a backup: brings its schema to that of the backup, loads all tables in one transaction
 * and then its schema up to date. Documents and keys are in place before that transaction ends, so that a database with
 * a record in it is a whole one: after a crash it is as empty as before, and the restore is run again.
 *
 * A new epoch begins, whose number is greater than any before, also of other restores of the same backup: cursors that
 * readers hold stay behind everything that is appended from here on. No workflow is taken to know any plan: the relay
 * hands every open dispute to Temporal anew.
 *
 * @throws UnusableBackup, NotRestorable, StoreUnavailable
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { source, databaseAdminUrl, log = () => undefined, onProgress = () => undefined } = request;
  const manifest = await checkBackup(source, onProgress);
  const unknown = manifest.schema.filter((name) => !knownMigrations.includes(name));
  if (unknown.length > 0)
    throw new NotRestorable(`the backup was made by a newer version of Accord (${unknown[0]}): use that one`);
  try {
    await refuseUnfit(databaseAdminUrl, manifest);
    await migrate(databaseAdminUrl, log, { only: manifest.schema });
    const restored = await load(request, manifest);
    await migrate(databaseAdminUrl, log);
    return { manifest, ...restored };
  } catch (error) {
    throw asStoreError(error);
  }
}

/** Asked before anything is changed, and once more under lock. */
async function refuseUnfit(databaseAdminUrl: string, manifest: Manifest): Promise<void> {
  const client = await openSession(databaseAdminUrl, 'accord-restore');
  try {
    const tables = await tablesOf(client);
    if (tables.length === 0) return;
    await refuseInUse(client);
    await refuseFilled(
      client,
      tables.map(({ name }) => name),
    );
    const { rows } = await client.query<{ name: string }>('SELECT name FROM accord.migrations');
    if (rows.some(({ name }) => !manifest.schema.includes(name)))
      throw new NotRestorable(
        'the backup is of an older schema than this database has: restore it into a database without one',
      );
  } finally {
    await client.end();
  }
}

const selectOthers = `SELECT count(*)::integer AS others FROM pg_stat_activity
  WHERE datname = current_database() AND usename = 'accord_app' AND pid <> pg_backend_pid()`;

/** A process that runs remembers keys and epoch of the record that it began with. */
async function refuseInUse(client: pg.Client): Promise<void> {
  const {
    rows: [found],
  } = await client.query<{ others: number }>(selectOthers);
  if (found!.others > 0)
    throw new NotRestorable(`the API or the worker is connected to this database: stop them first`);
}

const recordTables = ['events', 'streams', 'commands', 'sealed_values', 'anchors', 'reads'];

async function refuseFilled(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const name of recordTables.filter((one) => tables.includes(one))) {
    const { rowCount } = await client.query(`SELECT FROM ${inSchema(name)} LIMIT 1`);
    if (rowCount)
      throw new NotRestorable(`the database has a record already (accord.${name}): restore into an empty one`);
  }
}

async function load(request: RestoreRequest, manifest: Manifest): Promise<{ epoch: number; open: number }> {
  const { source, documents, placeKeys, onProgress = () => undefined } = request;
  const client = await openSession(request.databaseAdminUrl, 'accord-restore');
  try {
    // Goes with the transaction that follows. Left behind, nothing starts on this database but another restore.
    await client.query(`INSERT INTO accord.settings (name, value) VALUES ($1, 'true') ON CONFLICT DO NOTHING`, [
      restoringSetting,
    ]);
    await client.query('BEGIN');
    const here = await tablesOf(client);
    await client.query(`LOCK TABLE ${here.map(({ name }) => inSchema(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`);
    await refuseFilled(
      client,
      here.map(({ name }) => name),
    );
    refuseOtherShape(here, manifest);
    for (const { name } of manifest.tables) await empty(client, name);
    for (const table of manifest.tables) await loadTable(client, source, table, onProgress);
    for (const { name, lastValue, isCalled } of manifest.sequences)
      await client.query('SELECT setval($1::regclass, $2, $3)', [inSchema(name), lastValue, isCalled]);
    const open = await driveAnew(client);
    const epoch = await beginEpoch(client);
    if (documents !== null && manifest.documents !== null)
      await placeDocuments(source, manifest.documents, documents, onProgress);
    await placeKeys?.(manifest.keys);
    await client.query('COMMIT');
    for (const { name } of manifest.tables) await client.query(`ANALYZE ${inSchema(name)}`);
    return { epoch, open };
  } finally {
    await client.end();
  }
}

function refuseOtherShape(here: Awaited<ReturnType<typeof tablesOf>>, { tables }: Manifest): void {
  for (const { name, columns } of tables) {
    const found = here.find((table) => table.name === name);
    const same = found && [...found.columns].sort().join() === [...columns].sort().join();
    if (!same) throw new NotRestorable(`table ${name} of the backup has other columns than this version makes`);
  }
}

/** What a migration or a first start has put into a table without a record. */
async function empty(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM ${inSchema(name)} LIMIT 1`);
  if (rowCount) await client.query(`DELETE FROM ${inSchema(name)}`);
}

async function loadTable(
  client: pg.Client,
  source: string,
  { name, columns, rows, file }: BackupTable,
  onProgress: (line: string) => void,
): Promise<void> {
  const copy = client.query(copies.from(`COPY ${inSchema(name)} (${columns.map(quoted).join(', ')}) FROM STDIN`));
  const said = seldom((bytes: number) => onProgress(`${name}: ${megabytes(bytes)}`));
  await pipeline([createReadStream(join(source, file)), createGunzip(), watched(said), copy]);
  if (copy.rowCount !== rows) throw new UnusableBackup(`${file} holds ${copy.rowCount} rows instead of ${rows}`);
}

/**
 * Nobody has taken any plan: there may be another Temporal behind the worker now, or one that remembers a later record.
 * Settings that remember which Temporal knew the disputes are forgotten, and so are leases of processes that are gone.
 */
async function driveAnew(client: pg.Client): Promise<number> {
  await client.query(
    `DELETE FROM accord.settings WHERE name LIKE 'temporal-incarnation%' OR name = '${restoringSetting}'`,
  );
  await client.query('UPDATE accord.drive_queue SET available_at = now(), attempts = 0');
  const { rowCount } = await client.query(
    `UPDATE accord.dispute_clocks c SET driven_version = 0, behind_since = now()
       FROM accord.disputes d WHERE d.dispute_id = c.dispute_id AND d.status <> 'closed'`,
  );
  return rowCount ?? 0;
}

/**
 * The number of the epoch is the minute in which it begins: two restores of one backup, each of which goes its own way,
 * have different ones, and so a cursor out of the first never passes over what is appended to the second.
 */
async function beginEpoch(client: pg.Client): Promise<number> {
  await client.query(`UPDATE accord.cluster SET identity = 'restored',
    epoch = greatest(epoch, (extract(epoch FROM clock_timestamp()) / 60)::integer - 1)`);
  const {
    rows: [noted],
  } = await client.query<{ epoch: number }>('SELECT accord.note_cluster() AS epoch');
  return noted!.epoch;
}

async function* documentsOf(source: string, list: BackupFile): AsyncGenerator<BackupFile> {
  const lines = createInterface({
    input: createReadStream(join(source, list.file)).pipe(createGunzip()),
    crlfDelay: Infinity,
  });
  for await (const line of lines) {
    const [, sha256, size, file] =
      /^([0-9a-f]{64}) {2}(\d+) {2}(documents\/[0-9a-f]{2}\/[0-9a-f]{62})$/.exec(line) ?? [];
    if (!file) throw new UnusableBackup(`${list.file} is damaged`);
    yield { file, size: Number(size), sha256: sha256! };
  }
}

async function placeDocuments(
  source: string,
  list: BackupFile,
  folder: string,
  onProgress: (line: string) => void,
): Promise<void> {
  let files = 0;
  const said = seldom(() => onProgress(`documents: ${files}`));
  for await (const { file } of documentsOf(source, list)) {
    await placeFile(join(source, file), join(folder, file.slice('documents/'.length)), 0o600);
    files += 1;
    said();
  }
  if (files > 0) await syncTree(folder);
}
