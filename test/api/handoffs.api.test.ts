import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bodies, cast, stages, wageArrears } from '../../src/demo/wage-arrears.js';
import { testFolder } from '../support/services.js';
import { openWorld, sha256, unzip, type World } from './handoffs-world.js';

const upTo = (key: string) => wageArrears.slice(0, wageArrears.findIndex((step) => step.key === key) + 1);
const admission = '为促成和解，公司承认2026年1月考勤记录曾被修改。';
const note = '经办人私下备注：双方情绪激动';
const internal = '内部研判意见：不随案移送';

let world: World;
let dispute: string;
let handoff: string;
let court: string;
let union: string;

beforeAll(async () => {
  world = await openWorld('handoffs');
  union = await world.as(cast.union);
  court = await world.as(cast.clerk);
  const before = upTo('signed');
  dispute = await world.tell(before);
  await world.post(`/v1/disputes/${dispute}/actions/add-note`, { text: note }, union);
  const file = { name: '内部意见.txt', type: 'text/plain', bytes: Buffer.from(internal) };
  await world.upload(`/v1/disputes/${dispute}/documents`, union, file, { kind: 'internal' });
  await world.tell([wageArrears.find(({ key }) => key === 'confirmation-applied')!], dispute);
  handoff = `${dispute}-h2`;
});
afterAll(() => world.close());

const url = (path = '', id = handoff) => `/v1/handoffs/${id}${path}`;
const packageBytes = async (token: string) => world.bytes(url('/package'), token);

describe('one handoff and the list', () => {
  test('an answer is foreseen with `?dryRun=true`, and nothing is recorded', async () => {
    for (const [path, body, status] of [
      ['/accept', { receivedOn: '2026-06-19' }, 'accepted'],
      ['/return', { reason: 'incomplete', detail: '缺少送达地址确认书', returnedOn: '2026-06-19' }, 'returned'],
    ] as const) {
      const foreseen = await world.post(`${url(path)}?dryRun=true`, body, court);
      expect([foreseen.status, foreseen.body.status, foreseen.body.dryRun]).toEqual([200, status, true]);
    }
    expect((await world.get(url(), court)).body.status).toBe('requested');
  });

  test('a handoff is shown with its two bodies by code and name', async () => {
    const { status, body, headers } = await world.get(url(), court);
    expect(status).toBe(200);
    expect(headers['etag']).toMatch(/^"\d+"$/);
    expect(body).toMatchObject({
      handoffId: handoff,
      disputeId: dispute,
      procedureId: stages.confirmation,
      from: bodies.studio,
      to: bodies.court,
      status: 'requested',
      attempt: 1,
      deliveredAt: null,
      acceptedOn: null,
      returned: null,
    });
    expect(body.requestedAt).toMatch(/^2026-06-18T/);
  });

  test('a body sees its inbox and its outbox, others not; a region’s supervisor sees all', async () => {
    const ids = async (token: string, query = '') => {
      const { body } = await world.get(`/v1/handoffs${query}`, token);
      return body.items.map(({ handoffId }: { handoffId: string }) => handoffId);
    };
    const [first, second] = [`${dispute}-h1`, handoff];
    expect(await ids(court)).toEqual([second, first]);
    expect(await ids(court, `?to=${bodies.court.code}`)).toEqual([second]);
    expect(await ids(court, `?to=${bodies.court.code}&status=accepted`)).toEqual([]);
    expect(await ids(union, '?status=accepted')).toEqual([first]);
    expect(await ids(await world.as(cast.officer))).toEqual([]);
    expect(await ids(await world.token('party', { organisation: bodies.court.code }))).toEqual([]);
    const supervisor = (region: string) => world.token('supervisor', { organisation: 'bureau', region });
    expect(await ids(await supervisor('360100'))).toEqual([second, first]);
    expect(await ids(await supervisor('360200'))).toEqual([]);
    expect(await ids(await world.token('supervisor', { organisation: null, region: null }))).toEqual([second, first]);
  });

  test('the list is paged, and shows each as by itself', async () => {
    const first = await world.get('/v1/handoffs?limit=1', court);
    expect(first.body.items).toEqual([(await world.get(url(), court)).body]);
    const second = await world.get(`/v1/handoffs?limit=1&cursor=${first.body.nextCursor}`, court);
    expect(second.body.items.map((item: { handoffId: string }) => item.handoffId)).toEqual([`${dispute}-h1`]);
    expect(second.body.nextCursor).toBeNull();
  });

  test('malformed questions are 400, unknown handoffs 404', async () => {
    expect((await world.get('/v1/handoffs?status=lost', court)).status).toBe(400);
    expect((await world.get('/v1/handoffs?color=red', court)).status).toBe(400);
    expect((await world.get('/v1/handoffs?cursor=x', court)).status).toBe(400);
    for (const id of ['nothing', `${dispute}-h9`, '%00', 'a%20b'])
      expect((await world.get(url('', id), court)).status).toBe(404);
    expect((await world.get(url())).status).toBe(401);
    const elsewhere = await world.token('mediator', { organisation: 'far-away', region: '110101' });
    expect((await world.get(url(), elsewhere)).status).toBe(403);
  });
});

