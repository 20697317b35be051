import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { agreedIn, makeEnforceable } from './agreeing.js';
import { extend } from './clocks.js';
import { resumeSuit, settleSuit } from './titles.js';
import { action, type ProcedureDefinition } from './definition.js';
import { everyoneApplied, joinApplication, joiningSteps } from './joining.js';

const commission = ['arbitrator', 'case-officer'] as const;

const apply = (course: Course): void => {
  course.enter('applied');
  const agreed = agreedIn(course);
  if (!agreed) return;
  const mediation = course.of(agreed.id);
  mediation.meet('LD-23');
  // One of both ways (人社部发〔2022〕9号): the application to the commission spends the one to the court.
  mediation.drop('JC-01', 'other-way-chosen');
  course.handOff(agreed.body, course.procedure.body, [
    'parties',
    'agreement',
    'undisputed-facts',
    'delivery-addresses',
    'failure-record',
    'procedures',
    'documents',
  ]);
};

/**
 * Arbitral confirmation 仲裁审查: a labour arbitration commission makes its own mediation document 仲裁调解书 of a mediation
 * agreement, on the application of both (办案规则74–78). It excludes judicial confirmation. Free.
 */
export const arbitralConfirmation: ProcedureDefinition = {
  code: 'arbitral-confirmation',
  nature: 'confirming',
  outcomes: ['confirmed', 'not-confirmed', 'not-accepted', 'withdrawn'],
  steps: {
    ...joiningSteps,
    applied: {
      title: { zh: '已共同申请，待受理', en: 'applied for jointly; acceptance is awaited' },
      waitsFor: { who: 'body', role: 'arbitrator' },
      stalls: 'awaiting-acceptance',
    },
    reviewing: {
      title: { zh: '已受理，审查中', en: 'accepted; under review' },
      waitsFor: { who: 'body', role: 'arbitrator' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...commission, 'mediator', 'party'],
    basis: 'LD-23',
    step: 'awaiting-joint-application',
    guard: ({ course }) => {
      const agreed = agreedIn(course);
      if (agreed?.agreement?.confirmed) return refuse('already-done', { basis: basisOf('LD-26') });
      const periods = Object.values(course.dispute.deadlines).filter(
        (one) => one.rule === 'LD-23' && one.procedureId === agreed?.id,
      );
      const passed = periods.length > 0 && periods.every(({ status }) => status === 'elapsed');
      return passed ? refuse('deadline-passed', { basis: basisOf('LD-23') }) : null;
    },
    then: (course) => {
      if (everyoneApplied(course)) apply(course);
    },
  },
  elapses: { 'LD-24': {} },
  withdrawn: resumeSuit,
  actions: {
    'join-application': joinApplication(['party', 'mediator', ...commission], apply, 'LD-23'),
    'accept-application': action({
      title: { zh: '受理审查申请', en: 'accept the application' },
      by: commission,
      in: ['applied'],
      basis: 'LD-24',
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'ApplicationAccepted',
      starts: ['LD-24'],
      to: 'reviewing',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: commission,
      in: ['applied'],
      basis: 'LD-24',
      fields: {
        reason: oneOf(
          ['out-of-scope', 'no-jurisdiction', 'late', 'employment-relation', 'confirmed-by-court', 'other'],
          { zh: '理由', en: 'reason' },
        ),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
      then: (course, _, on) => resumeSuit(course, on),
    }),
    'issue-consent-award': action({
      title: { zh: '制作仲裁调解书', en: 'issue the arbitral mediation document' },
      by: commission,
      in: ['reviewing'],
      basis: 'LD-15',
      binds: true,
      fields: {
        signedForOn: legalDate('双方签收日期', 'date both signed for it'),
        document: optional(documentId('仲裁调解书', 'arbitral mediation document')),
      },
      records: 'ConsentAwardIssued',
      meets: ['LD-24'],
      closes: 'confirmed',
      // The agreement in the procedure it came from becomes enforceable (劳动争议调解仲裁法42, 51).
      then: (course) => {
        makeEnforceable(course, 'LD-23', 'LD-37.enforcement');
        settleSuit(course);
      },
    }),
    'refuse-confirmation': action({
      title: { zh: '不予制作调解书', en: 'refuse the mediation document' },
      by: commission,
      in: ['reviewing'],
      basis: 'LD-25',
      fields: {
        ground: oneOf(['mandatory-law', 'interests', 'false-evidence', 'involuntary', 'unclear', 'other'], {
          zh: '理由',
          en: 'ground',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
        document: optional(documentId('决定书', 'decision')),
      },
      records: 'ConfirmationRefused',
      meets: ['LD-24'],
      closes: 'not-confirmed',
      then: (course, _, on) => resumeSuit(course, on),
    }),
    extend,
  },
};
