import { Controller, Get, Inject, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AskedBy, InLanguage, type Asking, type Caller } from '../http/caller.js';
import { send } from '../http/command.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { act } from './act.js';
import { showDifference } from './diff.js';
import { disputePaths } from './openapi.js';
import { possibleActions } from './possible.js';
import { listDeadlines, listDisputes, listEvents, showDispute } from './read.js';
import { listDisputeReads } from './reads.js';
import { registerDispute } from './register.js';
import { showWorkflow } from './workflow.js';

@Controller('v1/disputes')
class DisputesController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Post()
  async register(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    send(reply, await registerDispute(this.deps, request));
  }

  @Get()
  list(@Query() query: unknown, @AskedBy() reader: Asking, @InLanguage() language: Language) {
    return listDisputes(this.deps, query, reader, language);
  }

  @Get(':id')
  async show(
    @Param('id') id: string,
    @Query() query: unknown,
    @AskedBy() reader: Asking,
    @InLanguage() language: Language,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await showDispute(this.deps, id, query, reader, language));
  }

  @Get(':id/diff')
  async diff(
    @Param('id') id: string,
    @Query() query: unknown,
    @AskedBy() reader: Asking,
    @InLanguage() language: Language,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await showDifference(this.deps, id, query, reader, language));
  }

  @Get(':id/events')
  async events(
    @Param('id') id: string,
    @Query() query: unknown,
    @AskedBy() reader: Asking,
    @InLanguage() language: Language,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await listEvents(this.deps, id, query, reader, language));
  }

  @Get(':id/reads')
  reads(
    @Param('id') id: string,
    @Query() query: unknown,
    @AskedBy() { requester }: Caller,
    @InLanguage() language: Language,
  ) {
    return listDisputeReads(this.deps, id, query, requester, language);
  }

  @Get(':id/actions')
  async possible(
    @Param('id') id: string,
    @AskedBy() { requester }: Caller,
    @InLanguage() language: Language,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await possibleActions(this.deps, id, requester, language));
  }

  @Post(':id/actions/:action')
  async act(
    @Param('id') id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await act(this.deps, id, action, request));
  }

  @Get(':id/deadlines')
  async deadlines(@Param('id') id: string, @AskedBy() { requester }: Caller, @Res() reply: FastifyReply) {
    send(reply, await listDeadlines(this.deps, id, requester));
  }

  @Get(':id/workflow')
  workflow(@Param('id') id: string, @AskedBy() { requester }: Caller) {
    return showWorkflow(this.deps, id, requester);
  }
}

@Module({ controllers: [DisputesController] })
class DisputesModule {}

/** Registering disputes, acting in them, and reading them. */
export const disputesFeature: Feature = { module: DisputesModule, paths: disputePaths };
