import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CommandService } from '../../commands/contract.js';
import { actionExists } from '../../domain/dispute/target.js';
import type { ProjectionStatus } from '../../projections/status.js';
import { StoreUnavailable, type DriveStore, type EventStore } from '../../store/contract.js';
import { watchProjections } from './projection-metrics.js';

/**
 * What Prometheus reads. Labels are of closed sets (route patterns, statuses, actions, outcomes): no id, no person and
 * no text can become one.
 */
export interface Metrics {
  /** The text of `GET /metrics` and its content type. */
  contentType: string;
  read(): Promise<string>;
  /** One HTTP request: its route's pattern, or null where none matched; `ms` milliseconds. */
  requested(method: string, route: string | null, status: number, ms: number): void;
  /** What the relay did with one claimed dispute. */
  relayed(outcome: 'signalled' | 'failed' | 'superseded'): void;
  /** The command service, each command timed by action and result. */
  measureCommands(commands: CommandService): CommandService;
  /** The event store, each append counted by outcome. */
  measureStore(store: EventStore): EventStore;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Metrics of one process, in a registry of their own. `drives` adds the drive queue's depth and age, `projections` how
 * far these are, asked at each read.
 */
export const createMetrics = ({
  drives,
  projections,
}: {
  drives?: Pick<DriveStore, 'backlog'>;
  projections?: () => Promise<ProjectionStatus[]>;
} = {}): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'accord_http_requests_total',
    help: 'HTTP requests by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'accord_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route'],
    buckets: seconds,
    registers,
  });
  const commandSeconds = new Histogram({
    name: 'accord_command_duration_seconds',
    help: 'Time to decide and record a command, by action and result',
    labelNames: ['action', 'result'],
    buckets: seconds,
    registers,
  });
  const appends = new Counter({
    name: 'accord_store_appends_total',
    help: 'Appends to the event store by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const events = new Counter({
    name: 'accord_store_events_total',
    help: 'Events appended to the event store',
    registers,
  });
  const relays = new Counter({
    name: 'accord_relay_total',
    help: 'Claimed disputes by what became of handing their plan to Temporal',
    labelNames: ['outcome'],
    registers,
  });
  if (drives) watchQueue(drives, registry);
  if (projections) watchProjections(projections, registry);

  const timed = async <T>(action: string, resultOf: (value: T) => string, work: () => Promise<T>) => {
    const end = commandSeconds.startTimer({ action });
    try {
      const value = await work();
      end({ result: resultOf(value) });
      return value;
    } catch (error) {
      end({ result: error instanceof StoreUnavailable ? 'unavailable' : 'error' });
      throw error;
    }
  };

  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    requested: (method, route, status, ms) => {
      const labels = { method: methods.has(method) ? method : 'other', route: route ?? 'unmatched' };
      requests.inc({ ...labels, status: String(status) });
      requestSeconds.observe(labels, ms / 1000);
    },
    relayed: (outcome) => relays.inc({ outcome }),
    measureCommands: (commands) => ({
      ...commands,
      register: (command) =>
        timed(
          'register',
          ({ status }) => status,
          () => commands.register(command),
        ),
      run: (command, documents) =>
        timed(
          actionExists(command.action) ? command.action : 'unknown',
          ({ status }) => status,
          () => commands.run(command, documents),
        ),
      passTime: (disputeId, at) =>
        timed(
          'pass-time',
          (passed) => (passed === null ? 'not-found' : passed.appended ? 'done' : 'nothing-due'),
          () => commands.passTime(disputeId, at),
        ),
    }),
    measureStore: (store) => ({
      ...store,
      append: async (request) => {
        try {
          const result = await store.append(request);
          appends.inc({ outcome: result.status });
          if (result.status === 'appended') events.inc(result.events.length);
          return result;
        } catch (error) {
          appends.inc({ outcome: error instanceof StoreUnavailable ? 'unavailable' : 'error' });
          throw error;
        }
      },
    }),
  };
};

/** Without an answer the gauges are not there: a queue that cannot be seen is not an empty one. */
const watchQueue = (drives: Pick<DriveStore, 'backlog'>, registry: Registry): void => {
  let asking: ReturnType<DriveStore['backlog']> | null = null;
  // Both gauges of one read are of one answer.
  const backlog = () => {
    if (!asking) {
      asking = drives.backlog();
      setImmediate(() => (asking = null));
    }
    return asking;
  };
  const gauge = (name: string, help: string, member: 'depth' | 'oldestSeconds') =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          this.set((await backlog())[member]);
        } catch {
          this.remove();
        }
      },
    });
  gauge('accord_drive_queue_depth', 'Disputes whose plan waits to be handed to Temporal', 'depth');
  gauge(
    'accord_drive_queue_oldest_seconds',
    'Age of the oldest plan that waits to be handed to Temporal',
    'oldestSeconds',
  );
};
