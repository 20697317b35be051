import { createEventStore } from '../../src/store/event-store.js';
import { createPool } from '../../src/store/pool.js';
import type { AppendRequest, EventStore, SealedValue } from '../../src/store/contract.js';
import { commitment } from '../../src/store/chain.js';
import { listReads, recordRead } from '../../src/store/reads.js';
import { SealBroken } from '../../src/store/sealing/cipher.js';
import { heldMasterKeys, newMasterKey, NoMasterKey, UnknownMasterKey } from '../../src/store/sealing/master-keys.js';
import { rewrapKeys } from '../../src/store/sealing/rewrap.js';
import { createSealing, type Sealing } from '../../src/store/sealing/sealing.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { appendRequest, headAfter, newEvent, newId, salt, start, type Head } from './requests.js';

let database: StoreDatabase;
const [first, second] = [newMasterKey(), newMasterKey()];
const under = (...keys: Buffer[]) => heldMasterKeys(() => keys);

/** As another process would, with nothing remembered. */
const sealingOf = (...keys: Buffer[]): Sealing => createSealing(database.pool, under(...keys));
const storeOf = (sealing: Sealing): EventStore => createEventStore(database.pool, { sealing });

beforeAll(async () => {
  database = await storeDatabase('sealing');
});
afterAll(() => database.drop());

const value = (ref: string, kind: string, text: string, subject: string | null, inView = true): SealedValue => ({
  ref,
  kind,
  subject,
  salt: salt(),
  value: text,
  inView,
});

const matter = (): SealedValue[] => [
  value('t', 'title', '某公司拖欠工资', null),
  value('n', 'party-name', '张三', 'party:a'),
  value('p', 'phone', '13800001234', 'party:a'),
  value('m', 'minutes', '双方到场', 'party:b', false),
];

const texts = async (store: EventStore, id: string) =>
  Object.fromEntries(Object.entries((await store.load(id, null)).values).map(([ref, { value: text }]) => [ref, text]));

const appended = async (store: EventStore, id: string, head: Head, change: Partial<AppendRequest>): Promise<Head> =>
  headAfter(await store.append(appendRequest(id, head, change)));

const keysOf = async (id: string) =>
  (
    await database.pool.query<{ subject: string; in_view: boolean }>(
      'SELECT subject, in_view FROM accord.data_keys WHERE dispute_id = $1 ORDER BY subject',
      [id],
    )
  ).rows;

const asOwner = async <T>(work: (owner: ReturnType<typeof createPool>) => Promise<T>): Promise<T> => {
  const owner = createPool(database.databaseAdminUrl, { max: 2 });
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
};

