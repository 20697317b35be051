import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerLog } from './log.js';
import { codeOfError } from './temporal-errors.js';

const firstWaitMs = 500;
const longestWaitMs = 5000;

/**
 * Repeats a step until it is told to stop. The step answers how many milliseconds to wait before the next one. One
 * that throws is repeated after 0.5 s, doubling up to 5 s; an error is logged when it is new, not each time.
 */
export async function forever(
  name: string,
  step: () => Promise<number>,
  signal: AbortSignal,
  log: WorkerLog,
): Promise<void> {
  let failures = 0;
  let logged: string | null = null;
  while (!signal.aborted) {
    let wait: number;
    try {
      wait = await step();
      if (logged !== null) log('info', `${name}: works again`, { failures });
      failures = 0;
      logged = null;
    } catch (error) {
      const code = codeOfError(error);
      if (code !== logged && !signal.aborted) log('warn', `${name}: fails, will be repeated`, { code });
      logged = code;
      wait = Math.min(firstWaitMs * 2 ** failures, longestWaitMs);
      failures += 1;
    }
    await pause(wait, signal);
  }
}

/** Waits, at most until it is told to stop. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
};
