import type { DataSource } from 'typeorm';
import { instantOf } from '../../domain/calendar/civil-date.js';
import type { Handoff } from '../../domain/dispute/state.js';
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
import { sealedByRef, type SealedJson, type Sealing } from '../../store/sealing/sealing.js';
import { maskedText } from '../views/masking.js';
import { handoffView, type HandoffView } from './handoff-view.js';

export interface HandoffQuestion {
  /** Receiving organisation. */
  to?: string | undefined;
  status?: string | undefined;
  /** Those that this organisation sends or receives, and those of disputes of this region (GB/T 2260) and below. */
  visible: { organisation: string | null; region: string | null } | 'all';
  /** Whether the reasons of returns are shown in the clear. */
  reasons: boolean;
}

interface Row {
  handoffId: string;
  disputeId: string;
  view: Handoff;
  dueAt: Date | null;
  sealed: SealedJson;
  key: string;
}

/** Handoffs, those requested last first. @throws InvalidCursor, StoreUnavailable */
export const listHandoffViews = async (
  dataSource: DataSource,
  sealing: Sealing,
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
        ${sealedByRef('h.dispute_id', `ARRAY[h.view #>> '{from,name,ref}', h.view #>> '{to,name,ref}', h.view #>> '{returned,reason,ref}']`)} AS sealed
      FROM accord.handoffs h JOIN accord.disputes d USING (dispute_id)
      WHERE ${conditions.join(' AND ')}
      ORDER BY h.requested_at DESC, h.handoff_id DESC LIMIT ${param(limit + 1)}`,
    values,
  );
  const found = pageOf(
    rows,
    limit,
    (row) => [row.key, row.handoffId],
    (row) => row,
  );
  const items: HandoffView[] = [];
  for (const row of found.items) items.push(await viewOf(sealing, row, question.reasons));
  return { ...found, items };
};

const viewOf = async (
  sealing: Sealing,
  { disputeId, view, dueAt, sealed }: Row,
  reasons: boolean,
): Promise<HandoffView> => {
  const opened = await sealing.open(disputeId, sealed);
  const values = Object.fromEntries(
    Object.entries(opened).map(([ref, { kind, value }]) => [ref, reasons || kind === 'body-name' ? value : maskedText]),
  );
  return handoffView(view, disputeId, dueAt === null ? null : instantOf(dueAt.getTime()), { values });
};

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
