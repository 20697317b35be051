import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import { refusals } from '../../src/domain/dispute/refusal.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { routeTable } from '../../src/domain/routes/route-table.js';
import { allRules } from '../../src/domain/rules/rule-book.js';
import { notStarted } from './not-started.js';

type Seen = Partial<Record<'facts' | 'started' | 'elapsed' | 'refusals' | 'rows' | 'outcomes', ReadonlySet<string>>>;

/** What there is of a kind, and what of it no test has reached. */
const measure = (what: string, all: readonly string[], reached: ReadonlySet<string> = new Set()) => {
  const unique = [...new Set(all)];
  const holes = unique.filter((one) => !reached.has(one));
  const line = `${what.padEnd(34)} ${String(unique.length - holes.length).padStart(4)} of ${unique.length}`;
  return { line, holes: holes.map((one) => `${what}: ${one}`) };
};

/** The coverage of rows, rules, procedures and actions by what the tests have seen. */
export const lawCoverage = (seen: Seen): { lines: string[]; holes: string[] } => {
  const periods = [...new Set(allRules.map(({ code }) => code))].filter((code) => !code.endsWith('.extension'));
  const startable = periods.filter((code) => !Object.hasOwn(notStarted, code));
  const actions = [
    ...Object.values(disputeActions).map(({ records }) => `dispute ${records}`),
    ...procedureDefinitions.flatMap((one) => Object.values(one.actions).map(({ records }) => `${one.code} ${records}`)),
  ];
  const measures = [
    measure(
      'rows of the decision table',
      routeTable.map(({ row }) => row),
      seen.rows,
    ),
    measure(
      'procedures opened',
      procedureDefinitions.map(({ code }) => `${code} ProcedureOpened`),
      seen.facts,
    ),
    measure('actions, each in its procedure', actions, seen.facts),
    measure(
      'outcomes of procedures',
      procedureDefinitions.flatMap(({ code, outcomes }) => outcomes.map((one) => `${code} ${one}`)),
      seen.outcomes,
    ),
    measure('periods started', startable, seen.started),
    measure('periods elapsed', startable, seen.elapsed),
    measure('refusals', Object.keys(refusals), seen.refusals),
  ];
  const listed = Object.keys(notStarted).length;
  return {
    lines: [
      'law reached by the tests',
      ...measures.map(({ line }) => `  ${line}`),
      `  ${listed} periods are listed only, each with its reason`,
    ],
    holes: measures.flatMap(({ holes }) => holes),
  };
};
