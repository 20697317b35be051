import { addDays } from '../../src/domain/calendar/civil-date.js';
import { decideAt } from '../../src/domain/dispute/decide.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { nextElapse, passTime } from '../../src/domain/dispute/time.js';
import type { Work } from '../../src/domain/dispute/work.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { lookedAt, theDay, type Standing } from './circumstances.js';
import type { Trigger } from './consequence.js';
import { attempt, received, signature } from './openings.js';
import { bodies, chosenBody } from './sample-bodies.js';

/** What may be tried in a procedure, with the bodies to try it with. */
export const actsOf = (definition: ProcedureDefinition) =>
  Object.entries(definition.actions).map(([action, { records, fields, in: steps, afterClose }]) => ({
    action,
    records,
    fields,
    tried: bodies(fields),
    isFor: ({ step, outcome }: Standing) =>
      outcome === undefined ? (steps?.includes(step) ?? true) : afterClose === true,
  }));

export type Keep = (trigger: Trigger, state: DisputeState, work: Work | null, own?: string) => void;

/** How often one goes on from somewhere, and how far. */
const courses = 60;
const steps = 8;

/**
 * Goes on from openings by acts and by time as they come, chosen by a fixed sequence of numbers: what depends on what was
 * done before shows here, and in no circumstance that is made up. Where something new came of it, it is gone on
 * from there again, so that a long course comes to its end at last.
 */
export const explore = (definition: ProcedureDefinition, openings: readonly DisputeState[], keep: Keep): void => {
  const acts = actsOf(definition);
  const choose = chooser(1);
  const tried = new Set<string>();
  const known = new Set<string>();
  const places = Array.from({ length: 6 }, () => openings)
    .flat()
    .map((opening) => ({ state: { ...opening, deadlines: ownPeriods(opening) }, on: theDay }));
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
      const possible = acts.filter((act) => act.isFor({ step, ...(status === 'open' ? {} : { outcome: outcome! }) }));
      const undone = possible.filter(({ action }) => !tried.has(`${step} ${outcome} ${action}`));
      const wanted = undone.length > 0 && choose(3) > 0 ? undone : possible;
      const next = wanted[choose(wanted.length)];
      if (!next) break;
      const { action, records, fields } = next;
      const body = chosenBody(fields, choose);
      const act = (work: Work) =>
        decideAt(work, { action, body, procedureId: lookedAt }, { at: on, on }, { trusted: true }) === null;
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
