import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { holidayYear } from '../../api/calendar/holiday-year-schema.js';
import { createCalendars, type Calendars } from '../../commands/calendars.js';
import { createCommandService } from '../../commands/command-service.js';
import type { CommandService } from '../../commands/contract.js';
import type { HolidayYear } from '../../domain/calendar/calendar.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import { createDataSource } from '../../store/data-source.js';
import { createDriveStore } from '../../store/drive-store.js';
import { createEventStore } from '../../store/event-store.js';
import { listDisputes } from '../../store/read-models/list-disputes.js';
import { CannotRun, Misunderstood, type CliCommand, type CliContext } from '../command.js';

/** The holiday schedule in a JSON file, or the lines that say what is wrong with it. */
const readSchedule = async (file: string): Promise<{ schedule: HolidayYear } | { problems: string[] }> => {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return { problems: ['the file is not JSON'] };
    throw new CannotRun(`${file} cannot be read`);
  }
  const read = holidayYear.safeParse(given);
  if (!read.success) return { problems: read.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`) };
  return { schedule: read.data as HolidayYear };
};

const withCalendars = async <T>(context: CliContext, work: (calendars: Calendars) => Promise<T>): Promise<T> =>
  context.withPool(async (pool) => {
    const dataSource = await createDataSource(context.databaseUrl()).initialize();
    try {
      const commands: CommandService = createCommandService({
        store: createEventStore(pool),
        calendar: () => calendars.current(),
      });
      const calendars = createCalendars({
        drives: createDriveStore(pool),
        commands: () => commands,
        openDisputes: async (page) => {
          const { items, nextCursor } = await listDisputes(
            dataSource,
            { status: 'open', visibility: { all: true } },
            page,
          );
          return { items: items.map(({ state }) => ({ state: state as unknown as DisputeState })), nextCursor };
        },
      });
      await calendars.start();
      return await work(calendars);
    } finally {
      await dataSource.destroy();
    }
  });

/** Lists every open period that the schedule would date anew; answers how many. */
const preview = async (calendars: Calendars, schedule: HolidayYear, print: (line: string) => void): Promise<number> => {
  let found = 0;
  let cursor: string | undefined;
  do {
    const page = await calendars.preview(schedule, cursor);
    for (const { caseCode, disputeId, deadlineId, rule, fromDue, toDue, moves } of page.items) {
      const change = moves ? `${fromDue} → ${toDue}` : `${fromDue}, no longer provisional`;
      print(`  ${caseCode}  ${rule.padEnd(12)} ${change}  (${disputeId} ${deadlineId})`);
    }
    found += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
};

export const calendar: CliCommand = {
  usage: 'calendar FILE [--confirm]',
  summary: [
    'load the holiday schedule of a year (JSON): without --confirm only lists the open periods that would be',
    'dated anew; with it, loads the schedule and records each change. Safe to run again',
  ],
  run: async (args, context) => {
    const { positionals, values } = parse(args);
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new Misunderstood();
    const { print } = context;
    const read = await readSchedule(file);
    return withCalendars(context, async (calendars) => {
      const problems = 'problems' in read ? read.problems : await calendars.problems(read.schedule);
      if ('problems' in read || problems.length > 0) {
        print(`${file} is not a holiday schedule:`);
        for (const line of problems) print(`  ${line}`);
        return 1;
      }
      const { schedule } = read;
      if (values.confirm) {
        const { calendarVersion, disputes, deadlines } = await calendars.load(schedule);
        print(`calendar ${calendarVersion} is in force: ${deadlines} periods of ${disputes} disputes dated anew`);
        return 0;
      }
      print(`${schedule.year}, ${schedule.version}: open periods that would be dated anew`);
      const found = await preview(calendars, schedule, print);
      print(`${found} in all. Nothing is changed yet: run it again with --confirm`);
      return 0;
    });
  },
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { confirm: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
