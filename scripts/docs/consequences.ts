import { addDays } from '../../src/domain/calendar/civil-date.js';
import { startDeadline } from '../../src/domain/dispute/deadlines.js';
import { decideAt } from '../../src/domain/dispute/decide.js';
import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { passTime } from '../../src/domain/dispute/time.js';
import { beginWork, type Work } from '../../src/domain/dispute/work.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import type { ProcedureCode } from '../../src/domain/routes/codes.js';
import { findRule } from '../../src/domain/rules/rule-book.js';
import { before, circumstances, context, lookedAt, theDay, type Standing } from './circumstances.js';
import { collector, withDeclared, type Consequence, type Trigger } from './consequence.js';
import { actsOf, explore } from './explore.js';
import { attempt, opened, received, signature, waysOf } from './openings.js';
import { bodies } from './sample-bodies.js';

interface Started {
  rule: string;
  holder: string;
  subject?: string;
  of: ProcedureCode | null;
}

/** Lets the periods run that can run at all, so that it is seen which of them an act meets. */
const running = (state: DisputeState, started: readonly Started[]): DisputeState => {
  const work = beginWork(state, context, theDay);
  for (const { rule, holder, subject, of } of started) {
    const procedures = Object.values(state.procedures).filter(({ procedure }) => procedure === of);
    const ids = of === null ? [null] : procedures.map(({ id }) => id);
    for (const procedureId of ids)
      startDeadline(work, { rule, holder, procedureId, from: theDay, ...(subject ? { subject } : {}) });
  }
  return work.state;
};

/** By then every period has passed. */
const farAway = `${addDays(theDay, 3000)}T00:00:00+08:00`;

const standings = ({ steps }: ProcedureDefinition): Standing[] => Object.keys(steps).map((step) => ({ step }));
const ended = ({ steps, outcomes }: ProcedureDefinition): Standing[] =>
  outcomes.map((outcome) => ({ step: Object.keys(steps).at(-1)!, outcome }));

const probe = (definition: ProcedureDefinition, started: readonly Started[], seen: (work: Work) => void) => {
  const { note, into, all } = collector();
  for (const action of Object.keys(definition.actions)) into({ kind: 'action', action });
  for (const rule of Object.keys(definition.elapses ?? {})) into({ kind: 'elapse', rule });
  const keep = (trigger: Trigger, state: DisputeState, work: Work | null, own = '') => {
    if (!work) return;
    seen(work);
    note(trigger, state, work, own);
  };
  const bases = new Map<string, DisputeState>();
  /** Opened in the same way in another kind of dispute, or in one with nothing else in it. */
  const alike = new Map<string, DisputeState>();
  const starting = before(definition).map(({ state, origin }) => ({
    state: running(state, started),
    origin,
  }));
  for (const { state, origin } of starting)
    for (const how of waysOf(definition)) {
      const from = { ...state, type: how.type };
      const work = opened(definition, from, { origin, ...how });
      keep({ kind: 'opening' }, from, work, 'ProcedureOpened');
      const { track, joint, applicants } = how;
      const key = work && JSON.stringify([signature(work), track, joint, applicants]);
      if (work && key && !bases.has(key)) bases.set(key, work.state);
      else if (work) alike.set(`${how.type} ${Object.keys(from.procedures).length}`, work.state);
    }
  /** Disputes in which it was opened, with these periods running. */
  const withPeriods = (states: Iterable<DisputeState>, periods: readonly Started[]): DisputeState[] =>
    [...states].map((state) => running({ ...state, deadlines: {} }, periods));
  const usual = withPeriods(bases.values(), started);

  explore(definition, [...bases.values(), ...alike.values()], keep);

  const acts = actsOf(definition);
  const anywhere = actsOfDisputes();
  for (const standing of [...standings(definition), ...ended(definition)])
    for (const [index, state] of circumstances(usual, standing).entries()) {
      for (const { action, records, tried } of [
        ...acts.filter((act) => act.isFor(standing)),
        ...(index === 0 ? anywhere : []),
      ])
        for (const body of tried) {
          const act = (work: Work) =>
            decideAt(work, { action, body, procedureId: lookedAt }, { at: theDay, on: theDay }, { trusted: true }) ===
            null;
          keep({ kind: 'action', action }, state, attempt(state, act), records);
        }
      if (definition.received && standing.step === definition.opening.step && !standing.outcome)
        keep(
          { kind: 'receipt' },
          state,
          attempt(state, (work) => received(definition, work)),
        );
    }

  for (const rule of Object.keys(definition.elapses ?? {})) {
    const own = started.filter((one) => one.rule === rule && one.of === definition.code);
    const outlives = findRule(rule)?.kind === 'party-right';
    const only = withPeriods(bases.values(), own);
    for (const standing of [...standings(definition), ...(outlives ? ended(definition) : [])])
      for (const state of circumstances(only, standing)) {
        const act = (work: Work) => (passTime(work, farAway), true);
        keep({ kind: 'elapse', rule }, state, attempt(state, act));
      }
  }
  return all().map((found) => withDeclared(definition, found));
};

/** The dispute's own actions that may be about a procedure; they ask little of how it stands. */
const actsOfDisputes = () =>
  Object.entries(disputeActions)
    .filter(([, { inProcedure }]) => inProcedure)
    .map(([action, { records, fields }]) => ({ action, records, tried: bodies(fields) }));

/**
 * What can follow from an act, an elapse or a receipt in a procedure, found by deciding it in every example
 * circumstance. A definition says part of it as data (`to`, `closes`, `starts` …) and part in code (`then`): the events
 * that come out are the same for both, and cannot go stale.
 */
export const consequences = (): Map<ProcedureCode, Consequence[]> => {
  // First which periods can run at all; then, with all of them running, what follows.
  const started = new Map<string, Started>();
  const remember = (work: Work) => {
    for (const { type, procedureId, data } of work.events) {
      if (type !== 'DeadlineStarted') continue;
      const of = procedureId === null ? null : work.state.procedures[procedureId]!.procedure;
      const { rule, holder, subject } = data as unknown as {
        rule: string;
        holder: string;
        subject: string | null;
      };
      const one: Started = {
        rule,
        holder,
        of,
        ...(subject === null || rule === 'SL-HANDOFF' ? {} : { subject }),
      };
      started.set(JSON.stringify(one), one);
    }
  };
  for (const definition of procedureDefinitions) probe(definition, [], remember);
  const all = [...started.values()];
  return new Map(procedureDefinitions.map((definition) => [definition.code, probe(definition, all, () => undefined)]));
};
