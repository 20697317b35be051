import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '../store/canonical.js';
import { makeOnce, replaceFile } from '../store/placed-file.js';

/** A key that packages are signed with, as anybody may know it. */
export interface PublicKey {
  /** RFC 7638 thumbprint, base64url: the same key has the same id everywhere. */
  kid: string;
  jwk: { kty: 'OKP'; crv: 'Ed25519'; x: string };
  /** SubjectPublicKeyInfo in PEM. */
  pem: string;
  /** By which the key before it vouches for this one; null for a first key. */
  endorsement: Endorsement | null;
}

/** A key's word for its successor: who trusts the former key may trust the latter. */
export interface Endorsement {
  /** RFC 8785 text of {kind: "accord-key", format: 1, kid, x, endorsedBy, madeAt}. */
  statement: string;
  /** Ed25519 over the statement's UTF-8 bytes by the key `endorsedBy`, base64. */
  signature: string;
}

export interface SigningKeys {
  /** The key that signs now. */
  current: PublicKey;
  /** The current key first, then those that signed before it: old packages stay verifiable. */
  all: readonly PublicKey[];
  /** Ed25519 signature (RFC 8032, 64 bytes) over these bytes. */
  sign(bytes: Uint8Array): Buffer;
}

const privateFile = 'package-signing.pem';

/**
 * The Ed25519 keys of package signatures. The private key is the PEM (PKCS#8) in `ACCORD_SIGNING_KEY`, else that in
 * `<home>/keys/package-signing.pem` (mode 0600), which is made at the first start. Public keys of former private ones
 * lie beside it as `<kid>.pub.pem`; `rotateSigningKey` replaces a key.
 *
 * @throws TypeError if the key given is not an Ed25519 private key; what the file system throws
 */
export const openSigningKeys = (
  home: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): SigningKeys => {
  const folder = join(home, 'keys');
  const given = env['ACCORD_SIGNING_KEY'];
  const privateKey = readPrivateKey(given ? given.replaceAll('\\n', '\n') : keptKey(folder));
  const current = publicOf(createPublicKey(privateKey), folder);
  if (!given) keepPublic(folder, current);
  const former = formerKeys(folder).filter(({ kid }) => kid !== current.kid);
  return { current, all: [current, ...former], sign: (bytes) => sign(null, bytes, privateKey) };
};

const readPrivateKey = (pem: string): KeyObject => {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // OpenSSL's message may quote the input.
    throw new TypeError('The signing key is not a private key in PEM.');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('The signing key is not an Ed25519 key.');
  return key;
};

/**
 * The public keys alone, without making one: what signatures are checked with.
 *
 * @throws as `openSigningKeys`
 */
export const openPublicKeys = (
  home: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): readonly PublicKey[] => {
  const folder = join(home, 'keys');
  const given = env['ACCORD_SIGNING_KEY'];
  const kept = formerKeys(folder);
  if (!given) return kept;
  const current = publicOf(createPublicKey(readPrivateKey(given.replaceAll('\\n', '\n'))), folder);
  return [current, ...kept.filter(({ kid }) => kid !== current.kid)];
};

/** A new key takes over; the public half of the former one stays, and vouches for it. */
export interface Rotation {
  former: PublicKey;
  current: PublicKey;
}

/**
 * Replaces the signing key. In the home: a new one is made, and the processes that run sign with it once they are started
 * anew. Where `ACCORD_SIGNING_KEY` holds the key, `next` is the PEM of the one that the variable will hold from now on.
 *
 * @param madeAt instant
 * @throws TypeError if a key given is not an Ed25519 private key, or `next` is missing or needless; what the file system throws
 */
export const rotateSigningKey = (
  home: string,
  madeAt: string,
  next: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Rotation => {
  const configured = Boolean(env['ACCORD_SIGNING_KEY']);
  if (configured && next === undefined)
    throw new TypeError('ACCORD_SIGNING_KEY holds the key: name the file of the next one.');
  const folder = join(home, 'keys');
  const keys = openSigningKeys(home, env);
  const { current: former } = keys;
  const privateKey = next === undefined ? generateKeyPairSync('ed25519').privateKey : readPrivateKey(next);
  const { kid, jwk, pem } = publicOf(createPublicKey(privateKey), folder);
  if (kid === former.kid) throw new TypeError('That is the key in use already.');
  const statement = canonical({
    kind: 'accord-key',
    format: 1,
    kid,
    x: jwk.x,
    endorsedBy: former.kid,
    madeAt,
  });
  const endorsement = { statement, signature: keys.sign(Buffer.from(statement, 'utf8')).toString('base64') };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // What anybody may know comes first: were it cut off here, the former key still signs.
  keepPublic(folder, former);
  keepPublic(folder, { kid, pem });
  replaceFile(join(folder, `${kid}.endorsed.json`), JSON.stringify(endorsement), 0o644);
  if (!configured) replaceFile(join(folder, privateFile), privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  return { former, current: { kid, jwk, pem, endorsement } };
};

/** The PEM in the folder; made where there is none. Of two processes that make one at once, the first one's stands. */
const keptKey = (folder: string): string => {
  const file = join(folder, privateFile);
  const kept = readIfThere(file);
  if (kept !== null) return kept;
  const { privateKey } = generateKeyPairSync('ed25519');
  makeOnce(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return readFileSync(file, 'utf8');
};

/** What the file of a key id says never changes. */
const keepPublic = (folder: string, { kid, pem }: Pick<PublicKey, 'kid' | 'pem'>): void => {
  const file = join(folder, `${kid}.pub.pem`);
  if (!existsSync(file)) replaceFile(file, pem, 0o644);
};

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const formerKeys = (folder: string): PublicKey[] => {
  let files: string[];
  try {
    files = readdirSync(folder).filter((name) => name.endsWith('.pub.pem'));
  } catch {
    return [];
  }
  return files.sort().map((name) => publicOf(createPublicKey(readFileSync(join(folder, name))), folder));
};

const endorsementOf = (folder: string, kid: string): Endorsement | null => {
  const kept = readIfThere(join(folder, `${kid}.endorsed.json`));
  return kept === null ? null : (JSON.parse(kept) as Endorsement);
};

const publicOf = (key: KeyObject, folder: string): PublicKey => {
  const { x } = key.export({ format: 'jwk' }) as { x: string };
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
  return {
    kid,
    jwk: { kty: 'OKP', crv: 'Ed25519', x },
    pem: key.export({ type: 'spki', format: 'pem' }) as string,
    endorsement: endorsementOf(folder, kid),
  };
};
