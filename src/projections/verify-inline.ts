import type { Pool, PoolClient } from 'pg';
import { engineRequester, streamOf } from '../commands/recording.js';
import { writeOf } from '../commands/write.js';
import { publishedCalendar, withYear, type Calendar, type HolidayYear } from '../domain/calendar/calendar.js';
import { instantOf } from '../domain/calendar/civil-date.js';
import { foldVersion } from '../domain/dispute/event.js';
import { fold } from '../domain/dispute/evolve.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { upcast, type StoredEvent } from '../domain/dispute/upcast.js';
import { planCode } from '../domain/plan/plan.js';
import { defaultProfile, profileOf } from '../domain/profiles/profiles.js';
import { ruleBook } from '../domain/rules/rule-book.js';
import type { DisputeWrite } from '../store/contract.js';
import { asStoreError } from '../store/pool.js';
import { firstDifference, type Difference } from './difference.js';
import { codeOf } from './fold-streams.js';
import { inTransaction } from '../store/in-transaction.js';

export interface InlineOptions {
  /** Only this one. */
  dispute?: string;
  /** Holiday calendars under one of which the next reminder may have been dated; default those the store knows. */
  calendars?: readonly Calendar[];
  /** Hears how many events have been read. */
  progress?: (events: number) => void;
}

export type InlineVerified =
  /** `older`: disputes whose snapshot an older fold made; they are refolded when they are next asked for. */
  { ok: true; disputes: number; events: number; older: number } | { ok: false; difference: Difference };

/** Disputes compared at once: each batch is one snapshot of the database, so that writers may go on. */
const batch = 100;
/** Events read at once. */
const pageSize = 2_000;

/**
 * Views against events: refolds every dispute's stream, or one, and compares what the append wrote beside the events
 * with what the domain makes of them: the snapshot, the columns it is listed by, the clocks (what is due next, when it
 * counts as stalled), the open deadlines and the handoffs. Names the first difference, by dispute, view and member.
 * Also finds rows of disputes that have no events. Does not check hashes. Reads only. Memory: 100 disputes and a page of 2,000 events.
 *
 * @throws StoreUnavailable
 */
export const verifyInline = async (pool: Pool, options: InlineOptions = {}): Promise<InlineVerified> => {
  const { dispute, progress = () => undefined } = options;
  const calendars = options.calendars ?? (await knownCalendars(pool));
  const counts = { disputes: 0, events: 0, older: 0 };
  const last = dispute ?? null;
  let after = dispute === undefined ? '' : before(dispute);
  for (;;) {
    const verified = await inTransaction(pool, 'snapshot', async (client) => {
      const to = last ?? (await endOfBatch(client, after));
      return { to, ...(await compareRange(client, { after, to }, calendars)) };
    });
    if (verified.difference) return { ok: false, difference: verified.difference };
    counts.disputes += verified.disputes;
    counts.events += verified.events;
    counts.older += verified.older;
    progress(counts.events);
    if (verified.to === null || last !== null) return { ok: true, ...counts };
    after = verified.to;
  }
};

/** The text right before another, by code points: what lies behind it begins with that. */
const before = (id: string): string =>
  id.slice(0, -1) + String.fromCharCode(id.charCodeAt(id.length - 1) - 1) + '\uffff';

const knownCalendars = async (pool: Pool): Promise<Calendar[]> => {
  const text = `SELECT value FROM accord.settings WHERE name = 'calendar-years'`;
  const { rows } = await pool.query<{ value: HolidayYear[] }>(text).catch((error: unknown) => {
    throw asStoreError(error);
  });
  const years = rows[0]?.value ?? [];
  return [years.reduce(withYear, publishedCalendar), ...(years.length > 0 ? [publishedCalendar] : [])];
};

interface Range {
  /** Disputes behind this one … */
  after: string;
  /** … up to this one; null: to the end. */
  to: string | null;
}

const endOfBatch = async (client: PoolClient, after: string): Promise<string | null> => {
  const { rows } = await client.query<{ id: string }>({
    name: 'inline-batch',
    text: `SELECT substr(stream, 9) AS id FROM accord.streams WHERE stream > $1 AND stream < 'dispute.'
      ORDER BY stream OFFSET ${batch - 1} LIMIT 1`,
    values: [streamOf(after)],
  });
  return rows[0]?.id ?? null;
};

