import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskedText } from '../../src/api/views/masking.js';
import { createPool } from '../../src/store/pool.js';
import { wageArrears } from './api.js';
import { openWorld, sha256, unzip, type World } from './handoffs-world.js';

let world: World;
let intake: string;
let mediator: string;
let supervisor: string;
let auditor: string;
let administrator: string;

beforeAll(async () => {
  world = await openWorld('personal-data');
  intake = await world.token('intake');
  mediator = await world.token('mediator', { organisation: 'MED' });
  supervisor = await world.token('supervisor', { organisation: 'bureau' });
  auditor = await world.token('auditor', { organisation: 'audit' });
  administrator = await world.token('administrator');
});
afterAll(() => world.close());

const worker = {
  ref: 'worker',
  role: 'claimant',
  capacity: 'worker',
  kind: 'person',
  name: '张三丰',
  phone: '13800001234',
  idNumber: '360121199001010011',
  address: '南昌县某路 1 号',
  account: 'worker-1',
};
const employer = {
  ref: 'employer',
  role: 'respondent',
  capacity: 'employer',
  kind: 'organisation',
  name: '某保洁公司',
};
const parties = [worker, employer];
const body = { procedure: 'mediation', track: 'labour', body: { code: 'MED', name: '镇调解中心' } };

const register = async (change: Record<string, unknown> = {}): Promise<string> => {
  const made = await world.post(
    '/v1/disputes',
    wageArrears({ parties, externalIds: { '12345': 'GD-7' }, ...change }),
    intake,
  );
  expect(made.status).toBe(201);
  const url = String(made.headers['location']);
  expect((await world.post(`${url}/actions/open-procedure`, body, intake)).status).toBe(200);
  return url;
};
const partyOf = async (url: string, token: string) => (await world.get(url, token)).body.parties[0];
const contacts = { phone: '13800001234', idNumber: '360121199001010011', address: '南昌县某路 1 号' };
const masks = { phone: '138****1234', idNumber: '3601**********0011', address: maskedText, masked: true };

describe('what is shown by role', () => {
  let url: string;
  beforeAll(async () => (url = await register()));

  test('everything to those who act in the case, unmarked', async () => {
    for (const token of [intake, mediator, await world.token('party', { userId: 'worker-1', organisation: null })]) {
      expect(await partyOf(url, token)).toMatchObject({ name: '张三丰', ...contacts });
      expect(await partyOf(url, token)).not.toHaveProperty('masked');
    }
  });

  test('names and the matter to a supervisor, masks of what reaches a person', async () => {
    const { body } = await world.get(url, supervisor);
    expect(body).toMatchObject({
      title: '拖欠工资',
      claims: [{ text: '四个月工资' }],
      externalIds: { '12345': 'GD-7' },
    });
    expect(body.parties[0]).toMatchObject({ name: '张三丰', ...masks });
    expect(body.parties[1]).toMatchObject({ name: '某保洁公司' });
    expect(body.parties[1]).not.toHaveProperty('masked');
  });

  test('masks to auditors and administrators, in the view and in the list', async () => {
    for (const token of [auditor, administrator]) {
      const view = (await world.get(url, token)).body;
      expect(view).toMatchObject({
        title: maskedText,
        claims: [{ text: maskedText }],
        externalIds: { '12345': maskedText },
      });
      expect(view.parties[0]).toMatchObject({ name: '张**', account: null, ...masks });
      expect(view.parties[1]).toMatchObject({ name: '某保洁公司' });
      const list = await world.get('/v1/disputes', token);
      expect(list.body.items[0]).toMatchObject({
        title: maskedText,
        parties: [{ name: '张**', masked: true }, { name: '某保洁公司' }],
      });
      expect(list.text).not.toMatch(/张三丰|拖欠|四个月/);
    }
  });

  test('no value with its salt to who sees only a mask of it', async () => {
    const texts = async (token: string) =>
      (await world.get(`${url}/events?values=true`, token)).body.items.flatMap(
        (event: { values: Record<string, { value: unknown }> }) =>
          Object.values(event.values).map(({ value }) => value),
      );
    expect(await texts(mediator)).toEqual(expect.arrayContaining(['张三丰', '13800001234', '拖欠工资']));
    const seen = await texts(supervisor);
    expect(seen).toEqual(expect.arrayContaining(['张三丰', '拖欠工资']));
    for (const contact of Object.values(contacts)) expect(seen).not.toContain(contact);
    expect(await texts(auditor)).toEqual([]);
    expect(await texts(administrator)).toEqual([]);
  });

  test('no document to auditors and administrators: bytes have no mask', async () => {
    const file = { name: '身份证.png', type: 'image/png', bytes: Buffer.from('张三丰的身份证') };
    const made = await world.upload(`${url}/documents`, intake, file);
    const path = String(made.headers['location']);
    expect((await world.bytes(path, mediator)).bytes.toString()).toBe('张三丰的身份证');
    for (const token of [auditor, administrator]) expect((await world.bytes(path, token)).status).toBe(403);
    // On the disk it lies sealed, under the hash of what it is.
    const hash = sha256(file.bytes);
    expect(made.body.sha256).toBe(hash);
    const lying = readFileSync(join(world.home, 'documents', hash.slice(0, 2), hash.slice(2)));
    expect(lying.includes('身份证')).toBe(false);
    expect(readdirSync(join(world.home, 'documents', 'drafts'))).toEqual([]);
  });
});

