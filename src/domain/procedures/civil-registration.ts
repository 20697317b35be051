import { namesBothSides } from '../dispute/parties.js';
import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basis } from '../routes/laws.js';
import { action, type ProcedureDefinition } from './definition.js';

const registrar = ['case-officer'] as const;

/**
 * Divorce by registration 民政登记 (民法典1076–1080), by both spouses together. The rules hold no period for it, so none
 * runs here; either spouse withdraws by the dispute's own action.
 */
export const civilRegistration: ProcedureDefinition = {
  code: 'civil-registration',
  nature: 'confirming',
  outcomes: ['confirmed', 'not-accepted', 'withdrawn', 'deemed-withdrawn'],
  steps: {
    applied: {
      title: { zh: '双方已申请，待登记', en: 'both have applied; to be registered' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
  },
  opening: {
    by: [...registrar],
    step: 'applied',
    guard: ({ course, applicants }) =>
      namesBothSides(course.dispute, applicants)
        ? null
        : refuse('consent-missing', { basis: basis('civilCode', '1076'), pointer: '/applicants' }),
  },
  actions: {
    register: action({
      title: { zh: '准予登记', en: 'register' },
      by: registrar,
      in: ['applied'],
      fields: {
        registeredOn: legalDate('登记日期', 'date of registration'),
        document: optional(documentId('登记证', 'certificate')),
      },
      records: 'StatusRegistered',
      closes: 'confirmed',
      // With the status nothing of the dispute is left, unless something else is under way (1080).
      then: (course) => {
        const open = Object.values(course.dispute.procedures).some(({ status }) => status === 'open');
        if (!open) course.closeDispute('settled');
      },
    }),
    'reject-application': action({
      title: { zh: '不予登记', en: 'refuse registration' },
      by: registrar,
      in: ['applied'],
      fields: {
        reason: oneOf(['not-voluntary', 'children-or-property-unsettled', 'no-capacity', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
    }),
    'deem-withdrawn': action({
      title: { zh: '未共同申领，视为撤回', en: 'not claimed together: deemed withdrawn' },
      by: registrar,
      in: ['applied'],
      fields: { decidedOn: legalDate('日期', 'date') },
      records: 'ApplicationDeemedWithdrawn',
      closes: 'deemed-withdrawn',
    }),
  },
};
