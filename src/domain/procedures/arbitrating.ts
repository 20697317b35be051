import { addDays } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { sides } from '../dispute/parties.js';
import type { Role } from '../dispute/context.js';
import type { Deadline } from '../dispute/state.js';
import { documentId, instant, legalDate, list, oneOf, optional, partyRef, person, text } from '../dispute/fields.js';
import { basisOf } from '../rules/rule-book.js';
import { noticeTooLate } from './mediating.js';
import { action, type Owed, type Start, type StepDefinition } from './definition.js';

/** Acts that arbitration knows under every law: a procedure takes those it needs into its own table. */

const commission = ['arbitrator', 'case-officer'] as const satisfies readonly Role[];
const sitting = ['tribunal-formed', 'heard'] as const;
export const afterAcceptance = ['accepted', ...sitting] as const;

export const arbitrationSteps = {
  filed: {
    title: { zh: '已申请，待决定是否受理', en: 'applied for; acceptance is to be decided' },
    waitsFor: { who: 'body', role: 'arbitrator' },
    stalls: 'awaiting-acceptance',
  },
  accepted: {
    title: { zh: '已受理，待组庭', en: 'accepted; the tribunal is to be formed' },
    waitsFor: { who: 'body', role: 'arbitrator' },
    stalls: 'awaiting-body',
  },
  'tribunal-formed': {
    title: { zh: '已组庭，待开庭', en: 'tribunal formed; to be heard' },
    waitsFor: { who: 'body', role: 'arbitrator' },
    stalls: 'awaiting-body',
  },
  heard: {
    title: { zh: '已开庭，待裁决', en: 'heard; to be decided' },
    waitsFor: { who: 'body', role: 'arbitrator' },
    stalls: 'awaiting-body',
  },
} as const satisfies Record<string, StepDefinition>;

/** Accepted under `rule`, the period for the commission's decision; `starts` run from then. */
export const acceptApplication = (rule: string, starts: readonly string[]) =>
  action({
    title: { zh: '受理', en: 'accept the application' },
    by: commission,
    in: ['filed'],
    basis: rule,
    fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
    records: 'ApplicationAccepted',
    meets: [rule],
    starts,
    to: 'accepted',
  });

export const rejectApplication = (rule: string, reasons: readonly string[]) =>
  action({
    title: { zh: '不予受理', en: 'refuse the application' },
    by: commission,
    in: ['filed'],
    basis: rule,
    fields: {
      reason: oneOf(reasons, { zh: '理由', en: 'reason' }),
      decidedOn: legalDate('决定日期', 'date of the decision'),
      document: optional(documentId('不予受理通知书', 'notice of refusal')),
    },
    records: 'ApplicationRefused',
    meets: [rule],
    closes: 'not-accepted',
    // In writing and with reasons.
    owes: [{ notice: 'refusal', basis: rule }] satisfies Owed[],
  });

export const formTribunal = action({
  title: { zh: '组庭', en: 'form the tribunal' },
  by: commission,
  in: ['accepted'],
  fields: {
    arbitrators: optional(list(person('仲裁员', 'arbitrator'), 1, 3)),
    formedOn: legalDate('组庭日期', 'date of formation'),
  },
  records: 'TribunalFormed',
  to: 'tribunal-formed',
});

/** `rule`: by when notice of a hearing must have been given, where the law says it. */
export const scheduleHearing = (rule?: string) =>
  action({
    title: { zh: '通知开庭', en: 'give notice of a hearing' },
    by: commission,
    in: sitting,
    ...(rule === undefined ? {} : { basis: rule }),
    fields: {
      at: instant('开庭时间', 'time of the hearing'),
      noticeOn: legalDate('通知送达日期', 'date of the notice'),
      place: optional(text('place', { zh: '地点', en: 'place' }, 200)),
    },
    records: 'SessionScheduled',
    guard: (course, body, noticeOn) => (rule === undefined ? null : noticeTooLate(course, rule, body.at, noticeOn)),
  });

/** A respondent who is absent without reason is decided against by default; an applicant's absence is `deemWithdrawn`. */
export const recordHearing = action({
  title: { zh: '记录庭审', en: 'record the hearing' },
  by: commission,
  in: sitting,
  fields: {
    heldOn: legalDate('开庭日期', 'date of the hearing'),
    absent: optional(list(partyRef(), 0, 20)),
    minutes: optional(text('minutes', { zh: '笔录摘要', en: 'minutes' })),
  },
  records: 'SessionHeld',
  to: 'heard',
});

export const deemWithdrawn = action({
  title: { zh: '按撤回申请处理', en: 'deem the application withdrawn' },
  by: commission,
  in: afterAcceptance,
  fields: {
    decidedOn: legalDate('决定日期', 'date of the decision'),
    proofOfNotice: documentId('送达凭证', 'proof of notice'),
  },
  records: 'ApplicationDeemedWithdrawn',
  closes: 'deemed-withdrawn',
});

/** `enforcement`: the period that it gives the claimant. */
export const issueConsentAward = (meets: readonly string[], enforcement: Start) =>
  action({
    title: { zh: '制作调解书', en: 'issue a consent award' },
    by: commission,
    in: afterAcceptance,
    binds: true,
    fields: {
      signedForOn: legalDate('双方签收日期', 'date both signed for it'),
      document: optional(documentId()),
    },
    records: 'ConsentAwardIssued',
    meets,
    closes: 'mediated',
    starts: [enforcement],
  });

/** The award takes effect when every side's period for a suit under `rule` has passed and nobody has sued. */
export const takeEffectUnchallenged =
  (rule: string, enforcement: Start) =>
  (course: Course, { due }: Deadline): void => {
    const { award, id } = course.procedure;
    if (award?.status !== 'appealable') return;
    const periods = Object.values(course.dispute.deadlines).filter(
      (one) => one.procedureId === id && one.rule === rule,
    );
    if (periods.length !== sides(course.dispute).length || periods.some(({ status }) => status !== 'elapsed')) return;
    course.say('AwardBecameEffective', { basis: basisOf(rule) });
    course.start(enforcement, addDays(due, 1));
  };
