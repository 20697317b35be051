import { commitment, eventHash, firstPreviousHash, hashedText, type PlacedEvent } from '../../src/store/chain.js';
import { UnstorableText } from '../../src/store/contract.js';

/** Computed apart from this code (Python's hashlib). A change here breaks the chain of every recorded event. */
const golden = {
  first: '448d43d7b60f9bea9cdfe8d5bf20020d88f9d5af2400b4a2bf13b9a9117620eb',
  one: '352f7bc893e27a945ec2e6a4c99c45e92a8e761fe02ddedf9141d468310620f6',
  two: 'c3ac25dd8f4941f36ab3327f1fb8e9b55327fce4fca5bd5901a76ecbd7b484b4',
  name: 'a90b6840217da48c9f8866b673f2bf782674894537887a218dcbf75fa814c25c',
  object: '1026b85740118be197bab95a97898cf4946538b02f11dc8229babda58005d337',
};

const one: PlacedEvent = {
  stream: 'dispute-0001',
  version: 1,
  eventId: 'e-1',
  type: 'DisputeRegistered',
  schemaVersion: 1,
  occurredAt: '2026-03-02',
  recordedAt: '2026-03-02T01:02:03.004Z',
  actor: { kind: 'person', id: 'u-1', role: 'intake', organisation: null },
  commandId: 'c-1',
  causationId: null,
  correlationId: 'r-1',
  procedureId: null,
  data: {
    region: '360121',
    b: [1, 2.5, -3, true, null],
    a: '劳动争议 "引" é',
    title: { ref: 'v1', commitment: '00' },
  },
};

describe('the chain', () => {
  test('begins at the hash of the name of the stream', () => {
    expect(firstPreviousHash('dispute-0001')).toBe(golden.first);
  });

  test('links an event to the one before', () => {
    expect(eventHash(golden.first, one)).toBe(golden.one);
    const two = {
      ...one,
      version: 2,
      eventId: 'e-2',
      type: 'NoteAdded',
      occurredAt: '2026-03-02T09:02:03+08:00',
      causationId: 'e-1',
      procedureId: 'p1',
      data: {},
    };
    expect(eventHash(golden.one, two)).toBe(golden.two);
  });

  test('covers thirteen members, and nothing that a caller adds', () => {
    const more = { ...one, position: '7', previousHash: 'x' };
    expect(hashedText(more)).toBe(hashedText(one));
    expect(Object.keys(JSON.parse(hashedText(one)) as object)).toHaveLength(13);
  });

  test.each(Object.keys(one) as (keyof PlacedEvent)[])('changes with %s', (member) => {
    const other = { ...one, [member]: member === 'version' || member === 'schemaVersion' ? 9 : 'other' };
    expect(eventHash(golden.first, other as PlacedEvent)).not.toBe(golden.one);
  });
});

describe('a commitment', () => {
  test('is the hash of salt and value', () => {
    expect(commitment('000102030405060708090a0b0c0d0e0f', '张三')).toBe(golden.name);
    expect(commitment('f'.repeat(32), { b: 1, a: [true, null] })).toBe(golden.object);
  });

  test('wants a salt of sixteen bytes', () => {
    expect(() => commitment('00', 'x')).toThrow(TypeError);
  });
});

describe('text that PostgreSQL could not give back unchanged', () => {
  test.each([
    ['U+0000', 'a\0b'],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
  ])('%s is refused, in values and in keys', (_what, text) => {
    expect(() => eventHash(golden.first, { ...one, data: { deep: [{ text }] } })).toThrow(UnstorableText);
    expect(() => eventHash(golden.first, { ...one, data: { [text]: 1 } })).toThrow(UnstorableText);
    expect(() => commitment('0'.repeat(32), text)).toThrow(UnstorableText);
  });

  test('a pair of surrogates is a character like any other', () => {
    expect(() => commitment('0'.repeat(32), '𠮷\\u0000')).not.toThrow();
  });
});