describe('what is found', () => {
  let id: string;
  beforeAll(async () => {
    const parties = [
      { ...worker, name: '寻某人', phone: '13911112222', idNumber: '360121198801010022' },
      { ...employer, name: '江西寻寻物流公司' },
    ];
    id = (await register({ title: '寻衅欠薪案', parties, externalIds: { '12345': 'GD-寻-9' } })).split('/').at(-1)!;
  });
  const finds = async (q: string, token: string): Promise<boolean> => {
    const { status, body } = await world.get(`/v1/disputes?q=${encodeURIComponent(q)}`, token);
    expect(status).toBe(200);
    return body.items.some((one: { id: string }) => one.id === id);
  };

  test.each(['寻某人', '139 1111 2222', '+8613911112222', '360121198801010022', 'gd-寻-9', '衅欠', '寻寻物流'])(
    'by %s',
    async (q) => {
      expect(await finds(q, intake)).toBe(true);
    },
  );

  test.each(['寻某', '3911112222', '欠衅', '流物', 'GD-寻', '138'])('not by %s', async (q) => {
    expect(await finds(q, intake)).toBe(false);
  });

  test('by nobody through what is masked for him', async () => {
    const by = async (token: string) => {
      const found: Record<string, boolean> = {};
      for (const q of ['寻某人', '13911112222', '360121198801010022', '衅欠', '寻寻物流'])
        found[q] = await finds(q, token);
      return Object.values(found);
    };
    expect(await by(supervisor)).toEqual([true, false, false, true, true]);
    expect(await by(auditor)).toEqual([false, false, false, false, true]);
    const { body } = await world.get(`/v1/disputes/${id}`, auditor);
    expect(await finds(body.caseCode, auditor)).toBe(true);
  });

  test('nor is it told by a next page that there is something behind the masks', async () => {
    for (let n = 0; n < 7; n += 1) await register({ title: `寻踪案 ${n}` });
    const page = async (token: string) =>
      (await world.get(`/v1/disputes?limit=1&q=${encodeURIComponent('寻踪')}`, token)).body;
    expect((await page(supervisor)).nextCursor).not.toBeNull();
    expect(await page(auditor)).toMatchObject({ items: [], nextCursor: null });
  });
});

