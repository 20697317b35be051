import type { FastifyInstance } from 'fastify';
import { accountHash } from './authentication.js';

/** One line a request: method, route, status, time, request id and hashed account; nothing that a person wrote. */
export const logRequests = (fastify: FastifyInstance): void => {
  fastify.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        account: accountHash(request),
      },
      'request',
    );
    done();
  });
};
