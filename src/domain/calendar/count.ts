import { type Calendar, dayOf, isPublishedYear, isWorkingDay } from './calendar.js';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDateOf,
  dayAfter,
  dayNumber,
  epochMillis,
  fromDayNumber,
  type Instant,
  instantOf,
  isCivilDate,
  startOfDay,
} from './civil-date.js';

/** D calendar day, WD working day, M month, Y year, H hour; S second, in the demonstration profile only. */
export type Unit = 'D' | 'WD' | 'M' | 'Y' | 'H' | 'S';

export type Direction = 'forward' | 'backward';

/** Half-open: `from` is the first day not counted, `to` the day the clock runs again. */
export interface Suspension {
  from: CivilDate;
  to: CivilDate;
}

export interface Period {
  /** The day (or instant) of the trigger, itself not counted. H and S run from an instant, a day meaning its 00:00. */
  from: CivilDate | Instant;
  /** A whole number, 0 or more. */
  amount: number;
  unit: Unit;
  direction?: Direction;
  suspensions?: readonly Suspension[];
  /** In the period's own unit, added in one step. */
  extension?: { amount: number };
  /** `HH:MM` of +08:00 at which the last day ends, where there are business hours; absent, it ends at 24:00. */
  cutOff?: string;
  calendar: Calendar;
}

export interface Counted {
  /** The end before rolling over days off. */
  naturalDue: CivilDate;
  due: CivilDate;
  /** The instant of elapse in +08:00: 24:00 of `due`, or the close of business; exact for H and S. */
  dueAt: Instant;
  suspendedDays: number;
  /** The result leans on a year whose holiday notice is not loaded. */
  provisional: boolean;
  calendarVersion: string;
  /** zh-CN lines, for the people who must explain the date. */
  trace: string[];
}

const UNIT_ZH: Record<Unit, string> = { D: '日', WD: '个工作日', M: '个月', Y: '年', H: '小时', S: '秒' };
const UNIT_MS = { H: 3_600_000, S: 1000 } as const;

/**
 * The end of a legal period (民事诉讼法85; 民法典201–203), in civil dates of Asia/Shanghai.
 *
 * 1. The day of the trigger is not counted; months and years end on the corresponding date, or the month's last day.
 * 2. Suspended days after the trigger and before the end as extended lengthen the period; for WD they are skipped.
 * 3. A period of days, months or years that ends on a day off moves, once and at the very end, to the next working
 *    day; a backward period (at least n days before …) to the working day before.
 * 4. The last day ends at 24:00, or with the business hours where a period has them (`cutOff`; 民法典203).
 *
 * Throws RangeError on a `from` that is no date or instant, a negative or fractional amount, a suspension that does
 * not begin before it ends, a cut-off that is no time of day, or a result outside the years 0001–9999.
 */
export function countPeriod(period: Period): Counted {
  const amount = period.amount + (period.extension?.amount ?? 0);
  if (!Number.isSafeInteger(period.amount) || period.amount < 0 || !Number.isSafeInteger(amount) || amount < 0) {
    throw new RangeError('the amount of a period is a whole number, 0 or more');
  }
  if (period.cutOff !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(period.cutOff))
    throw new RangeError('a cut-off is a time of day HH:MM');
  const suspended = suspendedSpans(period.suspensions ?? []);
  switch (period.unit) {
    case 'H':
    case 'S':
      return countClock(period, period.unit, amount, suspended);
    case 'WD':
      return countWorkingDays(period, amount, suspended);
    case 'D':
    case 'M':
    case 'Y':
      return countCalendarDays(period, period.unit, amount, suspended);
  }
}

interface Span {
  /** Day numbers, half-open. */
  from: number;
  to: number;
}

