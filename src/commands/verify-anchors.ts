import type { Pool } from 'pg';
import { compareLeaves, passedOver, readAnchors, type StoredAnchor } from '../store/anchors/anchor-log.js';
import { Growth, leafHash } from '../store/anchors/merkle.js';
import { checkSignature, readStatement, statementHash, type SignedAnchor } from './anchors.js';
import type { PublicKey } from './keys.js';

/**
 * What an anchor is that was kept elsewhere and is not ours word for word.
 *
 * - `signed`: one of our keys has signed it for this record: what it covered has been replaced
 * - `signed-for-another-record`: one of our keys has signed it, and the record has another id: it was begun anew
 * - `of-another-record`, `not-signed`: no key of ours has signed it
 * - `in-two-forms`: two that differ were kept under this number
 */
export type KeptElsewhere =
  'signed' | 'signed-for-another-record' | 'of-another-record' | 'not-signed' | 'in-two-forms';

export interface AnchorProblem {
  /** Number of the anchor, or place of the leaf in the log. */
  anchor?: number;
  leaf?: number;
  stream?: string;
  version?: number;
  problem:
    | 'unreadable-statement'
    | 'unknown-key'
    | 'wrong-signature'
    | 'broken-link'
    | 'missing-anchor'
    | 'wrong-root'
    | 'other-anchor'
    | 'missing-event'
    | 'changed-event'
    | 'unanchored-event'
    | 'missing-leaf'
    | 'wrong-subtree';
  /** With `other-anchor`, and with `missing-anchor` where it was kept elsewhere. */
  kept?: KeptElsewhere;
}

export interface AnchorsChecked {
  anchors: number;
  leaves: number;
}

/** Anchors read at once. */
const page = 200;

/**
 * Checks every anchor against the keys, the anchor before and the log of heads, and every leaf of the log against the
 * events as they stand now: an event changed, cut off or replaced since it was anchored is named, though its chain were
 * made whole again. `elsewhere` are anchors that were kept outside: each must still be here, word for word. Every event that
 * the log has passed must be covered by it. Memory does not grow with the record. Throws `StoreUnavailable`.
 *
 * - `missing-event`, `changed-event`: the record no longer has the event that was anchored
 * - `unanchored-event`: the log has passed this version of a stream, and those after it, without a leaf for them
 * - `missing-leaf`, `wrong-subtree`, `wrong-root`: the log of heads is not the one that was signed
 * - `unknown-key`, `wrong-signature`, `broken-link`, `missing-anchor`, `unreadable-statement`: the anchors are not ours
 * - `other-anchor`: not the one that was kept outside
 */
export const verifyAnchors = async (
  pool: Pool,
  {
    keys,
    elsewhere = [],
    onProblem,
  }: {
    keys: readonly PublicKey[];
    elsewhere?: readonly SignedAnchor[];
    onProblem: (problem: AnchorProblem) => void;
  },
): Promise<AnchorsChecked> => {
  const kept = new Map<number, SignedAnchor[]>();
  for (const anchor of elsewhere) {
    const number = readStatement(anchor.statement)?.number;
    if (number === undefined) onProblem({ problem: 'unreadable-statement' });
    else kept.set(number, withoutSame(anchor, kept.get(number)));
  }
  for (const [number, { length }] of kept)
    if (length > 1) onProblem({ anchor: number, problem: 'other-anchor', kept: 'in-two-forms' });
  let store: string | null = null;
  const growth = new Growth();
  let last: StoredAnchor | null = null;

  /** Grows the tree to the size that the next anchor speaks of. */
  const growTo = async (size: number): Promise<void> => {
    while (growth.size < size) {
      const rows = await compareLeaves(pool, growth.size);
      for (const row of rows.slice(0, size - growth.size)) {
        const { leaf, stream, version } = row;
        if (leaf !== growth.size) return onProblem({ leaf: growth.size, problem: 'missing-leaf' });
        if (row.recorded === null) onProblem({ leaf, stream, version, problem: 'missing-event' });
        else if (row.recorded !== row.hash) onProblem({ leaf, stream, version, problem: 'changed-event' });
        const subtrees = Buffer.concat(growth.add(leafHash(row)));
        if (!subtrees.equals(row.subtrees)) onProblem({ leaf, stream, version, problem: 'wrong-subtree' });
      }
      if (rows.length === 0) return onProblem({ leaf: growth.size, problem: 'missing-leaf' });
    }
  };

  const check = async (anchor: StoredAnchor): Promise<void> => {
    const { number } = anchor;
    const say = (problem: AnchorProblem['problem']) => onProblem({ anchor: number, problem });
    if (number !== (last?.number ?? 0) + 1) say('missing-anchor');
    const statement = readStatement(anchor.statement);
    store ??= statement?.store ?? null;
    for (const outside of kept.get(number) ?? [])
      if (!isSame(outside, anchor))
        onProblem({ anchor: number, problem: 'other-anchor', kept: whatIs(outside, keys, store) });
    kept.delete(number);
    if (!statement || statement.number !== number || statement.size !== anchor.size) {
      last = anchor;
      return say('unreadable-statement');
    }
    const signed = checkSignature(anchor, statement.kid, keys);
    if (signed !== 'valid') say(signed);
    if (statement.previous !== (last === null ? null : statementHash(last.statement))) say('broken-link');
    await growTo(statement.size);
    if (growth.size !== statement.size || growth.root().toString('hex') !== statement.root) say('wrong-root');
    last = anchor;
  };

  let anchors = 0;
  for (let after = 0; ;) {
    const found = await readAnchors(pool, after, page);
    for (const anchor of found) await check(anchor);
    anchors += found.length;
    if (found.length < page) break;
    after = found.at(-1)!.number;
  }
  for (const [number, outside] of kept)
    for (const one of outside) onProblem({ anchor: number, problem: 'missing-anchor', kept: whatIs(one, keys, store) });
  for await (const event of passedOver(pool)) onProblem({ ...event, problem: 'unanchored-event' });
  return { anchors, leaves: growth.size };
};

const isSame = (one: SignedAnchor, other: SignedAnchor): boolean =>
  one.statement === other.statement && one.signature === other.signature;

const withoutSame = (anchor: SignedAnchor, others: readonly SignedAnchor[] = []): SignedAnchor[] => [
  ...others.filter((one) => !isSame(one, anchor)),
  anchor,
];

/** `store`: id of our record; null where it has no anchor that says it. */
const whatIs = (anchor: SignedAnchor, keys: readonly PublicKey[], store: string | null): KeptElsewhere => {
  const { kid, store: theirs } = readStatement(anchor.statement)!;
  const signed = typeof anchor.signature === 'string' && checkSignature(anchor, kid, keys) === 'valid';
  if (store !== null && theirs !== store) return signed ? 'signed-for-another-record' : 'of-another-record';
  return signed ? 'signed' : 'not-signed';
};
