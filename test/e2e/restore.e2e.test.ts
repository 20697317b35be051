import { join } from 'node:path';
import { accord as cli } from '../../src/cli/accord.js';
import { createCommandService } from '../../src/commands/command-service.js';
import { createClient, type Client, type EventView } from '../../src/demo/client.js';
import { bodies, cast } from '../../src/demo/wage-arrears.js';
import { addDays, civilDateOf, instantOf } from '../../src/domain/calendar/civil-date.js';
import { planCode } from '../../src/domain/plan/plan.js';
import { startAccord } from '../../src/local/accord.js';
import type { DatabaseUrls } from '../../src/local/database.js';
import { waitUntil } from '../../src/local/processes.js';
import { createEventStore } from '../../src/store/event-store.js';
import { openMasterKeys } from '../../src/store/sealing/open-master-keys.js';
import { createSealing } from '../../src/store/sealing/sealing.js';
import { openCommands, requesterOf, type CommandsWorld } from '../commands/commands-world.js';
import { freshDatabase, freshNamespace, testFolder } from '../support/services.js';

/** A move to another machine: the backup of a driven record, restored beside a Temporal that knows nothing of it. */

const today = civilDateOf(instantOf(Date.now()));

/** Registers a dispute so many days ago and opens its mediation; a Temporal that is gone by now has taken its plan. */
const driven = async (world: CommandsWorld, daysAgo: number): Promise<string> => {
  const on = addDays(today, -daysAgo);
  world.setClock(`${on}T09:00:00+08:00`);
  const key = `restore-${daysAgo}`;
  const registered = await world.commands.register({
    body: {
      type: 'labour',
      region: '360121',
      source: 'counter',
      title: '测试',
      parties: [
        { ref: 'worker', role: 'claimant', kind: 'person', name: '甲' },
        { ref: 'employer', role: 'respondent', kind: 'organisation', name: '乙公司' },
      ],
    },
    by: requesterOf(cast.counter),
    kind: 'person',
    commandId: key,
    fingerprint: key,
    correlationId: key,
  });
  if (registered.status !== 'done') throw new Error(registered.status);
  const { id } = registered.state;
  await world.act(id, cast.mediator, 'open-procedure', {
    procedure: 'mediation',
    track: 'labour',
    body: bodies.centre,
  });
  for (const claim of await world.drives.claim(10, 60_000)) {
    await world.drives.acknowledge(claim.disputeId, claim.version, planCode);
    await world.drives.complete(claim);
  }
  return id;
};

test('restored elsewhere, every open dispute has its workflow again, and a period that was due passes', async () => {
  const world = await openCommands('moved', '2026-01-05T09:00:00+08:00');
  const [from, home] = [testFolder('moved-from'), testFolder('moved-to')];
  const sealing = createSealing(world.db.pool, openMasterKeys(from, {}, { make: true }));
  const store = createEventStore(world.db.pool, { clock: world.clock, sealing });
  Object.assign(world.commands, createCommandService({ store, clock: world.clock }));
  const overdue = await driven(world, 40);
  const running = await driven(world, 1);
  await world.drives.setSetting('temporal-incarnation', 'another-temporal@1');
  const folder = join(testFolder('moved'), 'backup');
  const { drop, ...urls } = await freshDatabase('moved_to');
  const run = (on: DatabaseUrls, atHome: string, ...args: string[]) =>
    cli(
      args,
      { DATABASE_URL: on.databaseUrl, DATABASE_ADMIN_URL: on.databaseAdminUrl, ACCORD_HOME: atHome },
      () => undefined,
    );
  expect(await run(world.db, from, 'backup', folder, '--with-keys')).toBe(0);
  expect(await run(urls, home, 'restore', folder)).toBe(0);
  await world.db.drop();

  const temporal = await freshNamespace();
  const accord = await startAccord({
    home,
    env: {
      DATABASE_URL: urls.databaseUrl,
      DATABASE_ADMIN_URL: urls.databaseAdminUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      PORT: '0',
    },
    log: () => undefined,
  });
  try {
    const client: Client = createClient(accord.url, 'en');
    const side = (id: string) =>
      client.read<{ status: string; behindBy: number; children: { workflowId: string }[] }>(
        cast.mediator,
        `/v1/disputes/${id}/workflow`,
      );
    const types = async (id: string) =>
      (await client.read<{ items: EventView[] }>(cast.mediator, `/v1/disputes/${id}/events?limit=200`)).items.map(
        ({ type }) => type,
      );
    const isDriven = async (id: string) => {
      const { status, behindBy } = await side(id);
      return status === 'running' && behindBy === 0;
    };
    expect(await waitUntil(async () => (await types(overdue)).includes('DeadlineElapsed'), 30_000)).toBe(true);
    for (const id of [overdue, running]) expect(await waitUntil(() => isDriven(id), 30_000)).toBe(true);
    expect((await side(running)).children.map(({ workflowId }) => workflowId)).toEqual([`dispute/${running}/p1`]);
    expect(await types(running)).not.toContain('DeadlineElapsed');
  } finally {
    await accord.stop();
    await drop();
  }
}, 120_000);
