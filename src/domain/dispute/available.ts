import { findProcedure, procedureDefinition } from '../procedures/procedures.js';
import type { ActionDefinition } from '../procedures/definition.js';
import { basisOf } from '../rules/rule-book.js';
import type { Rule } from '../rules/rule.js';
import { allowed } from './access.js';
import { covers, type DecideContext, type Requester } from './context.js';
import { disputeActions } from './dispute-actions.js';
import { collectiveFrom, represented } from './collective.js';
import { openDeadlines, ruleFor } from './deadlines.js';
import type { Fields } from './fields.js';
import type { Basis } from './refusal.js';
import { routesNow, type OpenRoute } from './routes.js';
import type { DisputeState, ProcedureState } from './state.js';
import { awaitsUnionReply } from './union-actions.js';
import { beginWork } from './work.js';

/** An action that the requester may take now; whether it is refused for its content shows when it is asked for. */
export interface AvailableAction {
  action: string;
  procedureId: string | null;
  title: { zh: string; en: string };
  basis: Basis | null;
  fields: Fields;
}

const basis = (code: string | undefined): Basis | null => (code === undefined ? null : basisOf(code));

/** Where a guard would refuse whatever the body says, the action is not offered. */
const pointless: Readonly<Record<string, (state: DisputeState) => boolean>> = {
  'finish-backfill': (state) => !state.backfill,
  close: (state) => Object.values(state.procedures).some(({ status }) => status === 'open'),
  'request-handoff': (state) => Object.keys(state.procedures).length === 0,
  'resend-handoff': (state) => !Object.values(state.handoffs).some(({ status }) => status === 'returned'),
  'add-members': ({ type }) => type !== 'labour',
  'elect-representatives': ({ collective }) => collective === null || represented(collective).length < collectiveFrom,
  'record-member-consent': ({ collective }) => collective === null,
  'member-opt-out': ({ collective }) => collective === null,
  'issue-union-paper': ({ type }) => type !== 'labour',
  'record-union-reply': ({ deadlines }) => !awaitsUnionReply(deadlines),
};

type Pointless = (state: DisputeState, procedure: ProcedureState, context: DecideContext) => boolean;

/** Whether no clock that runs in the procedure is under a rule of which `holds` is true. */
const noClock =
  (holds: (law: Rule) => boolean): Pointless =>
  ({ deadlines }, { id }, context) =>
    !openDeadlines(deadlines).some(
      ({ procedureId, basis: law, rule, trigger }) =>
        procedureId === id && law !== null && holds(ruleFor(context, rule, trigger.on)),
    );

const unstoppable = noClock(({ suspension }) => suspension !== undefined);

const pointlessIn: Readonly<Record<string, Pointless>> = {
  'give-notice': (state, { id }) =>
    !Object.values(state.debts).some((debt) => debt.procedureId === id && debt.outstanding.length > 0),
  extend: noClock(({ extension }) => extension !== undefined),
  suspend: (state, procedure, context) => procedure.suspendedSince !== null || unstoppable(state, procedure, context),
  resume: (_, { suspendedSince }) => suspendedSince === null,
};

/** The routes that the requester could open a procedure by, as `open-procedure` will judge them. */
export const openableRoutes = (state: DisputeState, by: Requester): OpenRoute[] => {
  const theirs = Object.values(state.procedures).some(
    ({ organisations }) => by.organisation !== null && organisations.includes(by.organisation),
  );
  const regional =
    by.roles.some((role) => role === 'intake' || role === 'supervisor') &&
    (by.region === null || covers(by.region, state.region));
  return routesNow(state).permitted.filter(({ procedure, kind }) => {
    const definition = findProcedure(procedure);
    if (!definition || kind !== 'open' || state.status === 'closed') return false;
    if (regional) return true;
    const may = by.roles.some((role) => definition.opening.by.includes(role));
    return may && (by.organisation !== null || theirs || by.roles.includes('party'));
  });
};

const ofDispute = (state: DisputeState, context: DecideContext): AvailableAction[] => {
  const work = beginWork(state, context, context.now);
  return Object.entries(disputeActions).flatMap(([action, definition]): AvailableAction[] => {
    const { hidden, when, title, fields } = definition;
    if (hidden || (when !== 'any' && when !== state.status) || pointless[action]?.(state)) return [];
    const may =
      action === 'open-procedure'
        ? openableRoutes(state, context.by).length > 0
        : allowed(work, { scope: 'dispute', definition, procedureId: null }, { action, body: {} }) === null;
    return may ? [{ action, procedureId: null, title, basis: basis(definition.basis), fields }] : [];
  });
};

const availableIn = (state: DisputeState, procedure: ProcedureState, definition: ActionDefinition): boolean =>
  procedure.status === 'open' && state.status === 'open'
    ? definition.in === undefined || definition.in.includes(procedure.step)
    : definition.afterClose === true;

const ofProcedure = (state: DisputeState, procedure: ProcedureState, context: DecideContext): AvailableAction[] => {
  const work = beginWork(state, context, context.now);
  const { actions } = procedureDefinition(procedure.procedure);
  return Object.entries(actions).flatMap(([action, definition]): AvailableAction[] => {
    if (!availableIn(state, procedure, definition) || pointlessIn[action]?.(state, procedure, context)) return [];
    if (allowed(work, { scope: 'procedure', definition, procedure }, { action, body: {} })) return [];
    const { title, fields } = definition;
    return [{ action, procedureId: procedure.id, title, basis: basis(definition.basis), fields }];
  });
};

/** What the requester (`context.by`) may do now: in the dispute as a whole, then in each of its procedures. */
export const availableActions = (state: DisputeState, context: DecideContext): AvailableAction[] => [
  ...ofDispute(state, context),
  ...Object.values(state.procedures).flatMap((procedure) => ofProcedure(state, procedure, context)),
];
