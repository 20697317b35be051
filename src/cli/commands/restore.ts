import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPublicKeys } from '../../commands/keys.js';
import { verifyAnchors } from '../../commands/verify-anchors.js';
import { readManifest, UnusableBackup, type Manifest } from '../../store/backup/manifest.js';
import { missingMasterKeys } from '../../store/sealing/missing-master-keys.js';
import { checkBackup, NotRestorable, restoreBackup } from '../../store/backup/restore-backup.js';
import { createPool } from '../../store/pool.js';
import { openMasterKeys } from '../../store/sealing/open-master-keys.js';
import { verifyAll } from '../../store/verify.js';
import { CannotRun, Misunderstood, type CliCommand, type CliContext } from '../command.js';
import { placeKeyFiles } from '../key-files.js';
import { withOwnDatabase } from '../own-database.js';

export const restore: CliCommand = {
  usage: 'restore FOLDER [--without-documents] [--check]',
  summary: [
    'fill an empty database with a backup (DATABASE_ADMIN_URL: its owner), with Accord stopped; then check all chains and',
    'anchors. --check: only check that every file of the backup is whole',
  ],
  run: async (args, context) => {
    const { folder, withDocuments, onlyCheck } = parse(args);
    try {
      return onlyCheck ? await check(folder, context) : await bringBack(folder, withDocuments, context);
    } catch (error) {
      if (error instanceof UnusableBackup || error instanceof NotRestorable) throw new CannotRun(error.message);
      throw error;
    }
  },
};

async function check(folder: string, { print, progress }: CliContext): Promise<number> {
  const { madeAt, tables } = await checkBackup(folder, progress);
  progress('');
  print(`the backup of ${madeAt} is whole: ${inIt(tables)}`);
  return 0;
}

async function bringBack(folder: string, withDocuments: boolean, context: CliContext): Promise<number> {
  const { home, print, progress } = context;
  // Before a home is made for what is no backup.
  await readManifest(folder);
  return withOwnDatabase(context, { makesHome: true }, async ({ databaseAdminUrl }) => {
    const { manifest, epoch, open } = await restoreBackup({
      source: folder,
      databaseAdminUrl,
      documents: withDocuments ? join(home, 'documents') : null,
      placeKeys: placeKeyFiles(folder, home),
      log: print,
      onProgress: progress,
    });
    progress('');
    print(`the record of ${manifest.madeAt} is back: ${inIt(manifest.tables)}`);
    print(`epoch ${epoch} begins; the worker will hand ${open} open disputes to Temporal`);
    for (const line of aboutDocuments(manifest, withDocuments)) print(line);
    const sound = await verifyRestored(databaseAdminUrl, context);
    print('what was erased after this backup was made is back with it: erase it again (docs/operations.md)');
    return sound ? 0 : 1;
  });
}

/** Chains, anchors, and whether what is sealed can be opened. */
async function verifyRestored(databaseAdminUrl: string, context: CliContext): Promise<boolean> {
  const { home, env, print, progress } = context;
  const pool = createPool(databaseAdminUrl, { max: 2 });
  try {
    const { streams, events, damaged } = await verifyAll(
      pool,
      ({ stream, version, problem }) => print(`${stream}: version ${version}: ${problem}`),
      (seen) => progress(`checking: ${seen} events`),
    );
    progress('');
    let problems = 0;
    const checked = await verifyAnchors(pool, { keys: openPublicKeys(home, env), onProblem: () => (problems += 1) });
    print(`${streams} streams, ${events} events, ${damaged} damaged; ${checked.anchors} anchors, ${problems} problems`);
    if (problems > 0) print('accord verify names the problems; unknown keys belong into <home>/keys');
    for (const id of await missingMasterKeys(pool, masterKeysOf(context)))
      print(
        `master key ${id} is not here: names and texts sealed under it stay unreadable until it is in ACCORD_MASTER_KEY, ACCORD_MASTER_KEYS_FORMER or ${join(home, 'keys', 'master.key')}`,
      );
    return damaged + problems === 0;
  } finally {
    await pool.end();
  }
}

const masterKeysOf = ({ home, env }: CliContext) => {
  try {
    return openMasterKeys(home, env);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
};

const aboutDocuments = ({ documents }: Manifest, wanted: boolean): string[] => {
  if (documents === null) return ['the backup has no documents: put their folder back by other means'];
  return wanted ? [`${documents.files} documents`] : ['documents were left in the backup'];
};

const inIt = (tables: Manifest['tables']): string =>
  `${tables.length} tables, ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows`;

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'without-documents': { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
      },
    });
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0) throw new Misunderstood();
    return { folder, withDocuments: !values['without-documents'], onlyCheck: values.check };
  } catch (error) {
    throw error instanceof Misunderstood ? error : new Misunderstood((error as Error).message);
  }
};
