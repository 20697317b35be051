import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** Bytes a JSON body may have. */
export const maxBody = 1024 * 1024;

/** Levels a JSON body may be nested. */
const maxDepth = 32;

const malformed = (zh: string, en: string): Problem =>
  new Problem('invalid-request', { errors: [{ pointer: '', message: { zh, en } }] });

// eslint-disable-next-line no-control-regex
const unstorable = /[\u0000\p{Surrogate}]/u;

const checkText = (text: string): void => {
  if (unstorable.test(text)) throw malformed('含有 U+0000 或不完整的字符', 'Contains U+0000 or half a character');
};

/** What JSON allows and a record cannot hold: U+0000, half a surrogate pair, `__proto__`, endless nesting. */
const check = (value: unknown, depth: number): void => {
  if (typeof value === 'string') return checkText(value);
  if (typeof value !== 'object' || value === null) return;
  if (depth === maxDepth) throw malformed('嵌套过深', 'Nested too deeply');
  if (Array.isArray(value)) {
    for (const item of value) check(item, depth + 1);
    return;
  }
  for (const key of Object.keys(value)) {
    checkText(key);
    if (key === '__proto__') throw malformed('未知字段 __proto__', 'Unknown field __proto__');
    check((value as Record<string, unknown>)[key], depth + 1);
  }
};

/** The JSON value in these bytes. Throws `invalid-request`. */
export const parseJson = (bytes: Buffer): unknown => {
  if (!isUtf8(bytes)) throw malformed('不是 UTF-8 编码', 'Not encoded in UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw malformed('不是有效的 JSON', 'Not valid JSON');
  }
  check(value, 0);
  return value;
};

/** Files come one at a time. */
export const maxFile = 50 * 1024 * 1024;

/** To be registered after `readJsonBodies`: what the multipart plugin may take. */
export const multipartLimits = { fileSize: maxFile, files: 1, fields: 10, fieldSize: 4_096, parts: 12 };

/** Reads `application/json` and keeps its bytes for the fingerprint; every other type is 415, unless a plugin takes it. */
export const readJsonBodies = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', (request, _, done) => {
    const multipart = /^multipart\//i.test(request.headers['content-type'] ?? '');
    const takes = request.is404 || !multipart || request.routeOptions.config.multipart === true;
    done(takes ? undefined : new Problem('unsupported-media-type'));
  });
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: maxBody }, (request, body, done) => {
    const bytes = body as Buffer;
    request.rawBody = bytes;
    try {
      done(null, bytes.length === 0 ? undefined : parseJson(bytes));
    } catch (error) {
      done(error as Error);
    }
  });
};
