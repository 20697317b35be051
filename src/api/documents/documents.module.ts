import { Controller, Get, Inject, Module, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AskedBy, Multipart, type Asking } from '../http/caller.js';
import { send } from '../http/command.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { sendDocument } from './download.js';
import { documentPaths } from './openapi.js';
import { uploadDocument } from './upload.js';

@Controller('v1/disputes/:id/documents')
class DocumentsController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @Multipart()
  @Post()
  async upload(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    send(reply, await uploadDocument(this.deps, id, request));
  }

  @Get(':documentId')
  async download(
    @Param('id') id: string,
    @Param('documentId') documentId: string,
    @AskedBy() reader: Asking,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await sendDocument(this.deps, id, documentId, reader, request, reply);
  }
}

@Module({ controllers: [DocumentsController] })
class DocumentsModule {}

/** Documents of a dispute: bytes in, bytes out. */
export const documentsFeature: Feature = { module: DocumentsModule, paths: documentPaths };
