import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast, wageArrears } from '../../src/demo/wage-arrears.js';
import { verdictOn } from '../proof/proof-world.js';
import { allReadable } from '../store/watermark.js';
import { testFolder } from '../support/services.js';
import { monday } from './api.js';
import { openWorld, unzip, type World } from './handoffs-world.js';

let world: World;
let dispute: string;

beforeAll(async () => {
  world = await openWorld('export', { clock: () => monday });
  const until = wageArrears.findIndex(({ key }) => key === 'mediator-accepts') + 1;
  dispute = await world.tell(wageArrears.slice(0, until));
  const file = { name: '欠条.pdf', type: 'application/pdf', bytes: Buffer.from('欠条') };
  await world.upload(`/v1/disputes/${dispute}/documents`, await world.as(cast.mediator), file, { kind: 'iou' });
  await allReadable(world.pool);
});
afterAll(() => world.close());

const as = (role: string, more: object = {}) => world.token(role, { organisation: null, ...more });

const exported = async (token: string, query = '') => {
  const { status, headers, bytes } = await world.bytes(`/v1/disputes/${dispute}/export${query}`, token);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/zip');
  expect(Number(headers['content-length'])).toBe(bytes.length);
  const file = join(testFolder('export'), 'export.zip');
  writeFileSync(file, bytes);
  const members = await unzip(bytes);
  return { file, members, text: Buffer.concat([...members.values()]).toString() };
};

const reads = async () => {
  const { body } = await world.get(`/v1/disputes/${dispute}/reads`, await as('auditor'));
  return body.items.filter(({ what }: { what: string }) => what === 'export');
};

test('the mediator gets everything, with documents where asked for, and that is recorded', async () => {
  const token = await world.as(cast.mediator);
  const { file, members, text } = await exported(token, '?documents=true');
  expect(text).toContain('360121198905060000');
  expect([...members].filter(([name]) => name.startsWith('documents/')).map(([, bytes]) => bytes.toString())).toEqual([
    '欠条',
  ]);
  const { keys } = (await world.get('/v1/keys', null)).body;
  expect((await verdictOn(file, { trusted: keys[0].kid })).wrong).toBeNull();
  const anchors = (await world.get('/v1/anchors', null)).body.items;
  expect((await verdictOn(file, { anchors })).wrong).toBeNull();
  expect(await reads()).toMatchObject([{ account: cast.mediator.userId, roles: ['mediator'] }]);
});

test('an auditor gets masks, and no documents; nothing is recorded as read', async () => {
  const before = await reads();
  const { file, members, text } = await exported(await as('auditor'), '?documents=true');
  expect(text).not.toMatch(/李春梅|360121198905060000|13900000001/);
  expect(text).toContain('李**');
  expect([...members.keys()].some((name) => name.startsWith('documents/'))).toBe(false);
  expect((await verdictOn(file)).wrong).toBeNull();
  expect(await reads()).toEqual(before);
});

test('a supervisor sees names, and numbers masked; whoever asks for masks gets masks', async () => {
  const supervisor = await as('supervisor');
  const own = await exported(supervisor);
  expect(own.text).toContain('李春梅');
  expect(own.text).not.toContain('360121198905060000');
  const before = await reads();
  expect((await exported(supervisor, '?masked=true')).text).not.toContain('李春梅');
  expect(await reads()).toEqual(before);
});

test('who does not answer for the matter gets none', async () => {
  const path = `/v1/disputes/${dispute}/export`;
  for (const role of ['party', 'adviser', 'intake', 'administrator']) {
    const { status } = await world.get(path, await as(role));
    expect([role, status]).toEqual([role, 403]);
  }
  // Staff of the region, of a body that has no part in the dispute.
  expect((await world.get(path, await as('judge', { organisation: 'another-court' }))).body.code).toBe('not-your-role');
  expect((await world.get(path, await as('judge', { region: '440100' }))).body.code).toBe('forbidden');
  expect((await world.get(path, null)).status).toBe(401);
  expect((await world.get('/v1/disputes/00000000-0000-4000-8000-000000000000/export', await as('judge'))).status).toBe(
    404,
  );
  expect((await world.get(`${path}?values=all`, await as('judge'))).body.code).toBe('invalid-request');
});
