import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { accord } from '../../src/cli/accord.js';
import { createAnchors } from '../../src/commands/anchors.js';
import { createCommandService } from '../../src/commands/command-service.js';
import { openSigningKeys } from '../../src/commands/keys.js';
import { cast, wageArrears } from '../../src/demo/wage-arrears.js';
import { makeBackup } from '../../src/store/backup/make-backup.js';
import type { Manifest } from '../../src/store/backup/manifest.js';
import { restoreBackup } from '../../src/store/backup/restore-backup.js';
import { createFolderBlobStore } from '../../src/store/blob-store.js';
import type { Cursor, EventStore } from '../../src/store/contract.js';
import { createEventStore } from '../../src/store/event-store.js';
import { knownMigrations, migrate } from '../../src/store/migrate.js';
import { createPool } from '../../src/store/pool.js';
import { openMasterKeys } from '../../src/store/sealing/open-master-keys.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { verifyAll } from '../../src/store/verify.js';
import { openCommands, requesterOf, type CommandsWorld } from '../commands/commands-world.js';
import { allReadable } from '../store/watermark.js';
import { runTypeScript } from '../support/processes.js';
import { freshDatabase, testFolder } from '../support/services.js';

/** One story, anchored, with a document; backed up once, restored by each test into a database of its own. */
let world: CommandsWorld;
let home: string;
let folder: string;
let disputeId: string;
let said: string[];
const dropped: (() => Promise<void>)[] = [];
const document = Buffer.from('一份证据');

type Urls = { databaseUrl: string; databaseAdminUrl: string };

