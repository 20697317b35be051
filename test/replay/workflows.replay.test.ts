import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { workflowBundle } from '../workflows/support/harness.js';

/** Histories recorded from earlier code (`record.ts`): what runs in production must go on under today's. */
const folder = fileURLToPath(new URL('histories/', import.meta.url));

interface Recorded {
  workflowId: string;
  history: { events: { activityTaskScheduledEventAttributes?: { activityType: { name: string } } }[] };
}

const recorded = (set: string): Recorded[] =>
  readdirSync(join(folder, set)).map((file) => ({
    workflowId: `${set}/${file}`,
    history: JSON.parse(readFileSync(join(folder, set, file), 'utf8')) as Recorded['history'],
  }));

const failures = async (histories: Recorded[]): Promise<string[]> => {
  const failed: string[] = [];
  const options = { workflowBundle: await workflowBundle() };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories))
    if (error) failed.push(`${workflowId}: ${error.message}`);
  return failed;
};

beforeAll(() => {
  const logging = { filter: 'off', forward: {} };
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
});

test.each(readdirSync(folder))(
  'every workflow of the set %s goes on under today’s code',
  async (set) => {
    const histories = recorded(set);
    expect(histories.length).toBeGreaterThan(3);
    expect(await failures(histories)).toEqual([]);
  },
  120_000,
);

test('a workflow that would now do something else is noticed', async () => {
  const changed = recorded(readdirSync(folder)[0]!).find(({ workflowId }) => workflowId.includes('/dispute-'))!;
  const asked = changed.history.events.find((event) => event.activityTaskScheduledEventAttributes)!;
  asked.activityTaskScheduledEventAttributes!.activityType.name = 'somethingElse';
  expect(await failures([changed])).toEqual([expect.stringMatching(/[Nn]ondeterminism/)]);
}, 120_000);
