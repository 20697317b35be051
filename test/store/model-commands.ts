import fc from 'fast-check';
import type pg from 'pg';
import type {
  AppendRequest,
  AppendResult,
  DriveClaim,
  DriveStore,
  EventStore,
  JsonObject,
  SealedValue,
} from '../../src/store/contract.js';
import { contentsOf } from './model-contents.js';
import type { ModelStore } from './model-store.js';
import { appendRequest, disputeWrite, newEvent, newId, salt, start, type Head } from './requests.js';

/** Random commands over the store and its model, for `fc.asyncModelRun`: each asks both and compares what they say. */

export interface Sides {
  model: ModelStore;
  store: EventStore;
  drives: DriveStore;
  pool: pg.Pool;
  clock: { now: Date };
}

/** What the test remembers between commands; the model proper is in `Sides`. */
export interface Memory {
  /** Every head that a dispute has had, the start first. */
  heads: Map<string, Head[]>;
  ids: string[];
  claims: DriveClaim[];
  run: string;
}

type Command = fc.AsyncCommand<Memory, Sides>;

/** `of` is the dispute that it touches: the one that is looked at afterwards. */
interface Step extends Command {
  of?: number;
}

export const newMemory = (): Memory => {
  const run = newId();
  const ids = [0, 1, 2].map((n) => `${run}-${n}`);
  return { run, ids, heads: new Map(ids.map((id) => [id, [start]])), claims: [] };
};

const forGood = 1_000_000_000;

const text = fc.string({ unit: 'binary', maxLength: 6 }).map((one) => one.replaceAll('\0', ''));
const data = fc.dictionary(
  text,
  fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.array(text, { maxLength: 2 }),
  ),
  { maxKeys: 3, noNullPrototype: true },
) as fc.Arbitrary<JsonObject>;
const instant = fc
  .integer({ min: 0, max: 10_000 })
  .map((minutes) => new Date(Date.UTC(2026, 2, 1) + minutes * 60_000).toISOString());

/** Whom values are about. What is first kept of a party is its name, which the view shows; members of a collective have nothing in it. */
const subjects = [
  { subject: null, inView: true },
  { subject: null, inView: false },
  { subject: 'party:a', inView: true },
  { subject: 'party:b', inView: false },
];

const none: fc.Arbitrary<string[]> = fc.constant([]);
const some: fc.Arbitrary<string[]> = fc.constant(['party:a']);

/** `behind` and `forged`: which of the heads that it has had the request names, and whether with another hash. */
const appendDraw = fc.record({
  dispute: fc.nat(2),
  behind: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
  forged: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, fc.constant(true)),
  command: fc.option(fc.nat(6), { freq: 2 }),
  events: fc.array(data, { maxLength: 3 }),
  refused: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  values: fc.array(fc.record({ about: fc.constantFrom(...subjects), value: data }), { maxLength: 2 }),
  erase: fc.oneof({ weight: 8, arbitrary: none }, some),
  planChanged: fc.boolean(),
  planCode: fc.integer({ min: 1, max: 3 }),
  nextDue: fc.option(instant),
  closed: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  stalled: fc.boolean(),
  deadlines: fc.option(fc.uniqueArray(fc.nat(3), { maxLength: 3 })),
  handoffs: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
  state: data,
});
type AppendDraw = typeof appendDraw extends fc.Arbitrary<infer T> ? T : never;

const at = '2026-03-05T00:00:00.000Z';

