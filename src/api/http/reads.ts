import type { FastifyRequest } from 'fastify';
import type { ReadOf } from '../../commands/contract.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { ReadKind, ReadRecord } from '../../store/contract.js';
import { seesPersonalData } from '../views/masking.js';
import type { Caller } from './caller.js';
import type { Done } from './command.js';
import type { ApiDependencies } from './dependencies.js';

/** Who is shown something, and by which request. */
export type Reader = Pick<Caller, 'requester' | 'kind'> & { requestId: string };

export const readerOf = (request: FastifyRequest): Reader => ({ ...request.caller!, requestId: request.id });

const recordOf = (
  { requester, kind, requestId }: Reader,
  what: ReadKind,
  disputeIds: readonly string[],
): ReadRecord => ({
  account: requester.account,
  kind,
  roles: requester.roles,
  organisation: requester.organisation,
  what,
  disputeIds,
  requestId,
});

/**
 * Records that personal data in these disputes are shown in the clear to somebody, before they are. One who sees only
 * masks is not recorded. Throws where it cannot be recorded: then nothing may be shown.
 */
export const recordShown = async (
  { reads }: Pick<ApiDependencies, 'reads'>,
  reader: Reader,
  what: ReadKind,
  states: readonly DisputeState[],
): Promise<void> => {
  const seen = states.filter((state) => seesPersonalData(reader.requester, state));
  await recordShownIn(
    { reads },
    reader,
    what,
    seen.map(({ id }) => id),
  );
};

/** As `recordShown`, where it is known in which disputes something is shown in the clear. */
export const recordShownIn = async (
  { reads }: Pick<ApiDependencies, 'reads'>,
  reader: Reader,
  what: ReadKind,
  disputeIds: readonly string[],
): Promise<void> => {
  if (disputeIds.length > 0) await reads.record(recordOf(reader, what, disputeIds));
};

/** What a command records of its own answer, in one with its events. */
export const readByAnswer =
  (reader: Reader, what: ReadKind = 'command'): ReadOf =>
  (state) =>
    seesPersonalData(reader.requester, state) ? recordOf(reader, what, [state.id]) : null;

/** Records what a command could not: the answer of a dry run, and the first answer given again. */
export const recordAnswer = async (
  deps: Pick<ApiDependencies, 'reads'>,
  reader: Reader,
  done: Done,
  { dryRun = false }: { dryRun?: boolean | undefined } = {},
): Promise<void> => {
  if (!done.readRecorded) await recordShown(deps, reader, dryRun ? 'dry-run' : 'command', [done.state]);
};
