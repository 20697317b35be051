import type { Pool } from 'pg';
import { encodePosition } from '../../feed/cursor.js';
import { standingOf } from '../../projections/status.js';

/** How far behind the events an answer is that comes from a projection. */
export interface Standing {
  /** The last event in it: its place in the feed (`GET /v1/events?after=`) and when it was recorded. */
  asOf: { position: string | null; recordedAt: string | null };
  /** Events that are not in it yet, and the age of the oldest; null where the projection is not built yet. */
  lag: { events: number; seconds: number } | null;
}

/** Asked before the rows, so that these are at least as far. @throws StoreUnavailable */
export const standing = async (pool: Pool, name: string): Promise<Standing> => {
  const found = await standingOf(pool, name);
  if (!found) return { asOf: { position: null, recordedAt: null }, lag: null };
  const { cursor, recordedAt } = found.asOf;
  return {
    asOf: { position: cursor === null ? null : encodePosition(cursor), recordedAt },
    lag: found.lag,
  };
};

export const standingSchema = {
  asOf: {
    type: 'object',
    description: 'The last event in this answer',
    required: ['position', 'recordedAt'],
    properties: {
      position: { type: ['string', 'null'], description: 'As `after` of the event feed' },
      recordedAt: { type: ['string', 'null'], format: 'date-time' },
    },
  },
  lag: {
    type: ['object', 'null'],
    description: 'What is not in it yet; null where the view is still being built for the first time',
    required: ['events', 'seconds'],
    properties: {
      events: { type: 'integer', description: 'Counted up to 10,000, estimated beyond' },
      seconds: { type: 'number', description: 'Age of the oldest' },
    },
  },
} as const;
