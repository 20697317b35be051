import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSought, tokensOf, tokensSought } from '../../src/store/sealing/blind-index.js';
import { openBytes, sealBytes, SealBroken } from '../../src/store/sealing/cipher.js';
import { createDataKeys } from '../../src/store/sealing/data-keys.js';
import {
  heldMasterKeys,
  masterKeyId,
  newMasterKey,
  UnknownMasterKey,
  type MasterKeys,
} from '../../src/store/sealing/master-keys.js';
import { addMasterKey, masterKeyFile, openMasterKeys } from '../../src/store/sealing/open-master-keys.js';
import { createByteSealer, openedBytes } from '../../src/store/sealing/sealed-bytes.js';

describe('what is sealed', () => {
  const key = randomBytes(32);
  const sealed = sealBytes(key, Buffer.from('张三'), 'd1 v1');

  test('opens under its key, in its place', () => {
    expect(openBytes(key, sealed, 'd1 v1').toString()).toBe('张三');
    expect(sealBytes(key, Buffer.from('张三'), 'd1 v1')).not.toEqual(sealed);
  });

  test.each([
    ['another key', () => openBytes(randomBytes(32), sealed, 'd1 v1')],
    ['another place', () => openBytes(key, sealed, 'd1 v2')],
    ['cut off', () => openBytes(key, sealed.subarray(0, 20), 'd1 v1')],
    [
      'any bit changed',
      () => {
        const changed = Buffer.from(sealed);
        const at = Math.floor(Math.random() * changed.length);
        changed[at] = changed[at]! ^ (1 << Math.floor(Math.random() * 8));
        return openBytes(key, changed, 'd1 v1');
      },
    ],
  ])('does not open: %s', (_what, open) => {
    expect(open).toThrow(SealBroken);
    expect(open).not.toThrow('张三');
  });
});

describe('the master keys', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'accord-keys-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  test('come from the environment, the current and the former ones', async () => {
    const [former, current] = [newMasterKey(), newMasterKey()];
    const before = openMasterKeys(home, { ACCORD_MASTER_KEY: former.toString('base64') });
    const after = openMasterKeys(home, {
      ACCORD_MASTER_KEY: current.toString('base64'),
      ACCORD_MASTER_KEYS_FORMER: ` ${former.toString('base64')} ,`,
    });
    const key = randomBytes(32);
    const wrapped = await before.wrap(key, 'x');
    expect(wrapped.masterKeyId).toBe(masterKeyId(former));
    expect(await after.unwrap(wrapped, 'x')).toEqual(key);
    expect(await after.currentId()).toBe(masterKeyId(current));
    await expect(before.unwrap(await after.wrap(key, 'x'), 'x')).rejects.toBeInstanceOf(UnknownMasterKey);
    await expect(after.unwrap(wrapped, 'y')).rejects.toBeInstanceOf(SealBroken);
  });

  test('or from a file that is made once, for its owner only, where that is allowed', async () => {
    expect(() => openMasterKeys(home, {})).toThrow(/ACCORD_MASTER_KEY/);
    const keys = openMasterKeys(home, {}, { make: true });
    expect(statSync(masterKeyFile(home)).mode & 0o777).toBe(0o600);
    expect(await openMasterKeys(home, {}, { make: true }).currentId()).toBe(await keys.currentId());
  });

  test('a new one comes before the others; who meets a key that it wrapped reads the file again', async () => {
    const running = openMasterKeys(home, {}, { make: true });
    const wrapped = await running.wrap(randomBytes(32), 'x');
    addMasterKey(home);
    const fresh = openMasterKeys(home, {});
    expect(await fresh.currentId()).not.toBe(await running.currentId());
    const key = await fresh.unwrap(wrapped, 'x');
    expect(await running.unwrap(await fresh.wrap(key, 'x'), 'x')).toEqual(key);
    expect(await running.currentId()).toBe(await fresh.currentId());
    expect(statSync(masterKeyFile(home)).mode & 0o777).toBe(0o600);
  });

  test('a running process wraps under a new one within a second, and goes on with its own while the file cannot be read', async () => {
    const running = openMasterKeys(home, {}, { make: true });
    const former = await running.currentId();
    addMasterKey(home);
    const added = await openMasterKeys(home, {}).currentId();
    await sleep(1_050);
    expect((await running.wrap(randomBytes(32), 'x')).masterKeyId).toBe(added);
    expect(await running.currentId()).toBe(added);
    expect(added).not.toBe(former);
    writeFileSync(masterKeyFile(home), 'half a line');
    await sleep(1_050);
    expect(await running.currentId()).toBe(added);
  });

  test('a draft of another container, whose process has the same id, is left alone', () => {
    openMasterKeys(home, {}, { make: true });
    const draft = `${masterKeyFile(home)}.${process.pid}`;
    writeFileSync(draft, 'of another container');
    addMasterKey(home);
    expect(readFileSync(draft, 'utf8')).toBe('of another container');
    expect(readdirSync(join(home, 'keys'))).toHaveLength(2);
  });

  test.each(['c2hvcnQ=', 'not a key', Buffer.alloc(33).toString('base64')])(
    'that are none are refused unnamed: %s',
    (given) => {
      const open = () => openMasterKeys(home, { ACCORD_MASTER_KEY: given });
      expect(open).toThrow(TypeError);
      expect(open).not.toThrow(given);
    },
  );

  test('a file that holds none is named, not shown', () => {
    openMasterKeys(home, {}, { make: true });
    writeFileSync(masterKeyFile(home), 'secret-but-wrong\n');
    expect(() => openMasterKeys(home, {})).toThrow(masterKeyFile(home));
    expect(() => openMasterKeys(home, {})).not.toThrow('secret-but-wrong');
    expect(readFileSync(masterKeyFile(home), 'utf8')).toBe('secret-but-wrong\n');
  });
});

