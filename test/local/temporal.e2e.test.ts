import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { isRunning, waitUntil } from '../../src/local/processes.js';
import { freePort } from '../../src/local/ports.js';
import { type LocalTemporal, startTemporal, type TemporalOptions } from '../../src/local/temporal.js';
import { temporalBinary, testFolder } from '../support/services.js';

const started: LocalTemporal[] = [];

async function start(home: string, options: Partial<TemporalOptions> = {}): Promise<LocalTemporal> {
  const temporal = await startTemporal({
    home,
    binary: await temporalBinary(),
    searchAttributes: { AccordType: 'Keyword' },
    headless: true,
    log: () => undefined,
    ...options,
  });
  started.push(temporal);
  return temporal;
}

async function connected<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** Starts a workflow that no worker takes: it stays as it is. */
const startWorkflow = ({ address }: LocalTemporal) =>
  connected(address, (client) =>
    client.workflow.start('dispute', {
      workflowId: 'dispute/1',
      taskQueue: 'nobody',
      searchAttributes: { AccordType: ['labour'] },
    }),
  );

const statusOf = ({ address }: LocalTemporal) =>
  connected(address, async (client) => (await client.workflow.getHandle('dispute/1').describe()).status.name);

const attributesOf = ({ address }: LocalTemporal, namespace: string) =>
  connected(address, async (client) => {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(customAttributes ?? {});
  });

beforeAll(() => temporalBinary(), 400_000);

afterEach(async () => {
  await Promise.all(started.splice(0).map((temporal) => temporal.stop()));
});

test('a workflow and the port outlive a clean stop, and an attribute added later is known', async () => {
  const home = testFolder('temporal');
  const first = await start(home, { port: await freePort() });
  await startWorkflow(first);
  await first.stop();
  expect(isRunning(first.pid)).toBe(false);

  const second = await start(home, { searchAttributes: { AccordType: 'Keyword', AccordStalled: 'Bool' } });
  expect(second.address).toBe(first.address);
  expect(await statusOf(second)).toBe('RUNNING');
  expect(await attributesOf(second, 'default')).toEqual(expect.arrayContaining(['AccordType', 'AccordStalled']));
});

test('a workflow outlives a kill -9 of the server', async () => {
  const home = testFolder('temporal_killed');
  const first = await start(home, { port: await freePort() });
  await startWorkflow(first);
  process.kill(first.pid, 'SIGKILL');
  expect(await waitUntil(() => !isRunning(first.pid), 5000)).toBe(true);

  expect(await statusOf(await start(home))).toBe('RUNNING');
});

test('a server that still runs is taken over, or replaced where it would have to run otherwise', async () => {
  const home = testFolder('temporal_running');
  const first = await start(home, { port: await freePort() });
  await startWorkflow(first);
  const second = await start(home);
  expect(second).toMatchObject({ pid: first.pid, address: first.address });

  const third = await start(home, { namespaces: ['other'] });
  expect(isRunning(first.pid)).toBe(false);
  expect(await statusOf(third)).toBe('RUNNING');
  expect(await attributesOf(third, 'other')).toContain('AccordType');
});

test('the web UI answers, and ports that are taken are given up for others', async () => {
  const port = await freePort();
  const squatter = createServer().listen(port + 1000, '127.0.0.1');
  await once(squatter, 'listening');
  try {
    const temporal = await start(testFolder('temporal_ui'), { port, headless: false });
    expect(temporal.address).not.toBe(`127.0.0.1:${port}`);
    expect((await fetch(temporal.uiUrl!)).status).toBe(200);
  } finally {
    squatter.close();
  }
});

test('an attribute that would change its type is refused, and nothing is left running', async () => {
  const home = testFolder('temporal_type');
  const first = await start(home, { port: await freePort() });
  await first.stop();
  await expect(start(home, { searchAttributes: { AccordType: 'Bool' } })).rejects.toThrow(
    /AccordType with another type/,
  );
  expect(isRunning(JSON.parse(readFileSync(join(home, 'run', 'temporal.json'), 'utf8')).pid as number)).toBe(false);
});

test('a server that cannot start says why', async () => {
  const options = { searchAttributes: { AccordType: 'Nonsense' }, port: await freePort() };
  await expect(start(testFolder('temporal_bad'), options)).rejects.toThrow(/does not start:[^]*Nonsense/);
});
