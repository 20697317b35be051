import 'reflect-metadata';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { features } from './features.js';
import { authenticate } from './http/authentication.js';
import { DEPENDENCIES, type ApiDependencies } from './http/dependencies.js';
import { fastifyOptions } from './http/fastify-options.js';
import { multipartLimits, readJsonBodies } from './http/json-body.js';
import { refuseUnknownQuery } from './http/known-query.js';
import { Problem } from './http/problem.js';
import { ProblemFilter } from './http/problem-filter.js';
import { logRequests } from './http/request-log.js';
import { rememberMethods } from './http/routed-methods.js';
import { docsFeature } from './openapi/docs.module.js';
import { allPaths } from './openapi/document.js';

@Module({})
class ApiModule {
  static of(deps: ApiDependencies): DynamicModule {
    const served = [...features, docsFeature].filter(({ only }) => !only || only === deps.config.mode);
    return {
      module: ApiModule,
      global: true,
      imports: served.map(({ module }) => module),
      providers: [{ provide: DEPENDENCIES, useValue: deps }],
      exports: [DEPENDENCIES],
    };
  }
}

/** The HTTP API over what it is given, ready to listen or to be asked by `inject`. The caller closes it. */
export const createApi = async (deps: ApiDependencies): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter(fastifyOptions(deps) as object);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(deps), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  readJsonBodies(fastify);
  const methodsOf = rememberMethods(fastify);
  authenticate(fastify, deps);
  refuseUnknownQuery(fastify, allPaths);
  if (deps.log) logRequests(fastify);
  // A policy for scripts says something only on pages: /docs has its own.
  await app.register(helmet, { global: true, contentSecurityPolicy: false });
  await app.register(multipart, { limits: multipartLimits });
  await app.register(rateLimit, {
    global: true,
    max: deps.config.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller, ip }) => (caller === null ? ip : `${caller.issuer}\n${caller.requester.account}`),
    errorResponseBuilder: (_, { ttl }) =>
      new Problem('too-many-requests', { headers: { 'retry-after': String(Math.ceil(ttl / 1000)) } }),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
  app.useGlobalFilters(new ProblemFilter(methodsOf));
  await app.init();
  await fastify.ready();
  return app;
};