describe('data keys', () => {
  /** Counts how often something is unwrapped. */
  const counting = (): { keys: MasterKeys; unwrapped: () => number } => {
    const key = newMasterKey();
    const held = heldMasterKeys(() => [key]);
    let count = 0;
    return {
      keys: { ...held, unwrap: (...rest) => ((count += 1), held.unwrap(...rest)) },
      unwrapped: () => count,
    };
  };

  test('are unwrapped once, until the row is another', async () => {
    const { keys, unwrapped } = counting();
    const dataKeys = createDataKeys(keys);
    const { key, row } = await dataKeys.make('d1', 'party:a');
    expect((await dataKeys.open('d1', [row], true)).get('party:a')).toEqual(key);
    expect((await dataKeys.open('d1', [row], true)).get('party:a')).toEqual(key);
    expect(unwrapped()).toBe(1);
    const other = await dataKeys.make('d1', 'party:a');
    expect((await dataKeys.open('d1', [other.row], true)).get('party:a')).toEqual(other.key);
    expect(dataKeys.known('d1')?.get('party:a')).toEqual(other.key);
    dataKeys.forget('d1');
    expect(dataKeys.known('d1')).toBeUndefined();
  });

  test('open in their place only', async () => {
    const dataKeys = createDataKeys(counting().keys);
    const { row } = await dataKeys.make('d1', 'party:a');
    await expect(dataKeys.open('d2', [row], true)).rejects.toBeInstanceOf(SealBroken);
    await expect(dataKeys.open('d1', [{ ...row, subject: 'party:b' }], true)).rejects.toBeInstanceOf(SealBroken);
  });

  test('are remembered up to a number, those used last', async () => {
    const { keys, unwrapped } = counting();
    const dataKeys = createDataKeys(keys, 3);
    const rows = await Promise.all(['d1', 'd2', 'd3', 'd4'].map(async (id) => (await dataKeys.make(id, '')).row));
    for (const [index, id] of ['d1', 'd2', 'd3', 'd1', 'd4'].entries())
      await dataKeys.open(id, [rows[[0, 1, 2, 0, 3][index]!]!], true);
    expect(unwrapped()).toBe(4);
    expect(['d1', 'd2', 'd3', 'd4'].filter((id) => dataKeys.known(id))).toEqual(['d1', 'd3', 'd4']);
  });
});

