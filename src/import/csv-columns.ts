import { z } from 'zod';
import { disputeFacts } from '../domain/dispute/facts.js';
import { rowRefused, RowRefused } from './refused-row.js';

type Template = string | number | boolean | null | Template[] | { [name: string]: Template };

const template: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(template), z.record(z.string(), template)]),
);

/** How a table of somebody else's is read; docs/import.md shows one. */
export const csvMap = z.strictObject({
  /** Our column by the header's; null: passed over. */
  columns: z.record(z.string(), z.string().nullable()).optional(),
  /** By column, our value by the table's. */
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  /** By column, what an empty or missing field stands for. */
  defaults: z.record(z.string(), z.string()).optional(),
  /** The facts that an outcome stands for; `=column` is replaced by the row's field. */
  outcomes: z.record(z.string(), z.array(z.record(z.string(), template))).optional(),
});

export type CsvMap = z.infer<typeof csvMap>;

/** The header names columns that nobody knows, or lacks one that is needed. The message names them. */
export class UnknownColumns extends Error {
  override readonly name = 'UnknownColumns';
}

const registration = ['type', 'region', 'source', 'receivedOn', 'title', 'profile'];
const others = [
  'externalId',
  'organisation',
  'finish',
  'procedure',
  'track',
  'openedOn',
  'body.code',
  'body.name',
  'outcome',
  'closedOn',
];
const partyColumn = /^(claimant|respondent|thirdParty)(\d?)\.(name|kind|capacity|phone|idNumber|address|account)$/;
const claimColumn = /^claim(\d?)\.(kind|amount|text)$/;
const caseColumn = /^case\.(\w+)$/;

const isKnown = (column: string): boolean =>
  registration.includes(column) ||
  others.includes(column) ||
  partyColumn.test(column) ||
  claimColumn.test(column) ||
  Object.hasOwn(disputeFacts, caseColumn.exec(column)?.[1] ?? '');

type Fields = ReadonlyMap<string, string>;

/** What closes a dispute that was in no procedure, as `close` has it. */
const closeReasons = ['performed', 'settled', 'withdrawn', 'decided', 'referred', 'no-further-route', 'other'];

/** Outcomes that one act says. Whatever else an outcome means, only who knows the table can say. */
const plainOutcome = (procedure: string | undefined, outcome: string): Template[] | null => {
  const close = { action: 'close', on: '=closedOn', body: { reason: outcome } };
  if (procedure === undefined) return closeReasons.includes(outcome) ? [close] : null;
  if (outcome === 'withdrawn') return [{ action: 'withdraw', on: '=closedOn' }, close];
  return outcome === 'no-agreement' ? [{ action: 'end-mediation', on: '=closedOn', body: { reason: 'other' } }] : null;
};

