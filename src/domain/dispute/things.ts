import { isErased } from './erase-subject.js';
import type { Deadline, DisputeState } from './state.js';

/** The things that a dispute is made of, and what is otherwise about them in one state than in another. */

export const things = [
  'dispute',
  'owner',
  'party',
  'member',
  'claim',
  'fact',
  'procedure',
  'deadline',
  'handoff',
  'notice',
  'document',
  'alert',
] as const;
export type Thing = (typeof things)[number];

/** One thing that came, went or became otherwise. */
export interface Change {
  thing: Thing;
  /** Its reference, number, code or id; of the dispute, its owner and its alert the dispute's own id. */
  id: string;
  /** Null where the whole thing came into being, or is gone. */
  member: string | null;
}

type Members = Record<string, unknown>;

interface Kind {
  thing: Thing;
  /** What stays the same object as long as none of these things changes. */
  root: (state: DisputeState) => readonly unknown[];
  /** The things, by id. */
  items: (state: DisputeState) => [id: string, members: Members][];
}

const pick =
  <T extends object>(...names: (keyof T & string)[]) =>
  (item: T): Members =>
    Object.fromEntries(names.map((name) => [name, item[name]]));

const each = <T extends object>(items: Record<string, T>, of: (item: T) => Members): [string, Members][] =>
  Object.entries(items).map(([id, item]) => [id, of(item)]);

const ofDispute = pick<DisputeState>(
  'status',
  'title',
  'externalIds',
  'closedOn',
  'closeReason',
  'backfill',
  'profile',
  'calendarVersion',
);

const ofDeadline = pick<Deadline>(
  'rule',
  'ruleVersion',
  'kind',
  'holder',
  'procedureId',
  'generation',
  'trigger',
  'amount',
  'unit',
  'naturalDue',
  'due',
  'dueAt',
  'cautiousDue',
  'suspendedDays',
  'provisional',
  'confidence',
  'basis',
  'status',
  'extension',
  'calendarVersion',
  'endedOn',
  'doneLateOn',
  'effect',
);

/** Members bear the names that they have in the dispute's view. */
const kinds: readonly Kind[] = [
  {
    thing: 'dispute',
    root: (state) => Object.values(ofDispute(state)),
    items: (state) => [[state.id, ofDispute(state)]],
  },
  {
    thing: 'owner',
    root: ({ owner }) => [owner],
    items: ({ id, owner: { organisation, account, name } }) => [[id, { organisation, person: account, name }]],
  },
  {
    thing: 'party',
    root: ({ parties, erased }) => [parties, erased],
    items: (state) => state.parties.map(({ ref, ...members }) => [ref, { ...members, erased: isErased(state, ref) }]),
  },
  {
    thing: 'member',
    root: ({ collective }) => [collective],
    items: ({ collective }) =>
      Object.entries(collective?.members ?? {}).map(([ref, member]) => [
        ref,
        { ...member, representative: collective!.representatives.includes(ref) },
      ]),
  },
  {
    thing: 'claim',
    root: ({ claims }) => [claims],
    items: ({ claims }) => claims.map((claim, index) => [String(index + 1), { ...claim }]),
  },
  {
    thing: 'fact',
    root: ({ facts }) => [facts],
    items: ({ facts }) => Object.entries(facts).map(([name, value]) => [name, { value }]),
  },
  {
    thing: 'procedure',
    root: ({ procedures }) => [procedures],
    items: ({ procedures }) =>
      each(procedures, ({ id: _id, stepSince: _since, organisations: _bodies, facts: _facts, ...members }) => members),
  },
  {
    thing: 'deadline',
    root: ({ deadlines }) => [deadlines],
    items: ({ deadlines }) => each(deadlines, ofDeadline),
  },
  {
    thing: 'handoff',
    root: ({ handoffs }) => [handoffs],
    items: ({ handoffs }) => each(handoffs, ({ handoffId: _id, escalatedAt: _at, ...members }) => members),
  },
  {
    thing: 'notice',
    root: ({ debts }) => [debts],
    items: ({ debts }) =>
      Object.values(debts)
        .filter(({ outstanding }) => outstanding.length > 0)
        .map(({ procedureId, notice, organisation, outstanding, owedSince }) => [
          `${procedureId}:${notice}`,
          { owedBy: organisation, owedTo: outstanding, owedSince },
        ]),
  },
  {
    thing: 'document',
    root: ({ documents }) => [documents],
    items: ({ documents }) => each(documents, (document) => ({ ...document })),
  },
  {
    thing: 'alert',
    root: ({ alert }) => [alert],
    items: ({ id, alert }) => (alert ? [[id, { ...alert }]] : []),
  },
];

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What is otherwise in one state than in another; null stands for the time before there was any. */
export const changes = (before: DisputeState | null, after: DisputeState | null): Change[] =>
  kinds.flatMap(({ thing, root, items }): Change[] => {
    if (before && after) {
      const [was, is] = [root(before), root(after)];
      if (was.every((one, index) => one === is[index])) return [];
    }
    const was = new Map(before ? items(before) : []);
    const is = new Map(after ? items(after) : []);
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): Change[] => {
      const [one, other] = [was.get(id), is.get(id)];
      if (!one || !other) return [{ thing, id, member: null }];
      const names = Object.keys({ ...one, ...other });
      return names.filter((name) => !same(one[name], other[name])).map((member) => ({ thing, id, member }));
    });
  });
