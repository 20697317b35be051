import type { ActionDefinition, ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { procedureDefinition } from '../../src/domain/procedures/procedures.js';
import {
  disputeTypes,
  mediationTracks,
  procedureNames,
  type LocalText,
  type ProcedureCode,
} from '../../src/domain/routes/codes.js';
import { basisOf, findNorm, findRule } from '../../src/domain/rules/rule-book.js';
import { stallReasons } from '../../src/domain/stall/stall.js';
import type { Consequence, Consequences, Elsewhere, Trigger } from './consequence.js';
import { diagram, type Arrow } from './diagram.js';
import { fieldRows } from './field-rows.js';
import { code, page, section, table } from './markdown.js';
import { periodRows } from './period-rows.js';
import { followsOf, triggerName } from './trigger-words.js';
import { badge, cite, listed, natures, outcomeName, roleNames, say, waitedFor, type Language } from './words.js';

/** One procedure as a page: steps, acts, periods, outcomes and the picture of how one leads to another. */
export const procedurePage = (definition: ProcedureDefinition, all: Consequences, language: Language): string => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const own = all.get(definition.code) ?? [];
  const { nature, opening, tracks, offers } = definition;
  return page([
    `# ${say(procedureNames[definition.code], language)} ${code(definition.code)}`,
    '',
    `> ${t('由 `npm run generate` 从定义生成，请勿手工修改。', 'Generated from the definitions by `npm run generate`; do not edit.')} ${t(`[English](${definition.code}.en.md)`, `[中文](${definition.code}.zh.md)`)} · ${t('[目录](../index.zh.md)', '[Index](../index.en.md)')}`,
    '',
    `- ${t('性质', 'Nature')}${t('：', ': ')}${say(natures[nature], language)}`,
    ...(tracks
      ? [
          `- ${t('类别', 'Tracks')}${t('：', ': ')}${tracks.map((track) => `${trackName(track, language)} ${code(track)}`).join(t('、', ', '))}`,
        ]
      : []),
    `- ${t('谁可以启动', 'Opened by')}${t('：', ': ')}${roles(opening.by, language)}${t('；登记窗口和督导员可为其辖区内任何机构启动', '; the intake desk and supervisors for any body of their region')}`,
    ...(opening.basis ? [`- ${t('依据', 'Basis')}${t('：', ': ')}${basis(opening.basis, language)}`] : []),
    ...(offers ?? []).map(
      (offer) =>
        `- ${t('进行中可以启动', 'While open it offers')}${t('：', ': ')}${say(procedureNames[offer.procedure], language)} ${code(offer.procedure)} (${offer.in.map(code).join(t('、', ', '))}${t('；', '; ')}${basis(offer.basis, language)})`,
    ),
    '',
    `## ${t('状态图', 'Diagram')}`,
    '',
    ...diagram(definition, arrowsOf(definition, all, language), language),
    ...section(`## ${t('步骤', 'Steps')}`, stepRows(definition, language)),
    ...section(`## ${t('操作', 'Actions')}`, [
      ...actionRows(definition, own, language),
      t(
        '每个案件都有的操作见[案件操作](../dispute.zh.md)。',
        'Actions that every dispute has: see [the dispute](../dispute.en.md).',
      ),
      '',
    ]),
    ...section(`## ${t('期限', 'Periods')}`, periodRows(definition, all, language)),
    ...section(`## ${t('对其他程序的影响', 'Effects on other procedures')}`, effectRows(own, definition, language)),
    ...section(`## ${t('结果', 'Outcomes')}`, outcomeRows(definition, all, language)),
    ...section(`## ${t('操作的字段', 'Fields of the actions')}`, fieldRows(definition.actions, language)),
  ]);
};

/** A track is one of the mediation's own, or the kind of dispute that it is for. */
const trackName = (track: string, language: Language): string => {
  const names: Partial<Record<string, LocalText>> = { ...disputeTypes, ...mediationTracks };
  return say(names[track] ?? { zh: '其他', en: 'other' }, language);
};

const roles = (by: ActionDefinition['by'], language: Language): string =>
  listed(
    by.map((role) => say(roleNames[role], language)),
    language,
  );

/** Law, article, code, and whether the law was read. */
export const basis = (rule: string, language: Language): string => {
  const found = findRule(rule) ?? findNorm(rule);
  const doubt = found?.confidence === 'unverified' ? ` ${badge('unverified', language)}` : '';
  return `${cite(basisOf(rule), language)} ${code(rule)}${doubt}`;
};

