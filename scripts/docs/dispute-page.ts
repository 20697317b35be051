import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import { fieldRows } from './field-rows.js';
import { code, page, section, table } from './markdown.js';
import { basis } from './procedure-page.js';
import { listed, roleNames, say, type Language } from './words.js';

/** What can be done in a dispute whatever procedures it is in. */
export const disputePage = (language: Language): string => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const who = {
    organisation: t('参与案件的机构', 'an organisation with a part in it'),
    region: t('本辖区', 'the region'),
    receiver: t('接收机构', 'the receiver of the handoff'),
    anyone: t('该角色的任何人', 'anybody of the role'),
  };
  const when = { open: t('未结案', 'open'), closed: t('已结案', 'closed'), any: t('任何时候', 'any') };
  return page([
    `# ${t('案件操作', 'Actions of the dispute')}`,
    '',
    `> ${t('由 `npm run generate` 从定义生成，请勿手工修改。', 'Generated from the definitions by `npm run generate`; do not edit.')} ${t('[English](dispute.en.md)', '[中文](dispute.zh.md)')} · ${t('[目录](index.zh.md)', '[Index](index.en.md)')}`,
    '',
    ...table(
      [
        t('操作', 'Action'),
        t('谁', 'By whom'),
        t('限于', 'Within'),
        t('案件状态', 'Dispute'),
        t('依据', 'Basis'),
        t('事件', 'Event'),
      ],
      Object.entries(disputeActions).map(([name, action]) => [
        `${say(action.title, language)}\n${code(name)}${action.hidden ? `\n${t('（有专门的接口）', '(by an endpoint of its own)')}` : ''}`,
        listed(
          action.by.map((role) => say(roleNames[role], language)),
          language,
        ),
        who[action.who],
        when[action.when],
        action.basis ? basis(action.basis, language) : '',
        code(action.records),
      ]),
    ),
    ...section(`## ${t('字段', 'Fields')}`, fieldRows(disputeActions, language)),
  ]);
};
