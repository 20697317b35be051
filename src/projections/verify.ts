import type { Pool, PoolClient } from 'pg';
import { addShares, keyOf } from './changes.js';
import { copiesOf, type Copy } from './copies.js';
import { firstDifference, type Difference } from './difference.js';
import { inTransaction } from '../store/in-transaction.js';
import type { AnyProjection, Row, RowsTable, SumsTable } from './projection.js';
import { sweepLog, type Swept } from './sweep.js';
import { list, recordset } from './write.js';

/** What a live copy holds against what its events say. `why` it could not be compared is a code. */
export type Verified =
  | { status: 'sound'; streams: number; events: number; parked: number }
  | { status: 'different'; difference: Difference }
  | { status: 'not-comparable'; why: 'no-live-copy' | 'other-version' };

/** Events read at once. */
const pageSize = 2_000;

/**
 * Recomputes a projection from the events up to its cursor and compares what the live copy holds: what it keeps of each
 * stream, each row and each sum. Names the first difference; parked streams are compared as far as they were applied.
 * Works on one snapshot, so that the copy may go on meanwhile; for as long as it takes, PostgreSQL keeps the row
 * versions of that moment. Memory: a page of events, and the sums.
 *
 * @throws StoreUnavailable
 */
export const verifyProjection = (
  pool: Pool,
  projection: AnyProjection,
  progress: (events: number) => void = () => undefined,
): Promise<Verified> => inTransaction(pool, 'snapshot', (client) => compare(client, projection, progress));

const selectParked = `SELECT stream, from_version AS "fromVersion" FROM accord.projection_parked WHERE generation = $1`;

const compare = async (
  client: PoolClient,
  projection: AnyProjection,
  progress: (events: number) => void,
): Promise<Verified> => {
  // The readers take a pool of which they use `query` alone: one connection is one snapshot.
  const reader = client as unknown as Pool;
  const live = (await copiesOf(reader, projection.name)).find(({ role }) => role === 'live');
  if (!live) return { status: 'not-comparable', why: 'no-live-copy' };
  if (live.version !== projection.version) return { status: 'not-comparable', why: 'other-version' };
  const parked = await client.query<{ stream: string; fromVersion: number }>(selectParked, [live.generation]);
  const until = new Map(parked.rows.map(({ stream, fromVersion }) => [stream, fromVersion]));
  const sweep = sweepLog(reader, projection, { pageSize, readsAhead: false, until });

  const sums = projection.tables.map(() => new Map<string, Row>());
  let [streams, events] = [0, 0];
  for (let from: string | null = ''; from !== null;) {
    const swept: Swept = await sweep.next({ ...live, sweep: from });
    const [failure] = swept.failures;
    if (failure)
      return {
        status: 'different',
        difference: { in: failure.stream, at: failure.reason, expected: null, found: null },
      };
    const difference = await compareStreams(client, projection, live, { from, ...swept });
    if (difference) return { status: 'different', difference };
    for (const { after } of swept.folded)
      projection.tables.forEach((table, index) => {
        if (table.kind === 'sums') addShares(table, sums[index]!, after.rows[index]!);
      });
    streams += swept.folded.length;
    events += swept.span;
    progress(events);
    from = swept.to;
  }
  for (const [index, table] of projection.tables.entries()) {
    if (table.kind !== 'sums') continue;
    const difference = await compareSums(client, table, live, sums[index]!);
    if (difference) return { status: 'different', difference };
  }
  return { status: 'sound', streams, events, parked: until.size };
};

const selectStates = {
  name: 'projection-verify-states',
  text: `SELECT stream, state FROM accord.projection_streams
    WHERE generation = $1 AND stream > $2 AND ($3::text IS NULL OR stream <= $3) ORDER BY stream`,
};