describe('values', () => {
  test('come back in another process, and lie in no table in the clear', async () => {
    const id = newId();
    const values = matter();
    await appended(storeOf(sealingOf(first)), id, start, { values });
    const other = storeOf(sealingOf(first));
    expect(await texts(other, id)).toEqual({ t: '某公司拖欠工资', n: '张三', p: '13800001234' });
    const { m } = await other.values(id, ['m']);
    expect(m).toEqual({ kind: 'minutes', subject: 'party:b', value: '双方到场', salt: values[3]!.salt });
    expect(commitment(m!.salt, m!.value)).toBe(commitment(values[3]!.salt, '双方到场'));
    const { rows } = await database.pool.query(
      `SELECT v::text FROM accord.sealed_values v WHERE dispute_id = $1
      UNION ALL SELECT k::text FROM accord.data_keys k WHERE dispute_id = $1
      UNION ALL SELECT i::text FROM accord.blind_index i WHERE dispute_id = $1`,
      [id],
    );
    const dump = JSON.stringify(rows);
    const forms = (text: string) => [text, Buffer.from(text).toString('hex'), Buffer.from(text).toString('base64')];
    for (const secret of ['张三', '13800001234', '双方到场', '拖欠', values[0]!.salt])
      for (const form of forms(secret)) expect(dump).not.toContain(form);
    // The view needs no key of a party of whom it shows nothing.
    expect(await keysOf(id)).toEqual([
      { subject: '', in_view: true },
      { subject: 'party:a', in_view: true },
      { subject: 'party:b', in_view: false },
    ]);
  });

  test('added later are under the keys that are there, whoever remembers what', async () => {
    const id = newId();
    let head = await appended(storeOf(sealingOf(first)), id, start, { values: matter() });
    // Remembers nothing; remembers the view's keys only, and not that of party b.
    const forgetful = storeOf(sealingOf(first));
    head = await appended(forgetful, id, head, { values: [value('x', 'note', '甲', null, false)] });
    const sealing = sealingOf(first);
    const knowing = storeOf(sealing);
    await knowing.load(id, null);
    head = await appended(knowing, id, head, { values: [value('y', 'note', '乙', 'party:b', false)] });
    await appended(knowing, id, head, { values: [value('z', 'note', '丙', 'party:c', false)] });
    expect(await storeOf(sealingOf(first)).values(id, ['x', 'y', 'z', 'm'])).toMatchObject({
      x: { value: '甲' },
      y: { value: '乙' },
      z: { value: '丙' },
      m: { value: '双方到场' },
    });
    expect((await keysOf(id)).map(({ subject }) => subject)).toEqual(['', 'party:a', 'party:b', 'party:c']);
  });

  test('of one dispute by many at once are all under one key', async () => {
    const id = newId();
    const head = await appended(storeOf(sealingOf(first)), id, start, {});
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        storeOf(sealingOf(first)).append(
          appendRequest(id, head, { values: [value(`v${n}`, 'note', `${n}`, 'party:a')] }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === 'appended')).toHaveLength(1);
    expect(Object.keys(await texts(storeOf(sealingOf(first)), id))).toHaveLength(1);
  });

  test('need a key: a store without one takes no value and answers none, and does everything else', async () => {
    const id = newId();
    await appended(storeOf(sealingOf(first)), id, start, { values: matter() });
    const blind = createEventStore(database.pool);
    const { values, snapshot } = await blind.load(id, null);
    expect([values, snapshot?.version]).toEqual([{}, 1]);
    await expect(blind.append(appendRequest(newId(), start, { values: matter() }))).rejects.toBeInstanceOf(NoMasterKey);
    await expect(blind.values(id, ['t'])).rejects.toBeInstanceOf(NoMasterKey);
    expect(await blind.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: 1 });
  });

  test('do not open under another master key', async () => {
    const id = newId();
    await appended(storeOf(sealingOf(first)), id, start, { values: matter() });
    await expect(storeOf(sealingOf(second)).load(id, null)).rejects.toBeInstanceOf(UnknownMasterKey);
  });

  test.each([
    [
      'changed',
      `UPDATE accord.sealed_values SET sealed = set_byte(sealed, 15, get_byte(sealed, 15) # 1) WHERE dispute_id = $1 AND ref = 'n'`,
    ],
    [
      'moved to another reference',
      `UPDATE accord.sealed_values v SET sealed = o.sealed FROM accord.sealed_values o
       WHERE v.dispute_id = $1 AND v.ref = 'n' AND o.dispute_id = $1 AND o.ref = 'p'`,
    ],
    [
      'said to be of another kind',
      `UPDATE accord.sealed_values SET kind = 'title' WHERE dispute_id = $1 AND ref = 'p'`,
    ],
    ['said to be about nobody', `UPDATE accord.sealed_values SET subject = NULL WHERE dispute_id = $1 AND ref = 'p'`],
    [
      'its key is another',
      `UPDATE accord.data_keys k SET wrapped = o.wrapped FROM accord.data_keys o
       WHERE k.dispute_id = $1 AND k.subject = 'party:a' AND o.dispute_id = $1 AND o.subject = ''`,
    ],
    ['its key is gone', `DELETE FROM accord.data_keys WHERE dispute_id = $1 AND subject = 'party:a'`],
  ])('tampered with are refused, not shown: %s', async (_what, statement) => {
    const id = newId();
    await appended(storeOf(sealingOf(first)), id, start, { values: matter() });
    await database.asSuperuser(statement.replaceAll('$1', `'${id}'`));
    await expect(storeOf(sealingOf(first)).load(id, null)).rejects.toBeInstanceOf(SealBroken);
  });
});

