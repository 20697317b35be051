import fc from 'fast-check';
import { disputeTypeCodes, outcomeCodes, procedureCodes } from '../../src/domain/routes/codes.js';
import { evaluateRoutes } from '../../src/domain/routes/evaluate.js';
import { routeTable } from '../../src/domain/routes/route-table.js';
import type { RouteFacts, RouteQuery } from '../../src/domain/routes/types.js';

const facts: fc.Arbitrary<RouteFacts> = fc.record(
  {
    arbitrationClause: fc.constantFrom('none', 'valid', 'void'),
    wageIou: fc.boolean(),
    smallClaims: fc.boolean(),
    identityRelation: fc.boolean(),
    reviewFirst: fc.boolean(),
    rightAlreadyObtained: fc.boolean(),
    collective: fc.integer({ min: 0, max: 200 }),
    agreementKind: fc.constantFrom('wages', 'payment', 'other'),
    agreementConfirmed: fc.boolean(),
    agreementEffectiveOn: fc.constantFrom('2026-01-31', '2026-09-01', 'not a date'),
    bothAgree: fc.boolean(),
    paymentOrderBasis: fc.constantFrom('mediation-agreement', 'labour-contract-law-30'),
    workerSued: fc.boolean(),
    awardMade: fc.boolean(),
    finalAward: fc.boolean(),
    sixMonthsPassed: fc.boolean(),
    objectionBeforeHearing: fc.boolean(),
    settled: fc.boolean(),
    courtAccepted: fc.boolean(),
    employmentEndedOn: fc.constant('2026-02-27'),
    petitionCategory: fc.integer({ min: 1, max: 6 }),
    petitionStage: fc.constantFrom('handling', 'recheck', 'rereview'),
  },
  { requiredKeys: [] },
);

const anyQuery: fc.Arbitrary<RouteQuery> = fc.record(
  {
    type: fc.constantFrom(...disputeTypeCodes),
    from: fc.constantFrom('intake' as const, ...procedureCodes),
    outcome: fc.constantFrom(...outcomeCodes),
    facts,
    joint: fc.boolean(),
    on: fc.constantFrom('2026-02-15', '2026-10-02'),
  },
  { requiredKeys: ['type', 'from', 'outcome', 'facts'] },
);

/** Questions that some row answers: most random triples meet an empty answer. */
const likelyQuery: fc.Arbitrary<RouteQuery> = fc.constantFrom(...routeTable).chain((row) =>
  fc.record({
    type: fc.constantFrom(...(typeof row.types === 'string' ? disputeTypeCodes : row.types)),
    from: fc.constantFrom(...(row.from === 'any' ? procedureCodes : row.from)),
    outcome: fc.constantFrom(...(row.outcome === 'any' ? outcomeCodes : row.outcome)),
    facts,
  }),
);

const queries = fc.oneof(anyQuery, { arbitrary: likelyQuery, weight: 3 });
const runs = { numRuns: 3000 };

test('nothing is both permitted and forbidden to the same person', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const { permitted, forbidden } = evaluateRoutes(query);
      const barred = new Set(forbidden.map(({ procedure, by }) => `${procedure} ${by}`));
      for (const { procedure, by } of permitted) {
        expect(barred).not.toContain(`${procedure} ${by}`);
        // `either` covers each side.
        expect(barred).not.toContain(`${procedure} either`);
        if (by === 'either') {
          for (const side of ['worker', 'employer', 'claimant', 'respondent']) {
            expect(barred).not.toContain(`${procedure} ${side}`);
          }
        }
      }
    }),
    runs,
  );
});

test('the same question has the same answer, and is left unchanged', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const before = structuredClone(query);
      const answer = evaluateRoutes(query);
      expect(evaluateRoutes(query)).toEqual(answer);
      expect(query).toEqual(before);
    }),
    runs,
  );
});

test('each route is said once, rests on a row and cites a law', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const { permitted, forbidden, duties } = evaluateRoutes(query);
      const keys = permitted.map(({ procedure, by, kind }) => `${procedure} ${by} ${kind}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { basis, rows } of [...permitted, ...forbidden, ...duties]) {
        expect(rows.length).toBeGreaterThan(0);
        expect(basis.law).not.toBe('');
        expect(basis.article).not.toBe('');
      }
    }),
    runs,
  );
});

test('stating an assumed fact does not change the answer', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const answer = evaluateRoutes(query);
      const stated = Object.fromEntries(
        answer.assumed.flatMap(({ fact, value }) => (value === null ? [] : [[fact, value]])),
      ) as RouteFacts;
      const again = evaluateRoutes({ ...query, facts: { ...query.facts, ...stated } });
      expect(again.permitted).toEqual(answer.permitted);
      expect(again.forbidden).toEqual(answer.forbidden);
      expect(again.duties).toEqual(answer.duties);
    }),
    runs,
  );
});

test('a given fact is never assumed', () => {
  fc.assert(
    fc.property(queries, (query) => {
      for (const { fact } of evaluateRoutes(query).assumed) expect(query.facts[fact]).toBeUndefined();
    }),
    runs,
  );
});
