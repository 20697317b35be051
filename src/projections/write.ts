import type { Pool, PoolClient } from 'pg';
import type { Cursor } from '../store/contract.js';
import { changesOf, type Changes, type RowChanges, type SumChanges } from './changes.js';
import { codeOf, type Failure, type Folded } from './fold-streams.js';
import { inTransaction } from '../store/in-transaction.js';
import type { AnyProjection, RowsTable } from './projection.js';

/** How far a copy has come: along the log, or, while that is swept, from stream to stream (`to` null: to the end). */
export type Moved = { span: number } & ({ cursor: Cursor; recordedAt: number } | { sweep: { to: string | null } });

/** What one transaction does to a copy. */
export interface Batch {
  folded: Folded[];
  /** Streams that are parked, or parked again further on. */
  failures: Failure[];
  /** Parked streams that have come up to the others. */
  freed: string[];
  /** Where the copy stands afterwards; null: where it stood. */
  moved: Moved | null;
}

/** The copy that is written to, as its writer knows it. */
export interface HeldCopy {
  generation: number;
  holder: string;
  revision: string;
}

export interface Written {
  revision: string;
  /** Streams that PostgreSQL refused, and that are parked for it. */
  refused: string[];
}

export interface WriteOptions {
  leaseMs: number;
  /** The first wait before a parked stream is tried again; doubling up to the second. */
  retryMs: { min: number; max: number };
}

/** Somebody else has written to the copy, or it is retired: nothing was written. */
export class CopyLost extends Error {
  override readonly name = 'CopyLost';
}

/**
 * Writes what a batch makes of a copy, with the cursor that goes with it, in one transaction. Where PostgreSQL refuses
 * what a stream contributes (a value out of range, say), that stream is parked and the others are written.
 *
 * @returns the copy's new revision, and which streams were refused
 * @throws CopyLost, StoreUnavailable
 */
export const writeBatch = async (
  pool: Pool,
  projection: AnyProjection,
  held: HeldCopy,
  batch: Batch,
  options: WriteOptions,
): Promise<Written> => {
  try {
    return await inTransaction(pool, 'write', (client) => writeTogether(client, projection, held, batch, options));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return inTransaction(pool, 'write', (client) => writeOneByOne(client, projection, held, batch, options));
  }
};

/** A value that a column cannot take, or a constraint: it is the row that is at fault. */
const isRefusal = (error: unknown): boolean => /^(22|23)/.test(String((error as { code?: unknown }).code));

const writeFolded = async (
  client: PoolClient,
  projection: AnyProjection,
  { generation }: HeldCopy,
  folded: Folded[],
): Promise<void> => {
  await writeStates(client, generation, folded);
  for (const changes of changesOf(projection, folded)) await writeChanges(client, generation, changes);
};

const writeTogether = async (
  client: PoolClient,
  projection: AnyProjection,
  held: HeldCopy,
  batch: Batch,
  options: WriteOptions,
): Promise<Written> => {
  const revision = await move(client, held, batch.moved, options.leaseMs);
  await writeFolded(client, projection, held, batch.folded);
  await writeParked(client, held.generation, batch, options.retryMs);
  return { revision, refused: [] };
};

const writeOneByOne = async (
  client: PoolClient,
  projection: AnyProjection,
  held: HeldCopy,
  batch: Batch,
  options: WriteOptions,
): Promise<Written> => {
  const revision = await move(client, held, batch.moved, options.leaseMs);
  const refused = new Map<string, Failure>();
  for (const one of batch.folded) {
    await client.query('SAVEPOINT one');
    try {
      await writeFolded(client, projection, held, [one]);
      await client.query('RELEASE SAVEPOINT one');
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await client.query('ROLLBACK TO SAVEPOINT one');
      const { stream, fromVersion } = one;
      refused.set(stream, { stream, fromVersion, reason: codeOf(error) });
    }
  }
  const failures = batch.failures.filter(({ stream }) => !refused.has(stream)).concat(...refused.values());
  const freed = batch.freed.filter((stream) => !refused.has(stream));
  await writeParked(client, held.generation, { ...batch, failures, freed }, options.retryMs);
  return { revision, refused: [...refused.keys()] };
};

const moveCopy = {
  name: 'projection-move',
  text: `UPDATE accord.projection_copies SET
      revision = revision + 1, lease_until = now() + $4::float8 * interval '1 millisecond',
      epoch = coalesce($5, epoch), xid = coalesce($6::xid8, xid), position = coalesce($7, position),
      events = events + $8, recorded_at = coalesce($9::timestamptz, recorded_at),
      sweep = CASE WHEN $10 THEN $11 ELSE sweep END
    WHERE generation = $1 AND holder = $2 AND revision = $3 AND role <> 'retired'
    RETURNING revision`,
};

/** Comes first: it locks the copy's row, so that of two writers the second waits, and then finds another revision. */
const move = async (
  client: PoolClient,
  { generation, holder, revision }: HeldCopy,
  moved: Batch['moved'],
  leaseMs: number,
): Promise<string> => {
  const along = moved !== null && 'cursor' in moved ? moved : null;
  const swept = moved !== null && 'sweep' in moved ? moved.sweep : null;
  const at = along === null ? null : new Date(along.recordedAt).toISOString();
  const { epoch = null, xid = null, position = null } = along?.cursor ?? {};
  const { rows } = await client.query<{ revision: string }>({
    ...moveCopy,
    values: [
      generation,
      holder,
      revision,
      leaseMs,
      epoch,
      xid,
      position,
      moved?.span ?? 0,
      at,
      swept !== null,
      swept?.to,
    ],
  });
  if (rows.length === 0) throw new CopyLost('another process has written to this copy');
  return rows[0]!.revision;
};

