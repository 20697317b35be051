import { randomBytes } from 'node:crypto';
import { keyLength } from './cipher.js';
import type { MasterKeys, Wrapped } from './master-keys.js';

/** The key of one subject of one dispute, as it is kept: `''` for what is about nobody in particular. */
export interface KeyRow {
  subject: string;
  masterKeyId: string;
  /** Hex. */
  wrapped: string;
}

/** What a data key is bound to when it is wrapped. */
export const keyContext = (disputeId: string, subject: string): string =>
  JSON.stringify(['accord data key', disputeId, subject]);

export type OpenKeys = ReadonlyMap<string, Buffer>;

export interface DataKeys {
  /** The keys in these rows, unwrapped and remembered. `all`: the dispute has no others that a command needs. */
  open(disputeId: string, rows: readonly KeyRow[], all: boolean): Promise<OpenKeys>;
  /** Those last opened, if they are still remembered. */
  known(disputeId: string): OpenKeys | undefined;
  /** A new key, and the row to keep it in. Not remembered: it may never be written. */
  make(disputeId: string, subject: string): Promise<{ key: Buffer; row: KeyRow }>;
  forget(disputeId: string): void;
}

/** Keys remembered by a process, at most. One takes about 400 bytes: 8 MB in all. */
export const mostKeys = 20_000;

interface Remembered {
  wrapped: Map<string, string>;
  keys: Map<string, Buffer>;
}

/** Unwraps data keys, and remembers those of the disputes that were used last. */
export function createDataKeys(masterKeys: MasterKeys, most = mostKeys): DataKeys {
  const remembered = new Map<string, Remembered>();
  let count = 0;

  const forget = (disputeId: string): void => {
    count -= remembered.get(disputeId)?.keys.size ?? 0;
    remembered.delete(disputeId);
  };
  const remember = (disputeId: string, entry: Remembered): void => {
    forget(disputeId);
    remembered.set(disputeId, entry);
    count += entry.keys.size;
    // A Map keeps the order of insertion: the first is the one used least lately.
    for (const oldest of remembered.keys()) {
      if (count <= most || oldest === disputeId) break;
      forget(oldest);
    }
  };

  return {
    open: async (disputeId, rows, all) => {
      const before = remembered.get(disputeId);
      if (before && isSame(before, rows)) {
        // Used last: to the end of the order.
        remembered.delete(disputeId);
        remembered.set(disputeId, before);
        return before.keys;
      }
      const entry: Remembered = {
        wrapped: new Map(all ? [] : before?.wrapped),
        keys: new Map(all ? [] : before?.keys),
      };
      for (const { subject, masterKeyId, wrapped } of rows) {
        // The same bytes in the same place are the same key.
        const known = before?.wrapped.get(subject) === wrapped ? before.keys.get(subject) : undefined;
        const key = known ?? (await unwrap(masterKeys, { masterKeyId, wrapped }, disputeId, subject));
        entry.wrapped.set(subject, wrapped);
        entry.keys.set(subject, key);
      }
      if (all ? rows.length > 0 : before !== undefined) remember(disputeId, entry);
      return entry.keys;
    },
    known: (disputeId) => remembered.get(disputeId)?.keys,
    make: async (disputeId, subject) => {
      const key = randomBytes(keyLength);
      const { masterKeyId, wrapped } = await masterKeys.wrap(key, keyContext(disputeId, subject));
      return { key, row: { subject, masterKeyId, wrapped: wrapped.toString('hex') } };
    },
    forget,
  };
}

/** The keys remembered are these, and no others: nothing to unwrap, as with nearly every command. */
const isSame = ({ wrapped }: Remembered, rows: readonly KeyRow[]): boolean =>
  wrapped.size === rows.length && rows.every((row) => wrapped.get(row.subject) === row.wrapped);

const unwrap = (
  masterKeys: MasterKeys,
  { masterKeyId, wrapped }: { masterKeyId: string; wrapped: string },
  disputeId: string,
  subject: string,
): Promise<Buffer> =>
  masterKeys.unwrap(
    { masterKeyId, wrapped: Buffer.from(wrapped, 'hex') } satisfies Wrapped,
    keyContext(disputeId, subject),
  );
