import { z } from 'zod';
import { countPeriod, type Suspension } from '../../domain/calendar/count.js';
import { daysBetween, isCivilDate } from '../../domain/calendar/civil-date.js';
import { dateOf } from '../../domain/dispute/occurred.js';
import { computeDeadline } from '../../domain/rules/deadline-of.js';
import { ruleAt } from '../../domain/rules/rule-book.js';
import type { ApiDependencies } from '../http/dependencies.js';
import type { Language } from '../http/language.js';
import { invalid, Problem, type FieldProblem } from '../http/problem.js';
import { readBody } from '../http/read.js';
import { civilDate, occurred, word } from '../schemas/from-fields.js';
import { calendarOf, rulesOf } from './law.js';

/** Days of one suspension: more is a mistake, and takes long to count. */
const longest = 3_660;

const suspensions = z
  .array(z.strictObject({ from: civilDate, to: civilDate }))
  .max(20)
  .optional()
  .meta({ description: 'Half-open: `from` is the first day not counted, `to` the day the clock runs again' });

const byRule = z
  .strictObject({
    rule: word(40).meta({ examples: ['LD-16'] }),
    from: occurred.meta({ description: 'The day of the trigger; an instant for a rule in hours' }),
    suspensions,
  })
  .meta({ title: 'by rule' });

const byAmount = z
  .strictObject({
    amount: z.int().min(0).max(10_000),
    unit: z.enum(['D', 'WD', 'M', 'Y']),
    from: civilDate,
    direction: z.enum(['forward', 'backward']).optional(),
    suspensions,
  })
  .meta({ title: 'by amount' });

export const calculation = z.union([byRule, byAmount]);

const impossible = (code: 'unknown-rule' | 'rule-not-suspendable' | 'date-order', pointer: string): Problem => {
  const message: FieldProblem['message'] = {
    'unknown-rule': { zh: '没有该期限规则', en: 'There is no such rule' },
    'rule-not-suspendable': { zh: '该期限依法不得中止或扣除', en: 'This period may not be suspended' },
    'date-order': { zh: '中止起始日须早于恢复日', en: 'A suspension begins before the day the clock runs again' },
  }[code];
  return new Problem(code, { errors: [{ pointer, message }] });
};

const checkSuspensions = (given: readonly Suspension[]): void => {
  given.forEach(({ from, to }, index) => {
    const days = daysBetween(from, to);
    if (days <= 0) throw impossible('date-order', `/suspensions/${index}/from`);
    if (days > longest) throw invalid(`/suspensions/${index}`, `不得超过 ${longest} 日`, `At most ${longest} days`);
  });
};

/** A period may end outside the calendar's years; everything else was checked before. */
const withinCalendar = <T>(compute: () => T): T => {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new Problem('date-out-of-range');
    throw error;
  }
};

const underRule = (deps: ApiDependencies, { rule: code, from, suspensions: given }: z.output<typeof byRule>) => {
  const book = rulesOf(deps);
  const rule = ruleAt(code, dateOf(from), book);
  if (!rule) throw impossible('unknown-rule', '/rule');
  if (given?.length && !rule.suspension) throw impossible('rule-not-suspendable', '/suspensions');
  if (rule.unit !== 'H' && !isCivilDate(from)) throw invalid('/from', '应为 YYYY-MM-DD', 'Must be YYYY-MM-DD');
  const computed = withinCalendar(() =>
    computeDeadline(rule, { from, calendar: calendarOf(deps), ...(given ? { suspensions: given } : {}) }),
  );
  const { naturalDue, due, dueAt, cautiousDue, suspendedDays, provisional, confidence, basis, calendarVersion, trace } =
    computed;
  return {
    rule: rule.code,
    ruleVersion: rule.version,
    amount: rule.amount,
    unit: rule.unit,
    naturalDue,
    due,
    dueAt,
    cautiousDue,
    suspendedDays,
    provisional,
    confidence,
    basis,
    calendarVersion,
    trace,
  };
};

const ofAmount = (
  deps: ApiDependencies,
  { amount, unit, from, direction, suspensions: given }: z.output<typeof byAmount>,
) => {
  const counted = withinCalendar(() =>
    countPeriod({
      from,
      amount,
      unit,
      calendar: calendarOf(deps),
      ...(direction ? { direction } : {}),
      ...(given ? { suspensions: given } : {}),
    }),
  );
  const { naturalDue, due, dueAt, suspendedDays, provisional, calendarVersion, trace } = counted;
  // The caller's own period rests on no rule of the book; how days are counted is law (民法典201–203).
  const basis = { law: '民法典', article: '201-203' };
  return {
    amount,
    unit,
    naturalDue,
    due,
    dueAt,
    cautiousDue: null,
    suspendedDays,
    provisional,
    confidence: 'verified' as const,
    basis,
    calendarVersion,
    trace,
  };
};

/** Computes a deadline without a dispute: of a rule, or of an amount of days, working days, months or years. */
export const calculate = (deps: ApiDependencies, body: unknown, language: Language) => {
  const named = typeof body === 'object' && body !== null && 'rule' in body;
  if (named) {
    const read = readBody(byRule, body, language);
    checkSuspensions(read.suspensions ?? []);
    return underRule(deps, read);
  }
  const read = readBody(byAmount, body, language);
  checkSuspensions(read.suspensions ?? []);
  return ofAmount(deps, read);
};
