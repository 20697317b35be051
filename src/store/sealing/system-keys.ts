import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { run } from '../pool.js';
import { keyLength } from './cipher.js';
import type { MasterKeys } from './master-keys.js';

/** Keys that are not about one dispute: of the blind index, and of the documents' bytes. */
export type SystemKey = 'blind-index' | 'documents';

export const systemKeyContext = (name: SystemKey): string => JSON.stringify(['accord system key', name]);

const selectKey = {
  name: 'system-key',
  text: `SELECT master_key_id AS "masterKeyId", wrapped FROM accord.system_keys WHERE name = $1`,
};

const installKey = {
  name: 'install-system-key',
  text: `SELECT accord.install_system_key($1, $2, $3)`,
};

interface Row {
  masterKeyId: string;
  wrapped: Buffer;
}

/**
 * Answers a system key, made where there is none yet; unwrapped once a process. It does not change when the master key
 * does, so that what was indexed is still found.
 */
export function createSystemKeys(pool: Pool, masterKeys: MasterKeys): (name: SystemKey) => Promise<Buffer> {
  const known = new Map<SystemKey, Promise<Buffer>>();
  const fetchKey = async (name: SystemKey): Promise<Buffer> => {
    let [row] = await run<Row>(pool, selectKey, [name]);
    if (!row) {
      const made = await masterKeys.wrap(randomBytes(keyLength), systemKeyContext(name));
      await run(pool, installKey, [name, made.masterKeyId, made.wrapped]);
      // Of two that make it at once, the first one's stands.
      [row] = await run<Row>(pool, selectKey, [name]);
    }
    return masterKeys.unwrap(row!, systemKeyContext(name));
  };
  return (name) => {
    const asked = known.get(name) ?? fetchKey(name);
    known.set(name, asked);
    asked.catch(() => known.delete(name));
    return asked;
  };
}
