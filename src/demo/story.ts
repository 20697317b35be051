import type { RefusalCode } from '../domain/dispute/refusal.js';
import type { Role } from '../domain/dispute/context.js';

/** Somebody of the story, as the local sign-in takes them. */
export interface CastMember {
  userId: string;
  name: string;
  roles: readonly Role[];
  organisation: string | null;
  region: string | null;
}

/** A paper of the story: a heading and its lines, out of which the demonstration makes a file. */
export interface Paper {
  /** What steps call it by, as `@<key>`. */
  key: string;
  kind: string;
  fileName: string;
  heading: string;
  lines: readonly string[];
}

/** What is done in a step. A string `@<key>` anywhere in a body stands for the id of the paper uploaded under that key. */
export type Deed =
  | { register: Readonly<Record<string, unknown>> }
  | { action: string; body?: Readonly<Record<string, unknown>>; procedureId?: string }
  | { upload: Paper; procedureId?: string }
  /** The n-th handoff of the dispute, from 1, is received. */
  | { acceptHandoff: number; externalId?: string };

/** One dated fact of a story, with the sentence that tells it. */
export interface Step {
  /** Names the step for who refers to it. */
  key: string;
  /** Civil date (Asia/Shanghai) of the fact. */
  on: string;
  zh: string;
  en: string;
  who: CastMember;
  does: Deed;
  /** The law refuses it, with this code. */
  refused?: RefusalCode;
  /** A turning point: what may now be opened, and what not, is worth telling. */
  turning?: true;
}

/** Puts the ids of uploaded papers in the place of their `@<key>`. Throws RangeError for a paper that was not uploaded. */
export const withPapers = (
  body: Readonly<Record<string, unknown>>,
  papers: Readonly<Record<string, string>>,
): Record<string, unknown> => {
  const put = (value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('@')) {
      const id = papers[value.slice(1)];
      if (id === undefined) throw new RangeError(`no paper ${value}`);
      return id;
    }
    if (Array.isArray(value)) return value.map(put);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, put(one)]));
    return value;
  };
  return put(body) as Record<string, unknown>;
};
