import { sawRows } from '../../support/seen.js';
import { evaluateRoutes, rowsCoverage } from '../../../src/domain/routes/evaluate.js';
import { routeTable } from '../../../src/domain/routes/route-table.js';
import type { RouteAnswer } from '../../../src/domain/routes/types.js';
import { findNorm, findRule } from '../../../src/domain/rules/rule-book.js';
import { rowCases, type RowCase } from './row-cases.js';

const numbers = Array.from({ length: 71 }, (_, index) => String(index + 1));
const allRows = numbers.flatMap((row) => (['10', '21', '27'].includes(row) ? [row, `${row}b`] : [row]));

const answerOf = ({ type, from, outcome, facts = {} }: RowCase): RouteAnswer =>
  evaluateRoutes({ type, from, outcome, facts });

const says = (routes: { procedure: string; by: string; rows: string[] }[], said: string) => {
  const [procedure, by] = said.split(' ');
  return routes.filter((route) => route.procedure === procedure && (by === undefined || route.by === by));
};

const title = ({ row, type, from, outcome, facts }: RowCase) =>
  `row ${row}: ${type}, ${from} ${outcome} ${facts ? JSON.stringify(facts) : ''}`.trim();

test('the table holds every row of the decision table and no other', () => {
  expect([...new Set(routeTable.map(({ row }) => row))]).toEqual(allRows);
});

test.each(rowCases.map((rowCase) => [title(rowCase), rowCase] as const))('%s', (_, rowCase) => {
  const answer = answerOf(rowCase);
  for (const said of rowCase.permits ?? []) expect([said, says(answer.permitted, said)]).not.toEqual([said, []]);
  for (const said of rowCase.forbids ?? []) {
    expect([said, says(answer.forbidden, said)]).not.toEqual([said, []]);
    expect([said, says(answer.permitted, said)]).toEqual([said, []]);
  }
  expect(answer.duties.map(({ code }) => code)).toEqual(expect.arrayContaining(rowCase.duties ?? []));
  sawRows(rowsCoverage([answer]));
  expect(rowsCoverage([answer])).toContain(rowCase.row);
});

test('the cases reach every row', () => {
  expect(rowsCoverage(rowCases.map(answerOf))).toEqual(allRows);
});

const cells = routeTable.flatMap((row) => [row, ...(row.permit ?? []), ...(row.forbid ?? []), ...(row.duties ?? [])]);

test('every rule that a basis cites is in the rule book, under the same law', () => {
  const cited = cells.flatMap(({ basis }) => (basis?.rule ? [{ rule: basis.rule, law: basis.law }] : []));
  expect(cited.length).toBeGreaterThan(100);
  for (const { rule, law } of cited) {
    expect({ rule, law: (findRule(rule) ?? findNorm(rule))?.law }).toEqual({ rule, law });
  }
});

test('every deadline of a route is a period of the rule book', () => {
  const deadlines = routeTable.flatMap(({ permit = [] }) => permit.flatMap(({ deadline }) => deadline ?? []));
  expect(deadlines.filter((code) => findRule(code) === undefined)).toEqual([]);
});

test('every case of a row says something', () => {
  const silent = routeTable.filter(
    ({ permit, forbid, duties, asIntakeWithout }) =>
      !permit?.length && !forbid?.length && !duties?.length && asIntakeWithout === undefined,
  );
  expect(silent.map(({ row, text }) => `${row} ${text.en}`)).toEqual([]);
});

test('what the routes of intake repeat is not repeated endlessly: no intake row refers to intake', () => {
  const loops = routeTable.filter(
    ({ from, outcome, asIntakeWithout }) =>
      asIntakeWithout !== undefined &&
      (from === 'any' || from.includes('intake')) &&
      (outcome === 'any' || outcome.includes('registered')),
  );
  expect(loops).toEqual([]);
});
