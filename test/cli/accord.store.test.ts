import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accord } from '../../src/cli/accord.js';
import { CannotRun } from '../../src/cli/command.js';
import { createCommandService } from '../../src/commands/command-service.js';
import { asAdmin } from '../../src/local/database.js';
import type { Requester } from '../../src/domain/dispute/context.js';
import { createEventStore } from '../../src/store/event-store.js';
import { createPool } from '../../src/store/pool.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { testMasterKeys } from '../store/database.js';
import { allReadable } from '../store/watermark.js';
import { freshDatabase, testFolder } from '../support/services.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let env: NodeJS.ProcessEnv;

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const code = await accord(args, env, (line) => lines.push(line));
  return { code, lines };
};

beforeAll(async () => {
  database = await freshDatabase('cli');
  env = {
    DATABASE_URL: database.databaseUrl,
    DATABASE_ADMIN_URL: database.databaseAdminUrl,
    ACCORD_HOME: testFolder('cli-home'),
  };
}, 60_000);
afterAll(() => database.drop());

const by: Requester = { account: 'counter', roles: ['intake'], organisation: 'desk', region: '360121' };

/** Registers a dispute and runs actions on it; answers its id. */
const register = async (key: string, actions: [string, Record<string, unknown>][] = []): Promise<string> => {
  const pool = createPool(database.databaseUrl, { max: 1 });
  const sealing = createSealing(pool, testMasterKeys);
  const commands = createCommandService({ store: createEventStore(pool, { sealing }) });
  const result = await commands.register({
    body: {
      type: 'labour',
      region: '360121',
      source: 'counter',
      receivedOn: '2026-11-02',
      title: '测试',
      parties: [
        { ref: 'worker', role: 'claimant', kind: 'person', name: '甲' },
        { ref: 'employer', role: 'respondent', kind: 'organisation', name: '乙公司' },
      ],
    },
    by,
    kind: 'person',
    commandId: key,
    fingerprint: key,
    correlationId: key,
  });
  if (result.status !== 'done') throw new Error(result.status);
  const disputeId = result.state.id;
  for (const [action, body] of actions) {
    const id = `${key}-${action}`;
    const done = await commands.run({
      disputeId,
      action,
      body,
      by,
      kind: 'person',
      commandId: id,
      fingerprint: id,
      correlationId: id,
    });
    if (done.status !== 'done') throw new Error(`${action}: ${done.status}`);
  }
  await allReadable(pool);
  await pool.end();
  return disputeId;
};

test('migrate brings an empty database up to date, and does nothing the second time', async () => {
  const first = await run('migrate');
  expect(first.code).toBe(0);
  expect(first.lines.filter((line) => line.startsWith('migrated:'))).not.toHaveLength(0);
  expect(await run('migrate')).toEqual({ code: 0, lines: ['the schema is up to date'] });
});

test('verify counts sound streams, and names the damaged one and its first damaged version', async () => {
  const [sound, damaged] = [await register('a'), await register('b')];
  const found = await run('verify');
  expect(found.code).toBe(0);
  expect(found.lines).toEqual([
    expect.stringMatching(/^2 streams, 2 events, 0 damaged \(\d+ events\/s\)$/),
    '2 events, and no anchor: nothing can be held against what was handed out',
    '0 anchors over 0 heads, 0 problems',
    'views of 2 disputes agree with their events',
  ]);
  const asOwner = (statement: string) =>
    asAdmin(database.databaseAdminUrl, async (client) => {
      await client.query('ALTER TABLE accord.events DISABLE TRIGGER ALL').catch(() => undefined);
      await client.query(statement);
    });
  const setRegion = (region: string) =>
    asOwner(
      `UPDATE accord.events SET data = jsonb_set(data, '{region}', '"${region}"') WHERE stream = 'dispute-${damaged}'`,
    );
  await setRegion('360122');
  expect(await run('verify', damaged)).toEqual({
    code: 1,
    lines: [
      `dispute-${damaged}: version 1: wrong-hash`,
      '1 stream, 0 events, 1 damaged',
      expect.stringMatching(/^views: .*region is not what its events say$/),
    ],
  });
  expect((await run('verify', sound)).code).toBe(0);
  const whole = await run('verify');
  expect(whole.code).toBe(1);
  expect(whole.lines.slice(0, 2)).toEqual([
    `dispute-${damaged}: version 1: wrong-hash`,
    expect.stringContaining('2 streams, 2 events, 1 damaged'),
  ]);
  await setRegion('360121');
  expect((await run('verify')).code).toBe(0);

  await asOwner(`UPDATE accord.disputes SET status = 'closed' WHERE dispute_id = '${sound}'`);
  expect((await run('verify', sound)).lines.at(-1)).toContain('status is not what its events say');
  await asOwner(`UPDATE accord.disputes SET status = 'open' WHERE dispute_id = '${sound}'`);
});

