import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { ProcedureState } from '../dispute/state.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { appliedInTime, isReviewFirst, reviewRights, suitRights, timelyFields } from './challenging.js';
import { action, type OpeningCourse, type ProcedureDefinition } from './definition.js';
import {
  court,
  deemWithdrawn,
  exercise,
  issueJudgment,
  issueRuling,
  periodPassed,
  periodsHeld,
  recordHearing,
  rejectFiling,
  scheduleHearing,
  servePaper,
  trialSteps,
  underTrial,
} from './litigating.js';
import { effectiveUnlessAppealed } from './titles.js';

const reviewBefore = ({ course, from }: OpeningCourse): ProcedureState | null => {
  const before = from === null ? undefined : course.dispute.procedures[from];
  return before?.procedure === 'administrative-review' ? before : null;
};

/** After a withdrawn review, or one turned away, the period counts that there was before it, as though it had not been chosen (行诉解释58). */
const firstPeriodPassed = (opening: OpeningCourse) => {
  const review = reviewBefore(opening);
  if (!review || !['withdrawn', 'deemed-withdrawn', 'not-accepted'].includes(review.outcome ?? '')) return null;
  const held = periodsHeld(opening, review.from, ['AD-01', 'AD-04']);
  const [first] = held;
  if (!first || held.some(({ due }) => opening.on <= due)) return null;
  return refuse('deadline-passed', { basis: basisOf(first.rule), on: first.due });
};

/** Where review need not come first, its being turned away leaves the first period, which the court judges (行政复议法34; 行政诉讼法46). */
const reviewTurnedAway = (opening: OpeningCourse): boolean =>
  reviewBefore(opening)?.outcome === 'not-accepted' && !isReviewFirst(opening.course.dispute.facts);

/** Periods for the suit after another body has decided, or stayed silent. */
const rights = [
  'AL-01',
  'AL-01.overdue',
  'AR-12',
  'AR-12.overdue',
  'AD-01',
  'AD-04',
  'AD-06',
  'AL-02',
  'AL-03.suit',
] as const;
const limits = ['AL-04.first-instance', 'AL-04.simple'] as const;

/** Administrative litigation, first instance 行政诉讼一审 (行政诉讼法44–84). */
export const administrativeLitigation: ProcedureDefinition = {
  code: 'administrative-litigation',
  nature: 'adjudicative',
  outcomes: [
    'judgment',
    'dismissed',
    'mediated',
    'not-accepted',
    'withdrawn',
    'deemed-withdrawn',
    'effective',
    'terminated',
  ],
  steps: {
    filing: {
      title: { zh: '已递交起诉状，待登记立案', en: 'complaint submitted; to be registered' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    ...trialSteps,
  },
  opening: {
    by: [...court, 'party'],
    basis: 'AL-04',
    step: 'filing',
    starts: ['AL-04'],
    guard: (opening) => {
      // Withdrawn with the court's leave, a suit on the same facts is not registered again (行诉解释60).
      const before = opening.course.other('administrative-litigation')?.procedure.outcome;
      if (before === 'withdrawn' || before === 'deemed-withdrawn')
        return refuse('already-done', {
          basis: { law: '最高人民法院关于适用行政诉讼法的解释', article: '60' },
        });
      const own = periodPassed(opening, rights);
      if (reviewTurnedAway(opening)) return own && firstPeriodPassed(opening);
      return own ?? firstPeriodPassed(opening);
    },
    then: (course) => {
      exercise(course, rights, ['AR-01']);
      for (const rule of suitRights) course.meetForDispute(rule);
    },
  },
  establishes: [{ fact: 'courtAccepted', by: 'ApplicationAccepted', is: true }],
  elapses: { 'AL-04.appeal': { then: effectiveUnlessAppealed('AL-04.appeal', 'administrative-appeal') } },
  actions: {
    'accept-application': action({
      title: { zh: '登记立案', en: 'register the suit' },
      by: court,
      in: ['filing'],
      basis: 'AL-04',
      fields: {
        acceptedOn: legalDate('立案日期', 'date of registration'),
        track: optional(oneOf(['ordinary', 'simple'], { zh: '审理程序', en: 'track' })),
        ...timelyFields,
      },
      records: 'ApplicationAccepted',
      guard: (course, body) => appliedInTime(course, 'AL-02', body),
      meets: ['AL-04'],
      to: 'registered',
      // Each track has its own limit of trial (行政诉讼法81, 83).
      then: (course, body, on) => {
        course.start(body.track === 'simple' ? 'AL-04.simple' : 'AL-04.first-instance', on);
        // What a court has accepted is not reviewed any more (行政复议法29).
        for (const rule of reviewRights) course.dropForDispute(rule, 'court-accepted');
      },
    }),
    'reject-application': rejectFiling(
      ['review-first', 'review-pending', 'late', 'no-jurisdiction', 'not-administrative', 'other'],
      { basis: 'AL-04', meets: ['AL-04'] },
    ),
    'schedule-session': scheduleHearing(),
    'record-session': recordHearing,
    'issue-judgment': issueJudgment({ basis: 'AL-04.first-instance', meets: limits }),
    'issue-ruling': issueRuling({ basis: 'AL-04.first-instance', meets: limits }),
    // Mediation only on compensation and where the law leaves a discretion (行政诉讼法60).
    'issue-consent-judgment': action({
      title: { zh: '制作行政调解书', en: 'issue a court mediation document' },
      by: court,
      in: underTrial,
      basis: 'AL-05',
      fields: {
        about: oneOf(['compensation', 'discretion', 'other'], { zh: '调解事项', en: 'what is settled' }),
        signedForOn: legalDate('双方签收日期', 'date both signed for it'),
        document: optional(documentId()),
      },
      records: 'ConsentJudgmentIssued',
      guard: (_, body) => (body.about === 'other' ? refuse('action-not-available', { pointer: '/about' }) : null),
      meets: limits,
      closes: 'mediated',
    }),
    'deem-withdrawn': deemWithdrawn(),
    serve: servePaper({ judgment: () => 'AL-04.appeal', ruling: 'AL-04.appeal-ruling' }),
    ...clocks,
  },
};
