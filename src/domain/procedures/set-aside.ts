import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { DisputeType } from '../routes/codes.js';
import { basisOf } from '../rules/rule-book.js';
import { action, type OpeningCourse, type ProcedureDefinition } from './definition.js';

const court = ['court-clerk', 'judge'] as const;

/** Under which law an award is set aside. */
interface Path {
  award: 'labour-arbitration' | 'commercial-arbitration';
  /** The applicant's periods, from its receipt of the award or of the ruling that ended a suit. */
  rights: readonly [string, ...string[]];
  /** The court's, from acceptance; labour law sets none. */
  decision?: string;
  /** The suit that is open to either side once the award is set aside. */
  suit?: string;
}

const labour: Path = { award: 'labour-arbitration', rights: ['LD-31', 'LD-33', 'LD-34'], suit: 'LD-32' };
const commercial: Path = { award: 'commercial-arbitration', rights: ['AB-02'], decision: 'AB-03' };
const pathOf = (type: DisputeType): Path => (type === 'labour' ? labour : commercial);

const maySetAside = ({ course, applicants, body, from }: OpeningCourse) => {
  const { award: code, rights } = pathOf(course.dispute.type);
  const basis = basisOf(rights[0]);
  const arbitration = course.other(code)?.procedure;
  if (!arbitration?.award) return refuse('route-forbidden', { basis });
  // The intermediate court at the seat of the commission decides, not the commission (调解仲裁法49; 仲裁法72).
  if (arbitration.body.code === body) return refuse('wrong-body', { basis, pointer: '/body' });
  const passed = Object.values(course.dispute.deadlines).find(
    (one) =>
      one.procedureId === from &&
      rights.includes(one.rule) &&
      one.status === 'elapsed' &&
      applicants.includes(one.holder.replace('party:', '')),
  );
  return passed ? refuse('deadline-passed', { basis: basisOf(passed.rule), on: passed.due }) : null;
};

/** The application in time keeps the applicant's right. */
const keepPeriod = (course: Course): void => {
  for (const rule of pathOf(course.dispute.type).rights)
    for (const applicant of course.procedure.applicants) course.origin()?.meet(rule, `party:${applicant}`);
};

/**
 * Setting aside of an award 申请撤销仲裁裁决: in labour disputes the employer's remedy against a final award
 * (调解仲裁法49), else either side's (仲裁法72). It reviews the award, so that the worker's suit, before which it gives way,
 * may be opened beside it; it is applied for anew when that suit comes to nothing (解释(一)21, LD-33).
 */
export const setAside: ProcedureDefinition = {
  code: 'set-aside',
  nature: 'reviewing',
  outcomes: ['annulled', 'dismissed', 'not-accepted', 'withdrawn'],
  steps: {
    applied: {
      title: { zh: '已申请，待受理', en: 'applied for; acceptance is awaited' },
      waitsFor: { who: 'body', role: 'court-clerk' },
      stalls: 'awaiting-acceptance',
    },
    accepted: {
      title: { zh: '已受理，审查中', en: 'accepted; under review' },
      waitsFor: { who: 'body', role: 'judge' },
      stalls: 'awaiting-body',
    },
  },
  opening: { by: [...court, 'party'], step: 'applied', guard: maySetAside, then: keepPeriod },
  elapses: { 'AB-03': {} },
  actions: {
    'accept-application': action({
      title: { zh: '受理', en: 'accept the application' },
      by: court,
      in: ['applied'],
      fields: { acceptedOn: legalDate('受理日期', 'date of acceptance') },
      records: 'ApplicationAccepted',
      // Labour awards are outside 仲裁法73 (仲裁法93).
      starts: [{ rule: 'AB-03', when: (course) => pathOf(course.dispute.type).decision !== undefined }],
      to: 'accepted',
    }),
    'reject-application': action({
      title: { zh: '不予受理', en: 'refuse the application' },
      by: court,
      in: ['applied'],
      fields: {
        reason: oneOf(['late', 'not-final', 'worker-sued', 'no-jurisdiction', 'other'], { zh: '理由', en: 'reason' }),
        decidedOn: legalDate('裁定日期', 'date of the ruling'),
      },
      records: 'ApplicationRefused',
      closes: 'not-accepted',
    }),
    'issue-ruling': action({
      title: { zh: '作出裁定', en: 'make the ruling' },
      by: court,
      in: ['accepted'],
      fields: {
        result: oneOf(['annulled', 'dismissed'], { zh: '结果', en: 'result' }),
        ground: optional(
          oneOf(
            [
              'law-misapplied',
              'no-jurisdiction',
              'procedure',
              'forged-evidence',
              'concealed-evidence',
              'corruption',
              'no-agreement',
              'public-interest',
              'no-ground',
              'worker-sued',
            ],
            { zh: '理由', en: 'ground' },
          ),
        ),
        madeOn: legalDate('裁定日期', 'date of the ruling'),
        document: optional(documentId('裁定书', 'ruling')),
      },
      records: 'RulingMade',
      meets: ['AB-03'],
      // Annulled, the award of the other procedure is without effect.
      then: (course, body, on) => {
        course.close(body.result, on);
        const { award: code, rights } = pathOf(course.dispute.type);
        const arbitration = course.other(code);
        if (body.result !== 'annulled' || !arbitration) return;
        arbitration.say('AwardSetAside', { by: course.procedure.id, basis: basisOf(rights[0]) });
        for (const rule of ['CL-15', 'LD-37.enforcement']) arbitration.drop(rule, 'award-set-aside');
        course.other('enforcement', 'open')?.close('terminated', on);
      },
    }),
    serve: action({
      title: { zh: '送达裁定书', en: 'serve a ruling' },
      by: court,
      afterClose: true,
      fields: {
        paper: oneOf(['ruling'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course) => (course.procedure.status === 'open' ? refuse('action-not-available') : null),
      // Annulled: either side may sue (LD-32).
      then: (course, body, on) => {
        const { suit } = pathOf(course.dispute.type);
        if (suit && course.procedure.outcome === 'annulled')
          course.start({ rule: suit, holder: 'party' }, on, body.party);
      },
    }),
  },
};
