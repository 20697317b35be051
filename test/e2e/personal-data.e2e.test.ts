import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import pg from 'pg';
import { createClient, type Client as Api } from '../../src/demo/client.js';
import { playLive } from '../../src/demo/live.js';
import { playStory } from '../../src/demo/play.js';
import { cast, wageArrears } from '../../src/demo/wage-arrears.js';
import { freshDatabase, freshNamespace, testFolder } from '../support/services.js';
import { runTypeScript, type Running } from '../support/processes.js';

/**
 * The whole system in a process of its own plays the stories of the demonstration. Then everything that it left behind
 * is searched for every text that was typed in: tables, workflow histories, log lines, metrics, files.
 */

const home = testFolder('personal-data');
let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let temporal: Client;
let child: Running;
let api: Api;
let url: string;

/** Typed in by the live part, which has no script. */
const live = ['王小明', '示例物业有限公司', '演示：无人操作的调解', '舒主任'];
const notes = ['当事人情绪稳定，手机换号', '住处水管漏水，家中有病人'];

/** Every text of the stories: names, telephones, id numbers, addresses, titles, claims, papers. */
const secrets = (): string[] => {
  const found = new Set<string>([...live, ...notes, ...Object.values(cast).map(({ name }) => name)]);
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/\p{Script=Han}/u.test(value) || /^\d{11,18}$/.test(value)) found.add(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  wageArrears.forEach(({ does }) => collect(does));
  return [...found];
};

/** As a text may stand in a dump, a log or a file. */
const formsOf = (text: string): string[] => {
  const bytes = Buffer.from(text, 'utf8');
  const inBase64 = [0, 1, 2].map((shift) =>
    // Without the characters that neighbours share.
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
      .slice(shift === 0 ? 0 : shift + 1, -1),
  );
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    text,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(text),
    escaped,
    ...inBase64.filter((form) => form.length >= 6),
  ];
};

const foundIn = (haystack: string): string[] =>
  secrets().filter((secret) => formsOf(secret).some((form) => haystack.includes(form)));

/** Every row of every table, as COPY would write it. */
const dump = async (): Promise<string> => {
  const owner = new pg.Client({ connectionString: database.databaseAdminUrl });
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' AND c.relkind IN ('r', 'p', 'm')`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      parts.push(`-- ${name}`, ...rows.map(({ row }) => row));
    }
    return parts.join('\n');
  } finally {
    await owner.end();
  }
};

/** Every history of the namespace, its payloads decoded. */
const histories = async (): Promise<{ count: number; text: string }> => {
  const parts: string[] = [];
  let count = 0;
  const decode = (value: unknown): void => {
    if (typeof value === 'string') {
      parts.push(value);
      if (/^[A-Za-z0-9+/]{4,}=*$/.test(value)) parts.push(Buffer.from(value, 'base64').toString('utf8'));
    } else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) {
        parts.push(key);
        decode(one);
      }
  };
  for await (const { workflowId, runId, memo, searchAttributes } of temporal.workflow.list()) {
    count += 1;
    parts.push(workflowId, JSON.stringify([memo, searchAttributes]));
    decode(JSON.parse(historyToJSON(await temporal.workflow.getHandle(workflowId, runId).fetchHistory())));
  }
  return { count, text: parts.join('\n') };
};

/** Every file of the home, as bytes. */
const files = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name)).toString('utf8')}`)
    .join('\n');

beforeAll(async () => {
  database = await freshDatabase('personal-data');
  const { address, namespace } = await freshNamespace();
  connection = await Connection.connect({ address });
  temporal = new Client({ connection, namespace });
  child = runTypeScript('src/local/main.ts', [], {
    ACCORD_HOME: home,
    ACCORD_MODE: '',
    DATABASE_URL: database.databaseUrl,
    DATABASE_ADMIN_URL: database.databaseAdminUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    PORT: '0',
    LOG_LEVEL: 'trace',
  });
  url = /http:\S+/.exec(await child.line(/^ready http/))![0];
  api = createClient(url, 'en');
  const played = await playStory(api, wageArrears, { run: 'personal' });
  const { id } = played.at(-1)!.dispute;
  for (const text of notes) await api.act(cast.mediator, `/v1/disputes/${id}/actions/add-note`, { text });
  await api.read(cast.counter, `/v1/disputes?q=${encodeURIComponent('李春梅')}`);
  await playLive(api, { run: 'personal' });
  // What is wrong is answered and logged, too.
  await api.tell(cast.counter, '/v1/disputes', { title: '李春梅', idNumber: '360121198905060000' }, 'wrong');
}, 300_000);

afterAll(async () => {
  child?.process.kill('SIGTERM');
  await child?.exitCode();
  await connection?.close();
  await database?.drop();
}, 60_000);

test('what was typed in can be read: it is there, for who may', async () => {
  const { items } = await api.read<{ items: { title: string; parties: { name: string }[] }[] }>(
    cast.counter,
    `/v1/disputes?q=${encodeURIComponent('李春梅')}`,
  );
  expect(items).toMatchObject([{ parties: [{ name: '李春梅' }, { name: '南昌洁一保洁服务有限公司' }] }]);
  expect(secrets().length).toBeGreaterThan(30);
  expect(secrets()).toEqual(
    expect.arrayContaining(['李春梅', '13900000001', '360121198905060000', '南昌县向塘镇示例路12号']),
  );
});

test('nothing of it lies in a table', async () => {
  const found = await dump();
  expect(found).toContain('DisputeRegistered');
  expect(foundIn(found)).toEqual([]);
});

test('nothing of it is in a workflow’s history, memo or attributes', async () => {
  const { count, text } = await histories();
  expect(count).toBeGreaterThan(3);
  expect(text).toContain('DeadlineElapsed');
  expect(foundIn(text)).toEqual([]);
});

test('nothing of it is in a log line, in the metrics, or in a file', async () => {
  const log = child.lines.join('\n');
  expect(log).toContain('/v1/disputes');
  expect(foundIn(log)).toEqual([]);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('accord_store_events_total');
  expect(foundIn(metrics)).toEqual([]);
  const kept = files(home);
  expect(kept).toContain('ACS1');
  expect(foundIn(kept)).toEqual([]);
});

test('this search finds: in a table, in a history, in any form', async () => {
  const owner = new pg.Client({ connectionString: database.databaseAdminUrl });
  await owner.connect();
  await owner.query(`INSERT INTO accord.settings (name, value) VALUES ('planted', $1)`, [
    JSON.stringify({ deep: '李春梅' }),
  ]);
  await owner.query(`CREATE TABLE accord.planted AS SELECT convert_to('13900000001', 'UTF8') AS bytes`);
  await owner.end();
  expect(foundIn(await dump()).sort()).toEqual(['13900000001', '李春梅']);
  await temporal.workflow.start('nobody', { workflowId: 'planted', taskQueue: 'nobody', args: [{ note: notes[0] }] });
  expect(foundIn((await histories()).text)).toEqual([notes[0]]);
  await temporal.workflow.getHandle('planted').terminate();
  for (const form of formsOf('李春梅')) expect(foundIn(`…${form}…`)).toEqual(['李春梅']);
  for (const before of ['', 'a', 'ab', 'abc'])
    expect(foundIn(Buffer.from(`${before}李春梅 signed`).toString('base64'))).toEqual(['李春梅']);
});
