import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Misunderstood, type CliCommand } from './command.js';
import { anchor } from './commands/anchor.js';
import { backup } from './commands/backup.js';
import { calendar } from './commands/calendar.js';
import { exportDispute } from './commands/export.js';
import { importDisputes } from './commands/import.js';
import { keys } from './commands/keys.js';
import { migrateSchema } from './commands/migrate.js';
import { projections } from './commands/projections.js';
import { restore } from './commands/restore.js';
import { verifyPackage } from './commands/verify-package.js';
import { verify } from './commands/verify.js';
import { cliContext } from './context.js';

/** In the order in which the help lists them. */
const commands: Readonly<Record<string, CliCommand>> = {
  migrate: migrateSchema,
  verify,
  anchor,
  export: exportDispute,
  'verify-package': verifyPackage,
  keys,
  calendar,
  projections,
  backup,
  restore,
  import: importDisputes,
};

const usage = (): string => {
  const width = Math.max(...Object.values(commands).map((command) => command.usage.length)) + 4;
  const rows = [...Object.values(commands), { usage: 'help', summary: ['this text'] }].flatMap(
    ({ usage: left, summary }) => summary.map((line, index) => `  ${(index === 0 ? left : '').padEnd(width)}${line}`),
  );
  return [
    'Usage: accord <command>',
    '',
    ...rows,
    '',
    'The database is DATABASE_URL (migrate and restore: DATABASE_ADMIN_URL, its owner); without it the local Accord',
    'that runs in ACCORD_HOME (.accord).',
    'Exit codes: 0 done, 1 failed or damage found, 2 not understood.',
  ].join('\n');
};

/** One operator command. Answers the exit code. Throws `StoreUnavailable`, and an Error that says what is missing. */
export async function accord(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<number> {
  const [name = '', ...rest] = args;
  if (['help', '--help', '-h'].includes(name)) {
    print(usage());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    print(usage());
    return 2;
  }
  try {
    return await command.run(rest, cliContext(env, print));
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    print([error.message, `Usage: accord ${command.usage}`].filter(Boolean).join('\n'));
    return 2;
  }
}

/** A database's message may quote a row: only our own are shown in full. */
const mayBeShown = (error: unknown): error is Error =>
  error instanceof Error &&
  ['CannotRun', 'ConfigProblem', 'Error', 'StoreUnavailable', 'UnknownMasterKey'].includes(error.name);

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  accord(process.argv.slice(2), process.env, print).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      process.stderr.write(`accord: ${mayBeShown(error) ? error.message : 'failed'}\n`);
      process.exitCode = 1;
    },
  );
}
