import { wageArrears } from '../../src/demo/wage-arrears.js';
import { verifyInline } from '../../src/projections/verify-inline.js';
import { openCommands, type CommandsWorld } from '../commands/commands-world.js';

let world: CommandsWorld;
let disputes: string[];
beforeAll(async () => {
  world = await openCommands('inline', '2026-11-23T10:00:00+08:00');
  const until = wageArrears.findIndex(({ does }) => 'acceptHandoff' in does) - 1;
  // One whole, one with a handoff under way, one at its beginning.
  disputes = [
    await world.tell(wageArrears),
    await world.tell(wageArrears.slice(0, until)),
    await world.tell(wageArrears.slice(0, 3)),
  ];
});
afterAll(() => world.db.drop());

const check = (dispute?: string) => verifyInline(world.db.pool, dispute === undefined ? {} : { dispute });

test('what commands wrote is what the events say', async () => {
  const { rows } = await world.db.pool.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM accord.events WHERE stream LIKE 'dispute-%'`,
  );
  expect(await check()).toEqual({ ok: true, disputes: 3, events: rows[0]!.n, older: 0 });
  for (const dispute of disputes) expect(await check(dispute)).toMatchObject({ ok: true, disputes: 1 });
  expect(await check('no-such-dispute')).toEqual({ ok: true, disputes: 0, events: 0, older: 0 });
});

const id = (n: number) => disputes[n]!;
const damages: [view: string, at: string, n: number, sql: (id: string) => string][] = [
  [
    'the snapshot',
    'snapshot.region',
    0,
    (one) =>
      `UPDATE accord.streams SET state = replace(state, '"region":"360121"', '"region":"360122"') WHERE stream = 'dispute-${one}'`,
  ],
  [
    'the version',
    'snapshot.version',
    0,
    (one) => `UPDATE accord.streams SET version = version + 1 WHERE stream = 'dispute-${one}'`,
  ],
  [
    'a column it is listed by',
    'index.status',
    1,
    (one) => `UPDATE accord.disputes SET status = 'closed' WHERE dispute_id = '${one}'`,
  ],
  [
    'who may see it',
    'index.organisations.0',
    1,
    (one) => `UPDATE accord.disputes SET organisations = '{}' WHERE dispute_id = '${one}'`,
  ],
  [
    'what is due next',
    'clocks.nextDue',
    2,
    (one) => `UPDATE accord.dispute_clocks SET next_due = '2001-01-01' WHERE dispute_id = '${one}'`,
  ],
  [
    'the stall',
    'clocks.stallAt',
    2,
    (one) => `UPDATE accord.dispute_clocks SET stall_at = '2001-01-01' WHERE dispute_id = '${one}'`,
  ],
  ['missing clocks', 'clocks', 2, (one) => `DELETE FROM accord.dispute_clocks WHERE dispute_id = '${one}'`],
  [
    'an open deadline',
    'deadlines',
    1,
    (one) =>
      `INSERT INTO accord.open_deadlines VALUES ('${one}', 'extra', null, 'LD-16', 'institution', 'body', 'running', '2026-01-01', '2026-01-02')`,
  ],
  ['a handoff', 'handoffs', 0, (one) => `UPDATE accord.handoffs SET status = 'returned' WHERE dispute_id = '${one}'`],
  ['a missing handoff', 'handoffs', 0, (one) => `DELETE FROM accord.handoffs WHERE dispute_id = '${one}'`],
];

test.each(damages)('%s that differs is named', async (_, at, n, sql) => {
  const tables = ['streams', 'disputes', 'dispute_clocks', 'open_deadlines', 'handoffs'];
  await world.db.asSuperuser(
    ...tables.map((table) => `CREATE TABLE accord.was_${table} AS TABLE accord.${table}`),
    sql(id(n)),
  );
  try {
    const found = await check(id(n));
    expect(found).toMatchObject({ ok: false, difference: { in: `dispute-${id(n)}` } });
    expect(found.ok ? '' : found.difference.at).toMatch(new RegExp(`^${at.replaceAll('.', '\\.')}`));
    // Among all disputes the same one is named.
    expect(await check()).toEqual(found);
  } finally {
    await world.db.asSuperuser(
      ...tables.flatMap((table) => [
        `TRUNCATE accord.${table}`,
        `INSERT INTO accord.${table} ${table === 'disputes' ? 'OVERRIDING SYSTEM VALUE' : ''} TABLE accord.was_${table}`,
        `DROP TABLE accord.was_${table}`,
      ]),
    );
  }
});

test('rows of a dispute that has no events are found', async () => {
  await world.db.asSuperuser(
    `INSERT INTO accord.dispute_clocks SELECT 'zzz-no-events', plan_version, driven_version, plan_code FROM accord.dispute_clocks LIMIT 1`,
  );
  expect(await check()).toMatchObject({
    ok: false,
    difference: { in: 'dispute-zzz-no-events', at: 'events' },
  });
  await world.db.asSuperuser(`DELETE FROM accord.dispute_clocks WHERE dispute_id = 'zzz-no-events'`);
});
