import type { Deadline } from '../../domain/dispute/state.js';
import { colourOf } from './deadline-colour.js';
import type { ViewContext } from './view-context.js';

/** A deadline as the API shows it, with its whole derivation. */
export const deadlineView = (deadline: Deadline, { now, calendar, profile }: ViewContext) => ({
  deadlineId: deadline.deadlineId,
  rule: deadline.rule,
  ruleVersion: deadline.ruleVersion,
  kind: deadline.kind,
  holder: deadline.holder,
  procedureId: deadline.procedureId,
  generation: deadline.generation,
  trigger: deadline.trigger,
  amount: deadline.amount,
  unit: deadline.unit,
  naturalDue: deadline.naturalDue,
  due: deadline.due,
  dueAt: deadline.dueAt,
  cautiousDue: deadline.cautiousDue,
  suspendedDays: deadline.suspendedDays,
  provisional: deadline.provisional,
  confidence: deadline.confidence,
  basis: deadline.basis,
  status: deadline.status,
  colour: colourOf(deadline, now, calendar, profile),
  trace: deadline.trace,
  subject: deadline.subject,
  extension: deadline.extension,
  calendarVersion: deadline.calendarVersion,
  endedOn: deadline.endedOn,
  doneLateOn: deadline.doneLateOn,
  effect: deadline.effect,
});

const open = (deadline: Deadline): boolean => deadline.status === 'running' || deadline.status === 'suspended';

/** The open ones, nearest first, then those that have ended, in the order in which they fell due. */
export const deadlineViews = (deadlines: Record<string, Deadline>, context: ViewContext) =>
  Object.values(deadlines)
    .sort(
      (a, b) =>
        Number(open(b)) - Number(open(a)) ||
        // All in +08:00, so that they sort as they are written.
        (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.deadlineId < b.deadlineId ? -1 : 1),
    )
    .map((deadline) => deadlineView(deadline, context));
