import { kpis } from './kpis.js';
import type { AnyProjection } from './projection.js';
import { search } from './search.js';
import { worklists } from './worklists.js';

/** Every projection there is. A new one is a file, a migration for its tables, and a line here. */
export const projections: readonly AnyProjection[] = [kpis, worklists, search];
