import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/activities.js';

/**
 * The engine as the workflows reach it. Without it nothing of a dispute can go on, so an attempt is repeated for as
 * long as PostgreSQL is away: after 1 s, then doubling up to 30 s, without end.
 */
export const engine = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** For callers who wait for an answer: they are told after 2 minutes, and may repeat the command under its key. */
export const engineForCallers = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
});
