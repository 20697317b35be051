import { isDeepStrictEqual } from 'node:util';
import type { DecidedEvent } from '../../src/domain/dispute/event.js';
import type { DisputeState, ProcedureOutcome, ProcedureState } from '../../src/domain/dispute/state.js';
import type { Work } from '../../src/domain/dispute/work.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import type { ProcedureCode } from '../../src/domain/routes/codes.js';
import { lookedAt } from './circumstances.js';

export type Trigger =
  { kind: 'opening' } | { kind: 'action'; action: string } | { kind: 'elapse'; rule: string } | { kind: 'receipt' };

/** A procedure goes from a step (null: it is being opened; `end:<outcome>`: it had ended) to a step, or ends with an outcome. */
export interface Move {
  from: string | null;
  to: { step: string } | { outcome: ProcedureOutcome };
}

/** What happens to another procedure of the dispute. */
export interface Elsewhere extends Move {
  procedure: ProcedureCode;
}

export interface Consequence {
  trigger: Trigger;
  moves: Move[];
  starts: string[];
  meets: string[];
  owes: string[];
  elsewhere: Elsewhere[];
  /** Types of the other events that it brings. */
  says: string[];
}

export type Consequences = ReadonlyMap<ProcedureCode, readonly Consequence[]>;

const sameTrigger = (trigger: Trigger): string => JSON.stringify(trigger);

/** Collects consequences by trigger, each once. */
export const collector = () => {
  const found = new Map<string, Consequence>();
  const add = <T>(list: T[], one: T) => {
    if (typeof one === 'string' ? list.includes(one) : list.some((other) => isDeepStrictEqual(other, one))) return;
    list.push(one);
  };
  const into = (trigger: Trigger): Consequence => {
    const key = sameTrigger(trigger);
    const known = found.get(key) ?? { trigger, moves: [], starts: [], meets: [], owes: [], elsewhere: [], says: [] };
    found.set(key, known);
    return known;
  };
  const note = (trigger: Trigger, stood: DisputeState, work: Work, own: string): void => {
    const to = into(trigger);
    const at: Record<string, string | null> = {};
    for (const event of work.events) {
      const moved = moveOf(event);
      const text = (name: string) => event.data[name] as string;
      if (moved && event.procedureId !== null) {
        const id = event.procedureId;
        const move: Move = { from: at[id] ?? placeOf(stood.procedures[id]), to: moved };
        if ('step' in moved) at[id] = moved.step;
        if (id === lookedAt) add(to.moves, move);
        else add(to.elsewhere, { procedure: work.state.procedures[id]!.procedure, ...move });
      }
      if (event.type === 'DeadlineStarted') add(to.starts, text('rule'));
      else if (event.type === 'DeadlineMet') add(to.meets, ruleOf(work.state, text('deadlineId')));
      else if (event.type === 'NoticeOwed') add(to.owes, text('notice'));
      else if (!moved && event.type !== own && !bookkeeping.has(event.type)) add(to.says, event.type);
    }
  };
  return { note, into, all: () => [...found.values()] };
};

/** Where a procedure stands: its step, or `end:` with its outcome. */
const placeOf = (procedure: ProcedureState | undefined): string | null => {
  if (!procedure) return null;
  return procedure.status === 'open' ? procedure.step : `end:${procedure.outcome}`;
};

/** Events of the engine's own accounts, which tell a reader of the law nothing. */
const bookkeeping = new Set([
  'DeadlineVoided',
  'DeadlineExtended',
  'DeadlineSuspended',
  'DeadlineResumed',
  'OverdueActDone',
  'DeadlineElapsed',
]);

const moveOf = ({ type, data }: DecidedEvent): Move['to'] | null => {
  if (type === 'StepEntered' || type === 'ProcedureReopened') return { step: data['step'] as string };
  if (type === 'ProcedureClosed') return { outcome: data['outcome'] as ProcedureOutcome };
  return null;
};

const ruleOf = (state: DisputeState, deadlineId: string): string => state.deadlines[deadlineId]!.rule;

/** Adds what the definition says as data, where no example circumstance allowed it: from every step in which it may be. */
export const withDeclared = (definition: ProcedureDefinition, found: Consequence): Consequence => {
  const { trigger } = found;
  if (found.moves.length > 0 || trigger.kind === 'opening' || trigger.kind === 'receipt') return found;
  const every = Object.keys(definition.steps);
  const action = trigger.kind === 'action' ? definition.actions[trigger.action] : undefined;
  const { to, closes } = action ?? (trigger.kind === 'elapse' ? (definition.elapses?.[trigger.rule] ?? {}) : {});
  const target: Move['to'] | undefined = closes ? { outcome: closes } : to ? { step: to } : undefined;
  if (!target) return found;
  const moves = (action?.in ?? every).filter((from) => from !== to).map((from) => ({ from, to: target }));
  return { ...found, moves };
};
