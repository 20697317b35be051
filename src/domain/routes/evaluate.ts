import type { RouteBy } from './codes.js';
import { readFacts, type FactReading } from './guards.js';
import { compareRows, routeTable } from './route-table.js';
import { civilTypes } from './type-sets.js';
import type {
  ForbidCell,
  ForbiddenRoute,
  PermitCell,
  PermittedRoute,
  RouteAnswer,
  RouteDuty,
  RouteQuery,
  RouteRow,
} from './types.js';

/** A cell together with the row that says it. */
interface Said<Cell> {
  row: RouteRow;
  cell: Cell;
}

/** What the matching rows say, before prohibitions are weighed against permissions. */
interface Sayings {
  permits: Said<PermitCell>[];
  forbids: Said<ForbidCell>[];
  duties: RouteDuty[];
}

const inTableOrder = (rows: Iterable<string>): string[] => [...new Set(rows)].sort(compareRows);

const otherSide: Partial<Record<RouteBy, RouteBy>> = {
  worker: 'employer',
  employer: 'worker',
  claimant: 'respondent',
  respondent: 'claimant',
};

/**
 * Asks the decision table what may follow `from` ending in `outcome`, and what may not and by what law.
 * A prohibition beats a permission for the same procedure and person, unless the permitting row is an
 * explicit exception to it. Total and deterministic: a stage the table is silent on answers empty lists.
 */
export function evaluateRoutes(query: RouteQuery): RouteAnswer {
  const facts = readFacts(query);
  const { permits, forbids, duties } = gather(query, facts);

  const lifted = new Set(
    permits.flatMap(({ row, cell }) => (row.exceptionTo ?? []).map((other) => `${cell.procedure} ${other}`)),
  );
  const standing = forbids.filter(({ row, cell }) => !lifted.has(`${cell.procedure} ${row.row}`));

  return {
    permitted: mergePermits(permits.flatMap((said) => withoutForbidden(said, standing))),
    forbidden: mergeForbids(standing),
    assumed: facts.assumed(),
    duties: mergeDuties(duties),
  };
}

/** Row numbers that an answer rests on: of its permissions, prohibitions and duties. */
export function rowsCoverage(answers: Iterable<RouteAnswer>): string[] {
  const reached = new Set<string>();
  for (const { permitted, forbidden, duties } of answers) {
    for (const { rows } of [...permitted, ...forbidden, ...duties]) rows.forEach((row) => reached.add(row));
  }
  return inTableOrder(reached);
}

/** Whether any row speaks of a stage's ending so in a dispute of this type, whatever the facts; an exception to other rows does not. */
export function tableKnows(query: Pick<RouteQuery, 'type' | 'from' | 'outcome'>): boolean {
  return routeTable.some(
    (row) => !row.exceptionTo && !(row.from === 'any' && row.outcome === 'any') && matches(query, row),
  );
}

function matches({ type, from, outcome }: Pick<RouteQuery, 'type' | 'from' | 'outcome'>, row: RouteRow): boolean {
  const ofType =
    row.types === 'any' || (row.types === 'any-civil' ? civilTypes.includes(type) : row.types.includes(type));
  return (
    ofType &&
    (row.from === 'any' || row.from.includes(from)) &&
    (row.outcome === 'any' || row.outcome.includes(outcome))
  );
}

function gather(query: RouteQuery, facts: FactReading): Sayings {
  const sayings: Sayings = { permits: [], forbids: [], duties: [] };
  for (const row of routeTable) {
    if (!matches(query, row) || !facts.holds(row.when, row.usual)) continue;
    const applies = (cell: { when?: RouteRow['when'] }) => facts.holds(cell.when, row.usual);
    for (const cell of row.permit ?? []) if (applies(cell)) sayings.permits.push({ row, cell });
    for (const cell of row.forbid ?? []) if (applies(cell)) sayings.forbids.push({ row, cell });
    for (const cell of row.duties ?? []) {
      if (!applies(cell)) continue;
      sayings.duties.push({ code: cell.code, ...cell.text, basis: cell.basis ?? row.basis, rows: [row.row] });
    }
    if (row.asIntakeWithout) {
      const without = row.asIntakeWithout;
      const intake = gather({ ...query, from: 'intake', outcome: 'registered' }, facts);
      sayings.permits.push(...intake.permits.filter(({ cell }) => !without.includes(cell.procedure)));
      sayings.forbids.push(...intake.forbids);
      sayings.duties.push(...intake.duties);
    }
  }
  return sayings;
}

