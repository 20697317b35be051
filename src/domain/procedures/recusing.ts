import type { Course } from '../dispute/course.js';
import { legalDate, oneOf, partyRef } from '../dispute/fields.js';
import { isOverdue } from '../dispute/deadlines.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action } from './definition.js';
import { court, underTrial } from './litigating.js';

/** The application for recusal, or for review of its refusal, that is not decided yet. */
const pending = (course: Course): boolean =>
  ['CL-19', 'CL-19.review'].some((rule) => {
    const deadline = course.deadline(rule);
    return deadline !== undefined && (deadline.status === 'running' || isOverdue(deadline));
  });

/** Recusal 回避 in a civil court (民事诉讼法47–50): decided within three days, reviewed once, and the trial goes on. */
export const recusal = {
  'request-recusal': action({
    title: { zh: '申请回避', en: 'ask for a recusal' },
    by: [...court, 'party'],
    in: underTrial,
    basis: 'CL-19',
    fields: {
      party: partyRef('申请人', 'applicant'),
      ground: oneOf(['party-or-relative', 'interest', 'relation', 'improper-contact'], { zh: '事由', en: 'ground' }),
      requestedOn: legalDate('申请日期', 'date of the application'),
    },
    records: 'RecusalRequested',
    guard: (course) => (pending(course) ? refuse('already-done', { basis: basisOf('CL-19') }) : null),
    starts: ['CL-19'],
  }),
  'decide-recusal': action({
    title: { zh: '对回避申请作出决定', en: 'decide on the recusal' },
    by: court,
    in: underTrial,
    basis: 'CL-19',
    fields: {
      result: oneOf(['granted', 'refused'], { zh: '结果', en: 'result' }),
      decidedOn: legalDate('决定日期', 'date of the decision'),
    },
    records: 'RecusalDecided',
    guard: (course) => (pending(course) ? null : refuse('action-not-available', { basis: basisOf('CL-19') })),
    meets: ['CL-19', 'CL-19.review'],
  }),
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
