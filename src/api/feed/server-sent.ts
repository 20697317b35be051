import { cloudEvent } from '../../feed/cloud-event.js';
import { encodePosition } from '../../feed/cursor.js';
import type { Cursor } from '../../store/contract.js';
import type { FeedEvent, TailEvent } from '../../store/feed.js';

/** An event of the log, and how it is said: made once, however many streams say it. */
export interface Spoken {
  event: TailEvent;
  text(): string;
}

export const spoken = (event: TailEvent): Spoken => {
  let text: string | null = null;
  return { event, text: () => (text ??= said(event)) };
};

/** One message, its id the place to resume from. JSON has no line breaks outside its strings, and escapes those in them. */
export const said = (event: FeedEvent): string =>
  `id: ${encodePosition(event.cursor)}\ndata: ${JSON.stringify(cloudEvent(event))}\n\n`;

/** How a stream begins: milliseconds after which a client that lost it comes back. */
export const greeting = (cursor: Cursor): string => `retry: 2000\n: accord\nid: ${encodePosition(cursor)}\n\n`;

/** A sign of life. It shows no message, but moves the place to resume from past what the client may not see. */
export const heartbeat = (cursor: Cursor): string => `: heartbeat\nid: ${encodePosition(cursor)}\n\n`;

export type EndReason = 'shutdown' | 'token-expired' | 'no-longer-visible';

export const farewell = (reason: EndReason): string => `event: end\ndata: {"reason":"${reason}"}\n\n`;
