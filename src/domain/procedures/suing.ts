import type { Course } from '../dispute/course.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import type { OpeningCourse } from './definition.js';
import { periodPassed } from './litigating.js';
import { plaintiffOf } from './titles.js';

/** What a civil suit is to the procedures before it: their periods, their awards, the mediation that it waits for. */

const cameToNothing = ['withdrawn', 'deemed-withdrawn', 'dismissed', 'not-accepted'];

/**
 * The employer's thirty days to have a final award set aside: the worker's suit, before which it gave way, came to
 * nothing (解释(一)21), or its own suit was refused because the award is final though not called so (18).
 */
export const setAsideAfterSuit = (course: Course): string | null => {
  const award = course.other('labour-arbitration')?.procedure.award;
  if (!award || !cameToNothing.includes(course.procedure.outcome ?? '')) return null;
  const byWorker = course.party(plaintiffOf(course) ?? '')?.capacity === 'worker';
  if (byWorker) return award.kind === 'final' ? 'LD-33' : null;
  return course.procedure.facts['ApplicationRefused']?.data['reason'] === 'final-award' ? 'LD-34' : null;
};

/** A suit that waits for a mediation is taken up again only once that has ended; whoever insists ends it (CM-09). */
export const stillMediated = (course: Course) =>
  course.procedure.step === 'referred' && waitsFor.some((code) => course.other(code, 'open'))
    ? refuse('procedure-exclusive', { basis: basisOf('CM-09') })
    : null;

/** The mediation, and what makes its agreement a title. */
const waitsFor = ['pre-filing-mediation', 'judicial-confirmation', 'arbitral-confirmation'] as const;

/** Before registration the court issues a consent document only on what the mediation it had ordered came to 诉前调书 (JC-10). */
export const agreedBeforeFiling = (course: Course) =>
  stillMediated(course) ??
  (course.procedure.step === 'referred' && course.other('pre-filing-mediation')?.procedure.outcome !== 'agreement'
    ? refuse('action-not-available', { basis: basisOf('JC-10') })
    : null);

/** Periods for a suit that are lost with their last day. Not LD-09, which no law sets: the notices only say it. */
const strict = ['LD-35', 'LD-30', 'RL-05', 'LD-32', 'LD-37'];

/** The periods that a suit keeps, by the procedure that they came from, and the awards that it leaves without effect. */
const keptBySuit = [
  { after: 'labour-arbitration', rules: ['LD-35', 'LD-30', 'LD-09'], challenges: 'LD-36' },
  { after: 'rural-land-arbitration', rules: ['RL-05'], challenges: 'RL-05' },
  { after: 'set-aside', rules: ['LD-32'], challenges: null },
  { after: 'enforcement', rules: ['LD-37'], challenges: null },
] as const;

export const suedTooLate = (opening: OpeningCourse) => periodPassed(opening, strict);

/** A suit in time keeps the plaintiff's right, and takes effect from the whole award (LD-35, LD-36). */
export const exerciseSuit = (course: Course): void => {
  const plaintiff = plaintiffOf(course);
  for (const { after, rules, challenges } of keptBySuit) {
    const before = course.other(after);
    if (!plaintiff || !before) continue;
    for (const rule of rules) before.meet(rule, `party:${plaintiff}`);
    if (!challenges || before.procedure.award?.status !== 'appealable') continue;
    before.say('AwardChallenged', { by: plaintiff, basis: basisOf(challenges) });
    before.drop('LD-37.enforcement', 'award-challenged');
  }
};
