import type { Pool } from 'pg';
import { ConfigProblem } from '../commands/environment.js';
import type { MasterKeys } from '../store/sealing/master-keys.js';
import { missingAtStart } from '../store/sealing/missing-master-keys.js';
import { openMasterKeys } from '../store/sealing/open-master-keys.js';
import type { ApiConfig } from './config.js';

/**
 * The master keys, with which what is sealed here can be opened. In local mode one is made for a record in which nothing was
 * sealed yet, and for no other: a new key beside a restored record would hide that its own is missing.
 *
 * @throws ConfigProblem, StoreUnavailable
 */
export const usableMasterKeys = async (
  { mode, home, masterKeys: { current, former } }: Pick<ApiConfig, 'mode' | 'home' | 'masterKeys'>,
  pool: Pool,
): Promise<MasterKeys> => {
  const { isNew, missing } = await missingAtStart(pool);
  try {
    const make = mode === 'local' && isNew;
    const keys = openMasterKeys(home, { ACCORD_MASTER_KEY: current, ACCORD_MASTER_KEYS_FORMER: former }, { make });
    const [id] = await missing(keys);
    if (id === undefined) return keys;
    throw new ConfigProblem(`The record is sealed under master key ${id}, which is not among those given.`);
  } catch (error) {
    if (error instanceof TypeError) throw new ConfigProblem(error.message);
    throw error;
  }
};
