import type { ActionDefinition } from '../procedures/definition.js';
import { procedureDefinition, procedureDefinitions } from '../procedures/procedures.js';
import type { Request } from './decide.js';
import type { DisputeAction } from './dispute-action.js';
import { disputeActions } from './dispute-actions.js';
import type { Fields } from './fields.js';
import { refuse, type Refusal } from './refusal.js';
import type { DisputeState, ProcedureState } from './state.js';

/** What an action of a command is meant for: the dispute itself, or one of its procedures. */
export type Target =
  | { scope: 'dispute'; definition: DisputeAction; procedureId: string | null }
  | { scope: 'procedure'; definition: ActionDefinition; procedure: ProcedureState };

/** Is there such an action at all, in the dispute or in any procedure? */
export const actionExists = (action: string): boolean =>
  Object.hasOwn(disputeActions, action) ||
  procedureDefinitions.some((definition) => Object.hasOwn(definition.actions, action));

const isOpen = ({ status }: ProcedureState): boolean => status === 'open';

const availableIn = (procedure: ProcedureState, definition: ActionDefinition): boolean =>
  isOpen(procedure)
    ? definition.in === undefined || definition.in.includes(procedure.step)
    : definition.afterClose === true;

/** Which procedure an action is meant for: the one named, else the only one in which it can be done now. */
export const targetOf = (state: DisputeState, request: Pick<Request, 'action' | 'procedureId'>): Target | Refusal => {
  const { action, procedureId } = request;
  if (procedureId !== undefined && !state.procedures[procedureId])
    return refuse('unknown-procedure', { pointer: '/procedureId' });
  const own = Object.hasOwn(disputeActions, action) ? disputeActions[action] : undefined;
  if (own) {
    if (!own.inProcedure) return { scope: 'dispute', definition: own, procedureId: null };
    if (procedureId !== undefined) return { scope: 'dispute', definition: own, procedureId };
    const open = Object.values(state.procedures).filter(isOpen);
    if (open.length > 1 && action === 'withdraw') return refuse('procedure-ambiguous', { pointer: '/procedureId' });
    return { scope: 'dispute', definition: own, procedureId: open.at(-1)?.id ?? null };
  }
  const having = Object.values(state.procedures).filter((one) =>
    Object.hasOwn(procedureDefinition(one.procedure).actions, action),
  );
  const meant = procedureId === undefined ? having : having.filter(({ id }) => id === procedureId);
  const able = meant.filter((one) => availableIn(one, procedureDefinition(one.procedure).actions[action]!));
  const [procedure] = able;
  if (able.length === 1 && procedure)
    return {
      scope: 'procedure',
      definition: procedureDefinition(procedure.procedure).actions[action]!,
      procedure,
    };
  if (able.length > 1) {
    const open = able.filter(isOpen);
    if (open.length === 1)
      return {
        scope: 'procedure',
        definition: procedureDefinition(open[0]!.procedure).actions[action]!,
        procedure: open[0]!,
      };
    return refuse('procedure-ambiguous', { pointer: '/procedureId' });
  }
  const closed = meant.length > 0 && meant.every((one) => !isOpen(one));
  return refuse(closed ? 'procedure-closed' : 'action-not-available');
};

/**
 * The fields and lateness of an action: of its target where there is one now; else, since legal time may yet change
 * what is possible, of the latest procedure that has it.
 */
export const fieldsOf = (
  state: DisputeState,
  request: Request,
): { fields: Fields; aside: boolean } | { refused: Refusal } => {
  const own = Object.hasOwn(disputeActions, request.action) ? disputeActions[request.action] : undefined;
  if (own) return { fields: own.fields, aside: own.aside === true };
  const target = targetOf(state, request);
  if (!('code' in target)) return { fields: target.definition.fields, aside: false };
  const named = request.procedureId === undefined ? undefined : state.procedures[request.procedureId];
  const having = (named ? [named] : Object.values(state.procedures).reverse()).find((one) =>
    Object.hasOwn(procedureDefinition(one.procedure).actions, request.action),
  );
  if (having) return { fields: procedureDefinition(having.procedure).actions[request.action]!.fields, aside: false };
  if (request.procedureId !== undefined && !named)
    return { refused: refuse('unknown-procedure', { pointer: '/procedureId' }) };
  return { refused: refuse('action-not-available') };
};
