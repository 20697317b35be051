import type { Requester } from '../../domain/dispute/context.js';
import type { ApiDependencies, TemporalSide } from '../http/dependencies.js';
import { readDispute } from './read.js';

const none = (disputeId: string, status: string): TemporalSide => ({
  workflowId: `dispute/${disputeId}`,
  runId: null,
  status,
  nextTimerAt: null,
  children: [],
  pendingActivities: [],
});

/** How long Temporal may take to answer before it counts as away. Milliseconds. */
const patience = 5_000;

const temporalSide = async (deps: ApiDependencies, disputeId: string): Promise<TemporalSide> => {
  if (!deps.temporalSide) return none(disputeId, 'unavailable');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Temporal does not answer')), patience);
  });
  try {
    return (await Promise.race([deps.temporalSide(disputeId), late])) ?? none(disputeId, 'missing');
  } catch {
    return none(disputeId, 'unavailable');
  } finally {
    clearTimeout(timer);
  }
};

/** Appends after the plan that the workflow has, up to the last that changed the plan. */
const behindBy = async (deps: ApiDependencies, disputeId: string, driven: number, plan: number): Promise<number> => {
  if (plan <= driven) return 0;
  const events = await deps.store.readStream(`dispute-${disputeId}`, { from: driven + 1, to: plan });
  return Math.max(1, new Set(events.map(({ commandId }) => commandId)).size);
};

/** The dispute's workflow, and how far it is behind; `unavailable` while Temporal is away: nothing else suffers. */
export const showWorkflow = async (deps: ApiDependencies, id: string, by: Requester) => {
  const { state, planVersion, drivenVersion } = await readDispute(deps, id, by);
  const [side, behind] = await Promise.all([
    temporalSide(deps, state.id),
    behindBy(deps, state.id, drivenVersion, planVersion),
  ]);
  const { workflowId, runId, status, nextTimerAt, children, pendingActivities } = side;
  return {
    workflowId,
    runId,
    status,
    drivenVersion,
    planVersion,
    behindBy: behind,
    nextTimerAt,
    children,
    pendingActivities,
  };
};
