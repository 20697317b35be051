import type { PlannedObligation } from '../../src/domain/plan/plan.js';
import { eventually, type Harness, startHarness } from './support/harness.js';
import { inSeconds, obligation } from './support/plan-engine.js';
import { joined, jointMediation, litigation, open } from './support/plans.js';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness('joint');
}, 120_000);

afterAll(() => harness?.stop());

const invite = (seat: string, attempt = 1) =>
  obligation({
    id: `invite:p2:${seat}:${attempt}`,
    kind: 'invite',
    procedureId: 'p2',
    role: 'adviser',
    subject: seat,
    attempt,
  });
const answer = (seat: string, attempt: number, at: string) =>
  obligation({
    id: `elapse:p2:SL-INVITATION:${seat}-${attempt}:1`,
    kind: 'await-answer',
    procedureId: 'p2',
    role: 'adviser',
    subject: 'SL-INVITATION',
    at,
  });

test('invites the advisers, awaits each answer, invites another in place of the silent one, and goes into session', async () => {
  const { engine, state } = harness;
  engine.consequences.carriedOut = (plan, { subject, attempt }) =>
    joined(plan, [answer(subject, attempt, inSeconds(attempt === 1 && subject === 'coordinator' ? 4 : 3600))]);
  engine.consequences.passed = (plan) => joined(plan, [invite('coordinator', 2)]);
  const panel = [jointMediation('p2', 'assembling-panel'), litigation('p1', 'referred')];

  await engine.change('a', { plan: open(jointMediation('p2', 'referred'), litigation('p1', 'referred')) });
  await eventually(
    () => state('dispute/a/p2'),
    (seen) => seen.state === 'awaiting-receipt',
  );
  expect(await state('dispute/a/p1')).toMatchObject({ state: 'referred-to-mediation' });

  await engine.change('a', {
    plan: (plan) =>
      joined(
        open(...panel)(plan),
        ['coordinator', 'legal-aid-lawyer', 'health-engineer'].map((seat) => invite(seat)),
      ),
  });
  const awaiting = await eventually(
    () => state('dispute/a/p2'),
    (seen) => seen.state === 'awaiting-advisers',
  );
  expect(awaiting).toMatchObject({ waitingFor: 'adviser', procedure: 'pre-filing-mediation' });
  expect(awaiting.seats).toEqual({
    coordinator: 'awaiting-answer',
    'legal-aid-lawyer': 'awaiting-answer',
    'health-engineer': 'awaiting-answer',
  });

  // Two answer; of the third nothing is heard.
  const answered = (one: PlannedObligation) => /legal-aid-lawyer|health-engineer/.test(one.id);
  await engine.change('a', {
    type: 'InvitationAnswered',
    plan: (plan) => ({ ...plan, obligations: plan.obligations.filter((one) => !answered(one)) }),
  });
  await eventually(
    () => engine.calls,
    (calls) => calls.includes('carryOut a invite:p2:coordinator:2'),
  );
  const invited = engine.calls.filter((call) => call.startsWith('carryOut a'));
  expect(invited.sort()).toEqual([
    'carryOut a invite:p2:coordinator:1',
    'carryOut a invite:p2:coordinator:2',
    'carryOut a invite:p2:health-engineer:1',
    'carryOut a invite:p2:legal-aid-lawyer:1',
  ]);
  await eventually(
    () => state('dispute/a/p2'),
    ({ seats, state: now }) => now === 'awaiting-advisers' && seats?.coordinator === 'awaiting-answer',
  );

  await engine.change('a', {
    type: 'PanelFormed',
    plan: open(jointMediation('p2', 'in-session'), panel[1]!),
  });
  const session = await eventually(
    () => state('dispute/a/p2'),
    (seen) => seen.state === 'in-session',
  );
  expect(session).toMatchObject({ seats: {}, nextTimerAt: null });
}, 60_000);