test('a record without an anchor fails only where it was to be held against one', async () => {
  const file = join(testFolder('nothing-kept'), 'anchors.jsonl');
  const statement = JSON.stringify({ kind: 'accord-anchor', format: 1, store: 's', number: 1, size: 1, kid: 'k' });
  writeFileSync(file, `${JSON.stringify({ statement, signature: 'AA==' })}\n`);
  expect((await run('verify')).code).toBe(0);
  const { code, lines } = await run('verify', '--anchors', file);
  expect(code).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/^[1-9]\d* events, and no anchor: /));
  expect(lines).toContain('anchor 1: missing-anchor: no key of ours signed the one kept elsewhere: it says nothing');
  expect(lines).toContain('0 anchors over 0 heads, 2 problems');
});

test('anchors are made and exported; verify finds what differs from those that were kept elsewhere', async () => {
  const file = join(testFolder('exported'), 'anchors.jsonl');
  const made = await run('anchor', '--export', file);
  expect(made.lines).toEqual([
    expect.stringMatching(/^anchor 1 of \S+Z covers \d+ heads$/),
    `1 anchors written to ${file}`,
  ]);
  expect((await run('anchor')).lines[0]).toContain('nothing new since');
  await register('after the first anchor');

  const before = (await run('keys')).lines;
  expect(before).toHaveLength(1);
  const elsewhere = join(testFolder('no-keys'), 'home');
  const lost = accord(['keys', 'rotate'], { ...env, ACCORD_HOME: elsewhere }, () => undefined);
  await expect(lost).rejects.toThrow('no signing key that could be replaced');
  expect(existsSync(elsewhere)).toBe(false);
  const rotated = await run('keys', 'rotate');
  expect(rotated.lines[0]).toContain(`${before[0]} vouches for it`);
  expect((await run('keys', 'list')).lines).toEqual(
    expect.arrayContaining([before[0], expect.stringContaining(`endorsed by ${before[0]}`)]),
  );
  expect((await run('anchor')).lines[0]).toContain('anchor 2');
  const checked = await run('verify', '--anchors', file);
  expect(checked.code).toBe(0);
  expect(checked.lines).toContainEqual(expect.stringMatching(/^2 anchors over \d+ heads, 0 problems$/));

  const [kept] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, `${kept!.replace(/"signature":"../, '"signature":"AA')}\n`);
  const differing = await run('verify', '--anchors', file);
  expect(differing.code).toBe(1);
  expect(differing.lines).toContain(
    'anchor 1: other-anchor: no key of ours signed the one kept elsewhere: it says nothing',
  );
  await expect(run('verify', '--anchors', '/no/such/file')).rejects.toThrow('cannot be read');

  // It may be the only copy of what was cut off here: an export never replaces it.
  const held = readFileSync(file, 'utf8');
  await expect(run('anchor', '--export', file)).rejects.toThrow('holds 1 anchors that this record does not have');
  expect(readFileSync(file, 'utf8')).toBe(held);
  writeFileSync(file, `${kept!}\n`);
  expect((await run('anchor', '--export', file)).lines.at(-1)).toBe(`2 anchors written to ${file}`);
  expect(readFileSync(file, 'utf8').startsWith(`${kept!}\n`)).toBe(true);
  expect(readdirSync(dirname(file))).toEqual(['anchors.jsonl']);
  expect((await run('verify', '--anchors', file)).lines).toContain('2 anchors kept elsewhere were compared');
  for (const content of ['', '5\n', '{"statement":5}\n', 'names,phones\n']) {
    writeFileSync(file, content);
    await expect(run('verify', '--anchors', file)).rejects.toThrow(CannotRun);
    await expect(run('anchor', '--export', file)).rejects.toThrow(CannotRun);
    expect(readFileSync(file, 'utf8')).toBe(content);
  }
  await expect(run('anchor', '--export', '/no/such/folder/file')).rejects.toThrow('cannot be written (ENOENT)');
});