const upsertStates = {
  name: 'projection-states',
  text: `INSERT INTO accord.projection_streams (generation, stream, state)
    SELECT $1, stream, state FROM unnest($2::text[], $3::text[]) AS s(stream, state)
    ON CONFLICT (generation, stream) DO UPDATE SET state = excluded.state`,
};

const dropStates = {
  name: 'projection-drop-states',
  text: `DELETE FROM accord.projection_streams WHERE generation = $1 AND stream = ANY ($2::text[])`,
};

const writeStates = async (client: PoolClient, generation: number, folded: readonly Folded[]): Promise<void> => {
  const changed = folded.filter(({ before, after }) => before.text !== after.text);
  const kept = changed.filter(({ after }) => after.text !== null);
  if (kept.length > 0)
    await client.query({
      ...upsertStates,
      values: [generation, kept.map(({ stream }) => stream), kept.map(({ after }) => after.text)],
    });
  const dropped = changed.filter(({ after }) => after.text === null).map(({ stream }) => stream);
  if (dropped.length > 0) await client.query({ ...dropStates, values: [generation, dropped] });
};

const writeChanges = (client: PoolClient, generation: number, changes: Changes): Promise<void> =>
  'shares' in changes ? addSums(client, generation, changes) : replaceRows(client, generation, changes);

/** The columns of a recordset. Names and types are the program's own, never a caller's. */
export const recordset = (columns: RowsTable['columns']): string =>
  Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ');

export const list = (columns: readonly string[], of = ''): string =>
  columns.map((column) => `${of}"${column}"`).join(', ');

const replaceRows = async (client: PoolClient, generation: number, changes: RowChanges): Promise<void> => {
  const { table, upserts, deletes } = changes;
  if (deletes.length > 0) {
    const keys = deletes.map((row) => Object.fromEntries(table.key.map((column) => [column, row[column]])));
    const types = Object.fromEntries(table.key.map((column) => [column, table.columns[column]!]));
    await client.query({
      name: `drop ${table.table}`,
      text: `DELETE FROM ${table.table} t USING json_to_recordset($2::json) AS k(${recordset(types)})
        WHERE t.generation = $1 AND (${list(table.key, 't.')}) = (${list(table.key, 'k.')})`,
      values: [generation, JSON.stringify(keys)],
    });
  }
  if (upserts.length === 0) return;
  const columns = Object.keys(table.columns);
  const others = columns.filter((column) => !table.key.includes(column));
  await client.query({
    name: `put ${table.table}`,
    text: `INSERT INTO ${table.table} (generation, ${list(columns)})
      SELECT $1, ${list(columns)} FROM json_to_recordset($2::json) AS r(${recordset(table.columns)})
      ON CONFLICT (generation, ${list(table.key)})
      DO ${others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.map((one) => `"${one}" = excluded."${one}"`).join(', ')}`}`,
    values: [generation, JSON.stringify(upserts)],
  });
};

const addSums = async (client: PoolClient, generation: number, { table, shares }: SumChanges): Promise<void> => {
  if (shares.size === 0) return;
  const types: Record<string, 'text' | 'bigint'> = {};
  for (const column of table.key) types[column] = 'text';
  for (const column of table.sums) types[column] = 'bigint';
  const columns = Object.keys(types);
  await client.query({
    name: `add ${table.table}`,
    text: `INSERT INTO ${table.table} AS t (generation, ${list(columns)})
      SELECT $1, ${list(columns)} FROM json_to_recordset($2::json) AS r(${recordset(types)})
      ON CONFLICT (generation, ${list(table.key)})
      DO UPDATE SET ${table.sums.map((one: string) => `"${one}" = t."${one}" + excluded."${one}"`).join(', ')}`,
    values: [generation, JSON.stringify([...shares.values()])],
  });
};

const park = {
  name: 'projection-park',
  text: `INSERT INTO accord.projection_parked AS p (generation, stream, from_version, reason, retry_at)
    SELECT $1, stream, version, reason, now() + $5::float8 * interval '1 millisecond'
      FROM unnest($2::text[], $3::integer[], $4::text[]) AS f(stream, version, reason)
    ON CONFLICT (generation, stream) DO UPDATE SET
      from_version = excluded.from_version, reason = excluded.reason,
      -- One that got further begins anew.
      attempts = CASE WHEN excluded.from_version > p.from_version THEN 1 ELSE p.attempts + 1 END,
      retry_at = now() + interval '1 millisecond' * CASE WHEN excluded.from_version > p.from_version THEN $5::float8
        ELSE least($5::float8 * 2.0 ^ least(p.attempts, 30), $6::float8) END`,
};

const free = {
  name: 'projection-free',
  text: `DELETE FROM accord.projection_parked WHERE generation = $1 AND stream = ANY ($2::text[])`,
};

const writeParked = async (
  client: PoolClient,
  generation: number,
  { failures, freed }: Batch,
  { min, max }: WriteOptions['retryMs'],
): Promise<void> => {
  if (failures.length > 0)
    await client.query({
      ...park,
      values: [
        generation,
        failures.map(({ stream }) => stream),
        failures.map(({ fromVersion }) => fromVersion),
        failures.map(({ reason }) => reason),
        min,
        max,
      ],
    });
  if (freed.length > 0) await client.query({ ...free, values: [generation, freed] });
};
