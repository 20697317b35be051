import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { CivilDate } from '../calendar/civil-date.js';
import { closePerformed } from './agreeing.js';
import { action, type ProcedureDefinition } from './definition.js';
import { keepLimitation } from './limitation.js';

const court = ['court-clerk', 'judge'] as const;

const objectionPeriods = (course: Course) =>
  Object.values(course.dispute.deadlines).filter(
    (one) => one.procedureId === course.procedure.id && one.rule === 'CL-17.objection',
  );

/** Neither paid nor objected to within the period, or the objection dismissed: the order is enforceable (民事诉讼法227). */
const takeEffect = (course: Course, on: CivilDate): void => {
  if (course.procedure.status !== 'open') return;
  if (!objectionPeriods(course).every(({ status }) => status === 'elapsed')) return;
  course.close('effective', on);
  for (const applicant of course.procedure.applicants) course.start({ rule: 'CL-15', holder: 'party' }, on, applicant);
};

/**
 * Payment order 支付令 (民事诉讼法225–228), for money or securities due; in labour disputes on a mediation agreement
 * (调解仲裁法16) or on wages owed (劳动合同法30). After a valid objection the first leads to a suit, the second to
 * arbitration (解释(一)13): the decision table says which.
 */
export const paymentOrder: ProcedureDefinition = {
  code: 'payment-order',
  nature: 'adjudicative',
  outcomes: ['effective', 'objection', 'dismissed', 'not-accepted', 'withdrawn', 'performed'],
  steps: {
    filed: {
      title: { zh: '已申请，待决定是否受理', en: 'applied for; acceptance is to be decided' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    accepted: {
      title: { zh: '已受理，待发出支付令', en: 'accepted; the order is to be issued' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
    issued: {
      title: { zh: '已发出，待送达债务人', en: 'issued; to be served on the debtor' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-body',
    },
    served: {
      title: { zh: '已送达，待清偿或者异议', en: 'served; payment or objection is awaited' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    objected: {
      title: { zh: '已提出异议，待审查', en: 'objected to; the objection is to be examined' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...court, 'party', 'mediator'],
    basis: 'CL-17',
    step: 'filed',
    starts: ['CL-17'],
    then: keepLimitation,
  },
  elapses: {
    'CL-17': {},
    'CL-17.issue': {},
    'CL-17.objection': {
      // While an objection is being examined the order does not take effect (民事诉讼法228).
      effect: (course) => (course.procedure.step === 'objected' ? 'no-effect' : undefined),
      then: (course, deadline) => {
        if (course.procedure.step === 'served') takeEffect(course, deadline.due);
      },
    },
  },
  actions: {
    'accept-application': action({
      title: { zh: '受理', en: 'accept the application' },
      by: court,
      in: ['filed'],
      basis: 'CL-17',
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'ApplicationAccepted',
      meets: ['CL-17'],
      starts: ['CL-17.issue'],
      to: 'accepted',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: court,
      in: ['filed'],
      basis: 'CL-17',
      fields: {
        reason: oneOf(
          ['not-due', 'amount-not-determined', 'mutual-debts', 'cannot-serve', 'no-jurisdiction', 'other'],
          { zh: '理由', en: 'reason' },
        ),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      meets: ['CL-17'],
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'CL-17' }],
    }),
    'issue-order': action({
      title: { zh: '发出支付令', en: 'issue the order' },
      by: court,
      in: ['accepted'],
      basis: 'CL-17.issue',
      fields: {
        issuedOn: legalDate('发出日期', 'date of issue'),
        document: optional(documentId('支付令', 'payment order')),
      },
      records: 'OrderIssued',
      meets: ['CL-17.issue'],
      to: 'issued',
    }),
    'end-order': action({
      title: { zh: '驳回申请或者终结督促程序', en: 'dismiss the application or end the procedure' },
      by: court,
      in: ['accepted', 'issued', 'served', 'objected'],
      basis: 'CL-17',
      fields: {
        reason: oneOf(['unfounded', 'cannot-serve', 'creditor-sued', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('裁定日期', 'date of the ruling'),
      },
      records: 'OrderEnded',
      meets: ['CL-17.issue'],
      closes: 'dismissed',
    }),
    serve: action({
      title: { zh: '送达支付令', en: 'serve the order' },
      by: court,
      in: ['issued', 'served'],
      basis: 'CL-17.objection',
      fields: {
        party: partyRef('债务人', 'debtor'),
        servedOn: legalDate('收到日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) =>
        course.procedure.applicants.includes(body.party) ? refuse('unknown-party', { pointer: '/party' }) : null,
      starts: [{ rule: 'CL-17.objection', holder: 'party' }],
      to: 'served',
    }),
    'record-payment': action({
      title: { zh: '记录清偿', en: 'record payment in full' },
      by: court,
      in: ['served', 'objected'],
      basis: 'CL-17.objection',
      fields: { paidOn: legalDate('清偿日期', 'date of payment') },
      records: 'DebtPaid',
      meets: ['CL-17.objection'],
      // Paid, nothing remains of the dispute: it is closed with the procedure.
      then: (course, _, on) => closePerformed(course, on),
    }),
    'record-objection': action({
      title: { zh: '收到书面异议', en: 'record the written objection' },
      by: [...court, 'party'],
      in: ['served'],
      basis: 'CL-17.objection',
      fields: {
        party: partyRef('债务人', 'debtor'),
        objectedOn: legalDate('异议日期', 'date of the objection'),
        document: optional(documentId('异议书', 'objection')),
      },
      records: 'ObjectionRaised',
      guard: (course, body) =>
        course.deadline('CL-17.objection', `party:${body.party}`)
          ? null
          : refuse('unknown-party', { pointer: '/party' }),
      to: 'objected',
    }),
    'rule-on-objection': action({
      title: { zh: '审查异议', en: 'rule on the objection' },
      by: court,
      in: ['objected'],
      basis: 'CL-17',
      fields: {
        result: oneOf(['valid', 'dismissed'], { zh: '结果', en: 'result' }),
        ruledOn: legalDate('裁定日期', 'date of the ruling'),
      },
      records: 'ObjectionRuled',
      // Valid, the order lapses (民事诉讼法228); dismissed, it stands, and takes effect once the period is over.
      then: (course, body, on) => {
        if (body.result === 'valid') {
          course.meet('CL-17.objection');
          course.close('objection', on);
        } else {
          course.enter('served');
          takeEffect(course, on);
        }
      },
    }),
  },
};
