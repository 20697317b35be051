import pg from 'pg';
import { keptSecrets } from './postgres-cluster.js';

/** The URLs of one database for the two roles of the application; neither is a superuser. */
export interface DatabaseUrls {
  /** As `accord_app`: the API and the worker. */
  databaseUrl: string;
  /** As `accord_owner`, who owns the database: migrations. */
  databaseAdminUrl: string;
}

/** Runs queries as the superuser and closes the connection. */
export async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes the roles `accord_owner` and `accord_app` with the passwords kept in home, or brings them back to what
 * they should be. Several may call it at once.
 */
export async function ensureRoles({ adminUrl, home }: { adminUrl: string; home: string }): Promise<void> {
  const secrets = keptSecrets(home);
  await asAdmin(adminUrl, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('accord roles'))`);
    for (const role of ['accord_owner', 'accord_app'] as const) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      await client.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role}
         LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
         PASSWORD ${client.escapeLiteral(secrets[role])}`,
      );
    }
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
  });
}

/**
 * Makes the database if it is missing: owned by `accord_owner`, open to `accord_app` for connecting and nothing
 * more. The roles must exist (`ensureRoles`).
 */
export async function ensureDatabase(options: {
  adminUrl: string;
  home: string;
  database?: string;
}): Promise<DatabaseUrls> {
  const { adminUrl, home, database = 'accord' } = options;
  await asAdmin(adminUrl, async (client) => {
    const name = client.escapeIdentifier(database);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${name} OWNER accord_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO accord_app`);
  });
  const secrets = keptSecrets(home);
  const urlOf = (role: 'accord_owner' | 'accord_app') => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = secrets[role];
    url.pathname = `/${database}`;
    return url.href;
  };
  return { databaseUrl: urlOf('accord_app'), databaseAdminUrl: urlOf('accord_owner') };
}
