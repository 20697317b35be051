import { addDays } from '../../src/domain/calendar/civil-date.js';
import { courseOf } from '../../src/domain/dispute/course.js';
import { startDeadline } from '../../src/domain/dispute/deadlines.js';
import { decideAt } from '../../src/domain/dispute/decide.js';
import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import { openProcedure, type OpeningPlan } from '../../src/domain/dispute/open-procedure.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { nextElapse, passTime } from '../../src/domain/dispute/time.js';
import { beginWork, following, type Work } from '../../src/domain/dispute/work.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { disputeTypeCodes, type DisputeType, type ProcedureCode } from '../../src/domain/routes/codes.js';
import { routeTable } from '../../src/domain/routes/route-table.js';
import { civilTypes } from '../../src/domain/routes/type-sets.js';
import { findRule } from '../../src/domain/rules/rule-book.js';
import { before, bodies, chosenBody, circumstances, context, lookedAt, parties, theDay, type Standing } from './circumstances.js'; // prettier-ignore
import { collector, withDeclared, type Consequence, type Trigger } from './consequence.js';

interface Started {
  rule: string;
  holder: string;
  subject?: string;
  of: ProcedureCode | null;
}

/** Runs something that may be impossible in a circumstance: what cannot be decided there has no consequences there. */
const attempt = (state: DisputeState, act: (work: Work) => boolean): Work | null => {
  const work = beginWork(state, context, theDay);
  try {
    return act(work) ? work : null;
  } catch {
    return null;
  }
};

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

const standings = ({ steps }: ProcedureDefinition): Standing[] =>
  Object.keys(steps).map((step) => ({ step }));
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
          const act = (work: Work) => decideAt(work, { action, body, procedureId: lookedAt }, { at: theDay, on: theDay }, { trusted: true }) === null; // prettier-ignore
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

/** What may be tried in a procedure, with the bodies to try it with. */
const actsOf = (definition: ProcedureDefinition) =>
  Object.entries(definition.actions).map(([action, { records, fields, in: steps, afterClose }]) => ({
    action,
    records,
    fields,
    tried: bodies(fields),
    isFor: ({ step, outcome }: Standing) =>
      outcome === undefined ? (steps?.includes(step) ?? true) : afterClose === true,
  }));

type Keep = (trigger: Trigger, state: DisputeState, work: Work | null, own?: string) => void;

/** How often one goes on from somewhere, and how far. */
const courses = 60;
const steps = 8;

/**
 * Goes on from openings by acts and by time as they come, chosen by a fixed sequence of numbers: what depends on what was
 * done before shows here, and in no circumstance that is made up. Where something new came of it, it is gone on
 * from there again, so that a long course comes to its end at last.
 */
const explore = (definition: ProcedureDefinition, openings: readonly DisputeState[], keep: Keep): void => {
  const acts = actsOf(definition);
  const choose = chooser(1);
  const tried = new Set<string>();
  const known = new Set<string>();
  const places = Array.from({ length: 6 }, () => openings).flat().map((opening) => ({ state: { ...opening, deadlines: ownPeriods(opening) }, on: theDay })); // prettier-ignore
  for (let course = 0; course < courses + places.length; course += 1) {
    let { state, on } = places[course] ?? places[choose(places.length)]!;
    for (let taken = 0; taken < steps; taken += 1) {
      on = addDays(on, choose(12));
      state = elapsing(state, on, keep);
      const { step, status, outcome } = state.procedures[lookedAt]!;
      if (definition.received && step === definition.opening.step && choose(3) === 0) {
        const work = attempt(state, (begun) => received(definition, begun));
        keep({ kind: 'receipt' }, state, work);
        state = work?.state ?? state;
        continue;
      }
      const possible = acts.filter((act) => act.isFor({ step, ...(status === 'open' ? {} : { outcome: outcome! }) })); // prettier-ignore
      const undone = possible.filter(({ action }) => !tried.has(`${step} ${outcome} ${action}`));
      const wanted = undone.length > 0 && choose(3) > 0 ? undone : possible;
      const next = wanted[choose(wanted.length)];
      if (!next) break;
      const { action, records, fields } = next;
      const body = chosenBody(fields, choose);
      const act = (work: Work) => decideAt(work, { action, body, procedureId: lookedAt }, { at: on, on }, { trusted: true }) === null; // prettier-ignore
      const work = attempt(state, act);
      keep({ kind: 'action', action }, state, work, records);
      if (!work) continue;
      state = work.state;
      tried.add(`${step} ${outcome} ${action}`);
      const brought = JSON.stringify([step, outcome, body['party'], signature(work)]);
      if (!known.has(brought)) places.push({ state, on });
      known.add(brought);
    }
  }
};

