import { z } from 'zod';
import { instantOf } from '../../domain/calendar/civil-date.js';
import { disputeTypeCodes, procedureCodes } from '../../domain/routes/codes.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageQuery, readQuery } from '../http/read.js';
import { visibilityOf } from '../http/visibility.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { region } from '../schemas/from-fields.js';
import { colourOf, colours, reasonCodes } from './reasons.js';
import type { Count, StalledQuestion, StalledRow } from './stalled-list.js';

const filters = {
  region: region.optional().meta({ description: 'Covers the regions below it' }),
  type: z.enum(disputeTypeCodes).optional(),
};

export const stalledQuery = z.strictObject({
  ...filters,
  reason: z.enum(reasonCodes).optional(),
  colour: z.enum(colours).optional(),
  procedure: z.enum(procedureCodes).optional().meta({ description: 'With an open procedure of this code' }),
  ...pageQuery,
});

export const summaryQuery = z.strictObject(filters);

const supervising = (by: Requester): void => {
  const may = by.roles.some((role) => ['supervisor', 'administrator', 'auditor', 'system'].includes(role));
  if (!may) throw new Problem('not-your-role');
};

/** Milliseconds that the engine's watch may take: supervision must work with Temporal down. */
const patience = 2_000;

const orElse = async <T>(asked: (() => Promise<T>) | undefined, otherwise: T): Promise<T> => {
  if (!asked) return otherwise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((answer) => {
    timer = setTimeout(() => answer(otherwise), patience);
  });
  try {
    return await Promise.race([asked(), late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
};

const questionOf = async (deps: Dependencies, by: Requester): Promise<StalledQuestion> => {
  // Of what cannot be asked nothing is claimed: the store itself shows what the engine has not taken.
  const [hasWorker, problems] = await Promise.all([
    orElse(deps.engine?.hasWorker, true),
    orElse(deps.engine?.problems, []),
  ]);
  return { visibility: visibilityOf(by), now: deps.clock(), engine: { hasWorker, problems } };
};

const itemOf = ({ disputeId, caseCode, reason, since, role, organisation, detail: all }: StalledRow) => {
  const { suggestedActions = [], ...detail } = all;
  return {
    disputeId,
    caseCode,
    reason,
    since: instantOf(since.getTime()),
    waitingFor: { role, organisation },
    colour: colourOf(reason),
    detail,
    suggestedActions,
  };
};

/** Disputes that should move and do not, longest first. Throws `not-your-role`. */
export const listStalled = async (deps: Dependencies, query: unknown, by: Requester, language: Language) => {
  supervising(by);
  const { limit, cursor, ...filter } = readQuery(stalledQuery, query, language);
  const question = { ...(await questionOf(deps, by)), ...filter };
  const { items, nextCursor } = await deps.further.stalled(question, { limit, cursor: cursor ?? null });
  return { items: items.map(itemOf), nextCursor };
};

/** How many are stalled, by reason, colour, region and procedure, each with a link to its list. Throws `not-your-role`. */
export const summariseStalled = async (deps: Dependencies, query: unknown, by: Requester, language: Language) => {
  supervising(by);
  const filter = readQuery(summaryQuery, query, language);
  const question = { ...(await questionOf(deps, by)), ...filter };
  const counts = await deps.further.stalledCounts(question);
  const linked = (name: string, of: readonly Count[]) =>
    of.map(({ key, count }) => ({ key, count, href: hrefOf({ ...filter, [name]: key }) }));
  return {
    asOf: instantOf(question.now.getTime()),
    total: counts.total,
    reason: linked('reason', counts.reason),
    colour: linked('colour', byColour(counts.reason)),
    region: linked('region', counts.region),
    procedure: linked('procedure', counts.procedure),
  };
};

const byColour = (reasons: readonly Count[]): Count[] =>
  colours
    .map((key) => ({
      key,
      count: reasons.filter((reason) => colourOf(reason.key) === key).reduce((sum, { count }) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0);

const hrefOf = (query: Record<string, string | undefined>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/v1/supervision/stalled?${new URLSearchParams(given).toString()}`;
};
