import { disputeWords } from './package-words.js';
import type { PackageRecords } from './package-records.js';
import type { Json } from '../store/contract.js';

/** What the head of a summary says. */
export interface Matter {
  caseCode: string;
  title: Json;
  handoffId: string;
  requestedOn: string;
  from: { code: string; name: Json };
  to: { code: string; name: Json };
  version: number;
  headHash: string;
}

interface Section {
  title: string;
  /** Each entry is one item of the section: its lines. */
  entries: string[][];
}

const heading = '移送材料摘要';

/** The summary as plain text, in Chinese. */
export const summaryText = (matter: Matter, records: PackageRecords): string =>
  [
    heading,
    '',
    ...sectionsOf(matter, records).flatMap(({ title, entries }) => [
      `【${title}】`,
      ...entries.flatMap((lines) => lines.map((line, index) => `${index === 0 ? '  · ' : '    '}${line}`)),
      ...(entries.length === 0 ? ['  （无）'] : []),
      '',
    ]),
  ].join('\n');

/** The summary as an HTML page without scripts or links, in Chinese. */
export const summaryHtml = (matter: Matter, records: PackageRecords): string =>
  [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    `<title>${heading} ${escaped(matter.caseCode)}</title>`,
    '<style>body{font-family:sans-serif;max-width:50em;margin:2em auto;line-height:1.6}h2{font-size:1.1em;border-bottom:1px solid #999}</style>',
    `</head><body><h1>${heading}</h1>`,
    ...sectionsOf(matter, records).map(
      ({ title, entries }) =>
        `<h2>${escaped(title)}</h2>${
          entries.length === 0
            ? '<p>（无）</p>'
            : `<ul>${entries.map((lines) => `<li>${lines.map(escaped).join('<br>')}</li>`).join('')}</ul>`
        }`,
    ),
    '</body></html>',
    '',
  ].join('\n');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one]!);

const { body, money, outcome, party, procedure, shown, yes } = disputeWords;

// Records are JSON of the shapes that `recordsOf` makes.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Row = any;

const lines = (...all: (string | null | undefined | false)[]): string[] =>
  all.filter((line): line is string => typeof line === 'string' && line !== '');

const sections: { part: keyof PackageRecords; title: string; entry: (row: Row) => string[] }[] = [
  {
    part: 'parties',
    title: '当事人',
    entry: (row) =>
      lines(
        `${party(row)}：${row.erased ? '个人信息已依法删除' : shown(row.name)}（编号 ${row.ref}）`,
        row.idNumber && `证件号码：${shown(row.idNumber)}`,
        row.phone && `电话：${shown(row.phone)}`,
        row.address && `住址：${shown(row.address)}`,
      ),
  },
  {
    part: 'claims',
    title: '请求事项',
    entry: (row) => lines(`${row.kind} ${money(row.amount)}`, row.text && shown(row.text)),
  },
  {
    part: 'agreement',
    title: '调解协议',
    entry: (row) =>
      lines(
        `${procedure(row.procedure)}，${body(row.body)}：${row.agreedOn} 达成，${row.signedOn ? `${row.signedOn} 生效` : '尚未生效'}`,
        row.confirmed && '已获司法确认或转为生效文书',
        ...row.terms.map(
          (term: Row) =>
            `第 ${term.index} 项：${term.obligor} 于 ${term.dueOn} 前向 ${term.obligee} 履行 ${money(term.amount)}${term.text === null ? '' : `；${shown(term.text)}`}`,
        ),
      ),
  },
  {
    part: 'undisputed-facts',
    title: '无争议事实（双方共同确认）',
    entry: (row) => lines(shown(row.text), `${row.confirmedOn} 由 ${row.confirmedBy.join('、')} 确认`),
  },
  {
    part: 'delivery-addresses',
    title: '送达地址确认',
    entry: (row) =>
      lines(`${row.party}：${shown(row.address)}（${row.confirmedOn} 确认；同意电子送达：${yes(row.electronic)}）`),
  },
  {
    part: 'failure-record',
    title: '调解终结记录',
    entry: (row) =>
      lines(
        `${procedure(row.procedure)}，${body(row.body)}：${row.openedOn} 至 ${row.closedOn}，${outcome(row.outcome)}`,
        row.sessionsHeldOn.length > 0 && `调解会：${row.sessionsHeldOn.join('、')}`,
        ...row.notices.map((one: Row) => `${one.givenOn} 已向 ${one.parties.join('、')} 送达告知书`),
        ...row.recordsFiled.map((one: Row) => `${one.filedOn} 记录归档`),
      ),
  },
  {
    part: 'award',
    title: '裁决',
    entry: (row) =>
      lines(
        `${body(row.body)}：${row.issuedOn} 作出${row.kind === 'final' ? '终局裁决' : '非终局裁决'}`,
        ...row.served.map((one: Row) => `${one.party} 于 ${one.servedOn} 收到`),
      ),
  },
  {
    part: 'procedures',
    title: '程序经过',
    entry: (row) =>
      lines(
        `${procedure(row.procedure)}，${body(row.body)}：${row.openedOn} 启动${row.closedOn ? `，${row.closedOn} 终结（${outcome(row.outcome)}）` : '，进行中'}`,
        ...row.steps.map((one: Row) => `${one.on} ${one.title ?? one.step}`),
      ),
  },
  {
    part: 'documents',
    title: '文书与证据',
    entry: (row) =>
      lines(
        `${row.name === null ? row.kind : shown(row.name)}（${row.size} 字节）`,
        row.path === null ? '原始文件缺失，未随包移送' : row.path,
      ),
  },
];

const sectionsOf = (matter: Matter, records: PackageRecords): Section[] => [
  {
    title: '移送',
    entries: [
      [`案件编号：${matter.caseCode}`],
      ...(matter.title === null ? [] : [[`案由：${shown(matter.title)}`]]),
      [`移送编号：${matter.handoffId}（${matter.requestedOn} 提出）`],
      [`移送机构：${body(matter.from)}`],
      [`接收机构：${body(matter.to)}`],
      [`生成依据：案件版本 ${matter.version}，散列值 ${matter.headHash}`],
    ],
  },
  ...sections.flatMap(({ part, title, entry }) => {
    const rows = records[part];
    return rows ? [{ title, entries: rows.map(entry) }] : [];
  }),
];