const within = (column: string): string => `${column} > $1 AND ($2::text IS NULL OR ${column} <= $2)`;

/** One row a dispute; what there is none of is null. */
const selectViews = {
  name: 'inline-views',
  text: `WITH ids AS (
      SELECT substr(stream, 9) COLLATE "C" AS id FROM accord.streams
        WHERE stream > 'dispute-' || $1 AND stream < 'dispute.' AND ($2::text IS NULL OR stream <= 'dispute-' || $2)
      UNION SELECT dispute_id FROM accord.disputes WHERE ${within('dispute_id')}
      UNION SELECT dispute_id FROM accord.dispute_clocks WHERE ${within('dispute_id')}
      UNION SELECT dispute_id FROM accord.open_deadlines WHERE ${within('dispute_id')}
      UNION SELECT dispute_id FROM accord.handoffs WHERE ${within('dispute_id')})
    SELECT i.id, s.version, s.fold_version AS "foldVersion", s.state,
      CASE WHEN d.dispute_id IS NOT NULL THEN json_build_object(
        'caseCode', d.case_code, 'type', d.type, 'region', d.region, 'status', d.status,
        'ownerOrganisation', d.owner_organisation, 'ownerPerson', d.owner_person, 'registeredOn', d.registered_on,
        'procedures', d.procedures, 'steps', d.steps, 'organisations', d.organisations, 'accounts', d.accounts) END AS index,
      CASE WHEN c.dispute_id IS NOT NULL THEN json_build_object(
        'planCode', c.plan_code, 'nextDue', c.next_due, 'stall', c.stall, 'stallAt', c.stall_at) END AS clocks,
      (SELECT json_agg(json_build_object(
          'deadlineId', o.deadline_id, 'procedureId', o.procedure_id, 'rule', o.rule, 'kind', o.kind, 'holder', o.holder,
          'status', o.status, 'due', o.due, 'dueAt', o.due_at)) FROM accord.open_deadlines o WHERE o.dispute_id = i.id) AS deadlines,
      (SELECT json_agg(json_build_object(
          'handoffId', h.handoff_id, 'procedureId', h.procedure_id, 'fromOrganisation', h.from_organisation,
          'toOrganisation', h.to_organisation, 'status', h.status, 'requestedAt', h.requested_at, 'dueAt', h.due_at,
          'view', h.view)) FROM accord.handoffs h WHERE h.dispute_id = i.id) AS handoffs
    FROM ids i
    LEFT JOIN accord.streams s ON s.stream = 'dispute-' || i.id
    LEFT JOIN accord.disputes d ON d.dispute_id = i.id
    LEFT JOIN accord.dispute_clocks c ON c.dispute_id = i.id
    ORDER BY i.id`,
};

interface Views {
  id: string;
  version: number | null;
  foldVersion: number | null;
  state: string | null;
  index: DisputeWrite['index'] | null;
  clocks: {
    planCode: number;
    nextDue: string | null;
    stall: Record<string, unknown> | null;
    stallAt: string | null;
  } | null;
  deadlines: { deadlineId: string; dueAt: string }[] | null;
  handoffs: { handoffId: string; requestedAt: string; dueAt: string | null }[] | null;
}

const selectEvents = {
  name: 'inline-events',
  text: `SELECT stream, version, type, schema_version AS "schemaVersion", occurred_at AS "occurredAt",
      procedure_id AS "procedureId", data FROM accord.events
    WHERE (stream, version) > ($1, $2::integer) AND stream < 'dispute.' AND ($3::text IS NULL OR stream <= $3)
    ORDER BY stream, version LIMIT ${pageSize}`,
};

interface Compared {
  difference: Difference | null;
  disputes: number;
  events: number;
  older: number;
}

interface Folding {
  stream: string;
  state: DisputeState | null;
}

