import type { Pool } from 'pg';
import { run } from '../pool.js';
import { keyContext } from '../sealing/data-keys.js';
import { UnknownMasterKey, type MasterKeys } from '../sealing/master-keys.js';
import { systemKeyContext, type SystemKey } from '../sealing/system-keys.js';

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

/**
 * Ids of the master keys that something here is sealed under and that are not at hand (none is: `masterKeys` null).
 *
 * @throws SealBroken, StoreUnavailable
 */
export async function missingMasterKeys(pool: Pool, masterKeys: MasterKeys | null): Promise<string[]> {
  const missing: string[] = [];
  for (const row of await run<Row>(pool, selectOnePerMaster)) {
    const context = row.system ? systemKeyContext(row.system) : keyContext(row.disputeId, row.subject);
    try {
      if (!masterKeys) missing.push(row.masterKeyId);
      else await masterKeys.unwrap(row, context);
    } catch (error) {
      if (!(error instanceof UnknownMasterKey)) throw error;
      missing.push(row.masterKeyId);
    }
  }
  return missing;
}
