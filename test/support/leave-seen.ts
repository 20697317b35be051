import fc from 'fast-check';
import { leaveSeen } from './seen.js';

/**
 * Random tests are the same in every run, so that a change and not a draw of the cards turns them red. To look further,
 * give another seed: `FAST_CHECK_SEED=$RANDOM npm test -- test/property`.
 */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_123) });

afterAll(leaveSeen);