describe('the blind index', () => {
  const key = randomBytes(32);
  const found = (q: string, kind: string, value: string | Record<string, string>): boolean => {
    const tokens = new Set(tokensOf(key, kind, value));
    const { exact, words } = tokensSought(key, q);
    const byToken = exact.some((one) => tokens.has(one)) || words.some((all) => all.every((one) => tokens.has(one)));
    // What is meant is always found; what is found may turn out not to be meant.
    if (isSought(q, kind, value)) expect(byToken).toBe(true);
    return byToken && isSought(q, kind, value);
  };

  test.each([
    ['张三', 'party-name', '张三', true],
    [' Ｚhang  san ', 'party-name', 'zhang San', true],
    ['张', 'party-name', '张三', false],
    ['张三', 'claim-text', '张三', false],
    ['+86 138 0000-1234', 'phone', '13800001234', true],
    ['3800001234', 'phone', '13800001234', false],
    ['36012119900101001x', 'id-number', '36012119900101001X', true],
    ['拖欠', 'title', '某公司拖欠工资', true],
    ['工资拖欠', 'title', '某公司拖欠工资', false],
    ['拖', 'title', '某公司拖欠工资', false],
    ['保洁公司', 'organisation-name', '某保洁公司', true],
    ['GD-7', 'external-ids', { '12345': 'gd-7' }, true],
    ['𠮷野', 'title', '吃𠮷野家', true],
  ])('%j among %s %j: %s', (q, kind, value, expected) => {
    expect(found(q, kind, value)).toBe(expected);
  });

  test('says nothing without its key, and nothing of the kind', () => {
    expect(tokensOf(randomBytes(32), 'phone', '13800001234')).not.toEqual(tokensOf(key, 'phone', '13800001234'));
    expect(tokensOf(key, 'phone', '138')).not.toEqual(tokensOf(key, 'id-number', '138'));
  });
});

describe('sealed files', () => {
  const key = randomBytes(32);
  const hash = async (bytes: Buffer) =>
    Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
  const sealed = (bytes: Buffer, step: number): Buffer => {
    const { head, push, end } = createByteSealer(key);
    const parts = [head];
    for (let at = 0; at < bytes.length; at += step) parts.push(push(bytes.subarray(at, at + step)));
    return Buffer.concat([...parts, end()]);
  };
  async function* inParts(bytes: Buffer, step = 10_007) {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  }
  const opened = async (bytes: Buffer, sha256: string, under = key): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for await (const part of openedBytes(under, inParts(bytes), sha256)) parts.push(part);
    return Buffer.concat(parts);
  };

  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])('of %i bytes open as they were', async (length) => {
    const bytes = randomBytes(length);
    expect((await opened(sealed(bytes, 33_333), await hash(bytes))).equals(bytes)).toBe(true);
  });

  test('do not open cut off, mixed up, changed, under another key or another name', async () => {
    const bytes = randomBytes(200_000);
    const sha256 = await hash(bytes);
    const whole = sealed(bytes, 50_000);
    const chunk = 65_536 + 16;
    const parts = [
      whole.subarray(0, 20),
      whole.subarray(20, 20 + chunk),
      whole.subarray(20 + chunk, 20 + 2 * chunk),
      whole.subarray(20 + 2 * chunk),
    ];
    const changed = Buffer.from(whole);
    changed[150_000] = changed[150_000]! ^ 1;
    for (const damaged of [
      whole.subarray(0, 20 + chunk),
      whole.subarray(0, 10),
      Buffer.concat([parts[0]!, parts[2]!, parts[1]!, parts[3]!]),
      changed,
      Buffer.concat([whole, Buffer.from('more')]),
      bytes,
    ])
      await expect(opened(damaged, sha256)).rejects.toBeInstanceOf(SealBroken);
    await expect(opened(whole, sha256, randomBytes(32))).rejects.toBeInstanceOf(SealBroken);
    await expect(opened(whole, 'a'.repeat(64))).rejects.toBeInstanceOf(SealBroken);
  });
});
