import { Controller, Get, Inject, Module, Param, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { createHub, type Hub } from './hub.js';
import { listFeed } from './list-events.js';
import { openStream } from './open-stream.js';
import { feedPaths } from './openapi.js';

const HUB = Symbol('Hub');

@Controller('v1')
class FeedController {
  constructor(
    @Inject(DEPENDENCIES) private readonly deps: Dependencies,
    @Inject(HUB) private readonly hub: Hub,
  ) {}

  @Get('events')
  list(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return listFeed(this.deps, query, requester, language);
  }

  @Get('events/stream')
  async stream(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await openStream(this.deps, this.hub, request, reply);
  }

  @Get('disputes/:id/events/stream')
  async ofDispute(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await openStream(this.deps, this.hub, request, reply, id);
  }
}

const hub = {
  provide: HUB,
  inject: [DEPENDENCIES],
  useFactory: ({ feed, streams }: Dependencies): Hub => createHub(feed, streams),
};

@Module({ controllers: [FeedController], providers: [hub] })
class FeedModule implements OnModuleDestroy {
  constructor(@Inject(HUB) private readonly hub: Hub) {}

  /** Before the server closes, which waits for every answer under way. */
  onModuleDestroy(): Promise<void> {
    return this.hub.close();
  }
}

/** What other systems and live views follow along by. */
export const feedFeature: Feature = { module: FeedModule, paths: feedPaths };
