import { randomBytes, randomUUID } from 'node:crypto';
import { aboutWhom } from '../domain/dispute/about.js';
import type { Field, Fields } from '../domain/dispute/fields.js';
import { commitment } from '../store/chain.js';
import type { Json, SealedValue } from '../store/contract.js';
import { subjectOf } from './erase.js';

/** Kinds that only who asks by reference sees; everything else is loaded with the dispute's view. */
const byReferenceOnly = new Set([
  'note',
  'minutes',
  'mediation-minutes',
  'undisputed-fact',
  'compromise-admission',
  'delivery-address',
  'return-detail',
  'evidence-purpose',
  'alert',
  'remarks',
  'place',
  'term',
  'document-name',
  'member-name',
  'member-id-number',
]);

/** The name of an organisation is no personal data: it is a kind of its own, found in part and shown to all. */
const kindIn = (name: string, field: Field, body: Readonly<Record<string, unknown>>): Field =>
  name === 'name' && field.type === 'text' && field.kind === 'party-name' && body['kind'] === 'organisation'
    ? { ...field, kind: 'organisation-name' }
    : field;

export interface SealedBody {
  body: Record<string, unknown>;
  values: SealedValue[];
}

/**
 * Takes every personal or free-text value out of a valid body and leaves `{ref, commitment}` in its place:
 * the domain, the events and everything downstream know references only.
 */
export const sealBody = (fields: Fields, given: Record<string, unknown>): SealedBody => {
  const values: SealedValue[] = [];
  const seal = (kind: string, value: Json, subject: string | null) => {
    const ref = randomUUID();
    const salt = randomBytes(16).toString('hex');
    values.push({ ref, kind, subject, salt, value, inView: !byReferenceOnly.has(kind) });
    return { ref, commitment: commitment(salt, value) };
  };
  const sealField = (field: Field, value: unknown, subject: string | null): unknown => {
    if (value === undefined || value === null) return undefined;
    switch (field.type) {
      case 'text':
      case 'texts':
        return seal(field.kind, value as Json, subject);
      case 'body':
      case 'person': {
        const { name, ...rest } = value as { name?: string };
        const kind = field.type === 'body' ? 'body-name' : 'person-name';
        return { ...rest, name: name === undefined ? null : seal(kind, name, subject) };
      }
      case 'list':
        return (value as unknown[]).map((item) => sealField(field.of, item, subject));
      case 'object':
        return sealFields(field.fields, value as Record<string, unknown>, subject);
      default:
        return value;
    }
  };
  const sealFields = (own: Fields, body: Record<string, unknown>, outer: string | null): Record<string, unknown> => {
    // A value about a party or a member is sealed under a key of its own, and erased with it.
    const whom = aboutWhom(own, body);
    const subject = whom === undefined ? outer : subjectOf(whom);
    const sealed: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(own)) {
      const value = sealField(kindIn(name, field, body), body[name], subject);
      if (value !== undefined) sealed[name] = value;
    }
    return sealed;
  };
  return { body: sealFields(fields, given, null), values };
};

/** Seals one text on its own. */
export const sealText = (
  kind: string,
  value: string,
): { sealed: { ref: string; commitment: string }; value: SealedValue } => {
  const { body, values } = sealBody({ text: { type: 'text', kind, max: value.length } }, { text: value });
  return { sealed: body['text'] as { ref: string; commitment: string }, value: values[0]! };
};
