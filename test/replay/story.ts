import type { Plan, PlannedObligation, PlannedProcedure } from '../../src/domain/plan/plan.js';
import { eventually, type Harness } from '../workflows/support/harness.js';
import { inSeconds, obligation } from '../workflows/support/plan-engine.js';
import {
  arbitration,
  closed,
  joined,
  jointMediation,
  litigation,
  mediation,
  open,
} from '../workflows/support/plans.js';

/**
 * Leads two disputes through everything that the workflows do, on the instants of a few seconds: mediation that
 * expires, arbitration that is warned and overdue, a suit referred to joint mediation with a silent adviser, a handoff
 * that cannot be delivered at first, confirmation, closing and reopening. What it leaves is recorded for replay.
 */
export async function tellStory(harness: Harness): Promise<void> {
  await longDispute(harness);
  await rebuiltDispute(harness);
}

const id = 'd1';
const of = (procedureId: string, change: Parameters<typeof obligation>[0]) => obligation({ procedureId, ...change });
const period = (procedureId: string, rule: string, at: string, holder = '') =>
  of(procedureId, { id: `elapse:${procedureId}:${rule}${holder}:1`, kind: 'time-passes', subject: rule, at });

async function longDispute({ engine, client, state, status }: Harness): Promise<void> {
  let isReachable = false;
  engine.consequences.carriedOut = (plan, { kind, subject, attempt }) => {
    if (kind === 'deliver-handoff') return isReachable ? plan : 'undeliverable';
    if (kind === 'invite')
      return joined(plan, [answer(subject, attempt, inSeconds(subject === 'coordinator' && attempt === 1 ? 2 : 3600))]);
    return plan;
  };
  engine.consequences.passed = whatFollows;
  const change = (type: string, plan: (before: Plan) => Plan) => engine.change(id, { type, plan });
  const driven = async (version: number) =>
    void (await eventually(
      () => engine.drivenVersion(id),
      (now) => now >= version,
    ));
  const reads = async (child: string, wanted: string) =>
    void (await eventually(
      () => state(`dispute/${id}${child}`),
      (seen) => seen.state === wanted,
    ));

  await driven(await change('DisputeRegistered', open()));
  await change('ProcedureOpened', (plan) =>
    joined(open(mediation('p1', 'applied'))(plan), [period('p1', 'LD-03', inSeconds(2))]),
  );
  await eventually(
    () => status(`dispute/${id}/p1`),
    (now) => now === 'COMPLETED',
  );

  await change('ProcedureOpened', (plan) =>
    joined(open(arbitration('p2', 'heard'))(plan), [
      of('p2', { id: 'remind:p2:LD-16:1', kind: 'remind', subject: 'LD-16', role: 'arbitrator', at: inSeconds(1) }),
      period('p2', 'LD-16', inSeconds(4)),
    ]),
  );
  await reads('/p2', 'parties-may-sue');

  const suit: PlannedProcedure[] = [litigation('p3', 'referred'), jointMediation('p4', 'assembling-panel')];
  await change('ProcedureOpened', (plan) => ({
    ...joined(open(...suit)(plan), [
      ...plan.obligations,
      ...['coordinator', 'legal-aid-lawyer'].map((seat) => invite(seat, 1)),
      of('p3', { id: `deliver:${id}-h1:1`, kind: 'deliver-handoff', handoffId: `${id}-h1`, role: 'court-clerk' }),
      of('p3', {
        id: `elapse:p3:SL-HANDOFF:${id}-h1:1`,
        kind: 'await-receipt',
        handoffId: `${id}-h1`,
        subject: 'SL-HANDOFF',
        at: inSeconds(9),
      }),
    ]),
    handoffs: [`${id}-h1`],
  }));
  await reads('/handoff/1', 'delivery-failing');
  isReachable = true;
  await reads('/handoff/1', 'urged');
  await reads('/p4', 'awaiting-advisers');
  await change('HandoffAccepted', (plan) => ({
    ...plan,
    handoffs: [],
    obligations: plan.obligations.filter(({ handoffId }) => handoffId === null),
  }));
  await eventually(
    () => status(`dispute/${id}/handoff/1`),
    (now) => now === 'COMPLETED',
  );
  await change('PanelFormed', open(litigation('p3', 'referred'), jointMediation('p4', 'in-session')));
  await reads('/p4', 'in-session');

  const handle = client.workflow.getHandle(`dispute/${id}`);
  const command = { caller: 'court-bridge', key: 'k1', body: { noteRef: 'n-1' } };
  await handle.executeUpdate('command', { args: [{ action: 'add-note', ...command }] });
  await handle.executeUpdate('command', { args: [{ action: 'issue-award', ...command }] });
  const drive = (await engine.planOf(id))!;
  await handle.signal('drive', { ...drive, version: 1 });

  const confirmation: PlannedProcedure = {
    id: 'p5',
    procedure: 'judicial-confirmation',
    joint: false,
    step: 'applied',
    waitingFor: 'court-clerk',
  };
  await driven(await change('ProcedureOpened', open(confirmation)));
  await driven(await change('DisputeClosed', closed));
  for (const child of ['', '/p2', '/p3', '/p4', '/p5'])
    await eventually(
      () => status(`dispute/${id}${child}`),
      (now) => now === 'COMPLETED',
    );
  await driven(await change('DisputeReopened', open(mediation('p1', 'in-session'))));
}

