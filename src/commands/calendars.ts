import {
  holidayYearProblems,
  publishedCalendar,
  withYear,
  type Calendar,
  type HolidayYear,
} from '../domain/calendar/calendar.js';
import { wouldRecompute } from '../domain/dispute/recompute.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { canonical } from '../store/canonical.js';
import type { DriveStore, Json } from '../store/contract.js';
import type { CommandService } from './contract.js';
import { engineRequester } from './recording.js';
import { engineCommandId } from './identity.js';

const settingName = 'calendar-years';
const pageSize = 100;

/** One open period that the new calendar would date differently. */
export interface AffectedDeadline {
  disputeId: string;
  caseCode: string;
  deadlineId: string;
  rule: string;
  fromDue: string;
  toDue: string;
  /** False where only the doubt about the date falls away. */
  moves: boolean;
}

export interface Calendars {
  /** The calendar in force: the published one and the years that operators have loaded. */
  current(): Calendar;
  /**
   * Reads what others have loaded; to be called at an interval, the same in all processes. Where that is new, the open
   * disputes are dated anew now and one interval later: until then a process that had not yet read it may have begun
   * periods by the former calendar. Throws `StoreUnavailable`.
   */
  refresh(): Promise<void>;
  /** As `refresh`, at the start of a process, which has begun no period yet. */
  start(): Promise<void>;
  /** What is wrong with a schedule, each `field: message`; empty when nothing is. Throws `StoreUnavailable`. */
  problems(schedule: HolidayYear): Promise<string[]>;
  /** The open periods that would be dated anew, a page of disputes at a time: nothing is changed. */
  preview(
    schedule: HolidayYear,
    cursor?: string,
  ): Promise<{ items: AffectedDeadline[]; nextCursor: string | null; calendarVersion: string }>;
  /**
   * Loads the schedule and applies it to every open dispute, each by an event of its own. Safe to call again after a
   * crash: what is applied already is left alone.
   */
  load(schedule: HolidayYear): Promise<{ calendarVersion: string; disputes: number; deadlines: number }>;
}

export interface CalendarsOptions {
  drives: Pick<DriveStore, 'setting' | 'setSetting'>;
  commands: () => CommandService;
  /** Open disputes in pages. */
  openDisputes(page: {
    limit: number;
    cursor?: string;
  }): Promise<{ items: { state: DisputeState }[]; nextCursor: string | null }>;
}

const loadedYears = async (drives: Pick<DriveStore, 'setting'>): Promise<HolidayYear[]> =>
  ((await drives.setting(settingName)) ?? []) as unknown as HolidayYear[];

const build = (added: readonly HolidayYear[]): Calendar => added.reduce(withYear, publishedCalendar);

/** The calendar as operators have loaded it by now: for whom one look is enough. Throws `StoreUnavailable`. */
export const loadedCalendar = async (drives: Pick<DriveStore, 'setting'>): Promise<Calendar> =>
  build(await loadedYears(drives));

/** Holiday schedules as versioned data that operators add to; kept in the store, so that every process sees them. */
export const createCalendars = ({ drives, commands, openDisputes }: CalendarsOptions): Calendars => {
  let calendar = publishedCalendar;
  let roundsLeft = 0;

  const years = () => loadedYears(drives);

  const start = async (): Promise<void> => {
    calendar = build(await years());
  };

  const refresh = async (): Promise<void> => {
    const next = build(await years());
    if (next.version !== calendar.version) {
      calendar = next;
      roundsLeft = 2;
    }
    if (roundsLeft === 0) return;
    await applyToAll();
    roundsLeft -= 1;
  };

  const affected = (state: DisputeState, next: Calendar): AffectedDeadline[] => {
    const context = { ...commands().contextFor(engineRequester, state), calendar: next };
    return wouldRecompute({ state, context }).map(({ deadlineId, rule, fromDue, toDue, moves }) => ({
      disputeId: state.id,
      caseCode: state.caseCode,
      deadlineId,
      rule,
      fromDue,
      toDue,
      moves,
    }));
  };

  const apply = async (state: DisputeState): Promise<number> => {
    const id = engineCommandId('calendar', state.id, `${calendar.version}@${state.version}`);
    const result = await commands().run({
      disputeId: state.id,
      action: 'recompute-deadlines',
      body: {},
      by: engineRequester,
      kind: 'engine',
      commandId: id,
      fingerprint: id,
      correlationId: id,
    });
    if (result.status !== 'done' || result.replayed) return 0;
    return result.events.filter(({ type }) => type === 'DeadlineRecomputed').length;
  };

  /** Dates the periods of every open dispute anew by the calendar in force. */
  const applyToAll = async () => {
    const done = { calendarVersion: calendar.version, disputes: 0, deadlines: 0 };
    let cursor: string | undefined;
    do {
      const page: { items: { state: DisputeState }[]; nextCursor: string | null } = await openDisputes({
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { state } of page.items) {
        // A refused or empty recomputation would write a refusal for each dispute that is not concerned.
        if (affected(state, calendar).length === 0) continue;
        done.disputes += 1;
        done.deadlines += await apply(state);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return done;
  };

  return {
    current: () => calendar,
    start,
    refresh,
    problems: async (schedule) => {
      const found = holidayYearProblems(schedule);
      if (found.length > 0) return found;
      // A date cites the version that it was counted by: under one name there is one schedule.
      const same = Object.values(build(await years()).years).find(({ version }) => version === schedule.version);
      return same && canonical(same) !== canonical(schedule)
        ? ['version: another schedule has this version; a corrected one gets the next number']
        : [];
    },

    preview: async (schedule, cursor) => {
      const next = withYear(build(await years()), schedule);
      const page = await openDisputes({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
      const items = page.items.flatMap(({ state }) => affected(state, next));
      return { items, nextCursor: page.nextCursor, calendarVersion: next.version };
    },

    load: async (schedule) => {
      const known = (await years()).filter(({ year }) => year !== schedule.year);
      const next = [...known, schedule].sort((a, b) => a.year - b.year);
      calendar = build(next);
      await drives.setSetting(settingName, next as unknown as Json);
      roundsLeft = 1;
      return applyToAll();
    },
  };
};
