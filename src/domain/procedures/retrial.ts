import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action, type ProcedureDefinition } from './definition.js';
import {
  court,
  exercise,
  issueConsentJudgment,
  periodPassed,
  recordHearing,
  scheduleHearing,
  servePaper,
  trialSteps,
  underTrial,
} from './litigating.js';
import { enforcementPeriod } from './titles.js';

/** What was changed on retrial is enforced as it is now, from now on. */
const replaceTitle = (course: Course, on: CivilDate): void => {
  const first = course.origin();
  if (!first?.deadline('CL-15')) return;
  first.drop('CL-15', 'replaced-on-retrial');
  course.start(enforcementPeriod(), on);
};

/**
 * Retrial 再审 (民事诉讼法209–224): an extraordinary remedy, once. The rules hold a period for the application only
 * (CL-22), none for its examination or for the new trial.
 */
export const retrial: ProcedureDefinition = {
  code: 'retrial',
  nature: 'adjudicative',
  outcomes: ['effective', 'mediated', 'dismissed', 'withdrawn'],
  steps: {
    applied: {
      title: { zh: '已申请，审查中', en: 'applied for; the application is examined' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-acceptance',
    },
    ...trialSteps,
  },
  opening: {
    by: [...court, 'party'],
    basis: 'CL-22',
    step: 'applied',
    guard: (opening) => {
      // An application that was dismissed is not made again (民诉解释381): the procuratorate is what is left.
      const before = opening.course.other('retrial');
      if (before?.procedure.outcome === 'dismissed' || before?.procedure.outcome === 'effective')
        return refuse('already-done', { basis: basisOf('CL-22') });
      return periodPassed(opening, ['CL-22']);
    },
    then: (course) => exercise(course, ['CL-22']),
  },
  actions: {
    'issue-ruling': action({
      title: { zh: '裁定再审或者驳回申请', en: 'order the retrial or dismiss the application' },
      by: court,
      in: ['applied'],
      basis: 'CL-22',
      fields: {
        kind: oneOf(['ordered', 'dismissed'], { zh: '裁定结果', en: 'result' }),
        madeOn: legalDate('裁定日期', 'date of the ruling'),
        document: optional(documentId('裁定书', 'ruling')),
      },
      records: 'RulingMade',
      then: (course, body, on) => {
        if (body.kind === 'dismissed') course.close('dismissed', on);
        else course.enter('registered');
      },
    }),
    'schedule-session': scheduleHearing(),
    'record-session': recordHearing,
    'issue-judgment': action({
      title: { zh: '作出再审判决', en: 'give judgment on retrial' },
      by: court,
      in: underTrial,
      basis: 'CL-22',
      fields: {
        result: oneOf(['upheld', 'changed'], { zh: '结果', en: 'result' }),
        issuedOn: legalDate('判决日期', 'date of judgment'),
        document: optional(documentId('判决书', 'judgment')),
      },
      records: 'JudgmentGiven',
      closes: 'effective',
      then: (course, body, on) => {
        if (body.result === 'changed') replaceTitle(course, on);
      },
    }),
    'issue-consent-judgment': action({
      ...issueConsentJudgment({ basis: 'CL-14' }),
      // An administrative suit is not settled by mediation (行政诉讼法60).
      guard: (course) =>
        course.origin()?.procedure.procedure.startsWith('administrative')
          ? refuse('action-not-available', { basis: basisOf('AL-05') })
          : null,
      then: (course) => course.origin()?.drop('CL-15', 'replaced-on-retrial'),
    }),
    serve: servePaper({ judgment: () => null }),
  },
};
