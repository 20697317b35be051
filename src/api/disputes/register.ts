import type { FastifyRequest } from 'fastify';

import { registrationFields } from '../../domain/dispute/register.js';
import { profiles } from '../../domain/profiles/profiles.js';
import { z } from 'zod';
import { commandOf, doneOr, replayHeader, type Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagOf } from '../http/headers.js';
import { languageOf, type Language } from '../http/language.js';
import { readBody } from '../http/read.js';
import { readByAnswer, readerOf, recordAnswer } from '../http/reads.js';
import { region, shapeOf } from '../schemas/from-fields.js';
import { viewOf } from './view-of.js';

const made: Partial<Record<Language, z.ZodObject>> = {};

/** The schema of a registration. */
export const registrationSchema = (language: Language): z.ZodObject =>
  (made[language] ??= z.strictObject({
    ...shapeOf(registrationFields, language),
    region: region.meta({ ...region.meta(), title: registrationFields.region.title[language] }),
    profile: z
      .enum(profiles.map(({ code }) => code) as [string, ...string[]])
      .meta({ title: registrationFields.profile.title[language] })
      .optional(),
  }));

/** Registers a dispute: 201 with its view. */
export const registerDispute = async (deps: ApiDependencies, request: FastifyRequest): Promise<Answer> => {
  const language = languageOf(request);
  const command = commandOf(deps, request);
  const body = readBody(registrationSchema(language), request.body, language);
  const reader = readerOf(request);
  const done = doneOr(await deps.commands.register({ ...command, body, read: readByAnswer(reader) }));
  await recordAnswer(deps, reader, done);
  const view = viewOf(deps, request.caller!.requester, done);
  return {
    status: 201,
    headers: { location: `/v1/disputes/${view.id}`, etag: etagOf(view.version), ...replayHeader(done) },
    body: view,
  };
};
