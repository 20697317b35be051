import { upcast } from '../domain/dispute/upcast.js';
import type { EventStore, RecordedEvent } from '../store/contract.js';
import { streamOf } from './recording.js';

const page = 1000;

/**
 * All events of a stream in order as they are stored and hashed: for hashes and exports. The whole stream is held in
 * memory.
 *
 * @throws StoreUnavailable
 */
export const readStored = async (store: Pick<EventStore, 'readStream'>, stream: string): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (;;) {
    const stored = await store.readStream(stream, { from: events.length + 1, limit: page });
    events.push(...stored);
    if (stored.length < page) return events;
  }
};

/**
 * All events of a dispute in order, in the present shape of their types: the one place where what is stored becomes what
 * the domain folds and decides from. For hashes and exports use `readStored`. The whole stream is held in memory.
 *
 * @throws UnknownEvent where a newer program wrote to the stream; StoreUnavailable
 */
export const readHistory = async (store: Pick<EventStore, 'readStream'>, disputeId: string): Promise<RecordedEvent[]> =>
  (await readStored(store, streamOf(disputeId))).map((event) => upcast(event));