describe('the package', () => {
  test('is a ZIP named by case and handoff, of the size that it says', async () => {
    const { status, headers, bytes } = await packageBytes(court);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/zip');
    const { body } = await world.get(`/v1/disputes/${dispute}`, court);
    expect(headers['content-disposition']).toBe(`attachment; filename="${body.caseCode}-${handoff}.zip"`);
    expect(Number(headers['content-length'])).toBe(bytes.length);
  });

  test('its manifest names every file with size and SHA-256, the version and the head it was made from', async () => {
    const members = await unzip((await packageBytes(court)).bytes);
    const manifest = JSON.parse(members.get('manifest.json')!.toString());
    expect(manifest).toMatchObject({
      format: 'accord-handoff-package',
      formatVersion: 1,
      disputeId: dispute,
      handoff: { handoffId: handoff, attempt: 1 },
      from: bodies.studio,
      to: bodies.court,
    });
    const head = await world.deps.store.readStream(`dispute-${dispute}`, {
      from: manifest.createdFrom.version,
    });
    expect(head.map(({ version, hash }) => ({ version, headHash: hash }))).toEqual([
      { version: manifest.createdFrom.version, headHash: manifest.createdFrom.headHash },
    ]);
    const listed = manifest.files.map(({ path }: { path: string }) => path);
    expect([...members.keys()].sort()).toEqual([...listed, 'manifest.json', 'manifest.sig'].sort());
    for (const { path, size, sha256: hash } of manifest.files)
      expect({ size: members.get(path)!.length, hash: sha256(members.get(path)!) }).toEqual({ size, hash });
  });

  test('holds the agreement, undisputed facts, addresses, the failed mediation and the parties', async () => {
    const members = await unzip((await packageBytes(court)).bytes);
    const record = (part: string) => JSON.parse(members.get(`records/${part}.json`)!.toString());
    expect(record('parties')).toMatchObject([
      { ref: 'worker', name: '李春梅', idNumber: '360121198905060000' },
      { ref: 'employer', name: '南昌洁一保洁服务有限公司' },
    ]);
    // Claims were not asked for: a part that is not asked for does not travel.
    expect(members.has('records/claims.json')).toBe(false);
    expect(record('agreement')).toMatchObject([
      {
        procedureId: stages.jointMediation,
        signedOn: '2026-06-15',
        terms: [{ dueOn: '2026-06-30' }, { dueOn: '2026-07-31' }],
      },
    ]);
    expect(record('undisputed-facts')).toHaveLength(2);
    for (const { text, confirmedBy } of record('undisputed-facts')) {
      expect(text).toEqual(expect.stringMatching(/./));
      expect(confirmedBy).toEqual(['worker', 'employer']);
    }
    expect(record('delivery-addresses').map(({ party }: { party: string }) => party)).toEqual(['worker', 'employer']);
    expect(record('failure-record')).toEqual([
      {
        procedureId: stages.mediation,
        procedure: 'mediation',
        track: 'labour',
        body: bodies.centre,
        openedOn: '2026-03-02',
        closedOn: '2026-03-17',
        outcome: 'expired',
        sessionsHeldOn: ['2026-03-10'],
        notices: [{ notice: 'routes', parties: ['worker', 'employer'], givenOn: '2026-03-18' }],
        recordsFiled: [{ kind: 'failure-record', filedOn: '2026-03-18' }],
      },
    ]);
    const summary = members.get('summary.txt')!.toString();
    for (const words of ['李春梅', '南昌县人民法院', '无争议事实', '送达地址', '2026-06-15 生效'])
      expect(summary).toContain(words);
    expect(members.get('summary.html')!.toString()).toContain('<html lang="zh-CN">');
  });

  test('holds the bytes of the documents', async () => {
    const members = await unzip((await packageBytes(court)).bytes);
    const documents = JSON.parse(members.get('records/documents.json')!.toString());
    expect(documents.map(({ kind }: { kind: string }) => kind).sort()).toEqual(
      ['address-confirmation', 'address-confirmation', 'agreement', 'award', 'failure-record'].sort(),
    );
    for (const { documentId, kind, path, name, sha256: hash } of documents) {
      expect(path).toBe(`documents/${kind}-${documentId}.pdf`);
      expect(name).toMatch(/\.pdf$/);
      expect(sha256(members.get(path)!)).toBe(hash);
    }
  });

  test('holds no admission made for compromise, no note, no minutes and nothing internal, in no member', async () => {
    const { bytes } = await packageBytes(court);
    const everything = Buffer.concat([bytes, ...(await unzip(bytes)).values()]).toString();
    expect(everything).toContain('李春梅');
    for (const secret of [admission, admission.slice(4, 12), note, internal, '笔录', 'compromise-admission'])
      expect(everything.replaceAll('调解笔录和内部备注依法不随案移送', '')).not.toContain(secret);
  });

  test('is signed: node and openssl verify it by the published key, and see tampering', async () => {
    const { bytes } = await packageBytes(court);
    const members = await unzip(bytes);
    const manifest = members.get('manifest.json')!;
    const signature = Buffer.from(members.get('manifest.sig')!.toString(), 'base64');
    const { keys } = (await world.get('/v1/keys')).body;
    const { keyId } = JSON.parse(manifest.toString()).signature;
    const published = keys.find(({ kid }: { kid: string }) => kid === keyId);
    expect(members.get('public-key.pem')!.toString()).toBe(published.pem);
    const key = createPublicKey({ key: { kty: 'OKP', crv: published.crv, x: published.x }, format: 'jwk' });
    expect(verify(null, manifest, key, signature)).toBe(true);
    const tampered = Buffer.from(manifest.toString().replace('"size": ', '"size": 1'));
    expect(verify(null, tampered, key, signature)).toBe(false);

    // As README.txt tells the receiver.
    const folder = testFolder('unpacked');
    for (const [path, content] of members) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const commands = members
      .get('README.txt')!
      .toString()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^(base64|openssl|sha256sum) /.test(line));
    expect(commands).toHaveLength(3);
    const check = () =>
      execFileSync('sh', ['-ec', commands.join('\n')], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(check()).toMatch(/Signature Verified Successfully/);
    writeFileSync(join(folder, 'records/parties.json'), '[]');
    expect(check).toThrow();
  });

  test('Python reads it, too', async () => {
    const file = join(testFolder('python'), 'package.zip');
    writeFileSync(file, (await packageBytes(court)).bytes);
    const script =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(len(z.namelist()))';
    const count = execFileSync('python3', ['-c', script, file], { encoding: 'utf8' });
    expect(Number(count)).toBe((await unzip((await packageBytes(court)).bytes)).size);
  });

  test('is the same bytes for the same version, and others once the dispute has moved on', async () => {
    const [one, other] = [await packageBytes(court), await packageBytes(union)];
    expect(sha256(one.bytes)).toBe(sha256(other.bytes));
    await world.post(`/v1/disputes/${dispute}/actions/add-note`, { text: '又一条备注' }, union);
    expect(sha256((await packageBytes(court)).bytes)).not.toBe(sha256(one.bytes));
  });

  test('a referral by the court holds the claims and no agreement', async () => {
    const { bytes } = await world.bytes(url('/package', `${dispute}-h1`), court);
    const members = await unzip(bytes);
    expect(JSON.parse(members.get('records/claims.json')!.toString())).toMatchObject([
      {
        kind: 'wages',
        amount: { amount: '48000.00', currency: 'CNY' },
        text: '2025年11月至2026年2月工资，每月12000.00元',
      },
      { kind: 'overtime' },
    ]);
    expect(members.has('records/agreement.json')).toBe(false);
    // Accepted on 05-26: what came later is not in it.
    expect(Buffer.concat([...members.values()]).toString()).not.toContain('2026-06');
  });

  test('opens for its two ends and the region’s supervisor only', async () => {
    const status = async (token: string) => (await packageBytes(token)).status;
    expect(await status(union)).toBe(200);
    expect(await status(await world.token('supervisor', { organisation: 'bureau', region: '360100' }))).toBe(200);
    expect(await status(await world.as(cast.officer))).toBe(403);
    expect(await status(await world.token('auditor', { organisation: 'bureau', region: '360100' }))).toBe(403);
    expect(await status(await world.token('party', { organisation: bodies.court.code }))).toBe(403);
    expect((await world.bytes(url('/package', 'nothing'), court)).status).toBe(404);
  });
});

