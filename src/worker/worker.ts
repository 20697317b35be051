import { fileURLToPath } from 'node:url';
import {
  DefaultLogger,
  type LogEntry,
  makeTelemetryFilterString,
  NativeConnection,
  type NativeConnectionOptions,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { createActivities } from '../activities/activities.js';
import { createAnchorActivities } from '../activities/anchoring.js';
import { createSubscriptionActivities } from '../activities/subscription.js';
import type { Anchors } from '../commands/anchors.js';
import type { Engine } from '../commands/contract.js';
import type { Deliverer } from '../feed/deliver.js';
import { forever, pause } from './forever.js';
import type { WorkerLog } from './log.js';
import { checkSearchAttributes, MissingSearchAttributes } from './registered-attributes.js';

export interface WorkerSettings {
  /** `host:port`. */
  address: string;
  /** TLS, API key and the like, beside the address. */
  connection?: Omit<NativeConnectionOptions, 'address'>;
  /** Default `default`. */
  namespace?: string;
  /** Default `accord`. */
  taskQueue?: string;
  engine: Engine;
  /** Delivers webhooks; absent, their workflows wait for a worker that has one. */
  deliverer?: Deliverer;
  /** What anchors are made by; absent, none are from here. */
  anchors?: Pick<Anchors, 'make'>;
  /** Default `dist/workflow-bundle.js`, which the build makes. */
  workflowBundle?: { codePath: string };
  log: WorkerLog;
}

export interface RunningWorker {
  /** `connecting`: Temporal is away, or the namespace lacks something; it goes on trying. */
  status(): 'connecting' | 'running' | 'stopped';
  /** Ends within 5 s. An activity that has not ended by then runs again elsewhere. */
  stop(): Promise<void>;
}

const builtBundle = { codePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)) };

/**
 * Runs the workflows and activities. Throws `MissingSearchAttributes` if Temporal is there and lacks them. If it is
 * away, now or later, the worker goes on trying until it comes.
 */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { log, namespace = 'default', taskQueue = 'accord', workflowBundle = builtBundle } = settings;
  installRuntime(log);
  const stopping = new AbortController();
  const { signal } = stopping;
  let status: ReturnType<RunningWorker['status']> = 'connecting';
  let first: ((missing: MissingSearchAttributes | null) => void) | null = null;
  const tried = new Promise<MissingSearchAttributes | null>((resolve) => (first = resolve));

  const connectAndRun = async (): Promise<number> => {
    const connection = await NativeConnection.connect({ ...settings.connection, address: settings.address });
    try {
      await checkSearchAttributes(connection, namespace);
      const worker = await Worker.create({
        connection,
        namespace,
        taskQueue,
        workflowBundle,
        activities: {
          ...createActivities(settings.engine),
          ...(settings.deliverer ? createSubscriptionActivities(settings.deliverer) : {}),
          ...(settings.anchors ? createAnchorActivities(settings.anchors) : {}),
        },
        maxCachedWorkflows: 500,
        maxConcurrentActivityTaskExecutions: 32,
        shutdownGraceTime: '2s',
        shutdownForceTime: '4s',
      });
      const shutdown = () => worker.shutdown();
      signal.addEventListener('abort', shutdown, { once: true });
      try {
        if (signal.aborted) return 0;
        status = 'running';
        first?.(null);
        await worker.run();
      } finally {
        signal.removeEventListener('abort', shutdown);
        status = 'connecting';
      }
      return 0;
    } catch (error) {
      if (error instanceof MissingSearchAttributes) {
        log('error', 'worker: search attributes are missing', { missing: error.missing.join(' ') });
        first?.(error);
      }
      throw error;
    } finally {
      await connection.close().catch(() => undefined);
    }
  };

  const step = () => connectAndRun().finally(() => first?.(null));
  const running = forever('worker', step, signal, log).then(() => void (status = 'stopped'));
  const stop = async () => {
    stopping.abort();
    const ended = new AbortController();
    await Promise.race([running, pause(5000, ended.signal)]);
    ended.abort();
  };

  const missing = await tried;
  if (missing) {
    await stop();
    throw missing;
  }
  return { status: () => status, stop };
}

let writeTo: WorkerLog | null = null;

/** Once a process: no signal handlers of the SDK's own, and its warnings in our log. */
function installRuntime(log: WorkerLog): void {
  const isInstalled = writeTo !== null;
  writeTo = log;
  if (isInstalled) return;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', writeEntry),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} } },
  });
}

const loggedMeta = ['workflowType', 'activityType', 'taskQueue', 'workflowId', 'runId', 'attempt'];

/** When each kind of message was last written: while Temporal is away, every poll of the SDK says so. */
const writtenAt = new Map<string, number>();
const atMostEveryMs = 60_000;

function writeEntry({ level, message, meta }: LogEntry): void {
  const kind = message.replace(/\d+/g, '#');
  if (Date.now() - (writtenAt.get(kind) ?? 0) < atMostEveryMs) return;
  if (writtenAt.size > 1000) writtenAt.clear();
  writtenAt.set(kind, Date.now());
  const detail: Record<string, string | number> = {};
  for (const name of loggedMeta) {
    const value = meta?.[name];
    if (typeof value === 'string' || typeof value === 'number') detail[name] = value;
  }
  if (meta?.error instanceof Error) detail.error = meta.error.message.split('\n', 1)[0]!.slice(0, 200);
  writeTo?.(level === 'ERROR' ? 'error' : 'warn', `temporal: ${message}`, detail);
}
