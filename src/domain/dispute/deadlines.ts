import { addDays, startOfDay, type CivilDate } from '../calendar/civil-date.js';
import { countPeriod, type Counted } from '../calendar/count.js';
import type { Profile, ServiceLevelCode } from '../profiles/profile.js';
import { computeDeadline } from '../rules/deadline-of.js';
import type { Rule } from '../rules/rule.js';
import { ruleAt } from '../rules/rule-book.js';
import type { DecideContext } from './context.js';
import { dateOf } from './occurred.js';
import type { Deadline, Occurred } from './state.js';
import { instantOf, record, today, type Work } from './work.js';

export interface StartDeadline {
  rule: string;
  procedureId: string | null;
  holder: string;
  /** The legal date (or for service levels of seconds the instant) that the period runs from. */
  from: Occurred;
  trigger?: string;
  subject?: string;
  /** Set by the body, where the rule gives the longest. */
  amount?: number;
}

export const deadlineIdOf = ({ rule, procedureId, holder, subject }: Omit<StartDeadline, 'from'>): string =>
  [procedureId ?? 'd', rule, ...(holder === 'body' ? [] : [holder]), ...(subject ? [subject] : [])].join(':');

const isServiceLevel = (rule: string): rule is ServiceLevelCode => rule.startsWith('SL-');

/** The law in force for a deadline: a dispute keeps the version that was in force on the day of its trigger. */
export const ruleFor = (context: DecideContext, code: string, on: CivilDate): Rule => {
  const rule = ruleAt(code, on, context.rules);
  if (!rule) throw new RangeError(`no rule ${code}`);
  return rule;
};

type Computed = Pick<
  Deadline,
  'naturalDue' | 'due' | 'dueAt' | 'cautiousDue' | 'suspendedDays' | 'provisional' | 'calendarVersion' | 'trace'
>;

const shown = (counted: Counted, cautiousDue: CivilDate | null): Computed => ({
  naturalDue: counted.naturalDue,
  due: counted.due,
  dueAt: counted.dueAt,
  cautiousDue,
  suspendedDays: counted.suspendedDays,
  provisional: counted.provisional,
  calendarVersion: counted.calendarVersion,
  trace: [...counted.trace],
});

/** The unit in which a rule counts under a profile: its own, or the profile's choice where the law leaves it open. */
export const unitUnder = (rule: Rule, profile: Profile): Rule['unit'] =>
  overrideOf(rule, profile).unitOverride ?? rule.unit;

const overrideOf = (rule: Rule, profile: Profile) =>
  rule.alternativeUnit && rule.code.startsWith('LD-') ? { unitOverride: profile.labourShortPeriods } : {};

/** Computes a period under a rule of law, with its extension and suspensions. */
export const computeUnderRule = (
  context: DecideContext,
  rule: Rule,
  from: Occurred,
  more: { extension?: number; suspensions?: Deadline['suspensions']; asOf?: CivilDate } = {},
): Computed => {
  const suspensions = (more.suspensions ?? []).map(({ from: start, to }) => ({
    from: start,
    to: to ?? more.asOf ?? addDays(start, 1),
  }));
  const counted = computeDeadline(rule, {
    from: rule.unit === 'H' ? instantOf(from) : dateOf(from),
    calendar: context.calendar,
    ...overrideOf(rule, context.profile),
    ...(more.extension ? { extension: { amount: more.extension } } : {}),
    ...(suspensions.length > 0 ? { suspensions } : {}),
  });
  return shown(counted, counted.cautiousDue);
};

/** Starts a period: the event carries its whole derivation, so that no later change of law or calendar moves it silently. */
export const startDeadline = (work: Work, start: StartDeadline): void => {
  const { context } = work;
  const deadlineId = deadlineIdOf(start);
  const generation = (work.state.deadlines[deadlineId]?.generation ?? 0) + 1;
  const on = dateOf(start.from);
  const common = {
    deadlineId,
    generation,
    holder: start.holder,
    subject: start.subject ?? null,
    from: instantOf(start.from),
    extension: 0,
    extensions: 0,
    suspensions: [],
  };
  if (isServiceLevel(start.rule)) {
    const level = context.profile.serviceLevels[start.rule];
    const counted = countPeriod({
      from: level.unit === 'S' || level.unit === 'H' ? instantOf(start.from) : on,
      amount: level.amount,
      unit: level.unit,
      calendar: context.calendar,
    });
    record(
      work,
      'DeadlineStarted',
      {
        ...common,
        rule: level.code,
        ruleVersion: level.version,
        kind: 'internal',
        trigger: { fact: start.trigger ?? 'requested', on },
        amount: level.amount,
        unit: level.unit,
        ...shown(counted, null),
        confidence: 'verified',
        basis: null,
      },
      start.procedureId,
    );
    return;
  }
  const law = ruleFor(context, start.rule, on);
  const rule = start.amount === undefined ? law : { ...law, amount: start.amount };
  record(
    work,
    'DeadlineStarted',
    {
      ...common,
      rule: rule.code,
      ruleVersion: rule.version,
      kind: rule.kind,
      trigger: { fact: start.trigger ?? rule.trigger, on },
      amount: rule.amount,
      unit: unitUnder(rule, context.profile),
      ...computeUnderRule(context, rule, start.from),
      confidence: rule.confidence,
      basis: { law: rule.law, article: rule.article, rule: rule.code },
    },
    start.procedureId,
  );
};

