import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { wageArrears } from '../src/demo/wage-arrears.js';
import { ensureDatabase, ensureRoles, type DatabaseUrls } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import { projections } from '../src/projections/all.js';
import { buildCopies } from '../src/projections/build.js';
import { ensureCopy } from '../src/projections/copies.js';
import { verifyProjection } from '../src/projections/verify.js';
import { createEventStore } from '../src/store/event-store.js';
import { migrate } from '../src/store/migrate.js';
import { createPool } from '../src/store/pool.js';
import { asHistory, tell } from '../test/unit/story/in-the-domain.js';

/** How fast each projection is rebuilt from the events of many disputes, by itself. */
export interface ProjectionBench {
  events: number;
  disputes: number;
  /** Reading the same events in the same order and folding nothing: events a second. */
  reading: number;
  /** Events a second, by projection. */
  rates: Record<string, number>;
  /** Events a second of `accord projections verify`, by projection. */
  verifying: Record<string, number>;
}

/** Disputes that are under way side by side: their events lie between one another. */
const together = 200;

/** The events of one whole story, as the domain decides them. */
const insertTold = async (owner: Pool): Promise<void> => {
  const events = asHistory(tell(wageArrears).map((one) => one.events));
  const actor = { kind: 'person', id: 'user-0001', role: 'mediator', organisation: 'JX-NC-XINJIAN-MED' };
  await owner.query(
    `INSERT INTO accord.events
      SELECT 1, pg_current_xact_id(), nextval('accord.event_position'), 'dispute-template', e.version, e."eventId", e.type, 1,
        e."occurredAt", now(), $2, 'bench', e."causationId", 'bench', e."procedureId", e.data, sha256(''), sha256('')
      FROM jsonb_to_recordset($1::jsonb) AS e(version integer, "eventId" text, type text, "occurredAt" text,
        "causationId" text, "procedureId" text, data jsonb) ORDER BY e.version`,
    [JSON.stringify(events), JSON.stringify(actor)],
  );
};

/** Copies of a stream's events as if as many disputes had gone the same way, some of them at a time. Hashes are not theirs. */
const multiply = async (owner: Pool, disputes: number): Promise<void> => {
  for (let from = 0; from < disputes; from += together) {
    await owner.query(
      `INSERT INTO accord.events
        SELECT (SELECT epoch FROM accord.cluster), pg_current_xact_id(), nextval('accord.event_position'),
          'dispute-b' || n, version, event_id || '-' || n, type, schema_version, occurred_at, recorded_at, actor, command_id,
          causation_id, correlation_id, procedure_id, data, previous_hash, hash
        FROM (SELECT * FROM accord.events e, generate_series($1::integer, $2::integer) AS n
          WHERE e.stream = 'dispute-template' ORDER BY e.version, n) AS copied`,
      [from, Math.min(from + together, disputes) - 1],
    );
  }
  await owner.query('VACUUM ANALYZE accord.events');
};

/** Reads all events a page at a time, as a projection does. */
const readAll = async (pool: Pool): Promise<number> => {
  const store = createEventStore(pool);
  const begin = performance.now();
  let events = 0;
  for (let cursor: Awaited<ReturnType<typeof store.readAll>>['cursor'] = null; ;) {
    const page = await store.readAll(cursor, 1_000);
    events += page.events.length;
    cursor = page.cursor;
    if (page.events.length === 0) return (events * 1000) / (performance.now() - begin);
  }
};

export async function benchProjections(urls: DatabaseUrls, { disputes = 1_000 } = {}): Promise<ProjectionBench> {
  await migrate(urls.databaseAdminUrl, () => undefined);
  const owner = createPool(urls.databaseAdminUrl, { max: 1 });
  const pool = createPool(urls.databaseUrl, { max: 4 });
  try {
    await insertTold(owner);
    await multiply(owner, disputes);
    const rates: Record<string, number> = {};
    const verifying: Record<string, number> = {};
    let total = 0;
    const reading = await readAll(pool);
    for (const projection of projections) {
      await ensureCopy(pool, projection);
      const builder = buildCopies(pool, projection, { holder: 'bench' });
      const begin = performance.now();
      let events = 0;
      for (;;) {
        const step = await builder.step();
        events += step.events;
        if (step.did === 'done') break;
      }
      rates[projection.name] = (events * 1000) / (performance.now() - begin);
      total = events;
      const from = performance.now();
      const verified = await verifyProjection(pool, projection);
      if (verified.status !== 'sound') throw new Error(`bench: ${projection.name} is ${verified.status}`);
      verifying[projection.name] = (verified.events * 1000) / (performance.now() - from);
    }
    return { events: total, disputes, reading, rates, verifying };
  } finally {
    await pool.end();
    await owner.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  chmodSync(home, 0o711);
  const server = await startPostgres({ home, log: () => undefined });
  try {
    await ensureRoles({ adminUrl: server.adminUrl, home });
    console.log(await benchProjections(await ensureDatabase({ adminUrl: server.adminUrl, home })));
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
