import type { Field, Fields } from '../../src/domain/dispute/fields.js';
import { code, table } from './markdown.js';
import { fieldTypes, say, type Language } from './words.js';

/** A field's type in words: `代码：given refused`, `list of party ref`. */
const typeOf = (field: Field, language: Language): string => {
  const name = say(fieldTypes[field.type], language);
  const colon = say({ zh: '：', en: ': ' }, language);
  switch (field.type) {
    case 'code':
      return field.of.map(code).join(' ');
    case 'list':
      return `${name} ${field.min}–${field.max}${colon}${typeOf(field.of, language)}`;
    case 'object':
      return `${name}${colon}${Object.entries(field.fields)
        .map(([key, one]) => `${code(key)}${one.optional ? '?' : ''} ${typeOf(one, language)}`)
        .join(language === 'zh' ? '；' : '; ')}`;
    case 'integer':
      return `${name} ${field.min}–${field.max}`;
    case 'text':
    case 'word':
      return `${name} ≤ ${field.max}`;
    default:
      return name;
  }
};

/** Every field of every action. A legal date that is not given is the day on which the act occurred. */
export const fieldRows = (actions: Readonly<Record<string, { fields: Fields }>>, language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return table(
    [t('操作', 'Action'), t('字段', 'Field'), t('含义', 'Meaning'), t('类型', 'Type'), t('必填', 'Required')],
    Object.entries(actions).flatMap(([name, { fields }]) =>
      Object.entries(fields).map(([field, definition]) => [
        code(name),
        code(field),
        definition.title ? say(definition.title, language) : '',
        typeOf(definition, language) +
          (definition.type === 'date' && definition.legal ? t('（法定日期）', ' (the act’s legal date)') : ''),
        definition.optional ? '' : t('是', 'yes'),
      ]),
    ),
  );
};
