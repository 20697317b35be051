import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSigningKeys, rotateSigningKey } from '../../src/commands/keys.js';
import { exportProof } from '../../src/commands/proof/export.js';
import { cast } from '../../src/demo/wage-arrears.js';
import { allReadable } from '../store/watermark.js';
import { forger } from './forging.js';
import { pdfText } from './pdf-text.js';
import { membersOf, openProofWorld, verdictOn, written, type ProofWorld } from './proof-world.js';

const run = promisify(execFile);

let world: ProofWorld;
let file: string;
let evidence: { documentId: string; sha256: string };

beforeAll(async () => {
  world = await openProofWorld('proof', 'confirmation-applied');
  evidence = await world.addDocument('contract', '劳动合同');
  await world.addDocument('internal', '内部材料');
  await world.commands.run({
    disputeId: world.dispute,
    action: 'reopen',
    body: {},
    by: { account: 'x', roles: ['intake'], organisation: 'desk', region: '360121' },
    kind: 'person',
    commandId: 'refused',
    fingerprint: 'r',
    correlationId: 'r',
  });
  file = await world.pack();
});
afterAll(() => world.db.drop());

test('a package holds by itself', async () => {
  const { lines, wrong } = await verdictOn(file, { trusted: world.options.keys.current.kid });
  expect(wrong).toBeNull();
  expect(lines).toEqual([
    expect.stringMatching(/^archive: \d+ files, \d+ bytes$/),
    expect.stringMatching(/^manifest: \S+ up to version \d+, signed by key \S{43}$/),
    expect.stringMatching(/Signed by the key given$/),
    expect.stringMatching(/^files: \d+ as in the manifest$/),
    expect.stringMatching(/^events: \d+, the chain is whole/),
    'refusals: 1, the chain is whole',
    expect.stringMatching(/^values: [1-9]\d* agree with their commitments, \d+ withheld, 0 erased$/),
    expect.stringMatching(/^evidence: \d+ documents as recorded, the bytes of 1 included$/),
    expect.stringMatching(/^anchor: number \d+ of .*, covers the events up to version \d+$/),
    expect.stringMatching(/^anchor: number \d+ of .*, covers the refusals up to version 1$/),
  ]);
});

test('refusals without an anchor are said to have none; a proof of refusals that are not there is wrong', async () => {
  const members = await membersOf(file);
  const proof = JSON.parse(members.get('proof.json')!.toString());
  const { signed } = forger();
  const unproven = new Map(members).set('proof.json', Buffer.from(JSON.stringify({ ...proof, refusals: null })));
  const { lines, wrong } = await verdictOn(written('unproven.zip', await signed(unproven)));
  expect(wrong).toBeNull();
  expect(lines.at(-1)).toBe('anchor: none covers the refusals');
  const gone = new Map(members);
  gone.delete('refusals.jsonl');
  expect((await verdictOn(written('gone.zip', await signed(gone)))).wrong).toMatch(/^refusals\.jsonl is missing/);
});

test('an anchor by a key that the one given does not vouch for is said to be unrelated', async () => {
  const { kid, signed } = forger();
  const forged = written('unrelated.zip', await signed(await membersOf(file)));
  const unrelated = expect.stringContaining('unrelated to the key given');
  expect((await verdictOn(forged, { trusted: kid })).lines).toContainEqual(unrelated);
  expect((await verdictOn(forged, { trusted: kid })).wrong).toBeNull();
  const own = world.options.keys.current.kid;
  expect((await verdictOn(file, { trusted: own })).lines).not.toContainEqual(unrelated);
});