describe('who has read what', () => {
  const readsOf = async (url: string, token = auditor) =>
    (await world.get(`${url}/reads?limit=200`, token)).body.items.map(
      ({ what, account }: { what: string; account: string }) => `${what} ${account}`,
    );

  test('is recorded for every answer that shows something in the clear, and for no other', async () => {
    const url = await register();
    const file = { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('x') };
    const document = String((await world.upload(`${url}/documents`, intake, file)).headers['location']);
    expect(await readsOf(url)).toEqual(['command intake-1', 'command intake-1']);

    await world.get(url, mediator);
    await world.get(url, supervisor);
    await world.get(url, auditor);
    await world.get(url, administrator);
    await world.get(`${url}/events`, mediator);
    await world.get(`${url}/events?values=true`, mediator);
    await world.get(`${url}/events?values=true`, auditor);
    for (const part of ['actions', 'deadlines', 'workflow']) await world.get(`${url}/${part}`, mediator);
    await world.bytes(document, mediator);
    await world.get('/v1/disputes', mediator);
    await world.get('/v1/disputes', auditor);
    await world.post(`${url}/actions/record-consent?dryRun=true`, { party: 'worker', consent: 'given' }, mediator);
    const key = { 'idempotency-key': `k-${url}` };
    const consent = () =>
      world.post(`${url}/actions/record-consent`, { party: 'worker', consent: 'given' }, mediator, key);
    expect([(await consent()).status, (await consent()).headers['idempotent-replayed']]).toEqual([200, 'true']);
    // Refused, and so shown nothing.
    await world.post(`${url}/actions/issue-award`, { finality: 'final' }, mediator);
    await world.get(url, await world.token('mediator', { region: '110101', organisation: 'far' }));
    expect((await readsOf(url)).slice(0, -2)).toEqual([
      'command mediator-1',
      'command mediator-1',
      'dry-run mediator-1',
      'list mediator-1',
      'document mediator-1',
      'events mediator-1',
      'view supervisor-1',
      'view mediator-1',
    ]);
  });

  test('says when, in which role, and by which request; nothing of what was read', async () => {
    const url = await register();
    await world.get(url, mediator, { 'x-request-id': 'request-0001' });
    const { body, text } = await world.get(`${url}/reads?limit=1`, supervisor);
    expect(body.items).toEqual([
      {
        at: expect.stringMatching(/Z$/),
        account: 'mediator-1',
        kind: 'person',
        roles: ['mediator'],
        organisation: 'MED',
        what: 'view',
        requestId: 'request-0001',
      },
    ]);
    expect(text).not.toMatch(/张三|13800001234/);
    const next = await world.get(`${url}/reads?limit=200&cursor=${body.nextCursor}`, supervisor);
    expect(next.body).toMatchObject({ items: [{ what: 'command' }, { what: 'command' }], nextCursor: null });
  });

  test('is for supervisors and auditors of the region', async () => {
    const url = await register();
    for (const token of [intake, mediator, administrator])
      expect(await world.get(`${url}/reads`, token)).toMatchObject({ status: 403, body: { code: 'not-your-role' } });
    const elsewhere = await world.token('auditor', { region: '110101', organisation: 'far' });
    expect((await world.get(`${url}/reads`, elsewhere)).status).toBe(403);
    expect((await world.get(`${url}/reads?cursor=x`, auditor)).status).toBe(400);
  });

  test('nothing is shown, and nothing done, where it cannot be recorded', async () => {
    const url = await register();
    const { version } = (await world.get(url, mediator)).body;
    const owner = createPool(world.databaseAdminUrl, { max: 1 });
    try {
      await owner.query('ALTER TABLE accord.reads ADD CONSTRAINT full_up CHECK (false) NOT VALID');
      const consent = { party: 'worker', consent: 'given' };
      for (const answer of [
        await world.get(url, mediator),
        await world.get('/v1/disputes', mediator),
        await world.get(`${url}/events?values=true`, mediator),
        await world.post(`${url}/actions/record-consent`, consent, mediator),
        await world.post(`${url}/actions/record-consent?dryRun=true`, consent, mediator),
        await world.post('/v1/disputes', wageArrears(), intake),
      ]) {
        expect(answer.status).toBe(503);
        expect(answer.text).not.toMatch(/张三/);
      }
      expect((await world.get(url, auditor)).body.version).toBe(version);
    } finally {
      await owner.query('ALTER TABLE accord.reads DROP CONSTRAINT full_up');
      await owner.end();
    }
    expect((await world.get(url, mediator)).status).toBe(200);
  });
});

