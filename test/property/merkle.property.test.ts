import fc from 'fast-check';
import {
  emptyRoot,
  foldRight,
  Growth,
  inclusionPath,
  leafHash,
  nodeHash,
  peaksOf,
  rootOf,
  type Node,
} from '../../src/store/anchors/merkle.js';

const leaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => leafHash({ stream: `s-${index}`, version: 1, hash: '00' }));

/** The definition of RFC 9162, 2.1.1, word by word: MTH(D[n]) = HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
const defined = (list: Buffer[]): Buffer => {
  if (list.length === 0) return emptyRoot();
  if (list.length === 1) return list[0]!;
  let k = 1;
  while (k * 2 < list.length) k *= 2;
  return nodeHash(defined(list.slice(0, k)), defined(list.slice(k)));
};

/** All complete subtrees, as the log keeps them. */
const grown = (list: Buffer[]) => {
  const nodes = new Map<string, Buffer>();
  const growth = new Growth();
  list.forEach((leaf, index) => {
    nodes.set(`0/${index}`, leaf);
    growth.add(leaf).forEach((hash, above) => {
      nodes.set(`${above + 1}/${(index + 1) / 2 ** (above + 1) - 1}`, hash);
    });
  });
  const hashOf = ({ level, index }: Node) => nodes.get(`${level}/${index}`)!;
  return { root: growth.root(), hashOf };
};

const size = fc.integer({ min: 1, max: 200 });

test('a tree grown leaf by leaf has the root that the standard defines', () => {
  expect(new Growth().root()).toEqual(defined([]));
  for (let count = 1; count <= 70; count += 1) expect(grown(leaves(count)).root).toEqual(defined(leaves(count)));
});

test('a tree goes on from its peaks as if it had never stopped', () => {
  fc.assert(
    fc.property(size, size, (before, more) => {
      const all = leaves(before + more);
      const { hashOf } = grown(all.slice(0, before));
      const growth = new Growth(before, peaksOf(before).map(hashOf));
      for (const leaf of all.slice(before)) growth.add(leaf);
      expect(growth.root()).toEqual(defined(all));
      expect(growth.size).toBe(before + more);
    }),
  );
});

test('every leaf is proved, by no more than the logarithm of the size, and nothing else is', () => {
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), (count, at, other) => {
      const all = leaves(count);
      const { root, hashOf } = grown(all);
      const index = at % count;
      const proof = inclusionPath(index, count).map((part) => foldRight(part.map(hashOf)));
      expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
      expect(rootOf(all[index]!, index, count, proof)).toEqual(root);

      const wrong = other % count;
      if (wrong !== index) {
        expect(rootOf(all[wrong]!, index, count, proof)).not.toEqual(root);
        expect(rootOf(all[index]!, wrong, count, proof)).not.toEqual(root);
      }
      expect(rootOf(all[index]!, index, count, [...proof, root])).not.toEqual(root);
      if (proof.length > 0) expect(rootOf(all[index]!, index, count, proof.slice(1))).not.toEqual(root);
    }),
  );
  expect(rootOf(leaves(1)[0]!, 1, 1, [])).toBeNull();
  expect(() => inclusionPath(3, 3)).toThrow(RangeError);
});
