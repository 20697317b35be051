import type { PlannedObligation } from '../domain/plan/plan.js';

/** What came of asking the engine for one obligation, while the plan still holds it. */
export interface Trial {
  tries: number;
  /** Milliseconds since 1970; not to be asked again before. */
  notBefore: number;
  /**
   * `answered`: the stream has it, and a new plan is on its way; should none come, the plan is fetched before it is
   * asked again. `confirmed`: fetched, and still owed. `failing`: it could not be done.
   */
  status: 'answered' | 'confirmed' | 'failing';
}

const seconds = 1000;
const hour = 3600 * seconds;

/** Waits `first`, then twice as long with each try, an hour at most. */
const backoff = (first: number, tries: number): number => Math.min(first * 2 ** Math.min(tries - 1, 20), hour);

/** A minute for the new plan to arrive. */
export const answered = (before: Trial | undefined, now: number): Trial => {
  const tries = (before?.tries ?? 0) + 1;
  return { tries, notBefore: now + backoff(60 * seconds, tries), status: 'answered' };
};

export const failing = (before: Trial | undefined, now: number): Trial => {
  const tries = (before?.tries ?? 0) + 1;
  return { tries, notBefore: now + backoff(5 * seconds, tries), status: 'failing' };
};

/** A period that was extended keeps its id and has another instant: that is a new obligation. */
export const keyOf = ({ id, at }: PlannedObligation): string => `${id}@${at}`;
