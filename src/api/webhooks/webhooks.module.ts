import { Body, Controller, Delete, Get, HttpCode, Inject, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { send } from '../http/command.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { webhookPaths } from './openapi.js';
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  replayWebhook,
  rotateSecret,
  setWebhookStatus,
  showWebhook,
} from './webhooks.js';

@Controller('v1/webhooks')
class WebhooksController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    send(reply, await createWebhook(this.deps, request));
  }

  @Get()
  list(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return listWebhooks(this.deps, query, requester, language);
  }

  @Get(':id')
  show(@Param('id') id: string, @AskedBy() { requester }: Caller) {
    return showWebhook(this.deps, id, requester);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param('id') id: string, @AskedBy() { requester }: Caller) {
    await deleteWebhook(this.deps, id, requester);
  }

  @Post(':id/pause')
  @HttpCode(200)
  pause(@Param('id') id: string, @AskedBy() { requester }: Caller) {
    return setWebhookStatus(this.deps, id, 'paused', requester);
  }

  @Post(':id/resume')
  @HttpCode(200)
  resume(@Param('id') id: string, @AskedBy() { requester }: Caller) {
    return setWebhookStatus(this.deps, id, 'active', requester);
  }

  @Post(':id/replay')
  @HttpCode(200)
  replay(
    @Param('id') id: string,
    @Body() body: unknown,
    @AskedBy() { requester }: Caller,
    @InLanguage() language: Language,
  ) {
    return replayWebhook(this.deps, id, body, requester, language);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  rotate(@Param('id') id: string, @AskedBy() { requester }: Caller) {
    return rotateSecret(this.deps, id, requester);
  }
}

@Module({ controllers: [WebhooksController] })
class WebhooksModule {}

/** Signed webhooks: who is told of events, and how that goes. */
export const webhooksFeature: Feature = { module: WebhooksModule, paths: webhookPaths };