function requestOf(draw: AppendDraw, { ids, heads, run }: Memory): AppendRequest {
  const id = ids[draw.dispute]!;
  const known = heads.get(id)!;
  const head = known.at(-1 - draw.behind) ?? start;
  const isFirst = head.version === 0;
  // A stream begins with an event; a request without events has a snapshot only where there is one.
  const noted = isFirst && draw.events.length === 0 && draw.command !== null ? [{}] : draw.events;
  const events = [
    ...noted.map((one) => newEvent({ data: one })),
    ...draw.erase.map((subject) =>
      newEvent({ type: 'SubjectErased', data: { subject: subject.slice('party:'.length) } }),
    ),
  ];
  const hash = draw.forged && !isFirst ? '0'.repeat(64) : head.headHash;
  // Of whom everything is erased, nothing is written.
  const values = draw.values
    .filter(({ about }) => about.subject === null || !draw.erase.includes(about.subject))
    .map(({ about, value }): SealedValue => ({ ref: newId(), kind: 'note', salt: salt(), value, ...about }));
  return appendRequest(
    id,
    { ...head, headHash: hash },
    {
      command: draw.command === null ? null : { commandId: `${run}-c${draw.command}`, fingerprint: `f${run}` },
      events,
      values,
      refusal: draw.refused ? newEvent({ type: 'CommandRefused' }) : null,
      erase: draw.erase,
      dispute:
        events.length === 0
          ? null
          : disputeWrite(
              id,
              {
                state: draw.state,
                planChanged: draw.planChanged,
                planCode: draw.planCode,
                nextDue: draw.nextDue,
                stall: draw.stalled
                  ? { at, since: at, reason: 'no-owner', role: 'mediator', organisation: null, detail: draw.state }
                  : null,
                deadlines:
                  draw.deadlines?.map((n) => ({
                    deadlineId: `${id}-d${n}`,
                    procedureId: 'p1',
                    rule: 'LD-03',
                    kind: 'institution',
                    holder: 'body',
                    status: 'running',
                    due: '2026-03-04',
                    dueAt: at,
                  })) ?? null,
                handoffs: draw.handoffs.map((n) => ({
                  handoffId: `${id}-h${n}`,
                  procedureId: null,
                  fromOrganisation: 'org-1',
                  toOrganisation: 'org-2',
                  status: draw.closed ? 'accepted' : 'requested',
                  requestedAt: at,
                  dueAt: draw.nextDue,
                  view: draw.state,
                })),
              },
              { status: draw.closed ? 'closed' : 'open', accounts: draw.closed ? ['a'] : [] },
            ),
    },
  );
}

/** Ids of values are the caller's, so the same request can be put to both. */
function appended(memory: Memory, id: string, result: AppendResult): void {
  const last =
    result.status === 'appended' ? result.events.filter(({ stream }) => stream === `dispute-${id}`).at(-1) : undefined;
  if (last) memory.heads.get(id)!.push({ version: last.version, headHash: last.hash, recordedAt: last.recordedAt });
}

const append = appendDraw.map((draw): Step => ({
  check: () => true,
  run: async (memory, { model, store }) => {
    const request = requestOf(draw, memory);
    const expected = await model.append(request);
    expect(await store.append(request)).toEqual(expected);
    appended(memory, memory.ids[draw.dispute]!, expected);
  },
  toString: () => `append ${JSON.stringify(draw)}`,
}));

/** Several at once: whoever was first, all answers are those that the model gives in some order. */
const race = fc
  .record({ draw: appendDraw, many: fc.integer({ min: 2, max: 5 }), same: fc.boolean() })
  .map(({ draw, many, same }): Step => ({
    check: () => true,
    run: async (memory, { model, store }) => {
      const one = {
        ...draw,
        behind: 0,
        forged: false,
        refused: false,
        values: [],
        events: [...draw.events, {}],
      };
      const requests = Array.from({ length: many }, (_, n) =>
        requestOf({ ...one, command: same ? one.command : null, state: { n } }, memory),
      );
      const found = await Promise.all(requests.map((request) => store.append(request)));
      const winner = found.findIndex(({ status }) => status === 'appended');
      const order = requests.map((request, n) => ({ request, found: found[n]! }));
      if (winner > 0) order.unshift(...order.splice(winner, 1));
      for (const { request, found: answer } of order) {
        const expected = await model.append(request);
        expect(answer).toEqual(expected);
        appended(memory, memory.ids[draw.dispute]!, expected);
      }
    },
    toString: () => `race of ${many}${same ? ' with one command' : ''} ${JSON.stringify(draw)}`,
  }));

const passTime = fc.integer({ min: -5_000, max: 40_000 }).map((ms): Step => ({
  check: () => true,
  run: async (_, { clock }) => {
    clock.now = new Date(clock.now.getTime() + ms);
  },
  toString: () => `clock ${ms} ms`,
}));

const byId = (claims: DriveClaim[]): DriveClaim[] => claims.toSorted((a, b) => (a.disputeId < b.disputeId ? -1 : 1));

const claim = fc
  .record({ limit: fc.integer({ min: 1, max: 4 }), leased: fc.boolean() })
  .map(({ limit, leased }): Step => ({
    check: () => true,
    run: async (memory, { model, drives }) => {
      const expected = byId(model.drives.claim(limit, leased));
      expect(byId(await drives.claim(limit, leased ? forGood : 0))).toEqual(expected);
      memory.claims.push(...expected);
    },
    toString: () => `claim ${limit}${leased ? '' : ' without a lease'}`,
  }));