describe('calendar', () => {
  const schedule = {
    year: 2027,
    version: 'cn-2027.1',
    notice: { title: '测试用 2027 年安排', issuedOn: '2026-11-20' },
    // 2 November 2027 is a Tuesday: the day to which limitation runs.
    off: [{ name: '测试假日', from: '2027-11-01', to: '2027-11-02' }],
    work: [],
  };
  const fileOf = (content: string): string => {
    const file = join(testFolder('calendar'), 'year.json');
    writeFileSync(file, content);
    return file;
  };

  test('lists the periods that would move, moves them when confirmed, and nothing the second time', async () => {
    const id = await register('calendar', [
      [
        'open-procedure',
        { procedure: 'mediation', track: 'labour', body: { code: 'NC-MED', name: '中心' }, appliedOn: '2026-11-02' },
      ],
    ]);
    const file = fileOf(JSON.stringify(schedule));
    const preview = await run('calendar', file);
    expect(preview.code).toBe(0);
    expect(preview.lines.find((line) => line.includes('LD-06'))).toMatch(/2027-11-02 → 2027-11-03/);
    expect(preview.lines.find((line) => line.includes('LD-06'))).toContain(id);
    expect(preview.lines.at(-1)).toContain('Nothing is changed yet');

    const confirmed = await run('calendar', file, '--confirm');
    expect(confirmed).toMatchObject({ code: 0 });
    expect(confirmed.lines.at(-1)).toMatch(
      /^calendar cn-2026\.1\+cn-2027\.1 is in force: [1-9]\d* periods of 1 disputes dated anew$/,
    );
    expect((await run('calendar', file, '--confirm')).lines.at(-1)).toContain('0 periods of 0 disputes');
    expect((await run('calendar', file)).lines.at(-1)).toContain('0 in all');
  });

  test('says what is wrong with a file', async () => {
    const wrong = async (content: string) => {
      const { code, lines } = await run('calendar', fileOf(content));
      expect(code).toBe(1);
      return lines.slice(1).join('\n');
    };
    expect(await wrong('{')).toContain('the file is not JSON');
    expect(await wrong(JSON.stringify({ ...schedule, year: 'soon' }))).toContain('year:');
    expect(await wrong(JSON.stringify({ ...schedule, work: [{ name: '错', date: '2027-03-02' }] }))).toContain(
      'work/0',
    );
    await expect(run('calendar', '/no/such/file')).rejects.toThrow('/no/such/file cannot be read');
  });
});

test('what is not understood says how it is meant', async () => {
  for (const args of [
    [],
    ['unknown'],
    ['verify', 'a', 'b'],
    ['migrate', 'now'],
    ['calendar'],
    ['calendar', 'f', '--yes'],
  ]) {
    const { code, lines } = await run(...args);
    expect(code).toBe(2);
    expect(lines.join('\n')).toContain('Usage: accord');
  }
  expect((await run('help')).code).toBe(0);
  expect((await run('verify', 'no-such-dispute')).code).toBe(1);
  const elsewhere = { ACCORD_HOME: testFolder('cli-nowhere') };
  await expect(accord(['migrate'], elsewhere, () => undefined)).rejects.toThrow(
    /DATABASE_ADMIN_URL is not set, and no local Accord runs in/,
  );
});
