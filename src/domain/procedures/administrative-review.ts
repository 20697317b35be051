import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { documentId, instant, legalDate, list, oneOf, optional, partyRef, text } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { appliedInTime, isReviewFirst, reviewRights, suitRights, timelyFields } from './challenging.js';
import { exercise, periodPassed } from './litigating.js';
import { giveNotice, noticeTooLate } from './mediating.js';

const staff = ['case-officer'] as const;

/** Ordinary and simple procedure, each with its own periods (行政复议法48, 54, 62). */
const ordinary = { copy: 'AR-04', reply: 'AR-04.reply', decision: 'AR-06' } as const;
const simple = { copy: 'AR-05', reply: 'AR-05.reply', decision: 'AR-06.simple' } as const;
const periods = ({ procedure }: Course) =>
  procedure.facts['ApplicationAccepted']?.data['track'] === 'simple' ? simple : ordinary;
const decision = [ordinary.decision, simple.decision];

/** Grounds after sixty days of which the review ends (行政复议法41(1)5). */
const personal = ['applicant-death', 'applicant-incapacity', 'entity-ended'];

const accept = (course: Course, on: CivilDate): void => {
  const { copy, decision: limit } = periods(course);
  course.start(copy, on);
  course.start(limit, on);
};

/** A suit after review: by another article, but as long, where the law requires review first (行政复议法34; 行政诉讼法45). */
const suit = ({ dispute }: Course): 'AR-12' | 'AL-01' => (isReviewFirst(dispute.facts) ? 'AR-12' : 'AL-01');

/** The authority whose act is reviewed does not sue against the decision on it. */
const isAuthority = (course: Course, ref: string): boolean => {
  const party = course.party(ref);
  const own = ['administrative-act', 'social-insurance'].includes(course.dispute.type);
  return party?.capacity === 'authority' || (own && party?.role === 'respondent');
};

/** After review the suit has a period of its own, in the place of the one from knowing. */
const suitAfterReview = (course: Course, rule: string, from: CivilDate, party: string): void => {
  for (const direct of suitRights) course.dropForDispute(direct, 'counted-from-the-review');
  course.start({ rule, holder: 'party' }, from, party);
};

/** No decision in time: the applicant may sue, within fifteen days of the expiry. */
const inaction = {
  opens: 'inaction',
  then: (course: Course, { due }: { due: CivilDate }) => {
    for (const party of course.procedure.applicants) suitAfterReview(course, `${suit(course)}.overdue`, due, party);
  },
} as const;

