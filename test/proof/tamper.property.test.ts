import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { eventsIn, forger, rechained, withEvents, zipOf, type Members } from './forging.js';
import { membersOf, openProofWorld, verdictOn, written, type ProofWorld } from './proof-world.js';

let world: ProofWorld;
let file: string;
let members: Members;

beforeAll(async () => {
  world = await openProofWorld('proof-tamper', 'mediation-applied');
  await world.addDocument('contract', '劳动合同');
  file = await world.pack();
  members = await membersOf(file);
});
afterAll(() => world.db.drop());

const wrongIn = async (bytes: Buffer): Promise<string | null> => (await verdictOn(written('forged.zip', bytes))).wrong;

test('one byte changed in any file is found', async () => {
  const bytes = readFileSync(file);
  const copy = written('tampered.zip', bytes);
  const places = [...members].map(([name, content]) => ({ name, from: bytes.indexOf(content), size: content.length }));
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom(...places)
        .chain(({ name, from, size }) =>
          fc.record({ name: fc.constant(name), at: fc.integer({ min: from, max: from + size - 1 }) }),
        ),
      fc.integer({ min: 1, max: 255 }),
      async ({ name, at }, change) => {
        const original = bytes[at]!;
        writeAt(copy, at, original ^ change);
        const { wrong } = await verdictOn(copy);
        writeAt(copy, at, original);
        // Where keys and signature themselves are no longer what they were, that is what is said.
        expect(wrong).toMatch(/^(keys|manifest)\./.test(name) ? /^(keys|manifest)\./ : name);
      },
    ),
    { numRuns: 200 },
  );
  expect(await verdictOn(copy)).toMatchObject({ wrong: null });
});

const writeAt = (target: string, at: number, byte: number): void => {
  const handle = openSync(target, 'r+');
  writeSync(handle, Buffer.from([byte]), 0, 1, at);
  closeSync(handle);
};

test('a file that is missing, added or in the place of another is found', async () => {
  for (const name of members.keys()) {
    const without = new Map(members);
    without.delete(name);
    expect(await wrongIn(await zipOf(without))).toBe(`${name} is missing`);
  }
  const added = new Map(members).set('refusals.jsonl', Buffer.from(''));
  expect(await wrongIn(await zipOf(added))).toBe('refusals.jsonl is not in the manifest');
  const swapped = new Map(members).set('rules.json', members.get('calendar.json')!);
  expect(await wrongIn(await zipOf(swapped))).toBe('rules.json is not the file in the manifest');
});

describe('somebody with a key of his own', () => {
  const { kid, signed, anchored } = forger();
  const change = (at: number) =>
    eventsIn(members).map((event, index) => (index === at ? { ...event, occurredAt: '2020-01-01' } : event));

  test('who changes an event breaks the chain at its version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: eventsIn(members).length - 1 }), async (at) => {
        const forged = await signed(withEvents(members, change(at)));
        expect(await wrongIn(forged)).toBe(`events.jsonl: version ${at + 1}: its hash is not that of its text`);
      }),
      { numRuns: 5 },
    );
  });

  test('who leaves one out, or puts a member beside those that are hashed, is found', async () => {
    const events = eventsIn(members);
    expect(await wrongIn(await signed(withEvents(members, events.toSpliced(1, 1))))).toMatch(
      /version 2: version 3 stands here/,
    );
    const beside = new Map(members).set(
      'events.jsonl',
      Buffer.from(members.get('events.jsonl')!.toString().replace('{', '{"a":1,')),
    );
    expect(await wrongIn(await signed(beside))).toMatch(/version 1: the line is no event/);
  });

  test('who makes the chain anew has no anchor for it', async () => {
    const forged = await signed(withEvents(members, rechained(change(0))));
    expect(await wrongIn(forged)).toBe('proof.json: the head of the events that is anchored is not among them');
  });

  test('who makes an anchor, too, has another key than ours', async () => {
    const forged = written('forged.zip', await signed(anchored(withEvents(members, rechained(change(0))))));
    const own = world.options.keys.current.kid;
    expect((await verdictOn(forged, { trusted: own })).wrong).toContain(`key ${kid} is not the key given`);
    const { lines, wrong } = await verdictOn(forged);
    expect(wrong).toBeNull();
    expect(lines.join('\n')).toContain('No key was given: whose they are is not shown');
  });

  test('who leaves out a file that every package holds, from the manifest, too, is found', async () => {
    const obligatory = [...members.keys()].filter((name) => !/^(manifest\.|documents\/|keys\.json)/.test(name));
    expect(obligatory).toHaveLength(8);
    for (const name of obligatory) {
      const without = new Map(members);
      // The forger needs them to write his manifest.
      if (name === 'events.jsonl') continue;
      without.delete(name);
      expect(await wrongIn(await signed(without))).toBe(`${name} is missing`);
    }
  });

  test('who changes a value, or its state, is found', async () => {
    const values = JSON.parse(members.get('values.json')!.toString());
    const ref = Object.keys(values).find((one) => values[one].kind === 'party-name')!;
    const withValues = (changed: object) =>
      signed(new Map(members).set('values.json', Buffer.from(JSON.stringify(changed))));
    expect(await wrongIn(await withValues({ ...values, [ref]: { ...values[ref], value: '别人' } }))).toBe(
      `values.json: ${ref} is not the value that version 1 was recorded with`,
    );
    const { [ref]: _gone, ...rest } = values;
    expect(await wrongIn(await withValues(rest))).toBe(`values.json: ${ref} of version 1 is not accounted for`);
    expect(await wrongIn(await withValues({ ...values, other: values[ref] }))).toBe(
      'values.json: other is in no event',
    );
  });

  test('who passes off another document is found', async () => {
    const { documents } = JSON.parse(members.get('evidence.json')!.toString());
    const withDocuments = (changed: object[]) =>
      signed(new Map(members).set('evidence.json', Buffer.from(JSON.stringify({ documents: changed }))));
    const other = { ...documents[0], sha256: '0'.repeat(64) };
    expect(await wrongIn(await withDocuments([other]))).toMatch(/is not the document that version \d+ recorded/);
    expect(await wrongIn(await withDocuments([]))).toMatch(/is not listed/);
    const bytes = [...members].find(([name]) => name.startsWith('documents/'))![0];
    const forged = await signed(new Map(members).set(bytes, Buffer.from('另一份')));
    expect(await wrongIn(forged)).toBe(`${bytes} is not named after its SHA-256`);
  });
});

