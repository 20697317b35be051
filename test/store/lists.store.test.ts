import type { DataSource } from 'typeorm';
import type { DisputeWrite, EventStore, SealedValue } from '../../src/store/contract.js';
import { createDataSource } from '../../src/store/data-source.js';
import { createDriveStore } from '../../src/store/drive-store.js';
import { createEventStore } from '../../src/store/event-store.js';
import { disputeById, handoffById, openDeadlines } from '../../src/store/read-models/find.js';
import { listDisputes, type DisputeFilter } from '../../src/store/read-models/list-disputes.js';
import { listHandoffs } from '../../src/store/read-models/list-handoffs.js';
import { listStalled, stalledSummary, type StalledFilter } from '../../src/store/read-models/list-stalled.js';
import { InvalidCursor } from '../../src/store/read-models/page.js';
import { regionPrefix } from '../../src/store/read-models/region.js';
import { storeDatabase, type StoreDatabase } from './database.js';
import { appendRequest, disputeWrite, headAfter, newId, salt, start, type Head } from './requests.js';

let database: StoreDatabase;
let store: EventStore;
let lists: DataSource;
beforeEach(async () => {
  database = await storeDatabase('lists');
  store = createEventStore(database.pool, { sealing: database.sealing });
  lists = await createDataSource(database.databaseUrl).initialize();
});
afterEach(async () => {
  await lists.destroy();
  await database.drop();
});

const all = { all: true };

function value(ref: string, kind: string, text: string, inView = true): SealedValue {
  return { ref, kind, subject: null, salt: salt(), value: text, inView };
}

async function registered(
  index: Partial<DisputeWrite['index']> = {},
  change: Partial<DisputeWrite> = {},
  values: SealedValue[] = [],
): Promise<string> {
  const id = newId();
  await store.append(appendRequest(id, start, { dispute: disputeWrite(id, change, index), values }));
  return id;
}

async function ids(filter: Partial<DisputeFilter>): Promise<string[]> {
  const { sealing } = database;
  const { items } = await listDisputes(lists, { visibility: all, ...filter }, {}, { sealing });
  return items.map(({ disputeId }) => disputeId);
}

