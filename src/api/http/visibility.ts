import type { Requester } from '../../domain/dispute/context.js';
import type { Visibility } from '../../store/read-models/visibility.js';

/** Which disputes a list may show: the same as `maySee` allows one by one. */
export const visibilityOf = ({ roles, region, organisation, account }: Requester): Visibility => {
  if (roles.includes('system')) return { all: true };
  if (roles.every((role) => role === 'party')) return roles.length === 0 ? {} : { account };
  if (region === null || region === '100000') return { all: true };
  return { regionPrefixes: [region], account, ...(organisation === null ? {} : { organisation }) };
};
