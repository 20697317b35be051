import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { ProcedureCode } from '../routes/codes.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition, type Start } from './definition.js';
import {
  court,
  exercise,
  issueConsentJudgment,
  issueJudgment,
  periodPassed,
  recordHearing,
  scheduleHearing,
  servePaper,
  trialSteps,
  underTrial,
} from './litigating.js';
import { isUnappealed, plaintiffOf, takeEffect } from './titles.js';

interface Appeal {
  code: ProcedureCode;
  /** Periods for the appeal: against a judgment, against a ruling. */
  against: { judgment: string; ruling: string };
  /** Limits of the second instance. */
  limits: { judgment: string; ruling: string };
  /** What the judgment's receipt starts, where the rules know it. */
  retrial?: string;
  /** What its taking effect starts. */
  starts?: readonly Start[];
  /** Basis of a consent document; absent: the law knows none at this instance. */
  consent?: string;
  /** What only one of the two laws knows. */
  more?: ProcedureDefinition['actions'];
}

/** The first judgment stands where the appeal against it falls away (民事诉讼法158, 180). */
const firstJudgmentStands = (course: Course, on: CivilDate, rule: string, starts: readonly Start[]): void => {
  const first = course.origin();
  // While the other side may still appeal, it does not stand yet.
  if (first && isUnappealed(first, rule, course.procedure.procedure)) takeEffect(first, on, starts);
};

/** Second instance, civil 民事诉讼法171–182 and administrative 行政诉讼法85–89: the same course under two laws. */
export const appeal = ({ code, against, limits, retrial, starts = [], consent, more }: Appeal): ProcedureDefinition => {
  const limit = [limits.judgment, limits.ruling];
  return {
    code,
    nature: 'adjudicative',
    outcomes: [
      'judgment',
      'ruling',
      ...(consent ? (['mediated'] as const) : []),
      'withdrawn',
      'deemed-withdrawn',
      'remanded',
    ],
    steps: {
      filing: {
        title: { zh: '已上诉，待立案', en: 'appealed; to be registered' },
        waitsFor: { who: 'body', role: 'court-clerk' },
        stalls: 'awaiting-acceptance',
      },
      ...trialSteps,
    },
    opening: {
      by: [...court, 'party'],
      basis: against.judgment,
      step: 'filing',
      guard: (opening) => periodPassed(opening, [against.judgment, against.ruling]),
      then: (course) => exercise(course, [against.judgment, against.ruling]),
    },
    elapses: { [limits.judgment]: {}, [limits.ruling]: {} },
    withdrawn: (course, on) => firstJudgmentStands(course, on, against.judgment, starts),
    actions: {
      'join-application': action({
        title: { zh: '另一方上诉', en: 'appeal of the other party' },
        by: [...court, 'party'],
        in: ['filing', ...underTrial],
        basis: against.judgment,
        fields: { party: partyRef('上诉人', 'appellant'), appliedOn: legalDate('上诉日期', 'date of the appeal') },
        records: 'ApplicationJoined',
        guard: (course, body) => {
          if (course.procedure.applicants.includes(body.party)) return refuse('already-done', { pointer: '/party' });
          const from = course.procedure.from;
          return periodPassed({ course, from, applicants: [body.party] }, [against.judgment, against.ruling]);
        },
        then: (course, body) => {
          for (const rule of Object.values(against)) course.origin()?.meet(rule, `party:${body.party}`);
        },
      }),
      'accept-application': action({
        title: { zh: '二审立案', en: 'register the appeal' },
        by: court,
        in: ['filing'],
        basis: limits.judgment,
        fields: { acceptedOn: legalDate('立案日期', 'date of registration') },
        records: 'ApplicationAccepted',
        to: 'registered',
        // An appeal against a ruling has its own limit (民事诉讼法183).
        then: (course, _, on) =>
          course.start(course.origin()?.procedure.outcome === 'judgment' ? limits.judgment : limits.ruling, on),
      }),
      'schedule-session': scheduleHearing(),
      'record-session': recordHearing,
      // It has effect at once (民事诉讼法182); the period for a retrial runs from its receipt.
      'issue-judgment': {
        ...issueJudgment({ basis: limits.judgment, meets: limit }),
        then: (course, _, on) => {
          const plaintiff = plaintiffOf(course.origin() ?? course);
          for (const start of starts) if (start.rule !== retrial) course.start(start, on, plaintiff);
        },
      },
      'issue-ruling': action({
        title: { zh: '作出二审裁定', en: 'make the ruling of second instance' },
        by: court,
        in: underTrial,
        basis: limits.ruling,
        fields: {
          kind: oneOf(['upheld', 'remanded'], { zh: '裁定结果', en: 'result' }),
          madeOn: legalDate('裁定日期', 'date of the ruling'),
          document: optional(documentId('裁定书', 'ruling')),
        },
        records: 'RulingMade',
        meets: limit,
        // Sent back, the matter is again before the court of first instance, which registers it anew.
        then: (course, body, on) => {
          course.close(body.kind === 'upheld' ? 'ruling' : 'remanded', on);
          if (body.kind === 'remanded') course.origin()?.reopen('filing');
        },
      }),
      ...(consent ? { 'issue-consent-judgment': issueConsentJudgment({ basis: consent, meets: limit }) } : {}),
      'deem-withdrawn': action({
        title: { zh: '按撤回上诉处理', en: 'deem the appeal withdrawn' },
        by: court,
        in: underTrial,
        fields: {
          decidedOn: legalDate('裁定日期', 'date of the ruling'),
          proofOfNotice: documentId('送达凭证', 'proof of notice'),
        },
        records: 'AppealDeemedWithdrawn',
        closes: 'deemed-withdrawn',
        then: (course, _, on) => firstJudgmentStands(course, on, against.judgment, starts),
      }),
      serve: servePaper({ judgment: () => retrial ?? null }),
      ...more,
      ...clocks,
    },
  };
};
