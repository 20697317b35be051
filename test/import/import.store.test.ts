import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accord } from '../../src/cli/accord.js';
import { CannotRun } from '../../src/cli/command.js';
import { createCommandService } from '../../src/commands/command-service.js';
import { importFile } from '../../src/import/import-file.js';
import type { RefusedRow } from '../../src/import/refused-row.js';
import { createEventStore } from '../../src/store/event-store.js';
import { openMasterKeys } from '../../src/store/sealing/open-master-keys.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { verifyAll } from '../../src/store/verify.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';
import { runTypeScript } from '../support/processes.js';
import { testFolder } from '../support/services.js';
import { jsonLines, pastRow } from './backlog.js';

let db: StoreDatabase;
let env: NodeJS.ProcessEnv;
let home: string;

beforeEach(async () => {
  db = await storeDatabase('import');
  home = testFolder('import');
  openMasterKeys(home, {}, { make: true });
  env = { DATABASE_URL: db.databaseUrl, DATABASE_ADMIN_URL: db.databaseAdminUrl, ACCORD_HOME: home };
}, 60_000);
afterEach(() => db.drop());

const write = (name: string, content: string | Buffer): string => {
  const file = join(home, name);
  writeFileSync(file, content);
  return file;
};

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const code = await accord(['import', ...args], env, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
};

const refusedIn = (file: string): RefusedRow[] =>
  readFileSync(`${file}.refused.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RefusedRow);

const count = async (table: string): Promise<number> =>
  (await db.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM accord.${table}`)).rows[0]!.n;

/** Every stream of the backlog has the same events; its chain is whole. */
const expectWhole = async (disputes: number): Promise<void> => {
  const { rows } = await db.pool.query<{ versions: number; n: number }>(
    `SELECT version AS versions, count(*)::integer AS n FROM accord.streams GROUP BY version`,
  );
  expect(rows).toEqual([{ versions: rows[0]!.versions, n: disputes }]);
  const damages: unknown[] = [];
  await verifyAll(db.pool, (damage) => damages.push(damage));
  expect(damages).toEqual([]);
  expect(await count('commands')).toBe(disputes);
  expect(await count('disputes')).toBe(disputes);
};

const disputeOf = async (externalTitle: string) => {
  const store = createEventStore(db.pool, { sealing: createSealing(db.pool, openMasterKeys(home, {})) });
  const commands = createCommandService({ store });
  const { rows } = await db.pool.query<{ id: string }>('SELECT dispute_id AS id FROM accord.disputes');
  for (const { id } of rows) {
    const read = await commands.read(id);
    if (Object.values(read!.values).some(({ value }) => value === externalTitle)) return read!;
  }
  throw new Error(`no dispute ${externalTitle}`);
};

test('a row is decided by the law fact by fact, and recorded with its dates', async () => {
  const file = write('rows.jsonl', jsonLines([pastRow(1)]));
  expect(await run(file)).toMatchObject({ code: 0, text: expect.stringContaining('1 disputes imported, 10 facts') });
  const { state } = await disputeOf('拖欠工资 1');
  expect(state).toMatchObject({
    status: 'closed',
    backfill: false,
    registeredOn: '2024-03-01',
    registrar: 'nanchang-county-dispute-desk',
    procedures: { p1: { procedure: 'mediation', outcome: 'agreement', closedOn: '2024-03-09' } },
    deadlines: { 'p1:LD-03': { due: '2024-03-18', status: 'met' } },
  });
  const { rows } = await db.pool.query(
    `SELECT DISTINCT actor ->> 'kind' AS kind, actor ->> 'id' AS id, actor ->> 'organisation' AS organisation
       FROM accord.events WHERE type IN ('DisputeRegistered', 'AgreementSigned') ORDER BY organisation`,
  );
  expect(rows).toEqual([
    { kind: 'service', id: 'import:rows', organisation: 'nanchang-county-dispute-desk' },
    { kind: 'service', id: 'import:rows', organisation: 'xiangtang-labour-mediation' },
  ]);
  // Nobody has to be told of a dispute that is closed.
  expect(await count('drive_queue')).toBe(0);
});

test('an open dispute that is finished owes what is due now; one that is not waits', async () => {
  const { facts, ...rest } = pastRow(1);
  const open = { ...rest, externalId: 'open', facts: facts.slice(0, 1) };
  const waiting = {
    ...open,
    externalId: 'waiting',
    registration: { ...rest.registration, title: '待补录' },
    finish: false,
  };
  const file = write('rows.jsonl', jsonLines([open, waiting]));
  expect((await run(file)).code).toBe(0);
  const finished = await disputeOf('拖欠工资 1');
  expect(finished.state).toMatchObject({ backfill: false, procedures: { p1: { outcome: 'expired' } } });
  const other = await disputeOf('待补录');
  expect(other.state).toMatchObject({ backfill: true, procedures: { p1: { status: 'open' } } });
  expect(await count('drive_queue')).toBe(2);
});

