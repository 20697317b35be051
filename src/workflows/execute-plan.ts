import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Drive } from '../commands/contract.js';
import type { ObligationKind, PlannedObligation } from '../domain/plan/plan.js';
import { createAlarm } from './alarm.js';
import { engine } from './engine.js';
import { driveSignal, stateQuery } from './messages.js';
import { isOlder } from './parts.js';
import type { Pending, Reading, StageReading } from './reading.js';
import { show } from './shown.js';
import { answered, failing, keyOf, type Trial } from './trials.js';
import { inWords } from './words.js';

/** What one workflow makes of the plan. */
export interface Stage {
  /** The part of a drive that is its own. */
  part(drive: Drive): Drive;
  /** Whether it has nothing left to do or to wait for. */
  over(drive: Drive): boolean;
  /** Its state, as an operator reads it. */
  read(part: Drive): StageReading;
  /** What taking a new plan means beside executing it. */
  take?(drive: Drive): Promise<void>;
}

const clocks: ReadonlySet<ObligationKind> = new Set(['time-passes', 'await-answer', 'await-receipt', 'follow-up']);

/** A plan that holds nothing to do is asked for again after this long, in case its successor was lost. */
const idleMs = 7 * 24 * 3600 * 1000;

/**
 * Executes the plan of a dispute, or a stage's part of it, as it changes. What it must keep:
 * 1. Handlers are set before the first await, and only ever replace the held plan.
 * 2. One timer at most is pending: the nearest absolute instant. A plan that arrives does not push it out.
 * 3. Due clocks are one call: it is now the latest of their instants. Acts run beside it, so that a delivery that
 *    fails keeps no period from passing. What the plan no longer holds is abandoned.
 * 4. What was asked for is not asked again before a new plan has come, or was fetched and still holds it.
 * 5. Nothing is remembered across runs: the next run fetches the plan.
 *
 * Answers `over`, or `continue` when the main function is to continue as new.
 */
