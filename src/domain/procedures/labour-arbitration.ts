import { documentId, legalDate, list, oneOf, optional, partyRef } from '../dispute/fields.js';
import { namesBothSides } from '../dispute/parties.js';
import { refuse } from '../dispute/refusal.js';
import type { Course } from '../dispute/course.js';
import { basisOf } from '../rules/rule-book.js';
import {
  acceptApplication,
  afterAcceptance,
  arbitrationSteps,
  deemWithdrawn,
  formTribunal,
  issueConsentAward,
  recordHearing,
  rejectApplication,
  scheduleHearing,
  takeEffectUnchallenged,
} from './arbitrating.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { enforcementPeriod } from './titles.js';
import { interruptLimitation } from './limitation.js';
import { fileRecord, giveNotice } from './mediating.js';
import { requestPostponement } from './postponing.js';
import { recusing } from './recusing.js';

const staff = ['arbitrator', 'case-officer'] as const;
const enforcement = enforcementPeriod('LD-37.enforcement');

/** Which period for a suit or a setting aside a party's receipt of the award starts (调解仲裁法48–50). */
const challengePeriod = (course: Course, party: string): string => {
  if (course.procedure.award?.kind !== 'final') return 'LD-35';
  return course.party(party)?.capacity === 'employer' ? 'LD-31' : 'LD-30';
};

/** By a sole arbitrator, until it goes over to the ordinary procedure (办案规则56, 57, 61). */
const isSimple = ({ procedure: { facts } }: Course): boolean =>
  (facts['SimpleHandlingBegun']?.version ?? 0) > (facts['SimpleHandlingEnded']?.version ?? 0);

