import { createEventStore } from '../../src/store/event-store.js';
import { findDocument, listDocuments } from '../../src/store/documents.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { eventStoreContract } from './event-store.contract.js';
import { appendRequest, disputeWrite, headAfter, newId, start } from './requests.js';

let database: StoreDatabase;
beforeAll(async () => {
  database = await storeDatabase('event-store');
});
afterAll(async () => {
  await database.drop();
});

eventStoreContract(() => {
  const clock = { now: new Date() };
  return Promise.resolve({
    store: createEventStore(database.pool, { clock: () => clock.now, sealing: database.sealing }),
    clock,
  });
});

test('documents are recorded with the events that attach them', async () => {
  const store = createEventStore(database.pool);
  const id = newId();
  const document = {
    documentId: 'doc-1',
    disputeId: id,
    sha256: 'a'.repeat(64),
    size: 52_428_800,
    mediaType: 'application/pdf',
    kind: 'evidence',
    nameRef: 'v9',
    uploadedAt: '2026-03-02T01:02:03.000Z',
  };
  await store.append(appendRequest(id, start, { documents: [document] }));
  expect(await findDocument(database.pool, id, 'doc-1')).toEqual(document);
  expect(await listDocuments(database.pool, id)).toEqual([document]);
  expect(await findDocument(database.pool, newId(), 'doc-1')).toBeNull();
});

test('events of a dispute without its snapshot are refused', async () => {
  const store = createEventStore(database.pool);
  await expect(store.append(appendRequest(newId(), start, { dispute: null }))).rejects.toThrow(TypeError);
  await expect(store.append(appendRequest(newId(), start, { dispute: disputeWrite(newId()) }))).rejects.toThrow(
    TypeError,
  );
});

test('a new cluster begins a new epoch, which is read after the old one', async () => {
  const own = await storeDatabase('epoch');
  try {
    const store = createEventStore(own.pool);
    const id = newId();
    const head = headAfter(await store.append(appendRequest(id)));
    // As after a restore elsewhere: the identity is another cluster's, and its transaction ids were far ahead.
    await own.asSuperuser(
      `UPDATE accord.cluster SET identity = 'another'`,
      `SET session_replication_role = replica`,
      `UPDATE accord.events SET xid = '900000000000'`,
      `SELECT accord.note_cluster()`,
    );
    expect(await store.epoch()).toBe(2);
    await store.append(appendRequest(id, head));
    let { events } = await store.readAll(null, 10);
    for (const end = Date.now() + 20_000; events.length < 2 && Date.now() < end;) {
      ({ events } = await store.readAll(null, 10));
    }
    expect(events.map(({ version, cursor }) => [version, cursor.epoch])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  } finally {
    await own.drop();
  }
});
