/** The first place where two values differ. */
export interface Difference {
  /** The stream, or the table and key. */
  in: string;
  /** Where in it: member names, from the outermost. */
  at: string;
  /** By the events; null where there should be nothing. */
  expected: unknown;
  /** As it is stored. */
  found: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const same = (a: unknown, b: unknown): boolean => a === b || ((a ?? null) === null && (b ?? null) === null);

/** Compares two JSON values member by member, in whatever order these stand; null where they say the same. */
export const firstDifference = (where: string, expected: unknown, found: unknown, at = ''): Difference | null => {
  if (isObject(expected) && isObject(found) && Array.isArray(expected) === Array.isArray(found)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const difference = firstDifference(where, expected[name], found[name], at === '' ? name : `${at}.${name}`);
      if (difference) return difference;
    }
    return null;
  }
  return same(expected, found) ? null : { in: where, at, expected: expected ?? null, found: found ?? null };
};

/** A value as one word of a line, cut where it is long. */
export const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
};