describe('erasing a party', () => {
  const erase = (url: string, token: string, reason = 'unlawful-processing') =>
    world.post(`${url}/actions/erase-subject`, { subject: 'worker', reason }, token);

  test('is for administrators and supervisors, and needs its ground', async () => {
    const url = await register();
    expect(await erase(url, intake)).toMatchObject({ status: 403, body: { code: 'not-your-role' } });
    expect(await erase(url, administrator, 'retention-ended')).toMatchObject({
      status: 409,
      body: { code: 'dispute-open', basis: { law: '个人信息保护法', article: '47' } },
    });
    expect((await erase(url, administrator, 'because')).status).toBe(400);
    const { actions } = (await world.get(`${url}/actions`, administrator)).body;
    expect(actions.map(({ action }: { action: string }) => action)).toContain('erase-subject');
  });

  test('its values are gone for everybody, in every view; all else stands, verifies and goes on', async () => {
    const url = await register();
    const id = url.split('/').at(-1)!;
    await world.post(`${url}/actions/add-note`, { text: '来电询问' }, mediator);
    const before = (await world.get(`${url}/events?limit=200`, intake)).body.items;
    const dry = await world.post(
      `${url}/actions/erase-subject?dryRun=true`,
      { subject: 'worker', reason: 'ordered' },
      supervisor,
    );
    expect(dry.body.dispute.parties[0]).toMatchObject({ name: null, erased: true });
    expect(await partyOf(url, intake)).toMatchObject({ name: '张三丰', ...contacts });

    const done = await erase(url, administrator);
    expect(done).toMatchObject({
      status: 200,
      body: { events: [{ type: 'SubjectErased', data: { subject: 'worker', reason: 'unlawful-processing' } }] },
    });
    for (const token of [intake, mediator, supervisor, auditor]) {
      const { body, text } = await world.get(url, token);
      expect(body.parties[0]).toMatchObject({
        ref: 'worker',
        role: 'claimant',
        name: null,
        phone: null,
        idNumber: null,
        address: null,
        erased: true,
      });
      expect(body.parties[1]).toMatchObject({ name: '某保洁公司' });
      expect(text).not.toMatch(/张三丰|13800001234|360121199001010011/);
    }
    expect((await world.get(url, intake)).body).toMatchObject({ title: '拖欠工资', status: 'open' });
    const listed = await world.get('/v1/disputes?limit=200', intake);
    expect(listed.body.items.find((one: { id: string }) => one.id === id).parties[0]).toMatchObject({
      name: null,
      erased: true,
    });
    for (const q of ['张三丰', '13800001234'])
      expect(
        (await world.get(`/v1/disputes?limit=200&q=${encodeURIComponent(q)}`, intake)).body.items.map(
          (one: { id: string }) => one.id,
        ),
      ).not.toContain(id);

    const after = (await world.get(`${url}/events?limit=200&values=true`, intake)).body.items;
    expect(after.slice(0, before.length).map(({ hash }: { hash: string }) => hash)).toEqual(
      before.map(({ hash }: { hash: string }) => hash),
    );
    const texts = after.flatMap((event: { values: Record<string, { value: unknown }> }) =>
      Object.values(event.values).map(({ value }) => value),
    );
    expect(texts).toEqual(expect.arrayContaining(['某保洁公司', '来电询问', '拖欠工资']));
    expect(texts).not.toContain('张三丰');
    expect(await world.deps.store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: after.length });

    expect(await erase(url, supervisor, 'ordered')).toMatchObject({
      status: 409,
      body: { code: 'already-done' },
    });
    expect(
      (await world.post(`${url}/actions/record-consent`, { party: 'worker', consent: 'given' }, mediator)).status,
    ).toBe(200);
  });

  test('a package that is opened later says so, and holds none of it', async () => {
    const url = await register();
    const to = { code: 'COURT', name: '县法院' };
    const asked = await world.post(
      `${url}/actions/request-handoff`,
      { to, procedureId: 'p1', parts: ['parties', 'claims'] },
      mediator,
    );
    expect(asked.status).toBe(200);
    const path = `/v1/handoffs/${asked.body.dispute.handoffs[0].handoffId}/package`;
    const packed = async () => unzip((await world.bytes(path, mediator)).bytes);
    expect(JSON.parse((await packed()).get('records/parties.json')!.toString())[0]).toMatchObject({ name: '张三丰' });
    await erase(url, supervisor, 'ordered');
    const members = await packed();
    const [first, other] = JSON.parse(members.get('records/parties.json')!.toString());
    expect(first).toMatchObject({ ref: 'worker', erased: true, name: null, phone: null });
    expect(other).toMatchObject({ name: '某保洁公司' });
    expect(other).not.toHaveProperty('erased');
    expect(members.get('summary.txt')!.toString()).toContain('个人信息已依法删除');
    expect(Buffer.concat([...members.values()]).toString()).not.toMatch(/张三丰|13800001234/);
    expect((await world.get(`${url}/reads`, auditor)).body.items.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['package']),
    );
  });
});
