import { createHmac } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Command } from '../../commands/contract.js';
import { disputeIdOf } from '../../commands/identity.js';
import { TooLarge, type BlobStore } from '../../store/contract.js';
import { commandOf, doneOr, replayHeader, type Answer, type Done } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagOf, idOf, ifMatchOf } from '../http/headers.js';
import { maxFile } from '../http/json-body.js';
import { languageOf } from '../http/language.js';
import { invalid, Problem } from '../http/problem.js';
import { readBody } from '../http/read.js';
import { occurred, word } from '../schemas/from-fields.js';

/** The fields beside the file. */
export const uploadFields = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    .max(40)
    .default('evidence')
    .meta({ description: 'Kind of document, in kebab-case' }),
  procedureId: word(40).optional(),
  occurredAt: occurred.optional().meta({ ...occurred.meta(), description: 'When it was handed in; default: now' }),
});
type UploadFields = z.output<typeof uploadFields>;

interface Upload {
  fields: Record<string, unknown>;
  file: { sha256: string; size: number; mediaType: string; name: string | null };
}

/** Room for the fields and the boundaries around a file of the largest size. */
const envelope = 64 * 1024;

const tooLarge = (): Problem => new Problem('too-large', { headers: { connection: 'close' } });

/**
 * Stores a document's bytes and records it in the dispute: 201. Asked before the first byte is read: whether the
 * caller may. Above 50 MiB it is 413, and nothing is kept.
 */
export const uploadDocument = async (deps: ApiDependencies, id: string, request: FastifyRequest): Promise<Answer> => {
  const disputeId = idOf(id);
  const ifMatch = ifMatchOf(request);
  const identity = commandOf(deps, request);
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  if (Number(request.headers['content-length'] ?? 0) > maxFile + envelope) throw tooLarge();
  // The same command has always the same document.
  const documentId = disputeIdOf(`document ${identity.commandId}`);
  const command = (file: Upload['file'], fields: UploadFields): Command => {
    const { kind, procedureId, occurredAt } = fields;
    const { sha256, size, mediaType, name } = file;
    const fingerprint = createHmac('sha256', deps.config.fingerprintSecret)
      .update(JSON.stringify([kind, procedureId ?? null, occurredAt ?? null, sha256, size]))
      .digest('hex');
    const body = { documentId, kind, sha256, size, mediaType, ...(name === null ? {} : { name }) };
    return { ...identity, fingerprint, disputeId, action: 'add-document', body, procedureId, occurredAt };
  };
  const none = { sha256: '0'.repeat(64), size: 0, mediaType: unknownType, name: null };
  doneOr(await deps.commands.run({ ...command(none, { kind: 'evidence' }), dryRun: true }));

  const { fields: given, file } = await receive(request, deps.blobs);
  const fields = readBody(uploadFields, given, languageOf(request));
  const { kind } = fields;
  const { sha256, size, mediaType } = file;
  const row = { documentId, disputeId, sha256, size, mediaType, kind, nameRef: null, uploadedAt: deps.commands.now() };
  const result = await deps.commands.run({ ...command(file, fields), ifMatch }, [row]);
  const done = doneOr(result, ifMatch);
  return {
    status: 201,
    headers: {
      location: `/v1/disputes/${disputeId}/documents/${documentId}`,
      etag: etagOf(done.state.version),
      ...replayHeader(done),
    },
    body: documentIn(done),
  };
};

const documentIn = ({ events }: Done) => {
  const { documentId, sha256, size, mediaType, kind } = events.find(({ type }) => type === 'DocumentAdded')!.data;
  return { documentId, sha256, size, mediaType, kind };
};

const malformed = (): Problem => invalid('', '不是完整的 multipart/form-data', 'Not a complete multipart/form-data');

/** The form's parts in whatever order: the file goes to the store as it comes. Throws `invalid-request`, TooLarge. */
const receive = async (request: FastifyRequest, blobs: BlobStore): Promise<Upload> => {
  const fields: Record<string, unknown> = {};
  let file: Upload['file'] | null = null;
  const parts = request.parts({ throwFileSizeLimit: false } as object)[Symbol.asyncIterator]();
  for (;;) {
    const next = await parts.next().catch(() => {
      throw malformed();
    });
    if (next.done) break;
    const part = next.value;
    const pointer = `/${part.fieldname.slice(0, 40)}`;
    if (part.type === 'field') {
      if (Object.hasOwn(fields, part.fieldname)) throw invalid(pointer, '重复的字段', 'Given twice');
      if (part.valueTruncated) throw invalid(pointer, '过长', 'Too long');
      fields[part.fieldname] = part.value;
    } else {
      if (part.fieldname !== 'file' || file) throw invalid(pointer, '未知字段', 'Unknown field');
      const stored = await blobs.put(bytesOf(part), maxFile);
      file = { ...stored, mediaType: mediaTypeOf(part.mimetype), name: nameOf(part.filename) };
    }
  }
  if (!file) throw invalid('/file', '缺少文件', 'The file is missing');
  return { fields, file };
};

/** The bytes of a file part. Cut off by the parser at the limit, or by the client, they are no file. */
async function* bytesOf({ file }: MultipartFile): AsyncGenerator<Uint8Array> {
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const chunk = await chunks.next().catch(() => {
        throw malformed();
      });
      if (chunk.done) break;
      yield chunk.value;
    }
  } finally {
    // Nobody reads on: the parser must not wait for it.
    if (!file.readableEnded) file.destroy();
  }
  if (file.truncated) throw new TooLarge(`More than ${maxFile} bytes.`);
}

const unknownType = 'application/octet-stream';

/** As the client says, if it is a media type at all: it is only ever sent back as an attachment. */
const mediaTypeOf = (given: string): string => {
  const type = given.split(';')[0]!.trim().toLowerCase();
  return /^[a-z0-9][\w.+-]{0,58}\/[a-z0-9][\w.+-]{0,58}$/.test(type) ? type : unknownType;
};

/** The last segment of what the client calls the file, without what no file name holds. */
const nameOf = (given: string | undefined): string | null => {
  const segment = (given ?? '').split(/[/\\]/).at(-1)!;
  // eslint-disable-next-line no-control-regex
  const name = segment.replace(/[\u0000-\u001f\u007f\p{Surrogate}]/gu, '').trim();
  return name === '' ? null : [...name].slice(0, 200).join('');
};
