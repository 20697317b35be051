import type { Pool } from 'pg';
import { createEventStore } from '../../src/store/event-store.js';
import { appendRequest, headAfter, newEvent, newId, start } from '../store/requests.js';

const types = ['NoteAdded', 'NoteAdded', 'AlertRaised', 'EvidenceAdded'];

/** Appends a few events to a dispute of its own; answers its id. */
export const writeDispute = async (pool: Pool, appends: number, id = newId()): Promise<string> => {
  const store = createEventStore(pool);
  let head = start;
  for (let n = 0; n < appends; n += 1) {
    const events = Array.from({ length: 1 + (n % 3) }, (_, m) => newEvent({ type: types[(n + m) % types.length]! }));
    head = headAfter(await store.append(appendRequest(id, head, { events })));
  }
  return id;
};

/** Writers side by side, until they are told to stop. */
export const startWriters = (pool: Pool, count = 6): { stop(): Promise<void> } => {
  let writing = true;
  const writers = Array.from({ length: count }, async () => {
    while (writing) await writeDispute(pool, 8);
  });
  return {
    stop: async () => {
      writing = false;
      await Promise.all(writers);
    },
  };
};

/** Asks until the answer fits; throws the last one after 20 s. */
export const until = async <T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> => {
  for (const end = Date.now() + 20_000; ;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > end) throw new Error(`not within 20 s: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
