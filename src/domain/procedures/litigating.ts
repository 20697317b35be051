import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { documentId, flag, instant, legalDate, list, oneOf, optional, partyRef, text } from '../dispute/fields.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import type { Deadline } from '../dispute/state.js';
import { basisOf } from '../rules/rule-book.js';
import { enforcementPeriod } from './titles.js';
import { action, type OpeningCourse, type Start, type StepDefinition } from './definition.js';

/** Acts that every court procedure knows, and the rights that lead from one instance to the next. */

export const court = ['court-clerk', 'judge'] as const;
export const underTrial = ['registered', 'heard'] as const;

export const trialSteps = {
  registered: {
    title: { zh: '已立案，审理中', en: 'registered; being tried' },
    waitsFor: { who: 'body', role: 'judge' },
    stalls: 'awaiting-body',
  },
  heard: {
    title: { zh: '已开庭，待裁判', en: 'heard; to be decided' },
    waitsFor: { who: 'body', role: 'judge' },
    stalls: 'awaiting-body',
  },
} as const satisfies Record<string, StepDefinition>;

interface Cited {
  basis?: string;
  meets?: readonly string[];
  starts?: readonly Start[];
}

export const scheduleHearing = (cited: Cited = {}) =>
  action({
    title: { zh: '通知开庭', en: 'give notice of a hearing' },
    by: court,
    in: underTrial,
    ...cited,
    fields: {
      at: instant('开庭时间', 'time of the hearing'),
      noticeOn: legalDate('通知送达日期', 'date of the notice'),
      place: optional(text('place', { zh: '地点', en: 'place' }, 200)),
    },
    records: 'SessionScheduled',
  });

export const recordHearing = action({
  title: { zh: '记录庭审', en: 'record the hearing' },
  by: court,
  in: underTrial,
  fields: {
    heldOn: legalDate('开庭日期', 'date of the hearing'),
    absent: optional(list(partyRef(), 0, 20)),
  },
  records: 'SessionHeld',
  to: 'heard',
});

export const rejectFiling = (reasons: readonly string[], cited: Cited) =>
  action({
    title: { zh: '裁定不予受理', en: 'refuse to register the suit' },
    by: court,
    in: ['filing'],
    ...cited,
    fields: {
      reason: oneOf(reasons, { zh: '理由', en: 'reason' }),
      decidedOn: legalDate('裁定日期', 'date of the ruling'),
    },
    records: 'ApplicationRefused',
    // What a higher court has sent back must be registered (民事诉讼法177).
    guard: ({ procedure }) =>
      procedure.facts['ApplicationAccepted'] || procedure.facts['ApplicationRefused']
        ? refuse('action-not-available')
        : null,
    closes: 'not-accepted',
  });

export const issueJudgment = (cited: Cited) =>
  action({
    title: { zh: '宣判', en: 'give judgment' },
    by: court,
    in: underTrial,
    ...cited,
    fields: {
      issuedOn: legalDate('判决日期', 'date of judgment'),
      byDefault: optional(flag('缺席判决', 'by default')),
      document: optional(documentId('判决书', 'judgment')),
    },
    records: 'JudgmentGiven',
    // A defendant is judged by default for not coming to the hearing (民事诉讼法147, 行政诉讼法58).
    guard: (course, body) =>
      body.byDefault && absentees(course).length === 0
        ? refuse('action-not-available', { pointer: '/byDefault' })
        : null,
    closes: 'judgment',
  });

/** Those who were absent from the last hearing. */
export const absentees = (course: Course): string[] =>
  (course.procedure.facts['SessionHeld']?.data['absent'] as string[] | undefined) ?? [];

/** The suit is dismissed without a decision on its merits, or ends because there is nobody to go on with it. */
export const issueRuling = (cited: Cited) =>
  action({
    title: { zh: '作出裁定', en: 'make a ruling that ends the suit' },
    by: court,
    in: underTrial,
    ...cited,
    fields: {
      kind: oneOf(['dismiss-suit', 'end-suit'], { zh: '裁定事项', en: 'what is ruled' }),
      madeOn: legalDate('裁定日期', 'date of the ruling'),
      document: optional(documentId('裁定书', 'ruling')),
    },
    records: 'RulingMade',
    then: (course, body, on) => course.close(body.kind === 'dismiss-suit' ? 'dismissed' : 'terminated', on),
  });

/** A consent document takes effect once both have signed for it (民事诉讼法100). */
export const issueConsentJudgment = (cited: Cited) =>
  action({
    title: { zh: '制作民事调解书', en: 'issue a court mediation document' },
    by: court,
    in: underTrial,
    ...cited,
    binds: true,
    fields: {
      signedForOn: legalDate('双方签收日期', 'date both signed for it'),
      document: optional(documentId()),
    },
    records: 'ConsentJudgmentIssued',
    closes: 'mediated',
    starts: [enforcementPeriod()],
  });

