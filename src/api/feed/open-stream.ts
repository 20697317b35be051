import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiDependencies } from '../http/dependencies.js';
import { languageOf } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { readQuery } from '../http/read.js';
import { visibilityOf } from '../http/visibility.js';
import { readDispute } from '../disputes/read.js';
import type { FeedDependencies } from './dependencies.js';
import type { Hub } from './hub.js';
import { positionOf, typesQuery } from './list-events.js';

export const streamQuery = z.strictObject({
  after: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Where to begin, for clients that cannot send `Last-Event-ID`. Absent: now' }),
  type: typesQuery,
});

const mediaType = 'text/event-stream';

/** Whether an `Accept` header admits the stream; none admits everything. */
const isAccepted = (accept: string | undefined): boolean =>
  accept === undefined || /(^|[\s,])(text\/event-stream|text\/\*|\*\/\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accept);

const headers = {
  'content-type': `${mediaType}; charset=utf-8`,
  'cache-control': 'no-store, no-transform',
  // Proxies that buffer would hold back what is live.
  'x-accel-buffering': 'no',
  connection: 'close',
};

/** Where a client has left off: `Last-Event-ID` where it comes back, else `?after=`. */
const startOf = async ({ feed }: FeedDependencies, request: FastifyRequest, after: string | undefined) => {
  const last = request.headers['last-event-id'];
  if (typeof last === 'string' && last !== '') return positionOf(feed, last, 'Last-Event-ID');
  return after === undefined || after === 'now' ? null : positionOf(feed, after, '?after');
};

/** Answers with a live stream of what the caller may see: of one dispute, or of all. */
export const openStream = async (
  deps: ApiDependencies & FeedDependencies,
  hub: Hub,
  request: FastifyRequest,
  reply: FastifyReply,
  disputeId?: string,
): Promise<void> => {
  const { requester, issuer, expiresAt } = request.caller!;
  const { after, type: types } = readQuery(streamQuery, request.query, languageOf(request));
  if (!isAccepted(request.headers.accept)) throw new Problem('not-acceptable');
  const from = await startOf(deps, request, after);
  const id = disputeId === undefined ? undefined : (await readDispute(deps, disputeId, requester)).state.id;
  if (request.method === 'HEAD') return void reply.headers(headers).send();
  const stream = await hub.open({
    account: `${issuer}\n${requester.account}`,
    visibility: visibilityOf(requester),
    types,
    disputeId: id,
    after: from,
    expiresAt: expiresAt ?? null,
  });
  void reply.headers(headers).send(stream);
};