test('a refused row is named with line, code and place, leaves nothing, and is imported once it is put right', async () => {
  const good = pastRow(1);
  const second = pastRow(2);
  const opening = second.facts[0]!;
  const early = { ...second, facts: [{ ...opening, on: '2024-02-01' }] };
  const unlawful = { ...pastRow(3), facts: [pastRow(3).facts[7]!] };
  const lines = [
    JSON.stringify(good),
    '{"externalId": "x", ',
    JSON.stringify({ ...pastRow(4), registration: { ...pastRow(4).registration, type: '劳动' } }),
    JSON.stringify(early),
    JSON.stringify(unlawful),
    JSON.stringify({ ...pastRow(5), facts: [{ action: 'erase-subject', on: '2024-03-02' }] }),
    JSON.stringify({
      ...pastRow(6),
      facts: [opening, { action: 'record-consent', on: '2024-03-02', body: { party: 'worker', consent: '张三' } }],
    }),
    JSON.stringify({ ...good, registration: { ...good.registration, title: '另一件' } }),
    JSON.stringify({ ...pastRow(7), registration: { ...pastRow(7).registration, externalIds: { 张三: '' } } }),
    `{"externalId":"nul","registration":${JSON.stringify(pastRow(8).registration).replace('拖欠', '\\u0000')}}`,
    'x'.repeat(1_100_000),
  ];
  const file = write(
    'rows.jsonl',
    Buffer.concat([
      Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from('\n\n'),
    ]),
  );
  const { code, text } = await run(file);
  expect(code).toBe(1);
  expect(text).toContain('11 rows refused');
  const refused = refusedIn(file).map(({ line, externalId, code: why, pointer }) => [line, externalId, why, pointer]);
  expect(refused).toEqual([
    [2, null, 'not-json', undefined],
    [3, '2024-000004', 'invalid', '/registration/type'],
    [4, '2024-000002', 'date-before-dispute', '/facts/0/occurredAt'],
    [5, '2024-000003', 'action-not-available', '/facts/0'],
    [6, '2024-000005', 'not-importable', '/facts/0/action'],
    [7, '2024-000006', 'invalid', '/facts/1/body/consent'],
    [8, '2024-000001', 'external-id-reused', undefined],
    [9, '2024-000007', 'invalid', '/registration/externalIds'],
    [10, 'nul', 'unstorable-text', undefined],
    [11, null, 'line-too-long', undefined],
    [12, null, 'wrong-encoding', undefined],
  ]);
  const report = readFileSync(`${file}.refused.jsonl`, 'utf8');
  for (const personal of ['张三', '工人', '公司', '拖欠']) expect(report).not.toContain(personal);
  await expectWhole(1);

  writeFileSync(file, jsonLines([good, second]));
  expect(await run(file)).toMatchObject({ code: 0, text: expect.stringContaining('1 disputes imported, 10 facts') });
  expect(existsSync(`${file}.refused.jsonl`)).toBe(false);
  await expectWhole(2);
});

/** Imports with a fault in the law's code, which every dispute of the region 360122 meets. */
const runWithFault = (file: string) => {
  const sealing = createSealing(db.pool, openMasterKeys(home, {}));
  const store = createEventStore(db.pool, { sealing });
  const { now, contextFor } = createCommandService({ store });
  return importFile({
    pool: db.pool,
    store,
    commands: {
      now,
      contextFor: (by, state, region, ...rest) => {
        if (region === '360122') throw new Error('a fault');
        return contextFor(by, state, region, ...rest);
      },
    },
    fingerprintKey: randomBytes(32),
    file,
    csv: null,
    name: 'rows',
    report: `${file}.refused.jsonl`,
  });
};

const faulty = (n: number) => ({ ...pastRow(n), registration: { ...pastRow(n).registration, region: '360122' } });

test('a fault in one row refuses that row, and the others go on', async () => {
  const nineteen = (from: number) => Array.from({ length: 19 }, (_, n) => faulty(from + n));
  const rows = [...nineteen(0), pastRow(100), ...nineteen(200), pastRow(300)];
  const file = write('rows.jsonl', jsonLines(rows));
  expect(await runWithFault(file)).toMatchObject({ imported: 2, refused: 38 });
  const refused = refusedIn(file);
  expect(refused[0]).toEqual({
    line: 1,
    externalId: '2024-000000',
    code: 'failed',
    reason: 'It cannot be decided',
  });
  expect(refused.map(({ line }) => line)).not.toContain(20);
  await expectWhole(2);
});

