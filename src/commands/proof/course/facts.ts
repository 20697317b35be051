import { disputeActions } from '../../../domain/dispute/dispute-actions.js';
import type { Field, Fields, Sealed } from '../../../domain/dispute/fields.js';
import { registrationFields } from '../../../domain/dispute/register.js';
import type { DisputeState } from '../../../domain/dispute/state.js';
import { procedureDefinition, procedureDefinitions } from '../../../domain/procedures/procedures.js';
import type { RecordedEvent } from '../../../store/contract.js';
import { engineWords } from './engine-words.js';
import { partyInWords, type Telling } from './telling.js';
import { courseWords } from './words.js';

/** What an event says to a reader: the title of the action that it records, and its fields by their own titles. */

interface Recorded {
  title: { zh: string };
  records: string;
  fields: Fields;
}

const ownActions: readonly Recorded[] = Object.values(disputeActions);
const everyAction: readonly Recorded[] = [
  ...ownActions,
  ...procedureDefinitions.flatMap(({ actions }) => Object.values(actions)),
];

/** The action whose fact this is: of the event's procedure, else of the dispute, else of any. */
const actionOf = ({ procedures }: DisputeState, { type, procedureId }: RecordedEvent): Recorded | undefined => {
  const procedure = procedureId === null ? undefined : procedures[procedureId];
  const records = (one: Recorded) => one.records === type;
  const definition = procedure && procedureDefinition(procedure.procedure);
  return (
    (definition && Object.values<Recorded>(definition.actions).find(records)) ??
    ownActions.find(records) ??
    everyAction.find(records)
  );
};

/** One event in words. */
export const inWords = (event: RecordedEvent, telling: Telling): string => {
  const engine = engineWords(event, telling);
  if (engine !== null) return engine;
  if (event.type === 'DisputeRegistered')
    return told('登记案件', fieldsInWords(registrationFields, event.data, telling));
  const action = actionOf(telling.state, event);
  return action ? told(action.title.zh, fieldsInWords(action.fields, event.data, telling)) : event.type;
};

const told = (title: string, parts: readonly string[]): string => [title, ...parts].join('；');

const fieldsInWords = (fields: Fields, data: Readonly<Record<string, unknown>>, telling: Telling): string[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    // The kind of a claim is a word of the body's own, mostly one of the usual ones.
    const words =
      name === 'kind' && field.type === 'word'
        ? courseWords.value(data[name])
        : fieldInWords(field, data[name], telling);
    return words === '' ? [] : [field.title ? `${field.title.zh}：${words}` : words];
  });

const fieldInWords = (field: Field, value: unknown, telling: Telling): string => {
  if (value === undefined || value === null) return '';
  switch (field.type) {
    case 'text':
    case 'texts':
      return telling.text(value as Sealed);
    case 'code':
      return codeInWords(value);
    case 'flag':
      return courseWords.yes(value);
    case 'money':
      return courseWords.money(value as { amount: string; currency: string });
    case 'party':
      return partyInWords(value, telling);
    case 'document':
      return documentInWords(value, telling);
    case 'body': {
      const { code, name } = value as { code: string; name: Sealed | null };
      return name ? `${telling.text(name)}（${code}）` : code;
    }
    case 'person': {
      const { account, name } = value as { account: string; name: Sealed | null };
      return name ? `${telling.text(name)}（${account}）` : account;
    }
    case 'list':
      return Array.isArray(value)
        ? value
            .map((item) => fieldInWords(field.of, item, telling))
            .filter(Boolean)
            .join('；')
        : '';
    case 'object':
      return isObject(value) ? fieldsInWords(field.fields, value, telling).join('，') : '';
    default:
      return isPlain(value) ? String(value) : '';
  }
};

const codeInWords = (code: unknown): string => {
  const word = courseWords.value(code);
  if (word !== code) return word;
  const procedure = courseWords.procedure(code);
  return procedure === code ? courseWords.outcome(code) : procedure;
};

const documentInWords = (documentId: unknown, { state }: Telling): string => {
  const document = state.documents[documentId as string];
  return document ? `${courseWords.document(document.kind)}（${document.documentId}）` : String(documentId);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
