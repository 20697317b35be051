import { isCivilDate } from '../domain/calendar/civil-date.js';
import { roles, type Role } from '../domain/dispute/context.js';
import type { Field, Fields } from '../domain/dispute/fields.js';

/** As whom a caller from inside Temporal acts: never as a person. */
export interface ServiceIdentity {
  roles: readonly Role[];
  organisation: string | null;
  region: string | null;
}

export type ServiceCallers = Readonly<Record<string, ServiceIdentity>>;

/**
 * The service identities: JSON `{"<caller>": {"roles": [], "organisation": "…", "region": "…"}}` from the environment
 * variable `ACCORD_SERVICE_CALLERS`, else from the setting `service-callers`, else none.
 *
 * @throws TypeError where it is not of that shape: a caller configured wrongly must not act as something else.
 */
export const callersFrom = (
  env: Readonly<Record<string, string | undefined>>,
  setting: unknown = null,
): ServiceCallers => {
  const configured: unknown = env['ACCORD_SERVICE_CALLERS'] ? parse(env['ACCORD_SERVICE_CALLERS']) : (setting ?? {});
  if (!isObject(configured)) throw new TypeError('ACCORD_SERVICE_CALLERS is not a table of callers.');
  return Object.assign(
    Object.create(null) as ServiceCallers,
    Object.fromEntries(Object.entries(configured).map(([caller, given]) => [caller, identityOf(given)])),
  );
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** `system` is the engine's own, and a party acts for itself only. */
const serviceRoles = new Set<unknown>(roles.filter((role) => role !== 'system' && role !== 'party'));

const identityOf = (given: unknown): ServiceIdentity => {
  const { roles: own, organisation = null, region = null } = isObject(given) ? given : {};
  const valid =
    Array.isArray(own) &&
    own.length > 0 &&
    own.every((role) => serviceRoles.has(role)) &&
    (organisation === null || typeof organisation === 'string') &&
    (region === null || (typeof region === 'string' && /^\d{6}$/.test(region)));
  if (!valid) throw new TypeError('ACCORD_SERVICE_CALLERS holds a caller without valid roles, organisation or region.');
  return { roles: own as Role[], organisation, region };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether any field, at any depth, takes a text or a name: such an action is not for callers inside Temporal. */
export const hasPersonalField = (fields: Fields): boolean => Object.values(fields).some(isPersonal);

const isPersonal = (field: Field): boolean => {
  switch (field.type) {
    case 'text':
    case 'texts':
    case 'body':
    case 'person':
      return true;
    case 'list':
      return isPersonal(field.of);
    case 'object':
      return hasPersonalField(field.fields);
    default:
      return false;
  }
};

/** Whether a body has the fields of an action without a personal field, and nothing else. */
export const isValidBody = (fields: Fields, body: Record<string, unknown>): boolean =>
  Object.keys(body).every((name) => Object.hasOwn(fields, name)) &&
  Object.entries(fields).every(([name, field]) =>
    body[name] === undefined ? field.optional === true : isValid(field, body[name]),
  );

const isValid = (field: Field, value: unknown): boolean => {
  switch (field.type) {
    case 'date':
      return typeof value === 'string' && isCivilDate(value);
    case 'instant':
      return typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value));
    case 'code':
      return typeof value === 'string' && field.of.includes(value);
    case 'word':
      return isWord(value, field.max);
    case 'party':
    case 'document':
      return isWord(value, 80);
    case 'flag':
      return typeof value === 'boolean';
    case 'scalar':
      return typeof value === 'boolean' || Number.isInteger(value) || isWord(value, 64);
    case 'integer':
      return Number.isInteger(value) && (value as number) >= field.min && (value as number) <= field.max;
    case 'money':
      return (
        isObject(value) &&
        Object.keys(value).length === 2 &&
        value['currency'] === 'CNY' &&
        amount.test(String(value['amount']))
      );
    case 'list':
      return (
        Array.isArray(value) &&
        value.length >= field.min &&
        value.length <= field.max &&
        value.every((item) => isValid(field.of, item))
      );
    case 'object':
      return isObject(value) && isValidBody(field.fields, value);
    case 'text':
    case 'texts':
    case 'body':
    case 'person':
      return false;
  }
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const amount = /^\d{1,15}\.\d\d$/;
const isWord = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= max && /^[\w\-.:/]+$/.test(value);
