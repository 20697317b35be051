import { z } from 'zod';
import type { Requester } from '../../domain/dispute/context.js';
import type { ApiDependencies } from '../http/dependencies.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageQuery, readQuery } from '../http/read.js';
import { readDispute } from './read.js';

export const readsQuery = z.strictObject(pageQuery);

/** Who has been shown personal data of the dispute, the last first: for supervisors and auditors. */
export const listDisputeReads = async (
  deps: ApiDependencies,
  id: string,
  query: unknown,
  by: Requester,
  language: Language,
) => {
  const { limit, cursor } = readQuery(readsQuery, query, language);
  const { state } = await readDispute(deps, id, by);
  if (!by.roles.some((role) => role === 'supervisor' || role === 'auditor')) throw new Problem('not-your-role');
  return deps.reads.list(state.id, { limit, cursor: cursor ?? null });
};