/** Throws `UnknownColumns`. */
export const csvColumns = (header: readonly string[], map: CsvMap) => {
  const { columns = {}, values = {}, defaults = {}, outcomes = {} } = map;
  const names = header.map((title) => {
    const name = title.trim();
    return Object.hasOwn(columns, name) ? (columns[name] ?? null) : name;
  });
  const given = [...names.filter((name) => name !== null), ...Object.keys(defaults)];
  const unknown = [...new Set(given)].filter((name) => !isKnown(name));
  // By their places: where the header was forgotten they hold what people are called.
  const placesOf = (wanted: readonly string[]) =>
    names.flatMap((name, index) => (name !== null && wanted.includes(name) ? [index + 1] : [])).join(', ');
  if (unknown.length > 0)
    throw new UnknownColumns(`unknown columns, in the header or the map (in the file: ${placesOf(unknown) || 'none'})`);
  const named = names.filter((name) => name !== null);
  const twice = named.filter((name, index) => named.indexOf(name) !== index);
  if (twice.length > 0) throw new UnknownColumns(`columns given more than once: ${placesOf(twice)}`);
  const missing = ['externalId', ...registration.slice(0, 5).filter((name) => name !== 'receivedOn')].filter(
    (name) => !given.includes(name),
  );
  if (missing.length > 0) throw new UnknownColumns(`columns missing: ${missing.join(', ')}`);

  const fieldsOf = (row: readonly string[]): Fields => {
    const fields = new Map(Object.entries(defaults));
    for (const [index, name] of names.entries()) {
      const text = row[index]!.trim();
      if (name === null || text === '') continue;
      const own = Object.hasOwn(values, name) ? values[name]! : {};
      fields.set(name, Object.hasOwn(own, text) ? own[text]! : text);
    }
    return fields;
  };

  const factsOf = (fields: Fields): Template[] => {
    const procedure = fields.get('procedure');
    const opening = {
      action: 'open-procedure',
      on: '=openedOn',
      body: { procedure: '=procedure', track: '=track', body: { code: '=body.code', name: '=body.name' } },
    };
    const outcome = fields.get('outcome');
    const facts =
      outcome === undefined
        ? []
        : Object.hasOwn(outcomes, outcome)
          ? outcomes[outcome]!
          : plainOutcome(procedure, outcome);
    if (facts === null) throw rowRefused('unknown-outcome', '/outcome');
    return procedure === undefined ? facts : [opening, ...facts];
  };

  return {
    /** A row as the shape that JSON Lines has. */
    read: (row: readonly string[]): { given: unknown } | { refused: RowRefused; externalId: string | null } => {
      if (row.length !== names.length) return { refused: rowRefused('wrong-columns'), externalId: null };
      const fields = fieldsOf(row);
      const externalId = fields.get('externalId') ?? null;
      try {
        const finish = fields.get('finish');
        return {
          given: compact({
            externalId,
            organisation: fields.get('organisation'),
            registration: registrationOf(fields),
            facts: factsOf(fields).map((fact) => filled(fact, fields)),
            finish: finish === undefined ? undefined : flagOf(finish),
          }),
        };
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
        return { refused: error, externalId };
      }
    },
  };
};

const registrationOf = (fields: Fields): Record<string, unknown> => {
  const parties = new Map<string, Record<string, unknown>>();
  const claims = new Map<string, Record<string, unknown>>();
  const facts: Record<string, unknown> = {};
  const of = (known: Map<string, Record<string, unknown>>, key: string, made: Record<string, unknown>) => {
    const found = known.get(key) ?? made;
    known.set(key, found);
    return found;
  };
  for (const [name, text] of fields) {
    const [, role, which, part] = partyColumn.exec(name) ?? [];
    if (role)
      of(parties, `${role}${which}`, {
        ref: `${role}${which}`,
        role: role === 'thirdParty' ? 'third-party' : role,
        kind: 'person',
      })[part!] = text;
    const [claim, number, what] = claimColumn.exec(name) ?? [];
    if (claim) of(claims, number!, {})[what!] = what === 'amount' ? { amount: text, currency: 'CNY' } : text;
    const fact = caseColumn.exec(name)?.[1];
    if (fact) facts[fact] = factValue(fact as keyof typeof disputeFacts, text);
  }
  return compact({
    ...Object.fromEntries(registration.map((name) => [name, fields.get(name)])),
    parties: [...parties.values()],
    claims: claims.size === 0 ? undefined : [...claims.values()],
    facts: Object.keys(facts).length === 0 ? undefined : facts,
  });
};

const factValue = (fact: keyof typeof disputeFacts, text: string): unknown => {
  const { type } = disputeFacts[fact];
  if (type === 'flag') return flagOf(text);
  return type === 'integer' && /^-?\d{1,9}$/.test(text) ? Number(text) : text;
};

const yes = ['true', 'yes', '1', '是'];
const no = ['false', 'no', '0', '否'];

/** What is neither is left as it is, and refused by the schema. */
const flagOf = (text: string): boolean | string =>
  yes.includes(text.toLowerCase()) ? true : no.includes(text.toLowerCase()) ? false : text;

/** Puts fields in the place of their `=column`; what is empty then is left out. */
const filled = (part: Template, fields: Fields): unknown => {
  if (typeof part === 'string') return part.startsWith('=') ? fields.get(part.slice(1)) : part;
  if (Array.isArray(part)) return part.map((one) => filled(one, fields));
  if (typeof part !== 'object' || part === null) return part;
  return compact(Object.fromEntries(Object.entries(part).map(([name, one]) => [name, filled(one, fields)])));
};

const compact = (table: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined));
