import { epochMillis, instantOf, isCivilDate } from '../../../domain/calendar/civil-date.js';
import { dateOf } from '../../../domain/dispute/occurred.js';
import type { Deadline, DisputeState } from '../../../domain/dispute/state.js';
import type { Actor, RecordedEvent } from '../../../store/contract.js';
import { readStatement, type InclusionProof } from '../../anchors.js';
import type { Evidence, ProvenValues } from '../contract.js';
import { holderInWords, ruleInWords } from './engine-words.js';
import { inWords } from './facts.js';
import { valueInWords, type Telling } from './telling.js';
import { courseWords } from './words.js';

/** What a course says, before it is laid out on pages. */

export type Block =
  | { kind: 'title' | 'heading' | 'paragraph'; text: string }
  /** Label and text, one a line. */
  | { kind: 'pairs'; rows: [string, string][] }
  /** `columns`: title and share of the page's width. */
  | { kind: 'table'; columns: { title: string; share: number }[]; rows: string[][] }
  | { kind: 'page-break' };

export interface CourseDocument {
  title: string;
  /** At the foot of each page. */
  foot: string;
  /** Instant that the file says it was made at. */
  madeAt: string;
  blocks: Block[];
}

export interface CourseInput {
  state: DisputeState;
  events: readonly RecordedEvent[];
  values: ProvenValues;
  evidence: readonly Evidence[];
  proof: InclusionProof;
}

const shown =
  (values: ProvenValues): Telling['text'] =>
  (sealed) => {
    if (!sealed) return '';
    const value = Object.hasOwn(values, sealed.ref) ? values[sealed.ref]! : ({ state: 'erased' } as const);
    if (value.state === 'shown') return valueInWords(value.value);
    if (value.state === 'erased') return '（已删除）';
    return value.masked === undefined ? '（不予显示）' : valueInWords(value.masked);
  };

/** `2026-03-02 09:30:00`, of Asia/Shanghai. */
const moment = (instant: string): string =>
  instantOf(Math.floor(epochMillis(instant) / 1000) * 1000)
    .slice(0, 19)
    .replace('T', ' ');

const occurred = (at: string): string => (isCivilDate(at) ? at : moment(at));

/** Role, organisation by its name where the matter knows it, and account. */
const who = ({ kind, id, role, organisation }: Actor, named: ReadonlyMap<string, string>): string =>
  kind === 'engine'
    ? '系统'
    : [courseWords.role(role), organisation && (named.get(organisation) ?? organisation), id].filter(Boolean).join(' ');

/** Names of the bodies with a part in the matter, by their codes. */
const bodyNames = ({ state, text }: Telling): Map<string, string> => {
  const bodies = [
    ...Object.values(state.procedures).map(({ body }) => body),
    ...Object.values(state.handoffs).flatMap(({ from, to }) => [from, to]),
  ];
  return new Map(bodies.flatMap(({ code, name }) => (name ? [[code, text(name)] as const] : [])));
};

export const courseOf = ({ state, events, values, evidence, proof }: CourseInput): CourseDocument => {
  const telling: Telling = { state, text: shown(values) };
  const named = bodyNames(telling);
  const head = events.at(-1)!;
  const statement = readStatement(proof.anchor.statement)!;
  const covered = proof.head.version === head.version;
  return {
    title: `案件经过 ${state.caseCode}`,
    foot: `案件 ${state.caseCode} 版本 ${head.version} 散列值 ${head.hash}`,
    madeAt: statement.madeAt,
    blocks: [
      { kind: 'title', text: '案件经过' },
      {
        kind: 'pairs',
        rows: [
          ['案件编号', state.caseCode],
          ['案由', telling.text(state.title)],
          ['纠纷类型', courseWords.type(state.type)],
          ['登记日期', state.registeredOn],
          ['状态', state.status === 'open' ? '办理中' : `已结案（${state.closedOn ?? ''}）`],
          ['案件标识', state.id],
          ['案件版本', String(head.version)],
          ['散列值', head.hash],
          ['存证锚点', `第 ${statement.number} 号，${moment(statement.madeAt)}（北京时间）`],
          ['锚点根', statement.root],
          ['锚点范围', covered ? '覆盖本文全部记录' : `覆盖至版本 ${proof.head.version}，其后记录尚未纳入锚点`],
          ['签名密钥', statement.kid],
          ['个人信息', hidesAnything(values) ? '部分内容已遮蔽、删除或者不予显示' : '完整显示'],
        ],
      },
      {
        kind: 'paragraph',
        text: '本文由记录自动生成，供阅读，所载时间均为北京时间；以同一材料包中的 events.jsonl 为准。核验方法见 README.txt。',
      },
      ...parties(telling),
      ...claims(telling),
      { kind: 'page-break' },
      { kind: 'heading', text: '一、经过' },
      {
        kind: 'table',
        columns: [
          { title: '序号', share: 0.06 },
          { title: '发生日期', share: 0.12 },
          { title: '记录时间', share: 0.12 },
          { title: '何人', share: 0.2 },
          { title: '事项', share: 0.5 },
        ],
        rows: chronological(events).map((event) => [
          String(event.version),
          occurred(event.occurredAt),
          moment(event.recordedAt),
          who(event.actor, named),
          inWords(event, telling),
        ]),
      },
      { kind: 'heading', text: '二、期限' },
      deadlines(telling),
      { kind: 'heading', text: '三、移送' },
      handoffs(telling),
      { kind: 'heading', text: '四、文书与证据' },
      documents(evidence),
    ],
  };
};

