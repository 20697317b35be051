import { addDays, type CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { sides } from '../dispute/parties.js';
import type { Deadline } from '../dispute/state.js';
import type { ProcedureCode } from '../routes/codes.js';
import type { Start } from './definition.js';

/** When a judgment takes effect, what a title then gives, and what becomes of the suit that it ends. */

/** What those who claimed have from a title that takes effect: two years for its enforcement (民事诉讼法250). */
export const enforcementPeriod = (rule: 'CL-15' | 'LD-37.enforcement' = 'CL-15'): Start => ({
  rule,
  holder: 'claimant',
});

/** A judgment takes effect when every party's period for an appeal has passed, on the day after it, and nobody has appealed (民事诉讼法158). */
export const effectiveUnlessAppealed =
  (rule: string, appeal: ProcedureCode, starts: readonly Start[] = []) =>
  (course: Course, deadline: Deadline): void => {
    if (isUnappealed(course, rule, appeal)) takeEffect(course, addDays(deadline.due, 1), starts);
  };

/** Whether nobody can appeal any more, and no appeal is pending: of each side the period since this judgment has passed, or its appeal fell away. */
export const isUnappealed = (course: Course, rule: string, appeal: ProcedureCode): boolean => {
  const { outcome, facts } = course.procedure;
  const given = facts['JudgmentGiven']?.on ?? '';
  const ended = course.other(appeal)?.procedure.outcome;
  const fellAway = ended === 'withdrawn' || ended === 'deemed-withdrawn';
  const isOver = (party: string): boolean => {
    const period = course.deadline(rule, `party:${party}`);
    // One that ran from an earlier judgment, before the matter was sent back, says nothing of this one.
    if (!period || period.trigger.on < given) return false;
    return period.status === 'elapsed' || (period.status === 'met' && fellAway);
  };
  return outcome === 'judgment' && sides(course.dispute).every(({ ref }) => isOver(ref));
};

/** A suit that a mediation had kept waiting is taken up again: the court registers or refuses it in seven days (row 11). */
export const resumeSuit = (course: Course, on: CivilDate): void => {
  const suit = course.other('civil-litigation', 'open');
  if (suit?.procedure.step !== 'referred') return;
  // The filing date stays that of the complaint (诉讼时效规定10, CM-20): only the court's own period starts anew.
  suit.enter('filing');
  suit.start('CL-02', on);
};

/** What an effective judgment starts: a civil one the periods for a retrial and for enforcement. */
export const takeEffect = (course: Course, on: CivilDate, starts: readonly Start[]): void => {
  course.say('JudgmentBecameEffective', { on });
  for (const start of starts) course.start(start, on, plaintiffOf(course));
};

export const plaintiffOf = (course: Course): string | undefined =>
  course.procedure.applicants[0] ?? course.parties('claimant')[0]?.ref;

/** Whether the suit is about a personal status, as a divorce is. */
export const isOfStatus = ({ dispute: { type, facts } }: Pick<Course, 'dispute'>): boolean =>
  type === 'family' && facts['identityRelation'] !== false;

/** The plaintiff's six months before another suit for a divorce (民事诉讼法127(7)). */
export const divorceAgain: Start = { rule: 'CL-13.divorce', holder: 'party', when: isOfStatus };

/** Of the claimant whatever the judgment says: its result is not recorded. */
export const afterCivilJudgment: readonly Start[] = [
  { rule: 'CL-22', holder: 'each-party' },
  enforcementPeriod(),
  divorceAgain,
];

/** What was sued for is settled: a suit that the court had not registered yet ends with it. */
export const settleSuit = (course: Course): void => {
  const suit = course.other('civil-litigation', 'open');
  if (suit && ['filing', 'referred'].includes(suit.procedure.step)) suit.close('settled');
};
