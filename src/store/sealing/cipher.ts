import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key, of the nonce before and of the tag behind what is sealed. */
export const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/** What was sealed cannot be opened: it is damaged, was moved to another place, or belongs to another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** AES-256-GCM under a random nonce: nonce ‖ ciphertext ‖ tag. `context` is bound to it, and is not in it. */
export function sealBytes(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The bytes that `sealBytes` was given with the same key and context. Throws `SealBroken`, which names the context. */
export function openBytes(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  const end = sealed.length - tagLength;
  if (end < nonceLength) throw new SealBroken(`Too short to be sealed: ${context}`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(nonceLength, end));
  try {
    decipher.final();
  } catch {
    throw new SealBroken(`Damaged, moved, or sealed under another key: ${context}`);
  }
  return plain;
}