/** Any claim there ever was: late ones, of a relay that was thought dead, must do no harm. */
const settle = fc
  .record({ which: fc.nat(20), how: fc.constantFrom('complete', 'release', 'keep') })
  .map(({ which, how }): Step => ({
    check: ({ claims }) => claims.length > 0,
    run: async ({ claims }, { model, drives }) => {
      const one = claims[which % claims.length]!;
      if (how === 'complete') {
        model.drives.complete(one);
        await drives.complete(one);
      } else {
        model.drives.release(one, how === 'keep');
        await drives.release(one, how === 'keep' ? forGood : 0);
      }
    },
    toString: () => `${how} #${which}`,
  }));

const acknowledge = fc
  .record({ dispute: fc.nat(2), version: fc.nat(8), planCode: fc.integer({ min: 1, max: 4 }) })
  .map(({ dispute, version, planCode }): Step => ({
    of: dispute,
    check: () => true,
    run: async ({ ids }, { model, drives }) => {
      model.drives.acknowledge(ids[dispute]!, version, planCode);
      await drives.acknowledge(ids[dispute]!, version, planCode);
    },
    toString: () => `acknowledge ${dispute} ${version} ${planCode}`,
  }));

const requeue = fc
  .record({
    why: fc.oneof(
      fc.constant({ kind: 'all-open' as const }),
      fc.record({ kind: fc.constant('older-plan-code' as const), planCode: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('overdue' as const), before: instant }),
    ),
    limit: fc.integer({ min: 1, max: 3 }),
    after: fc.option(fc.nat(2)),
  })
  .map(({ why, limit, after }): Step => ({
    check: () => true,
    run: async ({ ids, run }, { model, drives }) => {
      const afterId = after === null ? run : ids[after]!;
      const expected = model.drives.requeue(why, limit, afterId);
      expect(await drives.requeue(why, limit, afterId)).toEqual(expected);
    },
    toString: () => `requeue ${JSON.stringify({ why, limit, after })}`,
  }));

const read = fc
  .record({
    dispute: fc.nat(2),
    command: fc.nat(6),
    from: fc.nat(6),
    to: fc.nat(9),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ dispute, command, from, to, limit }): Step => ({
    check: () => true,
    run: async ({ ids, run }, { model, store }) => {
      const id = ids[dispute]!;
      const commandId = `${run}-c${command}`;
      expect((await store.load(id, commandId)).prior).toEqual((await model.load(id, commandId)).prior);
      for (const stream of [`dispute-${id}`, `refusals-${id}`]) {
        const expected = await model.readStream(stream, { from, to, limit });
        expect(await store.readStream(stream, { from, to, limit })).toEqual(expected);
      }
    },
    toString: () => `read ${dispute} ${from}–${to}, ${limit}`,
  }));

/** After the step, what can be seen of its dispute and of the queue is the same on both sides. */
const compared = (step: Step): Command => ({
  check: step.check,
  toString: () => step.toString(),
  run: async (memory, sides) => {
    await step.run(memory, sides);
    if (step.of !== undefined) await compareDispute(memory.ids[step.of]!, sides);
    const { rows } = await sides.pool.query(selectQueue);
    expect(rows).toEqual(sides.model.drives.rows());
  },
});

const selectQueue = `SELECT dispute_id AS "disputeId", version, attempts FROM accord.drive_queue ORDER BY dispute_id`;

async function compareDispute(id: string, { model, store, pool }: Sides): Promise<void> {
  const [loaded, expected] = await Promise.all([store.load(id, null), model.load(id, null)]);
  expect(loaded.snapshot).toEqual(expected.snapshot);
  expect(loaded.values).toMatchObject(expected.values);
  expect(Object.keys(loaded.values).sort()).toEqual(Object.keys(expected.values).sort());
  for (const stream of [`dispute-${id}`, `refusals-${id}`])
    expect(await store.readStream(stream)).toEqual(await model.readStream(stream));
  expect(await contentsOf(pool, id)).toEqual(model.contents(id));
}

/** After a run, everything is, and every chain is whole. */
export async function compareAll({ ids }: Memory, sides: Sides): Promise<void> {
  const { model, store, drives } = sides;
  for (const id of ids) {
    await compareDispute(id, sides);
    for (const stream of [`dispute-${id}`, `refusals-${id}`])
      expect(await store.verifyStream(stream)).toEqual(await model.verifyStream(stream));
  }
  expect((await drives.backlog()).depth).toBe(model.drives.rows().length);
}

export const storeCommands: fc.Arbitrary<fc.AsyncCommand<Memory, Sides>>[] = [
  ...[append, append, append, race, read],
  ...[passTime, claim, settle, acknowledge, requeue],
].map((steps) => steps.map(compared));
