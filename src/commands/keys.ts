import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A key that packages are signed with, as anybody may know it. */
export interface PublicKey {
  /** RFC 7638 thumbprint, base64url: the same key has the same id everywhere. */
  kid: string;
  jwk: { kty: 'OKP'; crv: 'Ed25519'; x: string };
  /** SubjectPublicKeyInfo in PEM. */
  pem: string;
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
 * lie beside it as `<kid>.pub.pem`: a key is replaced by removing the private file, or by setting the variable.
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
  const current = publicOf(createPublicKey(privateKey));
  if (!given) writeFileSync(join(folder, `${current.kid}.pub.pem`), current.pem, { mode: 0o644 });
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

/** The PEM in the folder; made where there is none. Of two processes that make one at once, the first one's stands. */
const keptKey = (folder: string): string => {
  const file = join(folder, privateFile);
  const kept = readIfThere(file);
  if (kept !== null) return kept;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
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
  return files.sort().map((name) => publicOf(createPublicKey(readFileSync(join(folder, name)))));
};

const publicOf = (key: KeyObject): PublicKey => {
  const { x } = key.export({ format: 'jwk' }) as { x: string };
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
  return {
    kid,
    jwk: { kty: 'OKP', crv: 'Ed25519', x },
    pem: key.export({ type: 'spki', format: 'pem' }) as string,
  };
};