/** Labour arbitration 劳动仲裁 (劳动争议调解仲裁法27–51; 办案规则): it must come before a suit, and is free. */
export const labourArbitration: ProcedureDefinition = {
  code: 'labour-arbitration',
  nature: 'adjudicative',
  outcomes: ['final-award', 'non-final-award', 'mediated', 'not-accepted', 'withdrawn', 'deemed-withdrawn'],
  steps: arbitrationSteps,
  opening: {
    by: [...staff, 'party', 'mediator'],
    basis: 'LD-06',
    step: 'filed',
    then: (course, on) => {
      for (const rule of ['LD-06', 'LD-06.termination']) course.meetForDispute(rule);
      course.start('LD-08', on);
    },
  },
  // Limitation was interrupted by the application; withdrawn, it may be made again within a year (调解仲裁法27; 办案规则35).
  withdrawn: (course, on) => interruptLimitation(course, on, 'proceedings-ended'),
  elapses: {
    'LD-08': { opens: 'no-decision-in-time' },
    'LD-16': { opens: 'award-overdue' },
    'LD-22': {},
    'LD-35': {
      // Once one party has sued, the whole award is without effect, and the other's period passes without consequence.
      effect: (course) => (course.procedure.award?.status === 'appealable' ? undefined : 'no-effect'),
      then: takeEffectUnchallenged('LD-35', enforcement),
    },
  },
  actions: {
    'accept-application': acceptApplication('LD-08', ['LD-10', 'LD-11', 'LD-16']),
    'reject-application': action({
      ...rejectApplication('LD-08', ['out-of-scope', 'no-jurisdiction', 'late', 'second-application', 'other']),
      basis: 'LD-09',
      owes: ['refusal'],
    }),
    serve: action({
      title: { zh: '送达', en: 'serve a paper' },
      by: staff,
      afterClose: true,
      fields: {
        paper: oneOf(['application-copy', 'answer', 'tribunal-notice', 'award', 'consent-award'], {
          zh: '文书',
          en: 'paper',
        }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) =>
        body.paper === 'award' && !course.procedure.award
          ? refuse('action-not-available', { basis: basisOf('LD-35') })
          : null,
      then: (course, body, on) => {
        if (body.paper === 'application-copy') {
          course.meet('LD-10');
          course.start({ rule: 'LD-10.answer', holder: 'party' }, on, body.party);
        }
        if (body.paper === 'answer') course.meet('LD-10.serve-answer');
        if (body.paper === 'tribunal-notice') course.meet('LD-11');
        if (body.paper === 'award')
          course.start({ rule: challengePeriod(course, body.party), holder: 'party' }, on, body.party);
      },
    }),
    'record-answer': action({
      title: { zh: '收到答辩书', en: 'record the answer' },
      by: staff,
      in: afterAcceptance,
      basis: 'LD-10',
      fields: {
        party: partyRef('答辩人', 'respondent'),
        receivedOn: legalDate('收到日期', 'date of receipt'),
      },
      records: 'AnswerReceived',
      meets: ['LD-10.answer'],
      starts: ['LD-10.serve-answer'],
    }),
    'handle-simply': action({
      title: { zh: '适用简易处理', en: 'handle the case simply' },
      by: staff,
      in: ['accepted'],
      basis: 'LD-20',
      fields: {
        ground: oneOf(['clear-and-minor', 'small-amount', 'both-agree'], { zh: '理由', en: 'ground' }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'SimpleHandlingBegun',
      guard: (course) => (isSimple(course) ? refuse('already-done', { basis: basisOf('LD-20') }) : null),
    }),
    // The forty-five days go on from the acceptance (办案规则61).
    'end-simple-handling': action({
      title: { zh: '转为一般程序', en: 'go over to the ordinary procedure' },
      by: staff,
      in: afterAcceptance,
      basis: 'LD-20',
      fields: { decidedOn: legalDate('决定日期', 'date of the decision') },
      records: 'SimpleHandlingEnded',
      guard: (course) => {
        if (!isSimple(course)) return refuse('action-not-available', { basis: basisOf('LD-20') });
        const limit = course.deadline('LD-16');
        return limit?.status === 'elapsed'
          ? refuse('deadline-passed', { basis: basisOf('LD-20'), on: limit.due })
          : null;
      },
    }),
    'form-tribunal': action({
      ...formTribunal,
      basis: 'LD-11',
      guard: (course, { arbitrators = [] }: { arbitrators?: unknown[] }) =>
        isSimple(course) && arbitrators.length > 1
          ? refuse('action-not-available', { basis: basisOf('LD-20'), pointer: '/arbitrators' })
          : null,
      meets: ['LD-11'],
    }),
    'schedule-session': scheduleHearing('LD-13'),
    'request-postponement': requestPostponement,
    'record-session': action({ ...recordHearing, meets: ['LD-22'] }),
    'issue-award': action({
      title: { zh: '作出裁决', en: 'issue the award' },
      by: staff,
      in: ['heard'],
      basis: 'LD-16',
      fields: {
        issuedOn: legalDate('裁决日期', 'date of the award'),
        finality: oneOf(['final', 'non-final', 'mixed'], { zh: '终局性', en: 'finality' }),
        document: optional(documentId('裁决书', 'award')),
      },
      records: 'AwardIssued',
      meets: ['LD-16'],
      // An award with final and non-final items is non-final as a whole (解释(一)20, LD-29).
      then: (course, body, on) => {
        course.close(body.finality === 'final' ? 'final-award' : 'non-final-award', on);
        // A final one has effect on the day it is made (调解仲裁法47).
        if (body.finality === 'final') course.start(enforcement, on);
      },
    }),
    'issue-consent-award': action({ ...issueConsentAward(['LD-16', 'LD-22'], enforcement), basis: 'LD-15' }),
    'entrust-mediation': action({
      title: { zh: '委托调解', en: 'entrust a mediation body with the case' },
      by: staff,
      in: ['accepted', 'tribunal-formed'],
      basis: 'LD-22',
      fields: { consents: list(partyRef(), 2, 20), consentedOn: legalDate('同意日期', 'date of consent') },
      records: 'MediationEntrusted',
      guard: (course, body) =>
        namesBothSides(course.dispute, body.consents) ? null : refuse('consent-missing', { pointer: '/consents' }),
      starts: ['LD-22'],
    }),
    'deem-withdrawn': action({ ...deemWithdrawn, basis: 'LD-14' }),
    'give-notice': action({
      ...giveNotice,
      // Turned away in writing, the applicant may sue (29).
      then: (course, body: { notice?: string; parties?: string[] }, on) => {
        for (const party of body.notice === 'refusal' ? (body.parties ?? []) : [])
          course.start({ rule: 'LD-09', holder: 'party' }, on, party);
      },
    }),
    'file-record': fileRecord,
    // Decided at once: the law sets no period (调解仲裁法33).
    ...recusing({ by: staff, in: afterAcceptance, basis: 'LD-12' }),
    'record-corrected-papers': action({
      title: { zh: '收到补正材料', en: 'record that corrected papers were received' },
      by: staff,
      in: ['filed'],
      basis: 'LD-18',
      fields: { correctedOn: legalDate('补正日期', 'date of the corrected papers') },
      records: 'PapersCorrected',
      // The application counts as received on the day on which it was complete (办案规则46).
      then: (course, _, on) => {
        course.drop('LD-08', 'papers-corrected');
        course.start('LD-08', on);
      },
    }),
    'restart-period': action({
      title: { zh: '重新计算审理期限', en: 'let the period of the award begin anew' },
      by: staff,
      in: afterAcceptance,
      basis: 'LD-18',
      fields: {
        ground: oneOf(['party-added', 'claims-changed', 'counter-claim', 'transfer-accepted'], {
          zh: '事由',
          en: 'ground',
        }),
        restartedOn: legalDate('重新起算日期', 'day from which it is counted'),
      },
      records: 'PeriodRestarted',
      then: (course, _, on) => {
        course.drop('LD-16', 'restarted');
        course.start('LD-16', on);
      },
    }),
    ...clocks,
    // The parties are told in writing (调解仲裁法43; 办案规则47).
    extend: action({ ...clocks.extend, owes: [{ notice: 'extension', basis: 'LD-16' }] }),
    suspend: action({ ...clocks.suspend, owes: ['suspension'] }),
  },
};
