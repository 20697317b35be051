import type { Pool } from 'pg';
import type { Cursor, EventStore } from '../../src/store/contract.js';

/** A reader in order, which goes on from its cursor after every crash: it must see every event once, streams in order. */
export interface Follower {
  /** Reads to the end. Answers what it saw that it should not have. */
  follow(): Promise<string[]>;
  /** Once nobody writes: answers what it has missed. */
  missed(pool: Pool): Promise<string[]>;
  seen(): number;
}

export const createFollower = (store: Pick<EventStore, 'readAll'>): Follower => {
  let cursor: Cursor | null = null;
  const versions = new Map<string, number>();
  let seen = 0;
  const follow = async () => {
    const problems: string[] = [];
    for (;;) {
      const page: Awaited<ReturnType<EventStore['readAll']>> = await store.readAll(cursor, 1_000);
      for (const { stream, version } of page.events) {
        const expected = (versions.get(stream) ?? 0) + 1;
        if (version !== expected) problems.push(`a reader in order saw ${stream} ${version}, not ${expected}`);
        versions.set(stream, version);
      }
      seen += page.events.length;
      cursor = page.cursor;
      if (page.events.length === 0) return problems;
    }
  };
  return {
    follow,
    missed: async (pool) => {
      const problems = await follow();
      const { rows } = await pool.query<{ events: number }>('SELECT count(*)::integer AS events FROM accord.events');
      const { events } = rows[0]!;
      return events === seen ? problems : [...problems, `a reader in order saw ${seen} of ${events} events`];
    },
    seen: () => seen,
  };
};
