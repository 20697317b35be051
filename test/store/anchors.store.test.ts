import { generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import { createAnchors, type SignedAnchor } from '../../src/commands/anchors.js';
import { openSigningKeys, type SigningKeys } from '../../src/commands/keys.js';
import { verifyAnchors, type AnchorProblem } from '../../src/commands/verify-anchors.js';
import { leafHash, rootOf } from '../../src/store/anchors/merkle.js';
import { eventHash } from '../../src/store/chain.js';
import type { EventStore } from '../../src/store/contract.js';
import { createEventStore } from '../../src/store/event-store.js';
import { verify, verifyAll } from '../../src/store/verify.js';
import { testFolder } from '../support/services.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { allReadable } from './watermark.js';
import { appendRequest, newEvent, start, type Head } from './requests.js';

let db: StoreDatabase;
let store: EventStore;
let keys: SigningKeys;
const heads = new Map<string, Head>();

const append = async (id: string, events = 1): Promise<void> => {
  const head = heads.get(id) ?? start;
  const result = await store.append(
    appendRequest(id, head, { events: Array.from({ length: events }, () => newEvent()) }),
  );
  if (result.status !== 'appended') throw new Error(result.status);
  const recordedAt = result.events.at(-1)!.recordedAt;
  heads.set(id, { version: result.version, headHash: result.headHash, recordedAt });
};

const anchors = () => {
  const { make, ...rest } = createAnchors({ pool: db.pool, keys });
  return { ...rest, make: () => allReadable(db.pool).then(make) };
};

const check = async (options: { elsewhere?: SignedAnchor[]; by?: SigningKeys } = {}) => {
  const problems: AnchorProblem[] = [];
  const { by = keys, elsewhere = [] } = options;
  const checked = await verifyAnchors(db.pool, { keys: by.all, elsewhere, onProblem: (one) => problems.push(one) });
  return { ...checked, problems };
};

/** What an administrator of the database could do. */
const asAdministrator = (...statements: string[]) =>
  db.asSuperuser('SET session_replication_role = replica', ...statements);

beforeEach(async () => {
  db = await storeDatabase('anchors');
  store = createEventStore(db.pool);
  keys = openSigningKeys(testFolder('anchor-keys'), {});
  heads.clear();
}, 60_000);
afterEach(() => db.drop());

test('an anchor covers the heads of all streams, links to the one before, and proves each head', async () => {
  expect(await anchors().make()).toBeNull();
  for (const id of ['a', 'b', 'c']) await append(id, 2);
  const first = await anchors().make();
  expect(first).toMatchObject({ made: true, anchor: { number: 1, size: 3 } });
  expect(await anchors().make()).toEqual({ made: false, anchor: first!.anchor });

  await append('b');
  for (const id of ['d', 'e']) await append(id);
  const second = await anchors().make();
  expect(second).toMatchObject({ made: true, anchor: { number: 2, size: 6 } });
  const statement = JSON.parse(second!.anchor.statement) as Record<string, unknown>;
  expect(statement).toMatchObject({ kind: 'accord-anchor', number: 2, kid: keys.current.kid });
  expect(statement['store']).toBe((JSON.parse(first!.anchor.statement) as { store: string }).store);

  for (const [id, { version, headHash }] of heads) {
    const proof = (await anchors().prove(`dispute-${id}`))!;
    expect(proof.head).toEqual({ stream: `dispute-${id}`, version, hash: headHash });
    const path = proof.path.map((hex) => Buffer.from(hex, 'hex'));
    expect(rootOf(leafHash(proof.head), proof.leaf, 6, path)!.toString('hex')).toBe(statement['root']);
  }
  await append('b');
  expect((await anchors().prove('dispute-b'))!.head.version).toBe(3);
  expect(await anchors().prove('dispute-unknown')).toBeNull();
  expect(await check()).toEqual({ anchors: 2, leaves: 6, problems: [] });
});

test('several at once make one anchor, without a gap', async () => {
  for (let n = 0; n < 30; n += 1) await append(`s${n}`);
  const made = await Promise.all(Array.from({ length: 6 }, () => anchors().make()));
  expect(new Set(made.map((one) => one!.anchor.number))).toEqual(new Set([1]));
  expect(made.filter((one) => one!.made)).toHaveLength(1);
  expect(await check()).toEqual({ anchors: 1, leaves: 30, problems: [] });
});

test('a history written anew, with a chain that is whole again, is found by its anchor', async () => {
  await append('a', 3);
  await append('b', 2);
  await anchors().make();
  await append('b', 1);
  const [, second] = await store.readStream('dispute-a');
  const forged = { ...second!, data: { 字: '改' } };
  const hash = eventHash(second!.previousHash, forged);
  const [, , third] = await store.readStream('dispute-a');
  const next = { ...third!, previousHash: hash };
  const end = eventHash(hash, next);
  await asAdministrator(
    `UPDATE accord.events SET data = '{"字":"改"}', hash = '\\x${hash}' WHERE stream = 'dispute-a' AND version = 2`,
    `UPDATE accord.events SET previous_hash = '\\x${hash}', hash = '\\x${end}' WHERE stream = 'dispute-a' AND version = 3`,
    `UPDATE accord.streams SET head_hash = '\\x${end}' WHERE stream = 'dispute-a'`,
  );
  expect(await verify(db.pool, 'dispute-a')).toEqual({ ok: true, events: 3 });
  expect((await check()).problems).toEqual([{ leaf: 0, stream: 'dispute-a', version: 3, problem: 'changed-event' }]);
});

test('an end cut off, with a head that fits again, is found by its anchor', async () => {
  await append('a', 3);
  await anchors().make();
  await asAdministrator(
    `DELETE FROM accord.events WHERE stream = 'dispute-a' AND version = 3`,
    `UPDATE accord.streams s SET version = 2, head_hash = e.hash FROM accord.events e
      WHERE s.stream = 'dispute-a' AND e.stream = s.stream AND e.version = 2`,
  );
  expect(await verify(db.pool, 'dispute-a')).toEqual({ ok: true, events: 2 });
  expect((await check()).problems).toEqual([{ leaf: 0, stream: 'dispute-a', version: 3, problem: 'missing-event' }]);
});

test('anchors and their log that are changed, cut off or signed by a stranger are found', async () => {
  await append('a');
  const first = (await anchors().make())!.anchor;
  await append('b');
  const second = (await anchors().make())!.anchor;
  const kept = [first, second].map(({ statement, signature }) => ({ statement, signature }));
  expect((await check({ elsewhere: kept })).problems).toEqual([]);

  const stranger = openSigningKeys(testFolder('stranger'), {});
  expect((await check({ by: stranger })).problems).toEqual([
    { anchor: 1, problem: 'unknown-key' },
    { anchor: 2, problem: 'unknown-key' },
  ]);

  // The last anchor is taken away and another put in its place, by one who has the key: only who kept it can tell.
  await asAdministrator(`DELETE FROM accord.anchors WHERE number = 2`);
  expect((await check()).problems).toEqual([]);
  expect((await check({ elsewhere: kept })).problems).toEqual([
    { anchor: 2, problem: 'missing-anchor', kept: 'signed' },
  ]);
  await append('c');
  await anchors().make();
  expect((await check()).problems).toEqual([]);
  expect((await check({ elsewhere: kept })).problems).toEqual([{ anchor: 2, problem: 'other-anchor', kept: 'signed' }]);

  await asAdministrator(`UPDATE accord.anchor_leaves SET hash = '\\x00' WHERE leaf = 0`);
  expect((await check()).problems.map(({ problem }) => problem)).toEqual(
    expect.arrayContaining(['changed-event', 'wrong-root']),
  );
  await asAdministrator(`DELETE FROM accord.anchor_leaves WHERE leaf = 0`);
  expect((await check()).problems.map(({ problem }) => problem)).toContain('missing-leaf');
  await asAdministrator(
    `UPDATE accord.anchors SET statement = replace(statement, '"size":1', '"size":2') WHERE number = 1`,
  );
  expect((await check()).problems.map(({ problem }) => problem)).toContain('unreadable-statement');
});

test('the application can neither change nor remove an anchor, nor write one out of turn', async () => {
  await append('a');
  const { anchor } = (await anchors().make())!;
  for (const table of ['anchors', 'anchor_leaves', 'anchor_log']) {
    for (const statement of [
      `DELETE FROM accord.${table}`,
      `TRUNCATE accord.${table}`,
      `INSERT INTO accord.${table} DEFAULT VALUES`,
    ])
      await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  }
  const again = 'SELECT accord.append_anchor($1, $2, $3, $4, now()) AS done';
  for (const [number, size] of [
    [1, 1],
    [3, 1],
    [2, 99],
  ])
    expect((await db.pool.query(again, [number, '{}', Buffer.alloc(64), size])).rows[0]).toEqual({ done: false });
  expect(await anchors().list(0, 10)).toEqual([anchor]);
});

describe('an anchor kept elsewhere that is not ours', () => {
  const signedBy = (signer: SigningKeys, statement: string): SignedAnchor => ({
    statement,
    signature: signer.sign(Buffer.from(statement, 'utf8')).toString('base64'),
  });
  const problemsWith = async (...elsewhere: SignedAnchor[]) => (await check({ elsewhere })).problems;

  test('is reported though another line has the same number and is ours', async () => {
    await append('a');
    const { statement, signature } = (await anchors().make())!.anchor;
    const ours = { statement, signature };
    const other = signedBy(keys, statement.replace(/"root":"../, '"root":"00'));
    const found = [
      { anchor: 1, problem: 'other-anchor', kept: 'in-two-forms' },
      { anchor: 1, problem: 'other-anchor', kept: 'signed' },
    ];
    expect(await problemsWith(other, ours)).toEqual(found);
    expect(await problemsWith(ours, other, ours)).toEqual(found);
    expect(await problemsWith(ours, ours)).toEqual([]);
  });

  test('is told apart: signed by a key of ours, of another record, or rubbish', async () => {
    await append('a');
    const { statement } = (await anchors().make())!.anchor;
    const changed = statement.replace(/"root":"../, '"root":"00');
    const elsewhere = changed.replace(/"store":"../, '"store":"zz');
    const stranger = openSigningKeys(testFolder('stranger'), {});
    for (const [anchor, kept] of [
      [signedBy(keys, changed), 'signed'],
      [signedBy(keys, elsewhere), 'signed-for-another-record'],
      [signedBy(stranger, elsewhere), 'of-another-record'],
      [signedBy(stranger, changed), 'not-signed'],
      [{ statement: changed } as SignedAnchor, 'not-signed'],
    ] as const)
      expect(await problemsWith(anchor)).toEqual([{ anchor: 1, problem: 'other-anchor', kept }]);
    expect(await problemsWith(signedBy(stranger, changed.replace('"number":1', '"number":7')))).toEqual([
      { anchor: 7, problem: 'missing-anchor', kept: 'not-signed' },
    ]);
  });

  test('shows that all anchors were deleted and the record begun anew', async () => {
    await append('a');
    const { anchor } = (await anchors().make())!;
    await asAdministrator(
      'DELETE FROM accord.anchors',
      'DELETE FROM accord.anchor_leaves',
      `UPDATE accord.anchor_log SET size = 0, epoch = 0, xid = '0', position = 0`,
    );
    await anchors().make();
    expect((await check()).problems).toEqual([]);
    expect(await problemsWith(anchor)).toEqual([
      { anchor: 1, problem: 'other-anchor', kept: 'signed-for-another-record' },
    ]);
  });
});

test('an event that the log has passed without a leaf is found, with its stream and version', async () => {
  for (const id of ['a', 'b', 'c']) await append(id, 2);
  await anchors().make();
  await append('b', 2);
  await append('d', 3);
  await append('a');
  await allReadable(db.pool);
  expect((await check()).problems).toEqual([]);
  await asAdministrator(
    `UPDATE accord.anchor_log g SET epoch = e.epoch, xid = e.xid, position = e.position
      FROM (SELECT * FROM accord.events WHERE stream = 'dispute-d' AND version = 2) e`,
  );
  expect((await check()).problems).toEqual([
    { stream: 'dispute-b', version: 3, problem: 'unanchored-event' },
    { stream: 'dispute-d', version: 1, problem: 'unanchored-event' },
  ]);
});

test('more streams than are looked at together are all looked at', async () => {
  await db.asSuperuser(
    `INSERT INTO accord.events (epoch, xid, position, stream, version, event_id, type, schema_version, occurred_at,
        recorded_at, actor, command_id, correlation_id, data, previous_hash, hash)
      SELECT 1, '3', n, 's' || lpad(n::text, 4, '0'), 1, n, 't', 1, '', now(), '{}', '', '', '{}', '', sha256('')
      FROM generate_series(1, 2345) n`,
    `UPDATE accord.anchor_log SET epoch = 1, xid = '3', position = 2345`,
  );
  const { problems } = await check();
  expect(problems).toHaveLength(2345);
  expect(problems.at(-1)).toEqual({ stream: 's2345', version: 1, problem: 'unanchored-event' });
});

describe('the application cannot make the log of heads pass over anything', () => {
  interface Row {
    epoch: number;
    xid: string;
    position: string;
    stream: string;
    version: number;
    hash: Buffer;
  }
  const rows = async (): Promise<Row[]> =>
    (
      await db.pool.query<Row>(
        'SELECT epoch, xid, position, stream, version, hash FROM accord.events ORDER BY epoch, xid, position',
      )
    ).rows;
  const appendLeaves = async (
    to: Pick<Row, 'epoch' | 'xid' | 'position'>,
    leaves: Pick<Row, 'stream' | 'version' | 'hash'>[],
  ): Promise<boolean> => {
    const size = (await db.pool.query<{ size: string }>('SELECT size FROM accord.anchor_log')).rows[0]!.size;
    const { rows: answered } = await db.pool.query<{ done: boolean }>(
      'SELECT accord.append_leaves($1, $2, $3, $4, $5, $6, $7, $8) AS done',
      [
        size,
        to.epoch,
        to.xid,
        to.position,
        leaves.map(({ stream }) => stream),
        leaves.map(({ version }) => version),
        leaves.map(({ hash }) => hash),
        leaves.map(() => Buffer.alloc(0)),
      ],
    );
    return answered[0]!.done;
  };
  const place = expect.objectContaining({ code: '23514', message: expect.stringContaining('cannot go on') });
  const heads = expect.objectContaining({ code: '23514', message: expect.stringContaining('not the heads') });

  test('not to a place where no event is, nor behind, nor nowhere', async () => {
    await append('a');
    await allReadable(db.pool);
    const [a] = await rows();
    for (const to of [
      { ...a!, epoch: 99 },
      { ...a!, xid: '999999999999' },
      { ...a!, position: '999999999' },
      { ...a!, xid: null as unknown as string },
    ])
      await expect(appendLeaves(to, [a!])).rejects.toEqual(place);
    await anchors().make();
    await expect(appendLeaves(a!, [a!])).rejects.toEqual(place);
    await append('b');
    await allReadable(db.pool);
    const [, b] = await rows();
    await expect(appendLeaves(a!, [b!])).rejects.toEqual(place);
    expect((await anchors().make())!.anchor.size).toBe(2);
  });

  test('not with false leaves, or fewer, or more', async () => {
    await append('a', 2);
    await append('b');
    await allReadable(db.pool);
    const [a1, a2, b] = (await rows()) as [Row, Row, Row];
    for (const leaves of [
      [],
      [b],
      [a1, b],
      [a1, a2, b],
      [a2, b, b],
      [{ ...a2, hash: b.hash }, b],
      [{ ...a2, version: 3 }, b],
      [a2, b, { ...b, stream: 'dispute-false' }],
    ])
      await expect(appendLeaves(b, leaves)).rejects.toEqual(heads);
    expect(await appendLeaves(b, [a2, b])).toBe(true);
  });

  test('not past an event behind which an earlier one may still come', async () => {
    const open = new pg.Client({ connectionString: db.databaseUrl });
    await open.connect();
    try {
      await open.query('BEGIN');
      await open.query('SELECT pg_current_xact_id()');
      await append('a');
      const [a] = await rows();
      await expect(appendLeaves(a!, [a!])).rejects.toEqual(place);
      await open.query('ROLLBACK');
      await allReadable(db.pool);
      expect(await appendLeaves(a!, [a!])).toBe(true);
    } finally {
      await open.end();
    }
  });
});

test('all chains are checked in one pass, and each damage is named once with its first version', async () => {
  for (let n = 0; n < 7; n += 1) await append(`s${n}`, n % 3 === 0 ? 3 : 1);
  const damages = async () => {
    const found: object[] = [];
    const total = await verifyAll(db.pool, (damage) => found.push(damage));
    return { ...total, found };
  };
  expect(await damages()).toEqual({ streams: 7, events: 13, damaged: 0, found: [] });
  await asAdministrator(
    `UPDATE accord.events SET occurred_at = '2020-01-01' WHERE stream = 'dispute-s0' AND version = 2`,
    `DELETE FROM accord.events WHERE stream = 'dispute-s3' AND version = 2`,
    `DELETE FROM accord.events WHERE stream = 'dispute-s4'`,
    `DELETE FROM accord.streams WHERE stream = 'dispute-s5'`,
    `DELETE FROM accord.events WHERE stream = 'dispute-s6' AND version = 3`,
  );
  const { found, damaged } = await damages();
  expect(damaged).toBe(5);
  expect(found).toEqual([
    { stream: 'dispute-s0', version: 2, problem: 'wrong-hash' },
    { stream: 'dispute-s3', version: 2, problem: 'missing-event' },
    { stream: 'dispute-s4', version: 1, problem: 'missing-event' },
    { stream: 'dispute-s5', version: 1, problem: 'wrong-head' },
    { stream: 'dispute-s6', version: 3, problem: 'missing-event' },
  ]);
});

test('an anchor signed by a rotated key is still checked by the public half of the former one', async () => {
  const home = testFolder('rotated');
  keys = openSigningKeys(home, {});
  await append('a');
  await anchors().make();
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  keys = openSigningKeys(home, { ACCORD_SIGNING_KEY: pem });
  await append('a');
  await anchors().make();
  expect(await check()).toMatchObject({ anchors: 2, problems: [] });
});
