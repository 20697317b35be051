import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { wageArrears } from './api.js';
import { formOf, openWorld, sha256, type FormFile, type World } from './handoffs-world.js';

let world: World;
let intake: string;
let mediator: string;
let dispute: string;

beforeAll(async () => {
  world = await openWorld('documents');
  intake = await world.token('intake');
  mediator = await world.token('mediator', { organisation: 'centre' });
  dispute = (await world.post('/v1/disputes', wageArrears(), intake)).body.id;
  const body = { code: 'centre', name: '调解中心' };
  await world.post(
    `/v1/disputes/${dispute}/actions/open-procedure`,
    { procedure: 'mediation', track: 'labour', body },
    intake,
  );
});
afterAll(() => world.close());

const documents = () => `/v1/disputes/${dispute}/documents`;
const png = (bytes = randomBytes(2048)): FormFile => ({ name: '欠条.png', type: 'image/png', bytes });
const version = async (): Promise<number> => (await world.get(`/v1/disputes/${dispute}`, intake)).body.version;
const storedFiles = (): string[] =>
  (readdirSync(join(world.home, 'documents'), { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('upload', () => {
  test('answers the document, and its bytes come back as they were', async () => {
    const file = png();
    const before = await version();
    const up = await world.upload(documents(), intake, file);
    expect(up.status).toBe(201);
    expect(up.body).toEqual({
      documentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sha256: sha256(file.bytes),
      size: file.bytes.length,
      mediaType: 'image/png',
      kind: 'evidence',
    });
    expect(up.headers['location']).toBe(`${documents()}/${up.body.documentId}`);
    expect(up.headers['etag']).toBe(`"${before + 1}"`);

    const down = await world.bytes(String(up.headers['location']), mediator);
    expect(down.status).toBe(200);
    expect(down.bytes.equals(file.bytes)).toBe(true);
    expect(down.headers).toMatchObject({
      'content-type': 'image/png',
      etag: `"${sha256(file.bytes)}"`,
      'x-content-type-options': 'nosniff',
    });
    expect(down.headers['content-disposition']).toBe(`attachment; filename="evidence-${up.body.documentId}.png"`);
    const again = await world.get(String(up.headers['location']), mediator, {
      'if-none-match': `"${sha256(file.bytes)}"`,
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('the event holds id and hash, never the file’s name', async () => {
    const file = { ...png(), name: 'C:\\张三\\张三的身份证.png' };
    const { body } = await world.upload(documents(), intake, file, { kind: 'id-card', procedureId: 'p1' });
    const { body: listed } = await world.get(`/v1/disputes/${dispute}/events?limit=200`, intake);
    const event = listed.items.at(-1);
    expect(event).toMatchObject({
      type: 'DocumentAdded',
      procedureId: 'p1',
      data: { documentId: body.documentId, sha256: body.sha256, kind: 'id-card' },
    });
    expect(JSON.stringify(listed)).not.toContain('身份证');
    const values = await world.deps.store.values(dispute, [event.data.name.ref]);
    expect(values[event.data.name.ref]).toMatchObject({ kind: 'document-name', value: '张三的身份证.png' });
  });

  test('an uploaded document can be evidence', async () => {
    const { body } = await world.upload(documents(), intake, png());
    const answer = await world.post(
      `/v1/disputes/${dispute}/actions/add-evidence`,
      { document: body.documentId },
      intake,
    );
    expect(answer.status).toBe(200);
  });

  test('the same key is one document; with other bytes it is refused', async () => {
    const file = png();
    const key = { 'idempotency-key': 'doc-1' };
    const first = await world.upload(documents(), intake, file, {}, key);
    const at = await version();
    const second = await world.upload(documents(), intake, file, {}, key);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(await version()).toBe(at);
    const other = await world.upload(documents(), intake, png(), {}, key);
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    const kind = await world.upload(documents(), intake, file, { kind: 'contract' }, key);
    expect(kind.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    const own = await world.upload(documents(), intake, file);
    expect(own.body.documentId).not.toBe(first.body.documentId);
  });

  test('If-Match of an old version is 412', async () => {
    const answer = await world.upload(documents(), intake, png(), {}, { 'if-match': '"1"' });
    expect(answer.body).toMatchObject({ status: 412, code: 'version-conflict' });
  });

  test('an empty file, a name of another alphabet, a media type that is none', async () => {
    const odd = { name: '', type: 'html', bytes: Buffer.alloc(0) };
    const { status, body } = await world.upload(documents(), intake, odd);
    expect(status).toBe(201);
    expect(body).toMatchObject({ size: 0, sha256: sha256(''), mediaType: 'application/octet-stream' });
    const down = await world.bytes(`${documents()}/${body.documentId}`, intake);
    expect([down.status, down.bytes.length]).toEqual([200, 0]);
  });
});

describe('what is refused', () => {
  test('malformed forms are 400, other content 415', async () => {
    const { body, contentType } = formOf(png(), {});
    const send = (payload: Buffer | string, type = contentType) =>
      world.ask('POST', documents(), { token: intake, body: payload, headers: { 'content-type': type } });
    const cases: [Buffer | string, string?][] = [
      [body.subarray(0, body.length - 60)],
      ['no form at all'],
      [body, 'multipart/form-data'],
      [formOf(png(), { kind: 'Not Kebab' }).body],
      [formOf(png(), { colour: 'red' }).body],
      [formOf(png(), { kind: 'a'.repeat(5000) }).body],
      [formOf(png(), { __proto__x: '1', constructor: '2' }).body],
      [Buffer.from(String(body).replace('name="file"', 'name="other"'))],
      [Buffer.concat([body.subarray(0, -28), Buffer.from('\r\n'), body])],
    ];
    const answers: [number, string][] = [];
    for (const [payload, type] of cases) {
      const answer = await send(payload, type);
      answers.push([answer.status, answer.body.code]);
    }
    expect(answers).toEqual(cases.map(() => [400, 'invalid-request']));
    const empty = formOf(png(), {}).body.subarray(-26);
    expect((await send(empty)).body).toMatchObject({ status: 400 });
    expect((await send('{}', 'application/json')).body).toMatchObject({ status: 415 });
    expect((await send('x', 'text/plain')).body).toMatchObject({ status: 415 });
  });

  test('who may not see the dispute, or not add to it, is 403; nothing is kept', async () => {
    const before = storedFiles().length;
    const far = await world.token('mediator', { organisation: 'far-away', region: '110101' });
    expect((await world.upload(documents(), far, png())).status).toBe(403);
    const auditor = await world.token('auditor', { organisation: 'bureau' });
    expect((await world.upload(documents(), auditor, png())).body).toMatchObject({
      status: 403,
      code: 'not-your-role',
    });
    expect((await world.upload(documents().replace(/[^/]+\/documents/, 'x/documents'), intake, png())).status).toBe(
      404,
    );
    expect((await world.upload(documents(), '', png())).status).toBe(401);
    expect(storedFiles().length).toBe(before);
  });

  test('50 MiB are taken, one byte more is 413 and leaves nothing behind', async () => {
    const whole = Buffer.alloc(50 * 1024 * 1024, 7);
    const taken = await world.upload(documents(), intake, { ...png(), bytes: whole });
    expect(taken).toMatchObject({ status: 201, body: { size: whole.length, sha256: sha256(whole) } });
    const before = { files: storedFiles(), version: await version() };
    const more = Buffer.concat([whole, Buffer.from('x')]);
    const refused = await world.upload(documents(), intake, { ...png(), bytes: more });
    expect(refused.body).toMatchObject({ status: 413, code: 'too-large' });
    const far = await world.upload(documents(), intake, { ...png(), bytes: Buffer.concat([more, more]) });
    expect(far.body).toMatchObject({ status: 413, code: 'too-large' });
    expect({ files: storedFiles(), version: await version() }).toEqual(before);
  });

  test('a client that goes away in the middle leaves nothing behind', async () => {
    await world.app.listen(0, '127.0.0.1');
    const { port } = world.app.getHttpServer().address() as AddressInfo;
    const before = { files: storedFiles(), version: await version() };
    const { body, contentType } = formOf(png(randomBytes(500_000)), {});
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST ${documents()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${intake}\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, 300_000));
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect({ files: storedFiles(), version: await version() }).toEqual(before);
  });
});

describe('download', () => {
  test('unknown documents are 404, of another dispute too', async () => {
    const { body } = await world.upload(documents(), intake, png());
    const other = (await world.post('/v1/disputes', wageArrears(), intake)).body.id;
    for (const url of [
      `${documents()}/nothing`,
      `${documents()}/%00`,
      `/v1/disputes/${other}/documents/${body.documentId}`,
    ])
      expect((await world.get(url, intake)).status).toBe(404);
  });

  test('papers of the mediation alone are shown to its mediators, not to the desk, the court or a supervisor', async () => {
    const court = await world.token('court-clerk', { organisation: 'centre' });
    const readers: [string, number][] = [
      [mediator, 200],
      [await world.token('adviser', { organisation: 'centre' }), 200],
      [await world.token('mediator', { organisation: 'elsewhere' }), 403],
      [await world.token(['mediator', 'judge'], { organisation: 'centre' }), 403],
      [court, 403],
      [intake, 403],
      [await world.token('supervisor', { organisation: 'bureau' }), 403],
    ];
    for (const kind of ['compromise-admission', 'mediation-minutes', 'internal']) {
      const { body } = await world.upload(documents(), mediator, png(), { kind });
      for (const [token, status] of readers)
        expect((await world.bytes(`${documents()}/${body.documentId}`, token)).status).toBe(status);
    }
    const { body } = await world.upload(documents(), mediator, png(), { kind: 'agreement' });
    expect((await world.bytes(`${documents()}/${body.documentId}`, court)).status).toBe(200);
  });
});
