import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadedCalendar } from '../../commands/calendars.js';
import { createCommandService } from '../../commands/command-service.js';
import { csvMap, UnknownColumns, type CsvMap } from '../../import/csv-columns.js';
import { importFile, type ImportProgress } from '../../import/import-file.js';
import { UnusableReport } from '../../import/report.js';
import { createDriveStore } from '../../store/drive-store.js';
import { createEventStore } from '../../store/event-store.js';
import { createPool } from '../../store/pool.js';
import { openMasterKeys } from '../../store/sealing/open-master-keys.js';
import type { MasterKeys } from '../../store/sealing/master-keys.js';
import { createSealing } from '../../store/sealing/sealing.js';
import { CannotRun, Misunderstood, type CliCommand, type CliContext } from '../command.js';

/** Connections: for the appends under way, and one to look up. */
const connections = 9;

export const importDisputes: CliCommand = {
  usage: 'import FILE [--name NAME] [--map FILE] [--encoding gb18030] [--organisation CODE] [--report FILE]',
  summary: [
    'import past disputes with their dated facts from a CSV or JSON Lines file (docs/import.md); rows that are refused',
    'are listed in a report. Safe to run again, and after a crash it goes on. NAME: of the backlog, default the file’s',
  ],
  run: async (args, context) => {
    const { file, name, map, encoding, organisation, report } = parse(args);
    const csv = await mapOf(file, map);
    const { print, progress } = context;
    const since = Date.now();
    const done = await withStores(context, (stores) =>
      importFile({
        ...stores,
        file,
        csv,
        encoding,
        name,
        ...(organisation === undefined ? {} : { organisation }),
        report,
        reads: map === undefined ? [] : [map],
        onProgress: (now) => progress(said(now, since)),
      }),
    ).catch((error: unknown) => {
      if (error instanceof UnusableReport) throw new CannotRun(error.message);
      throw error instanceof UnknownColumns ? new CannotRun(`${file}: ${error.message}`) : error;
    });
    progress('');
    const rate = Math.round((done.facts / Math.max(Date.now() - since, 1)) * 1000);
    print(
      `${done.imported} disputes imported, ${done.facts} facts (${rate} a second); ${done.known} were there already`,
    );
    if (done.refused === 0) return 0;
    print(`${done.refused} rows refused: see ${report}. Put them right and import them under the same name (${name})`);
    return 1;
  },
};

type Stores = Pick<Parameters<typeof importFile>[0], 'pool' | 'store' | 'commands' | 'fingerprintKey' | 'beforeBatch'>;

async function withStores<T>(context: CliContext, work: (stores: Stores) => Promise<T>): Promise<T> {
  const masterKeys = masterKeysOf(context);
  const pool = createPool(context.databaseUrl(), { max: connections });
  try {
    const sealing = createSealing(pool, masterKeys);
    const store = createEventStore(pool, { sealing });
    const drives = createDriveStore(pool);
    let calendar = await loadedCalendar(drives);
    const commands = createCommandService({ store, calendar: () => calendar });
    const beforeBatch = async () => {
      calendar = await loadedCalendar(drives);
    };
    return await work({ pool, store, commands, beforeBatch, fingerprintKey: await sealing.systemKey('blind-index') });
  } finally {
    await pool.end();
  }
}

const masterKeysOf = ({ home, env }: CliContext): MasterKeys => {
  try {
    return openMasterKeys(home, env);
  } catch (error) {
    if (error instanceof TypeError) throw new CannotRun(error.message);
    throw error;
  }
};

const said = ({ imported, facts, known, refused, bytes, ofBytes }: ImportProgress, since: number): string => {
  const seconds = Math.max((Date.now() - since) / 1000, 0.001);
  const share = ofBytes === 0 ? 1 : bytes / ofBytes;
  const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : 0;
  return `${Math.floor(share * 100)} %  ${imported} imported, ${known} there already, ${refused} refused  ${Math.round(facts / seconds)} facts/s  ${left} s left`;
};

/** How a table is read; null for JSON Lines. */
const mapOf = async (file: string, map: string | undefined): Promise<CsvMap | null> => {
  if (!existsSync(file)) throw new CannotRun(`${file} cannot be read`);
  if (extname(file).toLowerCase() !== '.csv') {
    if (map !== undefined) throw new Misunderstood('--map is for files whose name ends in .csv');
    return null;
  }
  if (map === undefined) return {};
  const text = await readFile(map, 'utf8').catch(() => {
    throw new CannotRun(`${map} cannot be read`);
  });
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new CannotRun(`${map} is not JSON`);
  }
  const read = csvMap.safeParse(given);
  if (!read.success)
    throw new CannotRun(`${map}: /${(read.error.issues[0]?.path ?? []).join('/')} is not as docs/import.md says`);
  return read.data;
};

const parse = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: text, map: text, encoding: text, organisation: text, report: text },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new Misunderstood();
    const { encoding = 'utf-8', map, organisation, report = `${file}.refused.jsonl` } = values;
    if (encoding !== 'utf-8' && encoding !== 'gb18030') throw new Misunderstood('--encoding is utf-8 or gb18030');
    const name = values.name ?? basename(file, extname(file));
    if (!/^[\p{L}\p{N}\-._]{1,80}$/u.test(name))
      throw new Misunderstood('a name has letters, digits, - . and _ only: give one with --name');
    return { file, name, map, encoding, organisation, report } as const;
  } catch (error) {
    throw error instanceof Misunderstood ? error : new Misunderstood((error as Error).message);
  }
};