/** A parent that is gone, a child that is gone, and a workflow that is started without a plan. */
async function rebuiltDispute({ engine, client, runId }: Harness): Promise<void> {
  const driven = (version: number) =>
    eventually(
      () => engine.drivenVersion('d2'),
      (now) => now >= version,
    );
  await engine.change('d2', { plan: open(mediation('p1', 'applied'), litigation('p2', 'filing')) });
  await driven(1);
  await client.workflow.getHandle('dispute/d2/p1').terminate();
  await engine.change('d2', { plan: open(mediation('p1', 'in-session'), litigation('p2', 'filing')) });
  await driven(2);
  const gone = await runId('dispute/d2');
  await client.workflow.getHandle('dispute/d2').terminate();
  await client.workflow.start('dispute', {
    workflowId: 'dispute/d2',
    taskQueue: 'accord',
    args: [{ disputeId: 'd2' }],
  });
  await eventually(
    () => runId('dispute/d2'),
    (now) => now !== gone,
  );
  await engine.change('d2', { plan: open(mediation('p1', 'agreed'), litigation('p2', 'registered')) });
  await driven(3);
}

const invite = (seat: string, attempt: number): PlannedObligation =>
  of('p4', { id: `invite:p4:${seat}:${attempt}`, kind: 'invite', role: 'adviser', subject: seat, attempt });
const answer = (seat: string, attempt: number, at: string): PlannedObligation =>
  of('p4', {
    id: `elapse:p4:SL-INVITATION:${seat}-${attempt}:1`,
    kind: 'await-answer',
    role: 'adviser',
    subject: 'SL-INVITATION',
    at,
  });

const whatFollows = (plan: Plan, due: PlannedObligation[]): Plan => {
  const subjects = due.map(({ subject }) => subject);
  if (subjects.includes('LD-03')) return { ...plan, procedures: [] };
  if (subjects.includes('LD-16'))
    return joined({ ...plan, procedures: [] }, [period('p2', 'LD-35', inSeconds(3600), ':party:worker')]);
  if (subjects.includes('SL-INVITATION')) return joined(plan, [invite('coordinator', 2)]);
  if (subjects.includes('SL-HANDOFF'))
    return joined(
      plan,
      due.map((one) => ({ ...one, id: one.id.replace(/1$/, '2'), attempt: 2, max: 2, at: inSeconds(3600) })),
    );
  return plan;
};
