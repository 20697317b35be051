import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { action, type ProcedureDefinition } from './definition.js';
import { giveNotice } from './mediating.js';

const staff = ['case-officer'] as const;

/**
 * Complaint to the department in charge 部门投诉 of noise and neighbours (生态环境法典599, 1192), or for the performance of
 * its duty (信访工作条例31). It runs beside the rest. No law of its own sets it a period; silence for two months is
 * inaction, against which the complainant may sue (行政诉讼法47).
 */
export const departmentComplaint: ProcedureDefinition = {
  code: 'department-complaint',
  nature: 'inspecting',
  outcomes: ['decision', 'no-agreement', 'not-accepted', 'withdrawn', 'inaction'],
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
  opening: { by: [...staff, 'party'], basis: 'NB-01', step: 'complained', starts: ['AL-03'] },
  elapses: {
    'AL-03': {
      opens: 'inaction',
      then: (course, { due }) => {
        for (const party of course.procedure.applicants)
          course.start({ rule: 'AL-03.suit', holder: 'party' }, due, party);
      },
    },
  },
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
      meets: ['AL-03'],
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'NB-01' }],
    }),
    'issue-decision': action({
      title: { zh: '处理投诉', en: 'conclude the complaint' },
      by: staff,
      in: ['handling'],
      basis: 'NB-01',
      fields: {
        result: oneOf(['rectification-ordered', 'penalty', 'no-violation', 'mediation-failed'], {
          zh: '处理结果',
          en: 'result',
        }),
        madeOn: legalDate('处理日期', 'date'),
        document: optional(documentId('处理文书', 'decision')),
      },
      records: 'DecisionIssued',
      meets: ['AL-03'],
      then: (course, body, on) => {
        // Done late, it is done: there is no inaction to sue against.
        course.drop('AL-03.suit', 'decided-late');
        course.close(body.result === 'mediation-failed' ? 'no-agreement' : 'decision', on);
      },
    }),
    'give-notice': giveNotice,
  },
};
