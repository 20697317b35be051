import type pg from 'pg';
import type { Json } from '../../src/store/contract.js';
import type { ModelContents } from './model-store.js';

const selectContents = `SELECT
    json_build_object('caseCode', case_code, 'type', type, 'region', region, 'status', status,
      'ownerOrganisation', owner_organisation, 'ownerPerson', owner_person, 'registeredOn', registered_on,
      'procedures', procedures, 'steps', steps, 'organisations', organisations, 'accounts', accounts) AS index,
    plan_version AS "planVersion", driven_version AS "drivenVersion", plan_code AS "planCode",
    next_due AS "nextDue", stall,
    coalesce((SELECT json_agg(json_build_object('deadlineId', deadline_id, 'procedureId', procedure_id, 'rule', rule,
      'kind', kind, 'holder', holder, 'status', status, 'due', due, 'dueAt', due_at) ORDER BY deadline_id)
      FROM accord.open_deadlines WHERE dispute_id = $1), '[]') AS deadlines,
    coalesce((SELECT json_agg(json_build_object('handoffId', handoff_id, 'procedureId', procedure_id,
      'fromOrganisation', from_organisation, 'toOrganisation', to_organisation, 'status', status,
      'requestedAt', requested_at, 'dueAt', due_at, 'view', view) ORDER BY handoff_id)
      FROM accord.handoffs WHERE dispute_id = $1), '[]') AS handoffs
  FROM accord.disputes JOIN accord.dispute_clocks USING (dispute_id) WHERE dispute_id = $1`;

interface Contents extends Pick<ModelContents, 'index' | 'deadlines' | 'handoffs'> {
  planVersion: number;
  drivenVersion: number;
  planCode: number;
  nextDue: Date | null;
  stall: Json;
}

const inUtc = (instant: string): string => new Date(instant).toISOString();

/** The read models of a dispute as they stand in the database. */
export async function contentsOf(pool: pg.Pool, disputeId: string): Promise<unknown> {
  const [row] = (await pool.query<Contents>(selectContents, [disputeId])).rows;
  if (!row) return null;
  const { index, deadlines, handoffs, planVersion, drivenVersion, planCode, nextDue, stall } = row;
  return {
    index,
    clocks: { planVersion, drivenVersion, planCode, nextDue: nextDue?.toISOString() ?? null, stall },
    deadlines: deadlines.map((one) => ({ ...one, dueAt: inUtc(one.dueAt) })),
    handoffs: handoffs.map((one) => ({
      ...one,
      requestedAt: inUtc(one.requestedAt),
      dueAt: one.dueAt && inUtc(one.dueAt),
    })),
  };
}
