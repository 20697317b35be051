import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '../src/api/app.js';
import { localIdentity, localSecret } from '../src/api/identity/local-identity.js';
import { bindLists } from '../src/api/lists.js';
import { createCommandService } from '../src/commands/command-service.js';
import { createFolderBlobStore } from '../src/store/blob-store.js';
import { createDataSource } from '../src/store/data-source.js';
import { createEventStore } from '../src/store/event-store.js';
import { createPool } from '../src/store/pool.js';
import { listReads, recordRead } from '../src/store/reads.js';
import { openMasterKeys } from '../src/store/sealing/open-master-keys.js';
import { createSealing } from '../src/store/sealing/sealing.js';

/** The whole API on a database, without the engine: what a command costs. */

const home = mkdtempSync(join(tmpdir(), 'accord-bench-api-'));
const pool = createPool(process.env.DATABASE_URL!, { max: 8 });
const dataSource = createDataSource(process.env.DATABASE_URL!, { max: 2 });
await dataSource.initialize();
const sealing = createSealing(pool, openMasterKeys(home));
const store = createEventStore(pool, { sealing });
const secret = localSecret(home);
const app = await createApi({
  commands: createCommandService({ store }),
  store,
  lists: bindLists(dataSource, sealing),
  reads: {
    record: (read) => recordRead(pool, read),
    list: (disputeId, page) => listReads(pool, disputeId, page),
  },
  blobs: createFolderBlobStore(join(home, 'documents')),
  identity: localIdentity(secret),
  config: { mode: 'local', fingerprintSecret: secret, requestsPerMinute: 10_000_000, trustProxy: false },
  clock: () => new Date(),
});
await app.listen(0, '127.0.0.1');
console.log(`listening ${(app.getHttpServer().address() as AddressInfo).port}`);
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => Promise.all([pool.end(), dataSource.destroy()]))
    .then(() => rmSync(home, { recursive: true, force: true }));
});
