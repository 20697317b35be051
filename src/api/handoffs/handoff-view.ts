import type { DisputeState, Handoff } from '../../domain/dispute/state.js';
import { dueOf } from '../../commands/write.js';
import { handoffView as viewOf } from '../views/handoff-view.js';
import { valueOf, type ViewContext } from '../views/view-context.js';

type Values = Pick<ViewContext, 'values'>;

/** A handoff by itself, as the API shows it; the reason of a return in its own words. */
export const handoffView = (handoff: Handoff, disputeId: string, dueAt: string | null, context: Values) => ({
  ...viewOf(handoff, disputeId, dueAt, context),
  returned: handoff.returned === null ? null : { reason: valueOf(handoff.returned.reason, context) },
});

export type HandoffView = ReturnType<typeof handoffView>;

/** A handoff out of the dispute's state. */
export const handoffIn = (state: DisputeState, handoff: Handoff, context: Values): HandoffView =>
  handoffView(handoff, state.id, dueOf(state, handoff), context);
