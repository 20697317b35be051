import type { Folded } from './fold-streams.js';
import type { AnyProjection, Row, RowsTable, SumsTable } from './projection.js';

/** What is to be written to one table. */
export interface RowChanges {
  table: RowsTable;
  /** New or changed rows. */
  upserts: Row[];
  /** Keys of rows that are no more. */
  deletes: Row[];
}

export interface SumChanges {
  table: SumsTable;
  /** What is added, by key; a share that is taken back is negative. */
  shares: Map<string, Row>;
}

export type Changes = RowChanges | SumChanges;

const separator = '\u0001';

export const keyOf = (key: readonly string[], row: Row): string =>
  key.map((column) => String(row[column])).join(separator);

/** Adds shares, or with `sign` -1 takes them back. */
export const addShares = (
  { key, sums }: SumsTable,
  to: Map<string, Row>,
  shares: readonly Row[],
  sign: 1 | -1 = 1,
): void => {
  for (const share of shares) {
    const name = keyOf(key, share);
    let row = to.get(name);
    if (!row) {
      row = {};
      for (const column of key) row[column] = share[column]!;
      for (const column of sums) row[column] = 0;
      to.set(name, row);
    }
    for (const column of sums) row[column] = (row[column] as number) + sign * Number(share[column] ?? 0);
  }
};

const same = (columns: readonly string[], a: Row, b: Row): boolean =>
  columns.every((column) => {
    const [x, y] = [a[column] ?? null, b[column] ?? null];
    return x === y || (Array.isArray(x) && Array.isArray(y) && JSON.stringify(x) === JSON.stringify(y));
  });

const rowChanges = (table: RowsTable, index: number, folded: readonly Folded[]): RowChanges => {
  const changes: RowChanges = { table, upserts: [], deletes: [] };
  const columns = Object.keys(table.columns);
  for (const { before, after } of folded) {
    const gone = new Map(before.rows[index]!.map((row) => [keyOf(table.key, row), row]));
    for (const row of after.rows[index]!) {
      const key = keyOf(table.key, row);
      const was = gone.get(key);
      gone.delete(key);
      if (!was || !same(columns, was, row)) changes.upserts.push(row);
    }
    changes.deletes.push(...gone.values());
  }
  return changes;
};

const sumChanges = (table: SumsTable, index: number, folded: readonly Folded[]): SumChanges => {
  const shares = new Map<string, Row>();
  for (const { before, after } of folded) {
    addShares(table, shares, before.rows[index]!, -1);
    addShares(table, shares, after.rows[index]!);
  }
  for (const [key, row] of shares) if (table.sums.every((column) => row[column] === 0)) shares.delete(key);
  return { table, shares };
};

/** What has to be written so that the tables hold what the streams now contribute. */
export const changesOf = ({ tables }: AnyProjection, folded: readonly Folded[]): Changes[] =>
  tables.map((table, index) =>
    table.kind === 'rows' ? rowChanges(table, index, folded) : sumChanges(table, index, folded),
  );
