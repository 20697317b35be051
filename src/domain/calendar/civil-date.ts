/**
 * Civil dates and instants of Asia/Shanghai by integer arithmetic.
 *
 * Shanghai is UTC+8 without daylight saving since 1991-09-15; every matter here is later. No `Date` local method and
 * no Intl is used, so the results do not depend on the time zone of the process.
 */

/** A day in Asia/Shanghai, `YYYY-MM-DD`, years 0001–9999. */
export type CivilDate = string;

/** An RFC 3339 instant with offset, e.g. `2026-05-10T00:00:00+08:00`. */
export type Instant = string;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const MIN_DAY = -719_162; // 0001-01-01
const MAX_DAY = 2_932_896; // 9999-12-31
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface YearMonthDay {
  year: number;
  month: number;
  day: number;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1]!;
}

function tryParse(text: string): YearMonthDay | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

function parse(date: CivilDate): YearMonthDay {
  const parts = tryParse(date);
  if (!parts) throw new RangeError('not a civil date YYYY-MM-DD');
  return parts;
}

// Days since 1970-01-01 of the proleptic Gregorian calendar, counted in years that begin on 1 March.
function toDayNumber({ year, month, day }: YearMonthDay): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** The number of days since 1970-01-01. Throws RangeError when `date` is not a civil date. */
export function dayNumber(date: CivilDate): number {
  return toDayNumber(parse(date));
}

/** The civil date of a number of days since 1970-01-01. Throws RangeError outside the years 0001–9999. */
export function fromDayNumber(days: number): CivilDate {
  if (!Number.isInteger(days) || days < MIN_DAY || days > MAX_DAY) {
    throw new RangeError('date outside the years 0001-9999');
  }
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Whether `text` is an existing day written `YYYY-MM-DD`. */
export function isCivilDate(text: string): text is CivilDate {
  return tryParse(text) !== null;
}

/** `date` moved by `days` (negative: earlier). Throws RangeError outside the years 0001–9999. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromDayNumber(dayNumber(date) + days);
}

/**
 * The corresponding date `months` later (negative: earlier), the month's last day where there is none
 * (民法典202: 01-31 + 1 month = 02-28). Throws RangeError outside the years 0001–9999.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = parse(date);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  if (!Number.isInteger(months) || targetYear < 1 || targetYear > 9999) {
    throw new RangeError('date outside the years 0001-9999');
  }
  const targetDay = Math.min(day, daysInMonth(targetYear, targetMonth));
  return `${pad(targetYear, 4)}-${pad(targetMonth, 2)}-${pad(targetDay, 2)}`;
}

/** The corresponding date `years` later; 02-29 becomes 02-28 in a common year. */
export function addYears(date: CivilDate, years: number): CivilDate {
  return addMonths(date, years * 12);
}

/** Days from `a` to `b`: positive when `b` is later. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** Day of the week, 0 = Sunday … 6 = Saturday. */
export function weekday(date: CivilDate): number {
  return weekdayOf(dayNumber(date));
}

/** Day of the week of a day number, 0 = Sunday … 6 = Saturday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** 00:00 of `date` in Asia/Shanghai. */
export function startOfDay(date: CivilDate): Instant {
  parse(date);
  return `${date}T00:00:00+08:00`;
}

/** The next day. */
export function dayAfter(date: CivilDate): CivilDate {
  return addDays(date, 1);
}

/** Whether `text` is an RFC 3339 instant: date, time to the second, optional fraction, `Z` or an offset. */
export function isInstant(text: string): text is Instant {
  return tryInstant(text) !== null;
}

interface Moment {
  seconds: number;
  /** Nanoseconds within the second: nine digits are kept, so that comparing loses nothing. */
  nanos: number;
}

function tryInstant(text: string): Moment | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const parts = tryParse(match[1]!);
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const [offsetHour, offsetMinute] = [Number(match[8] ?? 0), Number(match[9] ?? 0)];
  if (!parts || hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return null;
  const offset = (match[7] === '-' ? -1 : 1) * (offsetHour * 3600 + offsetMinute * 60);
  const seconds = toDayNumber(parts) * 86_400 + hour * 3600 + minute * 60 + second - offset;
  return { seconds, nanos: Number((match[5] ?? '').padEnd(9, '0')) };
}

/** The same few instants are compared again and again while a matter is decided: what they mean is kept for a while. */
const parsed = new Map<Instant, Moment>();
const mostParsed = 2000;

function parseInstant(instant: Instant): Moment {
  const known = parsed.get(instant);
  if (known) return known;
  const moment = tryInstant(instant);
  if (!moment) throw new RangeError('not an RFC 3339 instant with offset');
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(instant, moment);
  return moment;
}

/** Milliseconds since 1970-01-01T00:00:00Z, rounded down. Throws RangeError when `instant` is not RFC 3339. */
export function epochMillis(instant: Instant): number {
  const { seconds, nanos } = parseInstant(instant);
  return seconds * 1000 + Math.floor(nanos / 1e6);
}

/** The instant in +08:00, with milliseconds only where there are any. */
export function instantOf(millis: number): Instant {
  const local = millis + SHANGHAI_OFFSET_MS;
  const days = Math.floor(local / DAY_MS);
  const rest = local - days * DAY_MS;
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60];
  const fraction = rest % 1000 === 0 ? '' : `.${pad(rest % 1000, 3)}`;
  return `${fromDayNumber(days)}T${clock.map((part) => pad(part, 2)).join(':')}${fraction}+08:00`;
}

/** The day in Asia/Shanghai on which `instant` lies. Throws RangeError when it is not an RFC 3339 instant. */
export function civilDateOf(instant: Instant): CivilDate {
  return fromDayNumber(Math.floor((parseInstant(instant).seconds + SHANGHAI_OFFSET_MS / 1000) / 86_400));
}

/** −1, 0 or 1 as `a` is before, at or after `b`, whatever offsets they are written in. */
export function compareInstants(a: Instant, b: Instant): -1 | 0 | 1 {
  const left = parseInstant(a);
  const right = parseInstant(b);
  const difference = left.seconds - right.seconds || left.nanos - right.nanos;
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}
