import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import {
  acceptApplication,
  afterAcceptance,
  arbitrationSteps,
  deemWithdrawn,
  formTribunal,
  issueConsentAward,
  recordHearing,
  rejectApplication,
  scheduleHearing,
  takeEffectUnchallenged,
} from './arbitrating.js';
import { extend } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { enforcementPeriod } from './titles.js';
import { interruptLimitation, keepLimitation } from './limitation.js';
import { giveNotice } from './mediating.js';

const commission = ['arbitrator', 'case-officer'] as const;

/**
 * Arbitration of rural land contracts 农村土地承包仲裁 (农村土地承包经营纠纷调解仲裁法): open beside a suit, needs no
 * clause, is free, and its award takes effect unless a side sues in thirty days.
 */
export const ruralLandArbitration: ProcedureDefinition = {
  code: 'rural-land-arbitration',
  nature: 'adjudicative',
  outcomes: ['award', 'mediated', 'not-accepted', 'withdrawn', 'deemed-withdrawn'],
  steps: arbitrationSteps,
  opening: {
    by: [...commission, 'party', 'mediator'],
    basis: 'RL-10',
    step: 'filed',
    starts: ['RL-02'],
    then: keepLimitation,
  },
  withdrawn: (course, on) => interruptLimitation(course, on, 'proceedings-ended'),
  elapses: {
    'RL-02': { opens: 'no-decision-in-time' },
    'RL-03': {},
    'RL-04': { opens: 'award-overdue' },
    'RL-05': {
      // Once one side has sued, the award is without effect, and the other's period passes without consequence.
      effect: (course) => (course.procedure.award?.status === 'appealable' ? undefined : 'no-effect'),
      then: takeEffectUnchallenged('RL-05', enforcementPeriod()),
    },
  },
  actions: {
    'accept-application': acceptApplication('RL-02', ['RL-04']),
    'reject-application': rejectApplication('RL-02', [
      'out-of-scope',
      'no-jurisdiction',
      'late',
      'court-accepted',
      'other',
    ]),
    'record-answer': action({
      title: { zh: '收到答辩书', en: 'record the answer' },
      by: commission,
      in: afterAcceptance,
      basis: 'RL-03',
      fields: {
        party: partyRef('答辩人', 'respondent'),
        receivedOn: legalDate('收到日期', 'date of receipt'),
      },
      records: 'AnswerReceived',
      meets: ['RL-03'],
    }),
    'form-tribunal': formTribunal,
    'schedule-session': scheduleHearing(),
    'record-session': recordHearing,
    'issue-award': action({
      title: { zh: '作出裁决', en: 'issue the award' },
      by: commission,
      in: ['heard'],
      basis: 'RL-04',
      fields: {
        issuedOn: legalDate('裁决日期', 'date of the award'),
        document: optional(documentId('裁决书', 'award')),
      },
      records: 'AwardIssued',
      meets: ['RL-04'],
      closes: 'award',
    }),
    'issue-consent-award': issueConsentAward(['RL-04'], enforcementPeriod()),
    'deem-withdrawn': deemWithdrawn,
    serve: action({
      title: { zh: '送达', en: 'serve a paper' },
      by: commission,
      afterClose: true,
      fields: {
        paper: oneOf(['application-copy', 'award'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) =>
        body.paper === 'award' && !course.procedure.award ? refuse('action-not-available') : null,
      // Which period runs from receipt depends on the paper (25, 48).
      then: (course, body, on) => {
        const rule = body.paper === 'award' ? 'RL-05' : 'RL-03';
        if (rule === 'RL-05' || course.procedure.status === 'open')
          course.start({ rule, holder: 'party' }, on, body.party);
      },
    }),
    'give-notice': giveNotice,
    extend,
  },
};
