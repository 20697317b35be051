import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { ensureDatabase, ensureRoles, type DatabaseUrls } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import type { DisputeWrite, EventStore, NewEvent } from '../src/store/contract.js';
import { createEventStore } from '../src/store/event-store.js';
import { migrate } from '../src/store/migrate.js';
import { createPool } from '../src/store/pool.js';

/**
 * What the event store costs, as a ratio to the least that this machine's PostgreSQL can do: a one-row insert that
 * commits by itself. Rates differ from machine to machine and fsync may be cheap; the ratio says more.
 */

export interface StoreBench {
  clients: number;
  /** Commits a second. */
  rawInserts: number;
  /** Appends a second: one event, a 4 KB snapshot, deduplication; half change the plan, a quarter the deadlines. */
  appends: number;
  /** Loads followed by such an append, a second. */
  commands: number;
  /** appends / rawInserts. */
  ratio: number;
}

/** Runs against an empty database of its own; measures each a few times by turns and takes the medians. */
export async function benchStore(
  urls: DatabaseUrls,
  { seconds = 3, clients = 8, rounds = 3 } = {},
): Promise<StoreBench> {
  await migrate(urls.databaseAdminUrl, () => undefined);
  const owner = createPool(urls.databaseAdminUrl, { max: clients });
  const pool = createPool(urls.databaseUrl, { max: clients });
  try {
    await owner.query(
      'CREATE TABLE IF NOT EXISTS accord.bench_scratch (id uuid PRIMARY KEY, data jsonb NOT NULL)',
    );
    const measured = { raw: [] as number[], append: [] as number[], command: [] as number[] };
    await rawInsert(owner, 1, clients);
    await appendOnly(pool, 1, clients);
    for (let round = 0; round < rounds; round += 1) {
      measured.raw.push(await rawInsert(owner, seconds, clients));
      measured.append.push(await appendOnly(pool, seconds, clients));
      measured.command.push(await loadAndAppend(pool, seconds, clients));
    }
    const [rawInserts, appends, commands] = [measured.raw, measured.append, measured.command].map(median);
    return {
      clients,
      rawInserts: rawInserts!,
      appends: appends!,
      commands: commands!,
      ratio: appends! / rawInserts!,
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

/** Appends a second, each client to disputes of its own, heads kept in memory. */
export function appendOnly(pool: Pool, seconds: number, clients: number): Promise<number> {
  const store = createEventStore(pool);
  return rate(seconds, clients, () => appender(store, false));
}

/** Load and append a second: the two round trips of a command. */
export function loadAndAppend(pool: Pool, seconds: number, clients: number): Promise<number> {
  const store = createEventStore(pool);
  return rate(seconds, clients, () => appender(store, true));
}

/** Forty events a dispute, as the longer stories have, then the next. */
function appender(store: EventStore, loads: boolean): () => Promise<void> {
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
      dispute: dispute(disputeId, version),
      refusal: null,
    });
    if (result.status !== 'appended') throw new Error(`bench: ${result.status}`);
    ({ version, headHash } = result);
    headRecordedAt = result.events[0]!.recordedAt;
  };
}

function event(commandId: string, version: number): NewEvent {
  return {
    eventId: randomUUID(),
    type: 'SessionHeld',
    schemaVersion: 1,
    occurredAt: '2026-03-10',
    actor: { kind: 'person', id: 'user-0001', role: 'mediator', organisation: 'JX-NC-XINJIAN-MED' },
    commandId,
    causationId: null,
    correlationId: commandId,
    procedureId: 'p1',
    data: {
      sessionId: `s${version}`,
      heldOn: '2026-03-10',
      present: ['worker', 'employer'],
      absent: [],
      outcome: 'no-agreement',
      note: { ref: 'v12', commitment: '0f'.repeat(32) },
    },
  };
}

const deadline = (n: number) => ({
  deadlineId: `d${n}`,
  procedureId: 'p1',
  rule: 'LD-03',
  kind: 'institution',
  holder: 'body',
  status: 'running' as const,
  due: '2026-03-17',
  dueAt: '2026-03-18T00:00:00+08:00',
});

function dispute(disputeId: string, version: number): DisputeWrite {
  const planChanged = version % 2 === 0;
  const hour = String(version % 24).padStart(2, '0');
  return {
    disputeId,
    state: { ...typicalState, version },
    foldVersion: 1,
    planCode: 1,
    planChanged,
    nextDue: `2027-03-18T${String(version - (version % 2))
      .padStart(2, '0')
      .slice(-1)}0:00:00Z`.replace(/T\d/, 'T0'),
    index: {
      caseCode: `3601212026${disputeId.slice(0, 8)}`,
      type: 'labour',
      region: '360121',
      status: 'open',
      ownerOrganisation: 'JX-NC-XINJIAN-MED',
      ownerPerson: 'user-0001',
      registeredOn: '2026-03-02',
      procedures: ['mediation'],
      steps: [version % 8 < 4 ? 'preparing' : 'in-session'],
      organisations: ['JX-NC-XINJIAN-MED'],
      accounts: [],
    },
    stall: {
      at: `2027-03-20T${hour}:00:00Z`,
      since: `2026-03-10T${hour}:00:00Z`,
      reason: 'no-progress',
      role: 'mediator',
      organisation: 'JX-NC-XINJIAN-MED',
      detail: { colour: 'yellow', procedureId: 'p1', step: 'in-session' },
    },
    deadlines: version % 4 === 0 ? [deadline(1), deadline(2)] : null,
    handoffs: [],
  };
}

/** About 4 KB, as that of a dispute in its second procedure. */
const typicalState: DisputeWrite['state'] = {
  id: '8b1f3a52-7c1e-4e4a-9d55-0b9a51f0c2aa',
  version: 1,
  type: 'labour',
  region: '360121',
  parties: ['worker', 'employer'].map((ref) => ({
    ref,
    role: 'claimant',
    name: { ref: `v-${ref}`, commitment: 'ab'.repeat(32) },
  })),
  claims: [1, 2].map((n) => ({
    kind: 'wages',
    amount: { amount: `${n}2000.00`, currency: 'CNY' },
    text: { ref: `t${n}`, commitment: 'cd'.repeat(32) },
  })),
  procedures: [1, 2].map((n) => ({
    id: `p${n}`,
    procedure: 'mediation',
    track: 'labour',
    status: 'open',
    step: 'in-session',
    body: { code: 'JX-NC-XINJIAN-MED' },
    openedOn: '2026-03-02',
    neutrals: [{ id: `u1`, status: 'accepted', offeredOn: '2026-03-04' }],
  })),
  deadlines: [1, 2, 3, 4].map((n) => ({
    ...deadline(n),
    ruleVersion: 1,
    generation: 1,
    trigger: { fact: 'application-accepted', on: '2026-03-02' },
    amount: 15,
    unit: 'D',
    naturalDue: '2026-03-17',
    suspendedDays: 0,
    provisional: false,
    confidence: 'verified',
    basis: { law: '劳动争议调解仲裁法', article: '14' },
    trace: [`2026-03-02 + 15 D = 2026-03-17`, `2026-03-17 is not a day off`],
  })),
  facts: { employmentEndedOn: '2026-02-27', arbitrationClause: 'none', collective: 1 },
};

async function rate(seconds: number, clients: number, client: () => () => Promise<void>): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const work = client();
      while (performance.now() < end) {
        await work();
        done += 1;
      }
    }),
  );
  return Math.round((done * 1000) / (performance.now() - begin));
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
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
