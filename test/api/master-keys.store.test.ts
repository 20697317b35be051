import { existsSync } from 'node:fs';
import { usableMasterKeys } from '../../src/api/master-keys.js';
import { ConfigProblem } from '../../src/commands/environment.js';
import { masterKeyId, newMasterKey } from '../../src/store/sealing/master-keys.js';
import { masterKeyFile } from '../../src/store/sealing/open-master-keys.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { testFolder } from '../support/services.js';

let db: StoreDatabase;
beforeEach(async () => {
  db = await storeDatabase('masterkeys');
});
afterEach(() => db.drop());

const none = { current: undefined, former: undefined };
const local = (home: string) => ({ mode: 'local' as const, home, masterKeys: none });
const given = (current: Uint8Array, former?: Uint8Array) => ({
  mode: 'production' as const,
  home: testFolder('none'),
  masterKeys: {
    current: Buffer.from(current).toString('base64'),
    former: former && Buffer.from(former).toString('base64'),
  },
});

test('local mode makes a key for a new record, and none beside a record that is sealed under another', async () => {
  const home = testFolder('first');
  const keys = await usableMasterKeys(local(home), db.pool);
  await createSealing(db.pool, keys).systemKey('blind-index');
  expect(existsSync(masterKeyFile(home))).toBe(true);
  await usableMasterKeys(local(home), db.pool);

  const restored = testFolder('restored');
  await expect(usableMasterKeys(local(restored), db.pool)).rejects.toThrow(ConfigProblem);
  expect(existsSync(masterKeyFile(restored))).toBe(false);
});

test('a key that is not the one of the record is named by its id; among the former ones it will do', async () => {
  const [right, wrong] = [newMasterKey(), newMasterKey()];
  await createSealing(db.pool, await usableMasterKeys(given(right), db.pool)).systemKey('documents');
  await expect(usableMasterKeys(given(wrong), db.pool)).rejects.toThrow(
    `sealed under master key ${masterKeyId(right)}, which is not among those given`,
  );
  await usableMasterKeys(given(wrong, right), db.pool);
  await expect(
    usableMasterKeys({ ...given(right), masterKeys: { current: 'short', former: undefined } }, db.pool),
  ).rejects.toThrow(ConfigProblem);
});
