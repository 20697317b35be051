import { fold } from '../domain/dispute/evolve.js';
import { foldVersion } from '../domain/dispute/event.js';
import type { EventType } from '../domain/dispute/event-types.js';
import type { Deadline, DisputeState, Handoff, ProcedureState } from '../domain/dispute/state.js';
import { upcast } from '../domain/dispute/upcast.js';
import type { ProjectedEvent } from './projection.js';

/**
 * Projections of disputes are folded by the domain's own fold, over the events they name, and keep of the state what
 * they need. What is kept has the shape of a dispute's state, with the rest left out.
 */
export type Course = DisputeState;

/** Streams of disputes; refusals and whatever else there is are in others. */
export const disputeStreams = 'dispute-';

/** A projection's version, of which the domain's fold is a part. */
export const versionOver = (own: number): number => foldVersion * 1_000 + own;

/** One more event, in the present shape of its type. Throws `UnknownEvent` for one that newer code wrote. */
export const follow = (course: Course | null, event: ProjectedEvent): Course | null =>
  course === null && event.type !== ('DisputeRegistered' satisfies EventType) ? null : fold([upcast(event)], course);

/**
 * As `follow`. A period that starts anew after it has elapsed has the same id: the elapse stays, under an id of its
 * own, since it did happen.
 */
export const followElapses = (course: Course | null, event: ProjectedEvent): Course | null => {
  const id = event.type === ('DeadlineStarted' satisfies EventType) ? event.data['deadlineId'] : null;
  const before = typeof id === 'string' ? course?.deadlines[id] : undefined;
  if (course === null || before?.status !== 'elapsed') return follow(course, event);
  const deadlines = { ...course.deadlines, [`${before.deadlineId}#${before.generation}`]: before };
  return follow({ ...course, deadlines }, event);
};

/** Which procedure, in which step, where, until when. */
export const procedureOutline = (one: ProcedureState): ProcedureState =>
  ({
    id: one.id,
    procedure: one.procedure,
    status: one.status,
    step: one.step,
    stepSince: one.stepSince,
    body: { code: one.body.code, name: null },
    organisations: [],
    openedOn: one.openedOn,
    closedOn: one.closedOn,
    outcome: one.outcome,
    neutrals: [],
  }) as unknown as ProcedureState;

export const deadlineOutline = (one: Deadline): Deadline =>
  ({
    deadlineId: one.deadlineId,
    rule: one.rule,
    kind: one.kind,
    holder: one.holder,
    subject: one.subject,
    procedureId: one.procedureId,
    generation: one.generation,
    trigger: { fact: one.trigger.fact, on: one.trigger.on },
    due: one.due,
    dueAt: one.dueAt,
    status: one.status,
    doneLateOn: one.doneLateOn,
  }) as unknown as Deadline;

export const handoffOutline = (one: Handoff): Handoff =>
  ({
    handoffId: one.handoffId,
    procedureId: one.procedureId,
    from: { code: one.from.code, name: null },
    to: { code: one.to.code, name: null },
    status: one.status,
    attempt: one.attempt,
    urges: one.urges,
    requestedAt: one.requestedAt,
    acceptedOn: one.acceptedOn,
    returned: one.returned === null ? null : { on: one.returned.on },
  }) as unknown as Handoff;

/** The members of a record that are to be kept, each in outline. */
export const outlines = <T>(
  of: Readonly<Record<string, T>>,
  outline: (one: T) => T,
  keep: (one: T) => boolean = () => true,
): Record<string, T> => {
  const kept: Record<string, T> = {};
  for (const [id, one] of Object.entries(of)) if (keep(one)) kept[id] = outline(one);
  return kept;
};

/** The matter as a whole, with nothing in it yet. */
export const courseOutline = (course: Course): Course =>
  ({
    id: course.id,
    version: 0,
    type: course.type,
    region: course.region,
    status: course.status,
    backfill: course.backfill,
    registeredOn: course.registeredOn,
    closedOn: course.closedOn,
    lastFact: course.registeredOn,
    owner: { organisation: null, account: null, name: null },
    parties: [],
    collective: null,
    procedures: {},
    deadlines: {},
    handoffs: {},
    debts: {},
  }) as unknown as Course;

/** Still running, or elapsed: it may yet elapse, or its elapse be reversed. */
export const mayElapse = ({ status }: Deadline): boolean =>
  status === 'running' || status === 'suspended' || status === 'elapsed';

export const deadlineEvents = [
  'DeadlineStarted',
  'DeadlineMet',
  'DeadlineElapsed',
  'DeadlineElapseReversed',
  'DeadlineVoided',
  'DeadlineSuspended',
  'DeadlineResumed',
  'DeadlineExtended',
  'DeadlineRecomputed',
] as const satisfies readonly EventType[];

export const handoffEvents = [
  'HandoffRequested',
  'HandoffDelivered',
  'HandoffEscalated',
  'HandoffAccepted',
  'HandoffReturned',
  'HandoffResent',
  'HandoffCancelled',
] as const satisfies readonly EventType[];

/** The beginning and the end of the matter and of its procedures. */
export const outlineEvents = [
  'DisputeRegistered',
  'DisputeClosed',
  'DisputeReopened',
  'ProcedureOpened',
  'ProcedureClosed',
  'ProcedureReopened',
  'ProcedureRestated',
  'JudgmentBecameEffective',
] as const satisfies readonly EventType[];
