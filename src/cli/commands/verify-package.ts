import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Broken } from '../../commands/proof/verify/archive.js';
import { thumbprint } from '../../commands/proof/verify/trust.js';
import { verifyProof } from '../../commands/proof/verify/verify-proof.js';
import { CannotRun, Misunderstood, type CliCommand } from '../command.js';
import { readExported } from '../exported-anchors.js';

export const verifyPackage: CliCommand = {
  usage: 'verify-package FILE [--key KEY] [--anchors FILE]',
  summary: [
    'check an exported package: signature, files, chain, values, documents, anchor. Needs no database and no network.',
    '--key: a key of the issuer that you know from elsewhere (PEM or JWK file, or its id); --anchors: exported anchors',
    'that you kept',
  ],
  run: async (args, { print }) => {
    const { file, key, anchors } = parse(args);
    const trusted = key === undefined ? undefined : await keyId(key);
    const kept = anchors === undefined ? undefined : await readExported(anchors);
    try {
      await verifyProof(file, { trusted, anchors: kept }, print);
    } catch (error) {
      if (error instanceof Broken) {
        print(`WRONG: ${error.message}`);
        return 1;
      }
      if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
      throw new CannotRun(`${file} cannot be read`);
    }
    print(`everything in ${file} holds`);
    return 0;
  },
};

/** The id of the key in a file, or the id itself. */
const keyId = async (given: string): Promise<string> => {
  if (/^[A-Za-z0-9_-]{43}$/.test(given)) return given;
  const text = await readFile(given, 'utf8').catch(() => {
    throw new CannotRun(`${given} cannot be read, and is no key id`);
  });
  try {
    const key = text.trimStart().startsWith('{')
      ? createPublicKey({ key: JSON.parse(text) as Record<string, string>, format: 'jwk' })
      : createPublicKey(text);
    const { x, crv } = key.export({ format: 'jwk' });
    if (crv === 'Ed25519' && x) return thumbprint(x);
  } catch {
    // Said below; OpenSSL's message may quote the input.
  }
  throw new CannotRun(`${given} holds no public Ed25519 key in PEM or JWK`);
};

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: { type: 'string' }, anchors: { type: 'string' } },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new Misunderstood();
    return { file, ...values };
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
