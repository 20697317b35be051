import { procedureWorkflow } from './procedure-stage.js';

/**
 * A procedure without a behaviour of its own, for example judicial confirmation or the follow-up after performance:
 * its state is its step. Also what takes over a procedure that has ended while nobody kept its periods.
 */
export const procedure = procedureWorkflow({ words: {}, stateOf: () => null });
