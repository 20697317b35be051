import type { DataSource } from 'typeorm';
import { liveGeneration } from '../../projections/status.js';
import type { WorklistKind } from '../../projections/worklists.js';
import { ask } from '../../store/read-models/ask.js';
import {
  cursorPart,
  decodeCursor,
  instantKey,
  pageLimit,
  pageOf,
  type Page,
  type PageRequest,
} from '../../store/read-models/page.js';
import { parameters, visible, type Visibility } from '../../store/read-models/visibility.js';

export interface WorklistQuestion {
  visibility: Visibility;
  account: string;
  /** Whose work is the caller's, too; null: only the account's own. */
  organisation: string | null;
  kind?: WorklistKind | undefined;
  /** Civil date: due before it. */
  dueBefore?: string | undefined;
}

export interface WorkItem {
  kind: WorklistKind;
  disputeId: string;
  caseCode: string;
  type: string;
  region: string;
  procedureId: string | null;
  procedure: string | null;
  step: string | null;
  /** Rule, notice, seat or role: a code. */
  subject: string | null;
  handoffId: string | null;
  organisation: string | null;
  /** The person in charge, or who is asked. */
  account: string | null;
  /** An instant, or a civil date. */
  since: string;
  due: string | null;
  dueAt: string | null;
}

type Columns = Omit<WorkItem, 'dueAt'> & { dueAt: Date | null; itemId: string; key: string };

/** What waits for an account and its organisation: what is due first, then what has no date. @throws InvalidCursor, StoreUnavailable */
export const listWork = async (
  dataSource: DataSource,
  { visibility, account, organisation, kind, dueBefore }: WorklistQuestion,
  page: PageRequest = {},
): Promise<Page<WorkItem>> => {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.instant, cursorPart.text, cursorPart.text]);
  const params = parameters();
  const { param } = params;
  const conditions = [`w.generation = ${liveGeneration('worklists')}`, visible(visibility, params)];
  if (kind !== undefined) conditions.push(`w.kind = ${param(kind)}`);
  if (dueBefore !== undefined) conditions.push(`w.due < ${param(dueBefore)}::date`);
  if (after !== null)
    conditions.push(
      `(w.sort_at, w.dispute_id, w.item_id) > (${param(after[0])}::timestamptz, ${param(after[1])}, ${param(after[2])})`,
    );
  const most = param(limit + 1);
  // One by account and one by organisation, each along its index.
  const part = (
    whose: string,
  ) => `(SELECT w.dispute_id, w.item_id, w.sort_at, w.kind, w.organisation, w.account, w.procedure_id, w.procedure,
        w.step, w.subject, w.handoff_id, w.since, w.due, w.due_at, d.case_code, d.type, d.region
      FROM accord.projected_worklist w JOIN accord.disputes d USING (dispute_id)
      WHERE ${whose} AND ${conditions.join(' AND ')} ORDER BY w.sort_at, w.dispute_id, w.item_id LIMIT ${most})`;
  const parts = [part(`w.account = ${param(account)}`)];
  if (organisation !== null) parts.push(part(`w.organisation = ${param(organisation)}`));
  const rows = await ask<Columns>(
    dataSource,
    `SELECT kind, dispute_id AS "disputeId", item_id AS "itemId", case_code AS "caseCode", type, region,
        procedure_id AS "procedureId", procedure, step, subject, handoff_id AS "handoffId", organisation, account, since,
        due::text AS due, due_at AS "dueAt", ${instantKey('sort_at')} AS key
      FROM (${parts.join(' UNION ')}) AS work ORDER BY sort_at, dispute_id, item_id LIMIT ${most}`,
    params.values,
  );
  return pageOf(
    rows,
    limit,
    ({ key, disputeId, itemId }) => [key, disputeId, itemId],
    ({ key: _key, itemId: _itemId, dueAt, ...item }) => ({ ...item, dueAt: dueAt?.toISOString() ?? null }),
  );
};
