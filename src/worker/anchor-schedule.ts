import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';

const scheduleId = 'accord-anchor';

/**
 * The Temporal schedule that starts the workflow `anchor`, made where it is missing and brought to this interval where it
 * has another. A turn that was missed is made up for once. Throws what Temporal throws while it is away.
 *
 * @param minutes whole, at least 1
 */
export async function ensureAnchorSchedule(client: Client, minutes: number, taskQueue = 'accord'): Promise<void> {
  const every = minutes * 60_000;
  const spec = { intervals: [{ every }] };
  try {
    await client.schedule.create({
      scheduleId,
      spec,
      action: { type: 'startWorkflow', workflowType: 'anchor', workflowId: 'accord/anchor', taskQueue },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1h' },
      memo: {},
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = client.schedule.getHandle(scheduleId);
    const { spec: present } = await handle.describe();
    if (present.intervals?.length === 1 && present.intervals[0]!.every === every) return;
    await handle.update((previous) => ({ ...previous, spec }));
  }
}
