import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import { notices, type NoticeCode, type ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import type { Consequence, Trigger } from './consequence.js';
import { code } from './markdown.js';
import { listed, outcomeName, say, type Language } from './words.js';

/** Steps entered, ends, periods started and met, papers owed. */
export const followsOf = (consequence: Consequence | undefined, language: Language): string => {
  if (!consequence) return '';
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const targets = [
    ...new Set(
      consequence.moves.map(({ to }) =>
        'step' in to ? `→ ${code(to.step)}` : `■ ${outcomeName(to.outcome, language)} ${code(to.outcome)}`,
      ),
    ),
  ];
  const line = (label: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${label} ${items.map(code).join(' ')}`];
  return [
    ...targets,
    ...line(t('起算', 'starts'), consequence.starts),
    ...line(t('满足', 'meets'), consequence.meets),
    ...(consequence.owes.length === 0
      ? []
      : [
          `${t('应办', 'owed')} ${listed(
            consequence.owes.map((notice) => say(notices[notice as NoticeCode], language)),
            language,
          )}`,
        ]),
    ...line(t('并记', 'records'), consequence.says),
  ].join('\n');
};

export const triggerName = (definition: ProcedureDefinition, trigger: Trigger, language: Language): string => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  switch (trigger.kind) {
    case 'opening':
      return t('启动', 'opened');
    case 'receipt':
      return t('签收材料', 'receipt signed');
    case 'elapse':
      return `${trigger.rule} ${t('届满', 'elapses')}`;
    case 'action': {
      const action = definition.actions[trigger.action] ?? disputeActions[trigger.action];
      return action ? say(action.title, language) : trigger.action;
    }
  }
};
