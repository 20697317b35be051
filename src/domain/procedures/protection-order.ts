import type { Course } from '../dispute/course.js';
import { documentId, flag, integer, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action, type ProcedureDefinition } from './definition.js';
import { court } from './litigating.js';

const hours = ['CL-24', 'CL-24.urgent'] as const;
const months = integer(1, 6, { zh: '有效期（月，至多六个月）', en: 'validity in months, at most six' });

/** In force for as many months as the court says, at most six (反家庭暴力法30). */
const inForce = (course: Course, amount: number, from: string): void =>
  course.start({ rule: 'CL-24.validity', amount }, from);

/** Personal protection order 人身安全保护令 (反家庭暴力法23–32): beside everything else, and within hours. */
export const protectionOrder: ProcedureDefinition = {
  code: 'protection-order',
  nature: 'inspecting',
  outcomes: ['dismissed', 'expired', 'annulled', 'not-accepted', 'withdrawn'],
  steps: {
    applied: {
      title: { zh: '已申请，待受理', en: 'applied for; to be accepted' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    deciding: {
      title: { zh: '已受理，待作出', en: 'accepted; to be decided within hours' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
    'in-force': {
      title: { zh: '保护令生效中', en: 'the order is in force' },
      waitsFor: { who: 'nobody', role: 'judge' },
      stalls: 'no-progress',
    },
  },
  // Police, women's federation, committees and relief bodies may apply for a victim who cannot (23).
  opening: { by: [...court, 'party', 'case-officer', 'mediator'], basis: 'CL-24', step: 'applied' },
  elapses: { 'CL-24.validity': { closes: 'expired' } },
  actions: {
    'accept-application': action({
      title: { zh: '受理', en: 'accept the application' },
      by: court,
      in: ['applied'],
      basis: 'CL-24',
      fields: { urgent: optional(flag('情况紧急', 'urgent')) },
      records: 'ApplicationAccepted',
      to: 'deciding',
      // Hours run from the instant of acceptance (`occurredAt`), not from the next day.
      then: (course, body) => course.start(body.urgent ? 'CL-24.urgent' : 'CL-24', course.at),
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: court,
      in: ['applied'],
      basis: 'CL-24',
      fields: {
        reason: oneOf(['no-jurisdiction', 'formal-defect', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
    }),
    'issue-order': action({
      title: { zh: '作出保护令或者驳回申请', en: 'make the order or dismiss the application' },
      by: court,
      in: ['deciding'],
      basis: 'CL-24',
      fields: {
        result: oneOf(['granted', 'dismissed'], { zh: '结果', en: 'result' }),
        months: optional(months),
        madeOn: legalDate('作出日期', 'date of the order'),
        document: optional(documentId('裁定书', 'order')),
      },
      records: 'OrderMade',
      meets: hours,
      // Granted, it is in force from that day and the procedure lasts as long as it does.
      then: (course, body, on) => {
        if (body.result === 'dismissed') return course.close('dismissed', on);
        course.enter('in-force');
        inForce(course, body.months ?? 6, on);
      },
    }),
    'prolong-order': action({
      title: { zh: '延长保护令', en: 'prolong the order' },
      by: court,
      in: ['in-force'],
      basis: 'CL-24.validity',
      fields: { months, prolongedOn: legalDate('裁定日期', 'date of the ruling') },
      records: 'OrderProlonged',
      then: (course, body) => {
        const { due } = course.deadline('CL-24.validity')!;
        course.drop('CL-24.validity', 'prolonged');
        inForce(course, body.months, due);
      },
    }),
    'revoke-order': action({
      title: { zh: '撤销保护令', en: 'revoke the order' },
      by: court,
      in: ['in-force'],
      basis: 'CL-24.validity',
      fields: { revokedOn: legalDate('撤销日期', 'date of revocation') },
      records: 'OrderRevoked',
      closes: 'annulled',
    }),
    serve: action({
      title: { zh: '送达', en: 'serve the order' },
      by: court,
      in: ['in-force'],
      afterClose: true,
      fields: {
        paper: oneOf(['order'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
      },
      records: 'DocumentServed',
      guard: ({ procedure }) => (procedure.facts['OrderMade'] ? null : refuse('action-not-available')),
      then: (course, body, on) => course.start({ rule: 'CL-24.review', holder: 'party' }, on, body.party),
    }),
    'request-review': action({
      title: { zh: '申请复议', en: 'ask for review' },
      by: [...court, 'party'],
      in: ['in-force'],
      afterClose: true,
      basis: 'CL-24.review',
      fields: {
        party: partyRef('复议申请人', 'applicant'),
        requestedOn: legalDate('申请日期', 'date of the request'),
      },
      records: 'ReviewRequested',
      // Only who was served has it, and only for five days; the order stays in force meanwhile (31).
      guard: (course, body) => {
        const { status } = course.deadline('CL-24.review', `party:${body.party}`) ?? {};
        if (status === 'running') return null;
        return refuse(status === 'elapsed' ? 'deadline-passed' : 'action-not-available', {
          basis: basisOf('CL-24.review'),
        });
      },
      then: (course, body) => course.meet('CL-24.review', `party:${body.party}`),
    }),
  },
};
