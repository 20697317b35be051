import pg from 'pg';
import { withPostgres } from '../support/services.js';
import type { TestApi } from './api.js';

/** Runs statements in a test API's database as the superuser, whom nothing forbids. */
export const asSuperuser = async ({ pool }: TestApi, ...statements: string[]): Promise<void> => {
  const { adminUrl } = await withPostgres();
  const url = new URL(adminUrl);
  url.pathname = new URL(pool.options.connectionString!).pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** Appends events to a stream, `count` in one transaction, from a version on, each with so many characters of data. */
export const bulkEvents = (stream: string, from: number, count: number, characters = 0): string =>
  `INSERT INTO accord.events (epoch, xid, position, stream, version, event_id, type, schema_version,
      occurred_at, recorded_at, actor, command_id, correlation_id, data, previous_hash, hash)
    SELECT (SELECT epoch FROM accord.cluster), pg_current_xact_id(), nextval('accord.event_position'), '${stream}', n,
      gen_random_uuid()::text, 'NoteAdded', 1, '2026-03-02', now(), '{}', 'c', 'c',
      jsonb_build_object('x', repeat('x', ${characters})), '', ''
    FROM generate_series(${from}, ${from + count - 1}) AS n`;
