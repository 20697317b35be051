import { createAnchors } from '../../src/commands/anchors.js';
import type { Engine } from '../../src/commands/contract.js';
import { openSigningKeys } from '../../src/commands/keys.js';
import { createEventStore } from '../../src/store/event-store.js';
import { ensureAnchorSchedule } from '../../src/worker/anchor-schedule.js';
import { temporalClient } from '../../src/worker/temporal-client.js';
import { startWorker } from '../../src/worker/worker.js';
import { storeDatabase } from '../store/database.js';
import { appendRequest } from '../store/requests.js';
import { freshNamespace, testFolder } from '../support/services.js';
import { eventually, workflowBundle } from './support/harness.js';

const outcome = [() => true as const, (error: unknown) => error] as const;

test('the record is anchored by a schedule, which is made once and follows its configuration', async () => {
  const [{ address, namespace }, db] = await Promise.all([freshNamespace(), storeDatabase('anchoring')]);
  const anchors = createAnchors({ pool: db.pool, keys: openSigningKeys(testFolder('anchoring'), {}) });
  const { client, close } = temporalClient({ address, namespace });
  const worker = await startWorker({
    address,
    namespace,
    // The workflow asks for nothing but the anchor.
    engine: {} as Engine,
    anchors,
    workflowBundle: await workflowBundle(),
    log: () => undefined,
  });
  try {
    await createEventStore(db.pool).append(appendRequest('a'));
    // Temporal may be too busy to say what a schedule is: its callers ask again, as the worker does.
    const ensure = (minutes: number) =>
      eventually(
        () => ensureAnchorSchedule(client, minutes).then(...outcome),
        (done) => done === true,
      );
    await Promise.all([1, 2, 3].map(() => ensure(60)));
    const schedule = client.schedule.getHandle('accord-anchor');
    const described = async () =>
      (await eventually(
        () => schedule.describe().catch(() => null),
        (answer) => answer !== null,
      ))!;
    const minutesOf = async () => (await described()).spec.intervals![0]!.every / 60_000;
    const isEvery = (minutes: number) => eventually(minutesOf, (every) => every === minutes);
    await isEvery(60);
    await ensure(15);
    await isEvery(15);
    await ensure(15);

    await eventually(
      async () => {
        await schedule.trigger().catch(() => undefined);
        return anchors.list(0, 10);
      },
      (made) => made.length === 1,
      30_000,
    );
    const { recentActions } = (await described()).info;
    const results = await Promise.all(
      recentActions.map(({ action: { workflow } }) => client.workflow.getHandle(workflow.workflowId).result()),
    );
    // Which of them is listed here first, Temporal decides; one made the anchor, and the others found it.
    expect(results.length).toBeGreaterThan(0);
    for (const result of results) expect(result).toMatchObject({ number: 1 });
    expect(await anchors.list(0, 10)).toHaveLength(1);
  } finally {
    await worker.stop();
    await client.schedule
      .getHandle('accord-anchor')
      .delete()
      .catch(() => undefined);
    await close();
    await db.drop();
  }
}, 90_000);
