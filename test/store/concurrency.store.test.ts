import { randomUUID } from 'node:crypto';
import type { CommandResult } from '../../src/commands/contract.js';
import { roles, type Requester } from '../../src/domain/dispute/context.js';
import { verifyInline } from '../../src/projections/verify-inline.js';
import { verifyAll } from '../../src/store/verify.js';
import { openCommands, type CommandsWorld } from '../commands/commands-world.js';

/** Many clients at once, through the command service on PostgreSQL. */

const clients = 32;

let world: CommandsWorld;
beforeAll(async () => {
  world = await openCommands('concurrency', '2026-03-03T10:00:00+08:00');
});
afterAll(async () => {
  await world.db.drop();
});

const staffOf = (organisation: string): Requester => ({
  account: `staff-${organisation}`,
  roles: roles.filter((role) => role !== 'party' && role !== 'system'),
  organisation,
  region: '360121',
});
const by = staffOf('BODY');

type Facts = Record<string, unknown>;

const register = async (type: string, facts: Facts = {}): Promise<string> => {
  const commandId = randomUUID();
  const result = await world.commands.register({
    body: {
      type,
      region: '360121',
      source: 'counter',
      title: '测试',
      parties: [
        { ref: 'a', role: 'claimant', kind: 'person', name: '甲' },
        { ref: 'b', role: 'respondent', kind: 'organisation', name: '乙公司' },
      ],
      facts,
    },
    by,
    kind: 'person',
    commandId,
    fingerprint: commandId,
    correlationId: commandId,
  });
  if (result.status !== 'done') throw new Error(JSON.stringify(result));
  return result.state.id;
};

interface More {
  commandId?: string;
  ifMatch?: number;
  procedureId?: string;
}

const act = (disputeId: string, action: string, body: object, more: More = {}): Promise<CommandResult> => {
  const commandId = more.commandId ?? randomUUID();
  return world.commands.run({
    disputeId,
    action,
    body: body as Record<string, unknown>,
    by,
    kind: 'person',
    fingerprint: commandId,
    correlationId: commandId,
    ...more,
    commandId,
  });
};

const inOrder = (length: number) => Array.from({ length }, (_, n) => n);

/** Chains whole, and every view what its events say. */
const isSound = async (): Promise<void> => {
  const { pool } = world.db;
  expect((await verifyAll(pool, () => undefined)).damaged).toBe(0);
  expect(await verifyInline(pool)).toMatchObject({ ok: true });
};

test('32 clients on one dispute: each command is done once or clearly is not, and the log has the done ones in order', async () => {
  const id = await register('debt');
  const each = 3;
  const done = new Map<string, string[]>();
  let conflicts = 0;
  const since = Date.now();

  const client = async (n: number): Promise<void> => {
    for (const turn of inOrder(each)) {
      const commandId = `c${n}-${turn}`;
      for (;;) {
        // Every third says which version it decided on; every fourth sends everything twice at once.
        const ifMatch = n % 3 === 0 ? { ifMatch: (await world.commands.read(id))!.state.version } : {};
        const once = () => act(id, 'add-note', { text: `笔记 ${commandId}` }, { commandId, ...ifMatch });
        const results = await Promise.all(n % 4 === 0 ? [once(), once()] : [once()]);
        for (const result of results) {
          if (result.status === 'version-conflict') conflicts += 1;
          else if (result.status === 'done') {
            const eventIds = result.events.map(({ eventId }) => eventId);
            expect(done.get(commandId) ?? eventIds).toEqual(eventIds);
            done.set(commandId, eventIds);
          } else throw new Error(`${commandId}: ${JSON.stringify(result)}`);
        }
        if (done.has(commandId)) break;
      }
    }
  };
  await Promise.all(inOrder(clients).map(client));
  const ms = Date.now() - since;
  process.stdout.write(
    `${clients} clients on one dispute: ${clients * each} commands in ${ms} ms, ${conflicts} conflicts\n`,
  );
  expect(ms).toBeLessThan(30_000);

  const notes = (await world.commands.history(id)).filter(({ type }) => type === 'NoteAdded');
  expect(notes).toHaveLength(clients * each);
  expect(new Set(notes.map(({ eventId }) => eventId))).toEqual(new Set([...done.values()].flat()));
  // Each client's own came one after the other.
  for (const n of inOrder(clients))
    expect(notes.map(({ commandId }) => commandId).filter((one) => one.startsWith(`c${n}-`))).toEqual(
      inOrder(each).map((turn) => `c${n}-${turn}`),
    );
  expect(await world.store.verifyStream(`dispute-${id}`)).toMatchObject({ ok: true });
}, 60_000);