/** Administrative review 行政复议 (行政复议法). Free. Once accepted it bars the suit, and the suit bars it (AR-11). */
export const administrativeReview: ProcedureDefinition = {
  code: 'administrative-review',
  nature: 'adjudicative',
  outcomes: [
    'decision',
    'dismissed',
    'mediated',
    'not-accepted',
    'withdrawn',
    'deemed-withdrawn',
    'terminated',
    'inaction',
  ],
  steps: {
    applied: {
      title: { zh: '已申请，审查中', en: 'applied for; the application is reviewed' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    correcting: {
      title: { zh: '待申请人补正', en: 'the applicant is to correct the application' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    accepted: {
      title: { zh: '已受理，审理中', en: 'accepted; under review' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'AR-01',
    step: 'applied',
    starts: ['AR-02'],
    guard: (opening) => periodPassed(opening, ['AR-01']),
    then: (course) => {
      exercise(course, ['AR-01'], ['AD-01', 'AD-04', 'AL-02']);
      for (const rule of reviewRights) course.meetForDispute(rule);
    },
  },
  establishes: [{ fact: 'settled', by: 'Withdrawn', field: 'settled' }],
  elapses: {
    'AR-02': {
      // Silence: from the day of expiry the application counts as accepted, and all periods run from there (30).
      to: 'accepted',
      then: (course, deadline) => {
        course.say('ApplicationDeemedAccepted', { acceptedOn: deadline.due, basis: basisOf('AR-02') });
        accept(course, deadline.due);
      },
    },
    'AR-03.applicant': { closes: 'deemed-withdrawn' },
    'AR-06': inaction,
    'AR-06.simple': inaction,
    'AR-09': { closes: 'terminated' },
  },
  actions: {
    'request-correction': action({
      title: { zh: '通知补正', en: 'ask for a correction' },
      by: staff,
      in: ['applied'],
      basis: 'AR-03',
      fields: { requestedOn: legalDate('通知日期', 'date of the notice') },
      records: 'CorrectionRequested',
      // Everything that is to be corrected is asked for at once (31).
      guard: (course) =>
        course.procedure.facts['CorrectionRequested'] ? refuse('already-done', { basis: basisOf('AR-03') }) : null,
      meets: ['AR-02'],
      to: 'correcting',
    }),
    'submit-correction': action({
      title: { zh: '提交补正材料', en: 'submit the correction' },
      by: [...staff, 'party'],
      in: ['correcting'],
      basis: 'AR-03.applicant',
      fields: {
        receivedOn: legalDate('收到日期', 'date of receipt'),
        document: optional(documentId('补正材料', 'correction')),
      },
      records: 'CorrectionSubmitted',
      meets: ['AR-03.applicant'],
      // Received, the corrected application is reviewed like a new one.
      starts: ['AR-02'],
      to: 'applied',
    }),
    'accept-application': action({
      title: { zh: '决定受理', en: 'accept the application' },
      by: staff,
      in: ['applied'],
      basis: 'AR-02',
      fields: {
        acceptedOn: legalDate('受理日期', 'date of acceptance'),
        track: optional(oneOf(['ordinary', 'simple'], { zh: '审理程序', en: 'track' })),
        ...timelyFields,
      },
      records: 'ApplicationAccepted',
      guard: (course, body) => appliedInTime(course, 'AR-01', body),
      meets: ['AR-02'],
      to: 'accepted',
      then: (course, _, on) => accept(course, on),
    }),
    'reject-application': action({
      title: { zh: '决定不予受理', en: 'refuse the application' },
      by: staff,
      in: ['applied'],
      basis: 'AR-02',
      fields: {
        reason: oneOf(['not-reviewable', 'late', 'wrong-body', 'court-has-accepted', 'repeated', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      meets: ['AR-02'],
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'AR-02' }],
    }),
    serve: action({
      title: { zh: '送达', en: 'serve a paper' },
      by: staff,
      afterClose: true,
      fields: {
        paper: oneOf(['correction-notice', 'application-copy', 'decision'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: ({ procedure }, body) => {
        const { status, step, outcome } = procedure;
        const due = {
          'correction-notice': status === 'open' && step === 'correcting',
          'application-copy': status === 'open' && step === 'accepted',
          decision: ['decision', 'dismissed', 'not-accepted'].includes(outcome ?? ''),
        };
        return due[body.paper] ? null : refuse('action-not-available', { pointer: '/paper' });
      },
      then: (course, body, on) => {
        const { copy, reply } = periods(course);
        const start = (rule: string) => course.start({ rule, holder: 'party' }, on, body.party);
        if (body.paper === 'correction-notice') start('AR-03.applicant');
        else if (body.paper === 'application-copy') {
          course.meet(copy);
          start(reply);
        } else if (!isAuthority(course, body.party)) suitAfterReview(course, suit(course), on, body.party);
      },
    }),
    'record-answer': action({
      title: { zh: '收到答复和证据', en: 'record the reply and the evidence' },
      by: staff,
      in: ['accepted'],
      basis: 'AR-04.reply',
      fields: {
        party: partyRef('被申请人', 'respondent'),
        receivedOn: legalDate('收到日期', 'date of receipt'),
      },
      records: 'AnswerReceived',
      meets: ['AR-04.reply', 'AR-05.reply'],
    }),
    'schedule-session': action({
      title: { zh: '通知听证', en: 'give notice of a hearing' },
      by: staff,
      in: ['accepted'],
      basis: 'AR-04.hearing',
      fields: {
        at: instant('听证时间', 'time of the hearing'),
        noticeOn: legalDate('通知日期', 'date of the notice'),
        place: optional(text('place', { zh: '地点', en: 'place' }, 200)),
      },
      records: 'SessionScheduled',
      guard: (course, body, noticeOn) => noticeTooLate(course, 'AR-04.hearing', body.at, noticeOn),
    }),
    'record-session': action({
      title: { zh: '记录听取意见、听证', en: 'record what was heard' },
      by: staff,
      in: ['accepted'],
      fields: {
        heldOn: legalDate('日期', 'date'),
        absent: optional(list(partyRef(), 0, 20)),
        minutes: optional(text('minutes', { zh: '笔录摘要', en: 'minutes' })),
      },
      records: 'SessionHeld',
    }),
    'issue-consent-document': action({
      title: { zh: '制作行政复议调解书', en: 'issue a consent document' },
      by: staff,
      in: ['accepted'],
      basis: 'AR-07',
      fields: {
        parties: list(partyRef('签字当事人', 'signed by'), 1, 20),
        signedOn: legalDate('签署日期', 'date of signature'),
        document: optional(documentId('调解书', 'consent document')),
      },
      records: 'ConsentDocumentIssued',
      guard: (course, body) =>
        course.procedure.applicants.every((ref) => body.parties.includes(ref))
          ? null
          : refuse('consent-missing', { pointer: '/parties' }),
      meets: decision,
      closes: 'mediated',
    }),
    'issue-decision': action({
      title: { zh: '作出复议决定', en: 'decide' },
      by: staff,
      in: ['accepted'],
      basis: 'AR-06',
      fields: {
        result: oneOf(['upheld', 'changed', 'revoked', 'unlawful', 'duty-ordered', 'dismissed'], {
          zh: '结果',
          en: 'result',
        }),
        madeOn: legalDate('决定日期', 'date of the decision'),
        document: optional(documentId('复议决定书', 'decision')),
      },
      records: 'DecisionIssued',
      meets: decision,
      then: (course, body, on) => {
        // Decided late, it is again the decision that is sued upon, from its receipt.
        for (const rule of ['AL-01.overdue', 'AR-12.overdue']) course.drop(rule, 'decided-late');
        course.close(body.result === 'dismissed' ? 'dismissed' : 'decision', on);
      },
    }),
    'give-notice': giveNotice,
    ...clocks,
    extend: action({ ...clocks.extend, owes: [{ notice: 'extension', basis: 'AR-06' }] }),
    suspend: action({
      ...clocks.suspend,
      then: (course, body: { ground?: string; from?: string }, on) => {
        clocks.suspend.then!(course, body as never, on);
        if (personal.includes(body.ground!)) course.start('AR-09', body.from);
      },
    }),
    resume: action({
      ...clocks.resume,
      then: (course, body, on) => {
        clocks.resume.then!(course, body, on);
        course.drop('AR-09', 'resumed');
      },
    }),
  },
};
