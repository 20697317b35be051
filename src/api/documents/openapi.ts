import {
  commandHeaders,
  inPath,
  jsonSchemaOf,
  operation,
  problems,
  type JsonSchema,
  type Paths,
} from '../openapi/operation.js';
import { uploadFields } from './upload.js';

const { properties: fields } = jsonSchemaOf(uploadFields) as { properties: Record<string, JsonSchema> };

const form: JsonSchema = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary', description: 'Up to 50 MiB' }, ...fields },
};

const document: JsonSchema = {
  type: 'object',
  required: ['documentId', 'sha256', 'size', 'mediaType', 'kind'],
  properties: {
    documentId: { type: 'string', format: 'uuid' },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    size: { type: 'integer', description: 'Bytes' },
    mediaType: { type: 'string' },
    kind: { type: 'string' },
  },
};

const id = inPath('id', 'Dispute', { type: 'string', format: 'uuid' });

export const documentPaths: Paths = {
  '/v1/disputes/{id}/documents': {
    post: operation({
      id: 'addDocument',
      tag: 'documents',
      summary: '上传文书',
      description:
        'One file. Documents of kind `compromise-admission`, `mediation-minutes` and `internal` never travel in a handoff, and are shown to the dispute’s mediators and advisers only.',
      parameters: [id, ...commandHeaders],
      body: form,
      bodyMediaType: 'multipart/form-data',
      answers: {
        201: {
          description: 'The document',
          schema: document,
          headers: {
            Location: 'Where its bytes are',
            ETag: 'Version of the dispute',
            'Idempotent-Replayed': '`true` for a repeated command',
          },
        },
      },
      problems: problems(
        'invalid-request',
        'not-found',
        'not-your-role',
        'not-your-region',
        'unknown-procedure',
        'version-conflict',
        'idempotency-key-reused',
        'too-large',
        'unsupported-media-type',
      ),
    }),
  },
  '/v1/disputes/{id}/documents/{documentId}': {
    get: operation({
      id: 'getDocument',
      tag: 'documents',
      summary: '下载文书',
      parameters: [id, inPath('documentId', 'Document')],
      answers: {
        200: {
          description: 'The bytes, as an attachment',
          mediaType: 'application/octet-stream',
          schema: { type: 'string', format: 'binary' },
          headers: { ETag: 'SHA-256 of the bytes' },
        },
        304: { description: 'The reader has these bytes' },
      },
      problems: problems('not-found', 'forbidden'),
    }),
  },
};
