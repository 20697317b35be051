import { mostExamined } from '../../store/feed.js';
import {
  inPath,
  inQuery,
  operation,
  problems,
  type JsonSchema,
  type Operation,
  type Paths,
} from '../openapi/operation.js';
import { eventRef } from '../openapi/schemas.js';
import { feedQuery } from './list-events.js';
import { streamQuery } from './open-stream.js';

/** An event as other systems are told of it. */
export const cloudEventSchema: JsonSchema = {
  type: 'object',
  description: 'CloudEvents 1.0 in JSON',
  required: [
    'specversion',
    'id',
    'source',
    'type',
    'subject',
    'time',
    'datacontenttype',
    'dataschema',
    'sequence',
    'cursor',
    'data',
  ],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', description: 'Id of the event: the same each time it is delivered' },
    source: { type: 'string', description: 'Path of the dispute in this API' },
    type: { type: 'string', description: 'As in the stream, such as `SessionHeld`' },
    subject: { type: 'string', description: 'Id of the dispute' },
    time: { type: 'string', format: 'date-time', description: 'When it was recorded' },
    datacontenttype: { const: 'application/json' },
    dataschema: { type: 'string' },
    sequence: { type: 'string', description: 'Version within its dispute, in ten digits' },
    cursor: { type: 'string', description: 'The place behind this event: `after`, `Last-Event-ID` and `from` take it' },
    data: eventRef,
  },
};

const lastEventId: Operation = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'As clients of server-sent events send it when they come back: goes on behind that event',
  schema: { type: 'string' },
};

const live = {
  200: {
    description:
      'Server-sent events: `data` is a CloudEvent, `id` the place to resume from. A comment every 15 s shows life; ' +
      'before the stream is ended by the server it says `event: end` and why.',
    mediaType: 'text/event-stream',
    schema: { type: 'string' },
  },
};

export const feedPaths: Paths = {
  '/v1/events': {
    get: operation({
      id: 'listFeed',
      tag: 'feed',
      summary: '事件总线 · events of all disputes that the caller may see, in one order without gaps',
      description:
        `A page examines at most ${mostExamined} events, and shows those the caller may see now. It may be short or empty ` +
        'though `more` is true; `nextCursor` is always there, goes on behind what was examined, and stays valid for ever.',
      parameters: inQuery(feedQuery),
      answers: {
        200: {
          description: 'A page',
          schema: {
            type: 'object',
            required: ['items', 'nextCursor', 'more'],
            properties: {
              items: { type: 'array', items: cloudEventSchema },
              nextCursor: { type: 'string' },
              more: { type: 'boolean', description: 'False: the end, for now' },
            },
          },
        },
      },
      problems: problems('invalid-request'),
    }),
  },
  '/v1/events/stream': {
    get: operation({
      id: 'streamFeed',
      tag: 'feed',
      summary: '实时事件 · events as they are recorded',
      parameters: [lastEventId, ...inQuery(streamQuery)],
      answers: live,
      problems: problems('invalid-request', 'not-acceptable'),
    }),
  },
  '/v1/disputes/{id}/events/stream': {
    get: operation({
      id: 'streamEvents',
      tag: 'feed',
      summary: '案件实时事件 · events of one dispute as they are recorded',
      parameters: [
        inPath('id', 'Id of the dispute', { type: 'string', format: 'uuid' }),
        lastEventId,
        ...inQuery(streamQuery),
      ],
      answers: live,
      problems: problems('invalid-request', 'not-acceptable', 'not-found', 'forbidden'),
    }),
  },
};
