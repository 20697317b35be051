import type { FoldedEvent } from '../event.js';
import type { Deadline } from '../state.js';
import type { Data, Evolver } from './evolver.js';

const patchDeadline =
  (change: (deadline: Deadline, data: Data, event: FoldedEvent) => Partial<Deadline>): Evolver =>
  (state, event) => {
    const deadline = state.deadlines[event.data['deadlineId'] as string];
    if (!deadline) return state;
    const next = { ...deadline, ...change(deadline, event.data, event) };
    return { ...state, deadlines: { ...state.deadlines, [deadline.deadlineId]: next } };
  };

/** What events make of a period: it starts, is met, elapses, stops and runs on, is dated anew. */
export const deadlineEvolvers: Record<string, Evolver> = {
  DeadlineStarted: (state, event) => {
    const data = event.data as unknown as Omit<
      Deadline,
      'status' | 'endedOn' | 'doneLateOn' | 'warnedOn' | 'effect' | 'procedureId'
    >;
    const deadline: Deadline = {
      ...data,
      procedureId: event.procedureId,
      status: 'running',
      endedOn: null,
      doneLateOn: null,
      warnedOn: null,
      effect: null,
    };
    return { ...state, deadlines: { ...state.deadlines, [deadline.deadlineId]: deadline } };
  },
  DeadlineMet: patchDeadline((_, data) => ({ status: 'met', endedOn: data.on })),
  DeadlineWarned: patchDeadline((_, data) => ({ warnedOn: data.on })),
  OverdueActDone: patchDeadline((_, data) => ({ doneLateOn: data.on })),
  DeadlineElapsed: patchDeadline((deadline, data) => ({
    status: 'elapsed',
    endedOn: deadline.due,
    effect: data.effect ?? null,
  })),
  DeadlineElapseReversed: patchDeadline((deadline, data) => ({
    status: data.status ?? 'running',
    endedOn: null,
    doneLateOn: null,
    effect: null,
    generation: deadline.generation + 1,
  })),
  DeadlineVoided: patchDeadline((_, data) => ({ status: 'void', endedOn: data.on })),
  DeadlineSuspended: patchDeadline((_, data) => ({ ...data.becomes, status: 'suspended' })),
  DeadlineResumed: patchDeadline((_, data) => ({ ...data.becomes, status: 'running' })),
  DeadlineExtended: patchDeadline((_, data) => data.becomes),
  DeadlineRecomputed: patchDeadline((_, data) => data.becomes),
};
