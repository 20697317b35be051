import { disputeFacts } from '../../src/domain/dispute/facts.js';
import {
  disputeTypes,
  mediationTracks,
  outcomes,
  procedureNames,
  type ProcedureCode,
} from '../../src/domain/routes/codes.js';
import { routeTable } from '../../src/domain/routes/route-table.js';
import type { FactGuard, FactName, RouteBasis, RouteRow } from '../../src/domain/routes/types.js';
import { findRule } from '../../src/domain/rules/rule-book.js';
import { code, page, table } from './markdown.js';
import { badge, byName, cite, listed, period, say, type Language } from './words.js';

/** The decision table: out of which stage and outcome which procedure may follow, and which not. */
export const routesPage = (language: Language): string => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return page([
    `# ${t('决定表：途径', 'Decision table: routes')}`,
    '',
    `> ${t('由 `npm run generate` 从决定表生成，请勿手工修改。', 'Generated from the decision table by `npm run generate`; do not edit.')} ${t('[English](routes.en.md)', '[中文](routes.zh.md)')} · ${t('[目录](index.zh.md)', '[Index](index.en.md)')}`,
    '',
    t(
      '每行是一种情形：什么纠纷，从哪个程序、以什么结果而来，因此可以（✓）和不可以（✗）进入哪些程序，以及承办机构应办的事（!）。一行有几种情形的，列为几段。',
      'Each row is a case: what dispute, out of which procedure and with which outcome; so which procedures may follow (✓), which may not (✗), and what the body must heed (!). A row with several cases has several parts.',
    ),
    '',
    ...[...new Set(routeTable.map(({ row }) => row))].flatMap((row) => [
      `## ${row}`,
      '',
      ...routeTable.filter((one) => one.row === row).flatMap((one) => caseLines(one, language)),
    ]),
  ]);
};

const caseLines = (row: RouteRow, language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const colon = t('：', ': ');
  const usual = Object.entries(row.usual ?? {}).map(([fact, value]) => `${fact} = ${String(value)}`);
  const without = row.asIntakeWithout;
  return [
    `**${say(row.text, language)}** ${badge(row.confidence ?? 'verified', language)}`,
    '',
    `- ${t('纠纷', 'Disputes')}${colon}${typesOf(row.types, language)}`,
    `- ${t('来自', 'Out of')}${colon}${fromOf(row.from, language)}${t('，结果', '; outcome')}${colon}${outcomeOf(row.outcome, language)}`,
    ...(row.when ? [`- ${t('条件', 'When')}${colon}${guardOf(row.when, language)}`] : []),
    ...(usual.length > 0
      ? [`- ${t('未填事实时的通常情形', 'Usual case of a missing fact')}${colon}${usual.map(code).join(' ')}`]
      : []),
    ...(row.exceptionTo
      ? [`- ${t('例外于第', 'Exception to rows ')}${row.exceptionTo.join(t('、', ', '))}${t('行', '')}`]
      : []),
    ...(without
      ? [
          `- ✓ ${t('登记时可走的程序', 'the procedures that were open at intake')}${
            without.length > 0
              ? t('，除外', ', but for') +
                colon +
                listed(
                  without.map((one) => procedure(one, language)),
                  language,
                )
              : ''
          }`,
        ]
      : []),
    `- ${t('依据', 'Basis')}${colon}${citeRoute(row.basis, language)}`,
    '',
    ...table(
      [
        '',
        t('程序', 'Procedure'),
        t('谁', 'By whom'),
        t('条件', 'When'),
        t('期限', 'Period'),
        t('依据', 'Basis'),
        t('说明或理由', 'Note or reason'),
        t('可信度', 'Confidence'),
      ],
      [...permitRows(row, language), ...forbidRows(row, language), ...dutyRows(row, language)],
    ),
  ];
};

