import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Drive, Engine, ServiceAnswer, ServiceCommand } from '../commands/contract.js';

/** What the workflows ask of the engine. Every one may run again after it has succeeded. */
export interface Activities {
  /** Fails with `too-early`, to be tried again, while the database's clock is before `at`. */
  letTimePass(
    disputeId: string,
    at: string,
  ): Promise<{ status: 'passed' | 'nothing-due' | 'not-found'; version: number }>;
  carryOut(
    disputeId: string,
    obligationId: string,
  ): Promise<{ status: 'done' | 'gone' | 'undeliverable'; version: number }>;
  planOf(disputeId: string): Promise<Drive | null>;
  acknowledge(disputeId: string, version: number): Promise<void>;
  runCommand(command: ServiceCommand): Promise<ServiceAnswer>;
}

/**
 * The activities over an engine. Whatever it throws becomes a failure that holds a code only: failures are plain text
 * in Temporal's history, and the message of a database error may quote a row. All are retryable.
 */
export function createActivities(engine: Engine): Activities {
  return {
    letTimePass: async (disputeId, at) => {
      const { status, version } = await codesOnly(engine.letTimePass(disputeId, at));
      if (status === 'too-early')
        throw ApplicationFailure.create({ message: status, type: status, nextRetryDelay: '1s' });
      return { status, version };
    },
    carryOut: (disputeId, obligationId) => codesOnly(engine.carryOut(disputeId, obligationId)),
    planOf: (disputeId) => codesOnly(engine.planOf(disputeId)),
    acknowledge: (disputeId, version) => codesOnly(engine.acknowledge(disputeId, version)),
    runCommand: (command) => codesOnly(engine.command(command)),
  };
}

export async function codesOnly<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const code = codeOf(error);
    log.warn('activity failed', { code });
    throw ApplicationFailure.create({ message: code, type: code });
  }
}

/** `store-unavailable`, or `engine-failed:` with the class of the error and the SQLSTATE if it has one. */
function codeOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'StoreUnavailable') return 'store-unavailable';
  const className = typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'unknown';
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? `:${code}` : '';
  return `engine-failed:${className}${state}`;
}
