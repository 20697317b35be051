import { flag, legalDate, money, oneOf, optional, text } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import type { Course } from '../dispute/course.js';
import { followedAgreement as agreed } from './agreeing.js';
import { action, type ProcedureDefinition } from './definition.js';
import { resumeSuit, settleSuit } from './titles.js';
import { instalmentIndex } from './mediating.js';

const staff = ['mediator', 'case-officer', 'court-clerk', 'adviser'] as const;

const everythingPerformed = (course: Course): boolean =>
  agreed(course)?.agreement?.terms.every((term) => term.performedOn !== null) ?? true;

/** Follow-up 履行回访: is the agreement performed, is it understood. The body that mediated urges performance (人民调解法31). */
export const followUp: ProcedureDefinition = {
  code: 'follow-up',
  nature: 'closing',
  outcomes: ['performed', 'breach', 'withdrawn'],
  steps: {
    'awaiting-performance': {
      title: { zh: '待履行', en: 'performance is awaited' },
      waitsFor: { who: 'parties', role: 'party' },
      stalls: 'awaiting-party',
    },
    'talk-due': {
      title: { zh: '已履行，待回访', en: 'performed; the follow-up talk is due' },
      waitsFor: { who: 'body', role: 'mediator' },
      stalls: 'awaiting-body',
    },
  },
  opening: {
    by: staff,
    basis: 'PM-12',
    step: 'awaiting-performance',
    then: (course, on) => {
      const last = agreed(course)
        ?.agreement?.terms.map((term) => term.dueOn)
        .sort()
        .at(-1);
      course.start('SL-FOLLOW-UP', last && last > on ? last : on);
      if (everythingPerformed(course)) course.enter('talk-due');
    },
  },
  elapses: { 'SL-FOLLOW-UP': {} },
  actions: {
    'record-performance': action({
      title: { zh: '记录履行', en: 'record performance' },
      by: [...staff, 'party'],
      in: ['awaiting-performance'],
      fields: {
        instalment: instalmentIndex,
        amount: optional(money('金额', 'amount')),
        performedOn: legalDate('履行日期', 'date of performance'),
      },
      records: 'InstalmentNoted',
      guard: (course, body) => {
        const term = agreed(course)?.agreement?.terms.find(({ index }) => index === body.instalment);
        if (!term) return refuse('unknown-fact', { pointer: '/instalment' });
        if (term.performedOn) return refuse('already-done', { pointer: '/instalment' });
        const differs = body.amount && term.amount && body.amount.amount !== term.amount.amount;
        return differs ? refuse('amount-mismatch', { pointer: '/amount' }) : null;
      },
      then: (course, body, on) => {
        course.of(agreed(course)!.id).say('InstalmentPerformed', { instalment: body.instalment, performedOn: on });
        if (everythingPerformed(course)) course.enter('talk-due');
      },
    }),
    'record-breach': action({
      title: { zh: '记录未履行', en: 'record a breach' },
      by: [...staff, 'party'],
      in: ['awaiting-performance', 'talk-due'],
      fields: { instalment: optional(instalmentIndex), notedOn: legalDate('确认日期', 'date established') },
      records: 'BreachNoted',
      // Of a title whose obligations are not recorded here, a judgment or consent document, nothing says what is performed.
      guard: (course, body) => {
        if (!agreed(course)) return null;
        if (course.procedure.step === 'talk-due') return refuse('already-done');
        return body.instalment === undefined ? refuse('unknown-fact', { pointer: '/instalment' }) : null;
      },
      closes: 'breach',
      owes: ['routes'],
      then: (course, _, on) => resumeSuit(course, on),
    }),
    'record-follow-up': action({
      title: { zh: '记录回访', en: 'record the follow-up talk' },
      by: staff,
      fields: {
        heldOn: legalDate('回访日期', 'date of the talk'),
        understood: optional(flag('已释法答疑', 'the law was explained and understood')),
        satisfaction: optional(oneOf(['satisfied', 'neutral', 'dissatisfied'], { zh: '满意度', en: 'satisfaction' })),
        remarks: optional(text('remarks', { zh: '备注', en: 'remarks' })),
      },
      records: 'FollowUpHeld',
      then: (course, _, on) => {
        course.meet('SL-FOLLOW-UP');
        if (!everythingPerformed(course)) return;
        course.close('performed', on);
        settleSuit(course);
        const open = Object.values(course.dispute.procedures).some(({ status }) => status === 'open');
        if (!open) course.closeDispute('performed');
      },
    }),
  },
};
