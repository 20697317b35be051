/**
 * The fields of an action's body, as data: from them come validation, the JSON Schema, the OpenAPI document and the
 * TypeScript type of the body. Text and names are *sealed* before the domain sees them: a rule may ask whether a text
 * is there, never what it says.
 */

/** A personal or free-text value as the domain knows it; the value itself is kept beside the events. */
export interface Sealed {
  ref: string;
  commitment: string;
}

export interface Body {
  code: string;
  name: Sealed | null;
}

export interface Person {
  /** The account that the person signs in with. */
  account: string;
  name: Sealed | null;
}

/** An amount of money: a decimal string with two places, in CNY. */
export interface Money {
  amount: string;
  currency: 'CNY';
}

interface Described {
  optional?: true;
  title?: { zh: string; en: string };
}

export type Field = Described &
  (
    | { type: 'date'; legal?: true }
    | { type: 'instant' }
    | { type: 'text'; kind: string; max: number }
    | { type: 'texts'; kind: string; max: number }
    | { type: 'code'; of: readonly string[] }
    | { type: 'word'; max: number }
    | { type: 'flag' }
    | { type: 'scalar' }
    | { type: 'integer'; min: number; max: number }
    | { type: 'money' }
    | { type: 'party' }
    | { type: 'document' }
    | { type: 'body' }
    | { type: 'person' }
    | { type: 'list'; of: Field; min: number; max: number }
    | { type: 'object'; fields: Fields }
  );

export type Fields = { readonly [name: string]: Field };

type ValueOf<F extends Field> = F extends { type: 'text' | 'texts' }
  ? Sealed
  : F extends { type: 'code'; of: readonly (infer C)[] }
    ? C
    : F extends { type: 'flag' }
      ? boolean
      : F extends { type: 'scalar' }
        ? string | number | boolean
        : F extends { type: 'integer' }
          ? number
          : F extends { type: 'money' }
            ? Money
            : F extends { type: 'body' }
              ? Body
              : F extends { type: 'person' }
                ? Person
                : F extends { type: 'list'; of: infer I extends Field }
                  ? ValueOf<I>[]
                  : F extends { type: 'object'; fields: infer O extends Fields }
                    ? BodyOf<O>
                    : string;

export type BodyOf<F extends Fields> = {
  [K in keyof F as F[K] extends { optional: true } ? never : K]: ValueOf<F[K]>;
} & {
  [K in keyof F as F[K] extends { optional: true } ? K : never]?: ValueOf<F[K]>;
};

type Title = { zh: string; en: string };

/** The action's own legal date (`appliedOn`, `servedOn` …): periods run from it. Absent, it is the day the act occurred. */
export const legalDate = (zh: string, en: string) =>
  ({ type: 'date', legal: true, optional: true, title: { zh, en } }) as const;
export const date = (zh: string, en: string) => ({ type: 'date', title: { zh, en } }) as const;
export const instant = (zh: string, en: string) => ({ type: 'instant', title: { zh, en } }) as const;
/** Free text, sealed under `kind`. */
export const text = <K extends string>(kind: K, title?: Title, max = 4000) =>
  ({ type: 'text', kind, max, title }) as const;
/** A small table of texts by key, sealed as one value: `{"12345": "…"}`. */
export const texts = <K extends string>(kind: K, title?: Title, max = 20) =>
  ({ type: 'texts', kind, max, title }) as const;
export const oneOf = <const C extends readonly string[]>(of: C, title?: Title) =>
  ({ type: 'code', of, title }) as const;
/** A reference of a closed alphabet (letters, digits, `-._:/`), such as a case number: not free text. */
export const word = (zh: string, en: string, max = 64) => ({ type: 'word', max, title: { zh, en } }) as const;
export const flag = (zh: string, en: string) => ({ type: 'flag', title: { zh, en } }) as const;
export const integer = (min: number, max: number, title?: Title) => ({ type: 'integer', min, max, title }) as const;
export const money = (zh: string, en: string) => ({ type: 'money', title: { zh, en } }) as const;
export const partyRef = (zh = '当事人', en = 'party') => ({ type: 'party', title: { zh, en } }) as const;
export const documentId = (zh = '文书', en = 'document') => ({ type: 'document', title: { zh, en } }) as const;
export const bodyField = (zh = '机构', en = 'body') => ({ type: 'body', title: { zh, en } }) as const;
export const person = (zh: string, en: string) => ({ type: 'person', title: { zh, en } }) as const;
export const list = <F extends Field>(of: F, min = 1, max = 50) => ({ type: 'list', of, min, max }) as const;
export const object = <const F extends Fields>(fields: F) => ({ type: 'object', fields }) as const;
export const optional = <F extends Field>(field: F) => ({ ...field, optional: true }) as F & { optional: true };
