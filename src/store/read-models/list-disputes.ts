import type { DataSource } from 'typeorm';
import type { Json, JsonObject } from '../contract.js';
import { ask } from './ask.js';
import { cursorPart, decodeCursor, pageLimit, pageOf, type Page, type PageRequest } from './page.js';
import { regionPrefix } from './region.js';
import { escapeLike, parameters, visible, type Parameters, type Visibility } from './visibility.js';

export interface DisputeFilter {
  type?: string;
  /** GB/T 2260; covers the regions below it. */
  region?: string;
  status?: string;
  /** Code of an open procedure. */
  procedure?: string;
  step?: string;
  /** Owning organisation or person. */
  owner?: string;
  /** Beginning of a case code, or a part of the title or of a party's name. */
  q?: string;
  /** Civil date: with an open deadline due before it. */
  dueBefore?: string;
  visibility: Visibility;
}

export interface ListedDispute {
  disputeId: string;
  version: number;
  state: JsonObject;
  /** Values that the view shows, by reference. */
  values: Record<string, Json>;
}

/**
 * Disputes, those registered last first.
 *
 * @throws InvalidCursor, StoreUnavailable
 */
export async function listDisputes(
  dataSource: DataSource,
  filter: DisputeFilter,
  page: PageRequest = {},
): Promise<Page<ListedDispute>> {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.number]);
  const params = parameters();
  const conditions = [visible(filter.visibility, params), ...chosen(filter, params)];
  if (after !== null) conditions.push(`d.ordinal < ${params.param(after[0])}::bigint`);
  const rows = await ask<Columns>(
    dataSource,
    `SELECT d.dispute_id AS "disputeId", d.ordinal, s.version, s.state,
        (SELECT json_object_agg(v.ref, v.value) FROM accord.sealed_values v
          WHERE v.dispute_id = d.dispute_id AND v.in_view) AS "values"
      FROM accord.disputes d
      JOIN accord.streams s ON s.stream = 'dispute-' || d.dispute_id
      WHERE ${conditions.join(' AND ')}
      ORDER BY d.ordinal DESC
      LIMIT ${params.param(limit + 1)}`,
    params.values,
  );
  return pageOf(
    rows,
    limit,
    (row) => [row.ordinal],
    ({ ordinal: _order, state, values, ...row }) => ({
      ...row,
      state: JSON.parse(state) as JsonObject,
      values: values ?? {},
    }),
  );
}

interface Columns {
  disputeId: string;
  ordinal: string;
  version: number;
  state: string;
  values: Record<string, Json> | null;
}

function chosen(filter: DisputeFilter, { param }: Parameters): string[] {
  const conditions: string[] = [];
  if (filter.type !== undefined) conditions.push(`d.type = ${param(filter.type)}`);
  if (filter.status !== undefined) conditions.push(`d.status = ${param(filter.status)}`);
  if (filter.region !== undefined)
    conditions.push(`d.region LIKE ${param(`${regionPrefix(filter.region)}%`)}`);
  if (filter.procedure !== undefined)
    conditions.push(`d.procedures @> ARRAY[${param(filter.procedure)}]::text[]`);
  if (filter.step !== undefined) conditions.push(`d.steps @> ARRAY[${param(filter.step)}]::text[]`);
  if (filter.owner !== undefined) {
    const owner = param(filter.owner);
    conditions.push(`(d.owner_organisation = ${owner} OR d.owner_person = ${owner})`);
  }
  if (filter.q !== undefined) {
    const text = escapeLike(filter.q);
    conditions.push(`(d.case_code LIKE ${param(`${text}%`)} OR d.dispute_id IN (
      SELECT v.dispute_id FROM accord.sealed_values v
      WHERE v.kind IN ('title', 'party-name') AND v.value #>> '{}' ILIKE ${param(`%${text}%`)}))`);
  }
  if (filter.dueBefore !== undefined) {
    conditions.push(`EXISTS (SELECT FROM accord.open_deadlines o
      WHERE o.dispute_id = d.dispute_id AND o.due < ${param(filter.dueBefore)}::date)`);
  }
  return conditions;
}
