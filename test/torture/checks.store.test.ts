import { randomUUID } from 'node:crypto';
import { roles, type Requester } from '../../src/domain/dispute/context.js';
import type { RecordedEvent } from '../../src/store/contract.js';
import { openCommands, type CommandsWorld } from '../commands/commands-world.js';
import { doubledOf, lostOf, owedIn } from './checks.js';
import { createFollower } from './follower.js';
import { commandIdOfSent, createLedger, type Ledger, type Sent } from './ledger.js';

/** The checks of the torture find what they look for. */

let world: CommandsWorld;
let ledger: Ledger;
let disputeId: string;
beforeAll(async () => {
  world = await openCommands('torture-checks', '2026-03-03T10:00:00+08:00');
});
afterAll(async () => {
  await world.db.drop();
});

const by: Requester = {
  account: 'staff',
  roles: roles.filter((role) => role !== 'party' && role !== 'system'),
  organisation: 'BODY',
  region: '360121',
};
const sentTo = (id: string | null, key: string): Sent => ({
  key,
  user: 'staff',
  path: `/v1/disputes/${id}`,
  body: '{}',
  disputeId: id,
  ifMatch: null,
});

/** Does it, and takes the answer to the books as the API gives it. */
const note = async (key: string): Promise<{ sent: Sent; events: RecordedEvent[] }> => {
  const sent = sentTo(disputeId, key);
  const commandId = commandIdOfSent(sent);
  ledger.sent.add(commandId);
  const result = await world.commands.run({
    disputeId,
    action: 'add-note',
    body: { text: '记录' },
    by,
    kind: 'person',
    commandId,
    fingerprint: key,
    correlationId: key,
  });
  if (result.status !== 'done') throw new Error(result.status);
  const answer = { dispute: { version: result.state.version }, events: result.events };
  ledger.answered(sent, { status: 200, code: null, body: answer });
  return { sent, events: result.events };
};

beforeEach(async () => {
  ledger = createLedger();
  const key = randomUUID();
  const sent = sentTo(null, key);
  const commandId = commandIdOfSent(sent);
  ledger.sent.add(commandId);
  const parties = [
    { ref: 'a', role: 'claimant', kind: 'person', name: '甲' },
    { ref: 'b', role: 'respondent', kind: 'organisation', name: '乙公司' },
  ];
  const body = { type: 'debt', region: '360121', source: 'counter', title: '测试', parties };
  const result = await world.commands.register({
    body,
    by,
    kind: 'person',
    commandId,
    fingerprint: key,
    correlationId: key,
  });
  if (result.status !== 'done') throw new Error(result.status);
  disputeId = result.state.id;
  const view = { id: disputeId, version: result.state.version };
  ledger.answered(sent, { status: 201, code: null, body: view });
});

/** Of this test's dispute: others have written to the same database. */
const doubled = async () => (await doubledOf(world.db.pool, ledger)).filter((one) => !one.startsWith('nobody sent it'));
const lost = () => lostOf(world.db.pool, [...ledger.acknowledged.values()]);

test('nothing where all is well', async () => {
  await note('one');
  await note('two');
  expect([await lost(), await doubled(), ledger.problems]).toEqual([[], [], []]);
});

test('an acknowledged event that is not there, or is not what was answered', async () => {
  const { sent } = await note('one');
  const events = ledger.acknowledged.get(commandIdOfSent(sent))!.events!;
  events[0]!.hash = '0'.repeat(64);
  events.push({ eventId: randomUUID(), version: 3, hash: '' });
  expect(await lost()).toHaveLength(2);
  expect(await doubled()).toHaveLength(1);
});

test('a command with more than it was answered, one that was refused, one that nobody sent', async () => {
  const { sent } = await note('one');
  ledger.acknowledged.get(commandIdOfSent(sent))!.events = [];
  const other = commandIdOfSent((await note('two')).sent);
  ledger.acknowledged.delete(other);
  ledger.refused.add(other);
  expect((await doubled()).map((one) => one.split(':', 1)[0])).toEqual(['doubled', 'refused, and recorded']);
  ledger.sent.clear();
  expect((await doubledOf(world.db.pool, ledger)).join()).toContain('nobody sent it');
});

test('a repeat that is answered otherwise', async () => {
  const { sent, events } = await note('one');
  const answer = { dispute: { version: 2 }, events: [{ ...events[0]!, eventId: randomUUID() }] };
  ledger.answered(sent, { status: 200, code: null, body: answer });
  expect(ledger.problems).toHaveLength(1);
  ledger.answered(sent, { status: 500, code: 'internal', body: {} });
  expect(ledger.problems).toHaveLength(2);
});

test('what the engine owes: here nobody drives anything', async () => {
  await note('one');
  expect(await owedIn(world.db.pool, 1_000)).toMatchObject({ queued: expect.any(Number), leased: 0 });
  expect((await owedIn(world.db.pool, 1_000)).behind).toBeGreaterThan(0);
});

test('a reader that misses an event, or sees one twice', async () => {
  const dropping = createFollower({
    readAll: async (after, limit) => {
      const page = await world.store.readAll(after, limit);
      return { ...page, events: page.events.filter(({ version }) => version !== 1) };
    },
  });
  expect((await dropping.missed(world.db.pool)).length).toBeGreaterThan(0);
});
