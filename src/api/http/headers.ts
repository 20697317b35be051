import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { invalid, Problem } from './problem.js';

export const etagOf = (version: number): string => `"${version}"`;

/** The version in `If-Match`; undefined where it is absent or `*`. Throws `invalid-request`. */
export const ifMatchOf = ({ headers }: Pick<FastifyRequest, 'headers'>): number | undefined => {
  const header = headers['if-match']?.trim();
  if (header === undefined || header === '*') return undefined;
  const match = /^"(\d{1,9})"$/.exec(header);
  if (!match) throw invalid('If-Match', '应为 "<版本号>"', 'Must be "<version>"');
  return Number(match[1]);
};

/** The caller's key for this command; without one, a new key. Throws `invalid-request`. */
export const idempotencyKeyOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string => {
  const header = headers['idempotency-key'];
  if (header === undefined) return randomUUID();
  const key = Array.isArray(header) ? header.join(', ') : header;
  if (key.length === 0 || key.length > 200)
    throw invalid('Idempotency-Key', '应为 1 至 200 个字符', 'Must have 1 to 200 characters');
  return key;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id out of the path, in lower case. What is no UUID names nothing: `not-found`. */
export const idOf = (text: string): string => {
  if (!uuid.test(text)) throw new Problem('not-found');
  return text.toLowerCase();
};

/** The path as asked, without its query. */
export const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string => {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};
