import { randomBytes } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSigningKeys } from '../../src/commands/keys.js';
import { buildPackage, type HandoffPackage, type PackageOptions } from '../../src/commands/package.js';
import { cast, stages, wageArrears } from '../../src/demo/wage-arrears.js';
import type { BlobStore } from '../../src/store/contract.js';
import { createFolderBlobStore } from '../../src/store/blob-store.js';
import { unzip } from '../api/handoffs-world.js';
import { testFolder } from '../support/services.js';
import { openCommands, type CommandsWorld } from './commands-world.js';

const until = (key: string) => wageArrears.slice(0, wageArrears.findIndex((step) => step.key === key) + 1);

let world: CommandsWorld;
let options: PackageOptions;
let blobs: BlobStore;
let folder: string;
let dispute: string;
let handoffs = 2;

beforeAll(async () => {
  world = await openCommands('package', '2026-11-23T10:00:00+08:00');
  folder = testFolder('package-documents');
  blobs = createFolderBlobStore(folder);
  options = { store: world.store, blobs, keys: openSigningKeys(testFolder('package-keys'), {}) };
  // Papers of this story have no bytes: those of the tests have.
  dispute = await world.tell(until('confirmation-applied'));
});
afterAll(() => world.db.drop());

/** A handoff of the confirmation with these parts. */
const request = async (parts: string[]): Promise<string> => {
  handoffs += 1;
  const to = { code: `receiver-${handoffs}`, name: '某机构' };
  await world.act(
    dispute,
    cast.clerk,
    'request-handoff',
    { to, parts },
    { procedureId: stages.confirmation, occurredAt: '2026-06-18' },
  );
  return `${dispute}-h${handoffs}`;
};

const addDocument = async (kind: string, bytes: Buffer): Promise<{ documentId: string; sha256: string }> => {
  const stored = await blobs.put(chunks(bytes), bytes.length);
  const documentId = `${kind}-1`;
  const body = { documentId, kind, ...stored, mediaType: 'application/pdf' };
  await world.act(dispute, cast.union, 'add-document', body);
  return { documentId, sha256: stored.sha256 };
};
async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

const bytesOf = async ({ stream }: HandoffPackage): Promise<Buffer> => {
  const file = join(testFolder('zip'), 'package.zip');
  await pipeline(stream, createWriteStream(file));
  return readFileSync(file);
};
const build = async (handoffId: string): Promise<HandoffPackage> => (await buildPackage(options, dispute, handoffId))!;

test('holds the parts that were asked for, and no others', async () => {
  const members = await unzip(await bytesOf(await build(await request(['award', 'claims']))));
  const records = [...members.keys()].filter((path) => path.startsWith('records/'));
  expect(records.sort()).toEqual(['records/award.json', 'records/claims.json', 'records/documents.json']);
  // The papers of a part travel with it: here the award's own.
  const documents = JSON.parse(members.get('records/documents.json')!.toString());
  expect(documents.map(({ kind }: { kind: string }) => kind)).toEqual(['award']);
  expect(JSON.parse(members.get('records/award.json')!.toString())).toMatchObject([
    {
      procedureId: stages.arbitration,
      kind: 'non-final',
      issuedOn: '2026-05-08',
      served: [
        { paper: 'award', party: 'worker', servedOn: '2026-05-11' },
        { paper: 'award', party: 'employer', servedOn: '2026-05-12' },
      ],
    },
  ]);
  expect(Buffer.concat([...members.values()]).toString()).not.toContain('360121198905060000');
});

test('a document whose bytes are lost is named in the record; the others travel', async () => {
  const members = await unzip(await bytesOf(await build(await request(['documents']))));
  const documents = JSON.parse(members.get('records/documents.json')!.toString());
  expect(documents.length).toBeGreaterThan(0);
  expect(documents.every(({ path }: { path: string | null }) => path === null)).toBe(true);
  expect(members.get('summary.txt')!.toString()).toContain('原始文件缺失');
});

test('a value that was erased is null in the record, and said to be deleted in the summary', async () => {
  const withoutPeople: PackageOptions['store'] = {
    readStream: (...rest) => world.store.readStream(...rest),
    values: async (id, refs) => {
      const all = await world.store.values(id, refs);
      return Object.fromEntries(Object.entries(all).filter(([, { subject }]) => subject !== 'party:worker'));
    },
  };
  const built = await buildPackage({ ...options, store: withoutPeople }, dispute, await request(['parties']));
  const members = await unzip(await bytesOf(built!));
  expect(JSON.parse(members.get('records/parties.json')!.toString())[0]).toMatchObject({
    ref: 'worker',
    name: null,
    idNumber: null,
  });
  expect(members.get('summary.txt')!.toString()).toContain('（已删除）');
});

describe('streaming', () => {
  /** The streams of bytes that were opened, to see that each is let go. */
  const watched = (): { opened: Readable[]; watching: PackageOptions } => {
    const opened: Readable[] = [];
    const get = async (sha256: string) => {
      const stream = (await options.blobs.get(sha256)) as Readable | null;
      if (stream) opened.push(stream);
      return stream;
    };
    return { opened, watching: { ...options, blobs: { get } } };
  };

  test('a large document passes through without being held', async () => {
    await addDocument('recording', randomBytes(48 * 1024 * 1024));
    const handoffId = await request(['recording']);
    const { opened, watching } = watched();
    const built = await buildPackage(watching, dispute, handoffId);
    const before = process.memoryUsage().arrayBuffers;
    let size = 0;
    let most = 0;
    for await (const chunk of built!.stream) {
      size += (chunk as Buffer).length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(size).toBe(built!.size);
    expect(size).toBeGreaterThan(48 * 1024 * 1024);
    expect(most).toBeLessThan(40 * 1024 * 1024);
    expect(opened.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('a reader that goes away lets go of the files', async () => {
    const { opened, watching } = watched();
    const built = await buildPackage(watching, dispute, await request(['recording']));
    built!.stream.once('data', () => built!.stream.destroy());
    await sleep(200);
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('bytes of another length than recorded fail the package', async () => {
    const { sha256 } = await addDocument('contract', randomBytes(1000));
    await writeFile(join(folder, sha256.slice(0, 2), sha256.slice(2)), 'cut');
    await expect(bytesOf(await build(await request(['contract'])))).rejects.toThrow(/unexpected number of bytes/);
  });
});

test('there is no package of an unknown dispute or handoff', async () => {
  expect(await buildPackage(options, 'nothing', 'nothing-h1')).toBeNull();
  expect(await buildPackage(options, dispute, `${dispute}-h99`)).toBeNull();
});
