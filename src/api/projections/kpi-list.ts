import type { DataSource } from 'typeorm';
import { kpiMeasures } from '../../projections/kpis.js';
import { liveGeneration } from '../../projections/status.js';
import { ask } from '../../store/read-models/ask.js';
import {
  cursorPart,
  decodeCursor,
  pageLimit,
  pageOf,
  type Page,
  type PageRequest,
} from '../../store/read-models/page.js';
import { regionPrefix } from '../../store/read-models/region.js';
import { parameters, type Parameters } from '../../store/read-models/visibility.js';

export interface KpiQuestion {
  /** Regions that may be seen, each with those below it (GB/T 2260); `all` of them. */
  visible: readonly string[] | 'all';
  region?: string | undefined;
  type?: string | undefined;
  /** Procedure; empty: the disputes as a whole. */
  procedure?: string | undefined;
  /** Months, YYYY-MM, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
}

export type Kpis = Record<(typeof names)[number], number>;

export interface KpiRow extends Kpis {
  region: string;
  type: string;
  /** Null: of the disputes as a whole. */
  procedure: string | null;
  month: string;
}

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const names = [
  'registered',
  'opened',
  'closed',
  'agreed',
  'closedDays',
  'closedIn15Days',
  'closedIn30Days',
  'closedIn60Days',
  'elapsed',
  'doneLate',
  'handoffs',
  'handoffsAccepted',
  'handoffsReturned',
] as const;

/** What was taken back leaves a row of zeros. */
const notEmpty = kpiMeasures.map((name) => `k.${name} <> 0`).join(' OR ');

/** By region, type, procedure and month. @throws InvalidCursor, StoreUnavailable */
export const listKpis = async (
  dataSource: DataSource,
  question: KpiQuestion,
  page: PageRequest = {},
): Promise<Page<KpiRow>> => {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.text, cursorPart.text, cursorPart.text, cursorPart.text]);
  const params = parameters();
  const conditions = conditionsOf(question, params);
  if (after !== null)
    conditions.push(
      `(k.region, k.type, k.procedure, k.month) > (${after.map((part) => params.param(part)).join(', ')})`,
    );
  const rows = await ask<KpiRow & { procedure: string }>(
    dataSource,
    `SELECT k.region, k.type, k.procedure, k.month, ${kpiMeasures.map((name) => `k.${name}::float8 AS "${camel(name)}"`).join(', ')}
      FROM accord.projected_kpis k WHERE ${conditions.join(' AND ')}
      ORDER BY k.region, k.type, k.procedure, k.month LIMIT ${params.param(limit + 1)}`,
    params.values,
  );
  return pageOf(
    rows,
    limit,
    ({ region, type, procedure, month }) => [region, type, procedure, month],
    ({ procedure, ...row }) => ({ ...row, procedure: procedure === '' ? null : procedure }),
  );
};

/** The sums of everything that is asked for, apart for disputes as a whole and for procedures. @throws StoreUnavailable */
export const sumKpis = async (
  dataSource: DataSource,
  question: KpiQuestion,
): Promise<{ disputes: Kpis; procedures: Kpis }> => {
  const params = parameters();
  const rows = await ask<Kpis & { whole: boolean }>(
    dataSource,
    `SELECT k.procedure = '' AS whole, ${kpiMeasures.map((name) => `sum(k.${name})::float8 AS "${camel(name)}"`).join(', ')}
      FROM accord.projected_kpis k WHERE ${conditionsOf(question, params).join(' AND ')} GROUP BY 1`,
    params.values,
  );
  const nothing = Object.fromEntries(names.map((name) => [name, 0])) as Kpis;
  const of = (isWhole: boolean): Kpis => {
    const { whole: _whole, ...sums } = rows.find(({ whole }) => whole === isWhole) ?? { whole: isWhole, ...nothing };
    return sums;
  };
  return { disputes: of(true), procedures: of(false) };
};

const conditionsOf = (question: KpiQuestion, { param }: Parameters): string[] => {
  const { visible, region, type, procedure, from, to } = question;
  const under = (code: string) => `k.region LIKE ${param(`${regionPrefix(code)}%`)}`;
  const conditions = [`k.generation = ${liveGeneration('kpis')}`, `(${notEmpty})`];
  if (visible !== 'all') conditions.push(visible.length === 0 ? 'false' : `(${visible.map(under).join(' OR ')})`);
  if (region !== undefined) conditions.push(under(region));
  if (type !== undefined) conditions.push(`k.type = ${param(type)}`);
  if (procedure !== undefined) conditions.push(`k.procedure = ${param(procedure)}`);
  if (from !== undefined) conditions.push(`k.month >= ${param(from)}`);
  if (to !== undefined) conditions.push(`k.month <= ${param(to)}`);
  return conditions;
};
