import type { Drive, Engine } from '../../../src/commands/contract.js';
import type { Plan, PlannedObligation } from '../../../src/domain/plan/plan.js';
import type { Json, JsonObject } from '../../../src/store/contract.js';
import { createDriveStore } from '../../../src/store/drive-store.js';
import { createEventStore } from '../../../src/store/event-store.js';
import { appendRequest, disputeWrite, newEvent, start } from '../../store/requests.js';
import { storeDatabase } from '../../store/database.js';

/** What a test says follows when the engine does what the plan holds; absent, the obligation is simply gone. */
export interface Consequences {
  passed?(plan: Plan, due: PlannedObligation[]): Plan;
  carriedOut?(plan: Plan, obligation: PlannedObligation): Plan | 'undeliverable';
}

/** An event of the test's own making, and the plan after it. */
export interface Change {
  type?: string;
  procedureId?: string | null;
  step?: string | null;
  plan(before: Plan): Plan;
}

/**
 * An `Engine` over the real store whose disputes are nothing but their plan, so that a test decides what follows from
 * what. Versions, the drive queue, acknowledgements and the database's clock are real.
 */
export interface PlanEngine extends Engine {
  drives: ReturnType<typeof createDriveStore>;
  /** The store's epoch, as a restore would raise it. */
  epoch: number;
  consequences: Consequences;
  /** What was asked of it, in order, for example `letTimePass 1 2026-03-02T00:00:00Z`. */
  calls: string[];
  /** Appends one event; answers the version. */
  change(disputeId: string, change: Change): Promise<number>;
  drivenVersion(disputeId: string): Promise<number>;
  drop(): Promise<void>;
}

const clocks = new Set(['time-passes', 'await-answer', 'await-receipt', 'follow-up']);

export async function planEngine(name: string): Promise<PlanEngine> {
  const database = await storeDatabase(name, 8);
  const store = createEventStore(database.pool);
  const drives = createDriveStore(database.pool);

  const load = async (disputeId: string) => {
    const { snapshot } = await store.load(disputeId, null);
    return snapshot && { ...snapshot, plan: (snapshot.state as unknown as { plan: Plan }).plan };
  };

  const engine: PlanEngine = {
    drives,
    epoch: 1,
    consequences: {},
    calls: [],
    change: async (disputeId, change) => {
      for (;;) {
        const before = await load(disputeId);
        const plan = sorted(change.plan(before?.plan ?? emptyPlan));
        const head = before
          ? { version: before.version, headHash: before.headHash, recordedAt: before.headRecordedAt }
          : start;
        const { type = 'NoteAdded', procedureId = null, step = null } = change;
        const answer = await store.append(
          appendRequest(disputeId, head, {
            events: [newEvent({ type, procedureId, data: { step } })],
            dispute: disputeWrite(
              disputeId,
              {
                state: { plan: plan as unknown as Json } satisfies JsonObject,
                planChanged: true,
                nextDue: plan.nextDue,
              },
              { status: plan.status },
            ),
          }),
        );
        if (answer.status === 'appended') return answer.version;
        if (answer.status === 'duplicate') throw new Error('a test event has no command');
      }
    },
    letTimePass: async (disputeId, at) => {
      engine.calls.push(`letTimePass ${disputeId} ${at}`);
      const { rows } = await database.pool.query<{ early: boolean }>('SELECT now() < $1::timestamptz AS early', [at]);
      const now = await load(disputeId);
      if (!now) return { status: 'not-found', version: 0 };
      if (rows[0]!.early) return { status: 'too-early', version: now.version };
      const due = (plan: Plan) =>
        plan.obligations.filter((one) => clocks.has(one.kind) && Date.parse(one.at) <= Date.parse(at));
      if (due(now.plan).length === 0) return { status: 'nothing-due', version: now.version };
      const version = await engine.change(disputeId, {
        type: 'DeadlineElapsed',
        plan: (plan) => {
          const passed = due(plan);
          const left = { ...plan, obligations: plan.obligations.filter((one) => !passed.includes(one)) };
          return engine.consequences.passed?.(left, passed) ?? left;
        },
      });
      return { status: 'passed', version };
    },
    carryOut: async (disputeId, obligationId) => {
      engine.calls.push(`carryOut ${disputeId} ${obligationId}`);
      const now = await load(disputeId);
      const obligation = now?.plan.obligations.find(({ id }) => id === obligationId);
      if (!now || !obligation) return { status: 'gone', version: now?.version ?? 0 };
      const without = (plan: Plan) => ({
        ...plan,
        obligations: plan.obligations.filter(({ id }) => id !== obligationId),
      });
      const after = engine.consequences.carriedOut?.(without(now.plan), obligation) ?? without(now.plan);
      if (after === 'undeliverable') return { status: 'undeliverable', version: now.version };
      const version = await engine.change(disputeId, {
        type: 'ObligationCarriedOut',
        plan: (plan) => {
          const left = without(plan);
          const outcome = engine.consequences.carriedOut?.(left, obligation) ?? left;
          return outcome === 'undeliverable' ? plan : outcome;
        },
      });
      return { status: 'done', version };
    },
    planOf: async (disputeId): Promise<Drive | null> => {
      const now = await load(disputeId);
      if (!now) return null;
      const events = await store.readStream(`dispute-${disputeId}`, { from: now.drivenVersion + 1 });
      const transitions = events.map(({ version, type, procedureId, data }) => ({
        version,
        type,
        procedureId,
        step: (data as { step: string | null }).step,
      }));
      return { disputeId, epoch: engine.epoch, version: now.planVersion, plan: now.plan, transitions };
    },
    acknowledge: (disputeId, version) => {
      engine.calls.push(`acknowledge ${disputeId} ${version}`);
      return drives.acknowledge(disputeId, version, 1);
    },
    command: async ({ disputeId, action }) => {
      engine.calls.push(`command ${disputeId} ${action}`);
      if (action !== 'add-note') return { status: 'refused', code: 'action-not-available' };
      const version = await engine.change(disputeId, { plan: (plan) => plan });
      return { status: 'done', version, events: [{ version, type: 'NoteAdded' }] };
    },
    drivenVersion: async (disputeId) => (await load(disputeId))?.drivenVersion ?? 0,
    drop: database.drop,
  };
  return engine;
}

export const emptyPlan: Plan = {
  status: 'open',
  type: 'labour',
  region: '360121',
  procedures: [],
  handoffs: [],
  obligations: [],
  nextDue: null,
};

const sorted = (plan: Plan): Plan => {
  const obligations = [...plan.obligations].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { ...plan, obligations, nextDue: obligations[0]?.at ?? null };
};

/** An obligation with everything but the matter at hand filled in. */
export const obligation = (
  change: Partial<PlannedObligation> & Pick<PlannedObligation, 'id' | 'kind'>,
): PlannedObligation => ({
  procedureId: null,
  handoffId: null,
  step: null,
  role: 'mediator',
  subject: 'LD-03',
  at: '2026-03-02T00:00:00.000Z',
  until: null,
  attempt: 1,
  max: 1,
  ...change,
});

/** An instant so many seconds from now. */
export const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
