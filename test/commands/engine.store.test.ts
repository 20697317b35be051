import { createBodies } from '../../src/commands/bodies.js';
import type { Engine, ServiceCommand } from '../../src/commands/contract.js';
import { createEngine } from '../../src/commands/engine.js';
import { callersFrom } from '../../src/commands/service-callers.js';
import { bodies, cast, stages, wageArrears } from '../../src/demo/wage-arrears.js';
import { openCommands, type CommandsWorld } from './commands-world.js';

const before = (key: string) =>
  wageArrears.slice(
    0,
    wageArrears.findIndex((step) => step.key === key),
  );

let world: CommandsWorld;
let engine: Engine;

beforeAll(async () => {
  world = await openCommands('engine', '2026-05-28T10:00:00+08:00');
  const { commands, store, drives, clock } = world;
  const callers = () =>
    callersFrom({
      ACCORD_SERVICE_CALLERS: JSON.stringify({
        'court-system': { roles: ['court-clerk'], organisation: bodies.court.code, region: '360121' },
        'centre-system': { roles: ['mediator'], organisation: bodies.centre.code, region: '360121' },
        'other-centre': { roles: ['mediator'], organisation: 'other', region: '360121' },
        elsewhere: { roles: ['mediator'], organisation: 'far-away', region: '110101' },
      }),
    });
  engine = createEngine({ commands, store, drives, clock, callers });
});
afterAll(() => world.db.drop());

const versionOf = async (id: string) => (await world.commands.read(id))!.state.version;
const obligations = async (id: string) => (await engine.planOf(id))!.plan.obligations;
const idsOf = async (id: string, kind: string) =>
  (await obligations(id)).filter((one) => one.kind === kind).map((one) => one.id);

/** A mediation of which the consent is still missing, entered live on 03-02. */
const liveMediation = async (): Promise<string> => {
  world.setClock('2026-03-02T10:00:00+08:00');
  const [registered, applied] = wageArrears;
  const live = { ...(registered!.does as { register: Record<string, unknown> }).register, backfill: false };
  return world.tell([{ ...registered!, does: { register: live } }, applied!]);
};

/** Joint mediation with its panel being assembled, live from 05-28 on: advisers nominated, none asked. */
const panelToInvite = async (): Promise<string> => {
  world.setClock('2026-05-28T10:00:00+08:00');
  const id = await world.tell(before('presiding-designated'));
  for (const [seat, adviser] of [
    ['coordinator', cast.coordinator],
    ['legal-aid-lawyer', cast.lawyer],
  ] as const)
    await world.act(id, cast.union, 'nominate-adviser', {
      seat,
      person: { account: adviser.userId, name: adviser.name },
      nominatedOn: '2026-05-27',
    });
  await world.act(id, cast.union, 'finish-backfill', {});
  return id;
};

describe('legal time', () => {
  test('passes when it has come, once, with its consequences; not before', async () => {
    const id = await liveMediation();
    const at = '2026-03-18T00:00:00+08:00';
    const version = await versionOf(id);
    world.setClock('2026-03-17T23:59:59+08:00');
    expect(await engine.letTimePass(id, at)).toEqual({ status: 'too-early', version });
    world.setClock('2026-03-18T00:00:00+08:00');
    const answers = await Promise.all([1, 2, 3].map(() => engine.letTimePass(id, at)));
    expect(answers.map(({ status }) => status).sort()).toEqual(['nothing-due', 'nothing-due', 'passed']);
    expect((await world.typesAfter(id, version)).slice(0, 2)).toEqual(['DeadlineElapsed', 'ProcedureClosed']);
    const [elapsed] = await world.store.readStream(`dispute-${id}`, { from: version + 1, limit: 1 });
    expect(elapsed).toMatchObject({ occurredAt: at, actor: { kind: 'engine', id: 'engine' } });
    expect(await engine.letTimePass(id, at)).toEqual({ status: 'nothing-due', version: await versionOf(id) });
  });

  test('an unknown dispute is not found', async () => {
    const answer = { status: 'not-found', version: 0 };
    expect(await engine.letTimePass('nothing', '2026-01-01T00:00:00+08:00')).toEqual(answer);
    expect(await engine.letTimePass('nothing', '2999-01-01T00:00:00+08:00')).toEqual(answer);
  });
});

