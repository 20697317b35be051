import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type Relay, startRelay } from '../../../src/worker/relay.js';
import { temporalClient } from '../../../src/worker/temporal-client.js';
import { startWorker } from '../../../src/worker/worker.js';
import { bundleWorkflows } from '../../../src/workflows/bundle.js';
import type { Reading } from '../../../src/workflows/reading.js';
import { freshNamespace } from '../../support/services.js';
import { planEngine, type PlanEngine } from './plan-engine.js';

const bundleFile = fileURLToPath(new URL('../../../node_modules/.cache/accord/workflow-bundle.js', import.meta.url));

/** The workflows, bundled once for this checkout. */
export const workflowBundle = () => bundleWorkflows(bundleFile);

/** A Temporal namespace of its own, with worker and relay, over a database of its own. */
export interface Harness {
  address: string;
  namespace: string;
  client: Client;
  engine: PlanEngine;
  relay: Relay;
  state(workflowId: string): Promise<Reading>;
  status(workflowId: string): Promise<string>;
  runId(workflowId: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startHarness(name: string, at?: { address: string; namespace: string }): Promise<Harness> {
  const [{ address, namespace }, engine] = await Promise.all([at ?? freshNamespace(), planEngine(name)]);
  const { client, close } = temporalClient({ address, namespace });
  const log = () => undefined;
  const worker = await startWorker({ address, namespace, engine, workflowBundle: await workflowBundle(), log });
  const relay = startRelay({ drives: engine.drives, engine, client, epoch: 1, planCode: 1, log });
  const describe = (workflowId: string) => client.workflow.getHandle(workflowId).describe();
  return {
    address,
    namespace,
    client,
    engine,
    relay,
    state: (workflowId) => client.workflow.getHandle(workflowId).query<Reading>('state'),
    status: async (workflowId) => (await describe(workflowId)).status.name,
    runId: async (workflowId) => (await describe(workflowId)).runId,
    stop: async () => {
      await relay.stop();
      await worker.stop();
      await close();
      await engine.drop();
    },
  };
}

/**
 * Waits until what a look answers passes; errors of the look, for example of a workflow that is not there yet, count
 * as not yet.
 */
export async function eventually<T>(
  look: () => Promise<T> | T,
  passes: (seen: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (passes(seen)) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms; last seen: ${show(last)}`);
    await sleep(50);
  }
}

const show = (seen: unknown): string => (seen instanceof Error ? String(seen) : JSON.stringify(seen, null, 1));