/** A range of streams, each compared with what is stored of it; what is stored of a stream without events is found, too. */
const compareStreams = async (
  client: PoolClient,
  projection: AnyProjection,
  { generation }: Copy,
  { from, to, folded }: Swept & { from: string },
): Promise<Difference | null> => {
  const stored = await client.query<{ stream: string; state: string }>({
    ...selectStates,
    values: [generation, from, to],
  });
  const states = new Map(stored.rows.map(({ stream, state }) => [stream, state]));
  for (const { stream, after } of folded) {
    const state = states.get(stream) ?? null;
    states.delete(stream);
    if (state === after.text) continue;
    const parsed: unknown = state === null ? null : JSON.parse(state);
    const difference = firstDifference(stream, after.state, parsed);
    if (difference) return difference;
  }
  const [extra] = states.keys();
  if (extra !== undefined) return { in: extra, at: '', expected: null, found: 'a state' };
  const idOf = (stream: string) => stream.slice(projection.streams.length);
  const range = { from: idOf(from), to: to === null ? null : idOf(to) };
  for (const [index, table] of projection.tables.entries()) {
    if (table.kind !== 'rows') continue;
    const expected = folded.flatMap(({ after }) => after.rows[index]!);
    const difference = await compareRows(client, table, generation, range, expected);
    if (difference) return difference;
  }
  return null;
};

const compareRows = async (
  client: PoolClient,
  { table, owner, key, columns }: RowsTable,
  generation: number,
  range: { from: string; to: string | null },
  rows: Row[],
): Promise<Difference | null> => {
  const names = Object.keys(columns);
  const { rows: different } = await client.query<{ expected: Row | null; found: Row | null }>({
    name: `verify ${table}`,
    text: `WITH x AS (SELECT ${list(names)} FROM json_to_recordset($4::json) AS r(${recordset(columns)})),
        f AS (SELECT ${list(names)} FROM ${table}
          WHERE generation = $1 AND "${owner}" > $2 AND ($3::text IS NULL OR "${owner}" <= $3))
      SELECT to_jsonb(x) AS expected, to_jsonb(f) AS found FROM x FULL JOIN f USING (${list(key)})
      WHERE to_jsonb(x) IS DISTINCT FROM to_jsonb(f) ORDER BY ${list(key)} LIMIT 1`,
    values: [generation, range.from, range.to, JSON.stringify(rows)],
  });
  const [one] = different;
  if (!one) return null;
  const row = (one.expected ?? one.found)!;
  const where = `${table} ${key.map((column) => String(row[column])).join(' ')}`;
  return firstDifference(where, one.expected, one.found);
};

/** Rows of a sums table read at once. */
const sumsPage = 5_000;

const compareSums = async (
  client: PoolClient,
  { table, key, sums }: SumsTable,
  { generation }: Copy,
  expected: Map<string, Row>,
): Promise<Difference | null> => {
  let after: unknown[] = key.map(() => '');
  for (;;) {
    const { rows } = await client.query<Row>({
      name: `verify ${table}`,
      text: `SELECT ${list(key)}, ${sums.map((sum) => `"${sum}"::float8`).join(', ')} FROM ${table}
        WHERE generation = $1 AND (${list(key)}) > (${key.map((_, index) => `$${index + 2}`).join(', ')})
        ORDER BY ${list(key)} LIMIT ${sumsPage}`,
      values: [generation, ...after],
    });
    for (const found of rows) {
      const name = keyOf(key, found);
      const difference = firstDifference(
        `${table} ${key.map((one) => String(found[one])).join(' ')}`,
        expected.get(name) ?? empty(key, sums, found),
        found,
      );
      if (difference) return difference;
      expected.delete(name);
    }
    if (rows.length < sumsPage) break;
    after = key.map((column) => rows.at(-1)![column]);
  }
  for (const row of expected.values())
    if (sums.some((sum) => row[sum] !== 0))
      return firstDifference(`${table} ${key.map((one) => String(row[one])).join(' ')}`, row, null);
  return null;
};

/** What nothing has been added to, or all was taken back from. */
const empty = (key: readonly string[], sums: readonly string[], like: Row): Row =>
  Object.fromEntries([...key.map((name) => [name, like[name]!]), ...sums.map((name) => [name, 0])]) as Row;
