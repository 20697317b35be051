import { profiles } from '../../src/domain/profiles/profiles.js';
import { allNorms, allRules, ruleBook } from '../../src/domain/rules/rule-book.js';
import type { Rule } from '../../src/domain/rules/rule.js';
import { code, page, section, table } from './markdown.js';
import { approvers, badge, cite, holderName, kinds, length, period, say, type Language } from './words.js';

const groups: Record<string, { zh: string; en: string }> = {
  PM: { zh: '人民调解', en: "People's mediation" },
  JC: { zh: '司法确认', en: 'Judicial confirmation' },
  LD: { zh: '劳动争议', en: 'Labour disputes' },
  CM: { zh: '特邀调解、联合调解', en: 'Court-referred and joint mediation' },
  CL: { zh: '民事诉讼', en: 'Civil litigation' },
  AR: { zh: '行政复议', en: 'Administrative review' },
  AL: { zh: '行政诉讼', en: 'Administrative litigation' },
  AD: { zh: '行政裁决', en: 'Administrative adjudication' },
  XF: { zh: '信访', en: 'Petitions' },
};
const others = { zh: '其他领域', en: 'Other sectors' };
const groupOf = (ruleCode: string): string => {
  const prefix = ruleCode.split('-')[0]!;
  return prefix in groups ? prefix : '';
};

/** Every period of law, every norm that is cited, and our own service levels. */
export const rulesPage = (language: Language): string => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const unverified = allRules.filter(({ confidence }) => confidence === 'unverified').length;
  return page([
    `# ${t('法定期限', 'Statutory periods')} ${code(ruleBook.version)}`,
    '',
    `> ${t('由 `npm run generate` 从规则生成，请勿手工修改。', 'Generated from the rule book by `npm run generate`; do not edit.')} ${t('[English](rules.en.md)', '[中文](rules.zh.md)')} · ${t('[目录](index.zh.md)', '[Index](index.en.md)')}`,
    '',
    t(
      `共 ${allRules.length} 条期限，其中 ${unverified} 条未核实；未核实的期限照算，但始终标明。`,
      `${allRules.length} periods, ${unverified} of them unverified; an unverified period is computed all the same, and always marked.`,
    ),
    '',
    ...[...Object.keys(groups), ''].flatMap((group) =>
      section(
        `## ${say(groups[group] ?? others, language)}`,
        ruleRows(
          allRules.filter((rule) => groupOf(rule.code) === group),
          language,
        ),
      ),
    ),
    ...section(`## ${t('不含期限的规范', 'Norms without a period')}`, normRows(language)),
    ...section(`## ${t('内部时限（区域配置）', 'Service levels (regional profiles)')}`, levelRows(language)),
  ]);
};

const ruleRows = (rules: readonly Rule[], language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return table(
    [
      t('代码', 'Code'),
      t('期限', 'Period'),
      t('长度', 'Length'),
      t('起算事实', 'Trigger'),
      t('对谁', 'Runs for'),
      t('届满', 'When it elapses'),
      t('法律', 'Law'),
      t('施行', 'In force'),
      t('可信度', 'Confidence'),
    ],
    rules.map((rule) => [
      `${code(rule.code)}\nv${rule.version}`,
      say(rule.title, language),
      [length(rule, language), ...more(rule, language)].join('\n'),
      code(rule.trigger),
      `${holderName(rule.holder, language)}\n${say(kinds[rule.kind], language)}`,
      say(rule.elapse, language),
      cite(rule, language),
      [
        `${rule.effectiveFrom} –${rule.effectiveTo ? ` ${rule.effectiveTo}` : ''}`,
        rule.region ? t(`地区 ${rule.region}`, `region ${rule.region}`) : '',
      ]
        .filter(Boolean)
        .join('\n'),
      [badge(rule.confidence, language), rule.source ?? ''].filter(Boolean).join('\n'),
    ]),
  );
};

const more = ({ extension, suspension }: Rule, language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  const lines: string[] = [];
  if (extension) {
    const { amount, unit, approver, times } = extension;
    const how = amount === null ? '' : period({ amount, unit }, language);
    const often = times === null ? '' : t(`，${times}次`, `, ${times} ${times === 1 ? 'time' : 'times'}`);
    lines.push(
      t(
        `延长${how}（${approvers[approver].zh}${often}）`,
        `extension ${how ? `${how} ` : ''}(${approvers[approver].en}${often})`,
      ),
    );
  }
  if (suspension) {
    const grounds = suspension.grounds.map((ground) => say(ground, language)).join(t('；', '; '));
    lines.push(`${t('中止', 'suspension')}${t('：', ': ')}${grounds}`);
  }
  return lines;
};

const normRows = (language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return table(
    [t('代码', 'Code'), t('内容', 'What it says'), t('法律', 'Law'), t('可信度', 'Confidence')],
    allNorms.map((norm) => [
      code(norm.code),
      say(norm.text, language),
      cite(norm, language),
      [badge(norm.confidence, language), norm.source ?? ''].filter(Boolean).join('\n'),
    ]),
  );
};

const levelRows = (language: Language): string[] => {
  const t = (zh: string, en: string) => say({ zh, en }, language);
  return table(
    [
      t('区域配置', 'Profile'),
      t('代码', 'Code'),
      t('时限', 'Service level'),
      t('长度', 'Length'),
      t('次数', 'Attempts'),
    ],
    profiles.flatMap((profile) =>
      Object.values(profile.serviceLevels).map((level) => [
        `${say(profile.title, language)} ${code(profile.code)}`,
        code(level.code),
        say(level.title, language),
        period(level, language),
        String(level.attempts),
      ]),
    ),
  );
};
