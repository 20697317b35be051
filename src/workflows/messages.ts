import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Drive, ServiceAnswer, ServiceCommand } from '../commands/contract.js';
import type { Reading } from './reading.js';

/** A plan to execute. To `dispute`: the whole plan. To a child: its own part. */
export const driveSignal = defineSignal<[Drive]>('drive');

/** What an operator reads of any of the workflows. */
export const stateQuery = defineQuery<Reading>('state');

/** What a caller inside Temporal sends to `dispute/<id>`. */
export type CommandRequest = Omit<ServiceCommand, 'disputeId'>;

/** One command to the dispute, for callers who live in Temporal. */
export const commandUpdate = defineUpdate<ServiceAnswer, [CommandRequest]>('command');