test('twenty faults in a row end the import with their error; what was refused so far is in the report', async () => {
  const wrong = { ...pastRow(1), registration: { ...pastRow(1).registration, type: '劳动' } };
  const file = write('rows.jsonl', jsonLines([wrong, ...Array.from({ length: 30 }, (_, n) => faulty(n + 2))]));
  await expect(runWithFault(file)).rejects.toThrow('a fault');
  expect(refusedIn(file).map(({ line, code }) => [line, code])).toEqual([
    [1, 'invalid'],
    ...Array.from({ length: 20 }, (_, n) => [n + 2, 'failed']),
  ]);
  expect(await count('commands')).toBe(0);
  expect(await run(file)).toMatchObject({ code: 1, text: expect.stringContaining('30 disputes imported') });
  expect(refusedIn(file)).toHaveLength(1);
});

test('the same backlog again, under another file name, in another order or from two processes at once, is there once', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => pastRow(n));
  const file = write('backlog.jsonl', jsonLines(rows));
  const child = runTypeScript('src/cli/accord.ts', ['import', file], env);
  const [first] = await Promise.all([run(file), child.exitCode()]);
  expect(first.code).toBe(0);
  expect(child.process.exitCode).toBe(0);
  await expectWhole(40);
  const copy = write('copy.jsonl', jsonLines([...rows].reverse()));
  const again = await run(copy, '--name', 'backlog');
  expect(again.text).toContain('0 disputes imported, 0 facts');
  expect(again.text).toContain('40 were there already');
  await expectWhole(40);
});

