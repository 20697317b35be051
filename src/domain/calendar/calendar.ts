import { type CivilDate, dayNumber, fromDayNumber, isCivilDate, weekdayOf } from './civil-date.js';
import type { HolidayRange, HolidayYear, MakeUpDay } from './holidays/holiday-year.js';
import { holidays2024 } from './holidays/2024.js';
import { holidays2025 } from './holidays/2025.js';
import { holidays2026 } from './holidays/2026.js';

export type { HolidayRange, HolidayYear, MakeUpDay } from './holidays/holiday-year.js';

/** The holiday schedules known; plain data, so that it can be stored and pinned by its version. */
export interface Calendar {
  version: string;
  years: Record<number, HolidayYear>;
}

export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up-workday';

export interface Day {
  date: CivilDate;
  working: boolean;
  /** The year has no published schedule: only the Monday–Friday rule was applied. */
  provisional: boolean;
  kind: DayKind;
  /** zh-CN: the holiday's name, `周六`, `工作日`, `调休上班（春节）`. */
  reason: string;
}

/** What `GET /v1/calendar/{year}` shows. */
export interface CalendarYear {
  year: number;
  calendarVersion: string;
  /** Whether a notice of this year is loaded; without one the year is provisional. */
  published: boolean;
  provisional: boolean;
  version: string | null;
  notice: HolidayYear['notice'] | null;
  off: HolidayRange[];
  work: MakeUpDay[];
  workingDays: number;
}

/** The schedules published so far: 2024–2026. The notice for 2027 is not out: 2027 is provisional. */
export const publishedCalendar: Calendar = {
  version: 'cn-2026.1',
  years: { 2024: holidays2024, 2025: holidays2025, 2026: holidays2026 },
};

interface Exception {
  working: boolean;
  name: string;
}

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const compiled = new WeakMap<Calendar, Map<number, Exception>>();

// A calendar is a value and is asked day by day in long counts: its exceptions are laid out once.
function exceptionsOf(calendar: Calendar): Map<number, Exception> {
  const known = compiled.get(calendar);
  if (known) return known;
  const exceptions = new Map<number, Exception>();
  for (const year of Object.values(calendar.years)) {
    for (const { name, from, to } of year.off) {
      const last = dayNumber(to);
      for (let day = dayNumber(from); day <= last; day += 1) exceptions.set(day, { working: false, name });
    }
    for (const { name, date } of year.work) exceptions.set(dayNumber(date), { working: true, name });
  }
  compiled.set(calendar, exceptions);
  return exceptions;
}

/** Whether the day (a day number) is worked: make-up days and days off beat the Monday–Friday rule. */
export function isWorkingDay(calendar: Calendar, day: number): boolean {
  const exception = exceptionsOf(calendar).get(day);
  if (exception) return exception.working;
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6;
}

/** Whether a schedule of this year is loaded. */
export function isPublishedYear(calendar: Calendar, year: number): boolean {
  return calendar.years[year] !== undefined;
}

/** Is `date` a working day, and why. Throws RangeError when it is not a civil date. */
export function dayOf(calendar: Calendar, date: CivilDate): Day {
  const day = dayNumber(date);
  const provisional = !isPublishedYear(calendar, Number(date.slice(0, 4)));
  const exception = exceptionsOf(calendar).get(day);
  if (exception?.working) {
    const reason = `调休上班（${exception.name}）`;
    return { date, working: true, provisional, kind: 'make-up-workday', reason };
  }
  if (exception) {
    return { date, working: false, provisional, kind: 'holiday', reason: `${exception.name}假期` };
  }
  const weekday = weekdayOf(day);
  if (weekday === 0 || weekday === 6) {
    return { date, working: false, provisional, kind: 'weekend', reason: WEEKDAYS[weekday]! };
  }
  return { date, working: true, provisional, kind: 'weekday', reason: '工作日' };
}

/** What is wrong with a schedule an operator wants to load; empty when nothing is. English, one line each. */
export function holidayYearProblems(schedule: HolidayYear): string[] {
  const problems: string[] = [];
  const { year, version, notice, off, work } = schedule;
  if (!Number.isInteger(year) || year < 1 || year > 9999) problems.push('year: not a year');
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(version)) problems.push('version: not a version such as cn-2027.1');
  if (!notice.title) problems.push('notice.title: missing');
  if (!isCivilDate(notice.issuedOn)) problems.push('notice.issuedOn: not a civil date');
  // A new year's holiday may begin in the last days of the year before.
  const near = (date: CivilDate): boolean =>
    date.startsWith(`${pad4(year)}-`) || date.startsWith(`${pad4(year - 1)}-12-`);
  const seen = new Set<number>();
  const take = (pointer: string, day: number): void => {
    if (seen.has(day)) problems.push(`${pointer}: the day ${fromDayNumber(day)} is listed twice`);
    seen.add(day);
  };
  if (off.length === 0) problems.push('off: a schedule without a day off');
  off.forEach(({ from, to }, index) => {
    if (!isCivilDate(from) || !isCivilDate(to) || from > to) problems.push(`off/${index}: not a range of days`);
    else if (!near(from) || !near(to)) problems.push(`off/${index}: outside the year`);
    else for (let day = dayNumber(from); day <= dayNumber(to); day += 1) take(`off/${index}`, day);
  });
  work.forEach(({ date }, index) => {
    if (!isCivilDate(date)) problems.push(`work/${index}: not a civil date`);
    else if (!near(date)) problems.push(`work/${index}: outside the year`);
    else if (weekdayOf(dayNumber(date)) % 6 !== 0) problems.push(`work/${index}: not a Saturday or Sunday`);
    else take(`work/${index}`, dayNumber(date));
  });
  return problems;
}

const pad4 = (year: number): string => String(year).padStart(4, '0');

/**
 * The calendar with one more (or a corrected) year, under a new version: `cn-2026.1+cn-2027.1`.
 * Throws RangeError when the schedule has problems (see {@link holidayYearProblems}).
 */
export function withYear(calendar: Calendar, schedule: HolidayYear): Calendar {
  const problems = holidayYearProblems(schedule);
  if (problems.length > 0) throw new RangeError(problems.join('; '));
  const replaced = calendar.years[schedule.year]?.version;
  const [base, ...added] = calendar.version.split('+');
  const kept = added.filter((version) => version !== replaced && version !== schedule.version);
  return {
    version: [base, ...kept, schedule.version].join('+'),
    years: { ...calendar.years, [schedule.year]: schedule },
  };
}

/** The schedule of one year with its count of working days, provisional where no notice is loaded. */
export function calendarYear(calendar: Calendar, year: number): CalendarYear {
  const schedule = calendar.years[year];
  const last = dayNumber(`${pad4(year)}-12-31`);
  let workingDays = 0;
  for (let day = dayNumber(`${pad4(year)}-01-01`); day <= last; day += 1) {
    if (isWorkingDay(calendar, day)) workingDays += 1;
  }
  return {
    year,
    calendarVersion: calendar.version,
    published: schedule !== undefined,
    provisional: schedule === undefined,
    version: schedule?.version ?? null,
    notice: schedule?.notice ?? null,
    off: schedule?.off ?? [],
    work: schedule?.work ?? [],
    workingDays,
  };
}
