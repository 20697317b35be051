import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackup } from '../../store/backup/make-backup.js';
import { UnusableBackup } from '../../store/backup/manifest.js';
import { megabytes } from '../../store/backup/progress.js';
import { CannotRun, Misunderstood, type CliCommand } from '../command.js';
import { keyFiles, secretKeyFiles } from '../key-files.js';
import { withOwnDatabase } from '../own-database.js';

export const backup: CliCommand = {
  usage: 'backup FOLDER [--without-documents] [--with-keys]',
  summary: [
    'write the whole record into a new folder while Accord runs: all tables as of one moment, documents, public keys;',
    '--with-keys: the private keys too, without which names and texts cannot be read',
  ],
  run: async (args, context) => {
    const { folder, withDocuments, withKeys } = parse(args);
    const { home, print, progress } = context;
    const since = Date.now();
    const manifest = await withOwnDatabase(context, { makesHome: false }, ({ databaseAdminUrl }) =>
      makeBackup({
        databaseAdminUrl,
        target: folder,
        documents: withDocuments ? join(home, 'documents') : null,
        keys: keyFiles(home, withKeys),
        onProgress: progress,
      }),
    ).catch((error: unknown) => {
      throw error instanceof UnusableBackup ? new CannotRun(error.message) : error;
    });
    progress('');
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = manifest.tables.reduce((sum, table) => sum + table.size, 0);
    print(
      `${manifest.tables.length} tables, ${rows} rows, ${megabytes(bytes)}, as of ${manifest.madeAt} (${Math.round((Date.now() - since) / 1000)} s)`,
    );
    print(
      manifest.documents === null
        ? 'documents are not in it (--without-documents): they must be kept separately'
        : `${manifest.documents.files} documents, ${megabytes(manifest.documents.bytes)}`,
    );
    for (const line of aboutKeys(withKeys, home)) print(line);
    print(`written to ${folder}`);
    return 0;
  },
};

const aboutKeys = (withKeys: boolean, home: string): string[] => {
  const files = secretKeyFiles(home);
  if (withKeys)
    return [
      `private keys are in it${files.length === 0 ? ', but none lies in the home: those in environment variables are not copied' : ` (${files.join(', ')})`}: whoever has this folder can read everything`,
    ];
  const where =
    files.length === 0
      ? 'the environment (ACCORD_MASTER_KEY, ACCORD_SIGNING_KEY, ACCORD_SECRET)'
      : files.map((file) => join(home, file)).join(', ');
  return [
    `private keys are not in it: keep ${where} separately, and safely. Without the master key nobody can read the names`,
    'and texts in this backup ever again; kept beside it, it would open them to whoever finds the two',
  ];
};

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'without-documents': { type: 'boolean', default: false },
        'with-keys': { type: 'boolean', default: false },
      },
    });
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0) throw new Misunderstood();
    return { folder, withDocuments: !values['without-documents'], withKeys: values['with-keys'] };
  } catch (error) {
    throw error instanceof Misunderstood ? error : new Misunderstood((error as Error).message);
  }
};