export const isOpen = ({ status }: Deadline): boolean => status === 'running' || status === 'suspended';

/** A body's period that elapsed and whose act is still owed. */
export const isOverdue = (deadline: Deadline): boolean =>
  deadline.status === 'elapsed' && deadline.kind !== 'party-right' && deadline.doneLateOn === null;

/** Open deadlines of a dispute, soonest first. */
export const openDeadlines = (deadlines: Record<string, Deadline>): Deadline[] =>
  Object.values(deadlines)
    .filter(isOpen)
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.deadlineId < b.deadlineId ? -1 : 1));

export interface Which {
  rule: string;
  procedureId?: string | null;
  holder?: string;
  subject?: string;
}

const fits = (deadline: Deadline, which: Partial<Which>): boolean =>
  (which.rule === undefined || deadline.rule === which.rule) &&
  (which.procedureId === undefined || deadline.procedureId === which.procedureId) &&
  (which.holder === undefined || deadline.holder === which.holder) &&
  (which.subject === undefined || deadline.subject === which.subject);

/** The awaited act was done: the period is met, or, where it has elapsed, the act is noted as done late. */
export const meetDeadlines = (work: Work, which: Which, on: CivilDate = today(work)): void => {
  for (const deadline of Object.values(work.state.deadlines)) {
    if (!fits(deadline, which)) continue;
    const { deadlineId, procedureId } = deadline;
    if (isOpen(deadline)) record(work, 'DeadlineMet', { deadlineId, on }, procedureId);
    else if (isOverdue(deadline)) record(work, 'OverdueActDone', { deadlineId, on }, procedureId);
  }
};

/** The period no longer matters, by law or because its procedure has ended. */
export const voidDeadlines = (work: Work, which: Partial<Which>, why: string, on: CivilDate = today(work)): void => {
  for (const deadline of openDeadlines(work.state.deadlines))
    if (fits(deadline, which))
      record(work, 'DeadlineVoided', { deadlineId: deadline.deadlineId, why, on }, deadline.procedureId);
};

/** Adds to a period, in its own unit: naturalDue = trigger + (base + extension) + suspended days. */
export const extendDeadline = (work: Work, deadline: Deadline, amount: number, approver: string): void => {
  const rule = ruleFor(work.context, deadline.rule, deadline.trigger.on);
  const extension = deadline.extension + amount;
  const becomes = {
    extension,
    extensions: deadline.extensions + 1,
    ...computeUnderRule(work.context, rule, deadline.from, { extension, suspensions: deadline.suspensions }),
  };
  record(
    work,
    'DeadlineExtended',
    {
      deadlineId: deadline.deadlineId,
      amount,
      unit: deadline.unit,
      approver,
      fromDue: deadline.due,
      becomes,
    },
    deadline.procedureId,
  );
};

/** The clock stops: `from` is the first day not counted. */
export const suspendDeadline = (work: Work, deadline: Deadline, from: CivilDate, ground: string): void => {
  const becomes = { suspensions: [...deadline.suspensions, { from, to: null }] };
  record(work, 'DeadlineSuspended', { deadlineId: deadline.deadlineId, from, ground, becomes }, deadline.procedureId);
};

/** The clock runs again: `to` is the first day counted. */
export const resumeDeadline = (work: Work, deadline: Deadline, to: CivilDate): void => {
  const rule = ruleFor(work.context, deadline.rule, deadline.trigger.on);
  const suspensions = deadline.suspensions.map((one) => (one.to === null ? { ...one, to } : one));
  const becomes = {
    suspensions,
    ...computeUnderRule(work.context, rule, deadline.from, { extension: deadline.extension, suspensions }),
  };
  record(
    work,
    'DeadlineResumed',
    { deadlineId: deadline.deadlineId, to, fromDue: deadline.due, becomes },
    deadline.procedureId,
  );
};

/** 24:00 of a civil day, as the first moment of the next. */
export const endOfDay = (day: CivilDate): string => startOfDay(addDays(day, 1));
