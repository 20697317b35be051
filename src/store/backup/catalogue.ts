import pg from 'pg';
import type { BackupSequence } from './manifest.js';

/** A table of the schema `accord`, as PostgreSQL's own catalogue knows it: whatever migrations have made is found. */
export interface CatalogueTable {
  name: string;
  /** Without generated ones, which PostgreSQL computes again. */
  columns: string[];
}

export const quoted = (name: string): string => pg.escapeIdentifier(name);

/** A table or sequence of ours in SQL. */
export const inSchema = (name: string): string => `accord.${quoted(name)}`;

const selectTables = `
  SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   WHERE n.nspname = 'accord' AND c.relkind = 'r'
   GROUP BY c.relname ORDER BY c.relname`;

export const tablesOf = async (client: pg.ClientBase): Promise<CatalogueTable[]> =>
  (await client.query<CatalogueTable>(selectTables)).rows;

const selectSequences = `
  SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'accord' AND c.relkind = 'S' ORDER BY c.relname`;

/**
 * Where every sequence stands. A sequence is outside transactions: read after a snapshot was taken, it stands at or
 * beyond everything that the snapshot shows.
 */
export async function sequencesOf(client: pg.ClientBase): Promise<BackupSequence[]> {
  const { rows } = await client.query<{ name: string }>(selectSequences);
  const found: BackupSequence[] = [];
  for (const { name } of rows) {
    const {
      rows: [at],
    } = await client.query<Omit<BackupSequence, 'name'>>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${inSchema(name)}`,
    );
    found.push({ name, ...at! });
  }
  return found;
}

/** Migrations that have run, in their order; null where the schema was never made. */
export async function schemaOf(client: pg.ClientBase): Promise<string[] | null> {
  const {
    rows: [found],
  } = await client.query<{ there: boolean }>(`SELECT to_regclass('accord.migrations') IS NOT NULL AS there`);
  if (!found!.there) return null;
  const { rows } = await client.query<{ name: string }>('SELECT name FROM accord.migrations ORDER BY timestamp');
  return rows.map(({ name }) => name);
}

/** A session of the owner that may take as long as it needs, and writes everything in one way. */
export async function openSession(databaseAdminUrl: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseAdminUrl,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '10s';
    SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1;
    SET client_encoding = 'UTF8'; SET search_path = pg_catalog`);
  return client;
}
