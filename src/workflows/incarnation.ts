import { condition } from '@temporalio/workflow';

/**
 * Does nothing, for ever. Its run id tells the relay that this is the Temporal it knows: a new or wiped one has
 * no such workflow, or another run of it.
 */
export async function incarnation(): Promise<void> {
  await condition(() => false);
}
