import fc from 'fast-check';
import { visibleValues } from '../../src/api/views/masking.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { commitment } from '../../src/store/chain.js';
import type { Json, SealedValue } from '../../src/store/contract.js';
import { heldMasterKeys, newMasterKey } from '../../src/store/sealing/master-keys.js';
import { createSealing, type SealedJson, type SealedWrite } from '../../src/store/sealing/sealing.js';

const key = newMasterKey();
// No kind that is indexed: the key of the index lies in a database.
const sealing = createSealing(
  null as never,
  heldMasterKeys(() => [key]),
);

const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }).map((value) => {
  const storable = JSON.stringify(value).replaceAll(/(?<!\\)(\\\\)*\\u0000/g, '$1');
  return JSON.parse(storable) as Json;
});
const value: fc.Arbitrary<SealedValue> = fc.record({
  ref: fc.uuid(),
  kind: fc.constantFrom('note', 'minutes', 'alert'),
  subject: fc.option(fc.constantFrom('party:a', 'party:b')),
  salt: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  value: json,
  inView: fc.boolean(),
});

/** As the database gives it back. */
const stored = ({ keys, values }: SealedWrite): SealedJson => ({
  keys: keys.map(({ subject, masterKeyId, wrapped }) => [subject, masterKeyId, wrapped]),
  values: values.map(({ ref, kind, subject, sealed }) => [ref, kind, subject, sealed]),
});

test('any JSON opens as it was sealed, with the salt of its commitment, and is nowhere in the clear', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uuid(),
      fc.uniqueArray(value, { selector: ({ ref }) => ref, maxLength: 6 }),
      async (id, values) => {
        const written = await sealing.seal(id, values, true);
        sealing.forget(id);
        const opened = await sealing.open(id, stored(written), true);
        for (const { ref, kind, subject, salt, value: given } of values) {
          expect(opened[ref]).toEqual({ kind, subject, salt, value: given });
          expect(commitment(opened[ref]!.salt, opened[ref]!.value)).toBe(commitment(salt, given));
          const bytes = Buffer.from(written.values.find((one) => one.ref === ref)!.sealed, 'hex');
          const clear = Buffer.from(JSON.stringify(given));
          if (clear.length > 8) expect(bytes.includes(clear)).toBe(false);
          expect(bytes.includes(Buffer.from(salt, 'hex'))).toBe(false);
        }
        expect(new Set(written.keys.map(({ subject }) => subject))).toEqual(
          new Set(values.map(({ subject }) => subject ?? '')),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('no text of four characters or more survives the eyes of an auditor', () => {
  const state = {
    region: '360121',
    registrar: null,
    owner: { organisation: null },
    parties: [],
    procedures: {},
    handoffs: {},
  } as unknown as DisputeState;
  const auditor = { account: 'x', roles: ['auditor'] as const, organisation: null, region: null };
  const kinds = ['party-name', 'phone', 'id-number', 'address', 'title', 'claim-text', 'note', 'anything'];
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }),
      (kind, text) => {
        fc.pre(!/^\*+$/.test(text.slice(1)));
        const seen = visibleValues(auditor, state, { v: { kind, subject: null, value: { deep: [text] } } });
        expect(JSON.stringify(seen.values)).not.toContain(JSON.stringify(text).slice(1, -1));
      },
    ),
  );
});
