import type { DisputeState, Party } from './state.js';

/** The two sides of a dispute, without third parties. */
export const sides = (state: DisputeState): Party[] => state.parties.filter((party) => party.role !== 'third-party');

/** Whether both sides are among those named. */
export const namesBothSides = (state: DisputeState, named: readonly string[] = []): boolean =>
  sides(state).every(({ ref }) => named.includes(ref));
