import type { DataSource } from 'typeorm';
import type { JsonObject } from '../contract.js';
import { ask } from './ask.js';
import { cursorPart, decodeCursor, instantKey, pageLimit, pageOf, type Page, type PageRequest } from './page.js';
import { parameters } from './visibility.js';

export interface HandoffFilter {
  /** Receiving organisation. */
  to?: string;
  /** Sending organisation. */
  from?: string;
  status?: string;
  /** Only those that this organisation sends or receives; absent: all. */
  organisation?: string;
}

export interface ListedHandoff {
  handoffId: string;
  disputeId: string;
  status: string;
  view: JsonObject;
}

/**
 * Handoffs, those requested last first.
 *
 * @throws InvalidCursor, StoreUnavailable
 */
export async function listHandoffs(
  dataSource: DataSource,
  filter: HandoffFilter,
  page: PageRequest = {},
): Promise<Page<ListedHandoff>> {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.instant, cursorPart.text]);
  const { param, values } = parameters();
  const conditions = ['true'];
  if (filter.to !== undefined) conditions.push(`to_organisation = ${param(filter.to)}`);
  if (filter.from !== undefined) conditions.push(`from_organisation = ${param(filter.from)}`);
  if (filter.status !== undefined) conditions.push(`status = ${param(filter.status)}`);
  if (filter.organisation !== undefined) {
    const own = param(filter.organisation);
    conditions.push(`(to_organisation = ${own} OR from_organisation = ${own})`);
  }
  if (after !== null) {
    conditions.push(`(requested_at, handoff_id) < (${param(after[0])}::timestamptz, ${param(after[1])})`);
  }
  const rows = await ask<ListedHandoff & { key: string }>(
    dataSource,
    `SELECT handoff_id AS "handoffId", dispute_id AS "disputeId", status, view, ${instantKey('requested_at')} AS key
      FROM accord.handoffs WHERE ${conditions.join(' AND ')}
      ORDER BY requested_at DESC, handoff_id DESC LIMIT ${param(limit + 1)}`,
    values,
  );
  return pageOf(
    rows,
    limit,
    (row) => [row.key, row.handoffId],
    ({ key: _key, ...handoff }) => handoff,
  );
}
