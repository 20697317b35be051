import type { FoldedEvent } from '../event.js';
import type { DisputeState, ProcedureState } from '../state.js';

/** How one event changes the state. */
export type Evolver = (state: DisputeState, event: FoldedEvent) => DisputeState;
// Event data is typed by its writer (the recorder's verbs and the actions' fields); the fold reads it as recorded.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Data = any;

/** The state with one procedure changed; unchanged where there is no such procedure. */
export const patchProcedure = (
  state: DisputeState,
  id: string | null,
  patch: Partial<ProcedureState>,
): DisputeState => {
  const procedure = id === null ? undefined : state.procedures[id];
  if (!procedure) return state;
  return { ...state, procedures: { ...state.procedures, [procedure.id]: { ...procedure, ...patch } } };
};

export const procedureOf = (state: DisputeState, event: FoldedEvent): ProcedureState | undefined =>
  event.procedureId === null ? undefined : state.procedures[event.procedureId];

/** An evolver of the procedure that the event belongs to. */
export const inProcedure =
  (change: (procedure: ProcedureState, event: FoldedEvent, data: Data) => Partial<ProcedureState>): Evolver =>
  (state, event) => {
    const procedure = procedureOf(state, event);
    return procedure ? patchProcedure(state, procedure.id, change(procedure, event, event.data)) : state;
  };
