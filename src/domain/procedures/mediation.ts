import type { CivilDate } from '../calendar/civil-date.js';
import { bindingProblem } from '../dispute/collective.js';
import { namesBothSides } from '../dispute/parties.js';
import type { Course } from '../dispute/course.js';
import { ruleFor } from '../dispute/deadlines.js';
import { date, legalDate, list, oneOf, optional } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { DisputeType, ProcedureCode } from '../routes/codes.js';
import { basisOf, inForceIn } from '../rules/rule-book.js';
import { meeting, neutralSteps, sessionSteps, startConfirmation, unlessAgreed } from './agreeing.js';
import { clocks } from './clocks.js';
import { action, type ElapseDefinition, type ProcedureDefinition } from './definition.js';
import { interruptLimitation } from './limitation.js';
import {
  agreementFields,
  answerDesignation,
  confirmAddress,
  designateNeutral,
  fileRecord,
  giveNotice,
  recordAdmission,
  recordConsent,
  recordUndisputedFact,
  scheduleSession,
  sessionFields,
  signatureFields,
  suspectCrime,
  suspectFalseMediation,
} from './mediating.js';
import { mustBeWritten } from './written.js';

const underWay = ['awaiting-neutral', 'awaiting-answer', ...meeting] as const;

/** Fields whose own law sets the period, whichever body mediates: 医疗纠纷预防和处理条例38. */
const boundOfType: Partial<Record<DisputeType, string>> = { medical: 'MD-01' };

/** A people's mediation committee mediates labour disputes too, under the law of those (调解仲裁法10). */
const isLabour = ({ procedure, dispute }: Course): boolean => dispute.type === 'labour' || procedure.track === 'labour';

/** The period that bounds the mediation: 调解仲裁法14(3) for labour, 人社厅发〔2024〕4号 for new forms of employment, the field's own or local law, 若干规定33 as a guideline otherwise. */
const boundOf = (course: Course): string => {
  const { type, region, facts } = course.dispute;
  if (isLabour(course)) return facts['newEmployment'] === true ? 'LD-03b' : 'LD-03';
  return boundOfType[type] ?? (inForceIn(region, 'CM-30') ? 'CM-30' : 'PM-17');
};

/**
 * The bound runs from the fact that its rule names: most from the application, MD-01 and LD-03b from the acceptance, which is
 * when all have consented: until then no period ends those, and who has not answered is waited for.
 */
const startBound = (course: Course, fact: 'mediation-applied' | 'mediation-accepted', on: CivilDate): void => {
  const bound = boundOf(course);
  if (ruleFor(course.context, bound, on).trigger === fact) course.start(bound, on);
};

/** After a failed mediation of a traffic accident both may still turn to the traffic police, for three working days (处理程序规定85). */
const openPolice = (course: Course, on: CivilDate): void => {
  if (course.dispute.type === 'traffic') course.start({ rule: 'TR-04', holder: 'each-party' }, on);
};

/** The agreement is effective: signed by all, or reached orally (人民调解法29, 30). */
const concluded = (course: Course, on: CivilDate): void => {
  course.meet(boundOf(course));
  course.close('agreement', on);
  startConfirmation(course, on);
  if (isLabour(course)) course.start({ rule: 'LD-23', holder: 'each-party' }, on);
};

const expires: ElapseDefinition = {
  effect: unlessAgreed,
  closes: 'expired',
  owes: ['routes', 'failure-record'],
  then: (course, { due }) => openPolice(course, due),
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
      startBound(course, 'mediation-applied', on);
      interruptLimitation(course, on, 'mediation-applied');
    },
  },
  withdrawn: openPolice,
  elapses: {
    'LD-03': expires,
    'LD-03b': expires,
    'PM-17': expires,
    'CM-30': expires,
    'MD-01': expires,
    'TR-04': {},
    'SL-DESIGNATION': {},
  },
  actions: {
    'record-consent': action({
      ...recordConsent(['applied', ...underWay]),
      then: (course, body, on) => {
        if (body.consent === 'refused') {
          course.close('refused');
          course.owe('routes');
          course.owe('failure-record');
          openPolice(course, on);
        } else if (course.allConsented() && course.procedure.step === 'applied') {
          course.enter('awaiting-neutral');
          startBound(course, 'mediation-accepted', on);
        }
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
      guard: (course, body) => {
        if (!body.oral) return null;
        // Nothing is signed later: it binds those represented as it is reached.
        return isLabour(course) ? mustBeWritten('LD-02') : bindingProblem(course.dispute);
      },
      to: 'agreed',
      then: (course, body, on) => {
        if (body.oral) concluded(course, on);
      },
    }),
    'sign-agreement': action({
      title: { zh: '签署调解协议', en: 'sign the agreement' },
      by: ['mediator', 'case-officer'],
      in: ['agreed'],
      basis: 'PM-11',
      binds: true,
      fields: signatureFields,
      records: 'AgreementSigned',
      guard: (course, body) =>
        namesBothSides(course.dispute, body.parties) && body.mediator && body.body
          ? null
          : refuse('consent-missing', { basis: basisOf('PM-11'), pointer: '/parties' }),
      then: (course, _, on) => concluded(course, on),
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
        contacts: optional(list(date('联系日期', 'day on which contact was tried'), 0, 20)),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      // No law says so: who stays away refuses only after it was tried often enough to reach them (PM-18).
      guard: (course, { reason, contacts = [] }, on) =>
        reason === 'party-absent' &&
        new Set(contacts.filter((day) => day <= on)).size < course.context.profile.contactsBeforeAbsence
          ? refuse('action-not-available', { basis: basisOf('PM-18'), pointer: '/contacts' })
          : null,
      closes: 'no-agreement',
      owes: ['routes', 'failure-record'],
      then: (course, _, on) => openPolice(course, on),
    }),
    'suspect-false-mediation': suspectFalseMediation,
    'suspect-crime': suspectCrime,
    'give-notice': giveNotice,
    'file-record': fileRecord,
    ...clocks,
  },
};