test('a subject of whom the view showed nothing, and then does: its key is loaded with the view', async () => {
  const id = newId();
  const store = storeOf(sealingOf(first));
  const member = { ...value('m1', 'member-name', '张三', 'party:m'), inView: false };
  const head = await appended(store, id, start, { values: [member] });
  expect(await texts(store, id)).toEqual({});
  await appended(store, id, head, { values: [value('p1', 'party-name', '张三', 'party:m')] });
  expect(await texts(storeOf(sealingOf(first)), id)).toEqual({ p1: '张三' });
});

describe('an erasure', () => {
  const erasure = (subject: string) => ({
    events: [newEvent({ type: 'SubjectErased', data: { subject } })],
    erase: [`party:${subject}`],
  });

  test('without the event that says so is refused, whoever calls, and nothing is lost', async () => {
    const id = newId();
    const store = storeOf(sealingOf(first));
    const head = await appended(store, id, start, { values: matter() });
    for (const change of [{ erase: ['party:a'] }, { ...erasure('b'), erase: ['party:a'] }])
      await expect(store.append(appendRequest(id, head, change))).rejects.toThrow(/without an event/);
    expect(await texts(store, id)).toHaveProperty('n', '张三');
  });

  test('destroys values, key and tokens of one subject, with its event, or nothing at all', async () => {
    const id = newId();
    const sealing = sealingOf(first);
    const store = storeOf(sealing);
    const head = await appended(store, id, start, { values: matter() });
    const erasing = erasure('a');
    expect(await store.append(appendRequest(id, { ...head, version: 7 }, erasing))).toMatchObject({
      status: 'conflict',
    });
    expect(await texts(store, id)).toHaveProperty('n', '张三');
    await appended(store, id, head, erasing);
    expect(await texts(store, id)).toEqual({ t: '某公司拖欠工资' });
    expect(await store.values(id, ['n', 'p', 'm'])).toMatchObject({ m: { value: '双方到场' } });
    expect((await keysOf(id)).map(({ subject }) => subject)).toEqual(['', 'party:b']);
    const { rows } = await database.pool.query('SELECT subject FROM accord.blind_index WHERE dispute_id = $1', [id]);
    expect(rows).toEqual([{ subject: '' }]);
    expect(await store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: 2 });
  });

  test('a process that still remembers the key seals nothing under it', async () => {
    const id = newId();
    const stale = storeOf(sealingOf(first));
    let head = await appended(stale, id, start, { values: matter() });
    await stale.load(id, null);
    head = await appended(storeOf(sealingOf(first)), id, head, erasure('a'));
    await appended(stale, id, head, { values: [value('w', 'party-name', '李四', 'party:a')] });
    expect(await texts(storeOf(sealingOf(first)), id)).toEqual({ t: '某公司拖欠工资', w: '李四' });
  });
});

