import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { ensureDatabase, ensureRoles, type DatabaseUrls } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import type { Cursor } from '../src/store/contract.js';
import { beginning, createFeedStore, type FeedQuestion, type FeedStore } from '../src/store/feed.js';
import { migrate } from '../src/store/migrate.js';
import { createPool } from '../src/store/pool.js';
import { median } from './load.js';

/** Whether a page of the feed costs the same however long the log is, and however little its reader may see. */

export interface FeedBench {
  /** How many events the two logs have. */
  from: number;
  to: number;
  readers: {
    who: string;
    /** Milliseconds of one page, the median over positions all along the log. */
    fewMs: number;
    manyMs: number;
    /** manyMs / fewMs: 1 is flat. */
    ratio: number;
  }[];
}

const few = 10_000;
const eventsADispute = 25;
const pages = 200;

const readers: Record<string, Omit<FeedQuestion, 'after' | 'limit'>> = {
  'who sees everything': { visibility: { all: true } },
  'a body with 1 dispute in 100': { visibility: { organisation: 'org-7' } },
  'a body with 1 dispute in 100, one type': { visibility: { organisation: 'org-7' }, types: ['SessionHeld'] },
  'a party that sees nothing': { visibility: { account: 'nobody' } },
};

/**
 * Compares a log of 10,000 events with one of `BENCH_FEED_EVENTS` (default a million; 5,000,000 takes about ten minutes and
 * 6 GB), page by page in turn, so that whatever else the machine does meets both. Each is a database of its own, filled
 * by its owner: the application could not.
 */
export async function benchFeed(
  databases: { few: DatabaseUrls; many: DatabaseUrls },
  to = Number(process.env['BENCH_FEED_EVENTS'] || 1_000_000),
): Promise<FeedBench> {
  const [small, large] = [await filled(databases.few, few), await filled(databases.many, to)];
  try {
    const compared = [];
    for (const [who, question] of Object.entries(readers)) {
      const times: [number[], number[]] = [[], []];
      for (let index = 0; index < pages; index += 1)
        for (const [which, log] of [small, large].entries()) {
          const after = log.places[Math.floor((index * log.places.length) / pages)]!;
          const read = () => log.feed.page({ ...question, after, limit: 200 });
          // Once to warm: how fast the disk is is not the question.
          await read();
          const begin = performance.now();
          await read();
          times[which]!.push(performance.now() - begin);
        }
      const [fewMs, manyMs] = times.map(median) as [number, number];
      compared.push({ who, fewMs, manyMs, ratio: manyMs / fewMs });
    }
    return { from: few, to, readers: compared };
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

interface Log {
  feed: FeedStore;
  /** All along it. */
  places: Cursor[];
  close(): Promise<void>;
}

async function filled(urls: DatabaseUrls, count: number): Promise<Log> {
  await migrate(urls.databaseAdminUrl, () => undefined);
  const owner = createPool(urls.databaseAdminUrl, { max: 1 });
  const pool = createPool(urls.databaseUrl, { max: 1 });
  try {
    await owner.query('SET statement_timeout = 0');
    await fill(owner, 0, count);
    const { rows } = await owner.query<Cursor>(
      `SELECT epoch, xid::text AS xid, position::text AS position FROM accord.events
        WHERE position % $1::bigint = 0 ORDER BY position`,
      [Math.floor(count / pages)],
    );
    return { feed: createFeedStore(pool), places: [beginning, ...rows], close: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  } finally {
    await owner.end();
  }
}

/** Many disputes at once, their events interleaved as they are in life, 20,000 events a transaction. */
async function fill(owner: Pool, from: number, to: number): Promise<void> {
  const step = 20_000;
  for (let first = from; first < to; first += step) {
    const last = Math.min(first + step, to) - 1;
    await owner.query({
      text: disputes,
      values: [Math.ceil(first / eventsADispute), Math.floor(last / eventsADispute)],
      query_timeout: 600_000,
    } as never);
    await owner.query({ text: events, values: [first, last], query_timeout: 600_000 } as never);
  }
  await owner.query({ text: 'VACUUM (ANALYZE) accord.events, accord.disputes', query_timeout: 600_000 } as never);
}

const id = (n: string) => `lpad(to_hex(${n}), 12, '0')`;

const disputes = `INSERT INTO accord.disputes (dispute_id, case_code, type, region, status, owner_organisation, registered_on,
    procedures, steps, organisations, accounts, digest)
  SELECT ${id('n')}, 'C' || n, 'labour', '360121', 'open', 'org-' || n % 100, '2026-03-02',
    '{mediation}', '{in-session}', ARRAY['org-' || n % 100], ARRAY['u-' || n], n
  FROM generate_series($1::integer, $2::integer) AS n`;

/** Blocks of 200 disputes take turns: neighbours in the log are of different disputes. */
const block = 200 * eventsADispute;
const dispute = `((n / ${block}) * 200 + n % 200)`;
const events = `INSERT INTO accord.events (epoch, xid, position, stream, version, event_id, type, schema_version,
    occurred_at, recorded_at, actor, command_id, correlation_id, procedure_id, data, previous_hash, hash)
  SELECT 1, pg_current_xact_id(), nextval('accord.event_position'), 'dispute-' || ${id(dispute)},
    (n % ${block}) / 200 + 1, 'e-' || n, (ARRAY['SessionHeld', 'NoteAdded', 'DeadlineStarted', 'DocumentAttached'])[n % 4 + 1],
    1, '2026-03-02', now(), '{"id": "user-0001", "kind": "person", "role": "mediator", "organisation": "org"}',
    'c-' || n, 'c-' || n, 'p1',
    '{"heldOn": "2026-03-10", "present": ["worker", "employer"], "outcome": "no-agreement",
      "note": {"ref": "v12", "commitment": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"}}',
    decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 32), 'hex')
  FROM generate_series($1::integer, $2::integer) AS n`;

/** Prints one line a reader. */
export const printFeed = ({ from, to, readers: compared }: FeedBench, print: (line: string) => void): void => {
  print(`\na page of the feed, from ${from.toLocaleString('en')} to ${to.toLocaleString('en')} events (aim: flat)`);
  for (const { who, fewMs, manyMs, ratio } of compared)
    print(`${`  ${who}`.padEnd(48)}${fewMs.toFixed(2)} ms → ${manyMs.toFixed(2)} ms   ${ratio.toFixed(2)} times`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  chmodSync(home, 0o711);
  const server = await startPostgres({ home, log: () => undefined });
  try {
    await ensureRoles({ adminUrl: server.adminUrl, home });
    const few = await ensureDatabase({ adminUrl: server.adminUrl, home, database: 'feed_few' });
    const many = await ensureDatabase({ adminUrl: server.adminUrl, home, database: 'feed_many' });
    printFeed(await benchFeed({ few, many }), (line) => console.log(line));
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