export async function executePlan(disputeId: string, stage: Stage, first: Drive | null): Promise<'over' | 'continue'> {
  let held = first;
  let taken: Drive | null = null;
  let idleUntil: number | null = null;
  let isUnknown = false;
  let nextTimer: number | null = null;
  let landed = 0;
  const alarm = createAlarm();
  const trials = new Map<string, Trial>();
  const flights = new Map<string, { keys: string[]; scope: CancellationScope }>();

  const hold = (next: Drive): void => {
    if (held === null || !isOlder(next, held)) held = next;
  };
  const isUnderWay = (key: string): boolean => [...flights.values()].some(({ keys }) => keys.includes(key));
  const reading = (): Reading => readingOf(disputeId, stage, held, trials, isUnderWay, nextTimer);
  setHandler(driveSignal, hold);
  setHandler(stateQuery, reading);

  /** Runs beside the loop, which it wakes when it has ended. */
  const launch = (name: string, keys: string[], work: () => Promise<void>): void => {
    const scope = new CancellationScope();
    const flight = { keys, scope };
    flights.set(name, flight);
    void scope
      .run(work)
      .catch((error: unknown) => {
        if (!isCancellation(error)) settle(keys, failing);
      })
      .finally(() => {
        if (flights.get(name) === flight) flights.delete(name);
        landed += 1;
      });
  };
  const settle = (keys: string[], as: (before: Trial | undefined, now: number) => Trial): void => {
    for (const key of keys) trials.set(key, as(trials.get(key), Date.now()));
  };
  const abandon = (isMeant: (keys: string[]) => boolean): void => {
    for (const [name, { keys, scope }] of flights) {
      if (!isMeant(keys)) continue;
      flights.delete(name);
      scope.cancel();
    }
  };

  const fetchPlan = (keys: string[]): void =>
    launch('plan', keys, async () => {
      const plan = await engine.planOf(disputeId);
      if (plan === null) isUnknown = true;
      else hold(plan);
      for (const key of keys) {
        const trial = trials.get(key);
        if (trial) trial.status = 'confirmed';
      }
    });
  const letTimePass = (due: PlannedObligation[]): void => {
    const keys = due.map(keyOf);
    const latest = due.reduce((a, b) => (Date.parse(a.at) < Date.parse(b.at) ? b : a)).at;
    launch('time', keys, async () => {
      const { status } = await engine.letTimePass(disputeId, latest);
      if (status === 'not-found') isUnknown = true;
      settle(keys, answered);
    });
  };
  const carryOut = (obligation: PlannedObligation): void => {
    const key = keyOf(obligation);
    launch(key, [key], async () => {
      const { status } = await engine.carryOut(disputeId, obligation.id);
      settle([key], status === 'undeliverable' ? failing : answered);
    });
  };

  /** Does what is due; answers the next instant at which something will be. */
  const act = (obligations: PlannedObligation[]): { at: number; obligation: PlannedObligation } | null => {
    const now = Date.now();
    const due: PlannedObligation[] = [];
    const doubtful: string[] = [];
    let next: { at: number; obligation: PlannedObligation } | null = null;
    for (const obligation of obligations) {
      const key = keyOf(obligation);
      if (isUnderWay(key)) continue;
      const trial = trials.get(key);
      const at = Math.max(Date.parse(obligation.at), trial?.notBefore ?? 0);
      if (at > now) next = next === null || at < next.at ? { at, obligation } : next;
      else if (trial?.status === 'answered') doubtful.push(key);
      else due.push(obligation);
    }
    const passing = due.filter(({ kind }) => clocks.has(kind));
    if (passing.length > 0 && !flights.has('time')) letTimePass(passing);
    for (const obligation of due) if (!clocks.has(obligation.kind)) carryOut(obligation);
    if (doubtful.length > 0 && !flights.has('plan')) fetchPlan(doubtful);
    return next;
  };

  if (held === null) fetchPlan([]);
  for (;;) {
    if (isUnknown) return 'over';
    // Before a new plan is taken: plans that arrive faster than they are taken would put it off for ever.
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      abandon(() => true);
      return 'continue';
    }
    if (held !== null && held !== taken) {
      const next: Drive = held;
      if (taken !== null && taken.epoch !== next.epoch) trials.clear();
      const kept = new Set(stage.part(next).plan.obligations.map(keyOf));
      for (const key of trials.keys()) if (!kept.has(key)) trials.delete(key);
      abandon((keys) => keys.length > 0 && !keys.some((key) => kept.has(key)));
      await stage.take?.(next);
      taken = next;
      continue;
    }
    if (taken !== null && stage.over(taken)) {
      await condition(() => allHandlersFinished() || held !== taken);
      if (held !== taken) continue;
      abandon(() => true);
      return 'over';
    }

    const obligations = taken === null ? [] : stage.part(taken).plan.obligations;
    const next = act(obligations);
    nextTimer = next?.at ?? null;
    if (taken === null || obligations.length > 0) idleUntil = null;
    else if (idleUntil === null) idleUntil = Date.now() + idleMs;
    else if (idleUntil <= Date.now()) {
      fetchPlan([]);
      idleUntil = Date.now() + idleMs;
    }
    if (taken !== null) show(taken.plan, reading());

    alarm.set(nextTimer ?? idleUntil, next ? inWords(next.obligation) : '无待办，定期核对计划');
    const seen = landed;
    await condition(
      () => held !== taken || landed !== seen || isUnknown || alarm.hasRung() || workflowInfo().continueAsNewSuggested,
    );
  }
}

function readingOf(
  disputeId: string,
  stage: Stage,
  held: Drive | null,
  trials: ReadonlyMap<string, Trial>,
  isUnderWay: (key: string) => boolean,
  nextTimer: number | null,
): Reading {
  const none = { procedure: null, step: null, waitingFor: null, until: null };
  const nextTimerAt = nextTimer === null ? null : new Date(nextTimer).toISOString();
  if (held === null)
    return {
      disputeId,
      epoch: 0,
      version: 0,
      state: 'without-plan',
      words: '正在取得计划',
      ...none,
      stalled: false,
      nextTimerAt,
      pending: [],
    };
  const part = stage.part(held);
  const pending = part.plan.obligations.map((obligation): Pending => {
    const { id, kind, subject, role, at } = obligation;
    const trial = trials.get(keyOf(obligation));
    const status = isUnderWay(keyOf(obligation))
      ? 'under-way'
      : trial === undefined
        ? 'waiting'
        : trial.status === 'failing'
          ? 'failing'
          : 'done';
    return { id, kind, subject, role, at, tries: trial?.tries ?? 0, status };
  });
  const read = stage.read(held);
  const isFailing = part.plan.obligations.some(
    (obligation) => !clocks.has(obligation.kind) && trials.get(keyOf(obligation))?.status === 'failing',
  );
  return {
    disputeId,
    epoch: held.epoch,
    version: held.version,
    ...read,
    ...(isFailing ? { state: 'delivery-failing', words: `投递未成功，将重试（${read.words}）` } : {}),
    stalled: isFailing || (read.stalled ?? false),
    nextTimerAt,
    pending,
  };
}