describe('what is no package is refused in a line', () => {
  const cut = async (name: string, bytes: Buffer) => (await verdictOn(written(name, bytes))).wrong;

  test('not a ZIP, or half of one', async () => {
    expect(await cut('text.zip', Buffer.from('no ZIP at all'))).toBe('this is not a ZIP file');
    expect(await cut('empty.zip', Buffer.alloc(0))).toBe('this is not a ZIP file');
    const bytes = readFileSync(file);
    expect(await cut('half.zip', bytes.subarray(0, bytes.length / 2))).toBe('this is not a ZIP file');
  });

  test('compressed files, which could be a bomb', async () => {
    const bomb = await zipOf([['manifest.json', Buffer.alloc(50_000_000)]], true);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await cut('bomb.zip', bomb)).toBe('manifest.json is compressed or encrypted, which no package is');
  });

  test('names that lead elsewhere, unknown ones, and double ones', async () => {
    const evil = async (name: string) => {
      const honest = await zipOf([['documents/aaa', Buffer.from('x')]]);
      return Buffer.from(honest.toString('latin1').replaceAll('documents/aaa', name), 'latin1');
    };
    expect(await cut('climbs.zip', await evil('../../etc/pas'))).toBe('the ZIP file is damaged');
    expect(await cut('absolute.zip', await evil('/etc/password'))).toBe('the ZIP file is damaged');
    expect(await cut('unknown.zip', await evil('something.txt'))).toBe('a file that does not belong into a package');
    const twice: [string, Buffer][] = [
      ['keys.json', Buffer.from('1')],
      ['keys.json', Buffer.from('2')],
    ];
    expect(await cut('twice.zip', await zipOf(twice))).toBe('keys.json is there twice');
  });

  test('sizes that are not so', async () => {
    const honest = await zipOf([['keys.json', Buffer.from('{}')]]);
    const lying = Buffer.from(honest);
    const entry = lying.indexOf(Buffer.from('504b0102', 'hex'));
    lying.writeUInt32LE(1_000_000_000, entry + 20);
    lying.writeUInt32LE(1_000_000_000, entry + 24);
    expect(await cut('lying.zip', lying)).toBe('the files overlap: they are larger than the whole');
  });

  test('files of another shape', async () => {
    for (const keys of [
      '',
      '[]',
      '{"keys":[{}]}',
      'null',
      '{"current":"a","keys":[{"kid":"a","jwk":{"kty":"OKP","crv":"Ed25519","x":""},"pem":"","endorsement":null}]}',
    ])
      expect(await cut('shape.zip', await zipOf(new Map(members).set('keys.json', Buffer.from(keys))))).toMatch(
        /^keys\.json/,
      );
  });

  test('any bytes whatever are refused, never thrown over', async () => {
    const bytes = readFileSync(file);
    const target = written('noise.zip', bytes);
    const { lines: said } = await verdictOn(target);
    const directory = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: directory, max: bytes.length - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        async (at, noise) => {
          const noisy = Buffer.from(bytes);
          noisy.set(noise.subarray(0, noisy.length - at), at);
          writeFileSync(target, noisy);
          const { lines, wrong } = await verdictOn(target);
          // Dates and rights of the archive's files are no part of the package.
          if (wrong === null) expect(lines).toEqual(said);
        },
      ),
      { numRuns: 100 },
    );
  });
});
