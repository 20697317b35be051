import type { Refusal } from '../../domain/dispute/refusal.js';
import { contentLanguage, type Bilingual, type Language } from './language.js';
import { problemCodes, problemType, type ProblemCode } from './problem-codes.js';

export interface FieldProblem {
  /** JSON pointer into the body, or `?name` of a query parameter, or a header's name. */
  pointer: string;
  message: string | Bilingual;
}

export interface ProblemMore {
  /** What is special about this occurrence; codes and dates only, never a person's words. */
  detail?: Bilingual;
  basis?: Refusal['basis'];
  alternatives?: Refusal['alternatives'];
  errors?: FieldProblem[];
  headers?: Record<string, string>;
  /** Further members, such as `since` of a version conflict. */
  members?: Record<string, unknown>;
}

/** Thrown anywhere in the API to answer with a problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: ProblemCode,
    readonly more: ProblemMore = {},
  ) {
    super(code);
  }
}

/** A domain refusal as a problem. */
export const refused = (refusal: Refusal): Problem => {
  const { code, detail, basis, alternatives, pointer, on } = refusal;
  const { zh, en } = problemCodes[code];
  return new Problem(code, {
    ...(detail ? { detail } : {}),
    ...(basis ? { basis } : {}),
    ...(alternatives ? { alternatives } : {}),
    ...(pointer === undefined ? {} : { errors: [{ pointer, message: detail ?? { zh, en } }] }),
    ...(on === undefined ? {} : { members: { on } }),
  });
};

export const invalid = (pointer: string, zh: string, en: string): Problem =>
  new Problem('invalid-request', { errors: [{ pointer, message: { zh, en } }] });

export interface RenderedProblem {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

const said = (text: string | Bilingual, language: Language): string =>
  typeof text === 'string' ? text : text[language];

/** The problem document in the reader's language; `instance` is the request's path. */
export const renderProblem = (problem: Problem, language: Language, instance: string): RenderedProblem => {
  const { code, more } = problem;
  const { status, ...title } = problemCodes[code];
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': contentLanguage(language),
      vary: 'Accept-Language',
      'cache-control': 'no-store',
      ...more.headers,
    },
    body: {
      type: problemType(code),
      title: title[language],
      status,
      detail: said(more.detail ?? detailOf(more.errors) ?? title, language),
      instance,
      code,
      ...(more.basis ? { basis: more.basis } : {}),
      ...(more.alternatives
        ? {
            alternatives: more.alternatives.map(({ note, ...rest }) => ({
              ...rest,
              ...(note ? { note: note[language] } : {}),
            })),
          }
        : {}),
      ...(more.errors
        ? {
            errors: more.errors.map(({ pointer, message }) => ({
              pointer,
              message: said(message, language),
            })),
          }
        : {}),
      ...more.members,
    },
  };
};

const detailOf = (errors: FieldProblem[] | undefined): string | Bilingual | undefined => {
  const [first] = errors ?? [];
  if (!first) return undefined;
  const { pointer, message } = first;
  if (pointer === '') return message;
  return typeof message === 'string'
    ? `${pointer}: ${message}`
    : { zh: `${pointer}：${message.zh}`, en: `${pointer}: ${message.en}` };
};
