import { randomUUID } from 'node:crypto';
import { createCalendars, type Calendars } from '../../src/commands/calendars.js';
import { createCommandService } from '../../src/commands/command-service.js';
import type { CommandService } from '../../src/commands/contract.js';
import type { Requester } from '../../src/domain/dispute/context.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { openCommands, type CommandsWorld } from './commands-world.js';

const intake: Requester = { account: 'desk', roles: ['intake'], organisation: 'desk', region: '360121' };

const year2027 = {
  year: 2027,
  version: 'cn-2027.1',
  notice: { title: '测试用 2027 年安排', issuedOn: '2026-11-20' },
  off: [{ name: '测试假日', from: '2027-11-01', to: '2027-11-02' }],
  work: [],
};

interface Process {
  calendars: Calendars;
  commands: CommandService;
}

let world: CommandsWorld;
const known: string[] = [];

/** What one process of the API holds: it knows of a schedule only when it has read it. */
const process = (): Process => {
  const commands: CommandService = createCommandService({
    store: world.store,
    clock: world.clock,
    calendar: () => calendars.current(),
  });
  const calendars = createCalendars({
    drives: world.drives,
    commands: () => commands,
    openDisputes: async () => ({
      items: (await Promise.all(known.map((id) => commands.read(id)))).map((read) => ({ state: read!.state })),
      nextCursor: null,
    }),
  });
  return { calendars, commands };
};

/** A labour mediation begun on 2 November 2026; its limitation (LD-06) runs a year. */
const mediated = async ({ commands }: Process): Promise<string> => {
  const identity = () => ({
    by: intake,
    kind: 'person' as const,
    commandId: randomUUID(),
    fingerprint: 'f',
    correlationId: 'test',
  });
  const body = {
    type: 'labour',
    region: '360121',
    source: 'counter',
    receivedOn: '2026-11-02',
    title: '欠薪',
    parties: [
      { ref: 'worker', role: 'claimant', kind: 'person', name: '甲' },
      { ref: 'employer', role: 'respondent', kind: 'organisation', name: '乙公司' },
    ],
  };
  const registered = await commands.register({ ...identity(), body });
  if (registered.status !== 'done') throw new Error(registered.status);
  const disputeId = registered.state.id;
  const opening = {
    procedure: 'mediation',
    track: 'labour',
    body: { code: 'NC-MED', name: '中心' },
    appliedOn: '2026-11-02',
  };
  const opened = await commands.run({ ...identity(), disputeId, action: 'open-procedure', body: opening });
  if (opened.status !== 'done') throw new Error(opened.status);
  known.push(disputeId);
  return disputeId;
};

const limitation = async (disputeId: string): Promise<string | undefined> => {
  const state = (await world.commands.read(disputeId))!.state as DisputeState;
  return Object.values(state.deadlines).find(({ rule }) => rule === 'LD-06')?.due;
};

beforeAll(async () => {
  world = await openCommands('calendars', '2026-11-21T02:00:00.000Z');
}, 60_000);
afterAll(() => world.db.drop());

test('one version names one schedule: another content under it is refused, the same is not', async () => {
  const { calendars } = process();
  const off = [{ name: '测试假日', from: '2031-11-03', to: '2031-11-04' }];
  const year2031 = { ...year2027, year: 2031, version: 'cn-2031.1', off };
  expect(await calendars.problems(year2031)).toEqual([]);
  await calendars.load(year2031);
  expect(await process().calendars.problems({ ...year2031, off: [...off] })).toEqual([]);
  const changed = { ...year2031, notice: { ...year2031.notice, title: '更正' } };
  expect(await process().calendars.problems(changed)).toEqual([expect.stringMatching(/^version: /)]);
  expect(await calendars.problems({ ...changed, version: 'cn-2031.2' })).toEqual([]);
  expect(await calendars.problems({ ...year2031, version: 'cn-2026.1' })).toEqual([
    expect.stringMatching(/^version: /),
  ]);
});

test('a period begun by a process that had not yet read the new schedule is dated anew all the same', async () => {
  const [loading, other, late] = [process(), process(), process()];
  for (const { calendars } of [loading, other, late]) await calendars.start();
  const before = await mediated(loading);
  expect(await limitation(before)).toBe('2027-11-02');

  expect(await loading.calendars.load(year2027)).toMatchObject({ disputes: 1 });
  expect(await limitation(before)).toBe('2027-11-03');

  // Two processes that have read nothing yet go on by the former schedule.
  const meanwhile = await mediated(other);
  expect(await limitation(meanwhile)).toBe('2027-11-02');
  await other.calendars.refresh();
  expect(await limitation(meanwhile)).toBe('2027-11-03');

  const latest = await mediated(late);
  expect(await limitation(latest)).toBe('2027-11-02');
  await loading.calendars.refresh();
  expect(await limitation(latest)).toBe('2027-11-03');

  // Then nothing more is done: the schedule is known to all.
  const version = (await world.commands.read(latest))!.state.version;
  for (const { calendars } of [loading, other, late]) for (let n = 0; n < 3; n += 1) await calendars.refresh();
  expect((await world.commands.read(latest))!.state.version).toBe(version);
});