describe('the list of disputes', () => {
  test('shows state and values of the view, those registered last first', async () => {
    const one = await registered({}, { state: { a: 1 } }, [
      value('t', 'title', '欠薪'),
      value('p', 'phone', '1', false),
    ]);
    const two = await registered();
    const { sealing } = database;
    const { items } = await listDisputes(lists, { visibility: all }, {}, { sealing });
    expect(items).toMatchObject([
      { disputeId: two, version: 1, state: { id: two }, values: {} },
      { disputeId: one, version: 1, state: { a: 1 }, values: { t: { kind: 'title', value: '欠薪' } } },
    ]);
    expect(items.map(({ values }) => Object.keys(values))).toEqual([[], ['t']]);
    expect((await listDisputes(lists, { visibility: all })).items.map(({ values }) => values)).toEqual([{}, {}]);
  });

  test('is paged without gaps, while more are registered', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.unshift(await registered());
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listDisputes>> = await listDisputes(
        lists,
        { visibility: all },
        { limit: 3, cursor },
      );
      seen.push(...page.items.map(({ disputeId }) => disputeId));
      cursor = page.nextCursor;
      await registered();
    } while (cursor !== null);
    expect(seen).toEqual(made);
  });

  test.each(['x', '', Buffer.from('["1; DROP"]').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])(
    'refuses a cursor it has not made: %j',
    async (cursor) => {
      await expect(listDisputes(lists, { visibility: all }, { cursor })).rejects.toBeInstanceOf(InvalidCursor);
    },
  );

  test('is narrowed by each filter, and by all of them together', async () => {
    const index = {
      type: 'traffic',
      region: '360902',
      status: 'closed',
      procedures: ['mediation', 'civil-litigation'],
      steps: ['hearing'],
      ownerOrganisation: 'court-9',
      ownerPerson: 'judge-9',
      caseCode: '3609022026000001',
    };
    const deadline = {
      deadlineId: 'd1',
      procedureId: 'p1',
      rule: 'LD-16',
      kind: 'institution',
      holder: 'body',
      status: 'running' as const,
      due: '2026-10-16',
      dueAt: '2026-10-17T00:00:00+08:00',
    };
    const wanted = await registered(index, { deadlines: [deadline] }, [
      value('t', 'title', '50%_折扣'),
      value('n', 'organisation-name', '江西某某公司'),
      value('w', 'party-name', '欧阳 Ming'),
      value('m', 'phone', '+86 138-0000-1234'),
      value('i', 'id-number', '36012119900101001x'),
      { ...value('e', 'external-ids', ''), value: { '12345': 'GD-2026/7' } },
      value('c', 'claim-text', '秘密'),
    ]);
    await registered();
    const filters: Partial<DisputeFilter>[] = [
      { type: 'traffic' },
      { region: '360902' },
      { status: 'closed' },
      { procedure: 'civil-litigation' },
      { step: 'hearing' },
      { owner: 'court-9' },
      { owner: 'judge-9' },
      { q: '36090220' },
      { q: '%_折' },
      { q: '某某公司' },
      { q: '欧阳　ming ' },
      { q: '13800001234' },
      { q: '36012119900101001X' },
      { q: 'gd-2026/7' },
      { dueBefore: '2026-10-17' },
    ];
    for (const filter of filters) expect([filter, await ids(filter)]).toEqual([filter, [wanted]]);
    expect(await ids(Object.assign({}, ...filters) as DisputeFilter)).toEqual([wanted]);
    for (const q of ['秘密', '0902', '5__折', '%%', '欧阳', '1380000123', 'GD-2026', '折', '公司某某'])
      expect(await ids({ q })).toEqual([]);
    expect(await ids({ dueBefore: '2026-10-16' })).toEqual([]);
  });

  test('covers the regions below the one asked for', async () => {
    const [county, city, other] = [
      await registered({ region: '360121' }),
      await registered({ region: '360100' }),
      await registered({ region: '350121' }),
    ];
    expect(await ids({ region: '360121' })).toEqual([county]);
    expect(await ids({ region: '360100' })).toEqual([city, county]);
    expect(await ids({ region: '360000' })).toEqual([city, county]);
    expect(await ids({ region: '350000' })).toEqual([other]);
    expect(['360121', '360100', '360000', '000000', '360121101000', '36', ''].map(regionPrefix)).toEqual([
      '360121',
      '3601',
      '36',
      '',
      '360121101',
      '36',
      '',
    ]);
  });

  test('shows what the caller may see, and nothing without a reason', async () => {
    const mine = await registered({ organisations: ['org-1', 'court-1'] });
    const party = await registered({ organisations: ['org-2'], accounts: ['acc-1'] });
    const near = await registered({ organisations: ['org-2'], region: '360902' });
    const as = (visibility: DisputeFilter['visibility']) => ids({ visibility });
    expect(await as({})).toEqual([]);
    expect(await as({ organisation: 'court-1' })).toEqual([mine]);
    expect(await as({ account: 'acc-1' })).toEqual([party]);
    expect(await as({ regionPrefixes: ['360900'] })).toEqual([near]);
    expect(await as({ organisation: 'org-1', regionPrefixes: ['3609'] })).toEqual([near, mine]);
  });

  test('follows each append', async () => {
    const id = newId();
    const deadline = { deadlineId: 'a', procedureId: null, rule: 'LD-03', kind: 'internal', holder: 'body' };
    const running = {
      ...deadline,
      status: 'running' as const,
      due: '2026-03-17',
      dueAt: '2026-03-17T16:00:00.000Z',
    };
    const first = disputeWrite(id, {
      deadlines: [running, { ...running, deadlineId: 'b', due: '2026-03-18' }],
    });
    let head = headAfter(await store.append(appendRequest(id, start, { dispute: first })));
    const moved = disputeWrite(id, {}, { steps: ['agreed'], region: '360902', status: 'closed', organisations: ['x'] });
    head = headAfter(await store.append(appendRequest(id, head, { dispute: moved })));
    expect(await disputeById(lists, id)).toMatchObject({
      steps: ['agreed'],
      region: '360902',
      status: 'closed',
      organisations: ['x'],
      registeredOn: '2026-03-02',
    });
    expect((await openDeadlines(lists, id)).map(({ deadlineId, due }) => [deadlineId, due])).toEqual([
      ['a', '2026-03-17'],
      ['b', '2026-03-18'],
    ]);
    await store.append(appendRequest(id, head, { dispute: disputeWrite(id, { deadlines: [running] }) }));
    expect((await openDeadlines(lists, id)).map(({ deadlineId }) => deadlineId)).toEqual(['a']);
    expect(await disputeById(lists, id)).toMatchObject({ steps: ['in-session'], status: 'open' });
    expect(await disputeById(lists, 'none')).toBeNull();
  });
});

