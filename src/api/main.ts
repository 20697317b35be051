import { hasWorker } from '../worker/engine-side.js';
import { temporalClient } from '../worker/temporal-client.js';
import { temporalSide } from '../worker/temporal-view.js';
import { workflowProblems } from '../worker/workflow-problems.js';
import { composeApi } from './compose.js';
import { ConfigProblem } from '../commands/environment.js';
import { readConfig } from './config.js';

/** Milliseconds in which open requests may still be answered after SIGTERM. */
const grace = 8_000;

/** Runs the API by itself, in production: the worker is another process, and migrations were run before. */
const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const temporal = temporalClient(config.temporal);
  const { client } = temporal;
  const api = await composeApi(config, {
    temporalSide: (disputeId) => temporalSide(client, disputeId),
    engine: { hasWorker: () => hasWorker(client), problems: () => workflowProblems(client) },
    probes: {
      database: () => api.deps.store.epoch().then(() => true),
      temporal: () =>
        client.withDeadline(Date.now() + 1_500, () => client.workflowService.getSystemInfo({}).then(() => true)),
    },
    log: { level: config.logLevel },
  });
  const stop = () => {
    setTimeout(() => process.exit(1), grace).unref();
    void Promise.all([api.close(), temporal.close()]).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await api.app.listen(config.port, '0.0.0.0');
};

main().catch((error: unknown) => {
  // A configuration's message names variables, never values; any other error may quote a password or a person.
  const { name, code } = error as NodeJS.ErrnoException;
  const why = error instanceof ConfigProblem ? error.message : `api: did not start (${code ?? name})`;
  process.stderr.write(`${why}\n`, () => process.exit(1));
});
