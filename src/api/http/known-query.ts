import type { FastifyInstance } from 'fastify';
import type { Operation, Paths } from '../openapi/operation.js';
import { Problem } from './problem.js';

/** The same for `/v1/disputes/:id` and `/v1/disputes/{id}`. */
const patternOf = (path: string): string => path.replace(/:[^/]+|\{[^}]+\}/g, '*');

/**
 * Refuses a query parameter that the OpenAPI document does not name for a path: who asks for a dry run where there is none
 * is told so, and nothing is done. The document is asked for when the first query comes.
 */
export const refuseUnknownQuery = (fastify: FastifyInstance, documented: () => Paths): void => {
  let known: Map<string, Set<string>> | null = null;
  fastify.addHook('preValidation', (request, _, done) => {
    const given = Object.keys((request.query ?? {}) as object);
    const url = request.routeOptions.url ?? '';
    // What probes and scrapers add to their addresses is theirs.
    if (given.length === 0 || !url.startsWith('/v1/')) return done();
    known ??= namesOf(documented());
    const names = known.get(`${request.method} ${patternOf(url)}`);
    const errors = given
      .filter((name) => names && !names.has(name))
      .map((name) => ({ pointer: `?${name.slice(0, 40)}`, message: { zh: '未知参数', en: 'Unknown parameter' } }));
    if (errors.length === 0) return done();
    done(new Problem('invalid-request', { errors: errors.slice(0, 50) }));
  });
};

const namesOf = (paths: Paths): Map<string, Set<string>> =>
  new Map(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, Set<string>] => [
        `${method.toUpperCase()} ${patternOf(path)}`,
        new Set(
          ((operation['parameters'] ?? []) as Operation[])
            .filter((parameter) => parameter['in'] === 'query')
            .map((parameter) => parameter['name'] as string),
        ),
      ]),
    ),
  );
