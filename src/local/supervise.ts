import type { Log } from './home.js';

/** One thing to end at shutdown. */
export interface Stoppable {
  name: string;
  stop(): Promise<void>;
  /** Ends it at once and synchronously, when there is no more time. */
  kill?(): void;
}

/** What owns the end of this process. */
export interface Supervision {
  /** Ends everything and the process, as a signal would; with exit code 1 unless told otherwise. */
  shutdown(exitCode?: number): Promise<never>;
}

/**
 * Owns SIGINT, SIGTERM and SIGHUP of this process: the first stops everything once, in the given order, and
 * exits (0 if all went well); a second one kills what is left and exits at once. Each stop gets a fair share of
 * the time that is left, so that one that hangs cannot keep those after it from ending cleanly; what has not
 * ended by `timeoutMs` is killed. `parts` is asked only then: it may name what was started meanwhile.
 */
export function onShutdown(
  parts: () => readonly Stoppable[],
  { timeoutMs = 10_000, log }: { timeoutMs?: number; log: Log },
): Supervision {
  let ending: Promise<never> | undefined;
  const left = new Set<Stoppable>();

  const end = async (exitCode: number): Promise<never> => {
    const deadline = Date.now() + timeoutMs;
    const inOrder = [...parts()];
    for (const part of inOrder) left.add(part);
    for (const [index, part] of inOrder.entries()) {
      const share = (deadline - Date.now()) / (inOrder.length - index);
      const outcome = await stopWithin(part, share);
      if (outcome === 'stopped') left.delete(part);
      else log(`${part.name}: ${outcome}`);
    }
    const clean = left.size === 0;
    return exitNow(clean ? exitCode : 1);
  };
  const exitNow = (exitCode: number): never => {
    for (const part of left) part.kill?.();
    process.exit(exitCode);
  };
  const begin = (exitCode: number) => (ending ??= end(exitCode));

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending) {
        log('forced to end now');
        exitNow(1);
      }
      log(`${signal}: stopping (once more: at once)`);
      void begin(0);
    });
  }
  return { shutdown: (exitCode = 1) => begin(exitCode) };
}

async function stopWithin(part: Stoppable, ms: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('did not end in time'), ms);
  });
  const stopped = Promise.resolve()
    .then(() => part.stop())
    .then(
      () => 'stopped',
      (error: unknown) => `failed to stop (${error instanceof Error ? error.message : 'unknown'})`,
    );
  try {
    return await Promise.race([stopped, late]);
  } finally {
    clearTimeout(timer);
  }
}
