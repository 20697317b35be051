import { Controller, Get, Header, Inject, Module, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import { Problem } from '../http/problem.js';
import type { Dependencies } from './further-dependencies.js';
import { readiness } from './health.js';
import { operationPaths } from './openapi.js';

/** For probes and scrapers: without a token, and never told to wait. */
const ForMachines = () => RouteConfig({ public: true, rateLimit: false });

@Controller()
class OperationsController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @ForMachines()
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'live' };
  }

  @ForMachines()
  @Get('health/ready')
  @Header('cache-control', 'no-store')
  ready() {
    return readiness(this.deps);
  }

  @ForMachines()
  @Get('v1/keys')
  keys() {
    return {
      keys: this.deps.keys.all.map(({ kid, jwk, pem, endorsement }) => ({
        kid,
        ...jwk,
        alg: 'EdDSA',
        use: 'sig',
        pem,
        endorsement,
      })),
    };
  }

  @ForMachines()
  @Get('metrics')
  async metrics(@Res() reply: FastifyReply) {
    const { metrics } = this.deps;
    if (!metrics) throw new Problem('not-found');
    await reply.header('content-type', metrics.contentType).send(await metrics.read());
  }
}

@Module({ controllers: [OperationsController] })
class OperationsModule {
  constructor(@Inject(DEPENDENCIES) { metrics }: Dependencies, @Inject(HttpAdapterHost) host: HttpAdapterHost) {
    if (!metrics) return;
    const fastify = host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onResponse', (request, reply, done) => {
      metrics.requested(request.method, request.routeOptions.url ?? null, reply.statusCode, reply.elapsedTime);
      done();
    });
  }
}

/** Health, metrics and public keys. */
export const operationsFeature: Feature = { module: OperationsModule, paths: operationPaths };