describe('what the engine does itself', () => {
  test('invites the nominated advisers, each once', async () => {
    const id = await panelToInvite();
    const invitations = await idsOf(id, 'invite');
    expect(invitations).toEqual([
      `invite:${stages.jointMediation}:coordinator:1`,
      `invite:${stages.jointMediation}:legal-aid-lawyer:1`,
    ]);
    const version = await versionOf(id);
    const twice = await Promise.all([1, 2].map(() => engine.carryOut(id, invitations[0]!)));
    expect(twice.map(({ status }) => status)).toContain('done');
    expect((await world.typesAfter(id, version)).filter((type) => type === 'AdviserInvited')).toHaveLength(1);
    expect(await engine.carryOut(id, invitations[0]!)).toEqual({
      status: 'gone',
      version: await versionOf(id),
    });
    expect(await idsOf(id, 'invite')).toEqual([invitations[1]]);
    const { state } = (await world.commands.read(id))!;
    expect(state.procedures[stages.jointMediation]!.neutrals).toContainEqual(
      expect.objectContaining({ account: cast.coordinator.userId, status: 'invited' }),
    );
  });

  test('warns of a period that is about to pass, from its day on', async () => {
    const id = await panelToInvite();
    const [warning] = await idsOf(id, 'remind');
    const { at } = (await obligations(id)).find((one) => one.id === warning)!;
    const version = await versionOf(id);
    expect(await engine.carryOut(id, warning!)).toEqual({ status: 'undeliverable', version });
    world.setClock(at);
    expect(await engine.carryOut(id, warning!)).toMatchObject({ status: 'done' });
    expect(await world.typesAfter(id, version)).toContain('DeadlineWarned');
    expect(await engine.carryOut(id, warning!)).toMatchObject({ status: 'gone' });
  });

  test('delivers a handoff once its receiver has an account here', async () => {
    const id = await panelToInvite();
    const to = { code: `court-of-${id}`, name: '某法院' };
    await world.act(id, cast.union, 'request-handoff', { to }, { procedureId: stages.jointMediation });
    const [delivery] = await idsOf(id, 'deliver-handoff');
    const version = await versionOf(id);
    expect(await engine.carryOut(id, delivery!)).toEqual({ status: 'undeliverable', version });
    await createBodies(world.drives).note(to.code);
    expect(await engine.carryOut(id, delivery!)).toMatchObject({ status: 'done' });
    expect(await world.typesAfter(id, version)).toEqual(['HandoffDelivered']);
    expect(await engine.carryOut(id, delivery!)).toMatchObject({ status: 'gone' });
    expect(await idsOf(id, 'await-receipt')).toHaveLength(1);
  });

  test('what no plan holds is gone', async () => {
    expect(await engine.carryOut('nothing', 'invite:p1:coordinator:1')).toEqual({
      status: 'gone',
      version: 0,
    });
    const id = await liveMediation();
    expect(await engine.carryOut(id, 'invite:p1:coordinator:1')).toMatchObject({ status: 'gone' });
  });
});

describe('drives', () => {
  test('tell what happened since the plan last acknowledged, and nothing personal', async () => {
    const id = await panelToInvite();
    const { planVersion } = (await world.commands.read(id))!;
    const all = await engine.planOf(id);
    expect(all).toMatchObject({ disputeId: id, epoch: await world.store.epoch(), version: planVersion });
    expect(all!.transitions).toBeNull();
    await engine.acknowledge(id, planVersion);
    expect((await engine.planOf(id))!.transitions).toEqual([]);
    await engine.carryOut(id, `invite:${stages.jointMediation}:coordinator:1`);
    await world.act(id, cast.union, 'add-note', { text: '备注' });
    const next = await engine.planOf(id);
    expect(next!.version).toBeGreaterThan(planVersion);
    expect(next!.transitions).toEqual([
      { version: planVersion + 1, type: 'AdviserInvited', procedureId: stages.jointMediation, step: null },
      { version: planVersion + 2, type: 'DeadlineStarted', procedureId: stages.jointMediation, step: null },
    ]);
    const told = JSON.stringify([all, next]);
    for (const secret of ['李春梅', '保洁', cast.coordinator.userId, '工作室', '360121198905060000'])
      expect(told).not.toContain(secret);
    expect(await engine.planOf('nothing')).toBeNull();
  });

  test('name the steps that were entered', async () => {
    const id = await liveMediation();
    const { transitions } = (await engine.planOf(id))!;
    expect(transitions).toContainEqual(
      expect.objectContaining({ type: 'ProcedureOpened', procedureId: 'p1', step: 'applied' }),
    );
  });
});