const permitRows = (row: RouteRow, language: Language): string[][] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return (row.permit ?? []).map((cell) => [
    '✓',
    procedure(cell.procedure, language) +
      (cell.track ? ` (${say(mediationTracks[cell.track], language)})` : '') +
      (cell.kind === 'return' ? `\n${t('回到进行中的程序', 'goes on in the open one')}` : ''),
    [
      byName(cell.by ?? 'either', language),
      cell.jointly ? t('须共同', 'only jointly') : '',
      cell.parallel ? t('可并行', 'may run beside others') : '',
    ]
      .filter(Boolean)
      .join('\n'),
    cell.when ? guardOf(cell.when, language) : '',
    cell.deadline ? periodOf(cell.deadline, language) : '',
    citeRoute(cell.basis ?? row.basis, language),
    cell.note ? say(cell.note, language) : '',
    badge(cell.confidence ?? row.confidence ?? 'verified', language),
  ]);
};

const forbidRows = (row: RouteRow, language: Language): string[][] =>
  (row.forbid ?? []).map((cell) => [
    '✗',
    procedure(cell.procedure, language),
    byName(cell.by ?? 'either', language),
    cell.when ? guardOf(cell.when, language) : '',
    '',
    citeRoute(cell.basis ?? row.basis, language),
    say(cell.reason, language),
    badge(cell.confidence ?? row.confidence ?? 'verified', language),
  ]);

const dutyRows = (row: RouteRow, language: Language): string[][] =>
  (row.duties ?? []).map((cell) => [
    '!',
    say({ zh: '承办机构应办', en: 'the body must' }, language),
    byName('body', language),
    cell.when ? guardOf(cell.when, language) : '',
    '',
    citeRoute(cell.basis ?? row.basis, language),
    say(cell.text, language),
    badge(row.confidence ?? 'verified', language),
  ]);

const procedure = (of: ProcedureCode, language: Language): string => `${say(procedureNames[of], language)} ${code(of)}`;

const citeRoute = (basis: RouteBasis, language: Language): string =>
  `${cite(basis, language)}${basis.rule ? ` ${code(basis.rule)}` : ''}`;

const periodOf = (rule: string, language: Language): string => {
  const found = findRule(rule);
  return found ? `${code(rule)} ${period(found, language)}` : code(rule);
};

const typesOf = (types: RouteRow['types'], language: Language): string => {
  if (types === 'any') return say({ zh: '各类', en: 'all' }, language);
  if (types === 'any-civil') return say({ zh: '各类民事', en: 'all with a civil side' }, language);
  return listed(
    types.map((type) => say(disputeTypes[type], language)),
    language,
  );
};

const fromOf = (from: RouteRow['from'], language: Language): string => {
  if (from === 'any') return say({ zh: '任何程序', en: 'any procedure' }, language);
  const name = (one: ProcedureCode | 'intake') =>
    one === 'intake' ? say({ zh: '登记', en: 'intake' }, language) : say(procedureNames[one], language);
  return listed(from.map(name), language);
};

const outcomeOf = (outcome: RouteRow['outcome'], language: Language): string =>
  outcome === 'any'
    ? say({ zh: '任何', en: 'any' }, language)
    : listed(
        outcome.map((one) => say(outcomes[one], language)),
        language,
      );

const factOf = (fact: FactName, language: Language): string => {
  const { title } = disputeFacts[fact];
  return `${title ? say(title, language) : fact} (${code(fact)})`;
};

/** A condition on facts in words. */
const guardOf = (guard: FactGuard, language: Language): string => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const inner = (one: FactGuard) =>
    'all' in one || 'any' in one ? `(${guardOf(one, language)})` : guardOf(one, language);
  if ('all' in guard) return guard.all.map(inner).join(t(' 且 ', ' and '));
  if ('any' in guard) return guard.any.map(inner).join(t(' 或 ', ' or '));
  if ('not' in guard) return `${t('非：', 'not: ')}${inner(guard.not)}`;
  if ('known' in guard) return `${factOf(guard.known, language)} ${t('已知', 'is given')}`;
  if ('within' in guard)
    return t(
      `${guard.rule} 未届满（自${factOf(guard.within, language)}起 ${guard.days} 日）`,
      `${guard.rule} has not passed (${guard.days} days from ${factOf(guard.within, language)})`,
    );
  if ('is' in guard) return `${factOf(guard.fact, language)} = ${code(String(guard.is))}`;
  return `${factOf(guard.fact, language)} ≥ ${guard.atLeast}`;
};
