import type { Course } from '../dispute/course.js';
import { namesBothSides } from '../dispute/parties.js';
import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import {
  acceptApplication,
  arbitrationSteps,
  deemWithdrawn,
  formTribunal,
  issueConsentAward,
  recordHearing,
  rejectApplication,
  scheduleHearing,
} from './arbitrating.js';
import { action, type OpeningCourse, type ProcedureDefinition } from './definition.js';
import { enforcementPeriod } from './titles.js';
import { interruptLimitation, keepLimitation } from './limitation.js';
import { giveNotice } from './mediating.js';

const commission = ['arbitrator', 'case-officer'] as const;

/**
 * A valid clause lets one side apply. Without one, after an award was set aside, and for an award on the terms of a
 * settlement, both must agree to arbitrate anew, and so apply together.
 */
const agreedAnew = ({ course, applicants, from }: OpeningCourse) => {
  const spent = Object.values(course.dispute.procedures).some(
    ({ procedure, outcome, award }) =>
      award?.status === 'set-aside' || (procedure === 'enforcement' && outcome === 'refused'),
  );
  const settlement = from !== null && course.dispute.procedures[from]?.procedure === 'commercial-mediation';
  const clause = course.dispute.facts['arbitrationClause'] === 'valid' && !spent && !settlement;
  return clause || namesBothSides(course.dispute, applicants)
    ? null
    : refuse('consent-missing', { basis: basisOf('AB-10'), pointer: '/applicants' });
};

const notAwarded = (course: Course) => (course.procedure.award ? null : refuse('action-not-available'));

/**
 * Commercial arbitration 商事仲裁 (仲裁法, as in force since 2026-03-01), by agreement of the parties, final at one
 * instance. The law sets no period for the award, so that none runs; the institution's own rules do.
 */
export const commercialArbitration: ProcedureDefinition = {
  code: 'commercial-arbitration',
  nature: 'adjudicative',
  outcomes: ['award', 'mediated', 'not-accepted', 'withdrawn', 'deemed-withdrawn'],
  steps: arbitrationSteps,
  opening: {
    by: [...commission, 'party'],
    basis: 'AB-10',
    step: 'filed',
    guard: agreedAnew,
    starts: ['AB-01'],
    then: keepLimitation,
  },
  withdrawn: (course, on) => interruptLimitation(course, on, 'proceedings-ended'),
  elapses: { 'AB-01': {} },
  establishes: [{ fact: 'settled', by: 'Withdrawn', field: 'settled' }],
  actions: {
    'accept-application': acceptApplication('AB-01', []),
    'reject-application': rejectApplication('AB-01', ['no-agreement', 'not-arbitrable', 'other']),
    'form-tribunal': formTribunal,
    'schedule-session': scheduleHearing(),
    'record-session': recordHearing,
    'issue-award': action({
      title: { zh: '作出裁决', en: 'issue the award' },
      by: commission,
      in: ['heard'],
      fields: {
        issuedOn: legalDate('裁决日期', 'date of the award'),
        document: optional(documentId('裁决书', 'award')),
      },
      records: 'AwardIssued',
      closes: 'award',
      // Made, it has effect (仲裁法).
      starts: [enforcementPeriod()],
    }),
    'issue-consent-award': issueConsentAward([], enforcementPeriod()),
    'deem-withdrawn': deemWithdrawn,
    serve: action({
      title: { zh: '送达裁决书', en: 'serve the award' },
      by: commission,
      afterClose: true,
      basis: 'AB-02',
      fields: {
        paper: oneOf(['award'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: notAwarded,
      starts: [
        { rule: 'AB-02', holder: 'party' },
        { rule: 'AB-04', holder: 'party' },
      ],
    }),
    'request-correction': action({
      title: { zh: '申请补正裁决书', en: 'apply for a correction of the award' },
      by: [...commission, 'party'],
      afterClose: true,
      basis: 'AB-04',
      fields: { party: partyRef('申请人', 'applicant'), requestedOn: legalDate('申请日期', 'date') },
      records: 'CorrectionRequested',
      guard: (course, body) => {
        const period = course.deadline('AB-04', `party:${body.party}`);
        if (!period) return refuse('deadline-not-running');
        return period.status === 'elapsed' ? refuse('deadline-passed', { on: period.due }) : null;
      },
      // Each side has its own period: only that of the applicant is kept.
      then: (course, body) => course.meet('AB-04', `party:${body.party}`),
    }),
    'correct-award': action({
      title: { zh: '补正裁决书', en: 'correct the award' },
      by: commission,
      afterClose: true,
      basis: 'AB-04',
      fields: {
        correctedOn: legalDate('补正日期', 'date of the correction'),
        document: optional(documentId('补正书', 'correction')),
      },
      records: 'AwardCorrected',
      guard: notAwarded,
    }),
    'give-notice': giveNotice,
  },
};
