import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '../store/contract.js';

/** Seconds after which PostgreSQL is tried again; then it is given up, and the import can be run again. */
const patience = [1, 2, 4, 8, 15];

/** Safe for an append: what was recorded though its answer was lost is a duplicate the next time. */
export const whileAway = async <T>(work: () => Promise<T>): Promise<T> => {
  for (const seconds of patience)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await sleep(seconds * 1000);
    }
  return work();
};
