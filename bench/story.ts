import { Client, Connection } from '@temporalio/client';
import { createClient } from '../src/demo/client.js';
import { playStory } from '../src/demo/play.js';
import { playLive } from '../src/demo/live.js';
import { wageArrears } from '../src/demo/wage-arrears.js';
import { startAccord } from '../src/local/accord.js';

/** What the story, and the demonstration of the live engine, cost in Temporal. */
export interface StoryBench {
  /** Events of the disputes' own streams. */
  events: number;
  workflows: number;
  historyEvents: number;
  /** What a Temporal service counts: workflow starts, signals, timers, activities, child starts, search attributes. */
  actions: number;
}

const counted = new Set([
  'workflowExecutionStartedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'timerStartedEventAttributes',
  'activityTaskScheduledEventAttributes',
  'startChildWorkflowExecutionInitiatedEventAttributes',
  'upsertWorkflowSearchAttributesEventAttributes',
]);

/** Plays both on a system of its own in `home`. */
export async function benchStory(home: string): Promise<StoryBench> {
  const env = { ...process.env, PORT: '0' };
  const accord = await startAccord({ home, env, log: () => undefined });
  try {
    const client = createClient(accord.url, 'zh');
    const played = await playStory(client, wageArrears, { run: 'bench' });
    await playLive(client, { run: 'bench' });
    const connection = await Connection.connect({ address: accord.temporalAddress, interceptors: [] });
    try {
      const temporal = new Client({ connection });
      const cost = { workflows: 0, historyEvents: 0, actions: 0 };
      for await (const { workflowId, runId } of temporal.workflow.list({
        query: 'WorkflowId STARTS_WITH "dispute/"',
      })) {
        const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
        cost.workflows += 1;
        cost.historyEvents += events?.length ?? 0;
        for (const event of events ?? [])
          cost.actions += Object.keys(event).filter(
            (key) => counted.has(key) && event[key as keyof typeof event],
          ).length;
      }
      return { events: played.reduce((sum, one) => sum + one.events.length, 0), ...cost };
    } finally {
      await connection.close();
    }
  } finally {
    await accord.stop();
  }
}
