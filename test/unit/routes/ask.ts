import type { DisputeType, Outcome, ProcedureCode } from '../../../src/domain/routes/codes.js';
import { evaluateRoutes } from '../../../src/domain/routes/evaluate.js';
import type { ForbiddenRoute, PermittedRoute, RouteFacts, RouteQuery } from '../../../src/domain/routes/types.js';

type From = ProcedureCode | 'intake';

/** Asks the table and gives short readings of the answer. */
export function ask(
  type: DisputeType,
  from: From,
  outcome: Outcome,
  facts: RouteFacts = {},
  more: Partial<RouteQuery> = {},
) {
  const answer = evaluateRoutes({ type, from, outcome, facts, ...more });
  const permitted = (procedure: ProcedureCode, by?: string): PermittedRoute | undefined =>
    answer.permitted.find((route) => route.procedure === procedure && (by === undefined || route.by === by));
  const forbidden = (procedure: ProcedureCode, by?: string): ForbiddenRoute | undefined =>
    answer.forbidden.find((route) => route.procedure === procedure && (by === undefined || route.by === by));
  return {
    answer,
    permitted,
    forbidden,
    permits: answer.permitted.map(({ procedure }) => procedure),
    forbids: answer.forbidden.map(({ procedure }) => procedure),
    duties: answer.duties.map(({ code }) => code),
    assumed: Object.fromEntries(answer.assumed.map(({ fact, value }) => [fact, value])),
  };
}
