import type { Client } from '@temporalio/client';
import type { Drive } from '../commands/contract.js';
import { startAttributes } from '../workflows/attribute-keys.js';
import { isNotFound } from './temporal-errors.js';

const workflowIdOf = (disputeId: string): string => `dispute/${disputeId}`;

/** Hands a plan to the dispute's workflow, which is started if it does not run, also after it has once ended. */
export async function signalWithStart(client: Client, taskQueue: string, drive: Drive): Promise<void> {
  await client.workflow.signalWithStart('dispute', {
    workflowId: workflowIdOf(drive.disputeId),
    taskQueue,
    args: [{ disputeId: drive.disputeId }],
    signal: 'drive',
    signalArgs: [drive],
    typedSearchAttributes: startAttributes(drive.plan),
    staticSummary: `纠纷 ${drive.plan.type} ${drive.plan.region}`,
  });
}

/** Hands a plan to the dispute's workflow only if it runs; answers whether it does. */
export async function signalRunning(client: Client, drive: Drive): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowIdOf(drive.disputeId)).signal('drive', drive);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