test('after a kill −9 in the middle it goes on where it stopped, and doubles nothing', async () => {
  const total = 400;
  const file = write('backlog.jsonl', jsonLines(Array.from({ length: total }, (_, n) => pastRow(n))));
  const child = runTypeScript('src/cli/accord.ts', ['import', file], env);
  while ((await count('disputes')) === 0) {
    if (child.process.exitCode !== null) throw new Error(child.lines.join('\n'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.process.kill('SIGKILL');
  await child.exitCode();
  const before = await count('disputes');
  expect(before).toBeLessThan(total);
  const { code, text } = await run(file);
  expect(code).toBe(0);
  expect(text).toMatch(/ were there already$/);
  await expectWhole(total);
}, 120_000);

test('a table is read by its header, by a map where it is somebody else’s, and as Chinese systems write it', async () => {
  const header =
    'externalId,type,region,source,receivedOn,title,claimant.name,respondent.name,respondent.kind,claim.kind,claim.amount,case.employmentEndedOn,procedure,track,openedOn,body.code,outcome,closedOn';
  const rows = [
    'a-1,labour,360121,import,2024-03-01,"工资,""两个月""",甲,乙公司,organisation,wages,100.5,2024-02-20,mediation,labour,2024-03-02,centre,withdrawn,2024-03-05',
    'a-2,labour,360121,import,2024-03-01,"多行\n标题",甲,乙公司,organisation,,,,,,,,settled,2024-03-05',
    'a-3,labour,360121,import,2024-03-01,没有,甲,乙公司,organisation,,,,mediation,labour,2024-03-02,centre,agreement,2024-03-05',
    'a-4,labour,360121',
    'a-5,"unclosed,360121',
    'a-6,neighbour,360121,import,2024-03-01,邻里,甲,乙,,,,,,,,,,',
  ];
  const file = write('table.csv', `\uFEFF${[header, ...rows].join('\r\n')}`);
  expect((await run(file)).code).toBe(1);
  expect(refusedIn(file).map(({ line, externalId, code }) => [line, externalId, code])).toEqual([
    [5, 'a-3', 'unknown-outcome'],
    [6, null, 'wrong-columns'],
    [7, null, 'unclosed-quote'],
  ]);
  expect((await disputeOf('工资,"两个月"')).state).toMatchObject({
    status: 'closed',
    facts: { employmentEndedOn: '2024-02-20' },
    claims: [{ kind: 'wages', amount: { amount: '100.50', currency: 'CNY' } }],
    procedures: { p1: { outcome: 'withdrawn', closedOn: '2024-03-05' } },
  });
  expect((await disputeOf('多行\n标题')).state).toMatchObject({ status: 'closed', procedures: {} });
  expect((await disputeOf('邻里')).state).toMatchObject({ status: 'open', type: 'neighbour' });

  const foreign = [
    '案号,类型,案由,申请人,被申请人,登记日期,结果,结案日期,备注',
    '(2024)字第1号,劳动争议,加班费,丙,丁公司,2024-03-01,调解不成,2024-03-20,无关',
  ].join('\n');
  const map = {
    columns: {
      案号: 'externalId',
      类型: 'type',
      案由: 'title',
      申请人: 'claimant.name',
      被申请人: 'respondent.name',
      登记日期: 'receivedOn',
      结果: 'outcome',
      结案日期: 'closedOn',
      备注: null,
    },
    values: { type: { 劳动争议: 'labour' }, outcome: { 调解不成: 'failed' } },
    defaults: {
      region: '360121',
      source: 'import',
      'respondent.kind': 'organisation',
      procedure: 'mediation',
      track: 'labour',
      'body.code': 'centre',
      openedOn: '2024-03-02',
    },
    outcomes: {
      failed: [
        { action: 'end-mediation', on: '=closedOn', body: { reason: 'wide-differences' } },
        { action: 'close', on: '=closedOn', body: { reason: 'no-further-route' } },
      ],
    },
  };
  const gb = write('foreign.csv', Buffer.from(await gb18030(foreign)));
  const mapFile = write('map.json', JSON.stringify(map));
  expect(await run(gb, '--map', mapFile, '--encoding', 'gb18030')).toMatchObject({ code: 1 });
  // By 2024-03-20 the period of mediation had passed: the law had closed it on 03-18.
  expect(refusedIn(gb)).toMatchObject([{ line: 2, code: 'procedure-closed', pointer: '/facts/1' }]);
  const corrected = foreign.replace('2024-03-20', '2024-03-12');
  writeFileSync(gb, Buffer.from(await gb18030(corrected)));
  expect(await run(gb, '--map', mapFile, '--encoding', 'gb18030')).toMatchObject({ code: 0 });
  expect((await disputeOf('加班费')).state).toMatchObject({
    status: 'closed',
    procedures: { p1: { outcome: 'no-agreement', closedOn: '2024-03-12' } },
  });
}, 90_000);

/** Node decodes GB 18030 and does not encode it: the table is turned round. */
const gb18030 = async (text: string): Promise<number[]> => {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1)
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return [...text].flatMap((one) => (one.charCodeAt(0) < 0x80 ? [one.charCodeAt(0)] : table.get(one)!));
};

test('a report replaces nothing but a report, and nothing is imported where none can be written', async () => {
  const file = write('kept.jsonl', jsonLines([pastRow(1)]));
  const map = write('kept-map.json', '{}');
  const other = write('kept-other.txt', 'line,code\n');
  for (const report of [file, map, other, home, join(home, 'no', 'folder')])
    await expect(run(file, '--report', report)).rejects.toThrow(CannotRun);
  expect(readFileSync(file, 'utf8')).toBe(jsonLines([pastRow(1)]));
  expect(readFileSync(other, 'utf8')).toBe('line,code\n');
  expect(readFileSync(map, 'utf8')).toBe('{}');
  expect(await count('commands')).toBe(0);

  const report = join(home, 'kept.report');
  writeFileSync(file, `${jsonLines([pastRow(1)])}{}\n`);
  expect(await run(file, '--report', report)).toMatchObject({ code: 1 });
  expect(readFileSync(report, 'utf8')).toContain('"line":2');
  writeFileSync(file, jsonLines([pastRow(1)]));
  expect(await run(file, '--report', report)).toMatchObject({ code: 0 });
  expect(existsSync(report)).toBe(false);
  expect(readdirSync(home).filter((name) => name.startsWith('kept'))).toHaveLength(3);
});

test('a header, a map or an option that is not understood is said before anything is read', async () => {
  const file = write('t.csv', 'externalId,姓名\n1,甲\n');
  // By its place: where the header was forgotten it is somebody's name.
  await expect(run(file)).rejects.toThrow(/unknown columns[^甲姓]*in the file: 2/);
  writeFileSync(file, 'externalId,title,title\n1,a,b\n');
  await expect(run(file)).rejects.toThrow('columns given more than once: 2, 3');
  writeFileSync(file, 'externalId,type\n1,labour\n');
  await expect(run(file)).rejects.toThrow('columns missing: region, source, title');
  const map = write('map.json', '{"columns": []}');
  await expect(run(file, '--map', map)).rejects.toThrow('/columns is not as docs/import.md says');
  await expect(run(join(home, 'none.jsonl'))).rejects.toThrow('cannot be read');
  for (const args of [
    [],
    [file, 'b'],
    [file, '--encoding', 'latin1'],
    [file, '--name', 'a b'],
    [write('a.jsonl', ''), '--map', map],
  ])
    expect(await run(...args)).toMatchObject({ code: 2 });
  expect(await count('commands')).toBe(0);
});
