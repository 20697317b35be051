import type { Pool } from 'pg';
import { run } from '../pool.js';
import { keyContext } from './data-keys.js';
import { UnknownMasterKey, type MasterKeys } from './master-keys.js';
import { systemKeyContext, type SystemKey } from './system-keys.js';

/** One key under each master key. */
const selectOnePerMaster = {
  name: 'one-key-per-master',
  text: `SELECT DISTINCT ON (master_key_id) * FROM (
      (SELECT DISTINCT ON (master_key_id) master_key_id AS "masterKeyId", master_key_id, wrapped,
              dispute_id AS "disputeId", subject, NULL AS system FROM accord.data_keys)
      UNION ALL
      SELECT master_key_id, master_key_id, wrapped, NULL, NULL, name FROM accord.system_keys
    ) AS k`,
};

interface Row {
  masterKeyId: string;
  wrapped: Buffer;
  disputeId: string;
  subject: string;
  system: SystemKey | null;
}

const selectSystem = {
  name: 'system-keys-all',
  text: `SELECT master_key_id AS "masterKeyId", wrapped, NULL AS "disputeId", NULL AS subject, name AS system
    FROM accord.system_keys`,
};

/**
 * Ids of the master keys that something here is sealed under and that are not at hand (none is: `masterKeys` null). Looks
 * at every data key.
 *
 * @throws SealBroken, StoreUnavailable
 */
export const missingMasterKeys = async (pool: Pool, masterKeys: MasterKeys | null): Promise<string[]> =>
  missingAmong(await run<Row>(pool, selectOnePerMaster), masterKeys);

/** The same of the keys that everything needs: quick, for the start of a process. `isNew`: nothing was ever sealed here. */
export const missingAtStart = async (
  pool: Pool,
): Promise<{ isNew: boolean; missing: (masterKeys: MasterKeys) => Promise<string[]> }> => {
  const rows = await run<Row>(pool, selectSystem);
  return { isNew: rows.length === 0, missing: (masterKeys) => missingAmong(rows, masterKeys) };
};

const missingAmong = async (rows: readonly Row[], masterKeys: MasterKeys | null): Promise<string[]> => {
  const missing = new Set<string>();
  for (const row of rows) {
    const context = row.system ? systemKeyContext(row.system) : keyContext(row.disputeId, row.subject);
    try {
      if (!masterKeys) missing.add(row.masterKeyId);
      else await masterKeys.unwrap(row, context);
    } catch (error) {
      if (!(error instanceof UnknownMasterKey)) throw error;
      missing.add(row.masterKeyId);
    }
  }
  return [...missing];
};
