import { procedureDefinition } from '../procedures/procedures.js';
import { courseOf } from './course.js';
import { openDeadlines, startDeadline } from './deadlines.js';
import type { Deadline } from './state.js';
import { following, isAfter, record, type Work } from './work.js';

/** Urges after which a handoff that nobody answers is left to the supervisor alone: every chase is bounded. */
const lastUrge = 10;

/** Nobody signed for a handoff in time: it is urged, then escalated, and goes on being chased. */
const chase = (work: Work, deadline: Deadline): void => {
  const handoff = work.state.handoffs[deadline.subject ?? ''];
  if (!handoff || !['requested', 'delivered', 'escalated'].includes(handoff.status)) return;
  const { handoffId, procedureId } = handoff;
  record(work, 'HandoffUrged', { handoffId, urge: handoff.urges + 1 }, procedureId);
  const { attempts } = work.context.profile.serviceLevels['SL-HANDOFF'];
  if (handoff.status !== 'escalated' && handoff.urges + 1 >= attempts)
    record(work, 'HandoffEscalated', { handoffId }, procedureId);
  if (handoff.urges + 1 < lastUrge)
    startDeadline(work, {
      rule: 'SL-HANDOFF',
      procedureId,
      holder: 'body',
      subject: handoffId,
      from: work.at,
      trigger: 'handoff-urged',
    });
};

/** One period passes, with what the law attaches to it. */
const elapse = (work: Work, deadline: Deadline): void => {
  work.at = deadline.dueAt;
  work.cause = null;
  const { deadlineId, generation, rule, procedureId } = deadline;
  const course = procedureId === null ? undefined : courseOf(work, procedureId);
  const consequence = course && procedureDefinition(course.procedure.procedure).elapses?.[rule];
  const effect = (course && consequence?.effect?.(course, deadline)) ?? null;
  const index = record(work, 'DeadlineElapsed', { deadlineId, generation, rule, effect }, procedureId);
  following(work, index, () => {
    if (rule === 'SL-HANDOFF') chase(work, deadline);
    if (!course || !consequence || effect === 'no-effect') return;
    if (consequence.closes && course.procedure.status === 'open') course.close(consequence.closes, deadline.due);
    for (const notice of consequence.owes ?? []) course.owe(notice);
    if (consequence.to && course.procedure.status === 'open') course.enter(consequence.to);
    consequence.then?.(course, deadline);
  });
};

/** The deadline that passes next, if one is due by `until` (an instant). */
export const nextElapse = (work: Pick<Work, 'state'>, until: string): Deadline | undefined => {
  const next = openDeadlines(work.state.deadlines).find(({ status }) => status === 'running');
  return next && !isAfter(next.dueAt, until) ? next : undefined;
};

/**
 * Lets legal time pass to an instant: every deadline due by then elapses, in legal order, each with its consequences.
 * The same events come out whether it is asked on the day, a week later, or in one go. Leaves `work.at` untouched.
 */
export const passTime = (work: Work, until: string): void => {
  const { at, cause } = work;
  for (let next = nextElapse(work, until); next; next = nextElapse(work, until)) elapse(work, next);
  work.at = at;
  work.cause = cause;
};
