import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createFolderBlobStore } from '../../src/store/blob-store.js';
import { TooLarge } from '../../src/store/contract.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accord-blobs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function* chunks(...parts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield await Promise.resolve(Buffer.from(part));
  }
}

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

test('bytes come back as they were, found by their hash', async () => {
  const store = createFolderBlobStore(folder);
  const written = await store.put(chunks('协议', '书'), 9);
  expect(written).toEqual({ sha256: hashOf('协议书'), size: 9 });
  const stream = await createFolderBlobStore(folder).get(written.sha256);
  expect((await buffer(stream!)).toString()).toBe('协议书');
});

test('the same bytes are stored once, though put at once', async () => {
  const store = createFolderBlobStore(folder);
  await Promise.all(Array.from({ length: 5 }, () => store.put(chunks('same'), 10)));
  expect(files()).toEqual([hashOf('same').slice(2)]);
});

test('nothing at all is a document too', async () => {
  const store = createFolderBlobStore(folder);
  const { sha256, size } = await store.put(chunks(), 10);
  expect(size).toBe(0);
  expect((await buffer((await store.get(sha256))!)).length).toBe(0);
});

test('a byte too many leaves nothing behind', async () => {
  const store = createFolderBlobStore(folder);
  await expect(store.put(chunks('12345', '6'), 5)).rejects.toBeInstanceOf(TooLarge);
  expect(files()).toEqual([]);
});

test('a source that fails leaves nothing behind', async () => {
  const store = createFolderBlobStore(folder);
  await expect(store.put(chunks('12', new Error('aborted')), 5)).rejects.toThrow('aborted');
  expect(files()).toEqual([]);
});

test.each(['0'.repeat(64), '../secret', '', 'A'.repeat(64)])('there is nothing under %j', async (sha256) => {
  expect(await createFolderBlobStore(folder).get(sha256)).toBeNull();
});
