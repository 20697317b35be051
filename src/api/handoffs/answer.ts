import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { disputeActions } from '../../domain/dispute/dispute-actions.js';
import { viewContext, viewOf } from '../disputes/view-of.js';
import { commandOf, doneOr, replayHeader, type Answer } from '../http/command.js';
import { etagAfter, isDryRun } from '../http/dry-run.js';
import { ifMatchOf } from '../http/headers.js';
import { languageOf, type Language } from '../http/language.js';
import { readBody } from '../http/read.js';
import { readByAnswer, readerOf, recordAnswer } from '../http/reads.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { commonShape, shapeOf } from '../schemas/from-fields.js';
import { eventView } from '../views/event-view.js';
import { handoffIn } from './handoff-view.js';
import { disputeOf } from './read.js';

const answers = { accept: 'accept-handoff', return: 'return-handoff' } as const;
export type HandoffAnswer = keyof typeof answers;

/** The body of an answer: the action's own fields but the handoff, which the path names, and the common ones. */
export const answerSchema = (answer: HandoffAnswer, language: Language = 'zh'): z.ZodObject => {
  const { handoffId: _inPath, ...fields } = disputeActions[answers[answer]]!.fields;
  const { procedureId: _known, ...common } = commonShape(language);
  return z.strictObject({ ...shapeOf(fields, language), ...common });
};

interface Common {
  occurredAt?: string;
  note?: string;
  documentId?: string;
}

/** Accepts or returns a handoff: its receiver only. */
export const answerHandoff = async (
  deps: Dependencies,
  handoffId: string,
  answer: HandoffAnswer,
  request: FastifyRequest,
): Promise<Answer> => {
  const language = languageOf(request);
  const dryRun = isDryRun(request);
  const ifMatch = ifMatchOf(request);
  const command = commandOf(deps, request);
  const body = readBody(answerSchema(answer, language), request.body, language);
  const { occurredAt, note, documentId, ...own } = body as Common & Record<string, unknown>;
  const disputeId = await disputeOf(deps, handoffId);
  const reader = readerOf(request);
  const result = await deps.commands.run({
    ...command,
    disputeId,
    action: answers[answer],
    body: { ...own, handoffId },
    occurredAt,
    note,
    documentId,
    ifMatch,
    dryRun,
    read: readByAnswer(reader),
  });
  const done = doneOr(result, ifMatch);
  await recordAnswer(deps, reader, done, { dryRun });
  const by = request.caller!.requester;
  const { state } = done;
  return {
    headers: { etag: etagAfter(done, dryRun), ...replayHeader(done) },
    body: {
      ...handoffIn(state, state.handoffs[handoffId]!, viewContext(deps, by, done)),
      dispute: viewOf(deps, by, done),
      events: done.events.map(eventView),
      ...(dryRun ? { dryRun } : {}),
    },
  };
};
