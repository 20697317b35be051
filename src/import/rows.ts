import type { CsvRecord } from './csv.js';
import { csvColumns, type CsvMap } from './csv-columns.js';
import type { Line } from './lines.js';
import { rowRefused, type RowRefused } from './refused-row.js';

/**
 * One row of a file: what it gives, to be checked, why it is not read, or what failed unexpectedly while it was.
 * `end`: bytes of the file up to here.
 */
export type Row = { line: number; end: number } & (
  { given: unknown; raw: string } | { refused: RowRefused; externalId: string | null } | { failed: unknown }
);

/** A dispute a line. Empty lines are passed over. */
export async function* jsonRows(lines: AsyncIterable<Line>): AsyncGenerator<Row> {
  for await (const { number, end, ...line } of lines) {
    if ('problem' in line) {
      yield { line: number, end, refused: rowRefused(line.problem), externalId: null };
      continue;
    }
    const raw = line.text.trim();
    if (raw === '') continue;
    try {
      yield { line: number, end, raw, given: JSON.parse(raw) as unknown };
    } catch {
      yield { line: number, end, refused: rowRefused('not-json'), externalId: null };
    }
  }
}

/** A dispute a record. Throws `UnknownColumns` where the header is not one that can be read. */
export async function* csvRows(records: AsyncIterable<CsvRecord>, map: CsvMap): AsyncGenerator<Row> {
  let columns: ReturnType<typeof csvColumns> | null = null;
  for await (const { line, end, ...record } of records) {
    if (columns === null) {
      columns = csvColumns('fields' in record ? record.fields : [], map);
      continue;
    }
    if ('problem' in record) {
      yield { line, end, refused: rowRefused(record.problem), externalId: null };
      continue;
    }
    yield { line, end, ...readOne(columns, record.fields) };
  }
}

const readOne = ({ read }: ReturnType<typeof csvColumns>, fields: readonly string[]) => {
  try {
    const row = read(fields);
    return 'refused' in row ? row : { given: row.given, raw: JSON.stringify(row.given) };
  } catch (failed) {
    return { failed };
  }
};
