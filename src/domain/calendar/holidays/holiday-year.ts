import type { CivilDate } from '../civil-date.js';

/** Days off of one holiday, both ends included. */
export interface HolidayRange {
  name: string;
  from: CivilDate;
  to: CivilDate;
}

/** A Saturday or Sunday that is worked in exchange for a day off. */
export interface MakeUpDay {
  name: string;
  date: CivilDate;
}

/** The holiday schedule of one year as the State Council's notice gives it. */
export interface HolidayYear {
  year: number;
  /** e.g. `cn-2026.1`; a corrected notice gets the next number. */
  version: string;
  notice: { title: string; issuedOn: CivilDate; number?: string };
  off: HolidayRange[];
  work: MakeUpDay[];
}