/** Whoever brought it did not come though duly summoned: what cannot be proved to have been notified counts for nothing. */
export const deemWithdrawn = (cited: Cited = {}) =>
  action({
    title: { zh: '按撤诉处理', en: 'deem the suit withdrawn' },
    by: court,
    in: underTrial,
    ...cited,
    fields: {
      decidedOn: legalDate('裁定日期', 'date of the ruling'),
      proofOfNotice: documentId('送达凭证', 'proof of notice'),
    },
    records: 'SuitDeemedWithdrawn',
    closes: 'deemed-withdrawn',
  });

interface Service {
  /** Met by serving the complaint or the appeal. */
  complaint?: string;
  /** What a party's receipt of the judgment starts for that party; null: nothing. */
  judgment: (course: Course) => string | null;
  /** What receipt of a ruling that the law lets be appealed against starts. */
  ruling?: string;
  /** Papers of this procedure beside the usual ones. */
  papers?: readonly string[];
  /** What else follows from a party's receipt. */
  then?: (course: Course, served: Served, on: CivilDate) => void;
}

export interface Served {
  paper: string;
  party: string;
}

const served = {
  paper: (more: readonly string[] = []) =>
    oneOf(['complaint', 'answer', 'judgment', 'ruling', ...more], { zh: '文书', en: 'paper' }),
  party: partyRef('受送达人', 'served on'),
};

const receipt =
  ({ complaint, judgment, ruling, then }: Service) =>
  (course: Course, body: Served, on: CivilDate): void => {
    const { outcome } = course.procedure;
    if (body.paper === 'complaint' && complaint) course.meet(complaint);
    const started =
      body.paper === 'judgment'
        ? judgment(course)
        : body.paper === 'ruling' && (outcome === 'not-accepted' || outcome === 'dismissed')
          ? ruling
          : null;
    if (started) course.start({ rule: started, holder: 'party' }, on, body.party);
    then?.(course, body, on);
  };

const notJudged = (course: Course, { paper }: { paper: string }): Refusal | null =>
  paper === 'judgment' && course.procedure.outcome !== 'judgment' ? refuse('action-not-available') : null;

/** Service: each party's period runs from its own receipt (民诉解释244). */
export const servePaper = (service: Service) =>
  action({
    title: { zh: '送达', en: 'serve a paper' },
    by: court,
    afterClose: true,
    fields: {
      paper: served.paper(service.papers),
      party: served.party,
      servedOn: legalDate('送达日期', 'date of receipt'),
      document: optional(documentId()),
    },
    records: 'DocumentServed',
    guard: notJudged,
    then: receipt(service),
  });

/** A party who cannot be reached is deemed served thirty days after the notice (民事诉讼法95). */
export const publishNotice = (service: Service) =>
  action({
    title: { zh: '公告送达', en: 'serve by public notice' },
    by: court,
    afterClose: true,
    basis: 'CL-20',
    fields: {
      paper: served.paper(service.papers),
      party: served.party,
      publishedOn: legalDate('公告日期', 'date of the notice'),
    },
    records: 'PublicNoticeIssued',
    guard: notJudged,
    then: (course, body, on) => course.start({ rule: 'CL-20', holder: 'party', subject: body.paper }, on, body.party),
  });

/** The period of the notice is over: the paper counts as received on its last day. */
export const deemServed =
  (service: Service) =>
  (course: Course, { holder, subject, due }: Deadline): void => {
    const body = { paper: subject!, party: holder.replace('party:', '') };
    course.say('PaperDeemedServed', { ...body, servedOn: due });
    receipt(service)(course, body, due);
  };

/** The periods under some rules that another procedure gave those who apply. */
export const periodsHeld = (
  { course, applicants }: Pick<OpeningCourse, 'course' | 'applicants'>,
  procedureId: string | null,
  rules: readonly string[],
): Deadline[] =>
  Object.values(course.dispute.deadlines).filter(
    (one) =>
      rules.includes(one.rule) &&
      one.procedureId === procedureId &&
      applicants.some((party) => one.holder === `party:${party}`),
  );

/**
 * Refused where the period that another procedure gave them for it has passed for those who apply. Of one that runs from
 * the registered facts, whoever is applied to judges, for it may excuse the delay.
 */
export const periodPassed = (
  opening: Pick<OpeningCourse, 'course' | 'from' | 'applicants'>,
  rules: readonly string[],
): Refusal | null => {
  if (opening.from === null) return null;
  const held = periodsHeld(opening, opening.from, rules);
  const [first] = held;
  if (!first || !held.every(({ status }) => status === 'elapsed')) return null;
  return refuse('deadline-passed', { basis: basisOf(first.rule), on: first.due });
};

/** By applying in time a right is used (`rights`), and the other way to the same end is spent (`spent`). */
export const exercise = (course: Course, rights: readonly string[], spent: readonly string[] = []): void => {
  const origin = course.origin();
  for (const party of course.procedure.applicants) {
    for (const rule of rights) origin?.meet(rule, `party:${party}`);
    for (const rule of spent) origin?.drop(rule, 'other-way-chosen', `party:${party}`);
  }
};
