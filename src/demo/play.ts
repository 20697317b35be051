import { createHash } from 'node:crypto';
import {
  eventsAfter,
  UnexpectedAnswer,
  type Answer,
  type Client,
  type DisputeView,
  type EventView,
  type ProblemView,
} from './client.js';
import { pdfOf } from './pdf.js';
import { withPapers, type Step } from './story.js';

/** One step as it was played. */
export interface Played {
  step: Step;
  /** What was recorded because of it: elapses first, then the fact and what follows from it. */
  events: EventView[];
  dispute: DisputeView;
  /** Why it was refused, where the story says that it is. */
  problem: ProblemView | null;
}

/** A step that came out otherwise than the story says. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

type Told = { ok: true } | { ok: false; problem: ProblemView };

const told = (answer: Answer<unknown>): Told => (answer.ok ? { ok: true } : { ok: false, problem: answer.problem });

/**
 * Plays a story through the API step by step, each as who does it, and hands every step to `onStep` before the next.
 * `run` distinguishes this run's idempotency keys; a run that is repeated under the same name continues where it
 * stopped. Throws `StepFailed`, `NoAnswer`.
 */
export const playStory = async (
  client: Client,
  story: readonly Step[],
  { run, onStep = () => undefined }: { run: string; onStep?: (played: Played) => void | Promise<void> },
): Promise<Played[]> => {
  const played: Played[] = [];
  const papers: Record<string, string> = {};
  let dispute: DisputeView | null = null;

  const perform = async (step: Step): Promise<Told> => {
    const { does, who, on } = step;
    const key = createHash('sha256').update(`${run} ${step.key}`).digest('hex');
    if ('register' in does) {
      const answer = await client.tell<DisputeView>(who, '/v1/disputes', does.register, key);
      if (answer.ok) dispute = answer.body;
      return told(answer);
    }
    if (dispute === null) throw new StepFailed(`${step.key}: nothing is registered yet`);
    const { id } = dispute;
    if ('upload' in does) {
      const { key: name, kind, fileName, heading, lines } = does.upload;
      const file = { name: fileName, mediaType: 'application/pdf', bytes: pdfOf(heading, lines) };
      const fields = { kind, ...(does.procedureId ? { procedureId: does.procedureId } : {}) };
      papers[name] = (await client.upload(who, id, file, fields, key)).documentId;
      return { ok: true };
    }
    if ('acceptHandoff' in does) {
      const { handoffId } = dispute.handoffs[does.acceptHandoff - 1]!;
      const externalId = does.externalId ? { externalId: does.externalId } : {};
      return told(await client.tell(who, `/v1/handoffs/${handoffId}/accept`, { receivedOn: on, ...externalId }, key));
    }
    const { action, body = {}, procedureId } = does;
    // Finishing the backfill is an act of today: it wakes the engine.
    const occurredAt = action === 'finish-backfill' ? {} : { occurredAt: on };
    const sent = { ...withPapers(body, papers), ...(procedureId ? { procedureId } : {}), ...occurredAt };
    return told(await client.tell(who, `/v1/disputes/${id}/actions/${action}`, sent, key));
  };

  for (const step of story) {
    const before: number = (dispute as DisputeView | null)?.version ?? 0;
    let outcome: Told;
    try {
      outcome = await perform(step);
    } catch (error) {
      if (!(error instanceof UnexpectedAnswer)) throw error;
      throw new StepFailed(`${step.on} ${step.key}: ${error.message}`, { cause: error });
    }
    const code = outcome.ok ? undefined : outcome.problem.code;
    if (code !== step.refused) {
      const why = outcome.ok
        ? 'was accepted'
        : `was refused: ${code} ${outcome.problem.detail} ${JSON.stringify(outcome.problem.errors ?? '')}`;
      throw new StepFailed(`${step.on} ${step.key}: ${why}; the story says ${step.refused ?? 'accepted'}`);
    }
    const { id } = dispute!;
    const now: DisputeView = await client.read(step.who, `/v1/disputes/${id}`);
    dispute = now;
    const one: Played = {
      step,
      events: await eventsAfter(client, step.who, id, before),
      dispute: now,
      problem: outcome.ok ? null : outcome.problem,
    };
    played.push(one);
    await onStep(one);
  }
  return played;
};
