import { accord } from '../../src/cli/accord.js';
import { projections } from '../../src/projections/all.js';
import { beginBuilding, copiesOf } from '../../src/projections/copies.js';
import { wageArrears } from '../../src/demo/wage-arrears.js';
import { startProjections } from '../../src/worker/projections.js';
import { openCommands, type CommandsWorld } from '../commands/commands-world.js';
import { until } from '../projections/writers.js';
import { allReadable } from '../store/watermark.js';

let world: CommandsWorld;
beforeAll(async () => {
  world = await openCommands('cli-projections', '2026-11-23T10:00:00+08:00');
  await world.tell(wageArrears);
  await allReadable(world.db.pool);
});
afterAll(() => world.db.drop());

const run = (...args: string[]) => runInto([], ...args);

const runInto = async (lines: string[], ...args: string[]) => {
  const code = await accord(['projections', ...args], { DATABASE_URL: world.db.databaseUrl }, (line) =>
    lines.push(line),
  );
  return { code, lines };
};

test('a projection is built, listed, verified, paused and resumed by command', async () => {
  expect((await run('list')).lines).toEqual(projections.map(({ name }) => `${name.padEnd(12)}not begun`));
  expect(await run('verify', 'kpis')).toEqual({ code: 1, lines: ['kpis has not been built yet'] });
  for (const { name } of projections) {
    const { code, lines } = await run('rebuild', name);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(new RegExp(`^${name} rebuilt: \\d+ events in \\d+ s \\([\\d,]+/s\\), up to date$`));
    expect((await run('verify', name)).lines.at(-1)).toMatch(/^\w+: 1 stream and \d+ events compared, no difference$/);
  }
  expect((await run('list')).lines[0]).toBe('kpis        no process follows it, up to date');
  expect(await run('pause', 'kpis')).toEqual({ code: 0, lines: ['kpis is paused'] });
  expect((await run('list')).lines[0]).toBe('kpis        paused, up to date');
  expect((await run('resume', 'kpis')).code).toBe(0);
  expect((await run('list')).lines[0]).not.toContain('paused');
});

test('a rebuild replaces what was wrong, whether a worker runs or not', async () => {
  await world.db.pool.query('UPDATE accord.projected_kpis SET opened = opened + 1');
  const wrong = await run('verify', 'kpis');
  expect(wrong.code).toBe(1);
  expect(wrong.lines[0]).toMatch(
    /^kpis: accord\.projected_kpis 360121 labour .*, opened: by the events \d+, found \d+$/,
  );
  expect((await run('rebuild', 'kpis')).code).toBe(0);
  expect((await run('verify', 'kpis')).code).toBe(0);
  const [before] = (await copiesOf(world.db.pool, 'kpis')).filter(({ role }) => role === 'live');
  const runner = startProjections({ pool: world.db.pool, log: () => undefined, watchMs: 20 });
  try {
    expect((await run('rebuild', 'kpis')).code).toBe(0);
    const copies = await until(
      () => copiesOf(world.db.pool, 'kpis'),
      ({ length }) => length === 1,
    );
    expect(copies[0]).toMatchObject({ role: 'live', events: before!.events });
    expect(copies[0]!.generation).toBeGreaterThan(before!.generation);
  } finally {
    await runner.stop();
  }
});

test('a rebuild waits for streams that are parked in the new copy only, until it is forced', async () => {
  const { pool } = world.db;
  const kpis = projections.find(({ name }) => name === 'kpis')!;
  await beginBuilding(pool, kpis);
  const built = (await copiesOf(pool, 'kpis')).find(({ role }) => role === 'building')!;
  await pool.query(
    `INSERT INTO accord.projection_parked (generation, stream, from_version, reason, retry_at)
      VALUES ($1, 'dispute-x', 1, 'UnknownEvent', now() + interval '1 hour')`,
    [built.generation],
  );
  const said: string[] = [];
  const waiting = runInto(said, 'rebuild', 'kpis');
  await until(
    () => Promise.resolve(said),
    ({ length }) => length >= 2,
  );
  expect((await run('list')).lines[0]).toMatch(/^kpis .*, being rebuilt: .* up to date, waiting: 1 parked stream$/);
  expect((await copiesOf(pool, 'kpis')).find(({ role }) => role === 'live')!.generation).not.toBe(built.generation);
  const forced = await run('rebuild', 'kpis', '--force');
  expect(forced).toMatchObject({ code: 1, lines: expect.arrayContaining([expect.stringMatching(/^kpis rebuilt/)]) });
  expect((await copiesOf(pool, 'kpis')).find(({ role }) => role === 'live')!.generation).toBe(built.generation);
  await waiting;
  expect(said.slice(0, 2)).toEqual([
    'waiting: 1 parked stream',
    'that the copy in use has not; swap nevertheless: accord projections rebuild kpis --force',
  ]);
});

test('parked streams are named, with a code', async () => {
  const [live] = (await copiesOf(world.db.pool, 'search')).filter(({ role }) => role === 'live');
  await world.db.pool.query(
    `INSERT INTO accord.projection_parked (generation, stream, from_version, reason, retry_at)
      SELECT $1, stream, 3, 'UnknownEvent', now() FROM accord.projection_streams WHERE generation = $1`,
    [live!.generation],
  );
  const { lines } = await run('list');
  expect(lines.find((line) => line.startsWith('search'))).toContain('1 stream parked');
  expect(lines.at(-1)).toMatch(/^ {2}dispute-\S+ from version 3: UnknownEvent; \d+ events wait, tried 1 time, next /);
});

test('what is not understood says how it is meant', async () => {
  for (const args of [
    [],
    ['list', 'kpis'],
    ['rebuild'],
    ['verify', 'kpis', 'more'],
    ['verify', 'kpis', '--force'],
    ['drop', 'kpis'],
  ]) {
    const { code, lines } = await run(...args);
    expect(code).toBe(2);
    expect(lines.at(-1)).toContain('accord projections list|rebuild');
  }
  await expect(run('rebuild', 'no-such')).rejects.toThrow('there are kpis, worklists, search');
});
