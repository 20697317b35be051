import { procedureDefinition } from '../procedures/procedures.js';
import { basisOf, findNorm, findRule } from '../rules/rule-book.js';
import type { RecordedFact } from './as-of.js';
import { disputeActions } from './dispute-actions.js';
import { fold } from './evolve.js';
import type { Basis } from './refusal.js';
import type { DisputeState } from './state.js';
import { changes, type Change } from './things.js';

/** What is otherwise in a dispute at one version than at another, and which events brought it about. */

export interface Caused extends Change {
  /** Versions of the events that brought it about and of those that they follow from, in order. */
  because: number[];
}

export interface Difference {
  before: DisputeState | null;
  after: DisputeState | null;
  changes: Caused[];
}

/** Keeps, by thing, which events touched it as a whole (`null`) or in a member. */
const ledger = () => {
  const byThing = new Map<string, Map<string | null, number[]>>();
  const of = ({ thing, id }: Change) => byThing.get(`${thing} ${id}`) ?? new Map<string | null, number[]>();
  return {
    enter: (change: Change, version: number): void => {
      const members = of(change);
      members.set(change.member, [...(members.get(change.member) ?? []), version]);
      byThing.set(`${change.thing} ${change.id}`, members);
    },
    /** A thing that came or went did so by all that touched it. */
    touching: (change: Change): number[] => {
      const members = of(change);
      if (change.member === null) return [...members.values()].flat();
      return [...(members.get(null) ?? []), ...(members.get(change.member) ?? [])];
    },
  };
};

/**
 * What is otherwise at version `to` of a history than at version `from`, with the events between that changed it; 0 is
 * before the first event. What changed and changed back is not named.
 *
 * @throws RangeError for versions that the history does not have, or out of order
 */
export const difference = (history: readonly RecordedFact[], from: number, to: number): Difference => {
  if (from < 0 || from > to || to > history.length) throw new RangeError('no such versions');
  const before = fold(history.slice(0, from));
  const { enter, touching } = ledger();
  let after = before;
  for (const event of history.slice(from, to)) {
    const next = fold([event], after);
    for (const change of changes(after, next)) enter(change, event.version);
    after = next;
  }
  const causeOf = causes(history);
  return {
    before,
    after,
    changes: changes(before, after).map((change) => ({
      ...change,
      because: [...new Set(touching(change).flatMap(causeOf))].sort((a, b) => a - b),
    })),
  };
};

/** An event and those that it follows from, back to what somebody did or what passed. */
const causes = (history: readonly RecordedFact[]): ((version: number) => number[]) => {
  const places = new Map(history.map(({ eventId, version }) => [eventId, version]));
  return (version) => {
    const chain: number[] = [];
    for (let at: number | undefined = version; at !== undefined;) {
      chain.push(at);
      const { causationId }: RecordedFact = history[at - 1]!;
      at = causationId === null ? undefined : places.get(causationId);
    }
    return chain;
  };
};

/** The rule or norm behind an event, and the law that it cites; nulls where no law is behind it. */
export const lawBehind = (
  { type, procedureId, data }: Pick<RecordedFact, 'type' | 'procedureId' | 'data'>,
  state: DisputeState,
): { rule: string | null; basis: Basis | null } => {
  const deadline = state.deadlines[data['deadlineId'] as string];
  if (deadline) return { rule: deadline.rule, basis: deadline.basis };
  const procedure = procedureId === null ? undefined : state.procedures[procedureId];
  const definitions = [
    ...(procedure ? Object.values(procedureDefinition(procedure.procedure).actions) : []),
    ...Object.values(disputeActions),
  ];
  const rule = definitions.find(({ records }) => records === type)?.basis ?? null;
  const cited = data['basis'] as Basis | undefined;
  if (cited) return { rule: cited.rule ?? rule, basis: cited };
  const known = rule !== null && (findRule(rule) ?? findNorm(rule)) !== undefined;
  return { rule, basis: known ? basisOf(rule) : null };
};
