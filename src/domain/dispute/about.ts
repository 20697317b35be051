import type { Field, Fields } from './fields.js';

/** The field is a sealed text. */
const isText = (field: Field | undefined): boolean => field?.type === 'text' || field?.type === 'texts';

/**
 * Whom the texts of an object of fields are about: the party or member that it describes by its own `ref`, or the
 * `party` that the action names. Undefined where it says nothing of anybody in particular.
 */
export const aboutWhom = (fields: Fields, body: Readonly<Record<string, unknown>>): string | undefined => {
  const describes = fields['ref'] !== undefined && isText(fields['name']);
  const named = [describes ? body['ref'] : undefined, fields['party']?.type === 'party' ? body['party'] : undefined];
  return named.find((one): one is string => typeof one === 'string');
};

/** The references whom any text in a body is about. */
export const textsAbout = (fields: Fields, body: Readonly<Record<string, unknown>>, outer?: string): string[] => {
  const whom = aboutWhom(fields, body) ?? outer;
  const inField = (field: Field, value: unknown): string[] => {
    if (value === undefined || value === null) return [];
    if (isText(field)) return whom === undefined ? [] : [whom];
    if (field.type === 'list') return (value as unknown[]).flatMap((item) => inField(field.of, item));
    if (field.type === 'object') return textsAbout(field.fields, value as Record<string, unknown>, whom);
    return [];
  };
  return Object.entries(fields).flatMap(([name, field]) => inField(field, body[name]));
};
