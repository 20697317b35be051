import { Controller, Get, HttpCode, Inject, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { buildPackage } from '../../commands/package.js';
import { AskedBy, InLanguage, type Asking } from '../http/caller.js';
import { send } from '../http/command.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { recordShownIn } from '../http/reads.js';
import { sendZip } from '../http/send-zip.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { answerHandoff } from './answer.js';
import { handoffPaths } from './openapi.js';
import { listHandoffs, mayOpenPackage, readHandoff, showHandoff } from './read.js';

const sendPackage = async (deps: Dependencies, id: string, reader: Asking, reply: FastifyReply) => {
  const { requester } = reader;
  const { read, handoff } = await readHandoff(deps, id, requester);
  if (!mayOpenPackage(requester, read.state, handoff)) throw new Problem('not-your-organisation');
  const built = await buildPackage(deps, read.state.id, id);
  if (!built) throw new Problem('not-found');
  await sendZip(reply, built, () => recordShownIn(deps, reader, 'package', [read.state.id]));
};

@Controller('v1/handoffs')
class HandoffsController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @Get()
  list(@Query() query: unknown, @AskedBy() reader: Asking, @InLanguage() language: Language) {
    return listHandoffs(this.deps, query, reader, language);
  }

  @Get(':id')
  async show(@Param('id') id: string, @AskedBy() reader: Asking, @Res() reply: FastifyReply) {
    send(reply, await showHandoff(this.deps, id, reader));
  }

  @Get(':id/package')
  async package(@Param('id') id: string, @AskedBy() reader: Asking, @Res() reply: FastifyReply) {
    await sendPackage(this.deps, id, reader, reply);
  }

  @Post(':id/accept')
  @HttpCode(200)
  async accept(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    send(reply, await answerHandoff(this.deps, id, 'accept', request));
  }

  @Post(':id/return')
  @HttpCode(200)
  async return(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    send(reply, await answerHandoff(this.deps, id, 'return', request));
  }
}

@Module({ controllers: [HandoffsController] })
class HandoffsModule {}

/** Handoffs to courts and other bodies: inbox, package, receipt and return. */
export const handoffsFeature: Feature = { module: HandoffsModule, paths: handoffPaths };
