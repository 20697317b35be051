import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Machine, startMachine } from '../torture/machine.js';
import { torture } from '../torture/run.js';
import { runFolder, temporalBinary, testFolder } from '../support/services.js';

/** `npm run torture` in short: what it runs is what is shipped, as processes of their own. */

const root = fileURLToPath(new URL('../../', import.meta.url));
let machine: Machine | undefined;

beforeAll(async () => {
  const binary = await temporalBinary();
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { encoding: 'utf8', timeout: 120_000 });
  if (built.status !== 0) throw new Error(built.stderr);
  machine = await startMachine({
    home: testFolder('torture'),
    notes: join(runFolder(), 'processes'),
    cache: join(binary, '..'),
  });
}, 400_000);

afterAll(async () => {
  await machine?.end();
}, 30_000);

test('kill -9 of each part under load loses nothing, doubles nothing, and leaves nothing undone', async () => {
  const lines: string[] = [];
  const report = await torture(machine!, {
    rounds: 3,
    clients: 4,
    seed: 20261123,
    seconds: 0.8,
    // The worker first: what it had begun runs again once its half minute has passed.
    order: [['worker'], ['postgres', 'temporal'], ['api']],
    settleSeconds: 120,
    leasesToo: false,
    log: (line) => lines.push(line),
  });
  expect({ problems: report.problems, lines }).toEqual({ problems: [], lines });
  expect(report.killed).toEqual({ api: 1, worker: 1, temporal: 1, postgres: 1 });
  expect(report.done).toBeGreaterThan(20);
  expect(report.unanswered).toBeGreaterThan(0);
}, 240_000);