describe('commands of services', () => {
  const command = (disputeId: string, change: Partial<ServiceCommand> = {}): ServiceCommand => ({
    disputeId,
    action: 'record-consent',
    procedureId: 'p1',
    body: { party: 'worker', consent: 'given' },
    caller: 'centre-system',
    key: 'k1',
    ...change,
  });

  test('are carried out once a key, as the service, and answer types only', async () => {
    const id = await liveMediation();
    const first = await engine.command(command(id));
    expect(first).toMatchObject({ status: 'done', events: [{ type: 'ConsentRecorded' }] });
    expect(await engine.command(command(id))).toEqual(first);
    const reused = command(id, { body: { party: 'employer', consent: 'given' } });
    expect(await engine.command(reused)).toEqual({ status: 'refused', code: 'idempotency-key-reused' });
    const { version } = (first as { events: { version: number }[] }).events[0]!;
    const [event] = await world.store.readStream(`dispute-${id}`, { from: version, limit: 1 });
    expect(event!.actor).toEqual({
      kind: 'service',
      id: 'centre-system',
      role: 'mediator',
      organisation: bodies.centre.code,
    });
  });

  test.each<[string, Partial<ServiceCommand>, string]>([
    ['an unknown caller', { caller: 'nobody' }, 'not-your-role'],
    ['a name of every object', { caller: 'constructor' }, 'not-your-role'],
    ['another region', { caller: 'elsewhere' }, 'not-your-region'],
    ['another role', { caller: 'court-system' }, 'not-your-role'],
    ['another organisation', { caller: 'other-centre' }, 'not-your-organisation'],
    ['a text', { action: 'add-note', procedureId: undefined!, body: { text: '张三' } }, 'not-your-role'],
    ['a text left out', { action: 'record-session', body: { result: 'no-agreement' } }, 'not-your-role'],
    ['a name', { action: 'assign', procedureId: undefined!, body: { organisation: 'x' } }, 'not-your-role'],
    ['a wrong code', { body: { party: 'worker', consent: 'perhaps' } }, 'invalid-request'],
    ['an unknown field', { body: { party: 'worker', consent: 'given', name: '张三' } }, 'invalid-request'],
    ['a missing field', { body: { party: 'worker' } }, 'invalid-request'],
    ['a sentence for a word', { body: { party: '张 三', consent: 'given' } }, 'invalid-request'],
    ['no such party', { body: { party: 'nobody', consent: 'given' } }, 'unknown-party'],
    [
      'an action that no procedure here has',
      { action: 'issue-award', procedureId: undefined! },
      'action-not-available',
    ],
    ['no such action', { action: 'explode' }, 'not-found'],
    [
      'the engine’s own action',
      { action: 'record-delivery', procedureId: undefined!, body: { handoffId: 'x' } },
      'already-done',
    ],
    ['no such dispute', { disputeId: 'nothing' }, 'not-found'],
  ])('%s is refused', async (_, change, code) => {
    const id = await liveMediation();
    const version = await versionOf(id);
    expect(await engine.command(command(id, change))).toEqual({ status: 'refused', code });
    expect(await versionOf(id)).toBe(version);
  });
});

test('a body is noted once, for every process', async () => {
  const one = createBodies(world.drives);
  const other = createBodies(world.drives);
  expect(await other.has('court-x')).toBe(false);
  await one.note('court-x');
  expect(await other.has('court-x')).toBe(true);
  expect(await world.drives.setting('body:court-x')).toBe(true);
});
