import type { DataSource } from 'typeorm';
import { profiles } from '../../domain/profiles/profiles.js';
import type { JsonObject } from '../../store/contract.js';
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
import { parameters, visible, type Parameters, type Visibility } from '../../store/read-models/visibility.js';
import { reasonsOfColour, type Colour, type EngineReason } from './reasons.js';

/** What the engine's watch knows of one dispute; ids and codes only. */
export interface EngineProblem {
  disputeId: string;
  reason: Extract<EngineReason, 'workflow-missing' | 'workflow-failing'>;
  /** Instant. */
  since: string;
}

export interface StalledQuestion {
  visibility: Visibility;
  /** What counts as stalled is asked for this instant. */
  now: Date;
  /** GB/T 2260; covers the regions below it. */
  region?: string | undefined;
  type?: string | undefined;
  reason?: string | undefined;
  colour?: Colour | undefined;
  /** Code of an open procedure. */
  procedure?: string | undefined;
  /** How the engine is, beyond what the store knows. */
  engine: { problems: readonly EngineProblem[]; hasWorker: boolean };
  /** Seconds by which the engine may be behind before it counts; default 30. */
  engineSeconds?: number;
}

export interface StalledRow {
  disputeId: string;
  caseCode: string;
  reason: string;
  since: Date;
  role: string;
  organisation: string | null;
  detail: JsonObject;
}

/** What is stalled now, longest first; a dispute is listed once a reason. @throws InvalidCursor, StoreUnavailable */
export const listStalledRows = async (
  dataSource: DataSource,
  question: StalledQuestion,
  page: PageRequest = {},
): Promise<Page<StalledRow>> => {
  const limit = pageLimit(page);
  const after = decodeCursor(page.cursor, [cursorPart.instant, cursorPart.text, cursorPart.text]);
  const params = parameters();
  const source = stalled(question, params);
  const { param } = params;
  const behind =
    after === null
      ? 'true'
      : `(at, "disputeId", reason) > (${param(after[0])}::timestamptz, ${param(after[1])}, ${param(after[2])})`;
  const rows = await ask<StalledRow & { key: string }>(
    dataSource,
    `${source} SELECT *, ${instantKey('at')} AS key FROM stalled WHERE ${behind}
      ORDER BY at, "disputeId", reason LIMIT ${param(limit + 1)}`,
    params.values,
  );
  return pageOf(
    rows,
    limit,
    (row) => [row.key, row.disputeId, row.reason],
    ({ key: _key, ...row }) => row,
  );
};

export interface Count {
  key: string;
  count: number;
}

/** How many are stalled, by reason, region and procedure; a dispute in two procedures counts in both. */
export interface StalledCounts {
  total: number;
  reason: Count[];
  region: Count[];
  procedure: Count[];
}

/** @throws StoreUnavailable */
export const countStalled = async (dataSource: DataSource, question: StalledQuestion): Promise<StalledCounts> => {
  const params = parameters();
  const rows = await ask<Count & { by: string }>(
    dataSource,
    `${stalled(question, params)}
      SELECT 'total' AS by, '' AS key, count(*)::integer AS count FROM stalled
      UNION ALL SELECT 'reason', reason, count(*)::integer FROM stalled GROUP BY reason
      UNION ALL SELECT 'region', region, count(*)::integer FROM stalled GROUP BY region
      UNION ALL SELECT 'procedure', procedure, count(*)::integer
        FROM stalled, unnest(procedures) AS procedure GROUP BY procedure
      ORDER BY 1, 3 DESC, 2`,
    params.values,
  );
  const of = (by: string) => rows.filter((row) => row.by === by).map(({ key, count }) => ({ key, count }));
  return { total: of('total')[0]?.count ?? 0, reason: of('reason'), region: of('region'), procedure: of('procedure') };
};

