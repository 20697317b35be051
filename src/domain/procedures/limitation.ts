import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import type { DisputeType } from '../routes/codes.js';
import { directSuitTypes } from '../routes/type-sets.js';
import { findRule } from '../rules/rule-book.js';
import { judging } from './agreeing.js';

/** Limitation by what is claimed; a personal status knows none, and a title to land is not claimed in a suit. */
export const limitationsOf = (type: DisputeType, on: CivilDate): string[] => {
  if (type === 'labour') return ['LD-06'];
  if (type === 'family' || !directSuitTypes.includes(type)) return [];
  const ofSuit = type === 'noise' && findRule('CX-02', on) ? 'CX-02' : 'CX-01';
  return type === 'rural-land' ? ['RL-01', ofSuit] : [ofSuit];
};

/**
 * Limitation runs anew from the day on which relief is sought of a body that settles disputes (诉讼时效规定12), for
 * labour arbitration also from a claim made to the other side (劳动争议调解仲裁法27).
 */
export const interruptLimitation = (course: Course, on: CivilDate, trigger: string): void => {
  const claimant = course.parties('claimant')[0];
  // Before a court or commission nothing runs that could be interrupted: what it comes to ends, or begins anew, with that.
  const isJudged = Object.values(course.dispute.procedures).some(
    ({ status, procedure }) => status === 'open' && judging.includes(procedure),
  );
  if (!claimant || isJudged) return;
  const limitations = limitationsOf(course.dispute.type, on);
  for (const former of ['CX-01', 'CX-02'])
    if (limitations.length > 0 && !limitations.includes(former)) course.dropForDispute(former, 'interrupted');
  for (const rule of limitations)
    if (!isBarred(course, rule)) course.startForDispute(rule, `party:${claimant.ref}`, on, trigger);
  course.dropForDispute('LD-06.termination', 'interrupted');
};

/** What is over is not interrupted any more: from then on the other side may plead it. */
const isBarred = ({ dispute }: Course, rule: string): boolean =>
  Object.values(dispute.deadlines).some(
    (one) =>
      one.procedureId === null &&
      one.status === 'elapsed' &&
      (one.rule === rule || (rule === 'LD-06' && one.rule === 'LD-06.termination')),
  );

/** A suit, or what stands for one, keeps the claim from being barred (民法典195). */
export const keepLimitation = (course: Course): void => {
  for (const rule of ['CX-01', 'CX-02', 'RL-01']) course.meetForDispute(rule);
};
