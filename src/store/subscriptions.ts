import type { Pool } from 'pg';
import type { Cursor } from './contract.js';
import { inTransaction } from './in-transaction.js';
import { run } from './pool.js';
import { decodeCursor, cursorPart, pageLimit, pageOf, type Page, type PageRequest } from './read-models/page.js';
import { regionPrefix } from './read-models/region.js';
import { parameters } from './read-models/visibility.js';

export type SubscriptionStatus = 'active' | 'paused' | 'suspended';

/** Whose events a subscription is told of. Fixed when it is made: it is nobody's session, and outlives its creator's. */
export interface SubscriptionScope {
  /** Event types; null: all. */
  types: string[] | null;
  /** An organisation with a part in the dispute; null: any. */
  organisation: string | null;
  /** GB/T 2260, with the regions below it; null: any. */
  withinRegion: string | null;
}

export interface NewSubscription extends SubscriptionScope {
  id: string;
  /** HMAC over the request's body. */
  fingerprint: string;
  url: string;
  /** Where its creator works. */
  region: string | null;
  createdBy: string;
  secretCheck: string;
  from: Cursor;
}

export interface Subscription extends NewSubscription {
  /** Instant. */
  createdAt: string;
  status: SubscriptionStatus | 'deleted';
  secretGeneration: number;
  /** Still signed with until the instant, the newest first. */
  retiredSecrets: { generation: number; until: string }[];
  /** Raised by each replay. */
  generation: number;
  cursor: Cursor;
  /** Events acknowledged so far. */
  delivered: number;
  lastDeliveryAt: string | null;
  /** Attempts that failed since the last delivery that was acknowledged. */
  failures: number;
  failingSince: string | null;
  /** A code. */
  lastError: string | null;
  lastErrorAt: string | null;
}

/** Whose subscriptions a caller may see and change. */
export type Managed = { organisation: string } | { region: string } | { all: true };

/** A subscription whose workflow is to be told. */
export interface Wake {
  id: string;
  status: Subscription['status'];
  /** Tells this claim from a later one. */
  lease: string;
}

/** `known`: there is, or was, one of this id. `too-many`: its organisation has as many as it may. */
export type Inserted = 'made' | 'known' | 'too-many';

/** Webhook subscriptions. Every method but `insert` is one round trip; all throw `StoreUnavailable`. */
export interface SubscriptionStore {
  /** Makes it unless its organisation, or none, has `most` already: also where several are made at once. */
  insert(subscription: NewSubscription, most?: number): Promise<Inserted>;
  /** Null where there is none, or it was deleted. */
  find(id: string, managed?: Managed): Promise<Subscription | null>;
  /** Those not deleted, in the order of their ids. @throws InvalidCursor */
  list(managed: Managed, page?: PageRequest): Promise<Page<Subscription>>;
  /** Pauses, resumes (forgetting failures) or deletes; its workflow will be told. False where there is none. */
  setStatus(id: string, status: Exclude<Subscription['status'], 'suspended'>): Promise<boolean>;
  /** Goes on from another position; its workflow will be told. */
  replay(id: string, from: Cursor): Promise<boolean>;
  /** A new secret; the old ones that are still valid are signed with until the given instant. Answers the generation. */
  rotate(id: string, generation: number, retired: Subscription['retiredSecrets']): Promise<boolean>;

  /** Moves the position on. False where it was moved or stopped meanwhile: then nothing is written. */
  checkpoint(subscription: Subscription, cursor: Cursor, delivered: number): Promise<boolean>;
  /** Notes a failed attempt; with `suspend`, nothing more is delivered until somebody resumes. */
  fail(subscription: Subscription, code: string, suspend: boolean): Promise<boolean>;
  /** It rests from here on. To be followed by one more look at the feed: see `tellOf`. */
  rest(subscription: Subscription): Promise<boolean>;
  /** Those that rest. */
  resting(): Promise<({ id: string } & SubscriptionScope)[]>;
  /** Wakes those of these that rest. */
  tellOf(ids: readonly string[]): Promise<void>;
  /** Wakes all that are active. */
  wakeAll(): Promise<void>;
  /** Whether there is an active one. */
  hasActive(): Promise<boolean>;
  /** Claims up to `limit` that are to be told, for `leaseMs`. */
  claimWakes(limit: number, leaseMs: number): Promise<Wake[]>;
  /** They have been told. Forgets the deleted one. */
  told(wake: Wake): Promise<void>;
}

