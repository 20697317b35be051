import { createHash } from 'node:crypto';
import { canonical } from '../canonical.js';

/**
 * The Merkle tree of RFC 9162 (Certificate Transparency), section 2.1: an ordered list of leaves that only grows. A leaf
 * is the head of a stream as an anchor found it. All hashes here are SHA-256 as 32 raw bytes.
 */

/** The head of a stream: its version and the hash of that event, lower-case hex. */
export interface Head {
  stream: string;
  version: number;
  hash: string;
}

/** A complete subtree: 2^level leaves from leaf `index` × 2^level. */
export interface Node {
  level: number;
  index: number;
}

/** SHA-256 over 0x00 and the RFC 8785 text of {hash, stream, version}. */
export const leafHash = ({ stream, version, hash }: Head): Buffer =>
  sha256(zero, Buffer.from(canonical({ stream, version, hash }), 'utf8'));

/** SHA-256 over 0x01 and the two hashes. */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(one, left, right);

/** The root of a tree without leaves: SHA-256 of nothing. */
export const emptyRoot = (): Buffer => sha256();

const zero = Buffer.from([0]);
const one = Buffer.from([1]);

function sha256(...parts: Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The complete subtrees that a tree of `size` leaves consists of, from the left: one for each bit that is set. */
export function peaksOf(size: number): Node[] {
  const peaks: Node[] = [];
  let start = 0;
  for (let level = 52; level >= 0; level -= 1) {
    const width = 2 ** level;
    if (size - start >= width) {
      peaks.push({ level, index: start / width });
      start += width;
    }
  }
  return peaks;
}

/** Grows a tree leaf by leaf, in memory of the logarithm of its size. */
export class Growth {
  /** Of the peaks, from the left. */
  private readonly hashes: Buffer[];
  private readonly levels: number[];

  /** @param peaks hashes of `peaksOf(size)`, where the tree has leaves already */
  constructor(
    private leaves = 0,
    peaks: Buffer[] = [],
  ) {
    this.hashes = [...peaks];
    this.levels = peaksOf(leaves).map(({ level }) => level);
  }

  get size(): number {
    return this.leaves;
  }

  /** Adds a leaf; answers the hashes of the subtrees that it completes, from level 1 up. */
  add(leaf: Buffer): Buffer[] {
    const completed: Buffer[] = [];
    let [hash, level] = [leaf, 0];
    while (this.levels.at(-1) === level) {
      hash = nodeHash(this.hashes.pop()!, hash);
      this.levels.pop();
      level += 1;
      completed.push(hash);
    }
    this.hashes.push(hash);
    this.levels.push(level);
    this.leaves += 1;
    return completed;
  }

  /** The root of the tree as it stands. */
  root(): Buffer {
    if (this.hashes.length === 0) return emptyRoot();
    return this.hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

/**
 * What an inclusion proof of `leaf` in a tree of `size` leaves consists of, from the leaf upwards: each part is the hash of
 * the leaves from `from` to before `to`, given as the complete subtrees that it is computed of.
 *
 * @throws RangeError where the tree has no such leaf
 */
export function inclusionPath(leaf: number, size: number): Node[][] {
  if (!Number.isSafeInteger(leaf) || leaf < 0 || leaf >= size) throw new RangeError('no such leaf');
  const path: Node[][] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
    if (leaf < middle) {
      path.push(subtrees(middle, to));
      to = middle;
    } else {
      path.push(subtrees(from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/** The complete subtrees that the leaves from `from` (a multiple of the largest of them) to before `to` consist of. */
const subtrees = (from: number, to: number): Node[] =>
  peaksOf(to - from).map(({ level, index }) => ({ level, index: index + from / 2 ** level }));

/** The hash of a part of a path out of those of its complete subtrees. */
export const foldRight = (hashes: readonly Buffer[]): Buffer =>
  hashes.reduceRight((right, left) => nodeHash(left, right));

/**
 * The root that a leaf and its inclusion proof lead to (RFC 9162, 2.1.3.2), or null where the proof has not the length
 * that such a leaf's has.
 */
export function rootOf(leaf: Buffer, index: number, size: number, proof: readonly Buffer[]): Buffer | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? hash : null;
}
