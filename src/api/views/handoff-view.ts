import { openDeadlines } from '../../domain/dispute/deadlines.js';
import type { DisputeState, Handoff } from '../../domain/dispute/state.js';
import { instantOf } from '../../domain/dispute/work.js';
import { bodyView, valueOf, type ViewContext } from './view-context.js';

/** A handoff as the API shows it. `dueAt` is when its receipt is due, while it is awaited. */
export const handoffView = (
  handoff: Handoff,
  disputeId: string,
  dueAt: string | null,
  context: Pick<ViewContext, 'values'>,
) => ({
  handoffId: handoff.handoffId,
  disputeId,
  procedureId: handoff.procedureId,
  from: bodyView(handoff.from, context),
  to: bodyView(handoff.to, context),
  status: handoff.status,
  attempt: handoff.attempt,
  requestedAt: instantOf(handoff.requestedAt),
  deliveredAt: handoff.deliveredAt === null ? null : instantOf(handoff.deliveredAt),
  acceptedOn: handoff.acceptedOn,
  externalId: valueOf(handoff.externalId, context),
  returned: handoff.returned ? { reason: valueOf(handoff.returned.reason, context) } : null,
  dueAt,
  parts: handoff.parts,
  urges: handoff.urges,
});

/** All handoffs of a dispute, the oldest first. */
export const handoffViews = (state: DisputeState, context: Pick<ViewContext, 'values'>) =>
  Object.values(state.handoffs).map((handoff) => {
    const running = openDeadlines(state.deadlines).find(
      ({ rule, subject }) => rule === 'SL-HANDOFF' && subject === handoff.handoffId,
    );
    return handoffView(handoff, state.id, running?.dueAt ?? null, context);
  });
