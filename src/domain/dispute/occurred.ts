import { civilDateOf, isCivilDate, type CivilDate } from '../calendar/civil-date.js';
import type { Occurred } from './state.js';

/** The civil date (Asia/Shanghai) of something that occurred. */
export const dateOf = (occurred: Occurred): CivilDate =>
  isCivilDate(occurred) ? occurred : civilDateOf(occurred);
