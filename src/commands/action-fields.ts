import { disputeActions } from '../domain/dispute/dispute-actions.js';
import { targetOf } from '../domain/dispute/target.js';
import type { Fields } from '../domain/dispute/fields.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { procedureDefinition, procedureDefinitions } from '../domain/procedures/procedures.js';

/** The fields of an action that no procedure of the dispute has: it will be refused whatever its body. */
export const noFields: Fields = {};

/**
 * The fields of an action in the state at hand: of the procedure it is meant for, else those of the latest procedure
 * that has it, else `noFields`.
 */
export const actionFields = (state: DisputeState | null, action: string, procedureId?: string): Fields => {
  const own = Object.hasOwn(disputeActions, action) ? disputeActions[action] : undefined;
  if (own) return own.fields;
  const target = state && targetOf(state, { action, procedureId });
  if (target && !('code' in target)) return target.definition.fields;
  const all = Object.values(state?.procedures ?? {}).reverse();
  const open = [...all.filter(({ status }) => status === 'open'), ...all.filter(({ status }) => status !== 'open')];
  const named = procedureId === undefined ? open : open.filter(({ id }) => id === procedureId);
  for (const { procedure } of named) {
    const found = procedureDefinition(procedure).actions[action];
    if (found) return found.fields;
  }
  return noFields;
};

/** Every procedure's version of an action, for the schema of its path in the OpenAPI document. */
export const fieldVariants = (action: string): { procedure: string | null; fields: Fields }[] => {
  const own = Object.hasOwn(disputeActions, action) ? disputeActions[action] : undefined;
  if (own) return [{ procedure: null, fields: own.fields }];
  return procedureDefinitions.flatMap(({ code, actions }) =>
    actions[action] ? [{ procedure: code, fields: actions[action].fields }] : [],
  );
};

/** All public actions by name: those of the dispute, then those of the procedures. */
export const publicActions = (): string[] => [
  ...Object.entries(disputeActions)
    .filter(([, { hidden }]) => !hidden)
    .map(([name]) => name),
  ...new Set(
    procedureDefinitions.flatMap(({ actions }) =>
      Object.entries(actions)
        .filter(([, { by }]) => by.some((role) => role !== 'system'))
        .map(([name]) => name),
    ),
  ),
];
