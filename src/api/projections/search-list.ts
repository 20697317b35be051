import type { DataSource } from 'typeorm';
import { facet, type FacetName } from '../../projections/search.js';
import { liveGeneration } from '../../projections/status.js';
import { ask } from '../../store/read-models/ask.js';
import {
  cursorPart,
  decodeCursor,
  pageLimit,
  pageOf,
  type Page,
  type PageRequest,
} from '../../store/read-models/page.js';
import { regionPrefix } from '../../store/read-models/region.js';
import { parameters, visible, type Parameters, type Visibility } from '../../store/read-models/visibility.js';

export interface SearchQuestion {
  visibility: Visibility;
  region?: string | undefined;
  type?: string | undefined;
  status?: string | undefined;
  /** With `outcome`: a procedure of this code that ended so. */
  procedure?: string | undefined;
  outcome?: string | undefined;
  body?: string | undefined;
  /** Rule code of a period that elapsed. */
  elapsed?: string | undefined;
  /** Civil dates, both inclusive. */
  registeredFrom?: string | undefined;
  registeredTo?: string | undefined;
  closedFrom?: string | undefined;
  closedTo?: string | undefined;
}

export interface FoundDispute {
  disputeId: string;
  caseCode: string;
  type: string;
  region: string;
  status: string;
  registeredOn: string;
  closedOn: string | null;
  procedures: string[];
  /** How its procedures ended. */
  results: { procedure: string; outcome: string }[];
  bodies: string[];
  elapsed: string[];
}

const wanted = ({ type, status, procedure, outcome, body, elapsed }: SearchQuestion): string[] => {
  const facets: string[] = [];
  const add = (name: FacetName, value: string | undefined) => {
    if (value !== undefined) facets.push(facet(name, value));
  };
  add('type', type);
  add('status', status);
  add('body', body);
  add('elapsed', elapsed);
  if (procedure !== undefined && outcome !== undefined) facets.push(facet('result', procedure, outcome));
  else {
    add('procedure', procedure);
    add('outcome', outcome);
  }
  return facets;
};

const conditionsOf = (question: SearchQuestion, params: Parameters): string[] => {
  const { param } = params;
  const conditions = [`p.generation = ${liveGeneration('search')}`, visible(question.visibility, params)];
  const facets = wanted(question);
  if (facets.length > 0) conditions.push(`p.facets @> ${param(facets)}::text[]`);
  if (question.region !== undefined) conditions.push(`p.region LIKE ${param(`${regionPrefix(question.region)}%`)}`);
  const day = (column: string, sign: '>=' | '<=', value: string | undefined) => {
    if (value !== undefined) conditions.push(`p.${column} ${sign} ${param(value)}::date`);
  };
  day('registered_on', '>=', question.registeredFrom);
  day('registered_on', '<=', question.registeredTo);
  day('closed_on', '>=', question.closedFrom);
  day('closed_on', '<=', question.closedTo);
  return conditions;
};

interface Columns {
  disputeId: string;
  caseCode: string;
  region: string;
  registeredOn: string;
  closedOn: string | null;
  facets: string[];
}

const found = ({ facets, ...row }: Columns): FoundDispute => {
  const of = (name: FacetName): string[] =>
    facets.filter((word) => word.startsWith(`${name}:`)).map((word) => word.slice(name.length + 1));
  return {
    ...row,
    type: of('type')[0]!,
    status: of('status')[0]!,
    procedures: of('procedure'),
    results: of('result').map((both) => {
      const [procedure, outcome] = both.split(':') as [string, string];
      return { procedure, outcome };
    }),
    bodies: of('body'),
    elapsed: of('elapsed'),
  };
};

/** Disputes by what became of them, those registered last first. @throws InvalidCursor, StoreUnavailable */
export const searchDisputes = async (
  dataSource: DataSource,
  question: SearchQuestion,
  page: PageRequest = {},
): Promise<Page<FoundDispute>> => {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [/^\d{4}-\d\d-\d\d$/, cursorPart.text]);
  const params = parameters();
  const conditions = conditionsOf(question, params);
  if (after !== null)
    conditions.push(`(p.registered_on, p.dispute_id) < (${params.param(after[0])}::date, ${params.param(after[1])})`);
  const rows = await ask<Columns>(
    dataSource,
    `SELECT p.dispute_id AS "disputeId", d.case_code AS "caseCode", p.region, p.registered_on::text AS "registeredOn",
        p.closed_on::text AS "closedOn", p.facets
      FROM accord.projected_search p JOIN accord.disputes d USING (dispute_id)
      WHERE ${conditions.join(' AND ')} ORDER BY p.registered_on DESC, p.dispute_id DESC LIMIT ${params.param(limit + 1)}`,
    params.values,
  );
  return pageOf(rows, limit, ({ registeredOn, disputeId }) => [registeredOn, disputeId], found);
};

/** Disputes that are looked at for the counts. */
export const mostCounted = 10_000;
/** Values that are named of one facet. */
const mostValues = 50;

export interface FacetCounts {
  /** Disputes that were counted; `mostCounted` where there are more. */
  of: number;
  counts: { facet: FacetName; key: string; count: number }[];
}

/** How many of those found have which type, procedure, outcome, body or elapsed rule. @throws StoreUnavailable */
export const countFacets = async (dataSource: DataSource, question: SearchQuestion): Promise<FacetCounts> => {
  const params = parameters();
  const rows = await ask<{ word: string | null; count: number }>(
    dataSource,
    `WITH found AS MATERIALIZED (
        SELECT p.facets FROM accord.projected_search p JOIN accord.disputes d USING (dispute_id)
          WHERE ${conditionsOf(question, params).join(' AND ')} LIMIT ${mostCounted}),
      counted AS (SELECT word, count(*)::integer AS count FROM found, unnest(facets) AS word GROUP BY word),
      ranked AS (SELECT word, count, row_number() OVER (
        PARTITION BY split_part(word, ':', 1) ORDER BY count DESC, word) AS rank FROM counted)
      SELECT NULL AS word, count(*)::integer AS count FROM found
      UNION ALL (SELECT word, count FROM ranked WHERE rank <= ${mostValues} ORDER BY count DESC, word)`,
    params.values,
  );
  return {
    of: rows.find(({ word }) => word === null)?.count ?? 0,
    counts: rows.flatMap(({ word, count }) => {
      if (word === null) return [];
      const [name] = word.split(':') as [FacetName];
      return [{ facet: name, key: word.slice(name.length + 1), count }];
    }),
  };
};
