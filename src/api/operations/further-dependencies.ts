import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { SigningKeys } from '../../commands/keys.js';
import { findDocument } from '../../store/documents.js';
import type { Sealing } from '../../store/sealing/sealing.js';
import type { FeedDependencies } from '../feed/dependencies.js';
import { listHandoffViews } from '../handoffs/handoff-list.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { listKpis, sumKpis } from '../projections/kpi-list.js';
import { countFacets, searchDisputes } from '../projections/search-list.js';
import { standing } from '../projections/standing.js';
import { listWork } from '../projections/worklist-list.js';
import { countStalled, listStalledRows, type EngineProblem } from '../supervision/stalled-list.js';
import type { Metrics } from './metrics.js';

/** A read of the store with its connections already given. */
type Bound<F> = F extends (connection: infer _C, ...rest: infer R) => infer A ? (...rest: R) => A : never;

export interface FurtherLists {
  handoffs: (
    ...asked: Parameters<typeof listHandoffViews> extends [unknown, unknown, ...infer R] ? R : never
  ) => ReturnType<typeof listHandoffViews>;
  stalled: Bound<typeof listStalledRows>;
  stalledCounts: Bound<typeof countStalled>;
  document: Bound<typeof findDocument>;
  /** How far a projection is. */
  standing: Bound<typeof standing>;
  kpis: Bound<typeof listKpis>;
  kpiSums: Bound<typeof sumKpis>;
  work: Bound<typeof listWork>;
  search: Bound<typeof searchDisputes>;
  facets: Bound<typeof countFacets>;
}

/** What handoffs, documents, supervision and operations need besides `ApiDependencies`. */
export interface FurtherDependencies {
  keys: SigningKeys;
  further: FurtherLists;
  /** What is known of the engine in Temporal; each may throw or be late while Temporal is away. */
  engine?: {
    /** Whether a worker polls for workflows. */
    hasWorker: () => Promise<boolean>;
    /** Open disputes whose workflow is missing or fails; bounded by who answers. */
    problems?: () => Promise<EngineProblem[]>;
  };
  metrics?: Metrics;
}

/** Everything these parts of the API are given under `DEPENDENCIES`. */
export type Dependencies = ApiDependencies & FurtherDependencies & FeedDependencies;

/** `FurtherLists` over the connections of the application's role. */
export const bindFurtherLists = (dataSource: DataSource, pool: Pool, sealing: Sealing): FurtherLists => ({
  handoffs: (...rest) => listHandoffViews(dataSource, sealing, ...rest),
  stalled: (...rest) => listStalledRows(dataSource, ...rest),
  stalledCounts: (...rest) => countStalled(dataSource, ...rest),
  document: (...rest) => findDocument(pool, ...rest),
  standing: (...rest) => standing(pool, ...rest),
  kpis: (...rest) => listKpis(dataSource, ...rest),
  kpiSums: (...rest) => sumKpis(dataSource, ...rest),
  work: (...rest) => listWork(dataSource, ...rest),
  search: (...rest) => searchDisputes(dataSource, ...rest),
  facets: (...rest) => countFacets(dataSource, ...rest),
});