const columns = `subscription_id AS id, fingerprint, url, types, organisation, within_region AS "withinRegion", region,
  created_by AS "createdBy", created_at AS "createdAt", status, secret_generation AS "secretGeneration",
  retired_secrets AS "retiredSecrets", secret_check AS "secretCheck", generation, epoch, xid::text AS xid,
  position::text AS position, delivered::float8 AS delivered, last_delivery_at AS "lastDeliveryAt", failures,
  failing_since AS "failingSince", last_error AS "lastError", last_error_at AS "lastErrorAt"`;

type Dates = 'createdAt' | 'lastDeliveryAt' | 'failingSince' | 'lastErrorAt';
type Columns = Omit<Subscription, Dates | 'cursor' | 'from'> & Cursor & Record<Dates, Date | null>;

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

function subscription(row: Columns): Subscription {
  const { epoch, xid, position, ...rest } = row;
  const cursor = { epoch, xid, position };
  return {
    ...rest,
    cursor,
    from: cursor,
    createdAt: row.createdAt!.toISOString(),
    lastDeliveryAt: instant(row.lastDeliveryAt),
    failingSince: instant(row.failingSince),
    lastErrorAt: instant(row.lastErrorAt),
  };
}

const managedBy = (managed: Managed, param: (value: unknown) => string): string => {
  if ('all' in managed) return 'true';
  return 'organisation' in managed
    ? `organisation = ${param(managed.organisation)}`
    : `region LIKE ${param(`${regionPrefix(managed.region)}%`)}`;
};

/** Subscriptions over a pool of the application's role. */
export function createSubscriptionStore(pool: Pool): SubscriptionStore {
  /** Whether the statement has met its row. */
  const met = async (name: string, text: string, values: unknown[]): Promise<boolean> =>
    (await run(pool, { name: `subscription-${name}`, text: `${text} RETURNING 1` }, values)).length > 0;

  return {
    insert: (one, most = 2 ** 31 - 1) =>
      inTransaction(pool, 'write', async (client) => {
        // A statement of its own: the next one sees what was made while this one waited.
        await client.query(lockOrganisation, [one.organisation]);
        const made = await client.query(insert, [
          one.id,
          one.fingerprint,
          one.url,
          one.types,
          one.organisation,
          one.withinRegion,
          one.region,
          one.createdBy,
          one.secretCheck,
          one.from.epoch,
          one.from.xid,
          one.from.position,
          most,
        ]);
        if (made.rows.length > 0) return 'made';
        return (await client.query(isKnown, [one.id])).rows.length > 0 ? 'known' : 'too-many';
      }),
    find: async (id, managed = { all: true }) => {
      const { param, values } = parameters();
      const text = `SELECT ${columns} FROM accord.subscriptions
        WHERE subscription_id = ${param(id)} AND status <> 'deleted' AND ${managedBy(managed, param)}`;
      const [row] = await run<Columns>(pool, { name: '', text }, values);
      return row ? subscription(row) : null;
    },
    list: async (managed, request = {}) => {
      const limit = pageLimit(request);
      const after = decodeCursor(request.cursor, [cursorPart.text]);
      const { param, values } = parameters();
      const text = `SELECT ${columns} FROM accord.subscriptions
        WHERE status <> 'deleted' AND ${managedBy(managed, param)} AND subscription_id > ${param(after?.[0] ?? '')}
        ORDER BY subscription_id LIMIT ${param(limit + 1)}`;
      const rows = await run<Columns>(pool, { name: '', text }, values);
      return pageOf(rows, limit, ({ id }) => [id], subscription);
    },
    setStatus: (id, status) => met('set-status', setStatus, [id, status]),
    replay: (id, { epoch, xid, position }) => met('replay', replay, [id, epoch, xid, position]),
    rotate: (id, generation, retired) => met('rotate', rotate, [id, generation, JSON.stringify(retired)]),
    checkpoint: ({ id, generation }, { epoch, xid, position }, delivered) =>
      met('checkpoint', checkpoint, [id, generation, epoch, xid, position, delivered]),
    fail: ({ id, generation }, code, suspend) => met('fail', fail, [id, generation, code, suspend]),
    rest: ({ id, generation }) => met('rest', rest, [id, generation]),
    resting: () => run(pool, resting),
    tellOf: async (ids) => void (await run(pool, tellOf, [ids])),
    wakeAll: async () => void (await run(pool, wakeAll)),
    hasActive: async () => (await run<{ has: boolean }>(pool, hasActive))[0]!.has,
    claimWakes: (limit, leaseMs) => run<Wake>(pool, claimWakes, [limit, leaseMs]),
    told: async ({ id, status, lease }) => {
      await run(pool, status === 'deleted' ? forget : told, [id, lease]);
    },
  };
}

