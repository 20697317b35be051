import { z } from 'zod';
import { inRegion } from '../../domain/dispute/access.js';
import type { Requester, Role } from '../../domain/dispute/context.js';
import type { DisputeState, Handoff } from '../../domain/dispute/state.js';
import type { Read } from '../../commands/contract.js';
import { readDispute } from '../disputes/read.js';
import { viewContext } from '../disputes/view-of.js';
import type { Answer } from '../http/command.js';
import { etagOf } from '../http/headers.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageQuery, readQuery } from '../http/read.js';
import { recordShown, recordShownIn, type Reader } from '../http/reads.js';
import { seesReasons } from '../views/masking.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { word } from '../schemas/from-fields.js';
import type { HandoffQuestion } from './handoff-list.js';
import { handoffIn } from './handoff-view.js';

export const handoffStatuses = ['requested', 'delivered', 'escalated', 'accepted', 'returned', 'cancelled'] as const;

export const handoffsQuery = z.strictObject({
  to: word(200).optional().meta({ description: 'Receiving organisation' }),
  status: z.enum(handoffStatuses).optional(),
  ...pageQuery,
});

const has = (by: Requester, roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));

/** Desks that see every handoff of their region; all other staff see those from and to their own organisation. */
const regionWide: readonly Role[] = ['supervisor', 'intake', 'auditor', 'administrator'];

const visibleTo = (by: Requester): HandoffQuestion['visible'] => {
  if (has(by, ['system'])) return 'all';
  if (by.roles.every((role) => role === 'party')) return { organisation: null, region: null };
  if (!has(by, regionWide)) return { organisation: by.organisation, region: null };
  return by.region === null || by.region === '100000' ? 'all' : { organisation: by.organisation, region: by.region };
};

export const listHandoffs = async (deps: Dependencies, query: unknown, reader: Reader, language: Language) => {
  const by = reader.requester;
  const { limit, cursor, ...filter } = readQuery(handoffsQuery, query, language);
  const question = { ...filter, visible: visibleTo(by), reasons: seesReasons(by) };
  const page = await deps.further.handoffs(question, { limit, cursor: cursor ?? null });
  const shown = question.reasons ? page.items.filter(({ returned }) => returned !== null) : [];
  await recordShownIn(deps, reader, 'handoffs', [...new Set(shown.map(({ disputeId }) => disputeId))]);
  return page;
};

const handoffIdPattern = /^[\w.:-]{1,120}$/;

/** The dispute of a handoff. Throws `not-found`. */
export const disputeOf = async (deps: Dependencies, handoffId: string): Promise<string> => {
  const row = handoffIdPattern.test(handoffId) ? await deps.lists.handoff(handoffId) : null;
  if (!row) throw new Problem('not-found');
  return row.disputeId;
};

/** A handoff and its dispute. Throws `not-found`, or `forbidden` where this reader may not see the dispute. */
export const readHandoff = async (
  deps: Dependencies,
  handoffId: string,
  by: Requester,
): Promise<{ read: Read; handoff: Handoff }> => {
  const read = await readDispute(deps, await disputeOf(deps, handoffId), by);
  const handoff = read.state.handoffs[handoffId];
  if (!handoff) throw new Problem('not-found');
  return { read, handoff };
};

export const showHandoff = async (deps: Dependencies, handoffId: string, reader: Reader): Promise<Answer> => {
  const by = reader.requester;
  const { read, handoff } = await readHandoff(deps, handoffId, by);
  if (handoff.externalId || handoff.returned) await recordShown(deps, reader, 'handoff', [read.state]);
  return {
    headers: { etag: etagOf(read.state.version) },
    body: handoffIn(read.state, handoff, viewContext(deps, by, read)),
  };
};

/** Wherever they work: their eyes are on the system, or on the course of matters, not on the people in them. */
const withoutPackages: readonly Role[] = ['party', 'auditor', 'administrator'];

/** The package holds everything: staff of its two ends only, and the supervisor of the region. */
export const mayOpenPackage = (by: Requester, state: DisputeState, { from, to }: Handoff): boolean =>
  has(by, ['system']) ||
  (has(by, ['supervisor']) && inRegion(by, state)) ||
  (by.roles.some((role) => !withoutPackages.includes(role)) &&
    (by.organisation === from.code || by.organisation === to.code));
