import { createHash, createPublicKey, randomUUID, verify as verifySignature } from 'node:crypto';
import type { Pool } from 'pg';
import {
  anchoredHead,
  appendAnchor,
  extendLog,
  lastAnchor,
  proofOf,
  readAnchors,
  rootAt,
  type StoredAnchor,
} from '../store/anchors/anchor-log.js';
import type { Head } from '../store/anchors/merkle.js';
import { canonical } from '../store/canonical.js';
import type { PublicKey, SigningKeys } from './keys.js';

/** What is signed: the RFC 8785 text of these members, in UTF-8. */
export interface AnchorStatement {
  kind: 'accord-anchor';
  format: 1;
  /** UUID of the record, given with its first anchor. */
  store: string;
  /** From 1, without gaps. */
  number: number;
  /** Leaves of the log, and the root of the tree over them (RFC 9162, lower-case hex). */
  size: number;
  root: string;
  /** SHA-256 of the statement before, lower-case hex; null in the first. */
  previous: string | null;
  /** Instant. */
  madeAt: string;
  /** The key that it is signed with. */
  kid: string;
}

/** An anchor as it is handed out. */
export interface SignedAnchor {
  /** The signed text itself. */
  statement: string;
  /** Ed25519 over the statement's UTF-8 bytes, base64. */
  signature: string;
}

/** The place of a stream's head in an anchor. */
export interface InclusionProof {
  anchor: SignedAnchor;
  head: Head;
  leaf: number;
  /** From the leaf upwards, lower-case hex. */
  path: string[];
}

export interface Anchors {
  /** Anchors all that is recorded; where nothing is new the last anchor stands. Null: there is nothing to anchor yet. */
  make(): Promise<{ made: boolean; anchor: StoredAnchor } | null>;
  /** In order, past number `after`. */
  list(after: number, limit: number): Promise<StoredAnchor[]>;
  /** The last head of the stream that the last anchor covers, with its proof; null where none does. */
  prove(stream: string): Promise<InclusionProof | null>;
}

/** How often an anchor is tried again when another process was quicker. */
const attempts = 5;

/** Statements about the whole record that anybody can check later, and that nobody can make again otherwise. */
export const createAnchors = ({
  pool,
  keys,
  clock = () => new Date(),
}: {
  pool: Pool;
  keys: SigningKeys;
  clock?: () => Date;
}): Anchors => {
  const stateAnew = async (size: number, last: StoredAnchor | null): Promise<StoredAnchor> => {
    const before = last === null ? null : readStatement(last.statement);
    const madeAt = clock().toISOString();
    const statement: AnchorStatement = {
      kind: 'accord-anchor',
      format: 1,
      store: before?.store ?? randomUUID(),
      number: (last?.number ?? 0) + 1,
      size,
      root: (await rootAt(pool, size)).toString('hex'),
      previous: last === null ? null : statementHash(last.statement),
      madeAt,
      kid: keys.current.kid,
    };
    const text = canonical(statement);
    const signature = keys.sign(Buffer.from(text, 'utf8')).toString('base64');
    return { number: statement.number, statement: text, signature, size, madeAt };
  };

  return {
    make: async () => {
      for (let tries = 0; tries < attempts; tries += 1) {
        const size = await extendLog(pool);
        const last = await lastAnchor(pool);
        if (last !== null && last.size >= size) return { made: false, anchor: last };
        if (size === 0) return null;
        const anchor = await stateAnew(size, last);
        if (await appendAnchor(pool, anchor)) return { made: true, anchor };
      }
      const last = await lastAnchor(pool);
      return last && { made: false, anchor: last };
    },
    list: (after, limit) => readAnchors(pool, after, limit),
    prove: async (stream) => {
      const last = await lastAnchor(pool);
      const found = last && (await anchoredHead(pool, stream, last.size));
      if (!last || !found) return null;
      const { leaf, ...head } = found;
      const path = await proofOf(pool, leaf, last.size);
      const { statement, signature } = last;
      return { anchor: { statement, signature }, head, leaf, path: path.map((hash) => hash.toString('hex')) };
    },
  };
};

/** SHA-256 of a statement's text, lower-case hex: what the next one calls `previous`. */
export const statementHash = (statement: string): string =>
  createHash('sha256').update(statement, 'utf8').digest('hex');

/** The statement in a signed text; null where the text is none. */
export const readStatement = (text: string): AnchorStatement | null => {
  try {
    const read = JSON.parse(text) as AnchorStatement;
    return read.kind === 'accord-anchor' && read.format === 1 ? read : null;
  } catch {
    return null;
  }
};

/** Whether the signature of a signed text holds, by one of these keys: `unknown-key` where none has the id given. */
export const checkSignature = (
  { statement, signature }: SignedAnchor,
  kid: string,
  keys: readonly Pick<PublicKey, 'kid' | 'pem'>[],
): 'valid' | 'wrong-signature' | 'unknown-key' => {
  const key = keys.find((one) => one.kid === kid);
  if (!key) return 'unknown-key';
  const bytes = Buffer.from(statement, 'utf8');
  return verifySignature(null, bytes, createPublicKey(key.pem), Buffer.from(signature, 'base64'))
    ? 'valid'
    : 'wrong-signature';
};
