import { documentId, legalDate, list, oneOf, optional, partyRef, text } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { action, type ProcedureDefinition } from './definition.js';
import { exercise, periodPassed } from './litigating.js';
import { giveNotice } from './mediating.js';

const staff = ['case-officer'] as const;

/** Complaint 投诉 to the procurement supervision department (政府采购法55–58), after the challenge and in its time. */
export const procurementComplaint: ProcedureDefinition = {
  code: 'procurement-complaint',
  nature: 'adjudicative',
  outcomes: ['decision', 'dismissed', 'not-accepted', 'withdrawn', 'no-decision-in-time'],
  steps: {
    complained: {
      title: { zh: '已投诉，处理中', en: 'complained; being handled' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'AD-07.complaint',
    step: 'complained',
    starts: ['AD-07.decision'],
    guard: (opening) => periodPassed(opening, ['AD-07.complaint']),
    then: (course) => exercise(course, ['AD-07.complaint']),
  },
  elapses: { 'AD-07.decision': { opens: 'no-decision-in-time' } },
  actions: {
    'reject-application': action({
      title: { zh: '不予受理投诉', en: 'refuse the complaint' },
      by: staff,
      basis: 'AD-07.complaint',
      fields: {
        reason: oneOf(['late', 'not-challenged', 'no-jurisdiction', 'formal-defect', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      meets: ['AD-07.decision'],
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'AD-07.complaint' }],
    }),
    'record-session': action({
      title: { zh: '记录调查、质证', en: 'record an inquiry' },
      by: staff,
      in: ['complained'],
      fields: {
        heldOn: legalDate('日期', 'date'),
        absent: optional(list(partyRef(), 0, 20)),
        minutes: optional(text('minutes', { zh: '笔录摘要', en: 'minutes' })),
      },
      records: 'SessionHeld',
    }),
    'issue-decision': action({
      title: { zh: '作出投诉处理决定', en: 'decide on the complaint' },
      by: staff,
      in: ['complained'],
      basis: 'AD-07.decision',
      fields: {
        result: oneOf(['founded', 'unfounded', 'dismissed'], { zh: '结论', en: 'conclusion' }),
        madeOn: legalDate('决定日期', 'date of the decision'),
        document: optional(documentId('处理决定书', 'decision')),
      },
      records: 'DecisionIssued',
      meets: ['AD-07.decision'],
      then: (course, body, on) => course.close(body.result === 'dismissed' ? 'dismissed' : 'decision', on),
    }),
    serve: action({
      title: { zh: '送达处理决定', en: 'serve the decision' },
      by: staff,
      in: [],
      afterClose: true,
      fields: {
        paper: oneOf(['decision'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
      },
      records: 'DocumentServed',
      guard: ({ procedure }) =>
        ['decision', 'dismissed', 'not-accepted'].includes(procedure.outcome ?? '')
          ? null
          : refuse('action-not-available'),
      // Review or suit, of which the party chooses one (政府采购法58).
      then: (course, body, on) => {
        for (const rule of ['AR-01', 'AL-02']) course.start({ rule, holder: 'party' }, on, body.party);
      },
    }),
    'give-notice': giveNotice,
  },
};
