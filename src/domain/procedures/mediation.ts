import type { Course } from '../dispute/course.js';
import { legalDate, oneOf } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { DisputeType, ProcedureCode } from '../routes/codes.js';
import { basisOf, inForceIn } from '../rules/rule-book.js';
import { meeting, neutralSteps, sessionSteps, startConfirmation } from './agreeing.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import {
  agreementFields,
  answerDesignation,
  confirmAddress,
  designateNeutral,
  fileRecord,
  giveNotice,
  interruptLimitation,
  recordAdmission,
  recordConsent,
  recordUndisputedFact,
  scheduleSession,
  sessionFields,
  signatureFields,
  suspectCrime,
  suspectFalseMediation,
} from './mediating.js';

const underWay = ['awaiting-neutral', 'awaiting-answer', ...meeting] as const;

/** Fields whose own law sets the period, whichever body mediates: 医疗纠纷预防和处理条例38. */
const boundOfType: Partial<Record<DisputeType, string>> = { medical: 'MD-01' };

/** The period that bounds the mediation: 调解仲裁法14(3) for labour, 人社厅发〔2024〕4号 for new forms of employment, the field's own or local law, 若干规定33 as a guideline otherwise. */
const boundOf = ({ procedure, dispute }: Course): string => {
  if (procedure.track === 'labour') return dispute.facts['newEmployment'] === true ? 'LD-03b' : 'LD-03';
  return boundOfType[dispute.type] ?? (inForceIn(dispute.region, 'CM-30') ? 'CM-30' : 'PM-17');
};

/** Where a refusal is a refusal of this mediation too; a department's or a commercial body's may be refused by itself. */
const refusable: readonly ProcedureCode[] = ['mediation', 'pre-filing-mediation'];

/**
 * Mediation 调解 by a people's mediation committee, a labour mediation centre or an industry's own body
 * (人民调解法; 劳动争议调解仲裁法10–16). It rests on consent throughout, is free, and never bars another route.
 */
export const mediation: ProcedureDefinition = {
  code: 'mediation',
  tracks: ['people', 'labour', 'industry'],
  nature: 'consensual',
  outcomes: [
    'agreement',
    'no-agreement',
    'refused',
    'expired',
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
    by: ['mediator', 'case-officer', 'party'],
    basis: 'PM-03',
    step: 'applied',
    guard: ({ course }) => {
      const refused = Object.values(course.dispute.procedures).some(
        (one) => refusable.includes(one.procedure) && one.outcome === 'refused',
      );
      return refused ? refuse('party-refuses', { basis: basisOf('PM-03') }) : null;
    },
    then: (course, on) => {
      course.start(boundOf(course), on);
      interruptLimitation(course, on, 'mediation-applied');
    },
  },
  elapses: {
    'LD-03': { closes: 'expired', owes: ['routes', 'failure-record'] },
    'LD-03b': { closes: 'expired', owes: ['routes', 'failure-record'] },
    'PM-17': { closes: 'expired', owes: ['routes', 'failure-record'] },
    'CM-30': { closes: 'expired', owes: ['routes', 'failure-record'] },
    'MD-01': { closes: 'expired', owes: ['routes', 'failure-record'] },
    'SL-DESIGNATION': {},
  },
  actions: {
    'record-consent': action({
      ...recordConsent(['applied', ...underWay]),
      then: (course, body) => {
        if (body.consent === 'refused') {
          course.close('refused');
          course.owe('routes');
          course.owe('failure-record');
        } else if (course.allConsented() && course.procedure.step === 'applied') course.enter('awaiting-neutral');
      },
    }),
    'designate-neutral': designateNeutral(['mediator'], ['awaiting-neutral', ...underWay], 'awaiting-answer'),
    'answer-designation': answerDesignation(['awaiting-answer'], 'in-session', 'awaiting-neutral'),
    'schedule-session': scheduleSession(meeting, 'in-session'),
    'record-session': action({
      title: { zh: '记录调解会', en: 'record a session' },
      by: ['mediator', 'case-officer'],
      in: meeting,
      fields: sessionFields,
      records: 'SessionHeld',
      then: (course, body) => {
        // Without agreement it is the parties' move, not the mediator's, until the period ends.
        if (body.result === 'no-agreement') course.enter('awaiting-parties');
      },
    }),
    'record-undisputed-fact': recordUndisputedFact([...meeting, 'agreed']),
    'record-admission': recordAdmission([...meeting, 'agreed']),
    'confirm-address': confirmAddress([...underWay, 'agreed']),
    'record-agreement': action({
      title: { zh: '记录调解协议', en: 'record the agreement' },
      by: ['mediator', 'case-officer'],
      in: meeting,
      basis: 'PM-10',
      fields: agreementFields,
      records: 'AgreementReached',
      to: 'agreed',
    }),
    'sign-agreement': action({
      title: { zh: '签署调解协议', en: 'sign the agreement' },
      by: ['mediator', 'case-officer'],
      in: ['agreed'],
      basis: 'PM-11',
      binds: true,
      fields: signatureFields,
      records: 'AgreementSigned',
      guard: (course, body) => {
        const everyone = course.parties().filter((party) => party.role !== 'third-party');
        return everyone.every((party) => body.parties.includes(party.ref)) && body.mediator && body.body
          ? null
          : refuse('consent-missing', { basis: basisOf('PM-11'), pointer: '/parties' });
      },
      then: (course, _, on) => {
        course.meet(boundOf(course));
        course.close('agreement', on);
        startConfirmation(course, on);
        if (course.procedure.track === 'labour') course.start({ rule: 'LD-23', holder: 'each-party' }, on);
      },
    }),
    'end-mediation': action({
      title: { zh: '终止调解', en: 'end the mediation' },
      by: ['mediator', 'case-officer'],
      basis: 'PM-09',
      fields: {
        reason: oneOf(['party-demands', 'wide-differences', 'party-absent', 'other'], {
          zh: '原因',
          en: 'reason',
        }),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      closes: 'no-agreement',
      owes: ['routes', 'failure-record'],
    }),
    'suspect-false-mediation': suspectFalseMediation,
    'suspect-crime': suspectCrime,
    'give-notice': giveNotice,
    'file-record': fileRecord,
    ...clocks,
  },
};