const stepRows = ({ steps }: ProcedureDefinition, language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return table(
    [t('代码', 'Code'), t('步骤', 'Step'), t('等谁行动', 'Who must act'), t('停滞原因', 'Counts as stalled as')],
    Object.entries(steps).map(([name, { title, waitsFor, stalls }]) => [
      code(name),
      say(title, language),
      waitsFor.who === 'nobody'
        ? say(waitedFor.nobody, language)
        : `${say(waitedFor[waitsFor.who], language)}${waitsFor.who === 'parties' ? '' : t('：', ': ') + say(roleNames[waitsFor.role], language)}`,
      `${say(stallReasons[stalls], language)} ${code(stalls)}`,
    ]),
  );
};

const actionRows = (
  { actions, steps }: ProcedureDefinition,
  own: readonly Consequence[],
  language: Language,
): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return table(
    [
      t('操作', 'Action'),
      t('谁', 'By whom'),
      t('在哪些步骤', 'In which steps'),
      t('之后', 'What follows'),
      t('依据', 'Basis'),
    ],
    Object.entries(actions).map(([name, action]) => [
      `${say(action.title, language)}\n${code(name)}`,
      roles(action.by, language),
      [
        (action.in ?? [t('任何步骤', 'any step')]).map((step) => (steps[step] ? code(step) : step)).join(' '),
        action.afterClose ? t('终结后', 'after the end') : '',
      ]
        .filter(Boolean)
        .join('\n'),
      followsOf(
        own.find(({ trigger }) => trigger.kind === 'action' && trigger.action === name),
        language,
      ),
      [action.basis ? basis(action.basis, language) : '', `${t('事件', 'event')} ${code(action.records)}`]
        .filter(Boolean)
        .join('\n'),
    ]),
  );
};

const arrowsOf = (definition: ProcedureDefinition, all: Consequences, language: Language): Arrow[] => {
  const own = (all.get(definition.code) ?? []).flatMap(({ trigger, moves }) =>
    moves.map((move) => ({ ...move, label: triggerName(definition, trigger, language) })),
  );
  const others = fromElsewhere(definition.code, all).map(({ by, trigger, ...move }) => ({
    ...move,
    label: `${say(procedureNames[by.code], language)} – ${triggerName(by, trigger, language)}`,
  }));
  // While the awaited act can still be done, and its period has passed.
  const awaited = (rule: string): string[] => {
    const meeting = (all.get(definition.code) ?? []).flatMap(({ trigger, meets }) =>
      trigger.kind === 'action' && meets.includes(rule) ? [...(definition.actions[trigger.action]?.in ?? [])] : [],
    );
    return meeting.length > 0 ? [...new Set(meeting)] : Object.keys(definition.steps);
  };
  const goingOn = Object.entries(definition.elapses ?? {}).flatMap(([rule, { opens }]) =>
    opens
      ? awaited(rule).map((from) => ({
          from,
          to: { outcome: opens },
          label: say({ zh: `${rule} 届满后当事人另行启动程序`, en: `${rule} elapsed and a party goes on` }, language),
        }))
      : [],
  );
  return [...own, ...others, ...goingOn];
};

/** What other procedures do to this one. */
const fromElsewhere = (
  to: ProcedureCode,
  all: Consequences,
): (Elsewhere & { by: ProcedureDefinition; trigger: Trigger })[] =>
  [...all].flatMap(([from, list]) =>
    list.flatMap(({ trigger, elsewhere }) =>
      elsewhere
        .filter(({ procedure }) => procedure === to)
        .map((one) => ({ ...one, by: procedureDefinition(from), trigger })),
    ),
  );

const effectRows = (own: readonly Consequence[], definition: ProcedureDefinition, language: Language): string[] =>
  own.flatMap(({ trigger, elsewhere }) =>
    elsewhere.map(({ procedure, from, to }) => {
      const target = 'step' in to ? `→ ${code(to.step)}` : `■ ${code(to.outcome)}`;
      const name = triggerName(definition, trigger, language);
      return `- ${name}${say({ zh: '：', en: ': ' }, language)}${say(procedureNames[procedure], language)} ${from === null ? '' : `${code(from)} `}${target}`;
    }),
  );

const outcomeRows = (definition: ProcedureDefinition, all: Consequences, language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const arrows = arrowsOf(definition, all, language);
  const reached = (outcome: string) =>
    arrows.filter(({ to }) => 'outcome' in to && to.outcome === outcome).map(({ label }) => label);
  const known = [
    ...new Set([...definition.outcomes, ...arrows.flatMap(({ to }) => ('outcome' in to ? [to.outcome] : []))]),
  ];
  return [
    ...table(
      [t('代码', 'Code'), t('结果', 'Outcome'), t('因何', 'Reached by')],
      known.map((outcome) => [code(outcome), outcomeName(outcome, language), listed(reached(outcome), language)]),
    ),
    t(
      '之后可以走、不可以走哪些程序，见[决定表](../routes.zh.md)。',
      'Which procedures may follow and which may not: see [the decision table](../routes.en.md).',
    ),
    '',
  ];
};
