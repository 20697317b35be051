import { addDays, civilDateOf, instantOf } from '../domain/calendar/civil-date.js';
import { eventsAfter, type Client, type DisputeView, type EventView } from './client.js';
import { bodies, cast } from './wage-arrears.js';

/** Something did not come about in the time it was given. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

export interface LiveOptions {
  run: string;
  /** Hears of each thing as it happens. */
  onEvent?: (event: EventView, dispute: DisputeView) => void;
  onAct?: (act: LiveAct) => void;
  /** Called while waiting, with what for and how long already, in milliseconds. */
  onWait?: (what: LiveWait, waitedMs: number) => void;
  onWaited?: () => void;
  /** Milliseconds that one wait may take. */
  patienceMs?: number;
}

export type LiveAct = 'registered' | 'handoff-requested' | 'stalled' | 'accepted';
export type LiveWait = 'elapse' | 'delivery' | 'urge' | 'escalation';

/** What the engine did, with nobody helping. */
export interface Lived {
  dispute: DisputeView;
  events: EventView[];
  /** When LD-03 legally ended. */
  elapsedAt: string;
  /** Milliseconds from the last act of a person until the engine had recorded the elapse, and then the delivery. */
  elapseMs: number;
  deliveryMs: number;
  handoffId: string;
  /** Why the dispute was on the supervisor's list while nobody signed for the handoff. */
  stalledAs: string[];
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The engine at work, with service levels of seconds: a mediation whose period passed days ago ends by itself, and a
 * handoff that nobody answers is delivered, urged and escalated until somebody does. Throws `NotInTime`, and what the
 * client throws.
 */
export const playLive = async (client: Client, options: LiveOptions): Promise<Lived> => {
  const { run, onEvent, onAct, onWait, onWaited, patienceMs = 30_000 } = options;
  const today = civilDateOf(instantOf(Date.now()));
  const first = addDays(today, -30);
  const { counter, mediator, officer } = cast;

  // Whoever is to receive something must have an account here: the officer looks into the inbox.
  await client.read(officer, '/v1/handoffs');

  let dispute: DisputeView = await client.act(
    counter,
    '/v1/disputes',
    {
      type: 'labour',
      region: '360121',
      source: 'counter',
      receivedOn: first,
      profile: 'demonstration',
      title: '演示：无人操作的调解',
      parties: [
        { ref: 'worker', role: 'claimant', capacity: 'worker', kind: 'person', name: '王小明' },
        { ref: 'employer', role: 'respondent', capacity: 'employer', kind: 'organisation', name: '示例物业有限公司' },
      ],
      claims: [{ kind: 'wages', amount: { amount: '6000.00', currency: 'CNY' } }],
    },
    `${run}-live`,
  );
  const { id } = dispute;
  const events: EventView[] = [];

  const look = async () => {
    dispute = await client.read(mediator, `/v1/disputes/${id}`);
    for (const event of await eventsAfter(client, mediator, id, events.length)) {
      events.push(event);
      onEvent?.(event, dispute);
    }
  };
  const until = async (what: LiveWait, type: string): Promise<number> => {
    const from = Date.now();
    for (;;) {
      await look();
      const waited = Date.now() - from;
      if (events.some((event) => event.type === type)) {
        onWaited?.();
        return waited;
      }
      if (waited > patienceMs) throw new NotInTime(`${type} was not recorded within ${patienceMs / 1000} s`);
      onWait?.(what, waited);
      await sleep(200);
    }
  };
  const act = (action: string, body: object) => client.act(mediator, `/v1/disputes/${id}/actions/${action}`, body);

  await act('open-procedure', { procedure: 'mediation', track: 'labour', body: bodies.centre, appliedOn: first });
  onAct?.('registered');
  const elapseMs = await until('elapse', 'DeadlineElapsed');
  const elapse = events.find(({ type }) => type === 'DeadlineElapsed')!;

  await act('request-handoff', { procedureId: 'p1', to: bodies.commission });
  onAct?.('handoff-requested');
  const deliveryMs = await until('delivery', 'HandoffDelivered');
  await until('urge', 'HandoffUrged');
  await until('escalation', 'HandoffEscalated');
  const [handoff] = dispute.handoffs;

  const supervisor = { ...counter, userId: 'supervisor-shu', name: '舒主任', roles: ['supervisor'] as const };
  const list = await client.read<{ items: { disputeId: string; reason: string }[] }>(
    supervisor,
    '/v1/supervision/stalled?reason=handoff-unacknowledged&limit=200',
  );
  const stalledAs = list.items.filter(({ disputeId }) => disputeId === id).map(({ reason }) => reason);
  if (stalledAs.length === 0) throw new NotInTime('the supervisor’s list does not show the handoff');
  onAct?.('stalled');
  await client.act(officer, `/v1/handoffs/${handoff!.handoffId}/accept`, { receivedOn: today });
  onAct?.('accepted');
  await look();
  return {
    dispute,
    events,
    elapsedAt: elapse.occurredAt,
    elapseMs,
    deliveryMs,
    handoffId: handoff!.handoffId,
    stalledAs,
  };
};
