import { z } from 'zod';
import { disputeFacts } from '../../domain/dispute/facts.js';
import { amendmentProblem, factAt } from '../../domain/dispute/correction.js';
import { whatIf } from '../../domain/dispute/what-if.js';
import type { Requester } from '../../domain/dispute/context.js';
import { startOfDay } from '../../domain/calendar/civil-date.js';
import { isCivilDate } from '../../domain/calendar/civil-date.js';
import { profiles } from '../../domain/profiles/profiles.js';
import type { ApiDependencies } from '../http/dependencies.js';
import type { Language } from '../http/language.js';
import { Problem, refused } from '../http/problem.js';
import { readBody } from '../http/read.js';
import { holidayYear } from '../calendar/holiday-year-schema.js';
import { readDispute } from '../disputes/read.js';
import { occurred, shapeOf, word } from '../schemas/from-fields.js';

/** A supposition about a dispute. */
export const supposition = (language: Language) =>
  z.strictObject({
    facts: z.strictObject(shapeOf(disputeFacts, language)).optional(),
    amend: z
      .array(
        z.strictObject({
          event: z.int().min(2),
          field: word(64),
          value: z.union([word(64), z.number(), z.boolean()]),
        }),
      )
      .max(20)
      .optional()
      .meta({
        description: 'Fields of recorded facts, by the version of their event, as they are supposed to be',
      }),
    rules: z
      .array(
        z.strictObject({
          code: word(40),
          version: z.int().min(1).max(1000).optional().meta({
            description: 'Of the versions of the rule the one supposed to have been in force all along',
          }),
          amount: z.int().min(0).max(3660).optional(),
          unit: z.enum(['D', 'WD', 'M', 'Y', 'H']).optional(),
        }),
      )
      .max(20)
      .optional(),
    years: z.array(holidayYear).max(5).optional(),
    profile: z.enum(profiles.map(({ code }) => code) as [string, ...string[]]).optional(),
    until: occurred.optional().meta({ description: 'When it is supposed to be; default now' }),
  });

/** Which deadlines, procedures and routes would differ. Nothing is recorded. */
export const suppose = async (deps: ApiDependencies, id: string, body: unknown, by: Requester, language: Language) => {
  const { until, ...rest } = readBody(supposition(language), body, language);
  const { state } = await readDispute(deps, id, by);
  const history = await deps.commands.history(state.id);
  const bounds = { now: deps.commands.now(), registeredOn: state.registeredOn };
  for (const [index, amendment] of (rest.amend ?? []).entries()) {
    const problem = amendmentProblem(factAt(history, amendment.event), amendment, bounds);
    if (problem) throw refused({ ...problem, pointer: `/amend/${index}${problem.pointer ?? ''}` });
  }
  const at = until === undefined ? {} : { until: isCivilDate(until) ? startOfDay(until) : until };
  try {
    const context = deps.commands.contextFor(by, state);
    return { calendarVersion: context.calendar.version, ...whatIf(history, { ...rest, ...at }, context) };
  } catch (error) {
    // The one kind of supposition that only the law itself can refuse: a rule or a schedule that cannot be.
    if (error instanceof RangeError) throw new Problem('unknown-rule');
    throw error;
  }
};
