/** Anything that runs a query: a client, a pool, a data source's query runner. */
interface Queryable {
  query(sql: string): Promise<{ rows: unknown[] }>;
}

/**
 * Throws if the database is marked as a production one (`mode` = `production` in accord.settings), which local
 * mode must not touch: it issues tokens to anyone. A database without that table is a fresh one and passes;
 * one whose settings this role may not read is refused as well.
 */
export async function refuseProductionDatabase(client: Queryable): Promise<void> {
  const refuse = (why: string) => {
    throw new Error(
      `${why}: local mode refuses it, because it hands out tokens to anyone. ` +
        'Set ACCORD_MODE=production and start the API and the worker by themselves, or point DATABASE_URL elsewhere.',
    );
  };
  const { rows } = await client.query(
    `SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'accord' AND c.relname = 'settings'`,
  );
  const [table] = rows as { readable: boolean }[];
  if (!table) return;
  if (!table.readable) return refuse('Whether this is a production database cannot be read by this role');
  const { rows: marks } = await client.query(
    // text or jsonb, whichever the column is
    `SELECT FROM accord.settings WHERE name = 'mode' AND trim(both '"' from value::text) = 'production'`,
  );
  if (marks.length > 0) refuse('This database is marked as a production database');
}