describe('the list of stalled disputes', () => {
  const now = new Date('2026-03-10T00:00:00Z');
  const stall = (at: string, change: Partial<NonNullable<DisputeWrite['stall']>> = {}) => ({
    at,
    since: '2026-03-01T00:00:00.000Z',
    reason: 'no-owner',
    role: 'mediator',
    organisation: 'org-1' as string | null,
    detail: { colour: 'yellow' },
    ...change,
  });
  const stalled = async (filter: Partial<StalledFilter> = {}) =>
    (await listStalled(lists, { visibility: all, now, ...filter })).items.map(({ disputeId }) => disputeId);

  test('shows those whose instant has passed, longest first, until they move', async () => {
    const later = await registered({}, { stall: stall('2026-03-09T00:00:00Z') });
    const first = await registered({}, { stall: stall('2026-03-08T00:00:00Z', { organisation: null }) });
    await registered({}, { stall: stall('2026-03-10T00:00:00.001Z') });
    await registered();
    expect(await stalled()).toEqual([first, later]);
    expect(await stalled({ now: new Date('2026-03-08T12:00:00Z') })).toEqual([first]);
    expect((await listStalled(lists, { visibility: all, now })).items[0]).toEqual({
      disputeId: first,
      caseCode: `CASE-${first}`,
      type: 'labour',
      region: '360121',
      procedures: ['mediation'],
      reason: 'no-owner',
      since: '2026-03-01T00:00:00.000Z',
      waitingFor: { role: 'mediator', organisation: null },
      colour: 'yellow',
      detail: { colour: 'yellow' },
    });
    const { snapshot } = await store.load(first, null);
    const head: Head = { version: 1, headHash: snapshot!.headHash, recordedAt: snapshot!.headRecordedAt };
    await store.append(appendRequest(first, head));
    expect(await stalled()).toEqual([later]);
  });

  test('is narrowed by region, reason, type and what the caller may see', async () => {
    const one = await registered(
      { region: '360902', type: 'debt' },
      { stall: stall('2026-03-08T00:00:00Z', { reason: 'awaiting-body' }) },
    );
    const two = await registered({ organisations: ['org-2'] }, { stall: stall('2026-03-09T00:00:00Z') });
    expect(await stalled({ region: '360900' })).toEqual([one]);
    expect(await stalled({ reason: 'no-owner' })).toEqual([two]);
    expect(await stalled({ type: 'debt' })).toEqual([one]);
    expect(await stalled({ visibility: { organisation: 'org-2' } })).toEqual([two]);
    expect(await stalled({ visibility: {} })).toEqual([]);
  });

  test('is paged without gaps', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) made.push(await registered({}, { stall: stall('2026-03-09T00:00:00.000Z') }));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listStalled>> = await listStalled(
        lists,
        { visibility: all, now },
        { limit: 2, cursor },
      );
      seen.push(...page.items.map(({ disputeId }) => disputeId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(made.sort());
  });

  test('shows where the engine is behind: queued too long, or delivered and not acknowledged', async () => {
    const drive = createDriveStore(database.pool);
    const id = await registered({}, { planChanged: true });
    const closed = await registered({ status: 'closed' }, { planChanged: true });
    const behind = () => stalled({ reason: 'engine-behind', engineSeconds: 30 });
    expect(await behind()).toEqual([]);
    await database.asSuperuser(
      `UPDATE accord.drive_queue SET queued_at = now() - interval '31 seconds'`,
      `UPDATE accord.dispute_clocks SET behind_since = now() - interval '31 seconds'`,
    );
    expect(await behind()).toEqual([id]);
    for (const claim of await drive.claim(10, 1_000)) await drive.complete(claim);
    expect(await behind()).toEqual([id]);
    expect(await stalled({ reason: 'engine-behind', engineSeconds: 60 })).toEqual([]);
    await drive.acknowledge(id, 1, 1);
    await drive.acknowledge(closed, 1, 1);
    expect(await behind()).toEqual([]);
  });

  test('is counted by reason, colour, region and procedure', async () => {
    await registered({ procedures: ['mediation', 'labour-arbitration'] }, { stall: stall('2026-03-08T00:00:00Z') });
    await registered(
      { region: '360902' },
      { stall: stall('2026-03-08T00:00:00Z', { reason: 'awaiting-body', detail: {} }) },
    );
    await registered({}, { stall: stall('2026-03-08T00:00:00Z') });
    expect(await stalledSummary(lists, { visibility: all, now })).toEqual({
      total: 3,
      reasons: [
        { key: 'no-owner', count: 2 },
        { key: 'awaiting-body', count: 1 },
      ],
      colours: [{ key: 'yellow', count: 2 }],
      regions: [
        { key: '360121', count: 2 },
        { key: '360902', count: 1 },
      ],
      procedures: [
        { key: 'mediation', count: 3 },
        { key: 'labour-arbitration', count: 1 },
      ],
    });
  });
});

