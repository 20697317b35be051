import type { Role } from '../dispute/context.js';
import { namesBothSides } from '../dispute/parties.js';
import type { Course } from '../dispute/course.js';
import { legalDate, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { action, type StepDefinition } from './definition.js';

/** Applications that only both sides together may make: the system never files for one side alone. */

export const joiningSteps = {
  'awaiting-joint-application': {
    title: { zh: '待另一方共同申请', en: 'the other party has yet to join the application' },
    waitsFor: { who: 'parties', role: 'party' },
    stalls: 'awaiting-party',
  },
} as const satisfies Record<string, StepDefinition>;

/** True once every side has applied. */
export const everyoneApplied = (course: Course): boolean => namesBothSides(course.dispute, course.procedure.applicants);

/** The other side joins; `complete` says what follows once everyone has. */
export const joinApplication = (by: readonly Role[], complete: (course: Course) => void, basis?: string) =>
  action({
    title: { zh: '共同申请', en: 'join the application' },
    by,
    in: ['awaiting-joint-application'],
    ...(basis ? { basis } : {}),
    fields: { party: partyRef(), appliedOn: legalDate('申请日期', 'date of the application') },
    records: 'ApplicationJoined',
    guard: (course, body) =>
      course.procedure.applicants.includes(body.party) ? refuse('already-done', { pointer: '/party' }) : null,
    then: (course) => {
      if (everyoneApplied(course)) complete(course);
    },
  });
