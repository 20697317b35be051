import { temporalSide } from '../../src/worker/temporal-view.js';
import { eventually, type Harness, startHarness } from './support/harness.js';
import { inSeconds, obligation } from './support/plan-engine.js';
import { arbitration, closed, joined, mediation, open } from './support/plans.js';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness('dispute');
}, 120_000);

afterAll(() => harness?.stop());

const acknowledged = (disputeId: string, version: number) =>
  eventually(
    () => harness.engine.drivenVersion(disputeId),
    (driven) => driven >= version,
  );

test('opens a child for each procedure and handoff, ends with the dispute, and starts anew when it is reopened', async () => {
  const { engine, status, state, client } = harness;
  await engine.change('a', { type: 'DisputeRegistered', plan: open() });
  await engine.change('a', {
    type: 'ProcedureOpened',
    procedureId: 'p1',
    step: 'applied',
    plan: open(mediation('p1', 'applied')),
  });
  const version = await engine.change('a', {
    type: 'ProcedureOpened',
    procedureId: 'p2',
    plan: (plan) => ({ ...open(mediation('p1', 'applied'), arbitration('p2', 'filed'))(plan), handoffs: ['a-h1'] }),
  });
  await acknowledged('a', version);

  expect(await status('dispute/a/p1')).toBe('RUNNING');
  expect(await state('dispute/a/p1')).toMatchObject({
    procedure: 'mediation',
    state: 'seeking-consent',
    waitingFor: 'party',
  });
  expect(await state('dispute/a/p2')).toMatchObject({ procedure: 'labour-arbitration', state: 'deciding-acceptance' });
  expect(await state('dispute/a/handoff/1')).toMatchObject({ state: 'escalated' });
  const dispute = await state('dispute/a');
  expect(dispute).toMatchObject({ version, state: 'in-parallel-procedures', handoffs: ['a-h1'] });
  expect(dispute.lifecycle).toEqual([
    { version: 1, type: 'DisputeRegistered', procedureId: null, step: null },
    { version: 2, type: 'ProcedureOpened', procedureId: 'p1', step: 'applied' },
    { version: 3, type: 'ProcedureOpened', procedureId: 'p2', step: null },
  ]);

  const side = await eventually(
    () => temporalSide(client, 'a'),
    (seen) => seen?.children.length === 3 && seen.pendingActivities.length === 0,
  );
  expect(side).toMatchObject({ workflowId: 'dispute/a', status: 'running', nextTimerAt: null });
  expect(side!.children.map(({ workflowId, status: one, step }) => ({ workflowId, status: one, step }))).toEqual([
    { workflowId: 'dispute/a/handoff/1', status: 'running', step: null },
    { workflowId: 'dispute/a/p1', status: 'running', step: 'applied' },
    { workflowId: 'dispute/a/p2', status: 'running', step: 'filed' },
  ]);

  await engine.change('a', { type: 'DisputeClosed', plan: closed });
  await eventually(
    () => status('dispute/a'),
    (now) => now === 'COMPLETED',
  );
  for (const child of ['p1', 'p2', 'handoff/1'])
    await eventually(
      () => status(`dispute/a/${child}`),
      (now) => now === 'COMPLETED',
    );

  const reopened = await engine.change('a', { type: 'DisputeReopened', plan: open(mediation('p1', 'in-session')) });
  await acknowledged('a', reopened);
  expect(await state('dispute/a/p1')).toMatchObject({ state: 'mediating', version: reopened });
}, 60_000);

