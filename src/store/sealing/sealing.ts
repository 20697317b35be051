import type { Pool } from 'pg';
import { canonical } from '../canonical.js';
import type { Json, SealedValue, ShownValue } from '../contract.js';
import { run } from '../pool.js';
import { tokensOf, tokensSought, isIndexed, type SoughtTokens } from './blind-index.js';
import { openBytes, sealBytes, SealBroken } from './cipher.js';
import { createDataKeys, type KeyRow, type OpenKeys } from './data-keys.js';
import type { MasterKeys } from './master-keys.js';
import { createSystemKeys, type SystemKey } from './system-keys.js';

/** What `sealedInView` and `sealedByRef` answer: keys, and values under them. Bytes are hex. */
export interface SealedJson {
  keys: [subject: string, masterKeyId: string, wrapped: string][] | null;
  values: [ref: string, kind: string, subject: string | null, sealed: string][] | null;
}

const keysOf = (id: string, which: string): string =>
  `(SELECT json_agg(json_build_array(k.subject, k.master_key_id, encode(k.wrapped, 'hex')))
      FROM accord.data_keys k WHERE k.dispute_id = ${id} AND ${which})`;

const valuesOf = (id: string, which: string): string =>
  `(SELECT json_agg(json_build_array(v.ref, v.kind, v.subject, encode(v.sealed, 'hex')))
      FROM accord.sealed_values v WHERE v.dispute_id = ${id} AND ${which})`;

/** SQL: as `SealedJson`, what the view of the dispute `id` (an expression) shows. */
export const sealedInView = (id: string): string =>
  `json_build_object('keys', ${keysOf(id, 'k.in_view')}, 'values', ${valuesOf(id, 'v.in_view')})`;

/** SQL: as `SealedJson`, the values of the dispute `id` whose reference is among `refs` (an expression, text[]). */
export const sealedByRef = (id: string, refs: string): string =>
  `json_build_object('keys', ${keysOf(
    id,
    `k.subject IN (SELECT coalesce(v.subject, '') FROM accord.sealed_values v
       WHERE v.dispute_id = ${id} AND v.ref = ANY (${refs}))`,
  )}, 'values', ${valuesOf(id, `v.ref = ANY (${refs})`)})`;

/** A value in the clear, with the salt by which its commitment can be checked. */
export interface OpenedValue extends ShownValue {
  /** Hex, 16 bytes. */
  salt: string;
}

/** What accord.write_sealed takes. Bytes are hex. */
export interface SealedWrite {
  keys: (KeyRow & { inView: boolean })[];
  values: { ref: string; kind: string; subject: string | null; sealed: string; inView: boolean }[];
  index: { subject: string; tokens: string[] }[];
}

/** Seals values for the store and opens them: the only place where both a key and a value are at hand. */
export interface Sealing {
  /**
   * `fresh`: the dispute has no key yet. Keys that it has and this process does not remember cost one round trip.
   *
   * @throws UnstorableText
   */
  seal(disputeId: string, values: readonly SealedValue[], fresh: boolean): Promise<SealedWrite>;
  /** By reference. `all`: these are the keys of the dispute's view. @throws SealBroken, UnknownMasterKey */
  open(disputeId: string, sealed: SealedJson | null, all?: boolean): Promise<Record<string, OpenedValue>>;
  /** The tokens of what somebody looks for; among values of these kinds only, where some are named. */
  sought(text: string, kinds?: readonly string[]): Promise<SoughtTokens>;
  /** Keys of this dispute are read anew when they are needed next. */
  forget(disputeId: string): void;
  systemKey(name: SystemKey): Promise<Buffer>;
}

const saltLength = 16;

/** What a value is bound to: sealed in one place, it cannot be opened in another. */
const valueContext = (disputeId: string, ref: string, kind: string, subject: string | null): string =>
  JSON.stringify(['accord value', disputeId, ref, kind, subject]);

const selectKeys = {
  name: 'data-keys',
  text: `SELECT subject, master_key_id AS "masterKeyId", encode(wrapped, 'hex') AS wrapped
    FROM accord.data_keys WHERE dispute_id = $1 AND subject = ANY ($2)`,
};

/** Over a pool of the application's role. @param most keys remembered, see `mostKeys` */
export function createSealing(pool: Pool, masterKeys: MasterKeys, most?: number): Sealing {
  const dataKeys = createDataKeys(masterKeys, most);
  const systemKey = createSystemKeys(pool, masterKeys);

  const keysFor = async (disputeId: string, subjects: string[], fresh: boolean): Promise<OpenKeys> => {
    if (fresh) return new Map();
    const known = dataKeys.known(disputeId);
    if (known) return known;
    return dataKeys.open(disputeId, await run<KeyRow>(pool, selectKeys, [disputeId, subjects]), true);
  };

  return {
    seal: async (disputeId, values, fresh) => {
      const subjects = [...new Set(values.map(({ subject }) => subject ?? ''))];
      const known = await keysFor(disputeId, subjects, fresh);
      const keys = new Map<string, Buffer>();
      const written: SealedWrite = { keys: [], values: [], index: [] };
      for (const subject of subjects) {
        const old = known.get(subject);
        const { key, row } = old ? { key: old, row: null } : await dataKeys.make(disputeId, subject);
        keys.set(subject, key);
        // What a command's view will show must be opened by every command: its key is loaded with it.
        const inView = subject === '' || values.some((one) => one.subject === subject && one.inView);
        if (row) written.keys.push({ ...row, inView });
      }
      for (const { ref, kind, subject, salt, value, inView } of values) {
        const plain = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(canonical(value), 'utf8')]);
        const sealed = sealBytes(keys.get(subject ?? '')!, plain, valueContext(disputeId, ref, kind, subject));
        written.values.push({ ref, kind, subject, sealed: sealed.toString('hex'), inView });
      }
      const indexed = values.filter(({ kind }) => isIndexed(kind));
      if (indexed.length > 0) {
        const key = await systemKey('blind-index');
        for (const subject of new Set(indexed.map((one) => one.subject ?? ''))) {
          const own = indexed.filter((one) => (one.subject ?? '') === subject);
          const tokens = [...new Set(own.flatMap(({ kind, value }) => tokensOf(key, kind, value)))];
          if (tokens.length > 0) written.index.push({ subject, tokens });
        }
      }
      return written;
    },

    open: async (disputeId, sealed, all = false) => {
      const rows = (sealed?.keys ?? []).map(([subject, masterKeyId, wrapped]) => ({ subject, masterKeyId, wrapped }));
      const keys = await dataKeys.open(disputeId, rows, all);
      const opened: Record<string, OpenedValue> = {};
      for (const [ref, kind, subject, bytes] of sealed?.values ?? []) {
        const context = valueContext(disputeId, ref, kind, subject);
        const key = keys.get(subject ?? '');
        if (!key) throw new SealBroken(`Its key is missing: ${context}`);
        const plain = openBytes(key, Buffer.from(bytes, 'hex'), context);
        opened[ref] = {
          kind,
          subject,
          value: JSON.parse(plain.toString('utf8', saltLength)) as Json,
          salt: plain.toString('hex', 0, saltLength),
        };
      }
      return opened;
    },

    sought: async (text, kinds) => tokensSought(await systemKey('blind-index'), text, kinds),
    forget: (disputeId) => dataKeys.forget(disputeId),
    systemKey,
  };
}