describe('return, resend, accept', () => {
  const returned = { reason: '材料不全', detail: '缺少送达地址确认书', returnedOn: '2026-06-19' };

  test('only the receiver answers; another body is refused', async () => {
    for (const path of ['/accept', '/return']) {
      const body = path === '/accept' ? { receivedOn: '2026-06-22' } : returned;
      const answer = await world.post(url(path), body, union);
      expect(answer).toMatchObject({ status: 403, body: { code: 'not-your-organisation' } });
    }
    const party = await world.token('party', { organisation: bodies.court.code });
    expect((await world.post(url('/accept'), { receivedOn: '2026-06-22' }, party)).status).toBe(403);
  });

  test('malformed answers are 400, impossible ones 422, unknown handoffs 404, an old version 412', async () => {
    const post = (body: unknown, headers = {}) => world.post(url('/accept'), body, court, headers);
    expect((await post({})).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/receivedOn' }] });
    expect((await post({ receivedOn: '2026-06-22', handoffId: 'x' })).status).toBe(400);
    expect((await post({ receivedOn: '2026-12-31' })).body).toMatchObject({
      status: 422,
      code: 'date-in-future',
    });
    expect((await post({ receivedOn: '2026-06-22' }, { 'if-match': '"3"' })).body).toMatchObject({
      status: 412,
      code: 'version-conflict',
    });
    expect((await world.post(url('/accept', 'nothing'), { receivedOn: '2026-06-22' }, court)).status).toBe(404);
  });

  test('returned with its reason, resent, then accepted; the package stays as it was accepted', async () => {
    const back = await world.post(url('/return'), returned, court);
    expect(back).toMatchObject({
      status: 200,
      body: { handoffId: handoff, status: 'returned', returned: { reason: '材料不全' } },
    });
    expect(back.body.dispute.id).toBe(dispute);
    expect(back.body.events.map(({ type }: { type: string }) => type)).toContain('HandoffReturned');
    expect(back.text).not.toContain('缺少送达地址确认书');
    expect((await world.post(url('/accept'), { receivedOn: '2026-06-22' }, court)).body).toMatchObject({
      status: 409,
      code: 'handoff-ended',
    });
    const listed = await world.get('/v1/handoffs?status=returned', union);
    expect(listed.body.items).toMatchObject([{ handoffId: handoff, returned: { reason: '材料不全' } }]);

    const resent = await world.post(
      `/v1/disputes/${dispute}/actions/resend-handoff`,
      { handoffId: handoff, occurredAt: '2026-06-20' },
      union,
    );
    expect(resent.status).toBe(200);
    expect((await world.get(url(), court)).body).toMatchObject({
      status: 'requested',
      attempt: 2,
      returned: null,
    });
    const before = await packageBytes(court);

    const key = { 'idempotency-key': 'accept-1' };
    const body = { receivedOn: '2026-06-22', externalId: '(2026)赣0121诉前调123号' };
    const accepted = await world.post(url('/accept'), body, court, key);
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'accepted', acceptedOn: '2026-06-22', dueAt: null },
    });
    expect(accepted.headers['idempotent-replayed']).toBeUndefined();

    const again = await world.post(url('/accept'), body, court, key);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body.events).toEqual(accepted.body.events);
    expect(again.headers['etag']).toBe(accepted.headers['etag']);
    const other = await world.post(url('/accept'), { receivedOn: '2026-06-21' }, court, key);
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    for (const path of ['/accept', '/return'])
      expect((await world.post(url(path), path === '/accept' ? body : returned, court)).body).toMatchObject({
        status: 409,
        code: 'handoff-ended',
      });

    await world.post(`/v1/disputes/${dispute}/actions/add-note`, { text: '签收之后' }, union);
    const after = await packageBytes(court);
    expect(sha256(after.bytes)).toBe(sha256(before.bytes));
  });

  test('of two who accept at once, one does', async () => {
    const rest = wageArrears.slice(upTo('signed').length);
    const second = await world.tell([...upTo('signed'), rest.find(({ key }) => key === 'confirmation-applied')!]);
    const accept = () => world.post(`/v1/handoffs/${second}-h2/accept`, { receivedOn: '2026-06-22' }, court);
    const answers = await Promise.all([accept(), accept(), accept(), accept()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });
});

test('the OpenAPI document describes the paths', async () => {
  const { body } = await world.get('/openapi.json');
  for (const path of [
    '/v1/handoffs',
    '/v1/handoffs/{id}',
    '/v1/handoffs/{id}/package',
    '/v1/handoffs/{id}/accept',
    '/v1/handoffs/{id}/return',
    '/v1/disputes/{id}/documents',
    '/v1/supervision/stalled',
    '/v1/supervision/summary',
    '/health/ready',
    '/v1/keys',
    '/metrics',
  ])
    expect(Object.keys(body.paths)).toContain(path);
});
