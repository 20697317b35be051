import type { DataSource } from 'typeorm';
import type { JsonObject, ShownValue } from '../contract.js';
import type { SoughtTokens } from '../sealing/blind-index.js';
import { sealedInView, type SealedJson, type Sealing } from '../sealing/sealing.js';
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
  /**
   * Beginning of a case code, part of the title or of an organisation's name, or the whole of a person's name, telephone,
   * id number or of an external id. Only the case code where there is no sealing.
   */
  q?: string;
  /** Civil date: with an open deadline due before it. */
  dueBefore?: string;
  visibility: Visibility;
}

export interface ListedDispute {
  disputeId: string;
  version: number;
  state: JsonObject;
  /** Values that the view shows, by reference; none where there is no sealing. */
  values: Record<string, ShownValue>;
}

export interface DisputeListOptions {
  /** Opens the values; without it disputes are listed without them. */
  sealing?: Sealing;
  /**
   * Whether a dispute is one that `q` means, asked of each that was found by it: tokens may agree out of order, and
   * nobody is to find by what is masked for him.
   */
  isMeant?: (dispute: ListedDispute) => boolean;
  /** Kinds by which `q` finds; default all. With those that are masked for him, a reader could tell what is behind masks. */
  kinds?: readonly string[];
}

/** Pages that are read at most to fill one that `isMeant` thins out; then a shorter one is answered. */
const mostPages = 5;

/**
 * Disputes, those registered last first.
 *
 * @throws InvalidCursor, StoreUnavailable
 */
export async function listDisputes(
  dataSource: DataSource,
  filter: DisputeFilter,
  page: PageRequest = {},
  options: DisputeListOptions = {},
): Promise<Page<ListedDispute>> {
  const limit = pageLimit(page);
  const isMeant = filter.q === undefined ? undefined : options.isMeant;
  const items: ListedDispute[] = [];
  let cursor = page.cursor ?? null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const found = await findDisputes(dataSource, filter, { limit: limit - items.length, cursor }, options);
    items.push(...(isMeant ? found.items.filter(isMeant) : found.items));
    cursor = found.nextCursor;
    if (cursor === null || items.length === limit) break;
  }
  return { items, nextCursor: cursor };
}

async function findDisputes(
  dataSource: DataSource,
  filter: DisputeFilter,
  { limit, cursor }: { limit: number; cursor: string | null },
  { sealing, kinds }: DisputeListOptions,
): Promise<Page<ListedDispute>> {
  const after = decodeCursor(cursor, [cursorPart.number]);
  const params = parameters();
  const sought = filter.q === undefined ? null : ((await sealing?.sought(filter.q, kinds)) ?? null);
  const conditions = [visible(filter.visibility, params), ...chosen(filter, sought, params)];
  if (after !== null) conditions.push(`d.ordinal < ${params.param(after[0])}::bigint`);
  const rows = await ask<Columns>(
    dataSource,
    `SELECT d.dispute_id AS "disputeId", d.ordinal, s.version, s.state,
        ${sealing ? sealedInView('d.dispute_id') : 'NULL'} AS sealed
      FROM accord.disputes d
      JOIN accord.streams s ON s.stream = 'dispute-' || d.dispute_id
      WHERE ${conditions.join(' AND ')}
      ORDER BY d.ordinal DESC
      LIMIT ${params.param(limit + 1)}`,
    params.values,
  );
  const found = pageOf(
    rows,
    limit,
    (row) => [row.ordinal],
    (row) => row,
  );
  const items: ListedDispute[] = [];
  for (const { disputeId, version, state, sealed } of found.items) {
    const values = (await sealing?.open(disputeId, sealed, true)) ?? {};
    items.push({ disputeId, version, state: JSON.parse(state) as JsonObject, values });
  }
  return { ...found, items };
}

interface Columns {
  disputeId: string;
  ordinal: string;
  version: number;
  state: string;
  sealed: SealedJson | null;
}

function chosen(filter: DisputeFilter, sought: SoughtTokens | null, { param }: Parameters): string[] {
  const conditions: string[] = [];
  if (filter.type !== undefined) conditions.push(`d.type = ${param(filter.type)}`);
  if (filter.status !== undefined) conditions.push(`d.status = ${param(filter.status)}`);
  if (filter.region !== undefined) conditions.push(`d.region LIKE ${param(`${regionPrefix(filter.region)}%`)}`);
  if (filter.procedure !== undefined) conditions.push(`d.procedures @> ARRAY[${param(filter.procedure)}]::text[]`);
  if (filter.step !== undefined) conditions.push(`d.steps @> ARRAY[${param(filter.step)}]::text[]`);
  if (filter.owner !== undefined) {
    const owner = param(filter.owner);
    conditions.push(`(d.owner_organisation = ${owner} OR d.owner_person = ${owner})`);
  }
  if (filter.q !== undefined) {
    const found = [`d.case_code LIKE ${param(`${escapeLike(filter.q)}%`)}`];
    const { exact, words } = sought ?? { exact: [], words: [] };
    const indexed = (condition: string) =>
      `d.dispute_id IN (SELECT b.dispute_id FROM accord.blind_index b WHERE b.tokens ${condition})`;
    if (exact.length > 0) found.push(indexed(`&& ${param(exact)}::bigint[]`));
    for (const all of words) found.push(indexed(`@> ${param(all)}::bigint[]`));
    conditions.push(`(${found.join(' OR ')})`);
  }
  if (filter.dueBefore !== undefined) {
    conditions.push(`EXISTS (SELECT FROM accord.open_deadlines o
      WHERE o.dispute_id = d.dispute_id AND o.due < ${param(filter.dueBefore)}::date)`);
  }
  return conditions;
}
