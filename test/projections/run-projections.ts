// What a test runs as a process of its own, to kill it: a runner of the tally. argv[2]: the database.
import { createPool } from '../../src/store/pool.js';
import { startProjections } from '../../src/worker/projections.js';
import { tally } from './tally.js';

startProjections({
  pool: createPool(process.argv[2]!),
  log: () => undefined,
  projections: [tally()],
  pageSize: 5,
  leaseMs: 1_000,
  watchMs: 100,
});
console.log('running');