test('a period passes by one call on the instant, and what follows is the plan that comes of it', async () => {
  const { engine, state } = harness;
  const at = inSeconds(3);
  engine.consequences.passed = (plan) => ({ ...plan, procedures: [] });
  const running = await engine.change('b', {
    plan: (plan) =>
      joined(open(mediation('p1', 'in-session'))(plan), [
        obligation({ id: 'elapse:p1:LD-03:1', kind: 'time-passes', procedureId: 'p1', at, until: at }),
      ]),
  });
  await acknowledged('b', running);
  expect(await state('dispute/b/p1')).toMatchObject({ until: at, nextTimerAt: at });
  expect((await temporalSide(harness.client, 'b'))?.nextTimerAt).toBe(at);

  await acknowledged('b', running + 1);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at));
  await eventually(
    () => harness.status('dispute/b/p1'),
    (now) => now === 'COMPLETED',
  );
  expect(engine.calls.filter((call) => call.startsWith('letTimePass b'))).toEqual([`letTimePass b ${at}`]);
}, 60_000);

test('periods of no procedure are the dispute’s own, and several that are due are one call to the latest', async () => {
  const { engine } = harness;
  engine.consequences.passed = undefined;
  const [early, late] = [inSeconds(-3600), inSeconds(-60)];
  const version = await engine.change('c', {
    plan: (plan) =>
      joined(open()(plan), [
        obligation({ id: 'elapse:d:LD-06:1', kind: 'time-passes', at: early }),
        obligation({ id: 'elapse:d:SL-FOLLOW-UP:1', kind: 'follow-up', at: late }),
      ]),
  });
  await acknowledged('c', version + 1);
  expect(engine.calls.filter((call) => call.startsWith('letTimePass c'))).toEqual([`letTimePass c ${late}`]);
}, 60_000);

test('an older plan is ignored, and a higher epoch wins over a higher version', async () => {
  const { engine, client, state } = harness;
  for (const step of ['applied', 'awaiting-neutral', 'in-session'])
    await engine.change('d', { plan: open(mediation('p1', step)) });
  await acknowledged('d', 3);
  const drive = (await engine.planOf('d'))!;
  const handle = client.workflow.getHandle('dispute/d');

  await handle.signal('drive', { ...drive, version: 2, plan: open(mediation('p1', 'applied'))(drive.plan) });
  expect(await state('dispute/d')).toMatchObject({ version: 3, step: 'in-session' });

  await handle.signal('drive', { ...drive, epoch: 2, version: 1, plan: open(mediation('p1', 'agreed'))(drive.plan) });
  await eventually(
    () => state('dispute/d/p1'),
    (seen) => seen.state === 'awaiting-signatures',
  );
  await handle.signal('drive', { ...drive, version: 9 });
  expect(await state('dispute/d')).toMatchObject({ epoch: 2, version: 1, step: 'agreed' });
}, 60_000);

test('a child that is gone is started again, and a rebuilt parent finds the children that run', async () => {
  const { engine, client, runId, state } = harness;
  await engine.change('e', { plan: open(mediation('p1', 'applied')) });
  await acknowledged('e', 1);
  const first = await runId('dispute/e/p1');
  await client.workflow.getHandle('dispute/e/p1').terminate();
  await engine.change('e', { plan: open(mediation('p1', 'in-session')) });
  await acknowledged('e', 2);
  const second = await runId('dispute/e/p1');
  expect(second).not.toBe(first);

  await client.workflow.getHandle('dispute/e').terminate();
  await engine.change('e', { plan: open(mediation('p1', 'agreed')) });
  await acknowledged('e', 3);
  expect(await runId('dispute/e/p1')).toBe(second);
  await eventually(
    () => state('dispute/e/p1'),
    (seen) => seen.state === 'awaiting-signatures',
  );
}, 60_000);

