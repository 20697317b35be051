import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { action, type ProcedureDefinition } from './definition.js';
import { giveNotice } from './mediating.js';

const staff = ['case-officer'] as const;

/**
 * Complaint to the department in charge 部门投诉 of noise and neighbours (生态环境法典599, 1192). It runs beside the
 * rest. No period is in the rules: that it moves is watched by service level only.
 */
export const departmentComplaint: ProcedureDefinition = {
  code: 'department-complaint',
  nature: 'inspecting',
  outcomes: ['decision', 'no-agreement', 'not-accepted', 'withdrawn'],
  steps: {
    complained: {
      title: { zh: '已投诉，待受理', en: 'complained; acceptance is awaited' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    handling: {
      title: { zh: '已受理，处理中', en: 'accepted; being handled' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: { by: [...staff, 'party'], basis: 'NB-01', step: 'complained' },
  actions: {
    'accept-application': action({
      title: { zh: '受理投诉', en: 'accept the complaint' },
      by: staff,
      in: ['complained'],
      basis: 'NB-01',
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'ApplicationAccepted',
      to: 'handling',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the complaint' },
      by: staff,
      in: ['complained'],
      basis: 'NB-01',
      fields: {
        reason: oneOf(['no-jurisdiction', 'civil-only', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'NB-01' }],
    }),
    'issue-decision': action({
      title: { zh: '处理投诉', en: 'conclude the complaint' },
      by: staff,
      in: ['handling'],
      basis: 'NB-01',
      fields: {
        result: oneOf(['rectification-ordered', 'penalty', 'no-violation', 'mediation-failed'], { zh: '处理结果', en: 'result' }), // prettier-ignore
        madeOn: legalDate('处理日期', 'date'),
        document: optional(documentId('处理文书', 'decision')),
      },
      records: 'DecisionIssued',
      then: (course, body, on) =>
        course.close(body.result === 'mediation-failed' ? 'no-agreement' : 'decision', on),
    }),
    'give-notice': giveNotice,
  },
};