const compareRange = async (
  client: PoolClient,
  { after, to }: Range,
  calendars: readonly Calendar[],
): Promise<Compared> => {
  const { rows } = await client.query<Views>({ ...selectViews, values: [after, to] });
  const views = new Map(rows.map((row) => [row.id, row]));
  const compared: Compared = { difference: null, disputes: 0, events: 0, older: 0 };
  const close = (folding: Folding | null): Difference | null => {
    if (folding === null) return null;
    const { stream, state } = folding;
    const id = stream.slice(streamOf('').length);
    const own = views.get(id);
    views.delete(id);
    compared.disputes += 1;
    if (!own || own.version === null) return { in: stream, at: 'snapshot', expected: 'a snapshot', found: null };
    if (own.foldVersion !== foldVersion) {
      compared.older += 1;
      return null;
    }
    return compareDispute(stream, state!, own, calendars);
  };

  let folding = null as Folding | null;
  let read = { stream: streamOf(after), version: 2_147_483_647 };
  for (;;) {
    const page = await client.query<StoredEvent>({
      ...selectEvents,
      values: [read.stream, read.version, to === null ? null : streamOf(to)],
    });
    for (const event of page.rows) {
      if (folding?.stream !== event.stream) {
        compared.difference = close(folding);
        if (compared.difference) return compared;
        folding = { stream: event.stream, state: null };
      }
      try {
        folding.state = fold([upcast(event)], folding.state);
      } catch (error) {
        const at = `version ${event.version}`;
        compared.difference = { in: event.stream, at, expected: 'an event that can be folded', found: codeOf(error) };
        return compared;
      }
    }
    compared.events += page.rows.length;
    if (page.rows.length < pageSize) break;
    read = page.rows.at(-1)!;
  }
  compared.difference = close(folding);
  const [orphan] = views.keys();
  if (!compared.difference && orphan !== undefined)
    compared.difference = { in: streamOf(orphan), at: 'events', expected: 'no rows', found: 'rows' };
  return compared;
};

const compareDispute = (
  stream: string,
  state: DisputeState,
  views: Views,
  calendars: readonly Calendar[],
): Difference | null => {
  if (views.version !== state.version)
    return { in: stream, at: 'snapshot.version', expected: state.version, found: views.version };
  const text = JSON.stringify(state);
  const snapshot =
    views.state === text ? null : firstDifference(stream, plain(state), JSON.parse(views.state ?? 'null'), 'snapshot');
  if (snapshot) return snapshot;
  const writes = calendars.map((calendar) => writeUnder(state, calendar));
  const { index, stall, deadlines, handoffs } = writes[0]!;
  return (
    firstDifference(stream, index, views.index, 'index') ??
    compareClocks(stream, writes, stall, views.clocks) ??
    firstDifference(
      stream,
      byId(deadlines ?? [], 'deadlineId'),
      byId(views.deadlines ?? [], 'deadlineId'),
      'deadlines',
    ) ??
    firstDifference(stream, byId(handoffs, 'handoffId'), byId(views.handoffs ?? [], 'handoffId'), 'handoffs')
  );
};

/** What an append that ended in this state would have written. Nothing of it depends on the present. */
const writeUnder = (state: DisputeState, calendar: Calendar): DisputeWrite =>
  writeOf(null, state, {
    now: instantOf(0),
    by: engineRequester,
    calendar,
    rules: ruleBook,
    profile: profileOf(state.profile.code) ?? defaultProfile,
  });

const compareClocks = (
  stream: string,
  writes: readonly DisputeWrite[],
  stall: DisputeWrite['stall'],
  clocks: Views['clocks'],
): Difference | null => {
  if (clocks === null) return { in: stream, at: 'clocks', expected: 'clocks', found: null };
  // A plan that older code made is replaced by the relay.
  if (clocks.planCode !== planCode) return null;
  const nextDue = instant(clocks.nextDue);
  if (!writes.some((write) => instant(write.nextDue) === nextDue))
    return { in: stream, at: 'clocks.nextDue', expected: instant(writes[0]!.nextDue), found: nextDue };
  return (
    firstDifference(stream, stall && plain(stall), clocks.stall, 'clocks.stall') ??
    firstDifference(stream, instant(stall?.at ?? null), instant(clocks.stallAt), 'clocks.stallAt')
  );
};

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

/** Without what JSON leaves out. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const instants: readonly string[] = ['dueAt', 'requestedAt'];

/** Rows by their id, instants in one notation. */
const byId = <Id extends string>(
  rows: readonly Record<Id, string>[],
  id: Id,
): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    rows.map((row) => [
      row[id],
      Object.fromEntries(
        Object.entries(plain(row) as Record<string, unknown>).map(([name, value]) => [
          name,
          instants.includes(name) ? instant(value as string | null) : value,
        ]),
      ),
    ]),
  );
