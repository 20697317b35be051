import { readFileSync } from 'node:fs';
import { accord } from '../../src/cli/accord.js';
import { createEventStore } from '../../src/store/event-store.js';
import { masterKeyFile, openMasterKeys } from '../../src/store/sealing/open-master-keys.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { newMasterKey } from '../../src/store/sealing/master-keys.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { appendRequest, newId, salt, start } from '../store/requests.js';
import { testFolder } from '../support/services.js';

let database: StoreDatabase;
beforeAll(async () => {
  database = await storeDatabase('rotate-master');
});
afterAll(() => database.drop());

const id = newId();

const run = async (home: string, args: string[], env: Record<string, string> = {}) => {
  const lines: string[] = [];
  const surroundings = { ACCORD_HOME: home, DATABASE_ADMIN_URL: database.databaseAdminUrl, ...env };
  const code = await accord(['keys', 'rotate-master', ...args], surroundings, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
};

/** The value as a process reads it that knows only these keys. */
const readUnder = async (home: string, env: Record<string, string> = {}) => {
  const sealing = createSealing(database.pool, openMasterKeys(home, env));
  return (await createEventStore(database.pool, { sealing }).load(id, null)).values['v']?.value;
};

test('the master key of a home is replaced in one go, that of the environment in three steps', async () => {
  const home = testFolder('rotate-master');
  const sealing = createSealing(database.pool, openMasterKeys(home, {}, { make: true }));
  const value = { ref: 'v', kind: 'note', subject: 'party:a', salt: salt(), value: '张三', inView: true };
  await createEventStore(database.pool, { sealing }).append(appendRequest(id, start, { values: [value] }));

  const inHome = await run(home, ['--new']);
  expect(inHome).toEqual({
    code: 0,
    text: expect.stringMatching(/^1 keys wrapped anew by master key \w{16}; 1 looked at\n/),
  });
  expect(inHome.text.split('\n').at(-1)).toMatch(
    /anew .* environment variable.* until it says 0 keys: then .*destroyed/,
  );
  expect(readFileSync(masterKeyFile(home), 'utf8').trim().split('\n')).toHaveLength(2);
  expect(await readUnder(home)).toBe('张三');
  expect((await run(home, [])).text).toMatch(/^0 keys wrapped anew/);

  const [current, former] = [
    newMasterKey().toString('base64'),
    readFileSync(masterKeyFile(home), 'utf8').split('\n')[0]!,
  ];
  const given = { ACCORD_MASTER_KEY: current };
  await expect(run(home, [], given)).rejects.toThrow(/No master key/);
  expect((await run(home, [], { ...given, ACCORD_MASTER_KEYS_FORMER: former })).text).toMatch(/^1 keys wrapped anew/);
  expect(await readUnder(home, given)).toBe('张三');
});

test('says what is not there, and what it does not know', async () => {
  const home = testFolder('rotate-master-none');
  await expect(run(home, [])).rejects.toThrow(/ACCORD_MASTER_KEY is not set/);
  await expect(run(home, ['--new'], { ACCORD_MASTER_KEY: newMasterKey().toString('base64') })).rejects.toThrow(
    /ACCORD_MASTER_KEYS_FORMER/,
  );
  expect((await run(home, ['--loud'])).code).toBe(2);
});
