import type { Requester, Role } from '../../src/domain/dispute/context.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import type { Field } from '../../src/domain/dispute/fields.js';
import { registrationFields } from '../../src/domain/dispute/register.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { maskedKinds, maskedText, visibleValues } from '../../src/api/views/masking.js';
import type { Json } from '../../src/store/contract.js';

/** A dispute of Nanchang county, registered at the counter `desk`, with a mediator of `MED` and one of elsewhere. */
const state = {
  region: '360121',
  registrar: 'desk',
  owner: { organisation: 'desk' },
  parties: [
    { ref: 'a', account: 'acc-a' },
    { ref: 'b', account: 'acc-b' },
  ],
  procedures: {
    p1: {
      organisations: ['MED'],
      neutrals: [
        { account: 'sits', status: 'accepted' },
        { account: 'asked', status: 'invited' },
      ],
    },
  },
  handoffs: {},
} as unknown as DisputeState;

const by = (roles: Role | Role[], organisation: string | null = 'ELSE', account = 'someone'): Requester => ({
  account,
  roles: [roles].flat(),
  organisation,
  region: '360121',
});

const values = {
  name: { kind: 'party-name', subject: 'party:a', value: '张三丰' as Json },
  phone: { kind: 'phone', subject: 'party:a', value: '13800001234' as Json },
  id: { kind: 'id-number', subject: 'party:a', value: '360121199001010011' as Json },
  address: { kind: 'address', subject: 'party:a', value: '某路 1 号' as Json },
  claim: { kind: 'claim-text', subject: null, value: '四个月工资' as Json },
  title: { kind: 'title', subject: null, value: '张三丰诉某公司' as Json },
  company: { kind: 'organisation-name', subject: 'party:b', value: '某公司' as Json },
  ids: { kind: 'external-ids', subject: null, value: { '12345': 'GD-7' } as Json },
};

const plain = Object.fromEntries(Object.entries(values).map(([ref, { value }]) => [ref, value]));
const without = (...refs: string[]) => Object.fromEntries(Object.entries(plain).filter(([ref]) => !refs.includes(ref)));
const seenBy = (reader: Requester) => visibleValues(reader, state, values).values;

test.each([
  ['the counter of the region', by('intake')],
  ['a mediator of the body', by('mediator', 'MED')],
  ['staff of the organisation that registered it', by('case-officer', 'desk')],
  ['who sits in it, from elsewhere', by('adviser', 'ELSE', 'sits')],
  ['a mediator who also supervises', by(['supervisor', 'mediator'], 'MED')],
  ['the party itself', by('party', null, 'acc-a')],
])('%s sees everything', (_who, reader) => {
  expect(visibleValues(reader, state, values)).toMatchObject({ values: plain, masked: new Set() });
});

test.each([
  ['a mediator of the body', by('mediator', 'MED'), true],
  ['an adviser who sits in it', by('adviser', 'ELSE', 'sits'), true],
  ['the counter', by('intake'), false],
  ['a judge of a body with a part in it', by('judge', 'MED'), false],
  ['a mediator who is an arbitrator, too', by(['mediator', 'arbitrator'], 'MED'), false],
  ['a supervisor', by('supervisor'), false],
  ['the other party', by('party', null, 'acc-b'), false],
])('what belongs to the mediation alone: %s', (_who, reader, sees) => {
  const kept = {
    admission: { kind: 'compromise-admission', subject: 'party:a', value: '愿意让步' as Json },
    minutes: { kind: 'mediation-minutes', subject: null, value: '双方到场' as Json },
  };
  expect(Object.keys(visibleValues(reader, state, kept).values)).toEqual(sees ? ['admission', 'minutes'] : []);
});

test('a supervisor sees names and matter, and masks of what reaches a person', () => {
  const seen = visibleValues(by('supervisor', 'bureau'), state, values);
  expect(seen.values).toEqual({ ...plain, phone: '138****1234', id: '3601**********0011', address: maskedText });
  expect(seen.masked).toEqual(new Set(['phone', 'id', 'address']));
});

test.each([
  ['staff of the region without a part in it', by('mediator')],
  ['who was asked to sit in it and has not said yes', by('adviser', 'ELSE', 'asked')],
  ['the other party', by('party', null, 'acc-b')],
])('%s: not what reaches a person', (_who, reader) => {
  expect(seenBy(reader)).toEqual(without('phone', 'id', 'address'));
});

test.each(['auditor', 'administrator'] as const)(
  '%s sees masks only, even at the organisation that registered it',
  (role) => {
    const seen = visibleValues(by(role, 'desk'), state, values);
    expect(seen.values).toEqual({
      name: '张**',
      phone: '138****1234',
      id: '3601**********0011',
      address: maskedText,
      claim: maskedText,
      title: maskedText,
      company: '某公司',
      ids: { '12345': maskedText },
    });
    expect(seen.masked).toEqual(new Set(['name', 'phone', 'id', 'address', 'claim', 'title', 'ids']));
  },
);

test.each([
  ['party-name', '张', '张*'],
  ['party-name', '欧阳锋', '欧**'],
  ['party-name', '买买提·艾力江', '买***'],
  ['party-name', '𠮷田', '𠮷*'],
  ['phone', '0791-8888', '*********'],
  ['phone', '12345', '*****'],
  ['id-number', '12', '****'],
  ['id-number', '91360100MA35XXXX1A', '9136**********XX1A'],
  ['note', '', null],
])('masks %s %j as %j', (kind, value, expected) => {
  const seen = visibleValues(by('auditor'), state, { v: { kind, subject: null, value } });
  expect(seen.values['v'] ?? null).toBe(expected);
});

/** Every kind that a field of any action is sealed under. */
const kindsOf = (field: Field): string[] => {
  if (field.type === 'text' || field.type === 'texts') return [field.kind];
  if (field.type === 'list') return kindsOf(field.of);
  if (field.type === 'object') return Object.values(field.fields).flatMap(kindsOf);
  return [];
};

test('no kind of value that an action knows is shown to an auditor', () => {
  const actions = [
    ...Object.values(disputeActions),
    ...procedureDefinitions.flatMap((one) => Object.values(one.actions)),
  ];
  const kinds = new Set(
    [registrationFields, ...actions.map(({ fields }) => fields)].flatMap((fields) =>
      Object.values(fields).flatMap(kindsOf),
    ),
  );
  expect(kinds.size).toBeGreaterThan(15);
  for (const kind of kinds) {
    const { values: seen, masked } = visibleValues(by('auditor', 'MED'), state, {
      v: { kind, subject: null, value: '某个秘密' },
    });
    expect([kind, seen['v'] === undefined || masked.has('v')]).toEqual([kind, true]);
  }
  const known = new Set([...kinds, 'organisation-name', 'body-name', 'person-name']);
  expect(maskedKinds.filter((kind) => !known.has(kind))).toEqual([]);
});
