import { addDays, startOfDay } from '../calendar/civil-date.js';
import { isOverdue } from '../dispute/deadlines.js';
import { dateOf } from '../dispute/occurred.js';
import { instantOf } from '../dispute/work.js';
import type { Deadline, DisputeState, Occurred, ProcedureState } from '../dispute/state.js';
import type { Profile } from '../profiles/profile.js';
import { procedureDefinition } from '../procedures/procedures.js';

/** Why a dispute does not move, where people must act. The engine's own reasons are found where the engine is watched. */
export const stallReasons = {
  'no-owner': { zh: '无责任人', en: 'nobody is responsible' },
  'awaiting-acceptance': { zh: '待受理或待接收', en: 'acceptance is awaited' },
  'awaiting-party': { zh: '待当事人', en: 'a party is awaited' },
  'awaiting-body': { zh: '待承办机构', en: 'the body in charge is awaited' },
  'no-progress': { zh: '长期无进展', en: 'no progress' },
  'deadline-overdue': { zh: '机构逾期', en: 'a body is overdue' },
  'handoff-unacknowledged': { zh: '移送未签收', en: 'a handoff is not acknowledged' },
  'handoff-returned': { zh: '移送被退回', en: 'a handoff was returned' },
  'suspended-too-long': { zh: '中止过久', en: 'suspended for too long' },
  'order-unanswered': { zh: '督办未回复', en: 'a supervisor’s order is unanswered' },
} as const;
export type StallReason = keyof typeof stallReasons;

export interface Stall {
  reason: StallReason;
  /** Since when nothing has moved. */
  since: string;
  /** From when on it counts as stalled; later than now: it does not yet. */
  at: string;
  waitingFor: { role: string; organisation: string | null };
  procedureId: string | null;
  /** Rule codes, steps and handoffs that explain it; never text. */
  detail: { rule?: string; step?: string; handoffId?: string; due?: string };
  suggestedActions: string[];
}

const after = (since: Occurred, days: number): string => startOfDay(addDays(dateOf(since), days));

const ofHandoffs = (state: DisputeState, profile: Profile): Stall[] =>
  Object.values(state.handoffs).flatMap((handoff): Stall[] => {
    const { handoffId, procedureId, from, to } = handoff;
    const common = { procedureId, detail: { handoffId } };
    if (handoff.status === 'escalated' && handoff.escalatedAt)
      return [
        {
          ...common,
          reason: 'handoff-unacknowledged',
          since: instantOf(handoff.requestedAt),
          at: instantOf(handoff.escalatedAt),
          waitingFor: { role: 'court-clerk', organisation: to.code },
          suggestedActions: ['accept-handoff', 'return-handoff'],
        },
      ];
    if (handoff.status === 'returned' && handoff.returned) {
      const days = profile.stallAfterDays['handoff-returned'];
      return [
        {
          ...common,
          reason: 'handoff-returned',
          since: instantOf(handoff.returned.on),
          at: after(handoff.returned.on, days),
          waitingFor: { role: 'mediator', organisation: from.code },
          suggestedActions: ['resend-handoff', 'add-evidence', 'withdraw'],
        },
      ];
    }
    return [];
  });

const ofDeadline = (state: DisputeState, deadline: Deadline): Stall[] => {
  const procedure = deadline.procedureId === null ? undefined : state.procedures[deadline.procedureId];
  if (!isOverdue(deadline) || procedure?.status !== 'open' || deadline.rule.startsWith('SL-')) return [];
  const definition = procedureDefinition(procedure.procedure);
  const awaited = Object.entries(definition.actions).filter(([, action]) => action.meets?.includes(deadline.rule));
  return [
    {
      reason: 'deadline-overdue',
      since: deadline.dueAt,
      at: deadline.dueAt,
      procedureId: procedure.id,
      waitingFor: {
        role: definition.steps[procedure.step]!.waitsFor.role,
        organisation: procedure.body.code,
      },
      detail: { rule: deadline.rule, due: deadline.due, step: procedure.step },
      suggestedActions: awaited.map(([name]) => name),
    },
  ];
};

const ofProcedure = (procedure: ProcedureState, profile: Profile): Stall[] => {
  if (procedure.status !== 'open') return [];
  const definition = procedureDefinition(procedure.procedure);
  const step = definition.steps[procedure.step]!;
  const { who, role } = step.waitsFor;
  if (who === 'nobody') return [];
  const organisation = who === 'parties' ? null : procedure.body.code;
  const common = {
    procedureId: procedure.id,
    waitingFor: { role, organisation },
    detail: { step: procedure.step },
  };
  if (procedure.suspendedSince) {
    const since = procedure.suspendedSince;
    return [
      {
        ...common,
        reason: 'suspended-too-long',
        since: instantOf(since),
        at: after(since, profile.stallAfterDays['suspended-too-long']),
        suggestedActions: ['resume'],
      },
    ];
  }
  const possible = Object.entries(definition.actions).filter(([, action]) => action.in?.includes(procedure.step));
  return [
    {
      ...common,
      reason: step.stalls,
      since: instantOf(procedure.stepSince),
      at: after(procedure.stepSince, profile.stallAfterDays[step.stalls]),
      suggestedActions: possible
        .filter(([, action]) => action.by.some((one) => one !== 'system'))
        .map(([name]) => name),
    },
  ];
};

/**
 * The first reason for which this dispute counts, or will count, as stalled: computed at every append, so that the list
 * of stalled disputes is a query by time and needs no job. Null for a closed dispute and one that is being backfilled.
 */
export const stall = (state: DisputeState, profile: Profile): Stall | null => {
  if (state.status === 'closed' || state.backfill) return null;
  const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
  const candidates: Stall[] = [
    ...ofHandoffs(state, profile),
    ...Object.values(state.deadlines).flatMap((deadline) => ofDeadline(state, deadline)),
    ...open.flatMap((procedure) => ofProcedure(procedure, profile)),
  ];
  if (state.owner.account === null && open.length === 0 && Object.keys(state.procedures).length === 0) {
    const organisation = state.owner.organisation;
    candidates.push({
      reason: 'no-owner',
      since: instantOf(state.registeredOn),
      at: after(state.registeredOn, profile.stallAfterDays['no-owner']),
      procedureId: null,
      waitingFor: { role: 'supervisor', organisation },
      detail: {},
      suggestedActions: ['assign', 'open-procedure'],
    });
  }
  // Where somebody in particular is waited for, that is the reason, however long ago the last fact was.
  if (open.length === 0 && candidates.length === 0)
    candidates.push({
      reason: 'no-progress',
      since: instantOf(state.lastFact),
      at: after(state.lastFact, profile.stallAfterDays['no-progress']),
      procedureId: null,
      waitingFor: { role: 'mediator', organisation: state.owner.organisation },
      detail: {},
      suggestedActions: ['open-procedure', 'close'],
    });
  const first = candidates.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0];
  return first ?? null;
};
