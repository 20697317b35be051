import { civilDateOf, isCivilDate, type CivilDate } from '../calendar/civil-date.js';
import { basisOf } from '../rules/rule-book.js';
import { allowed } from './access.js';
import { bindingProblem } from './collective.js';
import type { DecideContext } from './context.js';
import { corrects } from './corrects.js';
import { courseOf } from './course.js';
import { endOfDay } from './deadlines.js';
import { erasedProblem } from './erase-subject.js';
import type { DecidedEvent } from './event.js';
import { dateOf } from './occurred.js';
import type { Field, Fields, Sealed } from './fields.js';
import { refuse, type Refusal } from './refusal.js';
import type { DisputeState, Occurred } from './state.js';
import { fieldsOf, targetOf, type Target } from './target.js';
import { passTime } from './time.js';
import { beginWork, following, instantOf, isAfter, record, type Work } from './work.js';

/** A command on one dispute, its texts and names already sealed. */
export interface Request {
  action: string;
  body: Record<string, unknown>;
  procedureId?: string | undefined;
  occurredAt?: string | undefined;
  note?: Sealed | undefined;
  documentId?: string | undefined;
}

/**
 * What comes of a command: events to append, and, where it was refused, why. The elapses that legal time brought
 * before it stand in either case.
 */
export interface Decision {
  events: DecidedEvent[];
  state: DisputeState;
  refusal: Refusal | null;
  /** True where the fact lies before recorded ones: it must be decided on the stream (see `decideLate`). */
  late?: true;
}

const legalDateField = (fields: Fields): string | undefined =>
  Object.entries(fields).find(([, field]) => field.type === 'date' && field.legal)?.[0];

export interface When {
  at: Occurred;
  on: CivilDate;
}

/** When it occurred: the action's own legal date if given, else `occurredAt`, else now. */
export const whenOf = (
  state: DisputeState,
  { fields, aside }: { fields: Fields; aside: boolean },
  request: Pick<Request, 'body' | 'occurredAt'>,
  now: string,
): When | Refusal => {
  const field = legalDateField(fields);
  const legal = field === undefined ? undefined : (request.body[field] as CivilDate | undefined);
  const { occurredAt } = request;
  if (legal !== undefined && occurredAt !== undefined && dateOf(occurredAt) !== legal)
    return refuse('date-contradiction', { pointer: '/occurredAt' });
  if (state.backfill && !aside && legal === undefined && occurredAt === undefined)
    return refuse('date-required', { pointer: field === undefined ? '/occurredAt' : `/${field}` });
  const today = civilDateOf(now);
  // Of today without a time, it occurred now: the order of the day is that in which it was recorded.
  const at = occurredAt ?? (legal === undefined || legal === today ? now : legal);
  const on = dateOf(at);
  if (on > today || (!isCivilDate(at) && isAfter(at, now)))
    return refuse('date-in-future', { pointer: field && legal ? `/${field}` : '/occurredAt' });
  if (on < state.registeredOn)
    return refuse('date-before-dispute', { pointer: field && legal ? `/${field}` : '/occurredAt' });
  return { at, on };
};

/** Every party and document that the body names must exist. */
const referencesProblem = (
  state: DisputeState,
  fields: Fields,
  body: Record<string, unknown>,
  path = '',
): Refusal | null => {
  const check = (field: Field, value: unknown, pointer: string): Refusal | null => {
    if (value === undefined || value === null) return null;
    switch (field.type) {
      case 'party':
        return state.parties.some(({ ref }) => ref === value) ? null : refuse('unknown-party', { pointer });
      case 'document':
        return Object.hasOwn(state.documents, value as string) ? null : refuse('unknown-document', { pointer });
      case 'list':
        for (const [index, item] of (value as unknown[]).entries()) {
          const problem = check(field.of, item, `${pointer}/${index}`);
          if (problem) return problem;
        }
        return null;
      case 'object':
        return referencesProblem(state, field.fields, value as Record<string, unknown>, pointer);
      default:
        return null;
    }
  };
  for (const [name, field] of Object.entries(fields)) {
    const problem = check(field, body[name], `${path}/${name}`);
    if (problem) return problem;
  }
  return null;
};