// Sorted and merged, so that overlapping suspensions are not counted twice.
function suspendedSpans(suspensions: readonly Suspension[]): Span[] {
  const spans = suspensions
    .map(({ from, to }) => ({ from: dayNumber(from), to: dayNumber(to) }))
    .sort((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of spans) {
    if (span.to <= span.from) throw new RangeError('a suspension begins before the day the clock runs again');
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

function spanAt(spans: readonly Span[], day: number): Span | undefined {
  return spans.find(({ from, to }) => from <= day && day < to);
}

/** Suspended days among `first`…`last`, both included. */
function overlap(spans: readonly Span[], first: number, last: number): number {
  return spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, last + 1) - Math.max(span.from, first)), 0);
}

const triggerDate = (from: CivilDate | Instant): CivilDate => (isCivilDate(from) ? from : civilDateOf(from));

function opening(period: Period, trigger: string): string {
  const { amount, unit, extension, direction } = period;
  const extended = extension && extension.amount > 0 ? `，延长${extension.amount}${UNIT_ZH[unit]}` : '';
  const start = unit === 'H' || unit === 'S' ? '起算时刻' : '起算日';
  const back = direction === 'backward' ? '，向前倒推' : '';
  return `${start} ${trigger} 不计入；期间 ${amount}${UNIT_ZH[unit]}${extended}${back}`;
}

function countCalendarDays(period: Period, unit: 'D' | 'M' | 'Y', amount: number, suspended: readonly Span[]): Counted {
  const trigger = triggerDate(period.from);
  const sign = period.direction === 'backward' ? -1 : 1;
  const trace = [opening(period, trigger)];
  const plain =
    unit === 'D' ? addDays(trigger, sign * amount) : addMonths(trigger, sign * amount * (unit === 'Y' ? 12 : 1));
  if (unit !== 'D' && plain.slice(8) !== trigger.slice(8)) {
    trace.push(`${plain.slice(0, 7)} 没有对应日，以该月最后一日 ${plain} 为准`);
  }
  const start = dayNumber(trigger);
  const end = dayNumber(plain);
  // Suspended days push the end later, where more suspended days may lie: repeat until nothing is added.
  let suspendedDays = 0;
  for (;;) {
    const moved = end + sign * suspendedDays;
    const found = sign > 0 ? overlap(suspended, start + 1, moved) : overlap(suspended, moved, start - 1);
    if (found === suspendedDays) break;
    suspendedDays = found;
  }
  if (suspendedDays > 0) trace.push(`扣除期间 ${suspendedDays} 日不计入`);
  const natural = end + sign * suspendedDays;
  trace.push(`自然届满日 ${fromDayNumber(natural)}`);
  const due = roll(period.calendar, natural, sign, suspended, trace);
  return finish(period, fromDayNumber(natural), due, suspendedDays, [natural, due], trace);
}

function roll(calendar: Calendar, natural: number, sign: number, suspended: readonly Span[], trace: string[]): number {
  const reason = dayOf(calendar, fromDayNumber(natural)).reason;
  if (isWorkingDay(calendar, natural)) {
    if (reason.startsWith('调休')) trace.push(`${fromDayNumber(natural)} 为${reason}，不顺延`);
    return natural;
  }
  let due = natural;
  // The clock may stop on the very working day to which a natural end on a day off would move.
  while (!isWorkingDay(calendar, due) || (due !== natural && spanAt(suspended, due))) due += sign;
  const word = sign > 0 ? '顺延至其后第一个工作日' : '提前至其前最近的工作日';
  trace.push(`${fromDayNumber(natural)} 为${reason}，${word} ${fromDayNumber(due)}`);
  return due;
}