test('a procedure that has ended keeps its workflow while it is still owed something', async () => {
  const { engine, status, state } = harness;
  const at = inSeconds(3600);
  const right = obligation({
    id: 'elapse:p1:LD-35:party:worker:1',
    kind: 'time-passes',
    procedureId: 'p1',
    role: 'party',
    subject: 'LD-35',
    at,
  });
  await engine.change('f', { plan: open(arbitration('p1', 'heard')) });
  await acknowledged('f', 1);
  await engine.change('f', { type: 'ProcedureClosed', plan: (plan) => joined(open()(plan), [right]) });
  await acknowledged('f', 2);
  await eventually(
    () => state('dispute/f/p1'),
    (seen) => seen.state === 'parties-may-sue',
  );
  await engine.change('f', { plan: open() });
  await eventually(
    () => status('dispute/f/p1'),
    (now) => now === 'COMPLETED',
  );
  expect(await state('dispute/f')).toMatchObject({ state: 'registered' });
}, 60_000);

test('takes commands from callers in Temporal, and refuses what has not their shape', async () => {
  const { engine, client } = harness;
  await engine.change('g', { plan: open() });
  await acknowledged('g', 1);
  const handle = client.workflow.getHandle('dispute/g');
  const ask = (change: object) =>
    handle.executeUpdate('command', {
      args: [{ action: 'add-note', caller: 'court-bridge', key: 'k1', body: { noteRef: 'n-1' }, ...change }],
    });

  expect(await ask({})).toEqual({ status: 'done', version: 2, events: [{ version: 2, type: 'NoteAdded' }] });
  expect(await ask({ action: 'issue-award' })).toEqual({ status: 'refused', code: 'action-not-available' });

  const asked = engine.calls.filter((call) => call.startsWith('command g')).length;
  for (const [member, change] of [
    ['/caller', { caller: '张三' }],
    ['/action', { action: 'Add Note' }],
    ['/procedureId', { procedureId: '../1' }],
    ['/key', { key: '' }],
    ['/body', { body: [] }],
    ['/body', { body: { a: { b: { c: { d: 1 } } } } }],
    ['/body', { body: { text: '长'.repeat(3000) } }],
    ['/', { disputeId: 'h' }],
  ] as const) {
    await expect(ask(change)).rejects.toMatchObject({
      cause: { type: 'invalid-request', message: `invalid-request: ${member}` },
    });
  }
  expect(engine.calls.filter((call) => call.startsWith('command g'))).toHaveLength(asked);
}, 60_000);

test('lists by search attributes without personal data, and says in words what it waits for', async () => {
  const { engine, client } = harness;
  const at = '2099-01-02T16:00:00.000Z';
  await engine.change('h', {
    plan: (plan) =>
      joined(open(arbitration('p1', 'accepted'))(plan), [
        obligation({
          id: 'elapse:p1:LD-16:1',
          kind: 'time-passes',
          procedureId: 'p1',
          role: 'arbitrator',
          subject: 'LD-16',
          at,
        }),
      ]),
  });
  await acknowledged('h', 1);
  const found = await eventually(
    async () => {
      const ids: string[] = [];
      const query = `AccordType = 'labour' AND AccordProcedure = 'labour-arbitration' AND AccordStep = 'accepted' AND AccordWaitingFor = 'arbitrator' AND AccordNextDue > '2099-01-02T15:59:59Z' AND AccordNextDue < '2099-01-02T16:00:01Z' AND AccordStalled = false`;
      for await (const one of client.workflow.list({ query })) ids.push(one.workflowId);
      return ids.sort();
    },
    (ids) => ids.length === 2,
  );
  expect(found).toEqual(['dispute/h', 'dispute/h/p1']);

  const metadata = await client.workflow
    .getHandle('dispute/h/p1')
    .query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toContain('已受理，待组庭');
  expect(metadata.currentDetails).toContain('仲裁员 arbitrator');
  const { events } = await client.workflow.getHandle('dispute/h/p1').fetchHistory();
  const timers = (events ?? []).filter((event) => event.timerStartedEventAttributes);
  const summary = JSON.parse(Buffer.from(timers[0]!.userMetadata!.summary!.data!).toString()) as string;
  expect(timers).toHaveLength(1);
  expect(summary).toBe(`期限届满 LD-16 · p1 · ${at}`);
}, 60_000);
