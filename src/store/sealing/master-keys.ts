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

/** Milliseconds between two looks at whether the source has changed. */
const lookMs = 1_000;

/**
 * Master keys held in this process, 32 bytes each. `stamp` tells one state of the source from another: who asks what
 * wraps now looks at it, at most once a second. A source that cannot be read just then is read at the next look.
 *
 * @throws TypeError where one has not 32 bytes, or there is none
 */
export function heldMasterKeys(source: KeySource, stamp: () => string = () => ''): MasterKeys {
  // Before the keys: what changes in between is read once more.
  let seen = stamp();
  let known = readKeys(source);
  let lookedAt = performance.now();
  const current = () => {
    const now = performance.now();
    if (now - lookedAt < lookMs) return known;
    lookedAt = now;
    try {
      const found = stamp();
      if (found === seen) return known;
      known = readKeys(source);
      seen = found;
    } catch {
      // The keys held go on: what they wrap can be opened by whoever has the file as it was.
    }
    return known;
  };
  const keyOf = (id: string): Uint8Array => {
    const found = known.byId.get(id);
    if (found) return found;
    known = readKeys(source);
    const after = known.byId.get(id);
    if (!after) throw new UnknownMasterKey(`No master key ${id} among those given.`);
    return after;
  };
  return {
    currentId: () => Promise.resolve(current().currentId),
    wrap: (key, context) => {
      const { currentId: id, byId } = current();
      return Promise.resolve({ masterKeyId: id, wrapped: sealBytes(byId.get(id)!, key, context) });
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
