import type { Client, WorkflowHandle } from '@temporalio/client';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drive } from '../../src/commands/contract.js';
import { freePort } from '../../src/local/ports.js';
import { type LocalTemporal, startTemporal } from '../../src/local/temporal.js';
import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { temporalBinary, testFolder } from '../support/services.js';
import { eventually, type Harness, startHarness } from './support/harness.js';
import { inSeconds, obligation } from './support/plan-engine.js';
import { joined, mediation, open } from './support/plans.js';

let temporal: LocalTemporal | undefined;
let harness: Harness | undefined;

/** A server of its own, which suggests a new run after 100 events instead of 4,096. */
beforeAll(async () => {
  const home = testFolder('continue_as_new');
  const binary = join(home, 'temporal');
  const setting = '--dynamic-config-value limit.historyCount.suggestContinueAsNew=100';
  writeFileSync(binary, `#!/bin/sh\nexec '${await temporalBinary()}' "$@" ${setting}\n`, { mode: 0o755 });
  temporal = await startTemporal({
    home,
    binary,
    searchAttributes,
    headless: true,
    port: await freePort(),
    log: () => undefined,
  });
  harness = await startHarness('continue_as_new', { address: temporal.address, namespace: 'default' });
}, 120_000);

afterAll(async () => {
  await harness?.stop();
  await temporal?.stop();
}, 30_000);

/** The run with which its chain began: the same as long as it was not started again. */
const firstRunOf = async (client: Client, workflowId: string) =>
  (await client.workflow.getHandle(workflowId).describe()).raw.workflowExecutionInfo?.firstRunId;

/** Plans that come faster than they are taken. */
const flood = (handle: WorkflowHandle, drive: Drive) =>
  Promise.allSettled(Array.from({ length: 120 }, () => handle.signal('drive', drive)));

test('a dispute whose history has grown long continues as new, keeps its children and goes on', async () => {
  const { engine, client, runId, state, status } = harness!;
  const at = inSeconds(3600);
  const period = obligation({ id: 'elapse:p1:LD-03:1', kind: 'time-passes', procedureId: 'p1', at });
  await engine.change('a', { type: 'ProcedureOpened', procedureId: 'p1', plan: open(mediation('p1', 'applied')) });
  await engine.change('a', { plan: open(mediation('p1', 'applied'), mediation('p2', 'applied')) });
  await eventually(
    () => engine.drivenVersion('a'),
    (driven) => driven === 2,
  );
  const first = await runId('dispute/a');
  const child = await firstRunOf(client, 'dispute/a/p1');
  const drive = (await engine.planOf('a'))!;
  const handle = client.workflow.getHandle('dispute/a');

  // The same plan again and again, as a queue that is filled anew sends it.
  await flood(handle, drive);
  await eventually(
    () => runId('dispute/a'),
    (now) => now !== first,
    60_000,
  );
  expect(await firstRunOf(client, 'dispute/a/p1')).toBe(child);
  const fresh = await eventually(
    () => state('dispute/a'),
    (seen) => seen.version === 2,
  );
  expect(fresh.procedures?.map(({ id }) => id)).toEqual(['p1', 'p2']);
  expect(fresh.lifecycle?.map(({ type }) => type)).toContain('ProcedureOpened');

  // The new run tells the child that runs already, and dismisses the one that the plan holds no more.
  await engine.change('a', { plan: (plan) => joined(open(mediation('p1', 'agreed'))(plan), [period]) });
  await eventually(
    () => engine.drivenVersion('a'),
    (driven) => driven === 3,
  );
  const told = await eventually(
    () => state('dispute/a/p1'),
    (seen) => seen.state === 'awaiting-signatures',
  );
  expect(told.nextTimerAt).toBe(at);
  await eventually(
    () => status('dispute/a/p2'),
    (now) => now === 'COMPLETED',
  );
}, 120_000);

test('a procedure continues as new too, fetches its plan, and its period still passes', async () => {
  const { engine, client, runId, state } = harness!;
  const planned = (at: string) => obligation({ id: 'elapse:p1:LD-03:1', kind: 'time-passes', procedureId: 'p1', at });
  const later = inSeconds(3600);
  await engine.change('b', { plan: (plan) => joined(open(mediation('p1', 'in-session'))(plan), [planned(later)]) });
  await engine.change('b', { plan: (plan) => plan });
  await eventually(
    () => engine.drivenVersion('b'),
    (driven) => driven === 2,
  );
  const first = await runId('dispute/b/p1');
  const drive = { ...(await engine.planOf('b'))!, version: 1 };
  const handle = client.workflow.getHandle('dispute/b/p1');

  // Even plans that it ignores, for being older, make its history long.
  await flood(handle, drive);
  await eventually(
    () => runId('dispute/b/p1'),
    (now) => now !== first,
    60_000,
  );
  await eventually(
    () => state('dispute/b/p1'),
    (seen) => seen.version === 2 && seen.until === later,
  );

  const at = inSeconds(2);
  await engine.change('b', { plan: (plan) => joined(open(mediation('p1', 'in-session'))(plan), [planned(at)]) });
  await eventually(
    () => engine.drivenVersion('b'),
    (driven) => driven === 4,
  );
  expect(engine.calls.filter((call) => call.startsWith('letTimePass b'))).toEqual([`letTimePass b ${at}`]);
}, 120_000);
