import { documentId, flag, legalDate, oneOf, optional } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { agreedIn, makeEnforceable } from './agreeing.js';
import { action, type ProcedureDefinition } from './definition.js';
import { everyoneApplied, joinApplication, joiningSteps } from './joining.js';

const notary = ['case-officer'] as const;

/**
 * Notarisation with enforceability 公证赋强 (公证法37): on the application of both, an agreement to pay or deliver, in
 * which the debtor submits to enforcement, becomes an enforceable document.
 */
export const notarisation: ProcedureDefinition = {
  code: 'notarisation',
  nature: 'confirming',
  outcomes: ['effective', 'not-accepted', 'withdrawn'],
  steps: {
    ...joiningSteps,
    applied: {
      title: { zh: '已共同申请，待受理', en: 'applied for jointly; acceptance is awaited' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-acceptance',
    },
    examining: {
      title: { zh: '已受理，审查办证中', en: 'accepted; the notary examines it' },
      waitsFor: { who: 'body', role: 'case-officer' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...notary, 'mediator', 'party'],
    basis: 'CX-06',
    step: 'awaiting-joint-application',
    guard: ({ course }) =>
      agreedIn(course)?.agreement?.confirmed ? refuse('already-done', { basis: basisOf('CX-06') }) : null,
    then: (course) => {
      if (everyoneApplied(course)) course.enter('applied');
    },
  },
  actions: {
    'join-application': joinApplication(['party', 'mediator', ...notary], (course) => course.enter('applied'), 'CX-06'),
    'accept-application': action({
      title: { zh: '受理公证申请', en: 'accept the application' },
      by: notary,
      in: ['applied'],
      basis: 'CX-06',
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'ApplicationAccepted',
      to: 'examining',
    }),
    'reject-application': action({
      title: { zh: '不予办理公证', en: 'refuse to notarise' },
      by: notary,
      in: ['applied', 'examining'],
      basis: 'CX-06',
      fields: {
        reason: oneOf(['not-for-payment', 'no-submission', 'unlawful', 'involuntary', 'unclear', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
    }),
    'issue-instrument': action({
      title: { zh: '出具赋予强制执行效力的公证书', en: 'issue the enforceable instrument' },
      by: notary,
      in: ['examining'],
      basis: 'CX-06',
      binds: true,
      fields: {
        debtorSubmits: flag('债务人承诺愿意接受强制执行', 'the debtor submits to enforcement'),
        issuedOn: legalDate('出具日期', 'date of issue'),
        document: optional(documentId('公证书', 'notarial instrument')),
      },
      records: 'InstrumentIssued',
      guard: (_, body) => (body.debtorSubmits ? null : refuse('consent-missing', { pointer: '/debtorSubmits' })),
      closes: 'effective',
      // The agreement in the procedure it came from becomes enforceable (公证法37).
      then: (course) => makeEnforceable(course, 'CX-06', 'CL-15'),
    }),
  },
};