test('32 clients on many disputes: nothing waits for ever, fails or is lost', async () => {
  const ids = await Promise.all(inOrder(24).map((n) => register(n % 2 === 0 ? 'debt' : 'neighbour')));
  const commandIds = new Map<string, string>();
  const counts = { done: 0, refused: 0, 'version-conflict': 0, registered: 0 };
  const opening = { procedure: 'mediation', body: { code: 'BODY' } };
  const steps: [string, object][] = [
    ['add-note', { text: '记录' }],
    ['open-procedure', opening],
    ['record-consent', { party: 'a', consent: 'given' }],
    ['record-consent', { party: 'b', consent: 'given' }],
    ['designate-neutral', { person: { account: 'm', name: '丙' }, seat: 'mediator' }],
    ['confirm-address', { party: 'a', address: '测试路 1 号', electronic: true }],
    ['withdraw', { party: 'a' }],
    ['assign', { organisation: 'BODY', account: 'm' }],
  ];
  const until = Date.now() + 2_500;
  const client = async (n: number): Promise<void> => {
    for (let turn = n; Date.now() < until; turn += 1) {
      if (turn % 40 === 0) {
        ids.push(await register('debt'));
        counts.registered += 1;
      }
      // Not all at the same places at the same time.
      const id = ids[(turn * 7 + n * 3) % ids.length]!;
      const [action, body] = steps[(turn * 5 + n) % steps.length]!;
      const commandId = randomUUID();
      const result = await act(id, action, body, { commandId });
      if (result.status === 'not-found' || result.status === 'key-reused') throw new Error(result.status);
      counts[result.status] += 1;
      if (result.status === 'done') commandIds.set(commandId, id);
    }
  };
  await Promise.all(inOrder(clients).map(client));
  process.stdout.write(`${clients} clients on ${ids.length} disputes for 2.5 s: ${JSON.stringify(counts)}\n`);
  expect(counts.done).toBeGreaterThan(clients);
  expect(counts.refused).toBeGreaterThan(0);

  const { rows } = await world.db.pool.query<{ commandId: string; stream: string }>(
    `SELECT DISTINCT command_id AS "commandId", stream FROM accord.events
     WHERE stream = ANY ($1) AND command_id = ANY ($2)`,
    [ids.map((id) => `dispute-${id}`), [...commandIds.keys()]],
  );
  expect(rows.length).toBe(commandIds.size);
  for (const { commandId, stream } of rows) expect(stream).toBe(`dispute-${commandIds.get(commandId)}`);
  await isSound();
}, 60_000);

/** A mediation of labour ended by agreement: from here both confirmations are open, and exclude each other (LD-26). */
const agreed = async (): Promise<string> => {
  const id = await register('labour');
  const terms = [{ obligor: 'b', obligee: 'a', amount: { amount: '1000.00', currency: 'CNY' }, dueOn: '2026-04-10' }];
  const lines: [string, object][] = [
    ['open-procedure', { procedure: 'mediation', body: { code: 'BODY' } }],
    ['record-consent', { party: 'a', consent: 'given' }],
    ['record-consent', { party: 'b', consent: 'given' }],
    ['designate-neutral', { person: { account: 'm' }, seat: 'mediator' }],
    ['answer-designation', { answer: 'accepts' }],
    ['record-agreement', { kind: 'wages', terms }],
    ['sign-agreement', { parties: ['a', 'b'], mediator: true, body: true }],
  ];
  for (const [action, body] of lines) {
    const result = await act(id, action, body);
    if (result.status !== 'done') throw new Error(`${action}: ${JSON.stringify(result)}`);
  }
  return id;
};

const both = { applicants: ['a', 'b'] };

test.each<[one: string, other: string, make: () => Promise<string>, more?: object]>([
  ['administrative-review', 'administrative-litigation', () => register('administrative-act')],
  ['labour-arbitration', 'civil-litigation', () => register('labour', { wageIou: true })],
  ['labour-arbitration', 'payment-order', () => register('labour')],
  ['rural-land-arbitration', 'civil-litigation', () => register('rural-land')],
  ['adjudication', 'civil-litigation', () => register('patent')],
  ['civil-litigation', 'payment-order', () => register('debt')],
  ['mediation', 'administrative-mediation', () => register('medical')],
  ['judicial-confirmation', 'arbitral-confirmation', agreed, both],
])(
  '%s and %s are never open both, however often two ask at once',
  async (one, other, make, more = {}) => {
    for (const round of inOrder(4)) {
      const id = await make();
      const ask = (procedure: string) => act(id, 'open-procedure', { procedure, body: { code: 'BODY' }, ...more });
      const order = round % 2 === 0 ? [one, other] : [other, one];
      const results = await Promise.all([...order, ...order, ...order].map(ask));

      const done = results.filter(({ status }) => status === 'done');
      expect(done).toHaveLength(1);
      for (const result of results)
        if (result.status !== 'done')
          expect(result).toMatchObject({
            status: 'refused',
            refusal: { code: expect.stringMatching(/^(procedure-exclusive|route-forbidden)$/) },
          });
      const { state } = (await world.commands.read(id))!;
      const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
      expect(open.filter(({ procedure }) => procedure === one || procedure === other)).toHaveLength(1);
      const opened = (await world.commands.history(id)).filter(
        ({ type, data }) => type === 'ProcedureOpened' && [one, other].includes(data['procedure'] as string),
      );
      expect(opened).toHaveLength(1);
    }
  },
  60_000,
);

test('after all this every chain is whole and every view is what its events say', isSound, 60_000);
