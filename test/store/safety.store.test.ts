import { createEventStore } from '../../src/store/event-store.js';
import { createPool } from '../../src/store/pool.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { appendRequest, headAfter, newEvent, newId, start } from './requests.js';

let database: StoreDatabase;
beforeAll(async () => {
  database = await storeDatabase('safety');
});
afterAll(async () => {
  await database.drop();
});

async function recordedStream(count: number): Promise<string> {
  const id = newId();
  const store = createEventStore(database.pool);
  const events = Array.from({ length: count - 1 }, () => newEvent());
  const head = headAfter(await store.append(appendRequest(id, start, { events })));
  await store.append(appendRequest(id, head));
  return `dispute-${id}`;
}

const insert = `INSERT INTO accord.events SELECT epoch, xid, position + 1000000, stream, version + 1, 'forged', type,
  schema_version, occurred_at, recorded_at, actor, command_id, causation_id, correlation_id, procedure_id, data,
  previous_hash, hash FROM accord.events LIMIT 1`;

describe('the role of the application', () => {
  test.each([
    ['UPDATE', `UPDATE accord.events SET data = '{}'`],
    ['DELETE', 'DELETE FROM accord.events'],
    ['TRUNCATE', 'TRUNCATE accord.events'],
    ['INSERT', insert],
    ['DISABLE TRIGGER', 'ALTER TABLE accord.events DISABLE TRIGGER ALL'],
    ['DROP', 'DROP TABLE accord.events'],
    ['replication role', 'SET session_replication_role = replica'],
    ['a stream head', 'UPDATE accord.streams SET version = 99'],
    ['a command', 'DELETE FROM accord.commands'],
    ['a value', `UPDATE accord.sealed_values SET sealed = '1'`],
    ['a key', 'DELETE FROM accord.data_keys'],
    ['a read', `INSERT INTO accord.reads (account, kind, roles, what, request_id) VALUES ('', '', '{}', '', '')`],
    ['sealing by itself', `SELECT accord.write_sealed('x', '{}')`],
    ['the epoch', 'UPDATE accord.cluster SET epoch = 9'],
    ['an inner function', `SELECT accord.insert_events('dispute-x', 0, '', '[]', '{}')`],
    ['a function of its own', 'CREATE FUNCTION accord.mine() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$'],
  ])('may not: %s', async (_what, statement) => {
    await recordedStream(2);
    await expect(database.pool.query(statement)).rejects.toMatchObject({
      code: expect.stringMatching(/^42501$/),
    });
  });

  test('cannot put its own functions in the way of append', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('SET search_path = pg_temp, accord');
      await client.query(`SELECT set_config('search_path', 'pg_temp', false)`);
      const store = createEventStore({ query: client.query.bind(client) } as never);
      expect((await store.append(appendRequest(newId()))).status).toBe('appended');
    } finally {
      client.release(true);
    }
  });
});

test.each([
  ['UPDATE', `UPDATE accord.events SET data = '{}'`],
  ['UPDATE of no row', `UPDATE accord.events SET data = '{}' WHERE false`],
  ['DELETE', 'DELETE FROM accord.events'],
  ['TRUNCATE', 'TRUNCATE accord.events'],
])('the owner, too, is stopped by the trigger: %s', async (_what, statement) => {
  await recordedStream(2);
  const owner = createPool(database.databaseAdminUrl, { max: 1 });
  try {
    await expect(owner.query(statement)).rejects.toThrow('append-only');
  } finally {
    await owner.end();
  }
});

describe('tampering, with the triggers off, is found at its version', () => {
  const tamper = (...statements: string[]) =>
    database.asSuperuser('SET session_replication_role = replica', ...statements);

  test.each([
    ['data', `data = '{"n": 2}'`, 3, 'wrong-hash'],
    ['actor', `actor = actor || '{"id": "u-2"}'`, 3, 'wrong-hash'],
    ['occurredAt', `occurred_at = '2026-03-03'`, 3, 'wrong-hash'],
    ['recordedAt', `recorded_at = recorded_at - interval '1 day'`, 3, 'wrong-hash'],
    ['hash', `hash = sha256('x')`, 3, 'wrong-hash'],
    ['previous hash', `previous_hash = sha256('x')`, 3, 'broken-link'],
    ['version', 'version = 33', 3, 'missing-event'],
  ])('%s', async (_what, change, version, problem) => {
    const stream = await recordedStream(5);
    await tamper(`UPDATE accord.events SET ${change} WHERE stream = '${stream}' AND version = 3`);
    expect(await createEventStore(database.pool).verifyStream(stream)).toEqual({
      ok: false,
      version,
      problem,
    });
  });

  test('an event taken out, and the end cut off', async () => {
    const store = createEventStore(database.pool);
    const [middle, end] = [await recordedStream(5), await recordedStream(5)];
    await tamper(
      `DELETE FROM accord.events WHERE stream = '${middle}' AND version = 2`,
      `DELETE FROM accord.events WHERE stream = '${end}' AND version = 5`,
    );
    expect(await store.verifyStream(middle)).toEqual({ ok: false, version: 2, problem: 'missing-event' });
    expect(await store.verifyStream(end)).toEqual({ ok: false, version: 5, problem: 'missing-event' });
  });

  test('a stream longer than a page is verified to its end', async () => {
    const stream = await recordedStream(1_203);
    const store = createEventStore(database.pool);
    expect(await store.verifyStream(stream)).toEqual({ ok: true, events: 1_203 });
    await tamper(`UPDATE accord.events SET type = 'Other' WHERE stream = '${stream}' AND version = 1201`);
    expect(await store.verifyStream(stream)).toEqual({ ok: false, version: 1_201, problem: 'wrong-hash' });
  });
});
