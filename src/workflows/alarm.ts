import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One timer at most. Set to the same instant again, it is left as it is: a timer that is armed anew is two events. */
export interface Alarm {
  /** Milliseconds since 1970, in the future; null: none. `summary` is shown beside the timer. */
  set(at: number | null, summary: string): void;
  hasRung(): boolean;
}

export function createAlarm(): Alarm {
  let armed: { at: number; scope: CancellationScope; hasRung: boolean } | null = null;
  return {
    hasRung: () => armed?.hasRung ?? false,
    set: (at, summary) => {
      if (armed !== null && armed.at === at && !armed.hasRung) return;
      armed?.scope.cancel();
      armed = null;
      if (at === null) return;
      const timer = { at, scope: new CancellationScope(), hasRung: false };
      armed = timer;
      void timer.scope
        .run(() => sleep(Math.max(at - Date.now(), 1), { summary }))
        .then(() => void (timer.hasRung = true))
        .catch((error: unknown) => {
          if (!isCancellation(error)) throw error;
        });
    },
  };
}
