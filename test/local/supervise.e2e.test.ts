import { type ChildProcess } from 'node:child_process';
import { type Running, runTypeScript } from '../support/processes.js';

const running: Running[] = [];

async function supervised(...args: string[]): Promise<Running> {
  const child = runTypeScript('test/local/run-supervised.ts', args);
  running.push(child);
  await child.line(/^ready$/);
  return child;
}

const signal = (child: Running, name: NodeJS.Signals) => (child.process as ChildProcess).kill(name);
const told = (child: Running) => child.lines.filter((line) => /^(stop|kill)/.test(line));

afterEach(() => {
  for (const child of running.splice(0)) child.process.kill('SIGKILL');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s stops the parts one after the other, and exits 0',
  async (name) => {
    const child = await supervised('5000');
    signal(child, name);
    expect(await child.exitCode()).toBe(0);
    expect(told(child)).toEqual([
      'stop api',
      'stopped api',
      'stop worker',
      'stopped worker',
      'stop services',
      'stopped services',
    ]);
  },
);

test('a part that hangs loses its share of the time only: those after it end cleanly, it is killed', async () => {
  const child = await supervised('1500', 'worker');
  const from = Date.now();
  signal(child, 'SIGTERM');
  expect(await child.exitCode()).toBe(1);
  expect(Date.now() - from).toBeLessThan(1900);
  expect(told(child)).toEqual([
    'stop api',
    'stopped api',
    'stop worker',
    'stop services',
    'stopped services',
    'kill worker',
  ]);
});

test('a part that fails to stop is killed, and the others stop', async () => {
  const child = await supervised('5000', 'failing-api');
  signal(child, 'SIGTERM');
  expect(await child.exitCode()).toBe(1);
  expect(told(child)).toContain('stopped services');
  expect(told(child).at(-1)).toBe('kill api');
});

test('a second Ctrl-C kills what is left at once', async () => {
  const child = await supervised('60000', 'api');
  signal(child, 'SIGINT');
  await child.line(/^stop api$/);
  signal(child, 'SIGINT');
  expect(await child.exitCode()).toBe(1);
  expect(told(child)).toEqual(['stop api', 'kill api', 'kill worker', 'kill services']);
});