/** Without those of other procedures, which would only take time. */
const ownPeriods = ({ deadlines }: DisputeState): DisputeState['deadlines'] =>
  Object.fromEntries(Object.entries(deadlines).filter(([, { procedureId }]) => procedureId === lookedAt));

/** Lets time pass, one period after the other, so that it is seen what each brings. */
const elapsing = (before: DisputeState, on: string, keep: Keep): DisputeState => {
  const until = `${on}T00:00:00+08:00`;
  let state = before;
  for (let next = nextElapse({ state }, until); next; next = nextElapse({ state }, until)) {
    const { dueAt, rule, procedureId } = next;
    const work = attempt(state, (begun) => (passTime(begun, dueAt), true));
    if (!work) return state;
    const alone = work.events.filter(({ type }) => type === 'DeadlineElapsed').length === 1;
    if (alone && procedureId === lookedAt) keep({ kind: 'elapse', rule }, state, work);
    state = work.state;
  }
  return state;
};

/** The same numbers at every run. */
const chooser = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return below === 0 ? 0 : (state >>> 8) % below;
  };
};

/** The dispute's own actions that may be about a procedure; they ask little of how it stands. */
const actsOfDisputes = () =>
  Object.entries(disputeActions)
    .filter(([, { inProcedure }]) => inProcedure)
    .map(([action, { records, fields }]) => ({ action, records, tried: bodies(fields) }));

/** The kinds of dispute in which the decision table opens a procedure. */
const typesOf = (code: ProcedureCode): readonly DisputeType[] => {
  const rows = routeTable.filter(({ permit }) => permit?.some(({ procedure }) => procedure === code));
  const named = rows.flatMap(({ types }) => (typeof types === 'string' ? [] : types));
  if (rows.some(({ types }) => types === 'any')) return disputeTypeCodes;
  return [...new Set([...named, ...(rows.some(({ types }) => types === 'any-civil') ? civilTypes : [])])];
};

interface HowOpened {
  type: DisputeType;
  origin: string | null;
  applicants: string[];
  track: string | null;
  joint: boolean;
}

/** In every kind of dispute that it is for; and in one kind, by one party alone, on every track, and jointly. */
const waysOf = ({ code, tracks }: ProcedureDefinition): Omit<HowOpened, 'origin'>[] => {
  const usual = { type: 'labour', applicants: parties, track: tracks?.[0] ?? null, joint: false } as const;
  return [
    usual,
    { ...usual, applicants: parties.slice(0, 1) },
    { ...usual, joint: true },
    ...(tracks ?? []).map((track) => ({ ...usual, track })),
    ...typesOf(code).map((type) => ({ ...usual, type })),
  ];
};

const opened = (
  { code }: ProcedureDefinition,
  state: DisputeState,
  { origin, applicants, track, joint }: Omit<HowOpened, 'type'>,
): Work | null =>
  attempt(state, (work) => {
    const route = { fromProcedureId: origin, ends: null, rows: [], basis: { law: '', article: '' } };
    const how = { route, applicants, track } as unknown as OpeningPlan;
    openProcedure(
      work,
      { procedure: code, joint, body: { code: 'body', name: null } },
      how,
      theDay,
      lookedAt,
    );
    return true;
  });

/** What was brought about: openings that brought the same are one circumstance. */
const signature = ({ events }: Work): string =>
  JSON.stringify(
    events.map(({ type, procedureId, data }) => [type, procedureId, data['rule'], data['step']]),
  );

const received = (definition: ProcedureDefinition, work: Work): boolean => {
  const course = courseOf(work, lookedAt);
  course.handOff(course.procedure.body, course.procedure.body, []);
  const handoff = Object.values(work.state.handoffs).at(-1)!;
  work.events.length = 0;
  following(work, 0, () => definition.received!(course, handoff, theDay));
  return true;
};

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
  return new Map(
    procedureDefinitions.map((definition) => [definition.code, probe(definition, all, () => undefined)]),
  );
};
