import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accord } from '../../src/cli/accord.js';
import { openSigningKeys } from '../../src/commands/keys.js';
import { openMasterKeys } from '../../src/store/sealing/open-master-keys.js';
import { cast, wageArrears } from '../../src/demo/wage-arrears.js';
import { migrate } from '../../src/store/migrate.js';
import { createCommandService } from '../../src/commands/command-service.js';
import { createEventStore } from '../../src/store/event-store.js';
import { createPool } from '../../src/store/pool.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { listReads } from '../../src/store/reads.js';
import { requesterOf } from '../commands/commands-world.js';
import { unzip } from '../api/handoffs-world.js';
import { allReadable } from '../store/watermark.js';
import { freshDatabase, testFolder } from '../support/services.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let env: NodeJS.ProcessEnv;
let home: string;
let dispute: string;
let file: string;

const run = async (args: string[], given: NodeJS.ProcessEnv = env) => {
  const lines: string[] = [];
  const code = await accord(args, given, (line) => lines.push(line));
  return { code, lines };
};

const withPool = async <T>(work: (pool: ReturnType<typeof createPool>) => Promise<T>): Promise<T> => {
  const pool = createPool(database.databaseUrl, { max: 2 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
};

beforeAll(async () => {
  database = await freshDatabase('cli-export');
  await migrate(database.databaseAdminUrl, () => undefined);
  home = testFolder('cli-export');
  mkdirSync(join(home, 'keys'), { recursive: true });
  env = { DATABASE_URL: database.databaseUrl, ACCORD_HOME: home };
  await withPool(async (pool) => {
    const store = createEventStore(pool, { sealing: createSealing(pool, openMasterKeys(home, {}, { make: true })) });
    const { does } = wageArrears[0]!;
    const body = 'register' in does ? { ...does.register } : {};
    const result = await createCommandService({ store }).register({
      body,
      by: requesterOf(cast.counter),
      kind: 'person',
      commandId: 'a',
      fingerprint: 'a',
      correlationId: 'a',
    });
    if (result.status !== 'done') throw new Error(result.status);
    dispute = result.state.id;
    await allReadable(pool);
  });
  file = join(home, 'package.zip');
}, 60_000);
afterAll(() => database.drop());

test('export writes a package that only its owner may read, and records the reading', async () => {
  const { code, lines } = await run(['export', dispute, '--out', file]);
  expect(code).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`up to version 2: 11 files, \\d+ bytes, written to ${file}$`)),
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { items } = await withPool((pool) => listReads(pool, dispute));
  expect(items).toMatchObject([{ what: 'export', account: expect.stringMatching(/^operator:/) }]);
  expect((await unzip(readFileSync(file))).get('values.json')!.toString()).toContain('李春梅');
});

test('a masked one shows nobody, and records nothing', async () => {
  const masked = join(home, 'masked.zip');
  expect((await run(['export', dispute, '--masked', '--out', masked])).code).toBe(0);
  expect(Buffer.concat([...(await unzip(readFileSync(masked))).values()]).toString()).not.toContain('李春梅');
  expect((await withPool((pool) => listReads(pool, dispute))).items).toHaveLength(1);
});

test('verify-package needs no database, and says in lines what holds', async () => {
  const { kid, pem, jwk } = openSigningKeys(home, {}).current;
  const [pemFile, jwkFile] = [join(home, 'key.pem'), join(home, 'key.json')];
  writeFileSync(pemFile, pem);
  writeFileSync(jwkFile, JSON.stringify(jwk));
  const anchors = join(home, 'anchors.jsonl');
  expect((await run(['anchor', '--export', anchors])).code).toBe(0);
  const nowhere = { ACCORD_HOME: testFolder('nowhere') };
  for (const more of [[], ['--key', kid], ['--key', pemFile], ['--key', jwkFile], ['--anchors', anchors]]) {
    const { code, lines } = await run(['verify-package', file, ...more], nowhere);
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe(`everything in ${file} holds`);
  }
});

test('verify-package names what is wrong', async () => {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('DisputeRegistered');
  bytes[at] = bytes[at]! ^ 1;
  const changed = join(home, 'changed.zip');
  writeFileSync(changed, bytes);
  const { code, lines } = await run(['verify-package', changed]);
  expect(code).toBe(1);
  expect(lines.at(-1)).toBe('WRONG: events.jsonl is not the file in the manifest');
  expect((await run(['verify-package', file, '--key', 'A'.repeat(43)])).code).toBe(1);
});

test('what cannot be done is said', async () => {
  await expect(run(['export', 'nothing'])).rejects.toThrow('there is no dispute of this id');
  await expect(run(['export', dispute, '--out', join(home, 'no/such/folder.zip')])).rejects.toThrow(
    'cannot be written (ENOENT)',
  );
  await expect(run(['verify-package', join(home, 'none.zip')])).rejects.toThrow('cannot be read');
  await expect(run(['verify-package', file, '--key', file])).rejects.toThrow('holds no public Ed25519 key');
  for (const args of [
    ['export'],
    ['export', 'a', 'b'],
    ['export', 'a', '--all'],
    ['verify-package'],
    ['verify-package', 'a', 'b'],
  ])
    expect((await run(args)).code).toBe(2);
  expect(existsSync(join(home, 'no'))).toBe(false);
});
