import { civilDateOf, compareInstants, isCivilDate, startOfDay, type CivilDate } from '../calendar/civil-date.js';
import type { Occurred } from './state.js';

/** The civil date (Asia/Shanghai) of something that occurred. */
export const dateOf = (occurred: Occurred): CivilDate => (isCivilDate(occurred) ? occurred : civilDateOf(occurred));

/**
 * Whether something had occurred by a moment: an instant, or a civil date (Asia/Shanghai), which means the end of that
 * day. What is only known to have occurred some time on a day counts from the day's first instant.
 */
export const hasOccurred = (occurred: Occurred, by: Occurred): boolean =>
  isCivilDate(by)
    ? dateOf(occurred) <= by
    : compareInstants(isCivilDate(occurred) ? startOfDay(occurred) : occurred, by) <= 0;
