import { createHmac } from 'node:crypto';
import type { Json } from '../contract.js';

/**
 * What a dispute is found by without being read: tokens that are HMAC-SHA-256 of normalised texts under the index key,
 * cut to 64 bits. A text found exactly has one token; words found in a part have one for each pair of neighbouring
 * characters. What that leaks stands in docs/decisions/0011-personal-data-sealed.md.
 */

/** Written the same way however it was typed: NFKC, lower case, single spaces. */
export const normalised = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');

/** A telephone number as its digits, without the prefix of the country. */
const digits = (text: string): string =>
  normalised(text)
    .replace(/\D/g, '')
    .replace(/^(00)?86(?=1\d{10}$)/, '');

const compact = (text: string): string => normalised(text).replace(/[\s-]/g, '');

/** Kinds that are found exactly, each written in its own way. */
const exact: Readonly<Record<string, (text: string) => string>> = {
  'party-name': normalised,
  phone: digits,
  'id-number': compact,
  'external-ids': normalised,
};

/** Kinds that are found by a part of them. */
const inPart = ['title', 'organisation-name'];

/** Kinds by which anything is found. */
export const indexedKinds: readonly string[] = [...Object.keys(exact), ...inPart];

/** The text or texts of a value, whatever its shape. */
const textsOf = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];

/** Neighbouring characters, each pair once; none of a text shorter than two. */
const pairs = (text: string): string[] => {
  const characters = [...normalised(text)];
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))];
};

/** A 64-bit integer as PostgreSQL takes it. */
const token = (key: Uint8Array, what: string, text: string): string =>
  createHmac('sha256', key).update(`${what}\0${text}`).digest().readBigInt64BE().toString();

const words = (key: Uint8Array, kind: string, text: string): string[] =>
  pairs(text).map((pair) => token(key, `pair ${kind}`, pair));

/** The tokens by which a value of this kind is found; none where it is not. */
export const tokensOf = (key: Uint8Array, kind: string, value: Json): string[] => {
  if (inPart.includes(kind)) return textsOf(value).flatMap((text) => words(key, kind, text));
  const write = Object.hasOwn(exact, kind) ? exact[kind] : undefined;
  if (!write) return [];
  return textsOf(value)
    .map(write)
    .filter((text) => text !== '')
    .map((text) => token(key, kind, text));
};

/** Whether values of this kind are found at all. */
export const isIndexed = (kind: string): boolean => indexedKinds.includes(kind);

export interface SoughtTokens {
  /** Any of these: the whole text, as each kind writes it. */
  exact: string[];
  /** Of one of these all, of one subject; none where the text is too short to be found in part. */
  words: string[][];
}

/** The tokens of what somebody looks for, among values of these kinds. */
export const tokensSought = (key: Uint8Array, text: string, kinds = indexedKinds): SoughtTokens => ({
  exact: kinds.filter((kind) => !inPart.includes(kind)).flatMap((kind) => tokensOf(key, kind, text)),
  words: kinds
    .filter((kind) => inPart.includes(kind))
    .map((kind) => words(key, kind, text))
    .filter((tokens) => tokens.length > 0),
});

/** Whether a value that is at hand is one that `text` looks for: tokens may agree by chance, or out of order. */
export const isSought = (text: string, kind: string, value: Json): boolean => {
  if (inPart.includes(kind))
    return normalised(text).length > 1 && textsOf(value).some((one) => normalised(one).includes(normalised(text)));
  const write = Object.hasOwn(exact, kind) ? exact[kind] : undefined;
  if (!write) return false;
  const sought = write(text);
  return sought !== '' && textsOf(value).some((one) => write(one) === sought);
};
