import type { DriveClaim, DriveStore, EventStore } from '../../src/store/contract.js';
import { createDriveStore } from '../../src/store/drive-store.js';
import { createEventStore } from '../../src/store/event-store.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { appendRequest, disputeWrite, headAfter, newId, start, type Head } from './requests.js';

let database: StoreDatabase;
let store: EventStore;
let drive: DriveStore;
beforeEach(async () => {
  database = await storeDatabase('drive');
  store = createEventStore(database.pool);
  drive = createDriveStore(database.pool);
});
afterEach(async () => {
  await database.drop();
});

const lease = 60_000;

async function plan(id: string, head: Head = start, change: { planCode?: number; nextDue?: string | null } = {}) {
  const dispute = disputeWrite(id, { planChanged: true, ...change });
  return headAfter(await store.append(appendRequest(id, head, { dispute })));
}

async function claimOne(): Promise<DriveClaim> {
  const claims = await drive.claim(10, lease);
  expect(claims).toHaveLength(1);
  return claims[0]!;
}

describe('the queue', () => {
  test('holds a dispute whose plan has changed, once, at its newest version', async () => {
    const id = newId();
    const head = await plan(id);
    await store.append(appendRequest(newId()));
    await plan(id, head);
    expect(await drive.claim(10, lease)).toEqual([{ disputeId: id, version: 2, attempts: 1 }]);
    expect((await drive.backlog()).depth).toBe(1);
  });

  test('gives a row to one claimer only', async () => {
    const ids = Array.from({ length: 40 }, newId);
    await Promise.all(ids.map((id) => plan(id)));
    const claims = (await Promise.all(Array.from({ length: 12 }, () => drive.claim(5, lease)))).flat();
    expect(new Set(claims.map(({ disputeId }) => disputeId)).size).toBe(claims.length);
    const rest = await drive.claim(100, lease);
    expect([...claims, ...rest].map(({ disputeId }) => disputeId).sort()).toEqual(ids.sort());
  });

  test('gives a row again when its lease has run out, or when it is released', async () => {
    await plan(newId());
    expect(await drive.claim(10, 1)).toMatchObject([{ attempts: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [second] = await drive.claim(10, lease);
    expect(second).toMatchObject({ attempts: 2 });
    await drive.release(second!, 60_000);
    expect(await drive.claim(10, lease)).toEqual([]);
    await drive.release(second!, 0);
    expect(await drive.claim(10, lease)).toMatchObject([{ attempts: 3 }]);
  });

  test('lets go of a row when it is complete', async () => {
    await plan(newId());
    await drive.complete(await claimOne());
    expect(await drive.backlog()).toEqual({ depth: 0, oldestSeconds: 0 });
  });

  test('keeps a row for which a newer version was queued meanwhile, and offers it at once', async () => {
    const id = newId();
    const head = await plan(id);
    const claim = await claimOne();
    await plan(id, head);
    await drive.complete(claim);
    await drive.release(claim, 60_000);
    expect(await drive.claim(10, lease)).toEqual([{ disputeId: id, version: 2, attempts: 1 }]);
  });

  test('does not let a claimer whose lease has run out complete the work of the next', async () => {
    const id = newId();
    await plan(id);
    const [late] = await drive.claim(10, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const next = await claimOne();
    await drive.complete(late!);
    expect((await drive.backlog()).depth).toBe(1);
    await drive.complete(next);
    expect((await drive.backlog()).depth).toBe(0);
  });

  test('tells its age from the oldest row that waits', async () => {
    const id = newId();
    const head = await plan(id);
    await database.asSuperuser(`UPDATE accord.drive_queue SET queued_at = now() - interval '90 seconds'`);
    await plan(id, head);
    expect((await drive.backlog()).oldestSeconds).toBeGreaterThanOrEqual(90);
  });
});

describe('acknowledging', () => {
  test('raises the driven version, and never lowers it', async () => {
    const id = newId();
    const driven = async () => (await store.load(id, null)).snapshot?.drivenVersion;
    const head = await plan(id);
    await plan(id, head);
    await drive.acknowledge(id, 2, 1);
    expect(await driven()).toBe(2);
    await drive.acknowledge(id, 1, 1);
    expect(await driven()).toBe(2);
  });
});

describe('queueing again', () => {
  const ids = async () => (await drive.claim(100, lease)).map(({ disputeId }) => disputeId).sort();

  async function settled(change: Parameters<typeof plan>[2] = {}): Promise<string> {
    const id = newId();
    await plan(id, start, change);
    for (const claim of await drive.claim(10, lease)) await drive.complete(claim);
    return id;
  }

  test('all open disputes, page by page in the order of their ids', async () => {
    const open = [await settled(), await settled(), await settled()].sort();
    const closed = newId();
    const dispute = disputeWrite(closed, { planChanged: true }, { status: 'closed' });
    await store.append(appendRequest(closed, start, { dispute }));
    await drive.complete(await claimOne());

    const first = await drive.requeue({ kind: 'all-open' }, 2, null);
    expect(first).toEqual({ queued: 2, lastId: open[1] });
    expect(await drive.requeue({ kind: 'all-open' }, 2, first.lastId)).toEqual({
      queued: 1,
      lastId: open[2],
    });
    expect(await drive.requeue({ kind: 'all-open' }, 2, open[2]!)).toEqual({ queued: 0, lastId: null });
    expect(await ids()).toEqual(open);
  });

  test('those planned by older code', async () => {
    const old = await settled({ planCode: 1 });
    await settled({ planCode: 2 });
    expect(await drive.requeue({ kind: 'older-plan-code', planCode: 2 }, 10, null)).toEqual({
      queued: 1,
      lastId: old,
    });
    expect(await ids()).toEqual([old]);
  });

  test('those that are overdue', async () => {
    const overdue = await settled({ nextDue: '2026-03-02T00:00:00+08:00' });
    await settled({ nextDue: '2026-03-02T00:01:00+08:00' });
    await settled({ nextDue: null });
    const before = '2026-03-02T00:01:00+08:00';
    expect(await drive.requeue({ kind: 'overdue', before }, 10, null)).toEqual({
      queued: 1,
      lastId: overdue,
    });
    expect(await ids()).toEqual([overdue]);
  });

  test('a row under way stays, though its claimer completes it', async () => {
    const id = newId();
    await plan(id);
    const claim = await claimOne();
    await drive.requeue({ kind: 'all-open' }, 10, null);
    await drive.complete(claim);
    expect(await drive.claim(10, lease)).toEqual([{ disputeId: id, version: 1, attempts: 3 }]);
  });
});

test('settings are kept', async () => {
  expect(await drive.setting('incarnation')).toBeNull();
  await drive.setSetting('incarnation', { id: 'a', list: [1, null] });
  await drive.setSetting('incarnation', 'b');
  await drive.setSetting('other', { id: 'a', list: [1, null] });
  expect(await drive.setting('incarnation')).toBe('b');
  expect(await drive.setting('other')).toEqual({ id: 'a', list: [1, null] });
});
