import { startAccord } from './accord.js';
import { onShutdown, type Stoppable } from './supervise.js';

/** `npm start`: the whole system on this machine, until Ctrl-C or SIGTERM. */
const { env } = process;
const log = (line: string) => process.stdout.write(`${line}\n`);
const parts: Stoppable[] = [];
const { shutdown } = onShutdown(() => parts, { log });

async function main(): Promise<void> {
  if (env.ACCORD_MODE && env.ACCORD_MODE !== 'local')
    throw new Error(
      'npm start is the local mode: in production run dist/api/main.js and dist/worker/main.js (see docker-compose.yml)',
    );
  const from = Date.now();
  const home = env.ACCORD_HOME || '.accord';
  const { url, temporalUiUrl } = await startAccord({
    home,
    env,
    log,
    started: (part) => parts.unshift(part),
  });
  const seconds = ((Date.now() - from) / 1000).toFixed(1);
  log(`api       ${url}/v1   (documentation: ${url}/docs)`);
  if (temporalUiUrl) log(`temporal  ${temporalUiUrl}`);
  log(`ready ${url} (${seconds} s; Ctrl-C stops everything)`);
}

main().catch((error: unknown) => {
  log(error instanceof Error ? error.message : 'did not start');
  return shutdown(1);
});
