import { z } from 'zod';
import type { Language } from './language.js';
import { Problem, type FieldProblem } from './problem.js';

const locales = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

const escaped = (key: PropertyKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');
const pointerTo = (path: readonly PropertyKey[]): string => path.map((key) => `/${escaped(key)}`).join('');

const problemsOf = (issue: z.core.$ZodIssue, at: (path: readonly PropertyKey[]) => string): FieldProblem[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        pointer: at([...issue.path, key]),
        message: { zh: '未知字段', en: 'Unknown field' },
      }))
    : [{ pointer: at(issue.path), message: issue.message }];

/** The most errors that one answer names. */
const mostErrors = 50;

const readAs = <S extends z.ZodType>(
  schema: S,
  value: unknown,
  language: Language,
  at: (path: readonly PropertyKey[]) => string,
): z.output<S> => {
  const result = schema.safeParse(value, { error: locales[language] });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => problemsOf(issue, at)).slice(0, mostErrors);
  throw new Problem('invalid-request', { errors });
};

/** A body as its schema reads it. Throws `invalid-request` with a pointer to each error. */
export const readBody = <S extends z.ZodType>(schema: S, body: unknown, language: Language): z.output<S> =>
  readAs(schema, body === undefined ? {} : body, language, pointerTo);

// PostgreSQL holds neither U+0000 nor a lone surrogate.
// eslint-disable-next-line no-control-regex
const unstorable = /[\u0000\p{Surrogate}]/u;

const neverAbsent = new Set(['dryRun', 'confirm', 'masked', 'documents', 'values', 'recordedAt', 'occurredAt']);

/**
 * A query string as its schema reads it. In a list `?type=&region=` is the same as absent; what changes the meaning of a
 * request (`dryRun`, `confirm`, a moment) is never taken for absent. Throws `invalid-request` for an unknown or repeated
 * parameter.
 */
export const readQuery = <S extends z.ZodType>(schema: S, query: unknown, language: Language): z.output<S> => {
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(
    ([name, value]) => value !== '' || neverAbsent.has(name),
  );
  for (const [name, value] of given)
    if (unstorable.test(name) || (typeof value === 'string' && unstorable.test(value)))
      throw new Problem('invalid-request', {
        errors: [{ pointer: '?', message: { zh: '含有不允许的字符', en: 'Contains a forbidden character' } }],
      });
  return readAs(schema, Object.fromEntries(given), language, (path) => `?${path.map(String).join('.')}`);
};

/** `limit` and `cursor` of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .refine((value) => Number(value) <= 200)
    .transform(Number)
    .optional(),
  cursor: z.string().max(1000).optional(),
};

/** A page out of a list that is at hand whole; the cursor is the place in it. */
export const pageOf = <Item>(
  items: readonly Item[],
  { limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): { items: Item[]; nextCursor: string | null } => {
  const start = cursor === undefined ? 0 : readOffset(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), nextCursor: end < items.length ? offsetCursor(end) : null };
};

export const offsetCursor = (offset: number): string => Buffer.from(`o${offset}`).toString('base64url');

/** Throws `invalid-request` for a cursor that no list handed out. */
export const readOffset = (cursor: string): number => {
  const match = /^o(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) throw invalidCursor();
  return Number(match[1]);
};

export const invalidCursor = (): Problem =>
  new Problem('invalid-request', {
    errors: [{ pointer: '?cursor', message: { zh: '不是此列表给出的游标', en: 'Not a cursor of this list' } }],
  });
