import { z } from 'zod';
import { isCivilDate, isInstant } from '../../domain/calendar/civil-date.js';
import type { Field, Fields } from '../../domain/dispute/fields.js';
import type { Language } from '../http/language.js';

/** Years in which a date of this law can lie; a calculation that starts there stays within the calendar. */
const plausible = (text: string): boolean => text >= '1900' && text < '2200';

/** A civil date, `YYYY-MM-DD`. */
export const civilDate = z
  .string()
  .refine((text) => isCivilDate(text) && plausible(text), { error: 'YYYY-MM-DD' })
  .meta({ format: 'date', examples: ['2026-03-02'] });

/** An instant, RFC 3339 with offset. */
export const instant = z
  .string()
  .refine((text) => isInstant(text) && plausible(text), { error: 'RFC 3339 + offset' })
  .meta({ format: 'date-time', examples: ['2026-03-02T09:30:00+08:00'] });

/** When something occurred: a civil date means some time that day. */
export const occurred = z
  .string()
  .refine((text) => (isCivilDate(text) || isInstant(text)) && plausible(text), {
    error: 'YYYY-MM-DD | RFC 3339 + offset',
  })
  .meta({ examples: ['2026-03-02', '2026-03-02T09:30:00+08:00'] });

/** Codes, accounts, case numbers: one run of letters and digits with a few signs, never a sentence. */
export const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\p{L}\p{N}\-._:/@#()（）〔〕[\]]+$/u);

/** Text that says something: not empty when trimmed. */
export const text = (max: number) => z.string().trim().min(1).max(max);

/** An amount, not negative, with up to two places; read as one with two. */
export const money = z.strictObject({
  amount: z
    .string()
    .regex(/^(0|[1-9]\d{0,14})(\.\d{1,2})?$/)
    .overwrite(withTwoPlaces)
    .meta({ examples: ['12345.67'] }),
  currency: z.literal('CNY'),
});

function withTwoPlaces(amount: string): string {
  const [whole = '0', places = ''] = amount.split('.');
  return `${whole}.${places.padEnd(2, '0')}`;
}

/** Codes of GB/T 2260, to the county. */
export const region = z
  .string()
  .regex(/^\d{6}$/)
  .meta({ examples: ['360121'] });

const named = { name: text(200).optional() };

const plain = (field: Field, language: Language): z.ZodType => {
  switch (field.type) {
    case 'date':
      return civilDate;
    case 'instant':
      return instant;
    case 'text':
      return text(field.max);
    case 'texts':
      return z.record(word(64), text(200)).refine((table) => Object.keys(table).length <= field.max);
    case 'code':
      return z.enum(field.of as [string, ...string[]]);
    case 'word':
      return word(field.max);
    case 'flag':
      return z.boolean();
    case 'scalar':
      return z.union([word(64), z.number(), z.boolean()]);
    case 'integer':
      return z.int().min(field.min).max(field.max);
    case 'money':
      return money;
    case 'party':
      return word(40);
    case 'document':
      return word(80);
    case 'body':
      return z.strictObject({ code: word(80), ...named });
    case 'person':
      return z.strictObject({ account: word(200), ...named });
    case 'list':
      return z.array(fieldSchema(field.of, language)).min(field.min).max(field.max);
    case 'object':
      return z.strictObject(shapeOf(field.fields, language));
  }
};

const fieldSchema = (field: Field, language: Language): z.ZodType => {
  const schema = plain(field, language);
  return field.title ? schema.meta({ ...schema.meta(), title: field.title[language] }) : schema;
};

/** The shape of an object with these fields, titled in the language. */
export const shapeOf = (fields: Fields, language: Language): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const schema = fieldSchema(field, language);
      return [name, field.optional ? schema.optional() : schema];
    }),
  );

const titles = {
  procedureId: {
    zh: '程序编号，多个程序均可适用时必填',
    en: 'procedure; needed where more than one would fit',
  },
  occurredAt: {
    zh: '发生时间，默认为该操作的法定日期，否则为现在',
    en: 'when it occurred; default: the action’s own legal date, else now',
  },
  note: { zh: '备注', en: 'note' },
  documentId: { zh: '补记事实所依据的文书', en: 'the paper that a late fact rests on' },
};

/** What every action's body may have besides the action's own fields. */
export const commonShape = (language: Language) => ({
  procedureId: word(40).optional().meta({ title: titles.procedureId[language] }),
  occurredAt: occurred.optional().meta({ ...occurred.meta(), title: titles.occurredAt[language] }),
  note: text(4000).optional().meta({ title: titles.note[language] }),
  documentId: word(80).optional().meta({ title: titles.documentId[language] }),
});

const schemas = new WeakMap<Fields, Partial<Record<Language, z.ZodObject>>>();

/** The schema of an action's whole body: its own fields and the common ones. Made once for each definition. */
export const actionSchema = (fields: Fields, language: Language = 'zh'): z.ZodObject => {
  const known = schemas.get(fields) ?? {};
  schemas.set(fields, known);
  return (known[language] ??= z.strictObject({ ...commonShape(language), ...shapeOf(fields, language) }));
};
