import { z } from 'zod';
import type { Requester } from '../../domain/dispute/context.js';
import { disputeTypeCodes, procedureCodes } from '../../domain/routes/codes.js';
import { worklistKinds } from '../../projections/worklists.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageQuery, readQuery } from '../http/read.js';
import { visibilityOf } from '../http/visibility.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { civilDate, region, word } from '../schemas/from-fields.js';
import type { Kpis } from './kpi-list.js';

/** A month of Asia/Shanghai; of a civil date, its month. */
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])(-\d\d)?$/)
  .transform((text) => text.slice(0, 7))
  .optional();

const inRegion = region.optional().meta({ description: 'Covers the regions below it' });

export const kpisQuery = z.strictObject({
  region: inRegion,
  type: z.enum(disputeTypeCodes).optional(),
  procedure: z.enum(procedureCodes).optional(),
  from: month.meta({ description: 'First month, YYYY-MM', examples: ['2026-01'] }),
  to: month.meta({ description: 'Last month, YYYY-MM', examples: ['2026-12'] }),
  ...pageQuery,
});

const supervisors: readonly string[] = ['supervisor', 'administrator', 'auditor', 'system'];

/** Average days from the beginning to the end of what was closed; null where nothing was. */
const withAverage = <T extends Kpis>(kpis: T) => ({
  ...kpis,
  averageDays: kpis.closed === 0 ? null : Math.round((kpis.closedDays / kpis.closed) * 10) / 10,
});

/** Counts by region, type, procedure and month, of the caller's region. Throws `not-your-role`. */
export const listKpis = async (deps: Dependencies, query: unknown, by: Requester, language: Language) => {
  if (!by.roles.some((role) => supervisors.includes(role))) throw new Problem('not-your-role');
  const { limit, cursor, ...filter } = readQuery(kpisQuery, query, language);
  const { all, regionPrefixes = [] } = visibilityOf(by);
  const question = { ...filter, visible: all ? ('all' as const) : regionPrefixes };
  const standing = await deps.further.standing('kpis');
  const [{ items, nextCursor }, sums] = await Promise.all([
    deps.further.kpis(question, { limit, cursor: cursor ?? null }),
    deps.further.kpiSums(question),
  ]);
  const total = { disputes: withAverage(sums.disputes), procedures: withAverage(sums.procedures) };
  return { ...standing, total, items: items.map(withAverage), nextCursor };
};

export const worklistQuery = z.strictObject({
  kind: z.enum(worklistKinds).optional(),
  dueBefore: civilDate.optional().meta({ format: 'date', description: 'Due before this civil date' }),
  mine: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: not what waits for the organisation at large' }),
  ...pageQuery,
});

/** What is due next and what waits: for the caller, and as staff for the caller's organisation. */
export const listWork = async (deps: Dependencies, query: unknown, by: Requester, language: Language) => {
  const { limit, cursor, mine, ...filter } = readQuery(worklistQuery, query, language);
  const isStaff = by.roles.some((role) => role !== 'party');
  const standing = await deps.further.standing('worklists');
  const { items, nextCursor } = await deps.further.work(
    {
      ...filter,
      visibility: visibilityOf(by),
      account: by.account,
      organisation: isStaff && mine !== 'true' ? by.organisation : null,
    },
    { limit, cursor: cursor ?? null },
  );
  const now = deps.clock().toISOString();
  const shown = items.map((item) => ({ ...item, overdue: item.dueAt !== null && item.dueAt <= now }));
  return { ...standing, items: shown, nextCursor };
};

const code = word(60).optional();

export const searchQuery = z.strictObject({
  region: inRegion,
  type: z.enum(disputeTypeCodes).optional(),
  status: z.enum(['open', 'closed']).optional(),
  procedure: z.enum(procedureCodes).optional(),
  outcome: code.meta({ description: 'How a procedure ended; with `procedure`, that one' }),
  body: word(200).optional().meta({ description: 'Organisation before which a procedure is or was' }),
  elapsed: code.meta({ description: 'Rule of a period that elapsed', examples: ['LD-16'] }),
  registeredFrom: civilDate.optional(),
  registeredTo: civilDate.optional(),
  closedFrom: civilDate.optional(),
  closedTo: civilDate.optional(),
  facets: z.enum(['true', 'false']).optional().meta({ description: '`true`: also counts of what was found' }),
  ...pageQuery,
});

/** Disputes by how they went. The same disputes may be seen as in the list of disputes. */
export const searchDisputes = async (deps: Dependencies, query: unknown, by: Requester, language: Language) => {
  const { limit, cursor, facets, ...filter } = readQuery(searchQuery, query, language);
  const question = { ...filter, visibility: visibilityOf(by) };
  const standing = await deps.further.standing('search');
  const [page, counted] = await Promise.all([
    deps.further.search(question, { limit, cursor: cursor ?? null }),
    facets === 'true' ? deps.further.facets(question) : undefined,
  ]);
  return { ...standing, ...page, ...(counted === undefined ? {} : { facets: counted }) };
};