test('it says what the periods rest on, and names the documents without those of the mediation', async () => {
  const members = await membersOf(file);
  expect(pdfText(members.get('course.pdf')!)[0]).toContain(
    JSON.parse(members.get('manifest.json')!.toString()).caseCode,
  );
  const json = (name: string) => JSON.parse(members.get(name)!.toString());
  const rules = json('rules.json').rules as {
    code: string;
    law: string | null;
    article: string | null;
    confidence: string;
    deadlines: string[];
  }[];
  expect(rules.find(({ code }) => code === 'LD-16')).toMatchObject({
    law: '劳动争议调解仲裁法',
    article: '43',
    confidence: 'verified',
    version: 1,
  });
  expect(rules.every(({ deadlines }) => deadlines.length > 0)).toBe(true);
  const calendar = json('calendar.json');
  expect(calendar.versions).toEqual([
    { version: 'cn-2026.1', years: ['cn-2024.1', 'cn-2025.1', 'cn-2026.1'], missing: [] },
  ]);
  expect(calendar.years.map(({ notice }: { notice: { title: string } }) => notice.title)).toContain(
    '国务院办公厅关于2026年部分节假日安排的通知',
  );
  const { documents } = json('evidence.json');
  const pathOf = (kind: string) => documents.find((one: { kind: string }) => one.kind === kind).path;
  expect(pathOf('contract')).toBe(`documents/${evidence.sha256}`);
  expect(pathOf('internal')).toBeNull();
  expect(members.get(`documents/${evidence.sha256}`)!.toString()).toBe('劳动合同');
});

test('a masked package holds, too, and names nobody', async () => {
  const masked = await world.pack({ masked: true, includes: () => false });
  const { lines, wrong } = await verdictOn(masked);
  expect(wrong).toBeNull();
  expect(lines.find((line) => line.startsWith('keys:'))).toContain('No key was given');
  const members = await membersOf(masked);
  const all = Buffer.concat([...members.values()]).toString();
  for (const personal of ['李春梅', '360121198905060000', '13900000001', '示例路12号'])
    expect(all).not.toContain(personal);
  expect(all).toContain('李**');
  const course = pdfText(members.get('course.pdf')!).join('');
  expect(course).toContain('李**');
  expect(course).toContain('期限届满：劳动争议调解（LD-03，机构）');
  for (const personal of ['李春梅', '360121198905060000', '13900000001']) expect(course).not.toContain(personal);
  const values = Object.values(JSON.parse(members.get('values.json')!.toString())) as {
    kind: string;
    salt?: string;
    state: string;
  }[];
  expect(values.filter(({ kind, salt }) => kind === 'party-name' && salt !== undefined)).toEqual([]);
});

test('what was conceded for the sake of compromise is withheld from everybody', async () => {
  await world.act(world.dispute, cast.union, 'add-note', { text: '内部备注一则' });
  const members = await membersOf(await world.pack());
  const values = Object.values(JSON.parse(members.get('values.json')!.toString())) as { kind: string; state: string }[];
  expect(values.filter(({ kind }) => kind === 'note')).toEqual([{ state: 'withheld', kind: 'note' }]);
  expect(Buffer.concat([...members.values()]).toString()).not.toContain('内部备注一则');
});

test('what was erased is named as erased, and everything else holds', async () => {
  await world.act(world.dispute, { ...cast.counter, roles: ['supervisor'] }, 'erase-subject', {
    subject: 'worker',
    reason: 'ordered',
  });
  const erased = await world.pack();
  const { lines, wrong } = await verdictOn(erased);
  expect(wrong).toBeNull();
  expect(lines.find((line) => line.startsWith('values:'))).toMatch(/, [1-9]\d* erased$/);
  expect(Buffer.concat([...(await membersOf(erased)).values()]).toString()).not.toContain('360121198905060000');
});

test('what is recorded after the anchor is in the package, and said not to be covered', async () => {
  const { anchors } = world.options;
  await allReadable(world.db.pool);
  await anchors.make();
  await world.act(world.dispute, cast.union, 'add-note', { text: '之后' });
  const still = { prove: anchors.prove, make: async () => null };
  const built = await exportProof(
    { ...world.options, anchors: still },
    {
      disputeId: world.dispute,
      visible: (_, values) => ({
        values: Object.fromEntries(Object.entries(values).map(([ref, { value }]) => [ref, value])),
        masked: new Set(),
      }),
      includes: () => false,
    },
  );
  const chunks: Buffer[] = [];
  for await (const chunk of built!.stream) chunks.push(chunk as Buffer);
  const { lines, wrong } = await verdictOn(written('later.zip', Buffer.concat(chunks)));
  expect(wrong).toBeNull();
  expect(lines).toContain('anchor: 1 later events are not covered by it');
});

