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
    await Promise.all([1, 2, 3].map(() => ensureAnchorSchedule(client, 60)));
    const schedule = client.schedule.getHandle('accord-anchor');
    const minutesOf = async () => (await schedule.describe()).spec.intervals![0]!.every / 60_000;
    expect(await minutesOf()).toBe(60);
    await ensureAnchorSchedule(client, 15);
    expect(await minutesOf()).toBe(15);
    await ensureAnchorSchedule(client, 15);

    await eventually(
      async () => {
        await schedule.trigger();
        return anchors.list(0, 10);
      },
      (made) => made.length === 1,
      30_000,
    );
    const { recentActions } = (await schedule.describe()).info;
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
