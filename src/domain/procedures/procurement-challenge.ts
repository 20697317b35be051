import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import type { Course } from '../dispute/course.js';
import { action, type ProcedureDefinition } from './definition.js';
import { appliedInTime, timelyFields } from './challenging.js';

const staff = ['case-officer'] as const;

/** The complaint's fifteen working days run from the end of the reply's seven, whenever the reply came (政府采购法55). */
const openComplaint = (course: Course): void => {
  const reply = course.deadline('AD-07.reply');
  for (const party of course.procedure.applicants)
    if (reply) course.start({ rule: 'AD-07.complaint', holder: 'party' }, reply.due, party);
};

/** Challenge 质疑 to the purchaser or its agency (政府采购法52–54): what has not been challenged cannot be complained of. */
export const procurementChallenge: ProcedureDefinition = {
  code: 'procurement-challenge',
  nature: 'inspecting',
  outcomes: ['decision', 'not-accepted', 'withdrawn', 'no-decision-in-time'],
  steps: {
    challenged: {
      title: { zh: '已质疑，待答复', en: 'challenged; a reply is awaited' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'AD-07',
    step: 'challenged',
    starts: [{ rule: 'AD-07.reply', holder: 'respondent' }],
    then: (course) => course.meetForDispute('AD-07'),
  },
  elapses: { 'AD-07.reply': { opens: 'no-decision-in-time', then: openComplaint } },
  actions: {
    reply: action({
      title: { zh: '答复质疑', en: 'reply to the challenge' },
      by: staff,
      in: ['challenged'],
      basis: 'AD-07.reply',
      fields: {
        result: oneOf(['founded', 'unfounded'], { zh: '结论', en: 'conclusion' }),
        repliedOn: legalDate('答复日期', 'date of the reply'),
        document: optional(documentId('质疑答复函', 'reply')),
        ...timelyFields,
      },
      records: 'ChallengeAnswered',
      guard: (course, body) => appliedInTime(course, 'AD-07', body),
      then: (course, _, on) => {
        openComplaint(course);
        course.meet('AD-07.reply');
        course.close('decision', on);
      },
    }),
    'reject-application': action({
      title: { zh: '不予受理质疑', en: 'refuse the challenge' },
      by: staff,
      in: ['challenged'],
      basis: 'AD-07',
      fields: {
        reason: oneOf(['late', 'not-a-supplier', 'formal-defect', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      then: (course, _, on) => {
        openComplaint(course);
        course.meet('AD-07.reply');
        course.close('not-accepted', on);
      },
    }),
  },
};
