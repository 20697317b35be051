import type { Pool } from 'pg';
import { openPublicKeys } from '../../src/commands/keys.js';
import { verifyAnchors } from '../../src/commands/verify-anchors.js';
import { projections } from '../../src/projections/all.js';
import { verifyInline } from '../../src/projections/verify-inline.js';
import { verifyProjection } from '../../src/projections/verify.js';
import { verifyAll } from '../../src/store/verify.js';
import type { Acknowledged, Ledger } from './ledger.js';

/** Each check answers what it found wrong, in words; nothing where all is well. */

const atOnce = 1_000;
/** Problems of one kind that are told one by one. */
const mostTold = 10;

const told = (problems: string[]): string[] =>
  problems.length <= mostTold
    ? problems
    : [...problems.slice(0, mostTold), `… and ${problems.length - mostTold} more of these`];

/** What was answered as recorded is recorded, word for word. */
export async function lostOf(pool: Pool, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const problems: string[] = [];
  for (let from = 0; from < acknowledged.length; from += atOnce) {
    const some = acknowledged.slice(from, from + atOnce);
    const ids = some.flatMap(({ events }) => (events ?? []).map(({ eventId }) => eventId));
    const { rows } = await pool.query<{ id: string; place: string }>(
      `SELECT event_id AS id, concat_ws(' ', stream, version, encode(hash, 'hex'), command_id) AS place
       FROM accord.events WHERE event_id = ANY ($1)`,
      [ids],
    );
    const places = new Map(rows.map(({ id, place }) => [id, place]));
    for (const { commandId, disputeId, events } of some)
      for (const { eventId, version, hash } of events ?? [])
        if (places.get(eventId) !== `dispute-${disputeId} ${version} ${hash} ${commandId}`)
          problems.push(
            `lost: event ${version} of ${disputeId}, acknowledged to ${commandId}: ${places.get(eventId) ?? 'not there'}`,
          );
  }
  return told(problems);
}

/** Each command has the events of its answer and no others; what was refused has none; nobody else wrote. */
export async function doubledOf(pool: Pool, ledger: Ledger): Promise<string[]> {
  const { rows } = await pool.query<{ commandId: string; streams: string[]; events: string[]; person: boolean }>(
    `SELECT command_id AS "commandId", array_agg(DISTINCT stream) AS streams,
       array_agg(event_id ORDER BY version) AS events, bool_or(actor ->> 'kind' = 'person') AS person
     FROM accord.events WHERE stream LIKE 'dispute-%' AND (actor ->> 'kind' = 'person' OR command_id = ANY ($1))
     GROUP BY command_id`,
    [[...ledger.acknowledged.keys()]],
  );
  const found = new Map(rows.map((row) => [row.commandId, row]));
  const problems: string[] = [];
  for (const { commandId, disputeId, events, version } of ledger.acknowledged.values()) {
    const row = found.get(commandId);
    if (!row) {
      if (events === null || events.length > 0) problems.push(`lost: command ${commandId} of ${disputeId}`);
      continue;
    }
    if (row.streams.join() !== `dispute-${disputeId}`)
      problems.push(`doubled: command ${commandId} is in ${row.streams.join(' and ')}`);
    const expected = events?.map(({ eventId }) => eventId);
    const isSame = expected ? row.events.join() === expected.join() : row.events.length === version;
    if (!isSame)
      problems.push(
        `doubled: command ${commandId} has ${row.events.length} events, answered were ${expected?.length ?? version}`,
      );
  }
  // Periods that passed before it stand, though it was refused: they are the engine's.
  for (const commandId of ledger.refused)
    if (found.get(commandId)?.person) problems.push(`refused, and recorded: command ${commandId}`);
  for (const { commandId, person } of rows)
    if (person && !ledger.sent.has(commandId)) problems.push(`nobody sent it: command ${commandId}`);
  return told(problems);
}

/** Every chain whole, every anchor still true of what it covers. */
export async function brokenIn(pool: Pool, home: string): Promise<string[]> {
  const problems: string[] = [];
  await verifyAll(pool, ({ stream, version, problem }) => problems.push(`chain: ${stream} ${version}: ${problem}`));
  await verifyAnchors(pool, {
    keys: openPublicKeys(home, {}),
    onProblem: (problem) => problems.push(`anchors: ${JSON.stringify(problem)}`),
  });
  return told(problems);
}

/** Snapshot, index, clocks, deadlines and handoffs are what the events say; so is each projection that is followed. */
export async function differencesOf(pool: Pool): Promise<string[]> {
  const inline = await verifyInline(pool);
  const problems = inline.ok ? [] : [`view: ${JSON.stringify(inline.difference)}`];
  for (const projection of projections) {
    const verified = await verifyProjection(pool, projection);
    if (verified.status === 'different')
      problems.push(`projection ${projection.name}: ${JSON.stringify(verified.difference)}`);
    if (verified.status === 'sound' && verified.parked > 0)
      problems.push(`projection ${projection.name}: ${verified.parked} streams are parked`);
  }
  return problems;
}

/** What the engine still owes. */
export interface Owed {
  /** Plans that wait to be handed to their workflows. */
  queued: number;
  /** Of these, those that a relay has claimed and may have taken with it when it was killed. */
  leased: number;
  /** Open disputes whose workflow has an older plan, those not counted that are leased. */
  behind: number;
  /** Deadlines that are due and have not elapsed. */
  overdue: number;
  /** Obligations of the engine itself whose instant has passed. */
  waiting: number;
}

/** @param toleranceMs how late an instant may be before it counts */
export async function owedIn(pool: Pool, toleranceMs: number): Promise<Owed> {
  const { rows } = await pool.query<Owed>(
    `WITH leased AS (SELECT dispute_id FROM accord.drive_queue WHERE available_at > now() AND attempts > 0),
       late AS (SELECT now() - $1 * interval '1 millisecond' AS at),
       open AS (SELECT c.*, c.dispute_id IN (SELECT dispute_id FROM leased) AS leased
         FROM accord.dispute_clocks c JOIN accord.disputes d USING (dispute_id) WHERE d.status <> 'closed')
     SELECT
       (SELECT count(*) FROM accord.drive_queue)::integer AS queued,
       (SELECT count(*) FROM leased)::integer AS leased,
       (SELECT count(*) FROM open WHERE driven_version < plan_version AND NOT leased)::integer AS behind,
       (SELECT count(*) FROM accord.open_deadlines o, late
         WHERE status = 'running' AND due_at < late.at
           AND dispute_id NOT IN (SELECT dispute_id FROM leased))::integer AS overdue,
       (SELECT count(*) FROM open, late WHERE next_due < late.at AND NOT leased)::integer AS waiting`,
    [toleranceMs],
  );
  return rows[0]!;
}