test('a key that the signing one succeeded vouches for it; a stranger’s does not', async () => {
  const former = world.options.keys.current.kid;
  rotateSigningKey(world.home, '2026-11-23T02:00:00Z', undefined, {});
  world.options.keys = openSigningKeys(world.home, {});
  const signed = await world.pack();
  expect(world.options.keys.current.kid).not.toBe(former);
  const { lines, wrong } = await verdictOn(signed, { trusted: former });
  expect(wrong).toBeNull();
  expect(lines.join('\n')).toContain('The key given vouches for the one that signed, over 1 endorsements');
  expect((await verdictOn(signed, { trusted: 'A'.repeat(43) })).wrong).toContain('does not vouch for it');
  // The anchor is the former key's, which the one that followed cannot vouch for.
  expect(lines.filter((line) => line.includes('vouch') && line.startsWith('anchor:'))).toEqual([]);
  const byCurrent = await verdictOn(signed, { trusted: world.options.keys.current.kid });
  expect(byCurrent.wrong).toBeNull();
  expect(byCurrent.lines.join('\n')).toContain(`anchor: signed by key ${former}, a former one`);
});

test('the anchor is compared with those kept elsewhere', async () => {
  const kept = (await world.options.anchors.prove(`dispute-${world.dispute}`))!.anchor;
  const current = await world.pack();
  const { dispute } = JSON.parse((await membersOf(current)).get('proof.json')!.toString());
  expect((await verdictOn(current, { anchors: [kept, dispute.anchor] })).lines.join('\n')).toContain(
    'and is the one kept elsewhere',
  );
  expect((await verdictOn(current, { anchors: [] })).wrong).toMatch(/anchor \d+ is not among those kept elsewhere/);
  const statement = dispute.anchor.statement.replace(/"root":"../, '"root":"00') as string;
  const other = { ...dispute.anchor, statement };
  for (const anchors of [
    [other, dispute.anchor],
    [dispute.anchor, other],
  ])
    expect((await verdictOn(current, { anchors })).wrong).toMatch(
      /anchor \d+ was kept elsewhere in two forms; the other is signed by no key in it$/,
    );
  const { current: key, sign } = world.options.keys;
  const byUs = statement.replace(/"kid":"[^"]*"/, `"kid":"${key.kid}"`);
  const signature = sign(Buffer.from(byUs)).toString('base64');
  expect((await verdictOn(current, { anchors: [{ statement: byUs, signature }] })).wrong).toMatch(
    /which is signed by a key in this package, too$/,
  );
  const foreign = { ...other, statement: statement.replace(/"store":"../, '"store":"zz') };
  expect((await verdictOn(current, { anchors: [foreign] })).wrong).toMatch(/is of another record and is signed by no/);
  expect((await verdictOn(current, { anchors: [other] })).wrong).toMatch(
    /anchor \d+ is another than the one kept elsewhere/,
  );
});

test('there is no package of a dispute that there is not', async () => {
  const request = {
    disputeId: 'nothing',
    visible: () => ({ values: {}, masked: new Set<string>() }),
    includes: () => false,
  };
  expect(await exportProof(world.options, request)).toBeNull();
});

describe('the listing in docs/verify-a-package.md', () => {
  const page = readFileSync('docs/verify-a-package.md', 'utf8');
  const listing = /```js\n([^]*?)```/.exec(page)![1]!;
  const verify = (target: string, ...more: string[]) =>
    run(process.execPath, [written('verify.mjs', Buffer.from(listing)), target, ...more]).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
    );

  test('is of fifty lines', () => {
    expect(listing.trimEnd().split('\n').length).toBeLessThanOrEqual(50);
  });

  test('finds that a package holds, and by which key', async () => {
    const { keyId } = JSON.parse((await membersOf(file)).get('manifest.json')!.toString()).signature;
    expect(await verify(file, keyId)).toEqual({
      code: 0,
      said: expect.stringMatching(/events hold, \d+ under the anchor/),
    });
    expect(await verify(file, 'another')).toEqual({ code: 1, said: 'WRONG: not the trusted key\n' });
  });

  test.each(['manifest.json', 'manifest.sig', 'events.jsonl', 'values.json', 'proof.json', 'course.pdf'])(
    'finds a changed %s',
    async (name) => {
      const bytes = readFileSync(file);
      const content = (await membersOf(file)).get(name)!;
      const at = bytes.indexOf(content) + Math.floor(content.length / 2);
      bytes[at] = bytes[at]! ^ 1;
      expect((await verify(written(join('changed.zip'), bytes))).code).not.toBe(0);
    },
  );
});