describe('the list of handoffs', () => {
  const handoff = (handoffId: string, change: object = {}) => ({
    handoffId,
    procedureId: 'p1',
    fromOrganisation: 'union-1',
    toOrganisation: 'court-1',
    status: 'requested' as const,
    requestedAt: '2026-06-18T09:00:00+08:00',
    dueAt: null,
    view: { handoffId, attempt: 1 },
    ...change,
  });

  test('shows inbox and outbox, and follows a handoff to its end', async () => {
    const id = newId();
    const dispute = disputeWrite(id, {
      handoffs: [handoff('h1'), handoff('h2', { requestedAt: '2026-06-19T09:00:00+08:00', toOrganisation: 'court-2' })],
    });
    const head = headAfter(await store.append(appendRequest(id, start, { dispute })));
    const found = async (filter: Parameters<typeof listHandoffs>[1]) =>
      (await listHandoffs(lists, filter)).items.map(({ handoffId }) => handoffId);
    expect(await found({})).toEqual(['h2', 'h1']);
    expect(await found({ to: 'court-1' })).toEqual(['h1']);
    expect(await found({ from: 'union-1', status: 'requested' })).toEqual(['h2', 'h1']);
    expect(await found({ organisation: 'court-2' })).toEqual(['h2']);
    expect(await found({ organisation: 'union-1', to: 'court-1' })).toEqual(['h1']);
    expect(await found({ organisation: 'court-3' })).toEqual([]);

    const accepted = handoff('h1', {
      status: 'accepted',
      view: { handoffId: 'h1', acceptedOn: '2026-06-22' },
    });
    await store.append(appendRequest(id, head, { dispute: disputeWrite(id, { handoffs: [accepted] }) }));
    expect(await found({ to: 'court-1', status: 'requested' })).toEqual([]);
    expect(await handoffById(lists, 'h1')).toMatchObject({
      disputeId: id,
      status: 'accepted',
      view: accepted.view,
    });
    expect(await handoffById(lists, 'none')).toBeNull();

    const first = await listHandoffs(lists, {}, { limit: 1 });
    const second = await listHandoffs(lists, {}, { limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ handoffId }) => handoffId)).toEqual(['h2', 'h1']);
    expect(second.nextCursor).toBeNull();
  });
});
