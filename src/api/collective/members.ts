import { z } from 'zod';
import type { Requester } from '../../domain/dispute/context.js';
import { readDispute } from '../disputes/read.js';
import type { Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagOf } from '../http/headers.js';
import type { Language } from '../http/language.js';
import { pageOf, pageQuery, readQuery } from '../http/read.js';

export const membersQuery = z.strictObject(pageQuery);

/** Members of a collective dispute by their references, a page at a time: none where it is not collective. */
export const listMembers = async (
  deps: ApiDependencies,
  id: string,
  query: unknown,
  by: Requester,
  language: Language,
): Promise<Answer> => {
  const page = readQuery(membersQuery, query, language);
  const { state } = await readDispute(deps, id, by);
  const { members = {}, representatives = [] } = state.collective ?? {};
  const items = Object.entries(members).map(([member, { status, consent, disputeId }]) => ({
    member,
    status,
    consent,
    representative: representatives.includes(member),
    disputeId,
  }));
  return { headers: { etag: etagOf(state.version) }, body: pageOf(items, page) };
};
