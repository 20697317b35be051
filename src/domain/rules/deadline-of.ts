import type { Calendar } from '../calendar/calendar.js';
import type { CivilDate, Instant } from '../calendar/civil-date.js';
import { type Counted, countPeriod, type Suspension } from '../calendar/count.js';
import type { Basis, Rule, Unit } from './rule.js';

export interface DeadlineFrom {
  /** The day of the trigger; for a backward period the day before which the act must lie. */
  from: CivilDate | Instant;
  suspensions?: readonly Suspension[];
  /** In the rule's own unit. */
  extension?: { amount: number };
  calendar: Calendar;
  /** A profile's choice between the rule's `unit` and its `alternativeUnit`. */
  unitOverride?: Unit;
}

export interface ComputedDeadline extends Counted {
  /** The earlier date of the other reading where the law's unit is unsettled, else null. */
  cautiousDue: CivilDate | null;
  confidence: Rule['confidence'];
  basis: Basis;
}

/**
 * The deadline of a rule from its trigger. Throws RangeError when the rule may not be suspended but suspensions are
 * given, when `unitOverride` is neither of the rule's units, and where {@link countPeriod} does.
 */
export function computeDeadline(rule: Rule, input: DeadlineFrom): ComputedDeadline {
  const { from, suspensions, extension, calendar, unitOverride } = input;
  const units: Unit[] = rule.alternativeUnit ? [rule.unit, rule.alternativeUnit] : [rule.unit];
  const unit = unitOverride ?? rule.unit;
  if (!units.includes(unit)) throw new RangeError('the rule does not have this unit');
  if (suspensions?.length && !rule.suspension) throw new RangeError('the rule may not be suspended');
  const { amount, direction, cutOff } = rule;
  const period = { from, amount, direction, cutOff, suspensions, extension, calendar };
  const counted = countPeriod({ ...period, unit });
  const other = units.find((candidate) => candidate !== unit);
  const otherDue = other ? countPeriod({ ...period, unit: other }).due : null;
  const cautiousDue = otherDue !== null && otherDue < counted.due ? otherDue : null;
  const basis: Basis = { law: rule.law, article: rule.article, rule: rule.code };
  const cited = `依据 ${rule.law} 第${rule.article}条（${rule.code}）`;
  const doubt = cautiousDue ? [`该期间的单位未经核实：按日历日计算为 ${cautiousDue}，请以较早日期安排`] : [];
  return {
    ...counted,
    cautiousDue,
    confidence: rule.confidence,
    basis,
    trace: [cited, ...counted.trace, ...doubt],
  };
}
