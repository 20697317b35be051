import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { computeUnderRule, ruleFor } from '../dispute/deadlines.js';
import { date, flag, optional } from '../dispute/fields.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import type { DisputeType } from '../routes/codes.js';
import type { RouteFacts } from '../routes/types.js';
import { basisOf } from '../rules/rule-book.js';

/** Periods that run against whoever an act of an authority concerns, before anything is applied for. */

const kinds = ['', '.not-told', '.cap', '.cap-immovable'] as const;
/** Periods for review, and for a direct suit (行政复议法20, 21; 行政诉讼法46). */
export const reviewRights: readonly string[] = kinds.map((kind) => `AR-01${kind}`);
export const suitRights: readonly string[] = kinds.map((kind) => `AL-02${kind}`);

/** Whether the law puts review before a suit (行政复议法23). */
export const isReviewFirst = (facts: Readonly<Record<string, unknown>>): boolean =>
  facts['reviewFirst'] === true || facts['rightAlreadyObtained'] === true;

/**
 * What runs by the registered facts: from the day of knowing, longer where the remedies were not told; and at the
 * longest from the act itself. Mediation stops none of them.
 */
export const periodsFrom = (type: DisputeType, facts: RouteFacts): { rule: string; from: CivilDate }[] => {
  const { knewOn, actMadeOn } = facts;
  if (type === 'procurement') return knewOn === undefined ? [] : [{ rule: 'AD-07', from: knewOn }];
  if (type !== 'administrative-act' && type !== 'social-insurance') return [];
  const remedies = facts.reviewFirst ? ['AR-01'] : ['AR-01', 'AL-02'];
  return remedies.flatMap((rule) => [
    ...(knewOn === undefined ? [] : [{ rule: facts.remediesTold === false ? `${rule}.not-told` : rule, from: knewOn }]),
    ...(actMadeOn === undefined
      ? []
      : [{ rule: facts.immovable ? `${rule}.cap-immovable` : `${rule}.cap`, from: actMadeOn }]),
  ]);
};

export const timelyFields = {
  knewOn: optional(date('知道或者应当知道之日', 'the day they knew or should have known')),
  excused: optional(flag('耽误期限有正当理由', 'late for a reason that the law recognises')),
} as const;

/**
 * An application after its period, counted from the day of knowing, is not accepted unless the delay is excused; after
 * the longest period, in no case.
 */
export const appliedInTime = (
  course: Course,
  rule: string,
  { knewOn, excused }: { knewOn?: CivilDate; excused?: boolean },
): Refusal | null => {
  // After another procedure its own period runs; one that was withdrawn, or turned away where it need not come first, gives
  // none of its own, or not that alone, so that the first one counts (行诉解释58).
  const { type, facts } = course.dispute;
  const origin = course.origin();
  const before = origin?.procedure.outcome;
  const first = ['withdrawn', 'deemed-withdrawn', ...(isReviewFirst(facts) ? [] : ['not-accepted'])];
  if (before && !first.includes(before)) return null;
  if (origin?.deadline('AL-01')?.status === 'met') return null;
  for (const period of periodsFrom(type, { ...facts, ...(knewOn ? { knewOn } : {}) })) {
    if (!period.rule.startsWith(rule) || (excused && !period.rule.includes('.cap'))) continue;
    const { due } = computeUnderRule(course.context, ruleFor(course.context, period.rule, period.from), period.from);
    if (course.procedure.openedOn > due)
      return refuse('deadline-passed', { basis: basisOf(period.rule), on: due, pointer: '/knewOn' });
  }
  return null;
};
