import { legalDate, money, oneOf } from '../dispute/fields.js';
import {
  meeting,
  neutralSteps,
  recordAgreement,
  recordSession,
  refusedBefore,
  sessionSteps,
  signAgreement,
  startConfirmation,
} from './agreeing.js';
import { action, type ProcedureDefinition } from './definition.js';
import { interruptLimitation } from './limitation.js';
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

const staff = ['mediator', 'case-officer'] as const;
const underWay = ['awaiting-neutral', 'awaiting-answer', ...meeting] as const;

/**
 * Commercial mediation 商事调解 (商事调解条例): may charge; which disputes it does not take the decision table says
 * (row 40, CB-01). No period of law is known for it, and none is set here.
 */
export const commercialMediation: ProcedureDefinition = {
  code: 'commercial-mediation',
  nature: 'consensual',
  outcomes: [
    'agreement',
    'agreement-performed',
    'no-agreement',
    'refused',
    'withdrawn',
    'suspected-false-mediation',
    'suspected-crime',
  ],
  steps: {
    applied: {
      title: { zh: '已申请，征求双方意愿', en: 'applied for; consents are sought' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    ...neutralSteps,
    ...sessionSteps,
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'CB-01',
    step: 'applied',
    guard: ({ course }) => refusedBefore(course, 'commercial-mediation', 'CB-01'),
    then: (course, on) => interruptLimitation(course, on, 'mediation-applied'),
  },
  elapses: { 'SL-DESIGNATION': {} },
  actions: {
    'record-consent': action({
      ...recordConsent(['applied', ...underWay]),
      basis: 'CB-01',
      then: (course, body) => {
        if (body.consent === 'refused') course.close('refused');
        else if (course.allConsented() && course.procedure.step === 'applied') course.enter('awaiting-neutral');
      },
    }),
    'agree-fee': action({
      title: { zh: '约定调解费用', en: 'agree on the fee' },
      by: staff,
      basis: 'CB-02',
      fields: { fee: money('费用', 'fee'), agreedOn: legalDate('约定日期', 'date agreed') },
      records: 'FeeAgreed',
    }),
    'designate-neutral': designateNeutral(['mediator'], underWay, 'awaiting-answer'),
    'answer-designation': answerDesignation(['awaiting-answer'], 'in-session', 'awaiting-neutral'),
    'schedule-session': scheduleSession(meeting, 'in-session'),
    'record-session': recordSession(staff),
    'record-undisputed-fact': recordUndisputedFact([...meeting, 'agreed']),
    'record-admission': recordAdmission([...meeting, 'agreed']),
    'confirm-address': confirmAddress([...underWay, 'agreed']),
    'record-agreement': recordAgreement(staff, meeting),
    // The agreement may be confirmed by a court as the Civil Procedure Law says (条例23, CB-02).
    'sign-agreement': signAgreement({ by: staff, basis: 'CB-02', witnessed: true, then: startConfirmation }),
    'end-mediation': action({
      title: { zh: '终止调解', en: 'end the mediation' },
      by: staff,
      fields: {
        reason: oneOf(['party-demands', 'wide-differences', 'party-absent', 'other'], {
          zh: '原因',
          en: 'reason',
        }),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      closes: 'no-agreement',
    }),
    'suspect-false-mediation': suspectFalseMediation,
    'suspect-crime': suspectCrime,
    'file-record': fileRecord,
  },
};