describe('a new master key', () => {
  test('wraps every key, goes on where it was stopped, and leaves what is sealed and found as it is', async () => {
    const own = await storeDatabase('rotation');
    const owner = createPool(own.databaseAdminUrl, { max: 2 });
    try {
      const before = createSealing(own.pool, under(first));
      const store = createEventStore(own.pool, { sealing: before });
      const ids = Array.from({ length: 7 }, newId);
      for (const id of ids) await store.append(appendRequest(id, start, { values: matter() }));
      const left = async () =>
        (
          await own.pool.query<{ n: number }>(
            'SELECT count(*)::integer AS n FROM accord.data_keys WHERE master_key_id <> $1',
            [await under(second).currentId()],
          )
        ).rows[0]!.n;
      expect(await left()).toBe(21);
      // Stopped in the middle of its work: the key management service goes away in the third batch.
      const keys = under(second, first);
      let wraps = 0;
      const failing = {
        ...keys,
        wrap: (...rest: Parameters<typeof keys.wrap>) =>
          (wraps += 1) > 11 ? Promise.reject(new Error('away')) : keys.wrap(...rest),
      };
      await expect(rewrapKeys(owner, failing, { batch: 5 })).rejects.toThrow('away');
      expect(await left()).toBe(11);
      // A third key comes while this runs: nothing is written under the name of the second that the third has wrapped.
      const replaced = { ...keys, wrap: under(newMasterKey()).wrap };
      await expect(rewrapKeys(owner, replaced, { batch: 5 })).rejects.toThrow('replaced meanwhile');
      expect(await left()).toBe(11);
      const mixed = createEventStore(own.pool, { sealing: createSealing(own.pool, keys) });
      for (const id of ids) expect((await mixed.load(id, null)).values['n']?.value).toBe('张三');
      // Another process still writes under the former key.
      await store.append(appendRequest(newId(), start, { values: matter() }));

      const done = await rewrapKeys(owner, keys, { batch: 5 });
      expect(done).toMatchObject({ masterKeyId: await under(second).currentId(), rewrapped: 14 });
      expect(await left()).toBe(0);
      expect((await rewrapKeys(owner, keys)).rewrapped).toBe(0);
      const after = createSealing(own.pool, under(second));
      for (const id of ids)
        expect((await createEventStore(own.pool, { sealing: after }).load(id, null)).values['p']?.value).toBe(
          '13800001234',
        );
      expect(await after.sought('13800001234')).toEqual(await before.sought('13800001234'));
      expect(await after.systemKey('blind-index')).toEqual(await before.systemKey('blind-index'));
    } finally {
      await owner.end();
      await own.drop();
    }
  }, 30_000);

  test('is not put in place of one that is missing', async () => {
    await appended(storeOf(sealingOf(first)), newId(), start, { values: matter() });
    await asOwner((owner) => expect(rewrapKeys(owner, under(second))).rejects.toBeInstanceOf(UnknownMasterKey));
  });

  test('is none of the application’s: its role may not write keys', async () => {
    await expect(database.pool.query(`UPDATE accord.data_keys SET master_key_id = 'x'`)).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('readings', () => {
  const reading = (requestId: string, disputeIds: string[]) => ({
    account: 'u-1',
    kind: 'person' as const,
    roles: ['mediator'],
    organisation: 'org-1',
    what: 'view' as const,
    disputeIds,
    requestId,
  });

  test('are listed for each dispute they showed, the last first, in pages', async () => {
    const [a, b] = [newId(), newId()];
    for (const [request, ids] of [
      ['1', [a]],
      ['2', [a, b]],
      ['3', [b]],
      ['4', [a]],
    ] as const)
      await recordRead(database.pool, reading(request, [...ids]));
    const head = await appended(storeOf(sealingOf(first)), a, start, { read: reading('5', [a]) });
    expect(await storeOf(sealingOf(first)).append(appendRequest(a, start, { read: reading('6', [a]) }))).toMatchObject({
      status: 'conflict',
    });
    expect(head.version).toBe(1);
    const page = await listReads(database.pool, a, { limit: 3 });
    expect(page.items.map(({ requestId }) => requestId)).toEqual(['5', '4', '2']);
    const rest = await listReads(database.pool, a, { cursor: page.nextCursor });
    expect(rest).toMatchObject({
      items: [{ requestId: '1', account: 'u-1', roles: ['mediator'], organisation: 'org-1', what: 'view' }],
      nextCursor: null,
    });
    expect((await listReads(database.pool, b)).items.map(({ requestId }) => requestId)).toEqual(['3', '2']);
  });

  test.each([
    ['UPDATE', `UPDATE accord.reads SET account = 'nobody'`],
    ['DELETE', 'DELETE FROM accord.reads'],
    ['TRUNCATE', 'TRUNCATE accord.reads'],
  ])('stay: %s is refused to the owner, too', async (_what, statement) => {
    await recordRead(database.pool, reading('x', [newId()]));
    await asOwner((owner) => expect(owner.query(statement)).rejects.toThrow('append-only'));
  });
});
