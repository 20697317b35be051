import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import { namesBothSides } from '../dispute/parties.js';
import { basisOf } from '../rules/rule-book.js';
import { legalDate, list, oneOf, optional, partyRef, person } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { endMedicalMediations, endPoliceMediation } from './ended-by-suit.js';
import {
  court,
  deemServed,
  deemWithdrawn,
  issueConsentJudgment,
  issueJudgment,
  issueRuling,
  publishNotice,
  recordHearing,
  rejectFiling,
  scheduleHearing,
  servePaper,
  trialSteps,
  underTrial,
  type Served,
} from './litigating.js';
import { afterCivilJudgment, divorceAgain, effectiveUnlessAppealed, isOfStatus, plaintiffOf } from './titles.js';
import { interruptLimitation, keepLimitation } from './limitation.js';
import { noticeTooLate, recordConsent } from './mediating.js';
import { recusal } from './recusing.js';
import { agreedBeforeFiling, exerciseSuit, setAsideAfterSuit, stillMediated, suedTooLate } from './suing.js';

/** Limits of trial: ordinary, summary, small claims (民事诉讼法152, 164, 168). */
const limits = ['CL-05', 'CL-06', 'CL-07'] as const;

/** Mediation by the court itself before the time for the defence is over, ordinary and summary (民事调解规定4). */
const courtMediation = ['CM-14b', 'CM-14b.summary'] as const;

const trackOf = ({ procedure }: Course): string =>
  String(procedure.facts['ApplicationAccepted']?.data['track'] ?? 'ordinary');

const isSmallClaim = (course: Course): boolean => trackOf(course) === 'small-claims';

const received = (course: Course, { paper, party }: Served, on: CivilDate): void => {
  const start = (rule: string) => course.start({ rule, holder: 'party' }, on, party);
  const defendant = party !== plaintiffOf(course) && course.party(party)?.role !== 'third-party';
  if (paper === 'complaint' && defendant && course.procedure.status === 'open')
    for (const rule of ['CL-03.defence', 'CL-03.jurisdiction']) start(rule);
  if (paper === 'answer') course.meet('CL-03.serve-defence');
  if (paper === 'tribunal-notice') course.meet('CL-04');
  const anew = paper === 'ruling' ? setAsideAfterSuit(course) : null;
  if (anew && course.party(party)?.capacity === 'employer') start(anew);
};

// A small-claims judgment is final: only a retrial is left (民事诉讼法165).
const service = {
  complaint: 'CL-03',
  judgment: (course: Course) => (isSmallClaim(course) ? 'CL-22' : 'CL-10'),
  ruling: 'CL-10.ruling',
  papers: ['tribunal-notice'],
  then: received,
};

/** Withdrawn, or deemed so: it may be brought again, a divorce after six months, and limitation runs anew (民诉解释214). */
const droppedByPlaintiff = (course: Course, on: CivilDate): void => {
  course.start(divorceAgain, on, plaintiffOf(course));
  if (course.dispute.type !== 'labour') interruptLimitation(course, on, 'proceedings-ended');
};

/** The court decides in seven days of the complaint, or of its corrected papers (民事诉讼法126, 民诉解释208). */
const filing = ['CL-02', 'CM-19'] as const;

