import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { DriveStore } from '../store/contract.js';
import { pause } from './forever.js';
import { isNotFound } from './temporal-errors.js';

/** A bounded rate: so many disputes a page, and a pause after each. */
const pageSize = 200;

/** Queues all disputes of a kind again, page by page; answers how many. */
export async function requeueAll(
  drives: DriveStore,
  why: Parameters<DriveStore['requeue']>[0],
  options: { pauseMs: number; signal: AbortSignal },
): Promise<number> {
  let total = 0;
  let after: string | null = null;
  while (!options.signal.aborted) {
    const page: { queued: number; lastId: string | null } = await drives.requeue(why, pageSize, after);
    total += page.queued;
    if (page.queued < pageSize || page.lastId === null) return total;
    after = page.lastId;
    await pause(options.pauseMs, options.signal);
  }
  return total;
}

const markerId = 'accord/incarnation';

/**
 * The run id of the marker workflow, which it starts where there is none. Another run id than the one remembered means
 * another Temporal, or one that was wiped: it knows no dispute.
 */
export async function incarnationOf(client: Client, taskQueue: string): Promise<string> {
  try {
    const { runId, status } = await client.workflow.getHandle(markerId).describe();
    if (status.name === 'RUNNING') return runId;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  try {
    const started = await client.workflow.start('incarnation', { workflowId: markerId, taskQueue, args: [] });
    return started.firstExecutionRunId;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return (await client.workflow.getHandle(markerId).describe()).runId;
  }
}
