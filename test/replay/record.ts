/**
 * Records histories of the workflows as they are now, to be replayed by every later version:
 *
 *     npm run record-histories -- <name of the new set> [webhooks]
 *
 * A set is never changed once its code has run in production; new behaviour is recorded as a new set beside it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { type Harness, startHarness } from '../workflows/support/harness.js';
import { freshNamespace } from '../support/services.js';
import { webhookHarness } from '../workflows/support/webhooks.js';
import { tellStory } from './story.js';
import { tellWebhooks } from './webhook-story.js';

const [name = '', about = 'disputes'] = process.argv.slice(2);
if (!/^[a-z0-9-]+$/.test(name) || !['disputes', 'webhooks'].includes(about))
  throw new Error('usage: npm run record-histories -- <name of the new set> [webhooks]');
const folder = fileURLToPath(new URL(`histories/${name}`, import.meta.url));
mkdirSync(folder, { recursive: true });

const part = async (file: string) =>
  ((await import(new URL(`../support/${file}.mjs`, import.meta.url).href)) as { default(): Promise<void> }).default();

await part('global-setup');
const startDisputes = async (): Promise<Harness> => {
  const started = await startHarness('record');
  await tellStory(started);
  return started;
};
const startWebhooks = async (): Promise<Pick<Harness, 'client' | 'stop'>> => {
  const started = await webhookHarness(await freshNamespace());
  await started.start();
  await tellWebhooks(started);
  return started;
};

let harness: Pick<Harness, 'client' | 'stop'> | undefined;
try {
  harness = await (about === 'webhooks' ? startWebhooks() : startDisputes());
  for await (const { workflowId, runId, type } of harness.client.workflow.list()) {
    const history = await harness.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const file = `${type}-${runId.slice(-6)}.json`;
    writeFileSync(join(folder, file), `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`);
    console.log(`${file}: ${workflowId}, ${history.events?.length} events`);
  }
} finally {
  await harness?.stop();
  await part('global-teardown');
}
