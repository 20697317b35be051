import type { Field, Fields } from '../../src/domain/dispute/fields.js';
import { body, parties, sealed, theDay } from './circumstances.js';

/** Values that a field may take, the usual one first. */
const samples = (field: Field): unknown[] => {
  const values = ((): unknown[] => {
    switch (field.type) {
      case 'code':
        return [...field.of];
      case 'flag':
        return field.optional ? [true] : [true, false];
      case 'party':
        return [...parties];
      case 'integer':
        return Array.from(
          { length: field.max - field.min < 10 ? field.max - field.min + 1 : 2 },
          (_, more) => field.min + more,
        );
      case 'list':
        return [field.of.type === 'party' ? [...parties] : samples(field.of).slice(0, 1)];
      case 'object':
        return [bodies(field.fields)[0]];
      case 'date':
        return [theDay];
      case 'instant':
        return ['2026-06-20T09:00:00+08:00'];
      case 'text':
      case 'texts':
        return [sealed];
      case 'word':
      case 'scalar':
        return ['x1'];
      case 'money':
        return [{ amount: '100.00', currency: 'CNY' }];
      case 'document':
        return ['doc'];
      case 'body':
        return [body];
      case 'person':
        return [{ account: 'x1', name: null }];
    }
  })();
  if (!field.optional) return values;
  return field.type === 'code' || field.type === 'flag' ? [undefined, ...values] : [undefined];
};

/** Combinations of values that are still worth trying all; beyond, one field at a time takes its other values. */
const mostCombinations = 12;

/** Bodies of an action: the usual one, others with every other value of a field, and one in which everything is given. */
export const bodies = (fields: Fields): Record<string, unknown>[] => {
  const names = Object.entries(fields).map(([name, field]) => ({ name, values: samples(field) }));
  const usual = Object.fromEntries(names.map(({ name, values }) => [name, values[0]]));
  const whole = Object.fromEntries(
    Object.entries(fields).map(([name, { optional: _, ...field }]) => [name, samples(field as Field)[0]]),
  );
  const others =
    names.reduce((product, { values }) => product * values.length, 1) <= mostCombinations
      ? names.reduce<Record<string, unknown>[]>(
          (made, { name, values }) => values.flatMap((value) => made.map((one) => ({ ...one, [name]: value }))),
          [{}],
        )
      : [usual, ...names.flatMap(({ name, values }) => values.slice(1).map((value) => ({ ...usual, [name]: value })))];
  return Object.values(fields).some(({ optional }) => optional) ? [...others, whole] : others;
};

/** A body of which every field is chosen by `choose`, which answers a whole number below the one it is given. */
export const chosenBody = (fields: Fields, choose: (below: number) => number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const values = field.optional
        ? [...samples(field), ...samples({ ...field, optional: undefined })]
        : samples(field);
      return [name, values[choose(values.length)]];
    }),
  );
