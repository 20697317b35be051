import type { Course } from '../dispute/course.js';
import { documentId, legalDate, money, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { agreedIn, closePerformed } from './agreeing.js';
import { action, type OpeningCourse, type ProcedureDefinition } from './definition.js';

const court = ['court-clerk', 'judge'] as const;
const underWay = ['applied', 'accepted', 'noticed', 'no-property'] as const;

/** What a court may refuse to enforce: awards, their mediation documents, notarised instruments; never a court's own. */
const deniable = [
  'labour-arbitration',
  'commercial-arbitration',
  'rural-land-arbitration',
  'arbitral-confirmation',
  'notarisation',
] as const;

/** A confirmed agreement is enforced for its creditor, once something of it is due and unperformed (民事诉讼法206, 250). */
const nothingToEnforce = ({ course, applicants, on }: OpeningCourse) => {
  const agreement = agreedIn(course)?.agreement;
  if (!agreement?.confirmed) return null;
  const theirs = agreement.terms.filter(({ obligee }) => applicants.includes(obligee));
  if (theirs.length === 0) return refuse('route-forbidden', { basis: basisOf('CL-15'), pointer: '/applicants' });
  const due = theirs.some(({ performedOn, dueOn }) => performedOn === null && dueOn < on);
  return due ? null : refuse('route-forbidden', { basis: basisOf('CL-15'), pointer: '/appliedOn' });
};

/** The application in time keeps the creditor's right, whichever document it rests on. */
const spendPeriod = (course: Course): void => {
  for (const id of Object.keys(course.dispute.procedures))
    for (const rule of ['CL-15', 'LD-37.enforcement'])
      for (const applicant of course.procedure.applicants)
        if (id !== course.procedure.id) course.of(id).meet(rule, `party:${applicant}`);
};

/**
 * Enforcement 执行 of an effective judgment, ruling, award, mediation document, payment order or notarised instrument
 * (民事诉讼法235–269). A late application is accepted and left to the debtor's plea.
 */
export const enforcement: ProcedureDefinition = {
  code: 'enforcement',
  nature: 'enforcing',
  outcomes: ['performed', 'settled', 'refused', 'not-accepted', 'withdrawn', 'terminated'],
  steps: {
    applied: {
      title: { zh: '已申请执行，待立案', en: 'applied for; to be registered' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    accepted: {
      title: { zh: '已立案，待发出执行通知', en: 'registered; the notice is to be given' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
    noticed: {
      title: { zh: '已发出执行通知，执行中', en: 'notice given; being enforced' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
    'no-property': {
      title: { zh: '终结本次执行程序，待发现财产', en: 'this round ended; property is yet to be found' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'no-progress',
    },
  },
  opening: {
    by: [...court, 'party'],
    basis: 'CL-15',
    step: 'applied',
    guard: nothingToEnforce,
    starts: ['CL-16', 'CL-16.upper-court'],
    then: spendPeriod,
  },
  elapses: { 'CL-16': {}, 'CL-16.upper-court': {} },
  actions: {
    'accept-application': action({
      title: { zh: '执行立案', en: 'register the application' },
      by: court,
      in: ['applied'],
      basis: 'CL-15',
      fields: { acceptedOn: legalDate('立案日期', 'date of registration') },
      records: 'ApplicationAccepted',
      to: 'accepted',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: court,
      in: ['applied'],
      basis: 'CL-15',
      fields: {
        reason: oneOf(['not-effective', 'content-unclear', 'not-the-creditor', 'no-jurisdiction', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('裁定日期', 'date of the ruling'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
    }),
    'issue-notice': action({
      title: { zh: '发出执行通知', en: 'give the enforcement notice' },
      by: court,
      in: ['accepted'],
      basis: 'CL-16',
      fields: {
        issuedOn: legalDate('发出日期', 'date of the notice'),
        document: optional(documentId('执行通知书', 'enforcement notice')),
      },
      records: 'EnforcementNoticeIssued',
      meets: ['CL-16'],
      to: 'noticed',
    }),
    'record-recovery': action({
      title: { zh: '记录执行到位款项', en: 'record what was recovered' },
      by: court,
      in: ['noticed', 'no-property'],
      fields: { amount: money('金额', 'amount'), recoveredOn: legalDate('到位日期', 'date of recovery') },
      records: 'AmountRecovered',
    }),
    'end-round': action({
      title: { zh: '终结本次执行程序', en: 'end this round: no property to be found' },
      by: court,
      in: ['noticed'],
      fields: { decidedOn: legalDate('裁定日期', 'date of the ruling') },
      records: 'EnforcementRoundEnded',
      to: 'no-property',
    }),
    'resume-enforcement': action({
      title: { zh: '恢复执行', en: 'resume: property was found, or a settlement is not kept' },
      by: court,
      in: ['no-property'],
      fields: { resumedOn: legalDate('恢复日期', 'date of resuming') },
      records: 'EnforcementResumed',
      to: 'noticed',
    }),
    'conclude-enforcement': action({
      title: { zh: '执行结案', en: 'conclude the enforcement' },
      by: court,
      in: ['noticed', 'no-property'],
      fields: {
        result: oneOf(['performed', 'settled'], { zh: '结果', en: 'result' }),
        concludedOn: legalDate('结案日期', 'date of conclusion'),
      },
      records: 'EnforcementConcluded',
      meets: ['CL-16.upper-court'],
      // Fully enforced, nothing remains of the dispute: it is closed with the procedure.
      then: (course, body, on) => {
        if (body.result === 'performed') closePerformed(course, on);
        else course.close('settled', on);
      },
    }),
    'refuse-enforcement': action({
      title: { zh: '裁定不予执行', en: 'refuse to enforce the award or instrument' },
      by: court,
      in: underWay,
      basis: 'LD-37',
      fields: {
        ruledOn: legalDate('裁定日期', 'date of the ruling'),
        document: optional(documentId('裁定书', 'ruling')),
      },
      records: 'EnforcementRefused',
      guard: (course) =>
        deniable.some((code) => course.other(code, 'closed')) ? null : refuse('action-not-available'),
      closes: 'refused',
    }),
    serve: action({
      title: { zh: '送达裁定', en: 'serve the ruling' },
      by: court,
      afterClose: true,
      fields: {
        paper: oneOf(['notice', 'ruling'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      // The law sets a period for the suit that follows in labour disputes only (解释(一)24).
      then: (course, body, on) => {
        const refused = course.procedure.outcome === 'refused' && course.dispute.type === 'labour';
        if (refused && body.paper === 'ruling') course.start({ rule: 'LD-37', holder: 'party' }, on, body.party);
      },
    }),
  },
};
