import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { keyLength, SealBroken } from './cipher.js';

/**
 * A file sealed as it is written, whatever its length: "ACS1" ‖ 16 bytes of salt ‖ chunks. Each chunk is AES-256-GCM of
 * 64 KiB (the last of what is left, also of nothing) with its tag behind it, under a key of the file's own
 * (HKDF-SHA-256 of the documents' key and the salt). The nonce is the chunk's number and whether it is the last: none
 * can be left out, repeated, put elsewhere or cut off.
 */
const magic = Buffer.from('ACS1');
const saltLength = 16;
const chunkLength = 64 * 1024;
const tagLength = 16;

const fileKey = (key: Uint8Array, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, 'accord document bytes', keyLength));

function nonceOf(chunk: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(chunk, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** What is to be written, in order: `head`, the answer of each `push`, the answer of `end`. */
export interface ByteSealer {
  head: Buffer;
  push(bytes: Uint8Array): Buffer;
  end(): Buffer;
}

export function createByteSealer(key: Uint8Array): ByteSealer {
  const salt = randomBytes(saltLength);
  const own = fileKey(key, salt);
  let pending = Buffer.alloc(0);
  let chunk = 0;
  const seal = (plain: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(chunk, last));
    chunk += 1;
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  return {
    head: Buffer.concat([magic, salt]),
    push: (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      const sealed: Buffer[] = [];
      // The last chunk is known as such only at the end: one is always kept back.
      while (pending.length > chunkLength) {
        sealed.push(seal(pending.subarray(0, chunkLength), false));
        pending = pending.subarray(chunkLength);
      }
      return Buffer.concat(sealed);
    },
    end: () => seal(pending, true),
  };
}

/**
 * The bytes of a sealed file, each chunk only once it is known to be whole. Throws SealBroken where the file is not
 * what was written, or is another file than that of this SHA-256.
 */
export async function* openedBytes(
  key: Uint8Array,
  source: AsyncIterable<Uint8Array>,
  sha256: string,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let own: Buffer | null = null;
  let pending = Buffer.alloc(0);
  let chunk = 0;
  const open = (sealed: Buffer, last: boolean): Buffer => {
    const end = sealed.length - tagLength;
    if (own === null || end < 0) throw broken(sha256);
    const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(chunk, last), { authTagLength: tagLength });
    chunk += 1;
    decipher.setAuthTag(sealed.subarray(end));
    const plain = decipher.update(sealed.subarray(0, end));
    try {
      decipher.final();
    } catch {
      throw broken(sha256);
    }
    hash.update(plain);
    return plain;
  };
  for await (const bytes of source) {
    pending = Buffer.concat([pending, bytes]);
    if (own === null) {
      if (pending.length < magic.length + saltLength) continue;
      if (!pending.subarray(0, magic.length).equals(magic)) throw broken(sha256);
      own = fileKey(key, pending.subarray(magic.length, magic.length + saltLength));
      pending = pending.subarray(magic.length + saltLength);
    }
    while (pending.length > chunkLength + tagLength) {
      yield open(pending.subarray(0, chunkLength + tagLength), false);
      pending = pending.subarray(chunkLength + tagLength);
    }
  }
  const last = open(pending, true);
  if (hash.digest('hex') !== sha256) throw broken(sha256);
  if (last.length > 0) yield last;
}

const broken = (sha256: string): SealBroken =>
  new SealBroken(`The bytes of document ${sha256} are damaged, or sealed under another key.`);
