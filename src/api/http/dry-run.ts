import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Done } from './command.js';
import { etagOf } from './headers.js';
import { languageOf } from './language.js';
import { readQuery } from './read.js';

export const dryRunQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() });

/** Whether only what would be recorded is asked for. Throws `invalid-request`. */
export const isDryRun = (request: FastifyRequest): boolean =>
  request.url.includes('?') && readQuery(dryRunQuery, request.query, languageOf(request)).dryRun === 'true';

/** What was only foreseen has no version yet: the ETag is that of the dispute as it is. */
export const etagAfter = ({ state, events }: Done, dryRun: boolean): string =>
  etagOf(dryRun ? state.version - events.length : state.version);
