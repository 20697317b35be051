import { parseArgs } from 'node:util';
import { createPool } from '../../store/pool.js';
import { UnknownMasterKey } from '../../store/sealing/master-keys.js';
import { addMasterKey, openMasterKeys } from '../../store/sealing/open-master-keys.js';
import { rewrapKeys } from '../../store/sealing/rewrap.js';
import { CannotRun, Misunderstood, type CliContext } from '../command.js';

/** `accord keys rotate-master [--new]`: wraps every data key under the current master key. Safe to run again. */
export async function rotateMaster(args: readonly string[], context: CliContext): Promise<number> {
  const { env, home, print, progress } = context;
  const isNew = asksForNew(args);
  if (isNew && env['ACCORD_MASTER_KEY'])
    throw new CannotRun(
      'ACCORD_MASTER_KEY holds the key: put a new one there and the former into ACCORD_MASTER_KEYS_FORMER',
    );
  const pool = createPool(context.databaseAdminUrl(), { max: 2 });
  try {
    if (isNew) addMasterKey(home);
    const masterKeys = openMasterKeys(home, env);
    const { masterKeyId, rewrapped, seen } = await rewrapKeys(pool, masterKeys, {
      progress: (done) => progress(`${done.seen} keys looked at, ${done.rewrapped} wrapped anew`),
    });
    progress('');
    print(`${rewrapped} keys wrapped anew by master key ${masterKeyId}; ${seen} looked at`);
    print(
      'start the processes anew that have their keys by environment variable, and run this again until it says 0 keys: then a former master key is needed only for backups made before, and may be destroyed with them',
    );
    return 0;
  } catch (error) {
    if (error instanceof TypeError || error instanceof UnknownMasterKey) throw new CannotRun(error.message);
    throw error;
  } finally {
    await pool.end();
  }
}

const asksForNew = (args: readonly string[]): boolean => {
  try {
    return parseArgs({ args: [...args], options: { new: { type: 'boolean', default: false } } }).values.new;
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
