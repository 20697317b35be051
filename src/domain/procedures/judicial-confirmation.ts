import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { Course } from '../dispute/course.js';
import { basisOf } from '../rules/rule-book.js';
import { agreedIn, makeEnforceable } from './agreeing.js';
import { extend } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { everyoneApplied, joinApplication, joiningSteps } from './joining.js';
import { resumeSuit, settleSuit } from './titles.js';
import { objecting } from './objecting.js';

const court = ['court-clerk', 'judge'] as const;

/** Where it was agreed: the mediation itself, whichever procedure the application comes out of. */
const mediationOf = (course: Course): Course => course.of(agreedIn(course)?.id ?? course.procedure.from!);

/** Both parties apply together; the system never files for one side only (民事诉讼法205). */
const application = (course: Course): void => {
  const mediation = mediationOf(course);
  mediation.meet('JC-01');
  // One of both ways (人社部发〔2022〕9号): the application to the court spends the one to the commission.
  mediation.drop('LD-23', 'other-way-chosen');
  course.enter('applied');
  course.start('JC-05');
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
  makeEnforceable(course, 'JC-03', 'CL-15');
  settleSuit(course);
  const arbitration = course.other('labour-arbitration');
  const award = arbitration?.procedure.award;
  // That a challenged award gives way to the settlement is our reading; no article says so.
  if (award && award.status !== 'effective') {
    arbitration.say('AwardSuperseded', { by: course.procedure.id, confidence: 'unverified' });
    arbitration.drop('LD-37.enforcement', 'award-superseded');
  }
};

/** Judicial confirmation of a mediation agreement 司法确认 (民事诉讼法205–206; 民诉解释353–360). Free. */
export const judicialConfirmation: ProcedureDefinition = {
  code: 'judicial-confirmation',
  nature: 'confirming',
  outcomes: ['confirmed', 'not-confirmed', 'not-accepted', 'withdrawn', 'deemed-withdrawn'],
  steps: {
    ...joiningSteps,
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
    guard: ({ course, body }) => {
      const mediation = agreedIn(course);
      const referring = mediation?.from ? course.dispute.procedures[mediation.from] : undefined;
      // Mediation at a court's invitation is confirmed by the inviting court (民事诉讼法205(1), JC-02).
      if (mediation?.procedure === 'pre-filing-mediation' && referring && referring.body.code !== body)
        return refuse('wrong-body', { basis: basisOf('JC-02') });
      const period = Object.values(course.dispute.deadlines).filter(
        (one) => one.rule === 'JC-01' && one.procedureId === mediation?.id,
      );
      const passed = period.length > 0 && period.every((one) => one.status === 'elapsed');
      return passed ? refuse('deadline-passed', { basis: basisOf('JC-01') }) : null;
    },
    then: (course) => {
      if (everyoneApplied(course)) application(course);
    },
  },
  withdrawn: resumeSuit,
  elapses: {
    'JC-04': {},
    'JC-05': {},
    'JC-05.decision': {},
    'JC-09': {},
    'JC-09.third-party': {},
    'CL-15': {},
  },
  actions: {
    'join-application': joinApplication(['party', 'mediator', ...court], application, 'JC-01'),
    'accept-application': action({
      title: { zh: '立案', en: 'register the application' },
      by: court,
      in: ['applied'],
      basis: 'JC-04',
      fields: { acceptedOn: legalDate('立案日期', 'date of registration') },
      records: 'ApplicationAccepted',
      meets: ['JC-05'],
      // Fifteen days are a target of our own beside the thirty of the law (JC-05).
      starts: ['JC-04', 'JC-05.decision'],
      to: 'reviewing',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: court,
      in: ['applied'],
      basis: 'JC-06',
      fields: {
        reason: oneOf(['out-of-scope', 'wrong-court', 'identity-relation', 'title', 'late', 'other'], {
          zh: '理由',
          en: 'reason',
        }),
        decidedOn: legalDate('决定日期', 'date of the decision'),
      },
      records: 'ApplicationRefused',
      meets: ['JC-05'],
      closes: 'not-accepted',
      then: (course, _, on) => resumeSuit(course, on),
    }),
    'issue-ruling': action({
      title: { zh: '作出裁定', en: 'make the ruling' },
      by: court,
      in: ['reviewing'],
      basis: 'JC-03',
      fields: {
        result: oneOf(['confirmed', 'dismissed'], { zh: '结果', en: 'result' }),
        ground: optional(
          oneOf(['mandatory-law', 'interests', 'public-order', 'involuntary', 'unclear', 'other'], {
            zh: '驳回理由',
            en: 'ground of dismissal',
          }),
        ),
        madeOn: legalDate('裁定日期', 'date of the ruling'),
        document: optional(documentId('裁定书', 'ruling')),
      },
      records: 'RulingMade',
      meets: ['JC-04', 'JC-05.decision'],
      then: (course, body, on) => {
        course.close(body.result === 'confirmed' ? 'confirmed' : 'not-confirmed', on);
        if (body.result === 'confirmed') settle(course);
        else resumeSuit(course, on);
      },
    }),
    'deem-withdrawn': action({
      title: { zh: '按撤回申请处理', en: 'deem the application withdrawn' },
      by: court,
      in: ['applied', 'reviewing'],
      basis: 'JC-08',
      fields: {
        reason: oneOf(['absent', 'not-supplemented'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('裁定日期', 'date of the ruling'),
      },
      records: 'ApplicationDeemedWithdrawn',
      meets: ['JC-05', 'JC-04', 'JC-05.decision'],
      closes: 'deemed-withdrawn',
      then: (course, _, on) => resumeSuit(course, on),
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
      // An interested third party has its own, longer period from when it knows (民诉解释372).
      then: (course, body, on) => {
        const third = course.party(body.party)?.role === 'third-party';
        course.start({ rule: third ? 'JC-09.third-party' : 'JC-09', holder: 'party' }, on, body.party);
      },
    }),
    ...objecting,
    extend,
  },
};
