import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import yazl from 'yazl';
import { leafHash } from '../../src/store/anchors/merkle.js';
import { canonical } from '../../src/store/canonical.js';
import { chainHash, firstPreviousHash, hashedText, type PlacedEvent } from '../../src/store/chain.js';
import { thumbprint } from '../../src/commands/proof/verify/trust.js';
import { sha256 } from '../api/handoffs-world.js';

/** Packages as somebody makes them who has ours, and a key of his own. */

export type Members = Map<string, Buffer>;

/** As ours are: nothing is compressed. */
export const zipOf = async (members: Iterable<[string, Buffer]>, compress = false): Promise<Buffer> => {
  const archive = new yazl.ZipFile();
  for (const [name, bytes] of members) archive.addBuffer(bytes, name, { compress });
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const json = (members: Members, name: string) => JSON.parse(members.get(name)!.toString());

export interface Forger {
  kid: string;
  /** Puts a manifest and a signature of his own over these files. */
  signed(members: Members): Promise<Buffer>;
  /** Puts an anchor of his own over the last event. */
  anchored(members: Members): Members;
}

export const forger = (): Forger => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' }) as { kty: 'OKP'; crv: 'Ed25519'; x: string };
  const kid = thumbprint(jwk.x);
  const signature = (bytes: string | Buffer, key: KeyObject = privateKey): string =>
    sign(null, Buffer.from(bytes), key).toString('base64');
  const withKey = (members: Members): Members => {
    const { keys } = json(members, 'keys.json');
    const own = { kid, jwk, pem: '', endorsement: null };
    return new Map(members).set('keys.json', Buffer.from(JSON.stringify({ current: kid, keys: [own, ...keys] })));
  };
  return {
    kid,
    signed: async (given) => {
      const members = withKey(given);
      const before = json(members, 'manifest.json');
      const last = eventsIn(members).at(-1)!;
      const files = [...members].flatMap(([path, bytes]) =>
        path.startsWith('manifest.') ? [] : [{ path, size: bytes.length, sha256: sha256(bytes) }],
      );
      const manifest = JSON.stringify({
        ...before,
        head: { version: last.version, hash: last.hash },
        signature: { ...before.signature, keyId: kid },
        files,
      });
      members.set('manifest.json', Buffer.from(manifest));
      members.set('manifest.sig', Buffer.from(`${signature(manifest)}\n`));
      return zipOf(members);
    },
    anchored: (members) => {
      const { stream, version, hash } = eventsIn(members).at(-1)!;
      const head = { stream, version, hash };
      const old = JSON.parse(json(members, 'proof.json').dispute.anchor.statement);
      const statement = canonical({ ...old, size: 1, root: leafHash(head).toString('hex'), kid });
      const proof = { anchor: { statement, signature: signature(statement) }, head, leaf: 0, path: [] };
      return new Map(members).set('proof.json', Buffer.from(JSON.stringify({ dispute: proof, refusals: null })));
    },
  };
};

export type Event = PlacedEvent & { previousHash: string; hash: string };

export const eventsIn = (members: Members): Event[] =>
  members
    .get('events.jsonl')!
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);

export const withEvents = (members: Members, events: readonly Event[]): Members =>
  new Map(members).set('events.jsonl', Buffer.from(events.map((event) => `${canonical(event)}\n`).join('')));

/** The hashes made anew, as if it had always been so. */
export const rechained = (events: readonly Event[]): Event[] => {
  let previousHash = firstPreviousHash(events[0]!.stream);
  return events.map((event) => {
    const hash = chainHash(previousHash, hashedText(event));
    const chained = { ...event, previousHash, hash };
    previousHash = hash;
    return chained;
  });
};
