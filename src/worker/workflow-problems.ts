import type { Client } from '@temporalio/client';

/** An open dispute whose workflow is not there, or cannot go on. */
export interface WorkflowProblem {
  disputeId: string;
  reason: 'workflow-missing' | 'workflow-failing';
  /** Instant. */
  since: string;
}

/** The most that one look finds; more than that is one incident, not many. */
const most = 100;
const lookMs = 1_500;

const disputeOf = (workflowId: string): string | null =>
  /^dispute\/([0-9a-f-]{36})(?:\/|$)/.exec(workflowId)?.[1] ?? null;

const found = async (client: Client, query: string): Promise<{ workflowId: string; since: Date }[]> => {
  const all: { workflowId: string; since: Date }[] = [];
  for await (const { workflowId, startTime, closeTime } of client.workflow.list({ query, pageSize: most })) {
    all.push({ workflowId, since: closeTime ?? startTime });
    if (all.length >= most) break;
  }
  return all;
};

const isRunning = async (client: Client, workflowId: string): Promise<boolean> => {
  const [one] = await found(client, `WorkflowId = "${workflowId}" AND ExecutionStatus = "Running"`);
  return one !== undefined;
};

/**
 * What Temporal itself knows to be wrong: workflows whose tasks fail, and workflows of disputes that ended otherwise than
 * by their own doing and have no run since. Whether the dispute is still open is the caller's to know. Throws while
 * Temporal is away.
 */
export const workflowProblems = (client: Client): Promise<WorkflowProblem[]> =>
  client.withDeadline(Date.now() + lookMs, async () => {
    const failing = await found(client, 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL');
    const ended = await found(
      client,
      'WorkflowType = "dispute" AND ExecutionStatus IN ("Terminated", "Failed", "TimedOut")',
    );
    const missing: typeof ended = [];
    for (const one of ended.slice(0, 20)) if (!(await isRunning(client, one.workflowId))) missing.push(one);
    const problem =
      (reason: WorkflowProblem['reason']) =>
      ({ workflowId, since }: (typeof ended)[number]): WorkflowProblem[] => {
        const disputeId = disputeOf(workflowId);
        return disputeId === null ? [] : [{ disputeId, reason, since: since.toISOString() }];
      };
    return [...failing.flatMap(problem('workflow-failing')), ...missing.flatMap(problem('workflow-missing'))];
  });
