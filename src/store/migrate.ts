import pg from 'pg';
import { DataSource } from 'typeorm';
import { EventLog1764000000001 } from './migrations/1-event-log.js';
import { Disputes1764000000002 } from './migrations/2-disputes.js';
import { Drive1764000000003 } from './migrations/3-drive.js';
import { Append1764000000004 } from './migrations/4-append.js';
import { Grants1764000000005 } from './migrations/5-grants.js';
import { Projections1764000000008 } from './migrations/8-projections.js';
import { Anchors1764000000006 } from './migrations/6-anchors.js';
import { Sealing1764000000007 } from './migrations/7-sealing.js';
import { Subscriptions1764000000009 } from './migrations/9-subscriptions.js';
import { asStoreError } from './pool.js';

const migrations = [
  EventLog1764000000001,
  Disputes1764000000002,
  Drive1764000000003,
  Append1764000000004,
  Grants1764000000005,
  Anchors1764000000006,
  Sealing1764000000007,
  Projections1764000000008,
  Subscriptions1764000000009,
];

/** Names of all migrations that this version has. */
export const knownMigrations: readonly string[] = migrations.map(({ name }) => name);

/** Set while a backup is being restored, and gone with the transaction that brings the record. */
export const restoringSetting = 'restoring';

const markProduction = `INSERT INTO accord.settings (name, value) VALUES ('mode', '"production"')
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** Any number, the same for all who migrate. */
const advisoryLock = 4_217_630_051;

/**
 * Brings the schema `accord` up to date and notes which cluster it lives in. Safe from several processes at once:
 * the others wait. Run with the owner's role. `production` marks the database as one that local mode refuses. `only`: the
 * migrations of a backup that is about to be restored.
 *
 * @throws Error saying what to run, where the role accord_app does not exist or a restore was not finished;
 * StoreUnavailable
 */
export async function migrate(
  databaseAdminUrl: string,
  log: (line: string) => void,
  { production = false, only }: { production?: boolean; only?: readonly string[] } = {},
): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pg,
    url: databaseAdminUrl,
    schema: 'accord',
    migrations: only ? migrations.filter(({ name }) => only.includes(name)) : migrations,
    migrationsTableName: 'migrations',
    installExtensions: false,
    logging: false,
    // One connection that is never given up: the lock belongs to the session that migrates.
    extra: {
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 10_000,
      application_name: 'accord-migrate',
    },
    poolErrorHandler: () => undefined,
  });
  try {
    await dataSource.initialize();
    try {
      await assertApplicationRole(dataSource);
      await acquireLock(dataSource, log);
      await dataSource.query('CREATE SCHEMA IF NOT EXISTS accord');
      for (const migration of await dataSource.runMigrations({ transaction: 'each' })) {
        log(`migrated: ${migration.name}`);
      }
      if (!only) await refuseHalfRestored(dataSource);
      await noteCluster(dataSource, log);
      if (production) await dataSource.query(markProduction);
    } finally {
      await dataSource.destroy();
    }
  } catch (error) {
    throw asStoreError(error);
  }
}

async function assertApplicationRole(dataSource: DataSource): Promise<void> {
  const found: unknown[] = await dataSource.query(`SELECT FROM pg_roles WHERE rolname = 'accord_app'`);
  if (found.length > 0) return;
  throw new Error(
    [
      'The database has no role accord_app, which the application connects as. As an administrator, run:',
      `  CREATE ROLE accord_app LOGIN PASSWORD '…';`,
      'then use that role in DATABASE_URL, and the owner of the database in DATABASE_ADMIN_URL.',
    ].join('\n'),
  );
}

/** Started now, it would look like a record that is empty. */
async function refuseHalfRestored(dataSource: DataSource): Promise<void> {
  const found: unknown[] = await dataSource.query('SELECT FROM accord.settings WHERE name = $1', [restoringSetting]);
  if (found.length > 0)
    throw new Error(
      'A backup was being restored into this database, and that was not finished: run accord restore again.',
    );
}

/** Polls instead of waiting inside PostgreSQL, where the waiting statement would hold a snapshot. */
async function acquireLock(dataSource: DataSource, log: (line: string) => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const [row]: { locked: boolean }[] = await dataSource.query('SELECT pg_try_advisory_lock($1) AS locked', [
      advisoryLock,
    ]);
    if (row?.locked) return;
    if (attempt === 0) log('waiting for another process to migrate');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function noteCluster(dataSource: DataSource, log: (line: string) => void): Promise<void> {
  const [before]: { epoch: number }[] = await dataSource.query('SELECT epoch FROM accord.cluster');
  const [after]: { epoch: number }[] = await dataSource.query('SELECT accord.note_cluster() AS epoch');
  if (before !== undefined && before.epoch !== after?.epoch) {
    log(`the database has moved to another cluster or timeline: epoch ${after?.epoch} begins`);
  }
}
