import type { DriveClaim } from '../../src/store/contract.js';
import type { ModelContents } from './model-store.js';

interface Row {
  disputeId: string;
  version: number;
  attempts: number;
  availableAt: number;
}

type Why = { kind: 'all-open' } | { kind: 'older-plan-code'; planCode: number } | { kind: 'overdue'; before: string };

/** The drive queue as it should be. Its time is the order of what is asked of it: a lease has passed at once or never. */
export interface ModelQueue {
  /** What an append does that changes the plan. */
  queue(disputeId: string, version: number): void;
  claim(limit: number, leased: boolean): DriveClaim[];
  complete(claim: DriveClaim): void;
  release(claim: DriveClaim, forGood: boolean): void;
  acknowledge(disputeId: string, version: number, planCode: number): void;
  requeue(why: Why, limit: number, afterId: string | null): { queued: number; lastId: string | null };
  rows(): Omit<Row, 'availableAt'>[];
}

export function createModelQueue(contents: ReadonlyMap<string, ModelContents>): ModelQueue {
  const rows = new Map<string, Row>();
  let time = 0;
  const now = () => (time += 1);

  const of = ({ disputeId, version, attempts }: DriveClaim): Row | undefined => {
    const row = rows.get(disputeId);
    return row?.version === version && row.attempts === attempts ? row : undefined;
  };

  const chosen = (why: Why): string[] =>
    [...contents]
      .filter(([, { index, clocks }]) => {
        if (index.status === 'closed') return false;
        switch (why.kind) {
          case 'all-open':
            return true;
          case 'older-plan-code':
            return clocks.planCode < why.planCode;
          case 'overdue':
            return clocks.nextDue !== null && Date.parse(clocks.nextDue) < Date.parse(why.before);
        }
      })
      .map(([disputeId]) => disputeId)
      .sort();

  return {
    queue: (disputeId, version) => {
      const at = now();
      const availableAt = Math.min(rows.get(disputeId)?.availableAt ?? at, at);
      rows.set(disputeId, { disputeId, version, attempts: 0, availableAt });
    },
    claim: (limit, leased) => {
      const at = now();
      const free = [...rows.values()].filter(({ availableAt }) => availableAt <= at);
      const taken = free.sort((a, b) => a.availableAt - b.availableAt).slice(0, limit);
      return taken.map((row) => {
        row.attempts += 1;
        row.availableAt = leased ? Infinity : at;
        const { disputeId, version, attempts } = row;
        return { disputeId, version, attempts };
      });
    },
    complete: (claim) => {
      if (of(claim)) rows.delete(claim.disputeId);
    },
    release: (claim, forGood) => {
      const at = now();
      const row = of(claim);
      if (row) row.availableAt = forGood ? Infinity : at;
    },
    acknowledge: (disputeId, version, planCode) => {
      const clocks = contents.get(disputeId)?.clocks;
      if (!clocks) return;
      const isNews = clocks.drivenVersion < version || (clocks.drivenVersion === version && clocks.planCode < planCode);
      if (!isNews) return;
      clocks.drivenVersion = version;
      clocks.planCode = Math.max(clocks.planCode, planCode);
    },
    requeue: (why, limit, afterId) => {
      const availableAt = now();
      const ids = chosen(why)
        .filter((id) => id > (afterId ?? ''))
        .slice(0, limit);
      for (const disputeId of ids) {
        const row = rows.get(disputeId);
        const version = row?.version ?? contents.get(disputeId)!.clocks.planVersion;
        rows.set(disputeId, { disputeId, version, attempts: row ? row.attempts + 1 : 0, availableAt });
      }
      return { queued: ids.length, lastId: ids.at(-1) ?? null };
    },
    rows: () => {
      const all = [...rows.values()].sort((a, b) => (a.disputeId < b.disputeId ? -1 : 1));
      return all.map(({ disputeId, version, attempts }) => ({ disputeId, version, attempts }));
    },
  };
}
