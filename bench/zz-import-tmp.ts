import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, ensureRoles } from '../src/local/database.js';
import { startPostgres } from '../src/local/postgres.js';
import { benchImport } from './import.js';
const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
chmodSync(home, 0o711);
const server = await startPostgres({ home, log: () => undefined });
try {
  await ensureRoles({ adminUrl: server.adminUrl, home });
  const urls = await ensureDatabase({ adminUrl: server.adminUrl, home });
  console.log(await benchImport(urls, { disputes: Number(process.argv[2] ?? 1000) }), process.cpuUsage());
} finally { await server.stop(); rmSync(home, { recursive: true, force: true }); }
