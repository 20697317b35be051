import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { SigningKeys } from '../../commands/keys.js';
import { findDocument } from '../../store/documents.js';
import { listHandoffViews } from '../handoffs/handoff-list.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { countStalled, listStalledRows, type EngineProblem } from '../supervision/stalled-list.js';
import type { Metrics } from './metrics.js';

/** A read of the store with its connections already given. */
type Bound<F> = F extends (connection: infer _C, ...rest: infer R) => infer A ? (...rest: R) => A : never;

export interface FurtherLists {
  handoffs: Bound<typeof listHandoffViews>;
  stalled: Bound<typeof listStalledRows>;
  stalledCounts: Bound<typeof countStalled>;
  document: Bound<typeof findDocument>;
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
export type Dependencies = ApiDependencies & FurtherDependencies;

/** `FurtherLists` over the connections of the application's role. */
export const bindFurtherLists = (dataSource: DataSource, pool: Pool): FurtherLists => ({
  handoffs: (...rest) => listHandoffViews(dataSource, ...rest),
  stalled: (...rest) => listStalledRows(dataSource, ...rest),
  stalledCounts: (...rest) => countStalled(dataSource, ...rest),
  document: (...rest) => findDocument(pool, ...rest),
});
