import { setTimeout as sleep } from 'node:timers/promises';

/** The work's answer; throws where it takes longer than so many milliseconds. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const late = sleep(ms, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`not within ${ms} ms: ${what}`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}

/** Asks every 100 ms until the answer is true. Throws after `ms`; what the asking throws counts as not yet. */
export async function until(ms: number, what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + ms;
  for (;;) {
    if (
      await Promise.resolve()
        .then(isSo)
        .catch(() => false)
    )
      return;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(100);
  }
}
