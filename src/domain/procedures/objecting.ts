import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { agreedIn } from './agreeing.js';
import { action } from './definition.js';

/**
 * Objection to the ruling that confirms an agreement 对确认裁定的异议 (民诉解释372), to the court that made it: a party in
 * fifteen days of receipt, an interested third party in six months of knowing. The ruling stands until the court has
 * decided, so the procedure remains ended and the agreement enforceable.
 */

const court = ['court-clerk', 'judge'] as const;

const periodOf = (course: Course, party: string): string =>
  course.party(party)?.role === 'third-party' ? 'JC-09.third-party' : 'JC-09';

/** Nothing is decided in a closed matter, nor about a ruling that confirms nothing. */
const standing = (course: Course): Refusal | null => {
  if (course.dispute.status === 'closed') return refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] });
  return course.procedure.outcome === 'confirmed' ? null : refuse('action-not-available');
};

const isPending = ({ procedure: { facts } }: Course): boolean =>
  (facts['ObjectionRaised']?.version ?? 0) > (facts['ObjectionRuled']?.version ?? 0);

/** Revoked, the ruling is as if it had not been made: the agreement may be varied, or sued on (民事诉讼法206). */
const revoke = (course: Course, on: string): void => {
  for (const rule of ['JC-09', 'JC-09.third-party', 'CL-15']) course.drop(rule, 'ruling-revoked');
  course.reopen('reviewing');
  course.close('not-confirmed', on);
  course.of(agreedIn(course)!.id).say('AgreementNotEnforceable', { basis: basisOf('JC-09') });
  // Nothing is enforced any more once the document that it rests on is revoked (民事诉讼法268, from knowledge).
  course.other('enforcement', 'open')?.close('terminated', on);
};

export const objecting = {
  'record-objection': action({
    title: { zh: '收到对确认裁定的异议', en: 'record an objection to the ruling' },
    by: [...court, 'party'],
    afterClose: true,
    basis: 'JC-09',
    fields: {
      party: partyRef('异议人', 'objecting party'),
      objectedOn: legalDate('异议日期', 'date of the objection'),
      document: optional(documentId('异议书', 'objection')),
    },
    records: 'ObjectionRaised',
    guard: (course, { party }, on) => {
      const rule = periodOf(course, party);
      const period = course.deadline(rule, `party:${party}`);
      const refusal = standing(course);
      // Before it is served with the ruling a party's period has not begun.
      if (refusal || !period) return refusal;
      if (period.status === 'met') return refuse('already-done', { pointer: '/party' });
      return period.due < on ? refuse('deadline-passed', { basis: basisOf(rule), on: period.due }) : null;
    },
    then: (course, { party }) => course.meet(periodOf(course, party), `party:${party}`),
  }),
  'rule-on-objection': action({
    title: { zh: '审查异议', en: 'rule on the objection' },
    by: court,
    afterClose: true,
    basis: 'JC-09',
    fields: {
      result: oneOf(['upheld', 'dismissed'], { zh: '结果', en: 'result' }),
      ruledOn: legalDate('裁定日期', 'date of the ruling'),
      document: optional(documentId('裁定书', 'ruling')),
    },
    records: 'ObjectionRuled',
    guard: (course) => standing(course) ?? (isPending(course) ? null : refuse('action-not-available')),
    then: (course, { result }, on) => {
      if (result === 'upheld') revoke(course, on);
    },
  }),
} as const;
