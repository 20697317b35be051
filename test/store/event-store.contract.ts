import { commitment, eventHash, firstPreviousHash } from '../../src/store/chain.js';
import { UnstorableText, type EventStore } from '../../src/store/contract.js';
import { appendRequest, disputeWrite, headAfter, newEvent, newId, salt, start } from './requests.js';

export interface Subject {
  store: EventStore;
  /** What the store takes recordedAt from. */
  clock: { now: Date };
}

/** What every event store must do. `make` is called before each test. */
export function eventStoreContract(make: () => Promise<Subject>): void {
  let store: EventStore;
  let clock: Subject['clock'];
  beforeEach(async () => {
    ({ store, clock } = await make());
  });

  describe('append', () => {
    test('records events that can be read back, chained from the name of the stream', async () => {
      const id = newId();
      const events = [newEvent({ type: 'DisputeRegistered' }), newEvent({ procedureId: 'p1', causationId: 'x' })];
      const result = await store.append(appendRequest(id, start, { events }));
      if (result.status !== 'appended') throw new Error(result.status);
      expect(result.version).toBe(2);
      expect(await store.readStream(`dispute-${id}`)).toEqual(result.events);
      const [first, second] = result.events;
      expect(first).toMatchObject({ ...events[0], stream: `dispute-${id}`, version: 1 });
      expect(first!.previousHash).toBe(firstPreviousHash(`dispute-${id}`));
      expect(first!.hash).toBe(eventHash(first!.previousHash, first!));
      expect(second!.previousHash).toBe(first!.hash);
      expect(result.headHash).toBe(second!.hash);
      expect(await store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: 2 });
    });

    test('gives back every JSON value as it was', async () => {
      const id = newId();
      const data = {
        z: 1,
        a: { 𠮷: '𠮷 \\u0000 " \u2028 é', empty: {}, list: [[], null, false] },
        numbers: [0, -1.5, 1e21, 5e-324, 1.7976931348623157e308, 9007199254740991, 0.1],
        __proto__x: '',
      };
      const head = headAfter(await store.append(appendRequest(id, start, { events: [newEvent({ data })] })));
      expect((await store.readStream(`dispute-${id}`))[0]!.data).toEqual(data);
      expect(await store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: 1 });
      expect(head.version).toBe(1);
    });

    test('refuses a stale version, and writes nothing', async () => {
      const id = newId();
      const first = headAfter(await store.append(appendRequest(id)));
      await store.append(appendRequest(id, first));
      const command = { commandId: newId(), fingerprint: 'f' };
      const value = { ref: 'late', kind: 'note', subject: null, salt: salt(), value: 'x', inView: true };
      expect(await store.append(appendRequest(id, first, { command, values: [value] }))).toEqual({
        status: 'conflict',
        version: 2,
      });
      expect(await store.append(appendRequest(id, start, { command }))).toEqual({
        status: 'conflict',
        version: 2,
      });
      const loaded = await store.load(id, command.commandId);
      expect(loaded.prior).toBeNull();
      expect(loaded.values).toEqual({});
      expect(loaded.snapshot?.version).toBe(2);
    });

    test('refuses another head hash, and a version ahead of the stream', async () => {
      const id = newId();
      const head = headAfter(await store.append(appendRequest(id)));
      const other = { ...head, headHash: '0'.repeat(64) };
      expect(await store.append(appendRequest(id, other))).toEqual({ status: 'conflict', version: 1 });
      const ahead = { ...head, version: 5 };
      expect(await store.append(appendRequest(id, ahead))).toEqual({ status: 'conflict', version: 1 });
      const missing = newId();
      expect(await store.append(appendRequest(missing, head))).toEqual({ status: 'conflict', version: 0 });
    });

    test('of many at once on one version lets exactly one through', async () => {
      const id = newId();
      let head = headAfter(await store.append(appendRequest(id)));
      for (let round = 0; round < 5; round += 1) {
        const results = await Promise.all(Array.from({ length: 16 }, () => store.append(appendRequest(id, head))));
        const won = results.filter((result) => result.status === 'appended');
        expect(won).toHaveLength(1);
        expect(results.filter((result) => result.status === 'conflict')).toHaveLength(15);
        head = headAfter(won[0]!);
      }
      expect(await store.verifyStream(`dispute-${id}`)).toEqual({ ok: true, events: 6 });
    });

    test('of many that register one stream at once lets exactly one through', async () => {
      const id = newId();
      const results = await Promise.all(Array.from({ length: 16 }, () => store.append(appendRequest(id))));
      expect(results.filter((result) => result.status === 'appended')).toHaveLength(1);
      expect(results.filter((result) => result.status === 'conflict')).toHaveLength(15);
    });

    test('recordedAt is the clock, in milliseconds UTC, but never earlier than before', async () => {
      const id = newId();
      clock.now = new Date('2026-05-01T10:00:00.123+08:00');
      let head = headAfter(await store.append(appendRequest(id)));
      expect(head.recordedAt).toBe('2026-05-01T02:00:00.123Z');
      clock.now = new Date('2026-04-30T00:00:00Z');
      head = headAfter(await store.append(appendRequest(id, head)));
      expect(head.recordedAt).toBe('2026-05-01T02:00:00.123Z');
      expect((await store.load(id, null)).snapshot?.headRecordedAt).toBe('2026-05-01T02:00:00.123Z');
    });

    test('refuses text that cannot be stored unchanged, wherever it is, and writes nothing', async () => {
      const id = newId();
      const bad = 'a\0';
      const value = { ref: 'r', kind: 'note', subject: null, salt: salt(), value: bad, inView: true };
      const requests = [
        appendRequest(id, start, { events: [newEvent({ data: { bad } })] }),
        appendRequest(id, start, { events: [newEvent({ correlationId: '\ud800' })] }),
        appendRequest(id, start, { values: [value] }),
        appendRequest(id, start, { dispute: disputeWrite(id, { state: { bad } }) }),
        appendRequest(id, start, { dispute: disputeWrite(id, {}, { ownerPerson: bad }) }),
      ];
      for (const request of requests) await expect(store.append(request)).rejects.toBeInstanceOf(UnstorableText);
      expect(await store.load(id, null)).toMatchObject({ snapshot: null, values: {} });
    });
  });

  describe('a command', () => {
    test('is appended once: its repeat is a duplicate, with what was recorded', async () => {
      const id = newId();
      const command = { commandId: newId(), fingerprint: 'body-1' };
      const events = [newEvent(), newEvent()];
      const head = headAfter(await store.append(appendRequest(id, start, { command, events })));
      const prior = { ...command, stream: `dispute-${id}`, firstVersion: 1, lastVersion: 2 };
      const repeat = { commandId: command.commandId, fingerprint: 'body-2' };
      expect(await store.append(appendRequest(id, head, { command: repeat }))).toEqual({
        status: 'duplicate',
        prior,
      });
      expect((await store.load(id, command.commandId)).prior).toEqual(prior);
      expect((await store.readStream(`dispute-${id}`)).length).toBe(2);
    });

    test('sent twice at once on one stream is appended once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const id = newId();
        const head = headAfter(await store.append(appendRequest(id)));
        const command = { commandId: newId(), fingerprint: 'f' };
        const results = await Promise.all([1, 2, 3].map(() => store.append(appendRequest(id, head, { command }))));
        expect(results.map((result) => result.status).sort()).toEqual(['appended', 'duplicate', 'duplicate']);
      }
    });

    test('that registers, sent twice at once, makes one dispute', async () => {
      for (let round = 0; round < 10; round += 1) {
        const command = { commandId: newId(), fingerprint: 'f' };
        const ids = [newId(), newId()];
        const results = await Promise.all(ids.map((id) => store.append(appendRequest(id, start, { command }))));
        expect(results.map((result) => result.status).sort()).toEqual(['appended', 'duplicate']);
        const made = await Promise.all(ids.map((id) => store.load(id, null)));
        expect(made.filter(({ snapshot }) => snapshot !== null)).toHaveLength(1);
      }
    });

    test('without events is remembered too', async () => {
      const id = newId();
      const head = headAfter(await store.append(appendRequest(id)));
      const command = { commandId: newId(), fingerprint: 'f' };
      const nothing = { command, events: [], dispute: null };
      expect(await store.append(appendRequest(id, head, nothing))).toMatchObject({
        status: 'appended',
        version: 1,
      });
      expect((await store.load(id, command.commandId)).prior).toMatchObject({
        firstVersion: 2,
        lastVersion: 1,
      });
    });
  });

  describe('load', () => {
    test('answers nothing for what is not there', async () => {
      expect(await store.load(newId(), newId())).toEqual({
        snapshot: null,
        values: {},
        prior: null,
        caseNumber: null,
      });
    });

    test('answers the snapshot and the head', async () => {
      const id = newId();
      const state = { id, 字: ['é', 1.5, null, { deep: true }] };
      const dispute = disputeWrite(id, { state, foldVersion: 7, planChanged: true });
      const first = headAfter(await store.append(appendRequest(id, start, { dispute })));
      const snapshot = {
        version: 1,
        headHash: first.headHash,
        headRecordedAt: first.recordedAt,
        foldVersion: 7,
        state,
        planVersion: 1,
        drivenVersion: 0,
      };
      expect((await store.load(id, null)).snapshot).toEqual(snapshot);
      const later = disputeWrite(id, { state: { id, later: true }, foldVersion: 8 });
      await store.append(appendRequest(id, first, { dispute: later }));
      expect((await store.load(id, null)).snapshot).toMatchObject({
        version: 2,
        foldVersion: 8,
        state: { id, later: true },
        planVersion: 1,
      });
    });

    test('answers a state of many kilobytes as it was', async () => {
      const id = newId();
      let head = start;
      for (const length of [10, 3_000, 9_000, 200_000, 50]) {
        const state = {
          text: Array.from({ length }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join(''),
        };
        head = headAfter(await store.append(appendRequest(id, head, { dispute: disputeWrite(id, { state }) })));
        expect((await store.load(id, null)).snapshot?.state).toEqual(state);
      }
    });

    test('draws case numbers in turn, only where asked for', async () => {
      const one = (await store.load(newId(), null, { caseNumber: true })).caseNumber!;
      await store.load(newId(), null);
      expect((await store.load(newId(), null, { caseNumber: true })).caseNumber).toBe(one + 1);
    });
  });

  describe('values', () => {
    test('are loaded where the view shows them, and found by reference otherwise', async () => {
      const id = newId();
      const shown = { ref: 'v1', kind: 'title', subject: null, salt: salt(), value: '欠薪', inView: true };
      const hidden = {
        ref: 'v2',
        kind: 'phone',
        subject: 'party:worker',
        salt: salt(),
        value: { n: ['1'] },
        inView: false,
      };
      const nothing = { ref: 'v3', kind: 'note', subject: null, salt: salt(), value: null, inView: true };
      const values = [shown, hidden, nothing];
      const data = { title: { ref: 'v1', commitment: commitment(shown.salt, shown.value) } };
      await store.append(appendRequest(id, start, { values, events: [newEvent({ data })] }));
      expect((await store.load(id, null)).values).toMatchObject({
        v1: { kind: 'title', subject: null, value: '欠薪' },
        v3: { kind: 'note', subject: null, value: null },
      });
      expect(Object.keys((await store.load(id, null)).values).sort()).toEqual(['v1', 'v3']);
      expect(await store.values(id, ['v2', 'v3', 'none'])).toEqual({
        v2: { kind: 'phone', subject: 'party:worker', salt: hidden.salt, value: { n: ['1'] } },
        v3: { kind: 'note', subject: null, salt: nothing.salt, value: null },
      });
      expect(await store.values(newId(), ['v2'])).toEqual({});
    });

    test('may come before any event that uses them', async () => {
      const id = newId();
      const value = { ref: 'v1', kind: 'note', subject: null, salt: salt(), value: 'x', inView: false };
      const alone = { events: [], dispute: null, values: [value] };
      expect((await store.append(appendRequest(id, start, alone))).status).toBe('appended');
      expect(await store.values(id, ['v1'])).toMatchObject({ v1: { value: 'x' } });
      expect((await store.load(id, null)).snapshot).toBeNull();
    });
  });

  describe('a refusal', () => {
    const refusal = () => newEvent({ type: 'RequestRefused', data: { code: 'not-allowed' } });

    test('goes to a stream of its own, without an expected version', async () => {
      const id = newId();
      const head = headAfter(await store.append(appendRequest(id)));
      await store.append(appendRequest(id, head));
      const only = { events: [], dispute: null, refusal: refusal() };
      expect((await store.append(appendRequest(id, head, only))).status).toBe('appended');
      expect((await store.append(appendRequest(id, start, { ...only, refusal: refusal() }))).status).toBe('appended');
      expect((await store.readStream(`refusals-${id}`)).map(({ version }) => version)).toEqual([1, 2]);
      expect(await store.verifyStream(`refusals-${id}`)).toEqual({ ok: true, events: 2 });
      expect((await store.load(id, null)).snapshot?.version).toBe(2);
    });

    test('stands beside what elapsed, in one append or not at all', async () => {
      const id = newId();
      const head = headAfter(await store.append(appendRequest(id)));
      const elapsed = { events: [newEvent({ type: 'DeadlineElapsed' })], refusal: refusal() };
      expect(await store.append(appendRequest(id, head, elapsed))).toMatchObject({
        status: 'appended',
        version: 2,
      });
      expect(await store.append(appendRequest(id, head, { ...elapsed, refusal: refusal() }))).toMatchObject({
        status: 'conflict',
      });
      expect(await store.readStream(`refusals-${id}`)).toHaveLength(1);
      expect(await store.readStream(`dispute-${id}`)).toHaveLength(2);
    });

    test('recorded by many at once keeps its chain', async () => {
      const id = newId();
      await store.append(appendRequest(id));
      const one = () => store.append(appendRequest(id, start, { events: [], dispute: null, refusal: refusal() }));
      await Promise.all(Array.from({ length: 6 }, one));
      const { length } = await store.readStream(`refusals-${id}`);
      expect(length).toBeGreaterThan(0);
      expect(await store.verifyStream(`refusals-${id}`)).toEqual({ ok: true, events: length });
    });

    test('is dropped above thirty in a minute, and what came with it stands', async () => {
      const id = newId();
      clock.now = new Date('2026-05-01T00:00:00Z');
      let head = headAfter(await store.append(appendRequest(id)));
      const only = () => appendRequest(id, start, { events: [], dispute: null, refusal: refusal() });
      for (let n = 0; n < 31; n += 1) await store.append(only());
      head = headAfter(await store.append(appendRequest(id, head, { refusal: refusal() })));
      expect(head.version).toBe(2);
      expect(await store.readStream(`refusals-${id}`)).toHaveLength(30);
      clock.now = new Date('2026-05-01T00:01:00Z');
      await store.append(only());
      expect(await store.readStream(`refusals-${id}`)).toHaveLength(31);
    });
  });

  describe('reading', () => {
    test('a stream in parts', async () => {
      const id = newId();
      await store.append(appendRequest(id, start, { events: Array.from({ length: 12 }, () => newEvent()) }));
      const versions = async (range: Parameters<EventStore['readStream']>[1]) =>
        (await store.readStream(`dispute-${id}`, range)).map(({ version }) => version);
      expect(await versions({ from: 4, to: 6 })).toEqual([4, 5, 6]);
      expect(await versions({ from: 10 })).toEqual([10, 11, 12]);
      expect(await versions({ limit: 2 })).toEqual([1, 2]);
      expect(await versions({ from: 13 })).toEqual([]);
      expect(await store.readStream('dispute-none')).toEqual([]);
    });

    test('all streams, each event once, in the order in which they were committed', async () => {
      const end = async () => {
        let { cursor } = await store.readAll(null, 1_000);
        for (;;) {
          const page = await store.readAll(cursor, 1_000);
          if (page.events.length === 0) return cursor;
          cursor = page.cursor;
        }
      };
      const before = await end();
      const [a, b] = [newId(), newId()];
      const head = headAfter(await store.append(appendRequest(a, start, { events: [newEvent(), newEvent()] })));
      await store.append(appendRequest(b));
      await store.append(appendRequest(a, head, { refusal: newEvent() }));
      const seen: string[] = [];
      let cursor = before;
      // A transaction that is open anywhere, as in another test, holds readers back for a while.
      for (const end = Date.now() + 20_000; seen.length < 5 && Date.now() < end;) {
        const page = await store.readAll(cursor, 2);
        // What others appended before may only now be seen: it is not asked about here.
        const ours = page.events.filter(({ stream }) => stream.endsWith(a) || stream.endsWith(b));
        seen.push(...ours.map(({ stream, version }) => `${stream}:${version}`));
        expect(page.cursor).toEqual(page.events.at(-1)?.cursor ?? cursor);
        cursor = page.cursor;
      }
      expect(seen).toEqual([`dispute-${a}:1`, `dispute-${a}:2`, `dispute-${b}:1`, `dispute-${a}:3`, `refusals-${a}:1`]);
    });

    test('an epoch is a number from one', async () => {
      expect(await store.epoch()).toBeGreaterThanOrEqual(1);
    });
  });
}
