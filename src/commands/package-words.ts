import { outcomes, procedureNames } from '../domain/routes/codes.js';

/** Codes of a package's records in Chinese words; what has no word stands as its code. */

const partyRoles: Readonly<Record<string, string>> = {
  claimant: '申请人',
  respondent: '被申请人',
  'third-party': '第三人',
};
const capacities: Readonly<Record<string, string>> = {
  worker: '劳动者',
  employer: '用人单位',
  applicant: '申请人',
  authority: '行政机关',
};
const furtherOutcomes: Readonly<Record<string, string>> = { settled: '和解', performed: '已履行' };

const word = (words: object, code: unknown): string => {
  const found = typeof code === 'string' ? (words as Record<string, unknown>)[code] : undefined;
  if (typeof found === 'string') return found;
  const named = found as { zh: string } | undefined;
  return named?.zh ?? String(code ?? '');
};

export const disputeWords = {
  procedure: (code: unknown): string => word(procedureNames, code),
  outcome: (code: unknown): string => word({ ...outcomes, ...furtherOutcomes }, code),
  party: ({ role, capacity }: { role: string; capacity: string | null }): string =>
    `${word(partyRoles, role)}${capacity === null ? '' : `（${word(capacities, capacity)}）`}`,
  body: ({ code, name }: { code: string; name: unknown }): string =>
    typeof name === 'string' ? `${name}（${code}）` : code,
  money: (money: { amount: string; currency: string } | null): string => (money === null ? '' : `${money.amount} 元`),
  /** A text; absent where it was erased. */
  shown: (text: unknown): string => (typeof text === 'string' ? text : '（已删除）'),
  yes: (flag: unknown): string => (flag === true ? '是' : '否'),
};
