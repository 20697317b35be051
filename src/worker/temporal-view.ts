import type { Client, WorkflowExecutionDescription, WorkflowExecutionInfo } from '@temporalio/client';
import { attributeKeys } from '../workflows/attribute-keys.js';
import type { Reading } from '../workflows/reading.js';
import { isNotFound } from './temporal-errors.js';

/** How a dispute stands in Temporal. */
export interface TemporalSide {
  workflowId: string;
  runId: string;
  /** `running`, `completed`, `terminated`, … */
  status: string;
  /** The nearest instant at which it, or one of its children, will act by itself; null where no worker answers. */
  nextTimerAt: string | null;
  children: TemporalChild[];
  /** Its own and its children's. */
  pendingActivities: PendingActivity[];
}

export interface PendingActivity {
  type: string;
  attempt: number;
  /** The code of its last failure. */
  lastFailure: string | null;
}

export interface TemporalChild {
  workflowId: string;
  runId: string;
  status: string;
  type: string;
  step: string | null;
  waitingFor: string | null;
  nextDue: string | null;
}

/** Temporal does not answer. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}

const timeoutMs = 2000;
const mostChildren = 100;

/**
 * What Temporal knows of a dispute, within 2 s; null if it has no workflow. Throws `TemporalUnavailable` if Temporal
 * does not answer.
 */
export async function temporalSide(client: Client, disputeId: string): Promise<TemporalSide | null> {
  const workflowId = `dispute/${disputeId}`;
  try {
    return await client.withDeadline(Date.now() + timeoutMs, async () => {
      const [description, children] = await Promise.all([
        client.workflow.getHandle(workflowId).describe(),
        childrenOf(client, workflowId),
      ]);
      const running = children.filter(({ status }) => status === 'running').map((child) => child.workflowId);
      const [activities, nextTimerAt] = await Promise.all([
        Promise.all(running.map((id) => activitiesOfRunning(client, id))),
        description.status.name === 'RUNNING' ? nextTimerOf(client, [workflowId, ...running]) : null,
      ]);
      return {
        workflowId,
        runId: description.runId,
        status: statusOf(description),
        nextTimerAt,
        children,
        pendingActivities: [...activitiesOf(description), ...activities.flat()],
      };
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw new TemporalUnavailable('Temporal does not answer', { cause: error });
  }
}

/** Its children by their ids, the latest run of each: a parent that has continued as new no longer lists them itself. */
async function childrenOf(client: Client, workflowId: string): Promise<TemporalChild[]> {
  const prefix = `${workflowId}/`.replaceAll("'", "''");
  const found = new Map<string, TemporalChild>();
  const list = client.workflow.list({ query: `WorkflowId STARTS_WITH '${prefix}'`, pageSize: mostChildren });
  for await (const child of list) {
    // Latest first.
    if (!found.has(child.workflowId)) found.set(child.workflowId, childOf(child));
    if (found.size >= mostChildren) break;
  }
  return [...found.values()].sort((a, b) => (a.workflowId < b.workflowId ? -1 : 1));
}

function childOf(child: WorkflowExecutionInfo): TemporalChild {
  const { workflowId, runId, type, typedSearchAttributes: attributes } = child;
  return {
    workflowId,
    runId,
    status: statusOf(child),
    type,
    step: attributes.get(attributeKeys.step) ?? null,
    waitingFor: attributes.get(attributeKeys.waitingFor) ?? null,
    nextDue: attributes.get(attributeKeys.nextDue)?.toISOString() ?? null,
  };
}

/** Asks the workflows themselves. Who does not answer in time, for want of a worker, has no say. */
async function nextTimerOf(client: Client, workflowIds: string[]): Promise<string | null> {
  const asked = await Promise.allSettled(
    workflowIds.map((id) =>
      client.withDeadline(Date.now() + timeoutMs / 2, () => client.workflow.getHandle(id).query<Reading>('state')),
    ),
  );
  const timers = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.nextTimerAt] : []));
  return timers.filter((at) => at !== null).sort()[0] ?? null;
}

/** `CONTINUED_AS_NEW` → `continued-as-new` */
const statusOf = ({ status }: { status: { name: string } }): string => status.name.toLowerCase().replaceAll('_', '-');

/** A child may have ended since it was listed. */
const activitiesOfRunning = async (client: Client, workflowId: string): Promise<PendingActivity[]> => {
  try {
    return activitiesOf(await client.workflow.getHandle(workflowId).describe());
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
};

/** Of a failure only its type: a code. */
const activitiesOf = ({ raw }: WorkflowExecutionDescription): PendingActivity[] =>
  (raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => ({
    type: activityType?.name ?? 'unknown',
    attempt: attempt ?? 1,
    lastFailure: lastFailure ? (lastFailure.applicationFailureInfo?.type ?? 'timeout') : null,
  }));
