import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { splitOff } from '../../commands/split-off.js';
import { commandOf, doneOr, replayHeader, type Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagOf, idOf, ifMatchOf } from '../http/headers.js';
import { languageOf } from '../http/language.js';
import { readBody } from '../http/read.js';
import { readByAnswer, readerOf, recordAnswer } from '../http/reads.js';
import { viewOf } from '../disputes/view-of.js';
import { civilDate } from '../schemas/from-fields.js';
import { eventView } from '../views/event-view.js';

export const splitOffBody = z.strictObject({ splitOn: civilDate.optional() });

/** Lets a member of a collective dispute go on in one of its own: 201 with the address of the new one. */
export const splitOffMember = async (
  deps: ApiDependencies,
  id: string,
  member: string,
  request: FastifyRequest,
): Promise<Answer> => {
  const language = languageOf(request);
  const { splitOn } = readBody(splitOffBody, request.body, language);
  const ifMatch = ifMatchOf(request);
  const reader = readerOf(request);
  const command = {
    ...commandOf(deps, request),
    read: readByAnswer(reader),
    disputeId: idOf(id),
    member,
    ...(splitOn ? { splitOn } : {}),
  };
  const { note, disputeId } = await splitOff(deps, command);
  const done = doneOr(note, ifMatch);
  await recordAnswer(deps, reader, done);
  const dispute = viewOf(deps, request.caller!.requester, done);
  return {
    status: 201,
    headers: { location: `/v1/disputes/${disputeId}`, etag: etagOf(dispute.version), ...replayHeader(done) },
    body: { disputeId, dispute, events: done.events.map(eventView) },
  };
};
