import type { Calendar, HolidayYear } from '../calendar/calendar.js';
import { withYear } from '../calendar/calendar.js';
import { profileOf } from '../profiles/profiles.js';
import type { Rule } from '../rules/rule.js';
import type { DecideContext } from './context.js';
import type { HistoricEvent } from './event.js';
import { replay, type Amendment } from './replay.js';
import { routesNow } from './routes.js';
import type { Deadline, DisputeState } from './state.js';

/** A supposition: facts, dates, a rule's length or unit, or a calendar other than they are. */
export interface Supposition {
  facts?: Record<string, unknown>;
  amend?: readonly Amendment[];
  /** `version`: that version of the rule had been in force all along. */
  rules?: readonly { code: string; version?: number; amount?: number; unit?: Rule['unit'] }[];
  years?: readonly HolidayYear[];
  profile?: string;
  /** Instant up to which legal time is supposed to have passed; default now. */
  until?: string;
}

type Dated = Pick<Deadline, 'due' | 'status' | 'provisional' | 'confidence'>;

export interface Difference {
  deadlines: {
    deadlineId: string;
    rule: string;
    procedureId: string | null;
    is: Dated | null;
    would: Dated | null;
  }[];
  procedures: { procedureId: string; is: Stands; would: Stands }[];
  routes: { opened: RouteName[]; closed: RouteName[] };
  /** Recorded facts that the law would not have allowed then. */
  impossible: { version: number; type: string; occurredAt: string }[];
}
interface Stands {
  status: string;
  step: string;
  outcome: string | null;
}
interface RouteName {
  procedure: string;
  by: string;
  rows: string[];
}

const dated = (deadline: Deadline | undefined): Dated | null =>
  deadline
    ? {
        due: deadline.due,
        status: deadline.status,
        provisional: deadline.provisional,
        confidence: deadline.confidence,
      }
    : null;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const calendarWith = (calendar: Calendar, years: readonly HolidayYear[] = []): Calendar =>
  years.reduce(withYear, calendar);

/** The rule book with some periods otherwise. Throws RangeError for a code or a version that it does not have. */
const rulesWith = ({ rules }: DecideContext, changes: NonNullable<Supposition['rules']>): DecideContext['rules'] => {
  for (const { code, version } of changes)
    if (!rules.rules.some((rule) => rule.code === code && (version ?? rule.version) === rule.version))
      throw new RangeError(`no rule ${code} of that version`);
  const changed = rules.rules.flatMap((rule): Rule[] => {
    const change = changes.find(({ code }) => code === rule.code);
    if (!change) return [rule];
    const { version, amount = rule.amount, unit = rule.unit } = change;
    if (version === undefined) return [{ ...rule, amount, unit }];
    const { effectiveTo: _, ...always } = rule;
    return version === rule.version ? [{ ...always, amount, unit, effectiveFrom: '0001-01-01' }] : [];
  });
  return { version: `${rules.version}+what-if`, rules: changed };
};

const routeNames = (state: DisputeState): RouteName[] =>
  routesNow(state).permitted.map(({ procedure, by, rows }) => ({ procedure, by, rows }));
const key = ({ procedure, by }: RouteName): string => `${procedure} ${by}`;

/**
 * Which deadlines, procedures and routes would differ under a supposition: both courses are decided from the same facts,
 * and nothing is recorded. Throws RangeError for a rule, a year or a profile that cannot be.
 */
export const whatIf = (
  history: readonly HistoricEvent[],
  supposition: Supposition,
  context: DecideContext,
): Difference => {
  const until = supposition.until ?? context.now;
  const profile = supposition.profile === undefined ? context.profile : profileOf(supposition.profile);
  if (!profile) throw new RangeError('no such profile');
  const supposed: DecideContext = {
    ...context,
    profile,
    calendar: calendarWith(context.calendar, supposition.years),
    rules: supposition.rules ? rulesWith(context, supposition.rules) : context.rules,
  };
  const is = replay(history, { tolerant: true }, context, until);
  const would = replay(
    history,
    {
      tolerant: true,
      ...(supposition.facts ? { facts: supposition.facts } : {}),
      ...(supposition.amend ? { amend: supposition.amend } : {}),
      ...(supposition.profile ? { profile } : {}),
    },
    supposed,
    until,
  );
  const ids = new Set([...Object.keys(is.state.deadlines), ...Object.keys(would.state.deadlines)]);
  const [before, after] = [routeNames(is.state), routeNames(would.state)];
  return {
    deadlines: [...ids].flatMap((deadlineId) => {
      const [one, other] = [is.state.deadlines[deadlineId], would.state.deadlines[deadlineId]];
      const { rule, procedureId } = (one ?? other)!;
      return same(dated(one), dated(other))
        ? []
        : [{ deadlineId, rule, procedureId, is: dated(one), would: dated(other) }];
    }),
    procedures: Object.values(is.state.procedures).flatMap((one) => {
      const other = would.state.procedures[one.id];
      const stands = (p: typeof one): Stands => ({ status: p.status, step: p.step, outcome: p.outcome });
      return !other || same(stands(one), stands(other))
        ? []
        : [{ procedureId: one.id, is: stands(one), would: stands(other) }];
    }),
    routes: {
      opened: after.filter((route) => !before.some((one) => key(one) === key(route))),
      closed: before.filter((route) => !after.some((one) => key(one) === key(route))),
    },
    impossible: would.impossible
      .filter(({ version }) => !is.impossible.some((one) => one.version === version))
      .map(({ version, type, occurredAt }) => ({ version, type, occurredAt })),
  };
};
