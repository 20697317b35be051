import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonical } from '../../src/store/canonical.js';
import { UnstorableText } from '../../src/store/contract.js';

/** An implementation by other hands: the record must be readable by anybody's. */
const theirs = canonicalize as unknown as (value: unknown) => string;
const isStorable = (text: string): boolean => !text.includes('\\u0000');

test('writes any JSON as another implementation of RFC 8785 does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme-composite', maxDepth: 4 }), (value) => {
      const text = theirs(value);
      fc.pre(isStorable(text));
      expect(canonical(value)).toBe(text);
      expect(canonical(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test('refuses what PostgreSQL could not give back unchanged, wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', '\udc00x'), (text, bad) => {
      fc.pre(!/\p{Surrogate}/u.test(text));
      for (const value of [text + bad, [text + bad], { a: { b: text + bad } }, { [text + bad]: 1 }])
        expect(() => canonical(value)).toThrow(UnstorableText);
    }),
  );
});

test('refuses what is not JSON', () => {
  for (const value of [undefined, Number.NaN, Infinity, 1n, () => 1, Symbol('a'), [undefined]])
    expect(() => canonical(value)).toThrow(TypeError);
  expect(canonical({ b: undefined, a: -0 })).toBe('{"a":0}');
});
