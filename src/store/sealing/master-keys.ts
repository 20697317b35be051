import { createHmac, randomBytes } from 'node:crypto';
import { keyLength, openBytes, sealBytes } from './cipher.js';

/** A key under a master key. */
export interface Wrapped {
  masterKeyId: string;
  wrapped: Buffer;
}

/**
 * What wraps the keys that data is sealed under. Asynchronous, so that a key management service can stand behind it,
 * where the master key never leaves its walls. `context` says what a key is for: it must be given again to unwrap.
 */
export interface MasterKeys {
  /** Id of the master key that wraps now. */
  currentId(): Promise<string>;
  wrap(key: Uint8Array, context: string): Promise<Wrapped>;
  /** Throws `UnknownMasterKey`, `SealBroken`. */
  unwrap(wrapped: Wrapped, context: string): Promise<Buffer>;
}

/** A key was wrapped by a master key that is not among those given: a former one is missing from the configuration. */
export class UnknownMasterKey extends Error {
  override readonly name = 'UnknownMasterKey';
}

/** Something personal is to be sealed by a process that was given no master key. */
export class NoMasterKey extends Error {
  override readonly name = 'NoMasterKey';
}

/** The id of a master key: it tells keys apart, and nothing of the key. */
export const masterKeyId = (key: Uint8Array): string =>
  createHmac('sha256', key).update('accord master key id').digest('hex').slice(0, 16);

export const newMasterKey = (): Buffer => randomBytes(keyLength);

/** Where the keys come from; asked again when a key is met that is not among them. The current one first. */
export type KeySource = () => readonly Uint8Array[];

/** Master keys held in this process, 32 bytes each. Throws TypeError where one is not, or there is none. */
export function heldMasterKeys(source: KeySource): MasterKeys {
  let known = readKeys(source);
  const keyOf = (id: string): Uint8Array => {
    const found = known.byId.get(id);
    if (found) return found;
    known = readKeys(source);
    const after = known.byId.get(id);
    if (!after) throw new UnknownMasterKey(`No master key ${id} among those given.`);
    return after;
  };
  return {
    currentId: () => Promise.resolve(known.currentId),
    wrap: (key, context) => {
      const { currentId: id } = known;
      return Promise.resolve({ masterKeyId: id, wrapped: sealBytes(known.byId.get(id)!, key, context) });
    },
    unwrap: async ({ masterKeyId: id, wrapped }, context) => openBytes(keyOf(id), wrapped, context),
  };
}

function readKeys(source: KeySource): { currentId: string; byId: Map<string, Uint8Array> } {
  const keys = source();
  if (keys.length === 0) throw new TypeError('There is no master key.');
  if (keys.some(({ length }) => length !== keyLength)) throw new TypeError('A master key has 32 bytes.');
  return {
    currentId: masterKeyId(keys[0]!),
    byId: new Map(keys.map((key) => [masterKeyId(key), key])),
  };
}
