import type { Course } from '../dispute/course.js';
import { legalDate, oneOf } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import {
  meeting,
  neutralSteps,
  recordAgreement,
  recordSession,
  refusedBefore,
  sessionSteps,
  signAgreement,
  unlessAgreed,
} from './agreeing.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import {
  answerDesignation,
  confirmAddress,
  designateNeutral,
  fileRecord,
  recordAdmission,
  recordConsent,
  recordUndisputedFact,
  scheduleSession,
  suspectCrime,
  suspectFalseMediation,
} from './mediating.js';

const court = ['court-clerk', 'judge'] as const;
const staff = ['mediator', 'adviser', 'case-officer', ...court] as const;
const underWay = ['awaiting-neutral', 'awaiting-answer', ...meeting] as const;

/** 特邀调解规定27, by the procedure in which the suit is tried; small claims are tried within the summary procedure (民事诉讼法165). */
const boundOfTrial: Readonly<Record<string, string>> = {
  ordinary: 'CM-14.ordinary',
  summary: 'CM-14.summary',
  'small-claims': 'CM-14.summary',
};

const boundOf = (course: Course): string => {
  const track = course.origin()?.procedure.facts['ApplicationAccepted']?.data['track'];
  return boundOfTrial[String(track)] ?? 'CM-14.ordinary';
};

/** Both sides are willing: the court entrusts the case and sends the materials. */
const entrust = (course: Course): void => {
  course.enter('entrusted');
  course.handOff(course.origin()!.procedure.body, course.procedure.body, [
    'parties',
    'claims',
    'procedures',
    'documents',
  ]);
};

/**
 * Mediation entrusted by a court during the trial 委托（诉中）调解 (特邀调解规定11–27). The suit stays open beside it and
 * none of its periods stops by itself; failing, the trial goes on (21), and an agreement is for the court to make a
 * mediation document of, or to allow the suit's withdrawal (20).
 */
export const inTrialMediation: ProcedureDefinition = {
  code: 'in-trial-mediation',
  nature: 'consensual',
  outcomes: [
    'agreement',
    'agreement-performed',
    'no-agreement',
    'refused',
    'expired',
    'withdrawn',
    'suspected-false-mediation',
    'suspected-crime',
  ],
  steps: {
    proposed: {
      title: { zh: '拟委托调解，征求双方意愿', en: 'proposed by the court; consents are sought' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    entrusted: {
      title: { zh: '法院已委托，待签收材料', en: 'entrusted by the court; receipt is to be signed' },
      waitsFor: { who: 'receiver', role: 'mediator' },
      stalls: 'awaiting-acceptance',
    },
    ...neutralSteps,
    ...sessionSteps,
  },
  opening: {
    by: [...court, 'mediator'],
    basis: 'CM-02',
    step: 'proposed',
    guard: ({ course, from }) => {
      const suit = from === null ? undefined : course.dispute.procedures[from];
      if (suit?.procedure !== 'civil-litigation' || suit.status !== 'open')
        return refuse('route-forbidden', { basis: basisOf('CM-02') });
      return refusedBefore(course, 'in-trial-mediation', 'CM-01');
    },
  },
  // The clock runs from the mediator or body signing receipt of the materials (特邀调解规定27).
  received: (course, _, on) => {
    if (course.procedure.step !== 'entrusted') return;
    course.start(boundOf(course), on);
    course.enter('awaiting-neutral');
  },
  withdrawn: (course) => {
    if (course.procedure.step !== 'proposed') course.owe('court-report');
  },
  elapses: {
    'CM-14.ordinary': { effect: unlessAgreed, closes: 'expired', owes: ['court-report'] },
    'CM-14.summary': { effect: unlessAgreed, closes: 'expired', owes: ['court-report'] },
    'SL-DESIGNATION': {},
  },
  actions: {
    'record-consent': action({
      ...recordConsent(['proposed', 'entrusted', ...underWay], [...court, 'mediator', 'party']),
      basis: 'CM-02',
      then: (course, body) => {
        if (body.consent === 'refused') {
          const begun = course.procedure.step !== 'proposed';
          course.close('refused');
          if (begun) course.owe('court-report');
        } else if (course.allConsented() && course.procedure.step === 'proposed') entrust(course);
      },
    }),
    'designate-neutral': designateNeutral(['mediator'], underWay, 'awaiting-answer'),
    'answer-designation': answerDesignation(['awaiting-answer'], 'in-session', 'awaiting-neutral'),
    'schedule-session': scheduleSession(meeting, 'in-session'),
    'record-session': recordSession(staff),
    'record-undisputed-fact': recordUndisputedFact([...meeting, 'agreed']),
    'record-admission': recordAdmission([...meeting, 'agreed']),
    'confirm-address': confirmAddress([...underWay, 'agreed']),
    'record-agreement': recordAgreement(staff, meeting, 'CM-08'),
    'sign-agreement': signAgreement({
      by: staff,
      basis: 'CM-08',
      witnessed: true,
      bound: boundOf,
      guard: (course) =>
        course.origin()?.procedure.status === 'open' ? null : refuse('procedure-closed', { basis: basisOf('CM-08') }),
      // The agreement goes to the court, which reviews it and makes its mediation document (特邀调解规定20).
      then: (course) => {
        course.owe('court-report');
        course.handOff(course.procedure.body, course.origin()!.procedure.body, [
          'agreement',
          'undisputed-facts',
          'delivery-addresses',
          'documents',
        ]);
      },
    }),
    'end-mediation': action({
      title: { zh: '终止调解', en: 'end the mediation' },
      by: staff,
      basis: 'CM-13',
      fields: {
        reason: oneOf(
          ['party-withdraws', 'wide-differences', 'cannot-contact', 'refuses-to-sign', 'trial-ended', 'other'],
          { zh: '原因', en: 'reason' },
        ),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      closes: 'no-agreement',
      owes: ['court-report'],
    }),
    'suspect-false-mediation': { ...suspectFalseMediation, owes: ['false-mediation-report', 'court-report'] },
    'suspect-crime': { ...suspectCrime, owes: ['police-report', 'court-report'] },
    'file-record': fileRecord,
    ...clocks,
  },
};
