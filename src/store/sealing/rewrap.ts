import type { Pool } from 'pg';
import { run } from '../pool.js';
import { keyContext } from './data-keys.js';
import type { MasterKeys } from './master-keys.js';
import { systemKeyContext, type SystemKey } from './system-keys.js';

export interface Rewrapped {
  /** Id of the master key that all keys are wrapped by now. */
  masterKeyId: string;
  /** Keys that were wrapped anew, and all that were looked at. */
  rewrapped: number;
  seen: number;
}

export interface RewrapOptions {
  /** Keys taken at a time; default 500. Memory is bounded by them. */
  batch?: number;
  progress?: (done: Rewrapped) => void;
}

interface Row {
  disputeId: string;
  subject: string;
  masterKeyId: string;
  wrapped: Buffer;
}

const selectBatch = {
  name: 'rewrap-batch',
  text: `SELECT dispute_id AS "disputeId", subject, master_key_id AS "masterKeyId", wrapped
    FROM accord.data_keys WHERE (dispute_id, subject) > ($1, $2) ORDER BY dispute_id, subject LIMIT $3`,
};

// A key that was erased meanwhile is no longer there, and stays so.
const updateBatch = {
  name: 'rewrap-update',
  text: `UPDATE accord.data_keys k SET master_key_id = $1, wrapped = n.wrapped
    FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bytea[]) AS n(dispute_id, subject, before, wrapped)
    WHERE k.dispute_id = n.dispute_id AND k.subject = n.subject AND k.wrapped = n.before`,
};

const selectSystem = {
  name: 'rewrap-system',
  text: `SELECT name, master_key_id AS "masterKeyId", wrapped FROM accord.system_keys WHERE master_key_id <> $1`,
};

const updateSystem = {
  name: 'rewrap-system-update',
  text: `UPDATE accord.system_keys SET master_key_id = $2, wrapped = $3 WHERE name = $1 AND wrapped = $4`,
};

/** Passes over the table: a process that has not been told of the new key may still write under the former. */
const mostPasses = 5;

/**
 * Wraps every key anew under the current master key, in batches that each stand by themselves: stopped in between, it
 * is run again and goes on. What is sealed stays as it is. Over a pool of the owner's role; the former master keys must
 * be among those given.
 *
 * @throws UnknownMasterKey, SealBroken, StoreUnavailable; Error where keys keep coming under a former master key, or
 *   the master key is replaced meanwhile
 */
export async function rewrapKeys(pool: Pool, masterKeys: MasterKeys, options: RewrapOptions = {}): Promise<Rewrapped> {
  const done: Rewrapped = { masterKeyId: await masterKeys.currentId(), rewrapped: 0, seen: 0 };
  await rewrapSystemKeys(pool, masterKeys, done);
  const system = done.seen;
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const before = done.rewrapped;
    // Looked at again, to be sure: not counted twice.
    done.seen = system;
    await rewrapPass(pool, masterKeys, options, done);
    if (done.rewrapped === before) return done;
  }
  throw new Error(
    'Keys are still being written under a former master key: start every process anew, then run this again.',
  );
}

async function rewrapPass(
  pool: Pool,
  masterKeys: MasterKeys,
  { batch = 500, progress }: RewrapOptions,
  done: Rewrapped,
): Promise<void> {
  let place = ['', ''];
  for (;;) {
    const rows = await run<Row>(pool, selectBatch, [...place, batch]);
    const old = rows.filter(({ masterKeyId }) => masterKeyId !== done.masterKeyId);
    const wrapped: Buffer[] = [];
    for (const row of old) {
      const context = keyContext(row.disputeId, row.subject);
      wrapped.push(await rewrapped(masterKeys, row, context, done.masterKeyId));
    }
    if (old.length > 0) {
      await run(pool, updateBatch, [
        done.masterKeyId,
        old.map(({ disputeId }) => disputeId),
        old.map(({ subject }) => subject),
        old.map(({ wrapped: before }) => before),
        wrapped,
      ]);
    }
    done.rewrapped += old.length;
    done.seen += rows.length;
    progress?.({ ...done });
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    place = [last.disputeId, last.subject];
  }
}

/** The key under the master key that was current when this run began: its id is written beside it. */
async function rewrapped(masterKeys: MasterKeys, row: Row, context: string, masterKeyId: string): Promise<Buffer> {
  const now = await masterKeys.wrap(await masterKeys.unwrap(row, context), context);
  if (now.masterKeyId !== masterKeyId) throw new Error('The master key was replaced meanwhile: run this again.');
  return now.wrapped;
}

async function rewrapSystemKeys(pool: Pool, masterKeys: MasterKeys, done: Rewrapped): Promise<void> {
  const rows = await run<Row & { name: SystemKey }>(pool, selectSystem, [done.masterKeyId]);
  for (const row of rows) {
    const context = systemKeyContext(row.name);
    const wrapped = await rewrapped(masterKeys, row, context, done.masterKeyId);
    await run(pool, updateSystem, [row.name, done.masterKeyId, wrapped, row.wrapped]);
    done.rewrapped += 1;
    done.seen += 1;
  }
}
