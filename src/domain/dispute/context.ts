import type { Calendar } from '../calendar/calendar.js';
import type { Profile } from '../profiles/profile.js';
import type { RuleBook } from '../rules/rule-book.js';

/** The roles of the API. */
export const roles = [
  'intake',
  'mediator',
  'adviser',
  'arbitrator',
  'case-officer',
  'court-clerk',
  'judge',
  'party',
  'supervisor',
  'administrator',
  'auditor',
  'system',
] as const;
export type Role = (typeof roles)[number];

/** Who asks. `account` is pseudonymous; names never reach the domain. */
export interface Requester {
  account: string;
  roles: readonly Role[];
  organisation: string | null;
  /** GB/T 2260 code of the region the account works in. */
  region: string | null;
}

/** Everything a decision may know from outside the stream. */
export interface DecideContext {
  /** Instant. */
  now: string;
  by: Requester;
  calendar: Calendar;
  rules: RuleBook;
  profile: Profile;
}

/** `360100` covers `3601xx`, `360000` covers `36xxxx`, `100000` the country. */
export const covers = (region: string, other: string): boolean => {
  if (region === '100000') return true;
  return other.startsWith(region.replace(/(00)+$/, ''));
};
