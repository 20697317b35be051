import { startOfDay } from '../calendar/civil-date.js';
import { countPeriod } from '../calendar/count.js';
import type { Calendar } from '../calendar/calendar.js';
import { openDeadlines } from '../dispute/deadlines.js';
import type { Deadline, DisputeState } from '../dispute/state.js';
import type { ServiceLevelCode } from '../profiles/profile.js';
import { profileOf } from '../profiles/profiles.js';
import { nextToInvite } from '../procedures/pre-filing-mediation.js';
import { procedureDefinition } from '../procedures/procedures.js';
import type { ProcedureCode } from '../routes/codes.js';

/**
 * Version of the plan's code: raise it when the same state gives another plan, and the relay queues every dispute
 * whose plan was made by older code.
 */
export const planCode = 1;

/**
 * `time-passes` `await-answer` `await-receipt` `follow-up`: a clock; at `at` the engine says that it is now that
 * instant, and the stream decides what follows. `invite` `remind` `deliver-handoff`: an act of the engine's own, due
 * from `at` on.
 */
export type ObligationKind =
  'time-passes' | 'await-answer' | 'await-receipt' | 'follow-up' | 'invite' | 'remind' | 'deliver-handoff';

export interface PlannedObligation {
  id: string;
  kind: ObligationKind;
  procedureId: string | null;
  handoffId: string | null;
  step: string | null;
  /** Who is waited for. */
  role: string;
  /** Rule code, or seat: what an operator reads beside the kind. Never a name, never text. */
  subject: string;
  /** Instant from which it is to be done. */
  at: string;
  /** Instant at which waiting ends, for what waits. */
  until: string | null;
  attempt: number;
  max: number;
}

export interface PlannedProcedure {
  id: string;
  procedure: ProcedureCode;
  joint: boolean;
  step: string;
  waitingFor: string;
}

/** What the engine owes for one dispute. A pure function of the state: ids, codes and instants only. */
export interface Plan {
  status: 'open' | 'closed';
  type: string;
  region: string;
  procedures: PlannedProcedure[];
  /** Handoffs that are not at rest. */
  handoffs: string[];
  obligations: PlannedObligation[];
  /** The nearest instant at which anything is due. */
  nextDue: string | null;
}

const clockKind = (rule: string): ObligationKind => {
  switch (rule) {
    case 'SL-INVITATION':
    case 'SL-DESIGNATION':
      return 'await-answer';
    case 'SL-HANDOFF':
      return 'await-receipt';
    case 'SL-FOLLOW-UP':
      return 'follow-up';
    default:
      return 'time-passes';
  }
};

/** Working days before an institution's period passes at which its body is warned. */
const warningLead = 3;

/** How often a service level may pass before the matter is escalated; a period of law passes once. */
const attemptsOf = (state: DisputeState, { rule, generation }: Deadline): number =>
  profileOf(state.profile.code)?.serviceLevels[rule as ServiceLevelCode]?.attempts ?? generation;

const base = (state: DisputeState, deadline: Deadline) => {
  const procedure = deadline.procedureId === null ? undefined : state.procedures[deadline.procedureId];
  return {
    procedureId: deadline.procedureId,
    handoffId: null,
    step: procedure?.step ?? null,
    role: procedure ? procedureDefinition(procedure.procedure).steps[procedure.step]!.waitsFor.role : 'party',
    subject: deadline.rule,
    attempt: deadline.generation,
    max: attemptsOf(state, deadline),
  };
};

const clockOf = (state: DisputeState, deadline: Deadline): PlannedObligation => ({
  ...base(state, deadline),
  id: `elapse:${deadline.deadlineId}:${deadline.generation}`,
  kind: clockKind(deadline.rule),
  handoffId: deadline.rule === 'SL-HANDOFF' ? deadline.subject : null,
  at: deadline.dueAt,
  until: deadline.dueAt,
});

const warningOf = (state: DisputeState, deadline: Deadline, calendar: Calendar): PlannedObligation[] => {
  if (deadline.kind !== 'institution' || deadline.warnedOn !== null) return [];
  const lead = countPeriod({
    from: deadline.due,
    amount: warningLead,
    unit: 'WD',
    direction: 'backward',
    calendar,
  }).due;
  // A period no longer than the warning's own lead would be warned of as it starts: that is noise.
  if (lead <= deadline.trigger.on) return [];
  return [
    {
      ...base(state, deadline),
      id: `remind:${deadline.deadlineId}:${deadline.generation}`,
      kind: 'remind',
      at: startOfDay(lead),
      until: null,
    },
  ];
};

/** What the engine owes now and when. A closed dispute, or one being typed in from paper, is owed nothing. */
export const plan = (state: DisputeState, calendar: Calendar): Plan => {
  const still = state.status === 'closed' || state.backfill;
  const obligations: PlannedObligation[] = [];
  if (!still) {
    for (const deadline of openDeadlines(state.deadlines)) {
      if (deadline.status !== 'running') continue;
      obligations.push(clockOf(state, deadline), ...warningOf(state, deadline, calendar));
    }
    for (const procedure of Object.values(state.procedures)) {
      if (procedure.status !== 'open') continue;
      for (const { seat, attempt } of nextToInvite({ procedure }))
        obligations.push({
          id: `invite:${procedure.id}:${seat}:${attempt}`,
          kind: 'invite',
          procedureId: procedure.id,
          handoffId: null,
          step: procedure.step,
          role: 'adviser',
          subject: seat,
          at: instantOfStep(procedure.stepSince),
          until: null,
          attempt,
          max: procedure.neutrals.filter((one) => one.seat === seat).length,
        });
    }
    for (const handoff of Object.values(state.handoffs)) {
      if (handoff.status !== 'requested') continue;
      obligations.push({
        id: `deliver:${handoff.handoffId}:${handoff.attempt}`,
        kind: 'deliver-handoff',
        procedureId: handoff.procedureId,
        handoffId: handoff.handoffId,
        step: state.procedures[handoff.procedureId]?.step ?? null,
        role: 'court-clerk',
        subject: 'handoff',
        at: instantOfStep(handoff.requestedAt),
        until: null,
        attempt: handoff.attempt,
        max: 10,
      });
    }
  }
  obligations.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  return {
    status: state.status,
    type: state.type,
    region: state.region,
    procedures: still ? [] : openProcedures(state),
    handoffs: still
      ? []
      : Object.values(state.handoffs)
          .filter(atWork)
          .map(({ handoffId }) => handoffId),
    obligations,
    nextDue: obligations[0]?.at ?? null,
  };
};

const atWork = ({ status }: { status: string }) => ['requested', 'delivered', 'escalated'].includes(status);

const instantOfStep = (occurred: string): string => (occurred.length === 10 ? startOfDay(occurred) : occurred);

const openProcedures = (state: DisputeState): PlannedProcedure[] =>
  Object.values(state.procedures)
    .filter(({ status }) => status === 'open')
    .map(({ id, procedure, joint, step }) => ({
      id,
      procedure,
      joint,
      step,
      waitingFor: procedureDefinition(procedure).steps[step]!.waitsFor.role,
    }));
