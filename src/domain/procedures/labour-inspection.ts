import { date, documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { computeUnderRule, ruleFor } from '../dispute/deadlines.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { extend } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { interruptLimitation } from './limitation.js';
import { giveNotice } from './mediating.js';

const staff = ['case-officer'] as const;

/** Labour inspection 劳动保障监察 (劳动保障监察条例): beside everything else, and never instead of arbitration (17, 20, 21). */
export const labourInspection: ProcedureDefinition = {
  code: 'labour-inspection',
  nature: 'inspecting',
  outcomes: ['decision', 'not-accepted', 'withdrawn'],
  steps: {
    complained: {
      title: { zh: '已投诉，待立案', en: 'complained; to be filed' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    investigating: {
      title: { zh: '已立案，调查中', en: 'filed; under investigation' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...staff, 'party'],
    basis: 'LD-40',
    step: 'complained',
    // Seeking relief from an authority interrupts limitation, where arbitration was not applied for (调解仲裁法27(2)).
    then: (course, on) => {
      if (!course.other('labour-arbitration')) interruptLimitation(course, on, 'relief-sought');
    },
  },
  actions: {
    'accept-application': action({
      title: { zh: '立案', en: 'file the case' },
      by: staff,
      in: ['complained'],
      basis: 'LD-40',
      fields: {
        acceptedOn: legalDate('立案日期', 'date of filing'),
        violationEndedOn: optional(date('违法行为发生（终了）之日', 'the day the violation ended')),
      },
      records: 'ApplicationAccepted',
      guard: (course, body, on) => {
        // What is before an arbitrator or a judge is referred there (21).
        const elsewhere = ['labour-arbitration', 'civil-litigation'] as const;
        if (elsewhere.some((code) => course.other(code, 'open')))
          return refuse('procedure-exclusive', {
            basis: { law: '劳动保障监察条例', article: '21' },
            alternatives: [{ action: 'refer' }],
          });
        const ended = body.violationEndedOn;
        if (ended === undefined) return null;
        const lookback = ruleFor(course.context, 'LD-40.lookback', ended);
        const { due } = computeUnderRule(course.context, lookback, ended);
        return course.procedure.openedOn <= due && ended <= on
          ? null
          : refuse('deadline-passed', { basis: basisOf('LD-40.lookback'), on: due, pointer: '/violationEndedOn' });
      },
      starts: ['LD-40'],
      to: 'investigating',
    }),
    'reject-application': action({
      title: { zh: '不予立案', en: 'refuse to file' },
      by: staff,
      in: ['complained'],
      basis: 'LD-40',
      fields: {
        reason: oneOf(['older-than-two-years', 'no-jurisdiction', 'no-violation', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
      owes: [{ notice: 'refusal', basis: 'LD-40' }],
    }),
    refer: action({
      title: { zh: '告知按劳动争议处理程序办理', en: 'refer to mediation, arbitration or suit' },
      by: staff,
      basis: 'LD-40',
      fields: { referredOn: legalDate('告知日期', 'date of the referral') },
      records: 'ComplainantReferred',
      closes: 'not-accepted',
      owes: [{ notice: 'routes', basis: 'LD-40' }],
    }),
    'issue-decision': action({
      title: { zh: '作出处理', en: 'conclude the investigation' },
      by: staff,
      in: ['investigating'],
      basis: 'LD-40',
      fields: {
        result: oneOf(['rectification-ordered', 'treatment-decided', 'penalty', 'no-violation'], {
          zh: '处理结果',
          en: 'result',
        }),
        madeOn: legalDate('处理日期', 'date'),
        document: optional(documentId('处理文书', 'decision')),
      },
      records: 'DecisionIssued',
      meets: ['LD-40'],
      closes: 'decision',
    }),
    'give-notice': giveNotice,
    extend,
  },
};