/** The permission, narrowed to the side that is not forbidden the same procedure; none if nobody is left. */
function withoutForbidden(said: Said<PermitCell>, forbids: Said<ForbidCell>[]): Said<PermitCell>[] {
  const by = said.cell.by ?? 'either';
  const barred = new Set(
    forbids.filter(({ cell }) => cell.procedure === said.cell.procedure).map(({ cell }) => cell.by ?? 'either'),
  );
  if (barred.has('either') || barred.has(by)) return [];
  if (by !== 'either') return [said];
  const left = [...barred].flatMap((side) => otherSide[side] ?? []);
  if (left.length === 0) return [said];
  // A joint act is barred when one side is; otherwise the other side keeps it.
  if (said.cell.jointly || left.some((side) => barred.has(side))) return [];
  return left.map((side) => ({ row: said.row, cell: { ...said.cell, by: side } }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

const confidenceOf = ({ row, cell }: Said<PermitCell | ForbidCell>) => cell.confidence ?? row.confidence ?? 'verified';

/** One route per procedure, person and kind; the last row that says more (the type's own) gives deadline and law. */
function mergePermits(permits: readonly Said<PermitCell>[]): PermittedRoute[] {
  const key = ({ cell }: Said<PermitCell>) => `${cell.procedure} ${cell.by ?? 'either'} ${cell.kind ?? 'open'}`;
  return groupBy(permits, key).map((group) => {
    const main = group.findLast(({ cell }) => cell.deadline !== undefined) ?? group[group.length - 1] ?? group[0];
    const { cell, row } = main;
    const track = cell.track ?? group.find((said) => said.cell.track)?.cell.track;
    const note = cell.note ?? group.find((said) => said.cell.note)?.cell.note;
    return {
      procedure: cell.procedure,
      ...(track && { track }),
      by: cell.by ?? 'either',
      jointly: cell.jointly ?? false,
      parallel: group.some((said) => said.cell.parallel),
      deadline: cell.deadline === undefined ? null : { rule: cell.deadline },
      basis: cell.basis ?? row.basis,
      rows: inTableOrder(group.map((said) => said.row.row)),
      confidence: group.some((said) => confidenceOf(said) === 'verified') ? 'verified' : 'unverified',
      ...(note && { note }),
      kind: cell.kind ?? 'open',
    };
  });
}

/** One prohibition per procedure and person; the first row in the table gives reason and law. */
function mergeForbids(forbids: readonly Said<ForbidCell>[]): ForbiddenRoute[] {
  const key = ({ cell }: Said<ForbidCell>) => `${cell.procedure} ${cell.by ?? 'either'}`;
  return groupBy(forbids, key).map((group) => {
    const { cell, row } = group[0];
    return {
      procedure: cell.procedure,
      by: cell.by ?? 'either',
      reason: cell.reason,
      basis: cell.basis ?? row.basis,
      rows: inTableOrder(group.map((said) => said.row.row)),
      confidence: group.some((said) => confidenceOf(said) === 'verified') ? 'verified' : 'unverified',
    };
  });
}

function mergeDuties(duties: readonly RouteDuty[]): RouteDuty[] {
  return groupBy(duties, ({ code }) => code).map((group) => ({
    ...group[0],
    rows: inTableOrder(group.flatMap(({ rows }) => rows)),
  }));
}
