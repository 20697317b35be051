import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fieldVariants, noFields, publicActions } from '../../commands/action-fields.js';
import type { Fields } from '../../domain/dispute/fields.js';
import { commandOf, doneOr, replayHeader, type Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagAfter, isDryRun } from '../http/dry-run.js';
import { idOf, ifMatchOf } from '../http/headers.js';
import { languageOf, type Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { readBody } from '../http/read.js';
import { readByAnswer, readerOf, recordAnswer } from '../http/reads.js';
import { actionSchema, commonShape } from '../schemas/from-fields.js';
import { eventView } from '../views/event-view.js';
import { viewOf } from './view-of.js';

/** Actions that have an endpoint; those of the engine, and those with an endpoint of their own, are not among them. */
export const actions: ReadonlySet<string> = new Set(publicActions());

const commonOnly = z.looseObject(commonShape('zh'));
const common = Object.keys(commonShape('zh'));

/** A body that no procedure of the dispute could take is refused by law, unless no procedure at all has such a body. */
const readAnyVariant = (action: string, body: unknown, language: Language): void => {
  const schemas = fieldVariants(action).map(({ fields }) => actionSchema(fields));
  if (schemas.some((schema) => schema.safeParse(body ?? {}).success)) return;
  readBody(schemas[0]!, body, language);
};

/** The action's own fields of a body, by the schema of the procedure it is meant for. */
const ownFields = (action: string, body: unknown, language: Language) => (fields: Fields) => {
  if (fields === noFields) {
    readAnyVariant(action, body, language);
    return {};
  }
  const read = readBody(actionSchema(fields), body, language);
  return Object.fromEntries(Object.entries(read).filter(([name]) => !common.includes(name)));
};

/** Carries out one action, or with `?dryRun=true` says what it would record. */
export const act = async (
  deps: ApiDependencies,
  id: string,
  action: string,
  request: FastifyRequest,
): Promise<Answer> => {
  const disputeId = idOf(id);
  if (!actions.has(action)) throw new Problem('not-found');
  const language = languageOf(request);
  const dryRun = isDryRun(request);
  const ifMatch = ifMatchOf(request);
  const command = commandOf(deps, request);
  const reader = readerOf(request);
  const { procedureId, occurredAt, note, documentId } = readBody(commonOnly, request.body, language);
  const result = await deps.commands.run({
    ...command,
    disputeId,
    action,
    body: ownFields(action, request.body, language),
    procedureId,
    occurredAt,
    note,
    documentId,
    ifMatch,
    dryRun,
    read: readByAnswer(reader),
  });
  const done = doneOr(result, ifMatch);
  await recordAnswer(deps, reader, done, { dryRun });
  const dispute = viewOf(deps, request.caller!.requester, done);
  return {
    headers: { etag: etagAfter(done, dryRun), ...replayHeader(done) },
    body: { dispute, events: done.events.map(eventView), ...(dryRun ? { dryRun } : {}) },
  };
};
