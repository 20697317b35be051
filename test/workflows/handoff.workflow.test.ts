import { temporalSide } from '../../src/worker/temporal-view.js';
import type { Plan, PlannedObligation } from '../../src/domain/plan/plan.js';
import { eventually, type Harness, startHarness } from './support/harness.js';
import { inSeconds, obligation } from './support/plan-engine.js';
import { joined, litigation, open } from './support/plans.js';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness('handoff');
}, 120_000);

afterAll(() => harness?.stop());

const handoffId = 'a-h1';
const deliver = (attempt: number) =>
  obligation({
    id: `deliver:${handoffId}:${attempt}`,
    kind: 'deliver-handoff',
    procedureId: 'p1',
    handoffId,
    role: 'court-clerk',
    subject: 'handoff',
    attempt,
  });
const receipt = (generation: number, at: string) =>
  obligation({
    id: `elapse:p1:SL-HANDOFF:${handoffId}:${generation}`,
    kind: 'await-receipt',
    procedureId: 'p1',
    handoffId,
    role: 'court-clerk',
    subject: 'SL-HANDOFF',
    at,
    attempt: generation,
    max: 2,
  });

test('delivers until the receiver can be reached, awaits receipt, urges, escalates, and rests when it is accepted', async () => {
  const { engine, client, state, status } = harness;
  let isReachable = false;
  let deliveries = 0;
  engine.consequences.carriedOut = (plan) => {
    deliveries += 1;
    return isReachable ? plan : 'undeliverable';
  };
  engine.consequences.passed = (plan: Plan, due: PlannedObligation[]) =>
    joined(
      plan,
      due.map(({ attempt }) => receipt(attempt + 1, inSeconds(attempt < 2 ? 2 : 3600))),
    );

  await engine.change('a', {
    plan: (plan) => ({
      ...joined(open(litigation('p1', 'filing'))(plan), [deliver(1), receipt(1, inSeconds(9))]),
      handoffs: [handoffId],
    }),
  });
  const failing = await eventually(
    () => state('dispute/a/handoff/1'),
    (seen) => seen.state === 'delivery-failing',
  );
  expect(failing).toMatchObject({ stalled: true });
  expect(failing.pending.map(({ kind, status: one, tries }) => ({ kind, one, tries }))).toContainEqual({
    kind: 'deliver-handoff',
    one: 'failing',
    tries: 1,
  });
  expect(deliveries).toBe(1);
  expect((await temporalSide(client, 'a'))?.nextTimerAt).toBe(failing.nextTimerAt);
  isReachable = true;

  await eventually(
    () => state('dispute/a/handoff/1'),
    (seen) => seen.state === 'awaiting-receipt',
  );
  await eventually(
    () => state('dispute/a/handoff/1'),
    (seen) => seen.state === 'urged',
  );
  await eventually(
    () => state('dispute/a/handoff/1'),
    (seen) => seen.state === 'escalated' && seen.stalled,
  );
  expect(deliveries).toBe(3); // unreached, then reached: asked once to see what follows, once more to record it

  // The plan no longer holds it: the procedure's workflow goes on, the handoff's ends.
  await engine.change('a', { type: 'HandoffAccepted', plan: open(litigation('p1', 'filing')) });
  await eventually(
    () => status('dispute/a/handoff/1'),
    (now) => now === 'COMPLETED',
  );
  expect(await status('dispute/a/p1')).toBe('RUNNING');
}, 60_000);

test('a delivery that fails keeps no period from passing', async () => {
  const { engine, state } = harness;
  engine.consequences.carriedOut = () => 'undeliverable';
  engine.consequences.passed = (plan) => ({ ...plan, procedures: [{ ...litigation('p1', 'registered') }] });
  const own = { handoffId: 'b-h1', procedureId: 'p1' };
  await engine.change('b', {
    plan: (plan) => ({
      ...joined(open(litigation('p1', 'filing'))(plan), [
        { ...deliver(1), ...own, id: 'deliver:b-h1:1' },
        { ...receipt(1, inSeconds(2)), ...own, id: 'elapse:p1:SL-HANDOFF:b-h1:1' },
      ]),
      handoffs: ['b-h1'],
    }),
  });
  await eventually(
    () => state('dispute/b/p1'),
    (seen) => seen.state === 'trying',
  );
  expect(await state('dispute/b/handoff/1')).toMatchObject({ state: 'delivery-failing' });
}, 60_000);
