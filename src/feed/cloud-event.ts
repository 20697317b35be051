import type { FeedEvent } from '../store/feed.js';
import type { RecordedEvent } from '../store/contract.js';
import { encodePosition } from './cursor.js';

/** An event as other systems are told of it: CloudEvents 1.0, JSON, structured. */
export interface CloudEvent {
  specversion: '1.0';
  /** The event's id: the same however often it is delivered. */
  id: string;
  /** The dispute's address in this API. */
  source: string;
  /** The event's type, such as `SessionHeld`. */
  type: string;
  /** The dispute's id. */
  subject: string;
  /** When it was recorded: what it says of the past stands in `data.occurredAt`, which may be a civil date. */
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  /** The event's version in its dispute, ten digits: CloudEvents' extension for the order within one source. */
  sequence: string;
  /** The feed behind this event: resume from here. */
  cursor: string;
  /** As `GET /v1/disputes/{id}/events` shows it: personal data and free text are references. */
  data: Omit<RecordedEvent, 'stream'>;
}

export const cloudEvent = ({ disputeId, cursor, stream: _stream, ...data }: FeedEvent): CloudEvent => ({
  specversion: '1.0',
  id: data.eventId,
  source: `/v1/disputes/${disputeId}`,
  type: data.type,
  subject: disputeId,
  time: data.recordedAt,
  datacontenttype: 'application/json',
  dataschema: `urn:accord:event:${data.type}:${data.schemaVersion}`,
  sequence: String(data.version).padStart(10, '0'),
  cursor: encodePosition(cursor),
  data,
});
