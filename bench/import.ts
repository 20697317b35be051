import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommandService } from '../src/commands/command-service.js';
import { importFile } from '../src/import/import-file.js';
import type { DatabaseUrls } from '../src/local/database.js';
import { migrate } from '../src/store/migrate.js';
import { createEventStore } from '../src/store/event-store.js';
import { createPool } from '../src/store/pool.js';
import { heldMasterKeys, newMasterKey } from '../src/store/sealing/master-keys.js';
import { createSealing } from '../src/store/sealing/sealing.js';
import { verifyAll } from '../src/store/verify.js';
import { jsonLines, pastRow } from '../test/import/backlog.js';
import { median } from './load.js';

export interface ImportBench {
  /** Recorded actions a second, each decided under the law, sealed, chained and with its views. */
  factsPerSecond: number;
  eventsPerSecond: number;
  disputes: number;
  /** Events a second whose chains `accord verify` recomputes. */
  verifiedPerSecond: number;
  /** Most memory that the process held meanwhile, bytes. */
  memory: number;
}

/** Imports a backlog of labour mediations of ten facts each, by one process; then verifies what it has recorded. */
export async function benchImport(
  { databaseUrl, databaseAdminUrl }: DatabaseUrls,
  { disputes = 2_000 } = {},
): Promise<ImportBench> {
  await migrate(databaseAdminUrl, () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'accord-import-'));
  const pool = createPool(databaseUrl, { max: 9 });
  const key = newMasterKey();
  const sealing = createSealing(
    pool,
    heldMasterKeys(() => [key]),
  );
  const store = createEventStore(pool, { sealing });
  const commands = createCommandService({ store });
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, process.memoryUsage().rss)), 100);
  const importRows = async (from: number, count: number) => {
    const file = join(folder, 'backlog.jsonl');
    writeFileSync(file, jsonLines(Array.from({ length: count }, (_, n) => pastRow(from + n))));
    const since = performance.now();
    const { facts, refused } = await importFile({
      pool,
      store,
      commands,
      fingerprintKey: key,
      file,
      csv: null,
      name: 'bench',
      report: join(folder, 'refused.jsonl'),
    });
    if (refused > 0) throw new Error(`${refused} rows refused`);
    return { facts, seconds: (performance.now() - since) / 1000 };
  };
  const events = async () =>
    (await pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM accord.events')).rows[0]!.n;
  try {
    await importRows(0, 100);
    const before = await events();
    const { facts, seconds } = await importRows(100, disputes);
    const imported = (await events()) - before;
    const verified: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const since = performance.now();
      const { events: seen, damaged } = await verifyAll(pool, () => undefined);
      if (damaged > 0) throw new Error(`${damaged} streams damaged`);
      verified.push((seen / (performance.now() - since)) * 1000);
    }
    return {
      factsPerSecond: facts / seconds,
      eventsPerSecond: imported / seconds,
      disputes,
      verifiedPerSecond: median(verified),
      memory,
    };
  } finally {
    clearInterval(watch);
    await pool.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
