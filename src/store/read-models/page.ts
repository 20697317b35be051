/** One page of a list; `nextCursor` is opaque, null at the end. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface PageRequest {
  /** 1 to 200; default 50. */
  limit?: number;
  cursor?: string | null;
}

/** A cursor that this list did not hand out. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

export function pageLimit({ limit = 50 }: PageRequest): number {
  return Math.max(1, Math.min(200, Math.floor(limit)));
}

/** A cursor holds the sort key of the last row, so that a page is found by index and rows added meanwhile shift nothing. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a cursor, each part matched against its pattern; null where no cursor is given.
 *
 * @throws InvalidCursor
 */
export function decodeCursor(cursor: string | null | undefined, patterns: readonly RegExp[]): string[] | null {
  if (cursor === null || cursor === undefined) return null;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursor('The cursor is not one of this list.');
  }
  const valid =
    Array.isArray(key) &&
    key.length === patterns.length &&
    key.every((part, index) => typeof part === 'string' && patterns[index]!.test(part));
  if (!valid) throw new InvalidCursor('The cursor is not one of this list.');
  return key as string[];
}

/** Patterns of the parts that cursors are made of. */
export const cursorPart = {
  number: /^-?\d{1,18}$/,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
  // eslint-disable-next-line no-control-regex
  text: /^[^\u0000]{0,200}$/,
};

/** A timestamptz as a part of a cursor: to the microsecond, whatever the session's settings. */
export const instantKey = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Cuts a page from rows of which one more than `limit` was asked for. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  key: (row: Row) => readonly string[],
  item: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(item), nextCursor: last === undefined ? null : encodeCursor(key(last)) };
}
