import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Endorsement, PublicKey } from '../../keys.js';
import type { PackagedKeys } from '../contract.js';
import { Broken } from './archive.js';

/** The keys in a package, and whether one that is trusted vouches for them. */

/** RFC 7638 thumbprint of an Ed25519 key. */
export const thumbprint = (x: string): string =>
  createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');

/** Checks that every key is what its id says. @throws Broken */
export const readKeys = ({ keys }: PackagedKeys): Map<string, PublicKey> => {
  const found = new Map<string, PublicKey>();
  for (const key of keys) {
    if (thumbprint(key.jwk.x) !== key.kid) throw new Broken(`keys.json: key ${key.kid} is not the key of that id`);
    found.set(key.kid, key);
  }
  return found;
};

/** @throws Broken where the key is not one of Ed25519 */
export const isSignedBy = (key: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean => {
  const { x } = key.jwk;
  let publicKey;
  try {
    publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    throw new Broken(`keys.json: key ${key.kid} is not an Ed25519 key`);
  }
  return verify(null, bytes, publicKey, signature);
};

interface Vouched {
  kid: string;
  endorsedBy: string;
}

const statementOf = ({ statement }: Endorsement): (Vouched & { x: string }) | null => {
  try {
    const read = JSON.parse(statement) as Vouched & { kind: string; format: number; x: string };
    return read.kind === 'accord-key' && read.format === 1 ? read : null;
  } catch {
    return null;
  }
};

/** Checks every endorsement whose endorser is in the package; answers who is vouched for by whom. @throws Broken */
export const readEndorsements = (keys: ReadonlyMap<string, PublicKey>): Map<string, string> => {
  const vouched = new Map<string, string>();
  for (const { kid, jwk, endorsement } of keys.values()) {
    if (!endorsement) continue;
    const said = statementOf(endorsement);
    if (!said || said.kid !== kid || said.x !== jwk.x)
      throw new Broken(`keys.json: the endorsement of key ${kid} speaks of another`);
    const by = keys.get(said.endorsedBy);
    if (!by) continue;
    const signature = Buffer.from(endorsement.signature, 'base64');
    if (!isSignedBy(by, Buffer.from(endorsement.statement, 'utf8'), signature))
      throw new Broken(`keys.json: the endorsement of key ${kid} is not signed by key ${by.kid}`);
    vouched.set(kid, by.kid);
  }
  return vouched;
};

/** How many endorsements lead from a trusted key to this one; null where none do. */
export const stepsFrom = (trusted: string, kid: string, vouched: ReadonlyMap<string, string>): number | null => {
  let at = kid;
  for (let steps = 0; steps <= vouched.size; steps += 1) {
    if (at === trusted) return steps;
    const before = vouched.get(at);
    if (before === undefined) return null;
    at = before;
  }
  return null;
};
