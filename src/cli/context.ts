import { runningDatabase } from '../local/running.js';
import { createPool } from '../store/pool.js';
import { CannotRun, type CliContext } from './command.js';

/** What a command works with, out of the environment. */
export const cliContext = (env: NodeJS.ProcessEnv, print: (line: string) => void): CliContext => {
  const home = env['ACCORD_HOME'] || '.accord';
  const needed = (name: 'DATABASE_URL' | 'DATABASE_ADMIN_URL', local: 'databaseUrl' | 'databaseAdminUrl') => {
    const url = env[name] || runningDatabase(home)?.[local];
    if (!url)
      throw new CannotRun(`${name} is not set, and no local Accord runs in ${home} (npm start, or set ACCORD_HOME)`);
    return url;
  };
  const databaseUrl = () => needed('DATABASE_URL', 'databaseUrl');
  return {
    env,
    home,
    print,
    progress: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
    },
    databaseUrl,
    databaseAdminUrl: () => needed('DATABASE_ADMIN_URL', 'databaseAdminUrl'),
    withPool: async (work) => {
      const pool = createPool(databaseUrl(), { max: 4 });
      try {
        return await work(pool);
      } finally {
        await pool.end();
      }
    },
  };
};
