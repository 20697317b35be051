import { Gauge, type Registry } from 'prom-client';
import type { ProjectionStatus } from '../../projections/status.js';

/** Without an answer the gauges are not there: a projection that cannot be seen is not one without lag. */
export const watchProjections = (ask: () => Promise<ProjectionStatus[]>, registry: Registry): void => {
  let asking: Promise<ProjectionStatus[]> | null = null;
  // All gauges of one read are of one answer.
  const statuses = () => {
    if (!asking) {
      asking = ask();
      setImmediate(() => (asking = null));
    }
    return asking;
  };
  const gauge = (name: string, help: string, valueOf: (status: ProjectionStatus) => number | undefined) =>
    new Gauge({
      name,
      help,
      labelNames: ['projection'],
      registers: [registry],
      async collect() {
        this.reset();
        try {
          for (const status of await statuses()) {
            const value = valueOf(status);
            if (value !== undefined) this.set({ projection: status.name }, value);
          }
        } catch {
          this.reset();
        }
      },
    });
  gauge('accord_projection_lag_events', 'Events that are not in the projection yet', ({ live }) => live?.lag.events);
  gauge(
    'accord_projection_lag_seconds',
    'Age of the oldest event that is not in the projection yet',
    ({ live }) => live?.lag.seconds,
  );
  gauge('accord_projection_parked', 'Streams that cannot be applied and are tried again', ({ live }) => live?.parked);
  gauge('accord_projection_paused', '1 while an operator has paused it', ({ paused }) => Number(paused));
  gauge('accord_projection_building', '1 while a copy is built beside it', ({ building }) => Number(building !== null));
};
