import type { DataSource } from 'typeorm';
import type { JsonObject } from '../contract.js';
import { ask } from './ask.js';
import { cursorPart, decodeCursor, instantKey, pageLimit, pageOf, type Page, type PageRequest } from './page.js';
import { regionPrefix } from './region.js';
import { parameters, visible, type Parameters, type Visibility } from './visibility.js';

export interface StalledFilter {
  /** GB/T 2260; covers the regions below it. */
  region?: string;
  reason?: string;
  type?: string;
  visibility: Visibility;
  /** What counts as stalled is asked for this instant. */
  now: Date;
  /** Seconds by which the engine may be behind before it counts; default 30. */
  engineSeconds?: number;
}

export interface StalledDispute {
  disputeId: string;
  caseCode: string;
  type: string;
  region: string;
  procedures: string[];
  reason: string;
  since: string;
  waitingFor: { role: string; organisation: string | null };
  /** As the domain gives it in the detail; `red` for the engine. */
  colour: string | null;
  detail: JsonObject;
}

/**
 * What is stalled now, longest first: disputes whose stall instant has passed, and open disputes whose plan the
 * engine has not taken (`engine-behind`): still queued, or not acknowledged by its workflow. A dispute may be both.
 *
 * @throws InvalidCursor, StoreUnavailable
 */
export async function listStalled(
  dataSource: DataSource,
  filter: StalledFilter,
  page: PageRequest = {},
): Promise<Page<StalledDispute>> {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.instant, cursorPart.text, cursorPart.text]);
  const params = parameters();
  const { param } = params;
  const source = stalled(filter, params);
  const behind =
    after === null
      ? 'true'
      : `(at, "disputeId", reason) > (${param(after[0])}::timestamptz, ${param(after[1])}, ${param(after[2])})`;
  const rows = await ask<Columns>(
    dataSource,
    `${source}
      SELECT *, ${instantKey('at')} AS key FROM stalled WHERE ${behind} ORDER BY at, "disputeId", reason
      LIMIT ${param(limit + 1)}`,
    params.values,
  );
  return pageOf(rows, limit, (row) => [row.key, row.disputeId, row.reason], stalledDispute);
}

export interface StalledCount {
  key: string;
  count: number;
}

export interface StalledSummary {
  total: number;
  reasons: StalledCount[];
  colours: StalledCount[];
  regions: StalledCount[];
  /** By open procedure; a dispute with two counts in both. */
  procedures: StalledCount[];
}

/** How many are stalled now, by reason, colour, region and procedure. @throws StoreUnavailable */
export async function stalledSummary(dataSource: DataSource, filter: StalledFilter): Promise<StalledSummary> {
  const params = parameters();
  const rows = await ask<{ by: string; key: string; count: number }>(
    dataSource,
    `${stalled(filter, params)}
      SELECT 'total' AS by, '' AS key, count(*)::integer AS count FROM stalled
      UNION ALL SELECT 'reason', reason, count(*)::integer FROM stalled GROUP BY reason
      UNION ALL SELECT 'colour', colour, count(*)::integer FROM stalled WHERE colour IS NOT NULL GROUP BY colour
      UNION ALL SELECT 'region', region, count(*)::integer FROM stalled GROUP BY region
      UNION ALL SELECT 'procedure', procedure, count(*)::integer
        FROM stalled, unnest(procedures) AS procedure GROUP BY procedure
      ORDER BY 1, 3 DESC, 2`,
    params.values,
  );
  const counts = (by: string) => rows.filter((row) => row.by === by).map(({ key, count }) => ({ key, count }));
  return {
    total: counts('total')[0]?.count ?? 0,
    reasons: counts('reason'),
    colours: counts('colour'),
    regions: counts('region'),
    procedures: counts('procedure'),
  };
}

interface Columns {
  disputeId: string;
  caseCode: string;
  type: string;
  region: string;
  procedures: string[];
  reason: string;
  since: Date;
  role: string;
  organisation: string | null;
  colour: string | null;
  detail: JsonObject;
  key: string;
}

function stalledDispute(row: Columns): StalledDispute {
  const { role, organisation, since, key: _key, ...rest } = row;
  const { disputeId, caseCode, type, region, procedures, reason, colour, detail } = rest;
  return {
    disputeId,
    caseCode,
    type,
    region,
    procedures,
    reason,
    since: since.toISOString(),
    waitingFor: { role, organisation },
    colour,
    detail,
  };
}

/** The engine is judged by the database's clock, the dispute by the caller's `now`. */
function stalled(filter: StalledFilter, params: Parameters): string {
  const { param } = params;
  const conditions = [visible(filter.visibility, params)];
  if (filter.region !== undefined) conditions.push(`d.region LIKE ${param(`${regionPrefix(filter.region)}%`)}`);
  if (filter.type !== undefined) conditions.push(`d.type = ${param(filter.type)}`);
  if (filter.reason !== undefined) conditions.push(`x.reason = ${param(filter.reason)}`);
  const now = `${param(filter.now.toISOString())}::timestamptz`;
  const patience = `now() - ${param(filter.engineSeconds ?? 30)}::float8 * interval '1 second'`;
  return `WITH reasons AS (
      SELECT dispute_id, stall_at AS at, (stall ->> 'since')::timestamptz AS since, stall ->> 'reason' AS reason,
             stall ->> 'role' AS role, stall ->> 'organisation' AS organisation,
             stall -> 'detail' ->> 'colour' AS colour, stall -> 'detail' AS detail
        FROM accord.dispute_clocks WHERE stall_at <= ${now}
      UNION ALL
      SELECT dispute_id, min(since), min(since), 'engine-behind', 'system', NULL, 'red', '{}'::jsonb
        FROM (SELECT dispute_id, queued_at AS since FROM accord.drive_queue WHERE queued_at < ${patience}
              UNION ALL
              SELECT dispute_id, behind_since FROM accord.dispute_clocks
                WHERE behind_since IS NOT NULL AND behind_since < ${patience}) AS late
        WHERE EXISTS (SELECT FROM accord.disputes o WHERE o.dispute_id = late.dispute_id AND o.status <> 'closed')
        GROUP BY dispute_id
    ), stalled AS (
      SELECT d.dispute_id AS "disputeId", d.case_code AS "caseCode", d.type, d.region, d.procedures,
             x.at, x.since, x.reason, x.role, x.organisation, x.colour, x.detail
        FROM reasons x JOIN accord.disputes d USING (dispute_id)
        WHERE ${conditions.join(' AND ')}
    )`;
}
