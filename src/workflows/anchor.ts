import { proxyActivities } from '@temporalio/workflow';
import type { AnchorActivities } from '../activities/anchoring.js';

/** Long enough for the first anchor of a large record: some hundred thousand heads. */
const { makeAnchor } = proxyActivities<AnchorActivities>({
  startToCloseTimeout: '10m',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '5m', maximumAttempts: 20 },
});

/** Anchors what has been recorded since the last anchor. Started by a schedule; what fails is the next turn's, too. */
export async function anchor(): Promise<{ made: boolean; number: number } | null> {
  return makeAnchor();
}
