import type { Course } from '../dispute/course.js';
import { documentId, legalDate, oneOf, optional, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { DisputeType } from '../routes/codes.js';
import { basisOf } from '../rules/rule-book.js';
import { action, type OpeningCourse, type ProcedureDefinition } from './definition.js';
import { giveNotice } from './mediating.js';

const court = ['court-clerk', 'judge'] as const;

/** Under which law an award is set aside. */
interface Path {
  award: 'labour-arbitration' | 'commercial-arbitration';
  /** The applicant's period, from its receipt of the award. */
  right: string;
  /** The court's, from acceptance; labour law sets none. */
  decision?: string;
  /** The suit that is open to either side once the award is set aside. */
  suit?: string;
}

const labour: Path = { award: 'labour-arbitration', right: 'LD-31', suit: 'LD-32' };
const commercial: Path = { award: 'commercial-arbitration', right: 'AB-02', decision: 'AB-03' };
const pathOf = (type: DisputeType): Path => (type === 'labour' ? labour : commercial);

const maySetAside = ({ course, applicants, body }: OpeningCourse) => {
  const { award: code, right } = pathOf(course.dispute.type);
  const basis = basisOf(right);
  const arbitration = course.other(code)?.procedure;
  if (!arbitration?.award) return refuse('route-forbidden', { basis });
  // The intermediate court at the seat of the commission decides, not the commission (调解仲裁法49; 仲裁法72).
  if (arbitration.body.code === body) return refuse('wrong-body', { basis, pointer: '/body' });
  const passed = Object.values(course.dispute.deadlines).find(
    (one) =>
      one.procedureId === arbitration.id &&
      one.rule === right &&
      one.status === 'elapsed' &&
      applicants.includes(one.holder.replace('party:', '')),
  );
  return passed ? refuse('deadline-passed', { basis, on: passed.due }) : null;
};

/** The application in time keeps the applicant's right. */
const keepPeriod = (course: Course): void => {
  const { award, right } = pathOf(course.dispute.type);
  for (const applicant of course.procedure.applicants) course.other(award)?.meet(right, `party:${applicant}`);
};

/** Whether the worker's suit, before which the employer's application gave way, ended without a judgment (解释(一)21). */
const suitCameToNothing = (course: Course): boolean =>
  ['withdrawn', 'deemed-withdrawn', 'not-accepted', 'dismissed'].includes(
    course.other('civil-litigation', 'closed')?.procedure.outcome ?? '',
  );

const gaveWay = (course: Course): boolean =>
  course.procedure.facts['RulingMade']?.data['ground'] === 'worker-sued' ||
  course.procedure.facts['ApplicationRefused']?.data['reason'] === 'worker-sued';

/**
 * Setting aside of an award 申请撤销仲裁裁决: in labour disputes the employer's remedy against a final award
 * (调解仲裁法49), else either side's (仲裁法72). It reviews the award, so that the worker's suit, before which it gives way
 * (解释(一)21), may be opened beside it.
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
        reason: oneOf(['late', 'not-final', 'worker-sued', 'no-jurisdiction', 'other'], { zh: '理由', en: 'reason' }), // prettier-ignore
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
        ground: optional(oneOf(['law-misapplied', 'no-jurisdiction', 'procedure', 'forged-evidence', 'concealed-evidence', 'corruption', 'no-agreement', 'public-interest', 'no-ground', 'worker-sued'], { zh: '理由', en: 'ground' })), // prettier-ignore
        madeOn: legalDate('裁定日期', 'date of the ruling'),
        document: optional(documentId('裁定书', 'ruling')),
      },
      records: 'RulingMade',
      meets: ['AB-03'],
      // Annulled, the award of the other procedure is without effect.
      then: (course, body, on) => {
        course.close(body.result, on);
        const { award, right } = pathOf(course.dispute.type);
        if (body.result === 'annulled')
          course.other(award)?.say('AwardSetAside', { by: course.procedure.id, basis: basisOf(right) });
      },
    }),
    serve: action({
      title: { zh: '送达裁定书', en: 'serve a ruling' },
      by: court,
      afterClose: true,
      fields: {
        paper: oneOf(['ruling', 'suit-ended-ruling'], { zh: '文书', en: 'paper' }),
        party: partyRef('受送达人', 'served on'),
        servedOn: legalDate('送达日期', 'date of receipt'),
        document: optional(documentId()),
      },
      records: 'DocumentServed',
      guard: (course, body) => {
        if (course.procedure.status === 'open') return refuse('action-not-available');
        if (body.paper === 'ruling') return null;
        const employer = course.party(body.party)?.capacity === 'employer';
        return employer && gaveWay(course) && suitCameToNothing(course)
          ? null
          : refuse('action-not-available', { basis: basisOf('LD-33') });
      },
      // Annulled: either side may sue (LD-32). The worker's suit over without judgment: the employer may apply again (LD-33).
      then: (course, body, on) => {
        const { suit } = pathOf(course.dispute.type);
        if (body.paper === 'suit-ended-ruling') course.start({ rule: 'LD-33', holder: 'party' }, on, body.party);
        else if (course.procedure.outcome === 'annulled' && suit) course.start({ rule: suit, holder: 'party' }, on, body.party);
      },
    }), // prettier-ignore
    'apply-again': action({
      title: { zh: '劳动者撤诉后重新申请撤销', en: 'apply again after the worker’s suit' },
      by: [...court, 'party'],
      afterClose: true,
      basis: 'LD-33',
      fields: { party: partyRef('用人单位', 'employer'), appliedOn: legalDate('申请日期', 'date of the application') },
      records: 'AppliedAgain',
      guard: (course, body) => {
        if (course.dispute.status === 'closed') return refuse('dispute-closed');
        const period = course.deadline('LD-33', `party:${body.party}`);
        if (course.procedure.status === 'open' || !period) return refuse('action-not-available');
        return period.status === 'elapsed' ? refuse('deadline-passed', { on: period.due }) : null;
      },
      // The same application goes on: no second procedure is opened.
      then: (course, body) => {
        course.meet('LD-33', `party:${body.party}`);
        course.reopen('applied');
      },
    }), // prettier-ignore
    'give-notice': giveNotice,
  },
};
