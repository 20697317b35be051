import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { Course } from '../dispute/course.js';
import { sides } from '../dispute/course.js';
import { basisOf } from '../rules/rule-book.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';

const court = ['court-clerk', 'judge'] as const;

/** Both parties apply together; the system never files for one side only (民事诉讼法205). */
const everyoneApplied = (course: Course, applicants: readonly string[]): boolean =>
  sides(course.dispute).every(({ ref }) => applicants.includes(ref));

const application = (course: Course): void => {
  const mediation = course.origin()!;
  mediation.meet('JC-01');
  // One of both ways (人社部发〔2022〕9号): the application to the court spends the one to the commission.
  mediation.drop('LD-23', 'other-way-chosen');
  course.enter('applied');
  course.handOff(mediation.procedure.body, course.procedure.body, [
    'parties',
    'agreement',
    'undisputed-facts',
    'delivery-addresses',
    'failure-record',
    'procedures',
    'documents',
  ]);
};

/** What the confirmed agreement does to what was pending on the same dispute. */
const settle = (course: Course): void => {
  course.origin()?.say('AgreementMadeEnforceable', { basis: basisOf('JC-03') });
  const suit = course.other('civil-litigation', 'open');
  if (suit && ['filing', 'referred'].includes(suit.procedure.step)) suit.close('settled');
  const arbitration = course.other('labour-arbitration');
  const award = arbitration?.procedure.award;
  // That a challenged award gives way to the settlement is our reading; no article says so.
  if (award && award.status !== 'effective') arbitration.say('AwardSuperseded', { by: course.procedure.id, confidence: 'unverified' });
}; // prettier-ignore

/** Judicial confirmation of a mediation agreement 司法确认 (民事诉讼法205–206; 民诉解释353–360). Free. */
export const judicialConfirmation: ProcedureDefinition = {
  code: 'judicial-confirmation',
  nature: 'confirming',
  outcomes: ['confirmed', 'not-confirmed', 'not-accepted', 'withdrawn', 'deemed-withdrawn'],
  steps: {
    'awaiting-joint-application': {
      title: { zh: '待另一方共同申请', en: 'the other party has yet to join the application' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    applied: {
      title: { zh: '已共同申请，待立案', en: 'applied for jointly; to be registered' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    reviewing: {
      title: { zh: '已立案，审查中', en: 'registered; under review' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: [...court, 'mediator', 'party'],
    basis: 'JC-01',
    step: 'awaiting-joint-application',
    guard: ({ course, body, from }) => {
      const mediation = from === null ? undefined : course.dispute.procedures[from];
      const referring = mediation?.from ? course.dispute.procedures[mediation.from] : undefined;
      // Mediation at a court's invitation is confirmed by the inviting court (民事诉讼法205(1), JC-02).
      if (mediation?.procedure === 'pre-filing-mediation' && referring && referring.body.code !== body)
        return refuse('wrong-body', { basis: basisOf('JC-02') });
      const period = Object.values(course.dispute.deadlines).filter(
        (one) => one.rule === 'JC-01' && one.procedureId === from,
      );
      const passed = period.length > 0 && period.every((one) => one.status === 'elapsed');
      return passed ? refuse('deadline-passed', { basis: basisOf('JC-01') }) : null;
    },
    then: (course) => {
      if (everyoneApplied(course, course.procedure.applicants)) application(course);
    },
  },
  elapses: { 'JC-04': {}, 'JC-09': {} },
  actions: {
    'join-application': action({
      title: { zh: '共同申请', en: 'join the application' },
      by: ['party', 'mediator', ...court],
      in: ['awaiting-joint-application'],
      basis: 'JC-01',
      fields: { party: partyRef(), appliedOn: legalDate('申请日期', 'date of the application') },
      records: 'ApplicationJoined',
      then: (course, body) => {
        if (everyoneApplied(course, [...course.procedure.applicants, body.party])) application(course);
      },
    }),
    'accept-application': action({
      title: { zh: '立案', en: 'register the application' },
      by: court,
      in: ['applied'],
      basis: 'JC-04',
      fields: { acceptedOn: legalDate('立案日期', 'date of registration') },
      records: 'ApplicationAccepted',
      starts: ['JC-04'],
      to: 'reviewing',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: court,
      in: ['applied'],
      basis: 'JC-06',
      fields: {
        reason: oneOf(['out-of-scope', 'wrong-court', 'identity-relation', 'title', 'late', 'other'], { zh: '理由', en: 'reason' }), // prettier-ignore
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      closes: 'not-confirmed',
    }),
    'issue-ruling': action({
      title: { zh: '作出裁定', en: 'make the ruling' },
      by: court,
      in: ['reviewing'],
      basis: 'JC-03',
      fields: {
        result: oneOf(['confirmed', 'dismissed'], { zh: '结果', en: 'result' }),
        ground: optional(oneOf(['mandatory-law', 'interests', 'public-order', 'involuntary', 'unclear', 'other'], { zh: '驳回理由', en: 'ground of dismissal' })), // prettier-ignore
        madeOn: legalDate('裁定日期', 'date of the ruling'),
        document: optional(documentId('裁定书', 'ruling')),
      },
      records: 'RulingMade',
      meets: ['JC-04'],
      then: (course, body, on) => {
        course.close(body.result === 'confirmed' ? 'confirmed' : 'not-confirmed', on);
        if (body.result === 'confirmed') settle(course);
      },
    }),
    serve: action({
      title: { zh: '送达裁定书', en: 'serve the ruling' },
      by: court,
      afterClose: true,
      fields: {
        paper: oneOf(['ruling'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
      },
      records: 'DocumentServed',
      guard: (course) => (course.procedure.outcome === 'confirmed' ? null : refuse('action-not-available')),
      then: (course, body, on) => course.start({ rule: 'JC-09', holder: 'party' }, on, body.party),
    }),
    ...clocks,
  },
};
