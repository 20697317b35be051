import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { defaultProfile } from '../../src/domain/profiles/profiles.js';
import { findRule } from '../../src/domain/rules/rule-book.js';
import type { Consequences } from './consequence.js';
import { code, table } from './markdown.js';
import { followsOf, triggerName } from './trigger-words.js';
import {
  approvers,
  badge,
  cite,
  holderName,
  kinds,
  length,
  listed,
  outcomeName,
  period,
  say,
  type Language,
} from './words.js';

export const periodRows = (definition: ProcedureDefinition, all: Consequences, language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const own = all.get(definition.code) ?? [];
  const elapses = definition.elapses ?? {};
  const rules = [...new Set([...own.flatMap(({ starts, meets }) => [...starts, ...meets]), ...Object.keys(elapses)])];
  const names = (rule: string, of: 'starts' | 'meets') =>
    listed(
      own.filter((one) => one[of].includes(rule)).map(({ trigger }) => triggerName(definition, trigger, language)),
      language,
    );
  return table(
    [
      t('期限', 'Period'),
      t('长度', 'Length'),
      t('对谁', 'Runs for'),
      t('起算于', 'Started by'),
      t('因何满足', 'Met by'),
      t('届满后果', 'When it elapses'),
      t('依据', 'Basis'),
      t('可信度', 'Confidence'),
    ],
    rules.sort().map((rule) => {
      const elapsed = own.find(({ trigger }) => trigger.kind === 'elapse' && trigger.rule === rule);
      const opens = elapses[rule]?.opens;
      const found = findRule(rule);
      const follows = [
        followsOf(elapsed, language),
        opens
          ? t(
              `当事人可以另行启动程序（${outcomeName(opens, language)}）`,
              `the parties may go on: ${outcomeName(opens, language)}`,
            )
          : '',
      ];
      if (!found) return serviceLevelRow(rule, names(rule, 'starts'), names(rule, 'meets'), follows, language);
      const { extension, suspension } = found;
      return [
        `${say(found.title, language)}\n${code(rule)}`,
        [
          length(found, language),
          extension
            ? t(
                `可延长${extension.amount === null ? '' : period({ ...extension, amount: extension.amount }, 'zh')}（${approvers[extension.approver].zh}）`,
                `may be extended${extension.amount === null ? '' : ` by ${period({ ...extension, amount: extension.amount }, 'en')}`} (${approvers[extension.approver].en})`,
              )
            : '',
          suspension ? t('可中止', 'may be suspended') : '',
        ]
          .filter(Boolean)
          .join('\n'),
        `${holderName(found.holder, language)}\n${say(kinds[found.kind], language)}`,
        names(rule, 'starts'),
        names(rule, 'meets'),
        [...follows, say(found.elapse, language)].filter(Boolean).join('\n'),
        cite(found, language),
        [badge(found.confidence, language), found.source ?? ''].filter(Boolean).join('\n'),
      ];
    }),
  );
};

/** A target of our own has no law behind it. */
const serviceLevelRow = (
  rule: string,
  started: string,
  met: string,
  follows: readonly string[],
  language: Language,
): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const level = defaultProfile.serviceLevels[rule as keyof typeof defaultProfile.serviceLevels];
  return [
    `${say(level.title, language)}\n${code(rule)}`,
    period(level, language),
    `${holderName('body', language)}\n${say(kinds.internal, language)}`,
    started,
    met,
    follows.filter(Boolean).join('\n'),
    t('无（区域配置）', 'none (regional profile)'),
    '',
  ];
};
