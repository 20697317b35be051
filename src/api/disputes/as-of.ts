import { z } from 'zod';
import { isCivilDate } from '../../domain/calendar/civil-date.js';
import { endOf, knownBy, stateAt } from '../../domain/dispute/as-of.js';
import { fold } from '../../domain/dispute/evolve.js';
import { dateOf } from '../../domain/dispute/occurred.js';
import { refuse } from '../../domain/dispute/refusal.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import { isAfter } from '../../domain/dispute/work.js';
import { profileOf } from '../../domain/profiles/profiles.js';
import type { Read } from '../../commands/contract.js';
import type { Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { Problem, refused } from '../http/problem.js';
import { recordShown, type Reader } from '../http/reads.js';
import { instant, occurred } from '../schemas/from-fields.js';
import { disputeView } from '../views/dispute-view.js';
import type { ViewContext } from '../views/view-context.js';
import { viewContext } from './view-of.js';

/** In a query `+` means a space, and a space has no place in an instant: what was meant is clear. */
const withPlus = (text: string): string => text.replace(/ (?=\d\d:\d\d$)/, '+');

/** A schema's instants and dates in a query, whose `+` may have been left bare. */
export const inQueryText = (schema: typeof instant) =>
  z
    .string()
    .overwrite(withPlus)
    .refine((text) => schema.safeParse(text).success, { error: 'RFC 3339 + offset' });

export const asOfQuery = z.strictObject({
  recordedAt: inQueryText(instant)
    .optional()
    .meta({ format: 'date-time', description: '当时已记录的情况 · as it was known at this instant' }),
  occurredAt: inQueryText(occurred).optional().meta({
    description:
      '现在所知的、当时的实际情况；日期指该日终了（Asia/Shanghai） · what is known to have been true then; a civil date means the end of that day',
  }),
});

export type AsOf = z.output<typeof asOfQuery>;

const inFuture = (pointer: string): Problem => refused(refuse('date-in-future', { pointer }));

/** Throws `date-in-future`: of an instant that has not come, nothing has been recorded. */
export const notInFuture = (pointer: string, at: string, now: string): void => {
  if (isCivilDate(at) ? at > dateOf(now) : isAfter(at, now)) throw inFuture(pointer);
};

/** How this reader sees a past state: by today's rights, with today's erasures, and the colours of that instant. */
export const pastContext = (
  deps: ApiDependencies,
  { requester }: Reader,
  present: Read,
  past: DisputeState,
  now: string,
): ViewContext => {
  const context = viewContext(deps, requester, present);
  return { ...context, now, profile: profileOf(past.profile.code) ?? context.profile };
};

/** A past state as far as it may still be shown: what was erased since is erased in the past, too. */
export const shownPast = (past: DisputeState, { state: { erased } }: Read): DisputeState =>
  erased ? { ...past, erased } : past;

/**
 * The dispute as it was known at `recordedAt`, as it is known to have stood at `occurredAt`, or as it was known at the
 * one to have stood at the other. Without an ETag: nothing can be decided on a past state. Throws `not-found` where the
 * dispute did not exist then, `date-in-future`.
 */
export const showAsOf = async (
  deps: ApiDependencies,
  present: Read,
  { recordedAt, occurredAt }: AsOf,
  reader: Reader,
): Promise<Answer> => {
  const now = deps.commands.now();
  if (recordedAt !== undefined) notInFuture('?recordedAt', recordedAt, now);
  const knownAt = recordedAt ?? now;
  if (occurredAt !== undefined) notInFuture('?occurredAt', occurredAt, knownAt);
  const known = knownBy(await deps.commands.history(present.state.id), knownAt);
  const context = { ...deps.commands.contextFor(reader.requester, present.state), now: knownAt };
  const stood = occurredAt === undefined ? { state: fold(known), unplaced: [] } : stateAt(known, occurredAt, context);
  if (!stood?.state) throw new Problem('not-found');
  await recordShown(deps, reader, 'view', [present.state]);
  const moment = occurredAt === undefined || isAfter(endOf(occurredAt), knownAt) ? knownAt : endOf(occurredAt);
  const view = disputeView(shownPast(stood.state, present), pastContext(deps, reader, present, stood.state, moment));
  const { unplaced } = stood;
  return {
    body: {
      ...view,
      asOf: {
        recordedAt: recordedAt ?? null,
        occurredAt: occurredAt ?? null,
        ...(unplaced.length > 0 ? { unplaced } : {}),
      },
    },
  };
};
