import type { DataSource } from 'typeorm';
import { instantOf } from '../../domain/calendar/civil-date.js';
import type { Handoff } from '../../domain/dispute/state.js';
import type { Json } from '../../store/contract.js';
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
import { regionPrefix } from '../../store/read-models/region.js';
import { parameters } from '../../store/read-models/visibility.js';
import { handoffView, type HandoffView } from './handoff-view.js';

export interface HandoffQuestion {
  /** Receiving organisation. */
  to?: string | undefined;
  status?: string | undefined;
  /** Those that this organisation sends or receives, and those of disputes of this region (GB/T 2260) and below. */
  visible: { organisation: string | null; region: string | null } | 'all';
}

interface Row {
  handoffId: string;
  disputeId: string;
  view: Handoff;
  dueAt: Date | null;
  texts: Record<string, Json> | null;
  key: string;
}

/** Handoffs, those requested last first. @throws InvalidCursor, StoreUnavailable */
export const listHandoffViews = async (
  dataSource: DataSource,
  question: HandoffQuestion,
  page: PageRequest = {},
): Promise<Page<HandoffView>> => {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.instant, cursorPart.text]);
  const { param, values } = parameters();
  const conditions = [visibleTo(question.visible, param)];
  if (question.to !== undefined) conditions.push(`h.to_organisation = ${param(question.to)}`);
  if (question.status !== undefined) conditions.push(`h.status = ${param(question.status)}`);
  if (after !== null)
    conditions.push(`(h.requested_at, h.handoff_id) < (${param(after[0])}::timestamptz, ${param(after[1])})`);
  const rows = await ask<Row>(
    dataSource,
    `SELECT h.handoff_id AS "handoffId", h.dispute_id AS "disputeId", h.view, h.due_at AS "dueAt",
        ${instantKey('h.requested_at')} AS key,
        (SELECT json_object_agg(v.ref, v.value) FROM accord.sealed_values v
          WHERE v.dispute_id = h.dispute_id
            AND v.ref IN (h.view #>> '{from,name,ref}', h.view #>> '{to,name,ref}', h.view #>> '{returned,reason,ref}')) AS texts
      FROM accord.handoffs h JOIN accord.disputes d USING (dispute_id)
      WHERE ${conditions.join(' AND ')}
      ORDER BY h.requested_at DESC, h.handoff_id DESC LIMIT ${param(limit + 1)}`,
    values,
  );
  return pageOf(rows, limit, (row) => [row.key, row.handoffId], viewOf);
};

const viewOf = ({ disputeId, view, dueAt, texts }: Row): HandoffView =>
  handoffView(view, disputeId, dueAt === null ? null : instantOf(dueAt.getTime()), { values: texts ?? {} });

const visibleTo = (visible: HandoffQuestion['visible'], param: (value: unknown) => string): string => {
  if (visible === 'all') return 'true';
  const admits: string[] = [];
  if (visible.organisation !== null) {
    const own = param(visible.organisation);
    admits.push(`h.to_organisation = ${own}`, `h.from_organisation = ${own}`);
  }
  if (visible.region !== null) admits.push(`d.region LIKE ${param(`${regionPrefix(visible.region)}%`)}`);
  return admits.length === 0 ? 'false' : `(${admits.join(' OR ')})`;
};
