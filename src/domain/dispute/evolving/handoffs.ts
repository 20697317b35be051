import type { FoldedEvent } from '../event.js';
import type { Handoff } from '../state.js';
import type { Data, Evolver } from './evolver.js';

const patchHandoff =
  (change: (handoff: Handoff, data: Data, event: FoldedEvent) => Partial<Handoff>): Evolver =>
  (state, event) => {
    const handoff = state.handoffs[event.data['handoffId'] as string];
    if (!handoff) return state;
    const next = { ...handoff, ...change(handoff, event.data, event) };
    return { ...state, handoffs: { ...state.handoffs, [handoff.handoffId]: next } };
  };

/** What events make of a handoff. */
export const handoffEvolvers: Record<string, Evolver> = {
  HandoffRequested: (state, event) => {
    const data = event.data as Data;
    const handoff: Handoff = {
      handoffId: data.handoffId,
      procedureId: event.procedureId!,
      from: data.from,
      to: data.to,
      parts: data.parts,
      status: 'requested',
      attempt: 1,
      urges: 0,
      requestedAt: event.occurredAt,
      deliveredAt: null,
      escalatedAt: null,
      acceptedOn: null,
      externalId: null,
      returned: null,
    };
    return { ...state, handoffs: { ...state.handoffs, [handoff.handoffId]: handoff } };
  },
  HandoffDelivered: patchHandoff((handoff, _, event) => ({
    status: handoff.status === 'requested' ? 'delivered' : handoff.status,
    deliveredAt: event.occurredAt,
  })),
  HandoffUrged: patchHandoff((handoff) => ({ urges: handoff.urges + 1 })),
  HandoffEscalated: patchHandoff((_, __, event) => ({ status: 'escalated', escalatedAt: event.occurredAt })),
  HandoffAccepted: patchHandoff((_, data) => ({
    status: 'accepted',
    acceptedOn: data.receivedOn,
    externalId: data.externalId ?? null,
  })),
  HandoffReturned: patchHandoff((_, data) => ({
    status: 'returned',
    returned: { reason: data.reason, on: data.returnedOn },
  })),
  HandoffResent: patchHandoff((handoff, data, event) => ({
    status: 'requested',
    attempt: handoff.attempt + 1,
    parts: data.parts,
    urges: 0,
    requestedAt: event.occurredAt,
    deliveredAt: null,
    escalatedAt: null,
    returned: null,
  })),
  HandoffCancelled: patchHandoff(() => ({ status: 'cancelled' })),
};
