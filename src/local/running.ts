import { join } from 'node:path';
import type { DatabaseUrls } from './database.js';
import { readJson, readRecord } from './home.js';
import type { Secrets } from './postgres-cluster.js';

/** The database of the local mode that runs in this home, or null where none is noted as running. Starts nothing. */
export function runningDatabase(home: string): DatabaseUrls | null {
  const record = readRecord(home, 'postgres');
  const secrets = readJson<Secrets>(join(home, 'secrets.json'));
  if (!record?.pid || !secrets) return null;
  const urlOf = (role: 'accord_app' | 'accord_owner') =>
    `postgres://${role}:${encodeURIComponent(secrets[role])}@127.0.0.1:${record.port}/accord`;
  return { databaseUrl: urlOf('accord_app'), databaseAdminUrl: urlOf('accord_owner') };
}
