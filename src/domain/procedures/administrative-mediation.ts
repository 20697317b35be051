import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { sides } from '../dispute/parties.js';
import { computeUnderRule, ruleFor } from '../dispute/deadlines.js';
import { date, documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import type { DisputeType } from '../routes/codes.js';
import { basisOf, inForceIn } from '../rules/rule-book.js';
import {
  meeting,
  recordAgreement,
  recordSession,
  refusedBefore,
  sessionSteps,
  signAgreement,
  startConfirmation,
  unlessAgreed,
} from './agreeing.js';
import { resume, suspend } from './clocks.js';
import { action, type NoticeCode, type ElapseDefinition, type ProcedureDefinition } from './definition.js';
import { everyoneApplied, joiningSteps, joinApplication } from './joining.js';
import { interruptLimitation } from './limitation.js';
import {
  confirmAddress,
  fileRecord,
  giveNotice,
  noticeTooLate,
  recordAdmission,
  recordConsent,
  recordUndisputedFact,
  scheduleSession,
  suspectCrime,
  suspectFalseMediation,
} from './mediating.js';
import { mustBeWritten } from './written.js';

/** What the law of one field says of mediation by its department; where it is silent, no period runs. */
interface Sector {
  /** Both sides must ask for it together. */
  joint?: true;
  /** The department decides whether to accept. */
  acceptance?: string;
  /** The mediation itself, from its acceptance or, for the traffic police, from its start. */
  bound?: string;
  from?: 'acceptance' | 'start';
  /** Notice of the session. */
  session?: string;
  /** What the parties are told or given when it fails, and in which period. */
  told?: NoticeCode;
  tellIn?: string;
  /** What asks for an agreement in writing. */
  written?: string;
}

const sectors: Partial<Record<DisputeType, Sector>> = {
  medical: { acceptance: 'MD-02', bound: 'MD-02.mediation' },
  traffic: {
    joint: true,
    bound: 'TR-03',
    from: 'start',
    session: 'TR-02',
    told: 'closing-statement',
    written: 'TR-03',
  },
  'school-injury': { joint: true, bound: 'SC-01', written: 'SC-01' },
  consumer: {
    acceptance: 'CO-02',
    bound: 'CO-02.mediation',
    told: 'mediation-ended',
    tellIn: 'CO-02.notice',
  },
};
/** Local law of Shanghai on student injuries, and of Shenzhen on whatever no law of the field bounds. */
const sectorOf = ({ dispute: { type, region } }: Course): Sector => {
  const sector = sectors[type] ?? {};
  if (type === 'school-injury' && inForceIn(region, 'SC-02')) return { ...sector, bound: 'SC-02' };
  return inForceIn(region, 'CM-30.acceptance') ? { acceptance: 'CM-30.acceptance', ...sector } : sector;
};

const acceptances = ['MD-02', 'CO-02', 'CM-30.acceptance'] as const;

const staff = ['case-officer', 'mediator'] as const;
const underWay = ['awaiting-consent', 'awaiting-start', ...meeting] as const;

const failed = (course: Course): void => {
  const { told, tellIn } = sectorOf(course);
  if (told) course.owe(told);
  if (tellIn) course.start(tellIn, course.procedure.closedOn ?? course.at);
  course.owe('failure-record');
};

const expires: ElapseDefinition = { effect: unlessAgreed, closes: 'expired', then: failed };

/** Applied for by all who must: the period after a failed people's mediation of a traffic accident is used (TR-04). */
const applied = (course: Course): void => {
  course.enter('applied');
  course.other('mediation', 'closed')?.meet('TR-04');
};

/** Accepted, it waits for whoever has neither applied nor consented, then for its start. */
const proceed = (course: Course): void => {
  const { applicants, consents } = course.procedure;
  const willing = sides(course.dispute).every(({ ref }) => applicants.includes(ref) || consents[ref] === 'given');
  if (!willing) course.enter('awaiting-consent');
  else course.enter(sectorOf(course).from === 'start' ? 'awaiting-start' : 'in-session');
};

/** The traffic police must be asked within ten working days of receiving the determination, or three after a failed people's mediation (规定85, 86). */
const askedTooLate = (course: Course, determinedOn: CivilDate | undefined): Refusal | null => {
  const asked = course.procedure.openedOn;
  const lastDay = (rule: string, from: CivilDate) =>
    computeUnderRule(course.context, ruleFor(course.context, rule, from), from).due;
  const mediated = course.other('mediation', 'closed')?.procedure;
  if (mediated?.closedOn && mediated.outcome !== 'agreement' && asked <= lastDay('TR-04', mediated.closedOn))
    return null;
  if (determinedOn === undefined)
    return refuse('date-required', { basis: basisOf('TR-01'), pointer: '/determinationReceivedOn' });
  const due = lastDay('TR-01', determinedOn);
  return asked <= due ? null : refuse('deadline-passed', { basis: basisOf('TR-01'), on: due });
};

/**
 * Mediation by an administrative department 行政调解: health (医疗纠纷条例40), traffic police (处理程序规定84–94),
 * education (学生伤害办法18–20), market supervision (12315), or another where its law says nothing of the course.
 */
export const administrativeMediation: ProcedureDefinition = {
  code: 'administrative-mediation',
  nature: 'consensual',
  outcomes: [
    'agreement',
    'agreement-performed',
    'no-agreement',
    'refused',
    'expired',
    'not-accepted',
    'withdrawn',
    'suspected-false-mediation',
    'suspected-crime',
  ],
  steps: {
    ...joiningSteps,
    applied: {
      title: { zh: '已申请，待决定是否受理', en: 'applied for; acceptance is to be decided' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    'awaiting-consent': {
      title: { zh: '已受理，征求另一方意愿', en: 'accepted; the other side’s consent is sought' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    'awaiting-start': {
      title: { zh: '已受理，待开始调解', en: 'accepted; the mediation is to start' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
    ...sessionSteps,
  },
  opening: {
    by: [...staff, 'party'],
    step: 'awaiting-joint-application',
    guard: ({ course }) => refusedBefore(course, 'administrative-mediation', 'PM-03'),
    then: (course, on) => {
      interruptLimitation(course, on, 'mediation-applied');
      const { joint, acceptance } = sectorOf(course);
      if (joint && !everyoneApplied(course)) return;
      applied(course);
      if (acceptance) course.start(acceptance, on);
    },
  },
  elapses: {
    'MD-02': {},
    'CO-02': {},
    'CO-02.notice': {},
    'CM-30.acceptance': {},
    'SC-02': expires,
    ...Object.fromEntries(Object.values(sectors).flatMap(({ bound }) => (bound ? [[bound, expires]] : []))),
  },
  actions: {
    'join-application': joinApplication([...staff, 'party'], applied),
    'accept-application': action({
      title: { zh: '受理', en: 'accept the application' },
      by: staff,
      in: ['applied'],
      fields: {
        acceptedOn: legalDate('受理日期', 'date of acceptance'),
        determinationReceivedOn: optional(date('收到事故认定书日期', 'date the determination was received')),
      },
      records: 'ApplicationAccepted',
      guard: (course, body) =>
        course.dispute.type === 'traffic' ? askedTooLate(course, body.determinationReceivedOn) : null,
      meets: acceptances,
      // Which period runs from acceptance is the field's to say.
      then: (course, _, on) => {
        const { bound, from } = sectorOf(course);
        if (bound && from !== 'start') course.start(bound, on);
        proceed(course);
      },
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: staff,
      in: ['applied'],
      fields: {
        reason: oneOf(['out-of-scope', 'no-jurisdiction', 'late', 'court-accepted', 'other-mediation', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
        document: optional(documentId('不予受理通知书', 'notice of refusal')),
      },
      records: 'ApplicationRefused',
      meets: acceptances,
      closes: 'not-accepted',
    }),
    'record-consent': action({
      ...recordConsent(['applied', ...underWay]),
      then: (course, body) => {
        if (body.consent === 'refused') {
          course.close('refused');
          failed(course);
        } else if (course.procedure.step === 'awaiting-consent') proceed(course);
      },
    }),
    'start-mediation': action({
      title: { zh: '开始调解', en: 'start the mediation' },
      by: staff,
      in: ['awaiting-start'],
      basis: 'TR-03',
      fields: {
        // From which event the day is taken follows from the injury (规定90).
        since: oneOf(['burial-over', 'treatment-ended', 'disability-assessed', 'damage-assessed'], {
          zh: '起始事由',
          en: 'since',
        }),
        startedOn: legalDate('调解开始日期', 'date of the start'),
      },
      records: 'MediationStarted',
      starts: ['TR-03'],
      to: 'in-session',
    }),
    'schedule-session': {
      ...scheduleSession(['awaiting-start', ...meeting]),
      guard: (course, body, on) => {
        const rule = sectorOf(course).session;
        return rule ? noticeTooLate(course, rule, String(body['at']), on) : null;
      },
    },
    'record-session': recordSession(staff),
    'record-undisputed-fact': recordUndisputedFact([...meeting, 'agreed']),
    'record-admission': recordAdmission([...meeting, 'agreed']),
    'confirm-address': confirmAddress([...underWay, 'agreed']),
    'record-agreement': {
      ...recordAgreement(staff, meeting),
      guard: (course, body) => {
        const { written } = sectorOf(course);
        return body['oral'] && written ? mustBeWritten(written) : null;
      },
    },
    'sign-agreement': signAgreement({
      by: staff,
      witnessed: true,
      bound: (course) => sectorOf(course).bound,
      then: startConfirmation,
    }),
    'end-mediation': action({
      title: { zh: '终止调解', en: 'end the mediation' },
      by: staff,
      fields: {
        // A suit, an unexcused absence and quitting end it (TR-10; 12315办法21).
        reason: oneOf(
          ['party-quits', 'absent-without-reason', 'court-accepted', 'other-mediation', 'wide-differences', 'other'],
          { zh: '原因', en: 'reason' },
        ),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      closes: 'no-agreement',
      then: failed,
    }),
    'suspect-false-mediation': suspectFalseMediation,
    'suspect-crime': suspectCrime,
    'give-notice': action({ ...giveNotice, meets: ['CO-02.notice'] }),
    'file-record': fileRecord,
    // No law lets these periods be extended; an appraisal stops the medical one (医疗纠纷条例40).
    suspend,
    resume,
  },
};
