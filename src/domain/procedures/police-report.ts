import type { Course } from '../dispute/course.js';
import { namesBothSides } from '../dispute/parties.js';
import type { CivilDate } from '../calendar/civil-date.js';
import { documentId, flag, legalDate, list, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { interruptLimitation } from './limitation.js';
import { agreementFields, giveNotice, sessionFields } from './mediating.js';
import { mustBeWritten } from './written.js';

const police = ['case-officer'] as const;
const handling = ['PS-02', 'PS-02.after-mediation'] as const;
const consentOfAll = (course: Course, named: readonly string[]) =>
  namesBothSides(course.dispute, named)
    ? null
    : refuse('consent-missing', { basis: basisOf('PS-10'), pointer: '/parties' });

/** Mediation failed or was not performed: the time for the case runs from that day (程序规定185), and a suit is open (9). */
const toPenalty = (course: Course, on: CivilDate): void => {
  course.drop('PS-01', 'mediation-failed');
  course.drop('PS-02', 'counted-from-failure');
  course.start('PS-02.after-mediation', on);
  course.owe({ notice: 'routes', basis: 'PS-10' });
};
const isCriminal = ({ procedure }: Course): boolean =>
  procedure.facts['ApplicationAccepted']?.data['criminal'] === true;
const sessions = ({ procedure }: Course): number => procedure.sessions.filter(({ heldOn }) => heldOn !== null).length;

/** A report to the police 公安处理 (治安管理处罚法9, 118): minor acts out of a private dispute may be mediated, others not. */
export const policeReport: ProcedureDefinition = {
  code: 'police-report',
  nature: 'inspecting',
  outcomes: ['agreement-performed', 'decision', 'not-accepted', 'withdrawn'],
  steps: {
    reported: {
      title: { zh: '已报案，待受案', en: 'reported; to be accepted' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    handling: {
      title: { zh: '已立案，办理中', en: 'filed; being handled' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
    'awaiting-performance': {
      title: { zh: '已达成协议，待履行', en: 'agreed; performance is awaited' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
  },
  opening: {
    by: [...police, 'mediator', 'court-clerk', 'judge', 'party'],
    basis: 'PS-10',
    step: 'reported',
    // The report interrupts the limitation of the claim (诉讼时效规定13).
    then: (course, on) => interruptLimitation(course, on, 'police-report-made'),
  },
  elapses: {
    // The second session was not held in time: the mediation has failed.
    'PS-01': { then: (course, deadline) => toPenalty(course, deadline.due) },
  },
  actions: {
    'accept-application': action({
      title: { zh: '受案、立案', en: 'file the case' },
      by: police,
      in: ['reported'],
      basis: 'PS-02',
      fields: {
        acceptedOn: legalDate('立案日期', 'date of filing'),
        criminal: optional(flag('作为刑事案件', 'as a criminal case')),
      },
      records: 'ApplicationAccepted',
      to: 'handling',
      // The limit is that of public-order cases; a criminal case runs under the criminal procedure law.
      then: (course, body, on) => {
        if (!body.criminal) course.start('PS-02', on);
      },
    }),
    'reject-application': action({
      title: { zh: '不予立案', en: 'refuse to file' },
      by: police,
      in: ['reported'],
      basis: 'PS-10',
      fields: {
        reason: oneOf(['no-violation', 'no-jurisdiction', 'civil-only', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
      owes: [{ notice: 'routes', basis: 'PS-10' }],
      // Limitation runs anew from knowing that no case is filed; that is not before it was decided (诉讼时效规定13).
      then: (course, _, on) => interruptLimitation(course, on, 'police-filing-refused'),
    }),
    'record-session': action({
      title: { zh: '记录治安调解', en: 'record a mediation by the police' },
      by: police,
      in: ['handling'],
      basis: 'PS-10',
      fields: sessionFields,
      records: 'SessionHeld',
      guard: (course) => {
        if (isCriminal(course)) return refuse('action-not-available', { basis: basisOf('PS-10') });
        // As a rule once; a second time within seven working days (程序规定183).
        return sessions(course) >= 2 || course.deadline('PS-02.after-mediation')
          ? refuse('already-done', { basis: basisOf('PS-01') })
          : null;
      },
      meets: ['PS-01'],
      then: (course, body, on) => {
        if (body.result !== 'no-agreement') return;
        if (sessions(course) >= 2) toPenalty(course, on);
        else course.start('PS-01', on);
      },
    }),
    'end-mediation': action({
      title: { zh: '不再调解', en: 'end the mediation' },
      by: police,
      in: ['handling'],
      basis: 'PS-10',
      fields: {
        reason: oneOf(['party-demands', 'party-absent', 'wide-differences', 'other'], { zh: '原因', en: 'reason' }),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      guard: (course) =>
        sessions(course) === 0 || course.deadline('PS-02.after-mediation') ? refuse('already-done') : null,
      then: (course, _, on) => toPenalty(course, on),
    }),
    'record-agreement': action({
      title: { zh: '记录调解协议', en: 'record the agreement' },
      by: police,
      in: ['handling'],
      basis: 'PS-10',
      binds: true,
      fields: { ...agreementFields, parties: list(partyRef('签字当事人', 'signed by'), 2, 20) },
      records: 'AgreementReached',
      guard: (course, body) => {
        if (sessions(course) === 0 || course.deadline('PS-02.after-mediation'))
          return refuse('action-not-available', { basis: basisOf('PS-10') });
        // Its parties have signed it.
        return body.oral ? mustBeWritten('PS-10') : consentOfAll(course, body.parties);
      },
      to: 'awaiting-performance',
      // Whether there is a penalty hangs on performance; if it fails, the time runs from then (程序规定185).
      then: (course) => {
        for (const rule of ['PS-01', ...handling]) course.drop(rule, 'agreed');
      },
    }),
    'record-performance': action({
      title: { zh: '协议已履行，不予处罚', en: 'performed: no penalty' },
      by: police,
      in: ['awaiting-performance'],
      basis: 'PS-10',
      fields: { performedOn: legalDate('履行日期', 'date of performance') },
      records: 'AgreementPerformed',
      closes: 'agreement-performed',
    }),
    'record-breach': action({
      title: { zh: '协议未履行', en: 'record that it was not performed' },
      by: [...police, 'party'],
      in: ['awaiting-performance'],
      basis: 'PS-10',
      fields: { notedOn: legalDate('确认日期', 'date established') },
      records: 'BreachNoted',
      to: 'handling',
      then: (course, _, on) => toPenalty(course, on),
    }),
    'approve-settlement': action({
      title: { zh: '认可自行和解或者人民调解', en: 'approve a settlement made elsewhere and performed' },
      by: police,
      in: ['handling'],
      basis: 'PS-10',
      fields: {
        parties: list(partyRef('书面申请的当事人', 'parties who asked in writing'), 2, 20),
        approvedOn: legalDate('认可日期', 'date of approval'),
        document: optional(documentId('和解或者调解协议', 'settlement')),
      },
      records: 'SettlementApproved',
      guard: (course, body) =>
        isCriminal(course)
          ? refuse('action-not-available', { basis: basisOf('PS-10') })
          : consentOfAll(course, body.parties),
      meets: handling,
      closes: 'agreement-performed',
    }),
    'issue-decision': action({
      title: { zh: '作出处罚或者不予处罚决定', en: 'decide on a penalty' },
      by: police,
      in: ['handling'],
      basis: 'PS-02',
      fields: {
        result: oneOf(['penalty', 'no-penalty', 'transferred'], { zh: '结果', en: 'result' }),
        madeOn: legalDate('决定日期', 'date of the decision'),
        document: optional(documentId('决定书', 'decision')),
      },
      records: 'DecisionIssued',
      meets: handling,
      closes: 'decision',
    }),
    'give-notice': giveNotice,
    ...clocks,
  },
};
