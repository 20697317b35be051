import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { extensionOf } from '../../commands/package.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import { mediates, sightOf } from '../../domain/dispute/access.js';
import { neverTravels } from '../../domain/handoff/parts.js';
import { readDispute } from '../disputes/read.js';
import { Problem } from '../http/problem.js';
import { recordShown, type Reader } from '../http/reads.js';
import type { Dependencies } from '../operations/further-dependencies.js';

/**
 * May this reader open a document of this kind? Who sees the dispute sees its documents, but for auditors and
 * administrators: bytes cannot be masked. Those that belong to a mediation alone are for those who mediate.
 */
export const maySeeKind = (by: Requester, state: DisputeState, kind: string): boolean =>
  sightOf(by, state) !== 'outside' && (!neverTravels.includes(kind) || mediates(by, state));

/** Sends the bytes of a document as an attachment; 304 where the reader has them. Throws `not-found`, `forbidden`. */
export const sendDocument = async (
  deps: Dependencies,
  id: string,
  documentId: string,
  reader: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const by = reader.requester;
  const { state } = await readDispute(deps, id, by);
  const row = /^[\w-]{1,80}$/.test(documentId) ? await deps.further.document(state.id, documentId) : null;
  if (!row) throw new Problem('not-found');
  if (!maySeeKind(by, state, row.kind)) throw new Problem('forbidden');
  const etag = `"${row.sha256}"`;
  void reply.headers({ etag, 'cache-control': 'private, no-cache' });
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
    await reply.code(304).send();
    return;
  }
  const bytes = (await deps.blobs.get(row.sha256)) as Readable | null;
  // The record is there and its bytes are not: the store of bytes has lost them, or is not the right one.
  if (!bytes) throw new Problem('unavailable', { headers: { 'retry-after': '60' } });
  try {
    await recordShown(deps, reader, 'document', [state]);
  } catch (error) {
    bytes.destroy();
    throw error;
  }
  await reply
    .headers({
      'content-type': row.mediaType,
      'content-length': row.size,
      'content-disposition': `attachment; filename="${row.kind}-${row.documentId}.${extensionOf(row.mediaType)}"`,
    })
    .send(bytes);
};