const run = async (urls: Urls, atHome: string, ...args: string[]) => {
  const lines: string[] = [];
  const env = { DATABASE_URL: urls.databaseUrl, DATABASE_ADMIN_URL: urls.databaseAdminUrl, ACCORD_HOME: atHome };
  const code = await accord(args, env, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
};

const empty = async (name: string): Promise<Urls> => {
  const { drop, ...urls } = await freshDatabase(name);
  dropped.push(drop);
  return urls;
};

const query = async <Row extends object>(url: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<Row>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
};

beforeAll(async () => {
  world = await openCommands('backup', '2026-11-20T09:00:00+08:00');
  home = testFolder('backup-home');
  folder = join(testFolder('backup-target'), 'backup');
  // The world's own keys are not in a home: the story is told under those of one.
  const sealing = createSealing(world.db.pool, openMasterKeys(home, {}, { make: true }));
  const store = createEventStore(world.db.pool, { clock: world.clock, sealing });
  const commands = createCommandService({ store, clock: world.clock });
  Object.assign(world.commands, commands);
  disputeId = await world.tell(wageArrears.slice(0, 25));
  await createFolderBlobStore(join(home, 'documents'), { key: () => sealing.systemKey('documents') }).put(
    (async function* () {
      yield document;
    })(),
    1e6,
  );
  await allReadable(world.db.pool);
  await createAnchors({ pool: world.db.pool, keys: openSigningKeys(home, {}) }).make();
  const { code, text } = await run(world.db, home, 'backup', folder);
  expect(code).toBe(0);
  said = text.split('\n');
}, 120_000);

afterAll(async () => {
  for (const drop of dropped) await drop();
  await world.db.drop();
});

/** What a restore changes on purpose. */
const comparable: Record<string, string> = {
  cluster: 'only_row',
  settings: "CASE WHEN name LIKE 'temporal-incarnation%' THEN NULL ELSE t.* END",
  drive_queue: 'dispute_id, version',
  dispute_clocks: 'dispute_id, plan_version, plan_code, next_due, stall_at, stall',
};

const rowsOf = async (url: string, table: string): Promise<string[]> => {
  const columns = comparable[table] ?? 't.*';
  const rows = await query<{ row: string }>(
    url,
    `SELECT ROW(${columns})::text AS row FROM accord."${table}" t ORDER BY 1`,
  );
  return rows.map(({ row }) => row);
};

test('a restore into an empty database brings back every table row by row, chains and anchors verified', async () => {
  const urls = await empty('restored');
  const newHome = testFolder('restored-home');
  const { code, text } = await run(urls, newHome, 'restore', folder);
  expect(code).toBe(0);
  expect(text).toMatch(/[1-9]\d* streams, [1-9]\d* events, 0 damaged; 1 anchors, 0 problems/);
  expect(text).toMatch(/will hand 1 open disputes to Temporal/);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.schema).toEqual([...knownMigrations].sort((a, b) => a.slice(-13).localeCompare(b.slice(-13))));
  for (const { name, rows } of manifest.tables) {
    const restored = await rowsOf(urls.databaseAdminUrl, name);
    expect(restored).toHaveLength(rows);
    expect({ name, rows: restored }).toEqual({ name, rows: await rowsOf(world.db.databaseAdminUrl, name) });
  }
  const counters = `SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'accord' ORDER BY 1`;
  expect(await query(urls.databaseAdminUrl, counters)).toEqual(await query(world.db.databaseAdminUrl, counters));
  expect(manifest.tables.map(({ name }) => name)).toEqual(
    (
      await query<{ name: string }>(
        world.db.databaseAdminUrl,
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'accord' ORDER BY 1`,
      )
    ).map(({ name }) => name),
  );
  // The application may start on it, and nobody has taken its plans.
  await migrate(urls.databaseAdminUrl, () => undefined);
  expect(
    await query(
      urls.databaseAdminUrl,
      `SELECT driven_version, behind_since IS NOT NULL AS behind FROM accord.dispute_clocks`,
    ),
  ).toEqual([{ driven_version: 0, behind: true }]);
});

test('private keys stay outside unless they are asked for, and the restore says which one is missing', async () => {
  expect(said.join('\n')).toMatch(/private keys are not in it: keep .*master\.key.* separately/);
  expect(readdirSync(join(folder, 'keys')).filter((name) => !name.endsWith('.pub.pem'))).toEqual([]);
  const urls = await empty('keyless');
  const keyless = await run(urls, testFolder('keyless-home'), 'restore', folder);
  expect(keyless.code).toBe(0);
  expect(keyless.text).toMatch(/master key [0-9a-f]{16} is not here/);

  const withKeys = join(testFolder('with-keys'), 'backup');
  expect((await run(world.db, home, 'backup', withKeys, '--with-keys')).text).toContain(
    'whoever has this folder can read everything',
  );
  const newHome = testFolder('keys-home');
  // What a first start has made there seals nothing that is kept.
  openMasterKeys(newHome, {}, { make: true });
  openSigningKeys(newHome, {});
  const other = await empty('with-keys');
  expect((await run(other, newHome, 'restore', withKeys)).text).not.toContain('is not here');
  const pool = createPool(other.databaseUrl);
  const sealing = createSealing(pool, openMasterKeys(newHome, {}));
  try {
    const commands = createCommandService({ store: createEventStore(pool, { sealing }) });
    expect((await commands.read(disputeId))?.values).toEqual((await world.commands.read(disputeId))?.values);
    const sha256 = (await import('node:crypto')).createHash('sha256').update(document).digest('hex');
    const found = await createFolderBlobStore(join(newHome, 'documents'), {
      key: () => sealing.systemKey('documents'),
    }).get(sha256);
    const chunks: Buffer[] = [];
    for await (const chunk of found!) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(document);
    expect(openSigningKeys(newHome, {}).current.kid).toBe(openSigningKeys(home, {}).current.kid);
  } finally {
    await pool.end();
  }
});

/** All events after the cursor, in pages. */
const follow = async (store: EventStore, after: Cursor | null) => {
  const events = [];
  for (let cursor = after; ;) {
    const page = await store.readAll(cursor, 7);
    events.push(...page.events);
    if (page.events.length === 0) return { events, cursor };
    cursor = page.cursor;
  }
};

test('a reader goes on from its old cursor: what came after it, also after the restore, each once', async () => {
  const before = await follow(world.store, null);
  const middle = before.events[Math.floor(before.events.length / 2)]!.cursor;
  const urls = await empty('cursors');
  const act = async (url: string, key: string) => {
    const pool = createPool(url);
    try {
      const sealing = createSealing(pool, openMasterKeys(home, {}));
      const store = createEventStore(pool, { sealing });
      const commands = createCommandService({ store });
      const body = { text: '恢复之后' };
      const identity = { commandId: key, fingerprint: key, correlationId: key, kind: 'person' as const };
      const result = await commands.run({
        disputeId,
        action: 'add-note',
        body,
        by: requesterOf(cast.counter),
        ...identity,
      });
      expect(result.status).toBe('done');
      await allReadable(pool);
      const seen = async (after: Cursor | null) => (await follow(store, after)).events.map(({ eventId }) => eventId);
      const epoch = await store.epoch();
      const last = await follow(store, before.cursor);
      return { fromMiddle: await seen(middle), fromEnd: last.events, fromNow: await seen(last.cursor), epoch };
    } finally {
      await pool.end();
    }
  };
  await run(urls, testFolder('cursors-home'), 'restore', folder);
  const once = await act(urls.databaseUrl, randomUUID());
  const rest = before.events.slice(Math.floor(before.events.length / 2) + 1).map(({ eventId }) => eventId);
  expect(once.fromEnd.map(({ type }) => type)).toEqual(['NoteAdded']);
  expect(once.fromMiddle).toEqual([...rest, once.fromEnd[0]!.eventId]);
  expect(once.fromNow).toEqual([]);
  expect(once.epoch).toBeGreaterThan(1);

  // The restored record is itself backed up and restored, in the same minute: readers go on there as well.
  const second = join(testFolder('second'), 'backup');
  await run(urls, home, 'backup', second);
  const again = await empty('again');
  await run(again, testFolder('again-home'), 'restore', second);
  const twice = await act(again.databaseUrl, randomUUID());
  expect(twice.epoch).toBeGreaterThan(once.epoch);
  expect(twice.fromMiddle).toEqual([...once.fromMiddle, twice.fromEnd[1]!.eventId]);
});

test('a damaged, cut or unfinished backup is named, and nothing is restored from it', async () => {
  const urls = await empty('untouched');
  const broken = (change: (copy: string) => void): Promise<string> => {
    const copy = join(testFolder('broken'), 'backup');
    cpSync(folder, copy, { recursive: true });
    change(copy);
    return run(urls, testFolder('broken-home'), 'restore', copy).then(
      () => 'restored',
      (error: Error) => error.message,
    );
  };
  const damage = (file: string) => (copy: string) => {
    const bytes = readFileSync(join(copy, file));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(copy, file), bytes);
  };
  const list = gunzipSync(readFileSync(join(folder, 'documents.list.gz'))).toString();
  const aDocument = list.trim().split('  ').at(-1)!;
  expect(await broken(damage('tables/events.copy.gz'))).toBe('tables/events.copy.gz is damaged');
  expect(await broken((copy) => rmSync(join(copy, 'tables/streams.copy.gz')))).toContain(
    'tables/streams.copy.gz is missing',
  );
  expect(await broken(damage(aDocument))).toBe(`${aDocument} is damaged`);
  expect(await broken(damage('documents.list.gz'))).toBe('documents.list.gz is damaged');
  expect(await broken(damage('manifest.json'))).toBe('manifest.json is damaged');
  expect(await broken((copy) => writeFileSync(join(copy, 'manifest.json'), '{"form'))).toBe('manifest.json is damaged');
  expect(await broken((copy) => rmSync(join(copy, 'manifest.json')))).toContain('not finished');
  expect(await query(urls.databaseAdminUrl, `SELECT FROM pg_namespace WHERE nspname = 'accord'`)).toEqual([]);
  expect((await run(urls, home, 'restore', folder, '--check')).text).toContain('is whole');
  expect(await query(urls.databaseAdminUrl, `SELECT FROM pg_namespace WHERE nspname = 'accord'`)).toEqual([]);
});

test('a database with a record, one in use, and a newer schema are refused; a folder is never overwritten', async () => {
  const refusal = (urls: Urls, source = folder) =>
    run(urls, testFolder('refused'), 'restore', source).then(
      () => 'restored',
      (error: Error) => error.message,
    );
  const inUse = await empty('in-use');
  await migrate(inUse.databaseAdminUrl, () => undefined);
  const pool = createPool(inUse.databaseUrl);
  await pool.query('SELECT 1');
  expect(await refusal(inUse)).toContain('stop them first');
  await pool.end();
  expect(await refusal(inUse)).toBe('restored');
  expect(await refusal(inUse)).toContain('has a record already (accord.events)');
  await expect(run(world.db, home, 'backup', folder)).rejects.toThrow('exists already');
  await expect(run(await empty('nothing'), home, 'backup', `${folder}-2`)).rejects.toThrow(
    'the database has no record',
  );
  expect(readdirSync(join(folder, '..'))).toEqual(['backup']);
});

test('a mistyped place makes nothing: no home, no folder of a disk that is not mounted', async () => {
  const place = testFolder('mistyped');
  const at = { ACCORD_HOME: join(place, 'home') };
  await expect(accord(['backup', join(place, 'b')], at, () => undefined)).rejects.toThrow('set ACCORD_HOME');
  await expect(accord(['restore', join(place, 'b')], at, () => undefined)).rejects.toThrow('no manifest.json');
  await expect(run(world.db, home, 'backup', join(place, 'mnt', 'b'))).rejects.toThrow('is its disk mounted?');
  expect(readdirSync(place)).toEqual([]);
});

test('a backup of an older schema comes back and is brought up to date; one of a newer version is refused', async () => {
  const old = await empty('older');
  const first = knownMigrations.filter((name) => /00000[1-6]$/.test(name));
  await migrate(old.databaseAdminUrl, () => undefined, { only: first });
  const target = join(testFolder('older'), 'backup');
  const manifest = await makeBackup({ databaseAdminUrl: old.databaseAdminUrl, target, documents: null });
  expect(manifest.schema).toHaveLength(first.length);
  const urls = await empty('from-older');
  await restoreBackup({ source: target, databaseAdminUrl: urls.databaseAdminUrl, documents: null });
  const names = await query<{ name: string }>(urls.databaseAdminUrl, 'SELECT name FROM accord.migrations');
  expect(names).toHaveLength(knownMigrations.length);

  const newer = await empty('newer');
  await migrate(newer.databaseAdminUrl, () => undefined);
  await query(
    newer.databaseAdminUrl,
    `INSERT INTO accord.migrations (timestamp, name) VALUES (9999999999999, 'Next9999999999999')`,
  );
  const ahead = join(testFolder('newer'), 'backup');
  await makeBackup({ databaseAdminUrl: newer.databaseAdminUrl, target: ahead, documents: null });
  await expect(
    restoreBackup({ source: ahead, databaseAdminUrl: (await empty('x')).databaseAdminUrl, documents: null }),
  ).rejects.toThrow('newer version of Accord (Next9999999999999)');
});

test('after a kill −9 in the middle nothing starts on that database but the restore, which then succeeds', async () => {
  const urls = await empty('killed');
  await migrate(urls.databaseAdminUrl, () => undefined);
  const blocker = new pg.Client({ connectionString: urls.databaseAdminUrl });
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE accord.streams IN SHARE MODE');
  const newHome = testFolder('killed-home');
  const env = { DATABASE_URL: urls.databaseUrl, DATABASE_ADMIN_URL: urls.databaseAdminUrl, ACCORD_HOME: newHome };
  const child = runTypeScript('src/cli/accord.ts', ['restore', folder], env);
  const isWaiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'accord-restore' AND wait_event_type = 'Lock'`;
  try {
    while ((await query(urls.databaseAdminUrl, isWaiting)).length === 0) {
      if (child.process.exitCode !== null) throw new Error(child.lines.join('\n'));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    child.process.kill('SIGKILL');
    await child.exitCode();
    await blocker.query('ROLLBACK');
    await blocker.end();
  }
  await expect(migrate(urls.databaseAdminUrl, () => undefined)).rejects.toThrow('run accord restore again');
  const { code, text } = await run(urls, newHome, 'restore', folder);
  expect(code).toBe(0);
  expect(text).toContain('0 damaged; 1 anchors, 0 problems');
  await migrate(urls.databaseAdminUrl, () => undefined);
});

test('in local mode the command starts the PostgreSQL of the home by itself, and ends it again', async () => {
  const local = testFolder('local-home');
  const at = { ACCORD_HOME: local };
  expect(await accord(['restore', folder], at, () => undefined)).toBe(0);
  const second = join(testFolder('local-target'), 'backup');
  const lines: string[] = [];
  expect(await accord(['backup', second], at, (line) => lines.push(line))).toBe(0);
  expect(JSON.parse(readFileSync(join(local, 'run', 'postgres.json'), 'utf8'))).toMatchObject({ pid: null });
  const eventsIn = (place: string) => readFileSync(join(place, 'tables', 'events.copy.gz'));
  expect(gunzipSync(eventsIn(second))).toEqual(gunzipSync(eventsIn(folder)));
});

test('what is written while the backup runs is in it whole or not at all', async () => {
  let stop = false;
  const writing = (async () => {
    let notes = 0;
    for (; !stop; notes += 1) {
      await world.act(disputeId, cast.counter, 'add-note', { text: `第${notes}条` });
    }
    return notes;
  })();
  const target = join(testFolder('live'), 'backup');
  const manifest = await makeBackup({ databaseAdminUrl: world.db.databaseAdminUrl, target, documents: null });
  stop = true;
  expect(await writing).toBeGreaterThan(0);
  const urls = await empty('live');
  await restoreBackup({ source: target, databaseAdminUrl: urls.databaseAdminUrl, documents: null });
  const pool = createPool(urls.databaseUrl);
  try {
    const damages: unknown[] = [];
    const { events } = await verifyAll(pool, (damage) => damages.push(damage));
    expect(damages).toEqual([]);
    expect(events).toBe(manifest.tables.find(({ name }) => name === 'events')!.rows);
  } finally {
    await pool.end();
  }
});

test('a failed backup leaves nothing behind', async () => {
  const place = testFolder('failing');
  const notAFile = join(place, 'documents', 'aa');
  renameSync(testFolder('shelf'), join(place, 'documents'));
  writeFileSync(notAFile, '');
  const keys = [{ file: 'keys/none', path: join(place, 'missing'), secret: true }];
  const target = join(place, 'backup');
  await expect(
    makeBackup({ databaseAdminUrl: world.db.databaseAdminUrl, target, documents: null, keys }),
  ).rejects.toThrow('ENOENT');
  expect(existsSync(target)).toBe(false);
  expect(readdirSync(place)).toEqual(['documents']);
});
