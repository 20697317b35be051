import type { Role } from '../dispute/context.js';
import type { Course } from '../dispute/course.js';
import { legalDate, oneOf, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action } from './definition.js';
import { court, underTrial } from './litigating.js';

/** Whether an application for recusal, or for review of its refusal, is not decided yet. */
const pending = ({ procedure: { facts } }: Course): boolean => {
  const decided = facts['RecusalDecided']?.version ?? 0;
  return ['RecusalRequested', 'RecusalReviewRequested'].some((asked) => (facts[asked]?.version ?? 0) > decided);
};

interface Recusing {
  /** Who receives the application and decides on it. */
  by: readonly Role[];
  in: readonly string[];
  basis: string;
  /** The period for the decision, where the law sets one, and all that the decision meets. */
  period?: string;
  meets?: readonly string[];
}

/** A party asks for the recusal 回避 of somebody who is to decide; it is decided, and the procedure goes on. */
export const recusing = ({ by, in: steps, basis, period, meets = [] }: Recusing) => ({
  'request-recusal': action({
    title: { zh: '申请回避', en: 'ask for a recusal' },
    by: [...by, 'party'],
    in: steps,
    basis,
    fields: {
      party: partyRef('申请人', 'applicant'),
      ground: oneOf(['party-or-relative', 'interest', 'relation', 'improper-contact'], { zh: '事由', en: 'ground' }),
      requestedOn: legalDate('申请日期', 'date of the application'),
    },
    records: 'RecusalRequested',
    guard: (course) => (pending(course) ? refuse('already-done', { basis: basisOf(basis) }) : null),
    starts: period ? [period] : [],
  }),
  'decide-recusal': action({
    title: { zh: '对回避申请作出决定', en: 'decide on the recusal' },
    by,
    in: steps,
    basis,
    fields: {
      result: oneOf(['granted', 'refused'], { zh: '结果', en: 'result' }),
      decidedOn: legalDate('决定日期', 'date of the decision'),
    },
    records: 'RecusalDecided',
    guard: (course) => (pending(course) ? null : refuse('action-not-available', { basis: basisOf(basis) })),
    meets,
  }),
});

/** In a civil court (民事诉讼法47–50): decided within three days, reviewed once, and the trial goes on. */
export const recusal = {
  ...recusing({ by: court, in: underTrial, basis: 'CL-19', period: 'CL-19', meets: ['CL-19', 'CL-19.review'] }),
  'request-recusal-review': action({
    title: { zh: '对驳回回避申请的决定申请复议', en: 'ask for review of the refused recusal' },
    by: [...court, 'party'],
    in: underTrial,
    basis: 'CL-19.review',
    fields: {
      party: partyRef('申请人', 'applicant'),
      requestedOn: legalDate('申请日期', 'date of the application'),
    },
    records: 'RecusalReviewRequested',
    // Once, by whoever asked, against a refusal.
    guard: (course, body) => {
      const {
        RecusalRequested: asked,
        RecusalDecided: decided,
        RecusalReviewRequested: reviewed,
      } = course.procedure.facts;
      if (pending(course) || decided?.data['result'] !== 'refused' || asked?.data['party'] !== body.party)
        return refuse('action-not-available', { basis: basisOf('CL-19.review') });
      return reviewed && reviewed.version > asked.version
        ? refuse('already-done', { basis: basisOf('CL-19.review') })
        : null;
    },
    starts: ['CL-19.review'],
  }),
} as const;
