import { z } from 'zod';
import type { Requester } from '../../domain/dispute/context.js';
import { cloudEvent } from '../../feed/cloud-event.js';
import { decodePosition, encodePosition } from '../../feed/cursor.js';
import type { Cursor } from '../../store/contract.js';
import { beginning, compareCursors, type FeedStore } from '../../store/feed.js';
import type { Language } from '../http/language.js';
import { invalid } from '../http/problem.js';
import { pageQuery, readQuery } from '../http/read.js';
import { visibilityOf } from '../http/visibility.js';
import type { FeedDependencies } from './dependencies.js';

/** Names of event types, joined by commas. */
export const typesQuery = z
  .string()
  .regex(/^[A-Z][A-Za-z]{0,59}(,[A-Z][A-Za-z]{0,59}){0,49}$/)
  .transform((text) => text.split(','))
  .optional()
  .meta({ description: 'Only these event types, joined by commas', examples: ['SessionHeld,DisputeClosed'] });

export const feedQuery = z.strictObject({
  after: z.string().max(100).optional().meta({
    description:
      'Behind which event: `nextCursor` of a page, `cursor` of an event, or `now`. Absent: from the first event on',
  }),
  limit: pageQuery.limit,
  type: typesQuery,
  disputeId: z.guid().toLowerCase().optional(),
});

/**
 * A position that a client names. Throws `invalid-request` for one that was not handed out, or lies beyond the present
 * end: who rests there would never be told of anything. Those of former epochs stay valid.
 */
export const positionOf = async (feed: Pick<FeedStore, 'end'>, text: string, pointer: string): Promise<Cursor> => {
  const notOurs = () => invalid(pointer, '不是事件流给出的游标', 'Not a cursor of the feed');
  let cursor: Cursor;
  try {
    cursor = decodePosition(text);
  } catch {
    throw notOurs();
  }
  if (compareCursors(cursor, await feed.end()) > 0) throw notOurs();
  return cursor;
};

const start = async (feed: FeedStore, after: string | undefined): Promise<Cursor> => {
  if (after === undefined) return beginning;
  return after === 'now' ? feed.now() : positionOf(feed, after, '?after');
};

/**
 * What has been recorded in the disputes that the caller may see now, in the order in which it became visible. A page
 * examines a bounded number of events, so it may be short or empty though more follow (`more`); `nextCursor` is always
 * there and goes on behind what was examined.
 */
export const listFeed = async ({ feed }: FeedDependencies, query: unknown, by: Requester, language: Language) => {
  const { after, limit = 50, type: types, disputeId } = readQuery(feedQuery, query, language);
  const page = await feed.page({
    after: await start(feed, after),
    limit,
    visibility: visibilityOf(by),
    ...(types ? { types } : {}),
    ...(disputeId === undefined ? {} : { disputeId }),
  });
  return {
    items: page.events.map(cloudEvent),
    nextCursor: encodePosition(page.cursor),
    more: page.more,
  };
};
