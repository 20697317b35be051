import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Identity } from '../identity/identity.js';
import { Problem } from './problem.js';

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i;

/**
 * Finds out who calls, before anything is read of the body. A route that is not `@Public()` needs a token; on a public
 * one a token is neither needed nor read.
 */
export const authenticate = (
  fastify: FastifyInstance,
  { identity, noteBody }: { identity: Identity; noteBody?: (organisation: string) => Promise<void> },
): void => {
  const noted = new Set<string>();
  const note = (organisation: string) => {
    if (noted.has(organisation) || !noteBody) return;
    noted.add(organisation);
    // Told again at the next request if it could not be noted.
    noteBody(organisation).catch(() => noted.delete(organisation));
  };
  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('rawBody', null);
  fastify.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.public) return;
    const token = tokenOf(request);
    if (token === undefined) throw new Problem('not-authenticated', { headers: { 'www-authenticate': 'Bearer' } });
    request.caller = await identity.verify(token);
    const { organisation, roles } = request.caller.requester;
    if (organisation !== null && roles.some((role) => role !== 'party')) note(organisation);
  });
};

const tokenOf = ({ headers }: FastifyRequest): string | undefined =>
  headers.authorization === undefined ? undefined : bearer.exec(headers.authorization)?.[1];

/** The account as a log may show it: the same for the same account, and nobody's name. */
export const accountHash = ({ caller }: FastifyRequest): string | null =>
  caller === null
    ? null
    : createHash('sha256').update(`${caller.issuer}\n${caller.requester.account}`).digest('hex').slice(0, 16);
