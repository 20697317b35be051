import { z } from 'zod';
import type { Requester } from '../../domain/dispute/context.js';
import type { ApiDependencies } from '../http/dependencies.js';
import type { Language } from '../http/language.js';
import { invalid, Problem } from '../http/problem.js';
import { readBody, readQuery } from '../http/read.js';
import { holidayYear } from './holiday-year-schema.js';

export const loadQuery = z.strictObject({
  confirm: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Loads it and dates every open period anew; default: only says what would change' }),
  cursor: z.string().max(1000).optional(),
});

/**
 * Without `confirm` lists the open periods that the schedule would date anew, a page of disputes at a time; with it loads
 * the schedule and records for each of them from what to what. Safe to confirm again.
 */
export const loadCalendar = async (
  deps: ApiDependencies,
  year: string,
  query: unknown,
  body: unknown,
  by: Requester,
  language: Language,
) => {
  if (!deps.calendars || !/^\d{4}$/.test(year)) throw new Problem('not-found');
  if (!by.roles.includes('administrator')) throw new Problem('forbidden');
  const { confirm, cursor } = readQuery(loadQuery, query, language);
  const schedule = readBody(holidayYear, body, language);
  if (schedule.year !== Number(year)) throw invalid('/year', '与路径中的年份不符', 'Not the year of the path');
  const problems = await deps.calendars.problems(schedule);
  if (problems.length > 0) {
    const errors = problems.map((line) => {
      const [pointer = '', message = ''] = line.split(/:\s*/, 2);
      return { pointer: `/${pointer}`, message };
    });
    throw new Problem('invalid-request', { errors });
  }
  if (confirm === 'true') return { confirmed: true, ...(await deps.calendars.load(schedule)) };
  return { confirmed: false, ...(await deps.calendars.preview(schedule, cursor)) };
};
