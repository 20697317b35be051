import { organisationsOf } from '../domain/dispute/access.js';
import { openDeadlines } from '../domain/dispute/deadlines.js';
import { foldVersion } from '../domain/dispute/event.js';
import type { DisputeState, Handoff } from '../domain/dispute/state.js';
import { instantOf } from '../domain/dispute/work.js';
import { plan, planCode } from '../domain/plan/plan.js';
import { stall } from '../domain/stall/stall.js';
import type { DecideContext } from '../domain/dispute/context.js';
import type { DisputeWrite, HandoffRow, JsonObject, StallRow } from '../store/contract.js';

const json = (value: unknown): JsonObject => value as JsonObject;

const handoffRow = (state: DisputeState, handoff: Handoff): HandoffRow => ({
  handoffId: handoff.handoffId,
  procedureId: handoff.procedureId,
  fromOrganisation: handoff.from.code,
  toOrganisation: handoff.to.code,
  status: handoff.status,
  requestedAt: instantOf(handoff.requestedAt),
  dueAt: dueOf(state, handoff),
  view: json(handoff),
});

/** When a handoff's receipt is due: its running service level. */
export const dueOf = (state: DisputeState, handoff: Handoff): string | null =>
  openDeadlines(state.deadlines).find(({ rule, subject }) => rule === 'SL-HANDOFF' && subject === handoff.handoffId)
    ?.dueAt ?? null;

const stallRow = (state: DisputeState, context: DecideContext): StallRow | null => {
  const found = stall(state, context.profile);
  if (!found) return null;
  const { reason, since, at, waitingFor, procedureId, detail, suggestedActions } = found;
  return {
    at,
    since,
    reason,
    role: waitingFor.role,
    organisation: waitingFor.organisation,
    detail: json({ procedureId, ...detail, suggestedActions }),
  };
};

/** The inline read model that goes with an append: what a command's author must see at once. */
export const writeOf = (before: DisputeState | null, after: DisputeState, context: DecideContext): DisputeWrite => {
  const next = plan(after, context.calendar);
  const open = Object.values(after.procedures).filter(({ status }) => status === 'open');
  const deadlinesChanged = before?.deadlines !== after.deadlines;
  return {
    disputeId: after.id,
    state: json(after),
    foldVersion,
    planCode,
    planChanged: before === null || JSON.stringify(plan(before, context.calendar)) !== JSON.stringify(next),
    nextDue: next.nextDue,
    index: {
      caseCode: after.caseCode,
      type: after.type,
      region: after.region,
      status: after.status,
      ownerOrganisation: after.owner.organisation,
      ownerPerson: after.owner.account,
      registeredOn: after.registeredOn,
      procedures: open.map(({ procedure }) => procedure),
      steps: open.map(({ step }) => step),
      organisations: organisationsOf(after),
      accounts: [
        ...after.parties.flatMap(({ account }) => (account === null ? [] : [account])),
        ...Object.values(after.procedures).flatMap(({ neutrals }) => neutrals.map(({ account }) => account)),
      ],
    },
    stall: stallRow(after, context),
    deadlines: deadlinesChanged
      ? openDeadlines(after.deadlines).map((one) => ({
          deadlineId: one.deadlineId,
          procedureId: one.procedureId,
          rule: one.rule,
          kind: one.kind,
          holder: one.holder,
          status: one.status as 'running' | 'suspended',
          due: one.due,
          dueAt: one.dueAt,
        }))
      : null,
    handoffs: Object.values(after.handoffs)
      .filter((one) => deadlinesChanged || before?.handoffs[one.handoffId] !== one)
      .map((one) => handoffRow(after, one)),
  };
};