/** What law and lifecycle have against it; asked before the role. */
export const lawSays = (work: Work, target: Target, body: Record<string, unknown>, on: CivilDate): Refusal | null => {
  const { state } = work;
  if (target.scope === 'dispute') {
    const { definition, procedureId } = target;
    if (definition.when === 'open' && state.status === 'closed')
      return refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] });
    if (definition.when === 'closed' && state.status === 'open') return refuse('dispute-open');
    const problem = referencesProblem(state, definition.fields, body);
    return problem ?? definition.guard?.(work, body as never, procedureId) ?? null;
  }
  const { definition, procedure } = target;
  if (state.status === 'closed' && !definition.afterClose)
    return refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] });
  const problem = referencesProblem(state, definition.fields, body);
  if (problem) return problem;
  const unbound = definition.binds ? bindingProblem(state) : null;
  const refusal = unbound ?? definition.guard?.(courseOf(work, procedure.id), body as never, on) ?? null;
  return refusal && definition.basis && !refusal.basis ? { ...refusal, basis: basisOf(definition.basis) } : refusal;
};

/** Records the fact and what follows from it. */
const perform = (work: Work, target: Target, body: Record<string, unknown>, on: CivilDate): void => {
  if (target.scope === 'dispute') {
    const { definition, procedureId } = target;
    const index = work.events.length;
    if (definition.perform) definition.perform(work, body as never, on, procedureId);
    else record(work, definition.records, body, definition.inProcedure ? procedureId : null);
    following(work, index, () => definition.then?.(work, body as never, on, procedureId));
    return;
  }
  const { definition, procedure } = target;
  const legal = legalDateField(definition.fields);
  const data = legal === undefined ? body : { ...body, [legal]: on };
  const index = record(work, definition.records, data, procedure.id);
  following(work, index, () => {
    const course = courseOf(work, procedure.id);
    const party = typeof body['party'] === 'string' ? body['party'] : undefined;
    for (const rule of definition.meets ?? []) course.meet(rule);
    if (definition.to && course.procedure.status === 'open') course.enter(definition.to);
    for (const start of definition.starts ?? []) course.start(start, on, party);
    if (definition.closes) course.close(definition.closes, on);
    for (const notice of definition.owes ?? []) course.owe(notice);
    definition.then?.(course, data as never, on);
  });
};

/** Decides one request at a moment of the work's own state, with or without asking who it is that asks. */
export const decideAt = (
  work: Work,
  request: Request,
  when: When,
  options: { trusted?: true } = {},
): Refusal | null => {
  work.at = when.at;
  work.cause = null;
  const target = targetOf(work.state, request);
  if ('code' in target) return target;
  const refusal = lawSays(work, target, request.body, when.on);
  if (refusal) return refusal;
  if (!options.trusted) {
    const erased = erasedProblem(work.state, target.definition.fields, request.body);
    if (erased) return erased;
    const denied = allowed(work, target, request);
    if (denied) return denied;
  }
  const index = work.events.length;
  perform(work, target, request.body, when.on);
  if (request.note) following(work, index, () => void record(work, 'NoteAdded', { text: request.note }, null));
  return null;
};

/**
 * Decides a command: legal time passes up to it, then law and lifecycle are asked, then the role, and the fact is
 * recorded with its consequences. Pure: now, the actor, the calendar and the rules come in by `context`.
 */
export const decide = (state: DisputeState, request: Request, context: DecideContext): Decision => {
  const work = beginWork(state, context, context.now);
  const done = (refusal: Refusal | null): Decision => ({ events: work.events, state: work.state, refusal });
  const fields = fieldsOf(state, request);
  if ('refused' in fields) return done(fields.refused);
  const when = whenOf(state, fields, request, context.now);
  if ('code' in when) return done(when);
  const late =
    corrects(request) || (!fields.aside && (when.on < dateOf(state.lastFact) || precedesElapse(state, when)));
  if (late) return { ...done(null), late: true };
  if (!fields.aside || !state.backfill) passTime(work, fields.aside ? context.now : instantOf(when.at));
  return done(decideAt(work, request, when));
};

/** Whether a period of law that is recorded as elapsed was still running when it occurred. */
const precedesElapse = (state: DisputeState, { at, on }: When): boolean =>
  Object.values(state.deadlines).some(
    ({ status, basis, dueAt, due, unit }) =>
      status === 'elapsed' &&
      basis !== null &&
      // Of a day without an hour, it was in time on the last day, in its business hours too.
      (!isCivilDate(at) ? isAfter(dueAt, at) : unit === 'H' ? !isAfter(endOfDay(on), dueAt) : on <= due),
  );

/** Legal time passes to `at` for a dispute that is open and not being backfilled. No events where nothing is due. */
export const letTimePass = (state: DisputeState, at: string, context: DecideContext): Decision => {
  const work = beginWork(state, context, at);
  if (state.status === 'open' && !state.backfill) passTime(work, at);
  return { events: work.events, state: work.state, refusal: null };
};
