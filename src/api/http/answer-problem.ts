import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UnknownEvent } from '../../domain/dispute/upcast.js';
import { StoreUnavailable, TooLarge, UnstorableText } from '../../store/contract.js';
import { InvalidCursor } from '../../store/read-models/page.js';
import { pathOf } from './headers.js';
import { languageOf } from './language.js';
import { invalid, Problem, renderProblem } from './problem.js';
import { invalidCursor } from './read.js';

/** Seconds after which a client may try again when something it depends on is away. */
const retryAfter = '5';

const unavailable = (): Problem => new Problem('unavailable', { headers: { 'retry-after': retryAfter } });

const ofFastify: Readonly<Record<string, () => Problem>> = {
  FST_ERR_BAD_URL: () => invalid('', 'URL 编码不正确', 'The URL is not properly encoded'),
  FST_ERR_MAX_PARAM_LENGTH: () => new Problem('not-found'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem('too-large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new Problem('unsupported-media-type'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => invalid('', '内容长度不符', 'Content-Length does not match'),
  FST_REQ_FILE_TOO_LARGE: () => new Problem('too-large'),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () => new Problem('unsupported-media-type'),
  ECONNRESET: () => invalid('', '请求中断', 'The request was cut off'),
};

/** Any error as the problem that the caller is told; null for one that nobody foresaw. */
const foreseen = (error: unknown): Problem | null => {
  if (error instanceof Problem) return error;
  // A newer program wrote it: while versions are being replaced, another process may well know it.
  if (error instanceof StoreUnavailable || error instanceof UnknownEvent) return unavailable();
  if (error instanceof InvalidCursor) return invalidCursor();
  if (error instanceof TooLarge) return new Problem('too-large');
  if (error instanceof UnstorableText) return invalid('', '含有不允许的字符', 'Contains a forbidden character');
  const { code, statusCode, status } = (error ?? {}) as Record<string, unknown>;
  const known = typeof code === 'string' && Object.hasOwn(ofFastify, code) ? ofFastify[code]! : undefined;
  if (known) return known();
  switch (statusCode ?? status) {
    case 400:
      return new Problem('invalid-request');
    case 404:
      return new Problem('not-found');
    case 413:
      return new Problem('too-large');
    case 415:
      return new Problem('unsupported-media-type');
    case 503:
      return unavailable();
    default:
      return null;
  }
};

/**
 * Answers any error with a problem document. One that nobody foresaw is logged under an id, without its message (which
 * may quote a value), and answered as `unavailable`: to the client it is just that, and it may well pass.
 */
export const answerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  let problem = foreseen(error);
  if (error instanceof UnknownEvent) {
    const { stream, version, type, schemaVersion } = error;
    request.log.error({ stream, version, type, schemaVersion }, 'event of a newer program');
  }
  if (!problem) {
    const errorId = randomUUID();
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
    const frames = stack?.split('\n').filter((line) => line.startsWith('    at '));
    request.log.error({ errorId, error: name, frames }, 'unforeseen');
    problem = new Problem('unavailable', {
      headers: { 'retry-after': retryAfter },
      members: { errorId },
    });
  }
  const { status, headers, body } = renderProblem(problem, languageOf(request), pathOf(request));
  void reply.code(status).headers(headers).send(JSON.stringify(body));
};