const hidesAnything = (values: ProvenValues): boolean => Object.values(values).some(({ state }) => state !== 'shown');

/** By legal date, and on one day as recorded. */
const chronological = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  [...events].sort((a, b) => {
    const [left, right] = [dateOf(a.occurredAt), dateOf(b.occurredAt)];
    return left < right ? -1 : left > right ? 1 : a.version - b.version;
  });

const parties = ({ state, text }: Telling): Block[] => [
  { kind: 'heading', text: '当事人' },
  {
    kind: 'table',
    columns: [
      { title: '地位', share: 0.22 },
      { title: '姓名或者名称', share: 0.26 },
      { title: '证件号码', share: 0.2 },
      { title: '电话', share: 0.14 },
      { title: '地址', share: 0.18 },
    ],
    rows: state.parties.map((party) => [
      courseWords.party(party),
      text(party.name),
      text(party.idNumber),
      text(party.phone),
      text(party.address),
    ]),
  },
];

const claims = ({ state, text }: Telling): Block[] =>
  state.claims.length === 0
    ? []
    : [
        { kind: 'heading', text: '请求事项' },
        {
          kind: 'table',
          columns: [
            { title: '类型', share: 0.2 },
            { title: '金额', share: 0.2 },
            { title: '内容', share: 0.6 },
          ],
          rows: state.claims.map(({ kind, amount, text: claim }) => [
            courseWords.value(kind),
            courseWords.money(amount),
            text(claim),
          ]),
        },
      ];

const deadlines = (telling: Telling): Block => ({
  kind: 'table',
  columns: [
    { title: '期限', share: 0.25 },
    { title: '承担者', share: 0.18 },
    { title: '起算与届满', share: 0.2 },
    { title: '依据', share: 0.22 },
    { title: '状态', share: 0.15 },
  ],
  rows: Object.values(telling.state.deadlines)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.deadlineId < b.deadlineId ? -1 : 1))
    .map((one) => [
      `${ruleInWords(telling.state, one.rule, one.ruleVersion)}（${one.rule} 第${one.ruleVersion}版）`,
      holderInWords(one.holder, telling),
      `${one.trigger.on} 起 ${courseWords.length(one)}，${one.due} 届满${one.provisional ? '（节假日安排未公布，暂定）' : ''}`,
      lawOf(one),
      [courseWords.deadlineStatus(one.status), one.endedOn].filter(Boolean).join('\n'),
    ]),
});

const lawOf = ({ basis, confidence }: Deadline): string =>
  basis === null ? '内部服务时限' : `${courseWords.law(basis)}（法条${courseWords.confidence(confidence)}）`;

const handoffs = ({ state, text }: Telling): Block => ({
  kind: 'table',
  columns: [
    { title: '提出', share: 0.14 },
    { title: '移送机构', share: 0.26 },
    { title: '接收机构', share: 0.26 },
    { title: '内容', share: 0.2 },
    { title: '状态', share: 0.14 },
  ],
  rows: Object.values(state.handoffs).map(({ from, to, parts, status, requestedAt, acceptedOn }) => [
    dateOf(requestedAt),
    courseWords.body({ code: from.code, name: from.name && text(from.name) }),
    courseWords.body({ code: to.code, name: to.name && text(to.name) }),
    parts.map(courseWords.value).join('、'),
    [courseWords.handoffStatus(status), acceptedOn].filter(Boolean).join('\n'),
  ]),
});

const documents = (evidence: readonly Evidence[]): Block => ({
  kind: 'table',
  columns: [
    { title: '日期', share: 0.13 },
    { title: '类型', share: 0.19 },
    { title: '编号', share: 0.22 },
    { title: '大小', share: 0.12 },
    { title: 'SHA-256', share: 0.34 },
  ],
  rows: evidence.map((one) => [
    one.addedOn,
    courseWords.document(one.kind),
    one.documentId,
    `${one.size} 字节`,
    one.sha256,
  ]),
});
