import { regionPrefix } from './region.js';

/** Which disputes a caller may see: those that any of these admits; none of them, nothing. */
export interface Visibility {
  /** Region codes or prefixes, each covering the regions below. */
  regionPrefixes?: string[];
  /** An organisation with a part in the dispute. */
  organisation?: string;
  /** An account of one of its parties. */
  account?: string;
  all?: boolean;
}

/** Collects the parameters of a statement: `param(value)` answers its placeholder. */
export interface Parameters {
  values: unknown[];
  param(value: unknown): string;
}

export function parameters(): Parameters {
  const values: unknown[] = [];
  return { values, param: (value) => `$${values.push(value)}` };
}

/** The condition on `d` (accord.disputes). */
export function visible(
  { regionPrefixes = [], organisation, account, all }: Visibility,
  { param }: Parameters,
): string {
  if (all === true) return 'true';
  const admits = regionPrefixes.map((region) => `d.region LIKE ${param(`${regionPrefix(region)}%`)}`);
  if (organisation !== undefined) admits.push(`d.organisations @> ARRAY[${param(organisation)}]::text[]`);
  if (account !== undefined) admits.push(`d.accounts @> ARRAY[${param(account)}]::text[]`);
  return admits.length === 0 ? 'false' : `(${admits.join(' OR ')})`;
}

/** What of a dispute decides who may see it. */
export interface Access {
  region: string;
  organisations: readonly string[];
  accounts: readonly string[];
}

/** The same as `visible`, of a row that is at hand. */
export function admits({ regionPrefixes = [], organisation, account, all }: Visibility, access: Access): boolean {
  if (all === true) return true;
  return (
    regionPrefixes.some((region) => access.region.startsWith(regionPrefix(region))) ||
    (organisation !== undefined && access.organisations.includes(organisation)) ||
    (account !== undefined && access.accounts.includes(account))
  );
}

/** `text` as the literal part of a LIKE pattern. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
