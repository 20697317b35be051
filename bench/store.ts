import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { ensureDatabase, ensureRoles, type DatabaseUrls } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import type { EventStore } from '../src/store/contract.js';
import { createEventStore } from '../src/store/event-store.js';
import { migrate } from '../src/store/migrate.js';
import { createPool } from '../src/store/pool.js';
import { median, rate } from './load.js';
import { dispute, event } from './typical-dispute.js';

/**
 * What the event store costs, as a ratio to the least that this machine's PostgreSQL can do: a one-row insert that
 * commits by itself. Rates differ from machine to machine and fsync may be cheap; the ratio says more.
 */

export interface StoreBench {
  clients: number;
  /** Commits a second: a row of an id and a JSON value, the least that PostgreSQL can do. */
  rawInserts: number;
  /** Commits a second of the event's own row, with all its columns and indexes and nothing else. */
  eventRows: number;
  /** Appends a second of one event with deduplication and a 3 KB snapshot, nothing else changing. */
  appends: number;
  /** The same where half change the plan, all the stall, a quarter the deadlines and a quarter what is listed. */
  busyAppends: number;
  /** Busy appends, each after its load: the two round trips of a command, a second. */
  commands: number;
  /** appends / rawInserts, busyAppends / rawInserts. */
  ratio: number;
  busyRatio: number;
}

/** Runs in a database of its own; measures each a few times by turns and takes the medians. */
export async function benchStore(
  urls: DatabaseUrls,
  { seconds = 3, clients = 8, rounds = 3 } = {},
): Promise<StoreBench> {
  await migrate(urls.databaseAdminUrl, () => undefined);
  const owner = createPool(urls.databaseAdminUrl, { max: clients });
  const pool = createPool(urls.databaseUrl, { max: clients });
  try {
    await owner.query('CREATE TABLE IF NOT EXISTS accord.bench_scratch (id uuid PRIMARY KEY, data jsonb NOT NULL)');
    await owner.query('CREATE TABLE IF NOT EXISTS accord.bench_events (LIKE accord.events INCLUDING INDEXES)');
    await appendOnly(pool, 1, clients);
    const rates: number[][] = [[], [], [], [], []];
    for (let round = 0; round < rounds; round += 1) {
      rates[0]!.push(await rawInsert(owner, seconds, clients));
      rates[1]!.push(await appendOnly(pool, seconds, clients));
      rates[2]!.push(await appendOnly(pool, seconds, clients, { busy: true }));
      rates[3]!.push(await appendOnly(pool, seconds, clients, { busy: true, loads: true }));
      rates[4]!.push(await eventRow(owner, seconds, clients));
    }
    const [rawInserts, appends, busyAppends, commands, eventRows] = rates.map(median) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const ratio = appends / rawInserts;
    return {
      clients,
      rawInserts,
      eventRows,
      appends,
      busyAppends,
      commands,
      ratio,
      busyRatio: busyAppends / rawInserts,
    };
  } finally {
    await pool.end();
    await owner.end();
  }
}

/** One-row inserts into a scratch table, each its own transaction: commits a second. Needs the owner's role. */
export function rawInsert(pool: Pool, seconds: number, clients: number): Promise<number> {
  const text = 'INSERT INTO accord.bench_scratch (id, data) VALUES ($1, $2)';
  const data = JSON.stringify(event('e', 1));
  return rate(seconds, clients, () => async () => {
    await pool.query({ name: 'raw-insert', text, values: [randomUUID(), data] });
  });
}

/** The row of one event, its hash given: commits a second. Needs the owner's role. */
function eventRow(pool: Pool, seconds: number, clients: number): Promise<number> {
  const text = `INSERT INTO accord.bench_events VALUES (
    1, pg_current_xact_id(), nextval('accord.event_position'), $1, $2, $3, $4, 1, $5, $6, $7, $8, NULL, $8, $9, $10, $11, $11)`;
  const hash = Buffer.alloc(32, 7);
  return rate(seconds, clients, () => {
    let version = 0;
    let stream = '';
    return async () => {
      if (version % 40 === 0) [stream, version] = [`dispute-${randomUUID()}`, 0];
      version += 1;
      const { eventId, type, occurredAt, actor, commandId, procedureId, data } = event(randomUUID(), version);
      const recordedAt = new Date().toISOString();
      const values = [
        stream,
        version,
        eventId,
        type,
        occurredAt,
        recordedAt,
        actor,
        commandId,
        procedureId,
        data,
        hash,
      ];
      await pool.query({ name: 'event-row', text, values });
    };
  });
}

interface Mix {
  /** Whether plan, stall, deadlines and listing change, too. */
  busy?: boolean;
  /** Whether each append comes after a load, as a command's does. */
  loads?: boolean;
}

/** Appends a second, each client to disputes of its own, heads kept in memory. */
export function appendOnly(pool: Pool, seconds: number, clients: number, mix: Mix = {}): Promise<number> {
  const store = createEventStore(pool);
  return rate(seconds, clients, () => appender(store, mix));
}

/** Forty events a dispute, as the longer stories have, then the next. */
function appender(store: EventStore, { busy = false, loads = false }: Mix): () => Promise<void> {
  let disputeId = '';
  let version = 0;
  let headHash: string | null = null;
  let headRecordedAt: string | null = null;
  return async () => {
    if (version % 40 === 0) [disputeId, version, headHash, headRecordedAt] = [randomUUID(), 0, null, null];
    const commandId = randomUUID();
    if (loads) await store.load(disputeId, commandId);
    const result = await store.append({
      stream: `dispute-${disputeId}`,
      expectedVersion: version,
      headHash,
      headRecordedAt,
      command: { commandId, fingerprint: commandId },
      events: [event(commandId, version)],
      values: [],
      dispute: dispute(disputeId, version, busy ? version : 1),
      refusal: null,
    });
    if (result.status !== 'appended') throw new Error(`bench: ${result.status}`);
    ({ version, headHash } = result);
    headRecordedAt = result.events[0]!.recordedAt;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  chmodSync(home, 0o711);
  const server = await startPostgres({ home, log: () => undefined });
  try {
    await ensureRoles({ adminUrl: server.adminUrl, home });
    console.log(await benchStore(await ensureDatabase({ adminUrl: server.adminUrl, home })));
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