function countWorkingDays(period: Period, amount: number, suspended: readonly Span[]): Counted {
  const { calendar } = period;
  const trigger = triggerDate(period.from);
  const sign = period.direction === 'backward' ? -1 : 1;
  const trace = [opening(period, trigger)];
  const start = dayNumber(trigger);
  let day = start;
  let skipped = 0;
  let suspendedDays = 0;
  for (let counted = 0; counted < amount;) {
    day += sign;
    if (spanAt(suspended, day)) suspendedDays += 1;
    else if (isWorkingDay(calendar, day)) counted += 1;
    else skipped += 1;
  }
  // Nothing counted: the period of 0 working days ends on the first working day from the trigger.
  while (!isWorkingDay(calendar, day)) day += sign;
  if (skipped > 0) trace.push(`其间周末、节假日 ${skipped} 日不计入${holidaysBetween(calendar, start, day)}`);
  if (suspendedDays > 0) trace.push(`扣除期间 ${suspendedDays} 日不计入`);
  trace.push(`届满日 ${fromDayNumber(day)}`);
  return finish(period, fromDayNumber(day), day, suspendedDays, [start + sign, day], trace);
}

function holidaysBetween(calendar: Calendar, a: number, b: number): string {
  const names = new Set<string>();
  for (let day = Math.min(a, b); day <= Math.max(a, b); day += 1) {
    const { kind, reason } = dayOf(calendar, fromDayNumber(day));
    if (kind === 'holiday' || kind === 'make-up-workday') names.add(reason);
  }
  return names.size > 0 ? `（${[...names].join('、')}）` : '';
}

function countClock(period: Period, unit: 'H' | 'S', amount: number, suspended: readonly Span[]): Counted {
  const from = isCivilDate(period.from) ? startOfDay(period.from) : period.from;
  const sign = period.direction === 'backward' ? -1 : 1;
  const start = epochMillis(from);
  const trace = [opening(period, instantOf(start))];
  let end = start + sign * amount * UNIT_MS[unit];
  let suspendedMs = 0;
  for (;;) {
    const found = suspended.reduce((sum, span) => {
      const [a, b] = [
        epochMillis(startOfDay(fromDayNumber(span.from))),
        epochMillis(startOfDay(fromDayNumber(span.to))),
      ];
      const [first, last] = sign > 0 ? [start, end] : [end, start];
      return sum + Math.max(0, Math.min(b, last) - Math.max(a, first));
    }, 0);
    if (found === suspendedMs) break;
    suspendedMs = found;
    end = start + sign * (amount * UNIT_MS[unit] + suspendedMs);
  }
  const dueAt = instantOf(end);
  const suspendedDays = Math.ceil(suspendedMs / 86_400_000);
  if (suspendedMs > 0) trace.push(`扣除期间 ${suspendedDays} 日不计入`);
  trace.push(`届满时刻 ${dueAt}，按小时（秒）计算的期间不顺延`);
  const due = civilDateOf(dueAt);
  const { cutOff: _, ...exact } = period;
  return { ...finish(exact, due, dayNumber(due), suspendedDays, [], trace), dueAt, provisional: false };
}

function finish(
  period: Period,
  naturalDue: CivilDate,
  dueDay: number,
  suspendedDays: number,
  leansOn: readonly number[],
  trace: string[],
): Counted {
  const { calendar } = period;
  const years = [...leansOn, dueDay].map((day) => Number(fromDayNumber(day).slice(0, 4)));
  const missing: number[] = [];
  for (let year = Math.min(...years); year <= Math.max(...years); year += 1) {
    if (!isPublishedYear(calendar, year)) missing.push(year);
  }
  const provisional = leansOn.length > 0 && missing.length > 0;
  const due = fromDayNumber(dueDay);
  const said = missing.length > 3 ? `${missing[0]}—${missing.at(-1)}` : missing.join('、');
  if (provisional) trace.push(`${said} 年放假安排尚未公布，按周一至周五推算，结果暂定`);
  if (period.cutOff !== undefined) trace.push(`${due} 于业务时间终止时（${period.cutOff}）截止（民法典203）`);
  trace.push(`法定日历版本 ${calendar.version}`);
  return {
    naturalDue,
    due,
    dueAt: period.cutOff === undefined ? startOfDay(dayAfter(due)) : `${due}T${period.cutOff}:00+08:00`,
    suspendedDays,
    provisional,
    calendarVersion: calendar.version,
    trace,
  };
}
