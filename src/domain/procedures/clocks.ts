import { date, documentId, integer, legalDate, list, oneOf, optional, partyRef, word } from '../dispute/fields.js';
import { namesBothSides } from '../dispute/parties.js';
import { isOpen, ruleFor } from '../dispute/deadlines.js';
import { refuse } from '../dispute/refusal.js';
import type { Course } from '../dispute/course.js';
import type { Deadline } from '../dispute/state.js';
import type { Approver, Rule } from '../rules/rule.js';
import { action } from './definition.js';

/** Acts on a procedure's clocks. What may be extended or suspended, how far and by whom is the rule's to say. */

const staff = ['mediator', 'case-officer', 'arbitrator', 'court-clerk', 'judge'] as const;

const running = (course: Course): Deadline[] =>
  Object.values(course.dispute.deadlines).filter(
    (deadline) => deadline.procedureId === course.procedure.id && isOpen(deadline) && deadline.basis !== null,
  );
const lawOf = (course: Course, deadline: Deadline): Rule => ruleFor(course.context, deadline.rule, deadline.trigger.on);

/** What the body may decide, its head, director or president may decide too. */
const approves = (by: string, needed: Approver): boolean =>
  by === needed || (needed === 'body' && by !== 'both-parties');

/** The clocks that the law lets stop on a ground, and who must approve it. */
const stoppable = (course: Course, code: string): { deadline: Deadline; law: Rule; approver: Approver }[] =>
  running(course).flatMap((deadline) => {
    const law = lawOf(course, deadline);
    const ground = law.suspension?.grounds.find((one) => one.code === code);
    return ground ? [{ deadline, law, approver: ground.approver ?? law.suspension!.approver }] : [];
  });

/** Whether it is the higher authority's to approve: what the body's own may give is then used up. */
const isFurther = ({ extension }: Rule, approvedBy: string): boolean => extension?.further?.approver === approvedBy;

/** How far a period is extended where the approval does not say. */
const lengthOf = (course: Course, deadline: Deadline, approvedBy: string): number => {
  const law = lawOf(course, deadline);
  return isFurther(law, approvedBy)
    ? ruleFor(course.context, law.extension!.further!.rule, deadline.trigger.on).amount
    : law.extension!.amount!;
};

/** The clock that is meant: the one named, else the only one that the law allows it for. */
const meant = (course: Course, rule: string | undefined, allows: (law: Rule) => boolean): Deadline | undefined =>
  running(course).find((deadline) => (rule === undefined ? allows(lawOf(course, deadline)) : deadline.rule === rule));

export const extend = action({
  title: { zh: '延长期限', en: 'extend a period' },
  by: staff,
  fields: {
    rule: optional(word('期限规则', 'rule')),
    amount: optional(integer(1, 366, { zh: '延长数量（按该期限单位）', en: 'amount, in the period’s own unit' })),
    approvedBy: oneOf(['both-parties', 'director', 'president', 'superior-court', 'head'], {
      zh: '批准人',
      en: 'approved by',
    }),
    consents: optional(list(partyRef(), 0, 20)),
    approvedOn: legalDate('批准日期', 'date of approval'),
    document: optional(documentId('批准文书', 'approval')),
  },
  records: 'ExtensionApproved',
  guard: (course, body) => {
    const deadline = meant(course, body.rule, (law) => law.extension !== undefined);
    if (!deadline) return refuse(body.rule ? 'deadline-not-running' : 'extension-not-allowed');
    const law = lawOf(course, deadline);
    const basis = { law: law.law, article: law.article, rule: law.code };
    const { extension } = law;
    if (!extension) return refuse('extension-not-allowed', { basis });
    if (extension.amount === null && body.amount === undefined)
      return refuse('amount-mismatch', { basis, pointer: '/amount' });
    if (isFurther(law, body.approvedBy))
      return deadline.extensions === extension.times
        ? null
        : refuse('extension-exhausted', { basis, pointer: '/approvedBy' });
    const spent = extension.times !== null && deadline.extensions >= extension.times;
    const tooFar =
      extension.amount !== null &&
      deadline.extension + (body.amount ?? extension.amount) > extension.amount * (extension.times ?? Infinity);
    if (spent || tooFar) return refuse('extension-exhausted', { basis });
    if (extension.approver.includes('both-parties') && !namesBothSides(course.dispute, body.consents))
      return refuse('consent-missing', { basis, pointer: '/consents' });
    if (!extension.approver.includes('both-parties') && extension.approver !== body.approvedBy)
      return refuse('extension-not-allowed', { basis, pointer: '/approvedBy' });
    return null;
  },
  then: (course, body) => {
    const deadline = meant(course, body.rule, (law) => law.extension !== undefined)!;
    course.extend(deadline, body.amount ?? lengthOf(course, deadline, body.approvedBy), body.approvedBy);
  },
});

export const suspend = action({
  title: { zh: '中止程序（扣除期间）', en: 'suspend the periods' },
  by: staff,
  fields: {
    ground: word('中止事由', 'ground'),
    from: date('中止起始日（首个不计入日）', 'first day not counted'),
    approvedBy: oneOf(['director', 'president', 'head', 'both-parties', 'body'], {
      zh: '批准人',
      en: 'approved by',
    }),
    consents: optional(list(partyRef(), 0, 20)),
    document: optional(documentId('中止通知', 'notice of suspension')),
  },
  records: 'ProcedureSuspended',
  guard: (course, body) => {
    if (course.procedure.suspendedSince) return refuse('already-done');
    const [first] = stoppable(course, body.ground);
    if (!first) return refuse('suspension-not-allowed', { pointer: '/ground' });
    const { law, approver } = first;
    const basis = { ...law.suspension!.basis, rule: law.code };
    if (approver === 'both-parties' && !namesBothSides(course.dispute, body.consents))
      return refuse('consent-missing', { basis, pointer: '/consents' });
    return approves(body.approvedBy, approver)
      ? null
      : refuse('suspension-not-allowed', { basis, pointer: '/approvedBy' });
  },
  then: (course, body) => {
    for (const { deadline, approver } of stoppable(course, body.ground))
      if (approves(body.approvedBy, approver)) course.suspend(deadline, body.from, body.ground);
  },
});

export const resume = action({
  title: { zh: '恢复程序', en: 'resume the periods' },
  by: staff,
  fields: { to: date('恢复日（重新计算首日）', 'the day the clock runs again') },
  records: 'ProcedureResumed',
  guard: (course, body) => {
    const since = course.procedure.suspendedSince;
    if (!since) return refuse('not-suspended');
    return body.to < since ? refuse('date-order', { pointer: '/to' }) : null;
  },
  then: (course, body) => {
    for (const deadline of running(course)) if (deadline.status === 'suspended') course.resume(deadline, body.to);
  },
});

export const clocks = { extend, suspend, resume } as const;
