import { accord } from '../../src/cli/accord.js';
import { createCommandService } from '../../src/commands/command-service.js';
import { asAdmin } from '../../src/local/database.js';
import { createEventStore } from '../../src/store/event-store.js';
import { createPool } from '../../src/store/pool.js';
import { freshDatabase } from '../support/services.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let env: NodeJS.ProcessEnv;

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const code = await accord(args, env, (line) => lines.push(line));
  return { code, lines };
};

beforeAll(async () => {
  database = await freshDatabase('cli');
  env = { DATABASE_URL: database.databaseUrl, DATABASE_ADMIN_URL: database.databaseAdminUrl };
}, 60_000);
afterAll(() => database.drop());

const register = async (key: string): Promise<string> => {
  const pool = createPool(database.databaseUrl, { max: 1 });
  const commands = createCommandService({ store: createEventStore(pool) });
  const result = await commands.register({
    body: {
      type: 'labour',
      region: '360121',
      source: 'counter',
      title: '测试',
      parties: [
        { ref: 'worker', role: 'claimant', kind: 'person', name: '甲' },
        { ref: 'employer', role: 'respondent', kind: 'organisation', name: '乙公司' },
      ],
    },
    by: { account: 'counter', roles: ['intake'], organisation: 'desk', region: '360121' },
    kind: 'person',
    commandId: key,
    fingerprint: key,
    correlationId: key,
  });
  await pool.end();
  if (result.status !== 'done') throw new Error(result.status);
  return result.state.id;
};

test('migrate brings an empty database up to date, and does nothing the second time', async () => {
  const first = await run('migrate');
  expect(first.code).toBe(0);
  expect(first.lines.filter((line) => line.startsWith('migrated:'))).not.toHaveLength(0);
  expect(await run('migrate')).toEqual({ code: 0, lines: ['the schema is up to date'] });
});

test('verify counts sound streams, and names the damaged one and its first damaged version', async () => {
  const [sound, damaged] = [await register('a'), await register('b')];
  expect(await run('verify')).toEqual({ code: 0, lines: ['2 streams, 2 events, 0 damaged'] });
  await asAdmin(database.databaseAdminUrl, async (client) => {
    await client.query('ALTER TABLE accord.events DISABLE TRIGGER ALL').catch(() => undefined);
    await client.query(`UPDATE accord.events SET occurred_at = '2026-01-01' WHERE stream = $1`, [`dispute-${damaged}`]); // prettier-ignore
  });
  expect(await run('verify', damaged)).toEqual({
    code: 1,
    lines: [`dispute-${damaged}: version 1: wrong-hash`, '1 stream, 0 events, 1 damaged'],
  });
  expect((await run('verify', sound)).code).toBe(0);
  expect((await run('verify')).lines.at(-1)).toBe('2 streams, 1 events, 1 damaged');
});

test('what is not understood says how it is meant', async () => {
  for (const args of [[], ['unknown'], ['verify', 'a', 'b'], ['migrate', 'now']]) {
    const { code, lines } = await run(...args);
    expect(code).toBe(2);
    expect(lines[0]).toContain('Usage: accord');
  }
  expect((await run('help')).code).toBe(0);
  expect((await run('verify', 'no-such-dispute')).code).toBe(1);
  await expect(accord(['migrate'], {}, () => undefined)).rejects.toThrow('DATABASE_ADMIN_URL is not set');
});
