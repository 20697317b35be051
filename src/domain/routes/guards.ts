import type { DisputeType } from './codes.js';
import type { AssumedFact, FactGuard, FactName, FactValue, RouteFacts, RouteQuery } from './types.js';

/** The usual case of each fact; null: the usual case is that there is no such date. */
export const usualFacts: Readonly<Record<FactName, FactValue | null>> = {
  arbitrationClause: 'none',
  wageIou: false,
  smallClaims: false,
  identityRelation: false,
  reviewFirst: false,
  rightAlreadyObtained: false,
  collective: 1,
  agreementKind: 'other',
  agreementConfirmed: false,
  agreementEffectiveOn: null,
  bothAgree: true,
  paymentOrderBasis: 'labour-contract-law-30',
  workerSued: false,
  awardMade: false,
  finalAward: false,
  sixMonthsPassed: false,
  objectionBeforeHearing: false,
  settled: false,
  courtAccepted: false,
  employmentEndedOn: null,
  newEmployment: false,
  knewOn: null,
  actMadeOn: null,
  remediesTold: true,
  immovable: false,
  petitionCategory: 6,
  petitionStage: 'handling',
};

/** Where a type's usual case differs: a family dispute is, as a rule, a divorce. */
const usualFactsOfType: Partial<Record<DisputeType, RouteFacts>> = {
  family: { identityRelation: true },
};

/** The facts of one question: reads them for guards and remembers which were missing. */
export interface FactReading {
  holds(guard: FactGuard | undefined, usual: RouteFacts | undefined): boolean;
  assumed(): AssumedFact[];
}

const dayMs = 86_400_000;

/** The civil date `days` after `date`; undefined if `date` is not a civil date. */
function plusDays(date: string, days: number): string | undefined {
  const start = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(start) ? undefined : new Date(start + days * dayMs).toISOString().slice(0, 10);
}

/**
 * Reads the facts of `query`. A missing fact that a guard asks for is assumed once, for the whole answer:
 * the row's usual case, else the type's, else the general one.
 */
export function readFacts(query: RouteQuery): FactReading {
  const assumed = new Map<FactName, FactValue | null>();

  const read = (fact: FactName, usual: RouteFacts | undefined): FactValue | null => {
    const given = query.facts[fact];
    if (given !== undefined) return given;
    const before = assumed.get(fact);
    if (before !== undefined) return before;
    const value = usual?.[fact] ?? usualFactsOfType[query.type]?.[fact] ?? usualFacts[fact];
    assumed.set(fact, value);
    return value;
  };

  const notPast = (fact: FactName, days: number, rule: string): boolean => {
    const { on } = query;
    const computed = query.due?.[rule];
    if (on !== undefined && computed !== undefined) return on <= computed;
    const start = read(fact, undefined);
    if (on === undefined || typeof start !== 'string') return true;
    const last = plusDays(start, days);
    return last === undefined || on <= last;
  };

  const holds = (guard: FactGuard | undefined, usual: RouteFacts | undefined): boolean => {
    if (guard === undefined) return true;
    if ('all' in guard) return guard.all.every((part) => holds(part, usual));
    if ('any' in guard) return guard.any.some((part) => holds(part, usual));
    if ('not' in guard) return !holds(guard.not, usual);
    if ('known' in guard) return read(guard.known, usual) !== null;
    if ('within' in guard) return notPast(guard.within, guard.days, guard.rule);
    const value = read(guard.fact, usual);
    if ('is' in guard) return value === guard.is;
    return typeof value === 'number' && value >= guard.atLeast;
  };

  return {
    holds,
    assumed: () => [...assumed].map(([fact, value]) => ({ fact, value })),
  };
}
