import { z } from 'zod';
import { maySee } from '../../domain/dispute/access.js';
import type { Requester } from '../../domain/dispute/context.js';
import { disputeTypeCodes, procedureCodes } from '../../domain/routes/codes.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { Read } from '../../commands/contract.js';
import type { ListedDispute } from '../../store/read-models/list-disputes.js';
import { isSought } from '../../store/sealing/blind-index.js';
import type { Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagOf, idOf } from '../http/headers.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { offsetCursor, pageQuery, readOffset, readQuery } from '../http/read.js';
import { visibilityOf } from '../http/visibility.js';
import { civilDate, region, word } from '../schemas/from-fields.js';
import { recordShown, type Reader } from '../http/reads.js';
import { deadlineViews } from '../views/deadline-view.js';
import { disputeInShort } from '../views/dispute-view.js';
import { findableKinds, visibleValues } from '../views/masking.js';
import { eventView } from '../views/event-view.js';
import { asOfQuery, showAsOf } from './as-of.js';
import { valuesOf } from './event-values.js';
import { viewContext, viewOf } from './view-of.js';

/** The dispute of this id as it stands. Throws `not-found`, or `forbidden` where this reader may not see it. */
export const readDispute = async (deps: ApiDependencies, id: string, by: Requester): Promise<Read> => {
  const read = await deps.commands.read(idOf(id));
  if (!read) throw new Problem('not-found');
  if (!maySee(by, read.state)) throw new Problem('forbidden');
  return read;
};

/** The dispute as it stands, or as of a past moment. */
export const showDispute = async (
  deps: ApiDependencies,
  id: string,
  query: unknown,
  reader: Reader,
  language: Language,
): Promise<Answer> => {
  const by = reader.requester;
  const asOf = readQuery(asOfQuery, query, language);
  const read = await readDispute(deps, id, by);
  if (asOf.recordedAt !== undefined || asOf.occurredAt !== undefined) return showAsOf(deps, read, asOf, reader);
  await recordShown(deps, reader, 'view', [read.state]);
  return { headers: { etag: etagOf(read.state.version) }, body: viewOf(deps, by, read) };
};

export const disputesQuery = z.strictObject({
  type: z.enum(disputeTypeCodes).optional(),
  region: region.optional().meta({ description: 'Covers the regions below it' }),
  status: z.enum(['open', 'closed']).optional(),
  procedure: z.enum(procedureCodes).optional().meta({ description: 'With an open procedure of this code' }),
  step: word(60).optional(),
  owner: word(200).optional().meta({ description: 'Owning organisation or account' }),
  q: z.string().trim().min(1).max(100).optional().meta({
    description:
      'Beginning of a case code; part (two characters at least) of the title or of an organisation’s name; the whole of a person’s name, telephone, id number or of an external id. Nobody finds by what is masked for him.',
  }),
  dueBefore: civilDate.optional().meta({ description: 'With an open deadline due before this date' }),
  ...pageQuery,
});

export const listDisputes = async (deps: ApiDependencies, query: unknown, reader: Reader, language: Language) => {
  const by = reader.requester;
  const { limit, cursor, ...filter } = readQuery(disputesQuery, query, language);
  const page = await deps.lists.disputes(
    { ...filter, visibility: visibilityOf(by) },
    { limit, cursor },
    filter.q === undefined ? undefined : { isMeant: meantBy(filter.q, by), ...findableKinds(by) },
  );
  await recordShown(deps, reader, 'list', page.items.map(stateOf));
  return {
    items: page.items.map((item) => {
      const shown = { state: stateOf(item), values: item.values };
      return disputeInShort(shown.state, viewContext(deps, by, shown));
    }),
    nextCursor: page.nextCursor,
  };
};

const stateOf = ({ state }: ListedDispute): DisputeState => state as unknown as DisputeState;

/** Whether a dispute is one that these words mean, by what this reader may see of it in the clear. */
const meantBy =
  (q: string, by: Requester) =>
  (dispute: ListedDispute): boolean => {
    const state = stateOf(dispute);
    if (state.caseCode.startsWith(q)) return true;
    const { values, masked } = visibleValues(by, state, dispute.values);
    return Object.entries(values).some(
      ([ref, value]) => !masked.has(ref) && isSought(q, dispute.values[ref]!.kind, value),
    );
  };

export const eventsQuery = z.strictObject({
  values: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'With the texts and names that the reader may see, by their references' }),
  ...pageQuery,
});

/** The dispute's own stream, from its first event on. */
export const listEvents = async (
  deps: ApiDependencies,
  id: string,
  query: unknown,
  reader: Reader,
  language: Language,
): Promise<Answer> => {
  const by = reader.requester;
  const { limit = 50, cursor, values } = readQuery(eventsQuery, query, language);
  const { state } = await readDispute(deps, id, by);
  const from = (cursor === undefined ? 0 : readOffset(cursor)) + 1;
  const events = await deps.store.readStream(`dispute-${state.id}`, { from, limit });
  const next = from - 1 + events.length;
  const more = events.length === limit && next < state.version;
  const shown = values === 'true' ? await valuesOf(deps, events, state, by) : null;
  if (shown?.some((values) => Object.keys(values).length > 0)) await recordShown(deps, reader, 'events', [state]);
  const items = events.map((event, index) =>
    shown ? { ...eventView(event), values: shown[index] } : eventView(event),
  );
  return {
    headers: { etag: etagOf(state.version) },
    body: { items, nextCursor: more ? offsetCursor(next) : null },
  };
};

export const listDeadlines = async (deps: ApiDependencies, id: string, by: Requester): Promise<Answer> => {
  const read = await readDispute(deps, id, by);
  return {
    headers: { etag: etagOf(read.state.version) },
    body: { items: deadlineViews(read.state.deadlines, viewContext(deps, by, read)), nextCursor: null },
  };
};