/** Civil litigation, first instance 民事一审 (民事诉讼法125–167). */
export const civilLitigation: ProcedureDefinition = {
  code: 'civil-litigation',
  nature: 'adjudicative',
  outcomes: [
    'judgment',
    'dismissed',
    'mediated',
    'not-accepted',
    'withdrawn',
    'deemed-withdrawn',
    'settled',
    'effective',
    'terminated',
  ],
  steps: {
    filing: {
      title: { zh: '已递交起诉状，待登记立案', en: 'complaint submitted; to be registered' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    referred: {
      title: { zh: '诉前委派调解中', en: 'referred to mediation before filing is completed' },
      waitsFor: { who: 'nobody', role: 'mediator' },
      stalls: 'no-progress',
    },
    ...trialSteps,
  },
  opening: {
    by: [...court, 'party', 'mediator'],
    basis: 'CL-02',
    step: 'filing',
    guard: suedTooLate,
    then: (course, on) => {
      keepLimitation(course);
      endPoliceMediation(course, on);
      exerciseSuit(course);
      course.start('CL-02', on);
    },
  },
  elapses: {
    'CL-02': {},
    'CL-05': {},
    'CL-10': { then: effectiveUnlessAppealed('CL-10', 'civil-appeal', afterCivilJudgment) },
    'CL-20': { then: deemServed(service) },
  },
  withdrawn: droppedByPlaintiff,
  offers: [
    { procedure: 'pre-filing-mediation', in: ['filing'], basis: 'CM-02', row: '9' },
    { procedure: 'in-trial-mediation', in: ['registered', 'heard'], basis: 'CM-02', row: '13' },
  ],
  establishes: [
    { fact: 'courtAccepted', by: 'ApplicationAccepted', is: true },
    { fact: 'smallClaims', by: 'ApplicationAccepted', where: { track: 'small-claims' }, is: true },
    { fact: 'settled', by: 'Withdrawn', field: 'settled' },
    { fact: 'finalAward', by: 'ApplicationRefused', where: { reason: 'final-award' }, is: true },
  ],
  actions: {
    'record-consent': action({
      ...recordConsent(['filing'], [...court, 'mediator', 'party']),
      basis: 'CM-01',
    }),
    'accept-application': action({
      title: { zh: '登记立案', en: 'register the suit' },
      by: court,
      in: ['filing', 'referred'],
      basis: 'CL-02',
      fields: {
        acceptedOn: legalDate('立案日期', 'date of registration'),
        track: optional(oneOf(['ordinary', 'summary', 'small-claims'], { zh: '审理程序', en: 'track' })),
      },
      records: 'ApplicationAccepted',
      guard: (course, body) =>
        body.track === 'small-claims' && isOfStatus(course)
          ? refuse('action-not-available', { basis: basisOf('CL-08'), pointer: '/track' })
          : stillMediated(course),
      meets: filing,
      starts: ['CL-03'],
      to: 'registered',
      // Each track has its own limit of trial (民事诉讼法152, 164, 168).
      then: (course, body, on) => {
        const limit = { ordinary: 'CL-05', summary: 'CL-06', 'small-claims': 'CL-07' };
        course.start(limit[body.track ?? 'ordinary'], on);
        endMedicalMediations(course, on);
      },
    }),
    'reject-application': rejectFiling(
      ['arbitration-first', 'final-award', 'no-jurisdiction', 'repeated-suit', 'not-civil', 'other'],
      { basis: 'CL-02', meets: filing },
    ),
    'record-corrected-papers': action({
      title: { zh: '收到补正材料', en: 'record that corrected papers were received' },
      by: court,
      in: ['filing'],
      basis: 'CM-19',
      fields: { correctedOn: legalDate('补正日期', 'date of the corrected papers') },
      records: 'PapersCorrected',
      then: (course, _, on) => {
        course.drop('CL-02', 'papers-corrected');
        course.start('CM-19', on);
      },
    }),
    'record-answer': action({
      title: { zh: '收到答辩状', en: 'record the statement of defence' },
      by: court,
      in: underTrial,
      basis: 'CL-03.defence',
      fields: {
        party: partyRef('答辩人', 'defendant'),
        receivedOn: legalDate('收到日期', 'date of receipt'),
      },
      records: 'AnswerReceived',
      starts: ['CL-03.serve-defence'],
      then: (course, body) => course.meet('CL-03.defence', `party:${body.party}`),
    }),
    'object-to-jurisdiction': action({
      title: { zh: '提出管辖权异议', en: 'object to the jurisdiction' },
      by: [...court, 'party'],
      in: ['registered'],
      basis: 'CL-03.jurisdiction',
      fields: {
        party: partyRef('异议人', 'defendant'),
        objectedOn: legalDate('异议日期', 'date of the objection'),
      },
      records: 'JurisdictionObjected',
      guard: (course, body) => {
        const period = course.deadline('CL-03.jurisdiction', `party:${body.party}`);
        if (!period) return refuse('deadline-not-running', { pointer: '/party' });
        return period.status === 'elapsed' ? refuse('deadline-passed', { on: period.due }) : null;
      },
      then: (course, body) => course.meet('CL-03.jurisdiction', `party:${body.party}`),
    }),
    'form-tribunal': action({
      title: { zh: '确定审判人员', en: 'name the judges' },
      by: court,
      in: ['registered'],
      basis: 'CL-04',
      fields: {
        judges: optional(list(person('审判人员', 'judge'), 1, 7)),
        formedOn: legalDate('确定日期', 'date named'),
      },
      records: 'TribunalFormed',
      starts: ['CL-04'],
    }),
    'mediate-in-court': action({
      title: { zh: '答辩期满前由法院调解', en: 'mediate in court before the defence is due' },
      by: court,
      in: ['registered'],
      basis: 'CM-14b',
      fields: { consents: list(partyRef(), 2, 20), consentedOn: legalDate('同意日期', 'date of consent') },
      records: 'CourtMediationBegun',
      guard: (course, body) =>
        namesBothSides(course.dispute, body.consents) ? null : refuse('consent-missing', { pointer: '/consents' }),
      then: (course, _, on) => course.start(trackOf(course) === 'ordinary' ? 'CM-14b' : 'CM-14b.summary', on),
    }),
    // Three days before a hearing, but not in the summary procedure (民事诉讼法139, 163).
    'schedule-session': {
      ...scheduleHearing({ basis: 'CL-04.hearing' }),
      guard: (course, body, on) =>
        trackOf(course) === 'ordinary' ? noticeTooLate(course, 'CL-04.hearing', String(body['at']), on) : null,
    },
    'record-session': { ...recordHearing, meets: courtMediation },
    'issue-judgment': issueJudgment({ basis: 'CL-05', meets: limits }),
    'issue-ruling': issueRuling({ basis: 'CL-12', meets: limits }),
    'issue-consent-judgment': {
      ...issueConsentJudgment({ basis: 'CL-14', meets: [...limits, ...courtMediation] }),
      in: [...underTrial, 'referred'],
      guard: agreedBeforeFiling,
      then: (course, _, on) => {
        for (const rule of ['JC-01', 'LD-23']) course.other('pre-filing-mediation')?.drop(rule, 'other-way-chosen');
        course.start(divorceAgain, on, plaintiffOf(course));
      },
    },
    'deem-withdrawn': {
      ...deemWithdrawn({ basis: 'CL-13' }),
      then: (course, _, on) => droppedByPlaintiff(course, on),
    },
    serve: servePaper(service),
    'publish-notice': publishNotice(service),
    ...recusal,
    ...clocks,
  },
};