/** Seconds within which a handoff is to be delivered, by profile: a working day counts as one day. */
const deliverySeconds = (): Record<string, number> =>
  Object.fromEntries(
    profiles.map(({ code, serviceLevels }) => {
      const { amount, unit } = serviceLevels['SL-DELIVERY'];
      return [code, amount * (unit === 'S' ? 1 : unit === 'H' ? 3600 : 86_400)];
    }),
  );

/**
 * The engine is judged by the database's clock, the dispute by the caller's `now`. People: the stall instant that the
 * domain computed has passed. The engine: a plan that its workflow has not taken, a handoff that lies undelivered
 * longer than its profile allows, and what its watch says of the workflows.
 */
const stalled = (question: StalledQuestion, params: Parameters): string => {
  const { param } = params;
  const { engine } = question;
  const conditions = [visible(question.visibility, params)];
  if (question.region !== undefined) conditions.push(`d.region LIKE ${param(`${regionPrefix(question.region)}%`)}`);
  if (question.type !== undefined) conditions.push(`d.type = ${param(question.type)}`);
  if (question.reason !== undefined) conditions.push(`x.reason = ${param(question.reason)}`);
  if (question.colour !== undefined)
    conditions.push(`x.reason = ANY(${param(reasonsOfColour(question.colour))}::text[])`);
  if (question.procedure !== undefined) conditions.push(`d.procedures @> ARRAY[${param(question.procedure)}]::text[]`);
  const now = `${param(question.now.toISOString())}::timestamptz`;
  const patience = `now() - ${param(question.engineSeconds ?? 30)}::float8 * interval '1 second'`;
  return `WITH reasons AS (
      SELECT dispute_id, stall_at AS at, (stall ->> 'since')::timestamptz AS since, stall ->> 'reason' AS reason,
             stall ->> 'role' AS role, stall ->> 'organisation' AS organisation, stall -> 'detail' AS detail
        FROM accord.dispute_clocks WHERE stall_at <= ${now}
      UNION ALL
      SELECT dispute_id, min(since), min(since), ${param(engine.hasWorker ? 'engine-behind' : 'no-worker')}, 'system', NULL, '{}'::jsonb
        FROM (SELECT dispute_id, queued_at AS since FROM accord.drive_queue WHERE queued_at < ${patience}
              UNION ALL
              SELECT dispute_id, behind_since FROM accord.dispute_clocks
                WHERE behind_since IS NOT NULL AND behind_since < ${patience}) AS late
        WHERE EXISTS (SELECT FROM accord.disputes o WHERE o.dispute_id = late.dispute_id AND o.status <> 'closed')
        GROUP BY dispute_id
      UNION ALL
      SELECT h.dispute_id, min(h.requested_at), min(h.requested_at), 'delivery-failing', 'court-clerk',
             min(h.to_organisation), jsonb_build_object('handoffId', min(h.handoff_id), 'procedureId', min(h.procedure_id))
        FROM accord.handoffs h JOIN accord.streams s ON s.stream = 'dispute-' || h.dispute_id
        WHERE h.status = 'requested' AND NOT (s.state::jsonb ->> 'backfill')::boolean
          AND h.requested_at < now() - coalesce(
            (${param(JSON.stringify(deliverySeconds()))}::jsonb ->> (s.state::jsonb -> 'profile' ->> 'code'))::float8, 86400
          ) * interval '1 second'
        GROUP BY h.dispute_id
      UNION ALL
      SELECT p."disputeId", p.since, p.since, p.reason, 'system', NULL, '{}'::jsonb
        FROM jsonb_to_recordset(${param(JSON.stringify(engine.problems))}::jsonb)
          AS p("disputeId" text, reason text, since timestamptz)
    ), stalled AS (
      SELECT d.dispute_id AS "disputeId", d.case_code AS "caseCode", d.region, d.procedures,
             x.at, x.since, x.reason, x.role, x.organisation, x.detail
        FROM reasons x JOIN accord.disputes d USING (dispute_id)
        WHERE ${conditions.join(' AND ')}
    )`;
};
