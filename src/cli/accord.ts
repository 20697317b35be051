import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEventStore } from '../store/event-store.js';
import { migrate } from '../store/migrate.js';
import { createPool, run } from '../store/pool.js';

const usage = `Usage: accord <command>

  migrate             bring the schema up to date (DATABASE_ADMIN_URL: the owner of the database)
  verify [dispute]    recompute the hash chain of one dispute, or of all (DATABASE_URL)
  help                this text

Exit codes: 0 done, 1 failed or damage found, 2 not understood.
`;

/** One operator command. Answers the exit code. Throws `StoreUnavailable`, and an Error that says what is missing. */
export async function accord(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'migrate':
      if (rest.length > 0) break;
      await migrate(needed(env, 'DATABASE_ADMIN_URL'), print, { production: env['ACCORD_MODE'] !== 'local' });
      print('the schema is up to date');
      return 0;
    case 'verify':
      if (rest.length > 1) break;
      return verify(needed(env, 'DATABASE_URL'), rest[0], print);
    case undefined:
    case 'help':
    case '--help':
      print(usage);
      return command === undefined ? 2 : 0;
  }
  print(usage);
  return 2;
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const pageOfStreams = {
  name: 'cli-streams',
  // Those that have a head, and those whose head was taken away.
  text: `(SELECT stream FROM accord.streams WHERE stream > $1 ORDER BY stream LIMIT 500)
    UNION (SELECT stream FROM accord.events WHERE stream > $1 GROUP BY stream ORDER BY stream LIMIT 500)
    ORDER BY stream LIMIT 500`,
};

/** Names every damaged stream with the first damaged version. A dispute is named by its id. */
async function verify(
  databaseUrl: string,
  disputeId: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  const pool = createPool(databaseUrl, { max: 2 });
  const store = createEventStore(pool);
  let streams = 0;
  let events = 0;
  let damaged = 0;
  const check = async (stream: string): Promise<void> => {
    const found = await store.verifyStream(stream);
    streams += 1;
    if (found.ok) events += found.events;
    else {
      damaged += 1;
      print(`${stream}: version ${found.version}: ${found.problem}`);
    }
  };
  try {
    if (disputeId !== undefined) {
      await check(`dispute-${disputeId}`);
      if (events === 0 && damaged === 0) {
        print(`no events of dispute ${disputeId}`);
        return 1;
      }
    } else {
      for (let after = ''; ;) {
        const page = await run<{ stream: string }>(pool, pageOfStreams, [after]);
        for (const { stream } of page) await check(stream);
        if (page.length === 0) break;
        after = page.at(-1)!.stream;
      }
    }
  } finally {
    await pool.end();
  }
  print(`${streams} ${streams === 1 ? 'stream' : 'streams'}, ${events} events, ${damaged} damaged`);
  return damaged === 0 ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  accord(process.argv.slice(2), process.env, print).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      // A database's message may quote a row: only our own are shown in full.
      const own = error instanceof Error && ['Error', 'StoreUnavailable'].includes(error.name);
      process.stderr.write(`accord: ${own ? error.message : 'failed'}\n`);
      process.exitCode = 1;
    },
  );
}
