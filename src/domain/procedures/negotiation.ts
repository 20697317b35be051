import { legalDate, oneOf } from '../dispute/fields.js';
import { recordAgreement, sessionSteps, signAgreement } from './agreeing.js';
import { action, type ProcedureDefinition } from './definition.js';
import { interruptLimitation } from './limitation.js';
import { recordAdmission } from './mediating.js';

const desk = ['intake', 'mediator', 'case-officer'] as const;

/**
 * Negotiation 和解 between the parties themselves, with nobody in between: no law sets it a period, and what comes of it
 * is a contract that no court confirms (row 4 of the decision table).
 */
export const negotiation: ProcedureDefinition = {
  code: 'negotiation',
  nature: 'consensual',
  outcomes: ['agreement', 'agreement-performed', 'no-agreement', 'withdrawn'],
  steps: {
    negotiating: {
      title: { zh: '协商中', en: 'the parties negotiate' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    agreed: sessionSteps.agreed,
  },
  opening: {
    by: [...desk, 'party'],
    step: 'negotiating',
    // A claim made to the other party interrupts limitation (民法典195; 劳动争议调解仲裁法27).
    then: (course, on) => interruptLimitation(course, on, 'claim-made'),
  },
  actions: {
    'record-admission': recordAdmission(['negotiating', 'agreed']),
    'record-agreement': recordAgreement(desk, ['negotiating']),
    'sign-agreement': signAgreement({ by: desk, witnessed: false }),
    'end-negotiation': action({
      title: { zh: '协商不成', en: 'the negotiation failed' },
      by: [...desk, 'party'],
      basis: 'PM-02',
      fields: {
        reason: oneOf(['party-declines', 'wide-differences', 'no-answer', 'other'], {
          zh: '原因',
          en: 'reason',
        }),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'NegotiationEnded',
      closes: 'no-agreement',
    }),
  },
};