const lockOrganisation = `SELECT pg_advisory_xact_lock(hashtextextended('accord webhooks of ' || coalesce($1::text, ''), 0))`;

const insert = `INSERT INTO accord.subscriptions (
    subscription_id, fingerprint, url, types, organisation, within_region, region, created_by, secret_check,
    epoch, xid, position, wake_at)
  SELECT $1, $2, $3, $4::text[], $5::text, $6, $7, $8, $9, $10::integer, $11::xid8, $12::bigint, now()
    WHERE (SELECT count(*) FROM accord.subscriptions
      WHERE organisation IS NOT DISTINCT FROM $5::text AND status <> 'deleted') < $13
  ON CONFLICT DO NOTHING RETURNING 1`;

const isKnown = 'SELECT FROM accord.subscriptions WHERE subscription_id = $1';

const setStatus = `UPDATE accord.subscriptions SET
    status = $2, wake_at = now(), is_awaiting = false,
    failures = CASE WHEN $2 = 'active' THEN 0 ELSE failures END,
    failing_since = CASE WHEN $2 = 'active' THEN NULL ELSE failing_since END
  WHERE subscription_id = $1 AND status <> 'deleted'`;

const replay = `UPDATE accord.subscriptions SET
    generation = generation + 1, epoch = $2, xid = $3::xid8, position = $4, wake_at = now(), is_awaiting = false
  WHERE subscription_id = $1 AND status <> 'deleted'`;

const rotate = `UPDATE accord.subscriptions SET secret_generation = $2 + 1, retired_secrets = $3::jsonb
  WHERE subscription_id = $1 AND secret_generation = $2 AND status <> 'deleted'`;

/** Not backwards either: an attempt that was given up may still be at work. */
const checkpoint = `UPDATE accord.subscriptions SET
    epoch = $3, xid = $4::xid8, position = $5, delivered = delivered + $6,
    last_delivery_at = CASE WHEN $6 > 0 THEN now() ELSE last_delivery_at END,
    failures = CASE WHEN $6 > 0 THEN 0 ELSE failures END,
    failing_since = CASE WHEN $6 > 0 THEN NULL ELSE failing_since END
  WHERE subscription_id = $1 AND generation = $2 AND status = 'active'
    AND (epoch, xid, position) <= ($3, $4::xid8, $5::bigint)`;

const fail = `UPDATE accord.subscriptions SET
    failures = failures + 1, failing_since = coalesce(failing_since, now()), last_error = $3, last_error_at = now(),
    is_awaiting = false, status = CASE WHEN $4 THEN 'suspended' ELSE status END
  WHERE subscription_id = $1 AND generation = $2 AND status = 'active'`;

const rest = `UPDATE accord.subscriptions SET is_awaiting = true
  WHERE subscription_id = $1 AND generation = $2 AND status = 'active'`;

const resting = {
  name: 'subscription-resting',
  text: `SELECT subscription_id AS id, types, organisation, within_region AS "withinRegion"
    FROM accord.subscriptions WHERE is_awaiting AND status = 'active'`,
};

const tellOf = {
  name: 'subscription-tell-of',
  text: `UPDATE accord.subscriptions SET wake_at = now(), is_awaiting = false
    WHERE subscription_id = ANY ($1::text[]) AND is_awaiting`,
};

const wakeAll = {
  name: 'subscription-wake-all',
  text: `UPDATE accord.subscriptions SET wake_at = now() WHERE status = 'active'`,
};

const hasActive = {
  name: 'subscription-has-active',
  text: `SELECT EXISTS (SELECT FROM accord.subscriptions WHERE status = 'active') AS has`,
};

/** A claim moves the instant into the future: it is the lease, and the back-off of a process that is lost. */
const claimWakes = {
  name: 'subscription-claim-wakes',
  text: `UPDATE accord.subscriptions s SET wake_at = now() + $2 * interval '1 millisecond'
    FROM (SELECT subscription_id FROM accord.subscriptions WHERE wake_at <= now()
          ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS next
    WHERE s.subscription_id = next.subscription_id
    RETURNING s.subscription_id AS id, s.status, s.wake_at::text AS lease`,
};

const told = {
  name: 'subscription-told',
  text: `UPDATE accord.subscriptions SET wake_at = NULL WHERE subscription_id = $1 AND wake_at = $2::timestamptz`,
};

const forget = {
  name: 'subscription-forget',
  text: `DELETE FROM accord.subscriptions WHERE subscription_id = $1 AND wake_at = $2::timestamptz AND status = 'deleted'`,
};
