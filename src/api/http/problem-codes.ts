import { refusals } from '../../domain/dispute/refusal.js';

interface Kind {
  status: number;
  zh: string;
  en: string;
}

/** What can be wrong with a request before, or besides, what the domain says. */
const transport = {
  'invalid-request': { status: 400, zh: '请求格式不正确', en: 'The request is malformed' },
  'not-authenticated': { status: 401, zh: '未登录或登录已失效', en: 'Not authenticated' },
  forbidden: { status: 403, zh: '无权访问', en: 'Not allowed' },
  'not-found': { status: 404, zh: '未找到', en: 'Not found' },
  'method-not-allowed': { status: 405, zh: '不支持该请求方法', en: 'Method not allowed' },
  'not-acceptable': {
    status: 406,
    zh: '无法以所要求的格式应答',
    en: 'Cannot answer in a format that is accepted',
  },
  'too-many-webhooks': {
    status: 409,
    zh: '该单位的推送订阅过多',
    en: 'The organisation has too many webhooks',
  },
  'version-conflict': {
    status: 412,
    zh: '案件已被他人更新',
    en: 'The dispute has changed since the version given',
  },
  'too-large': { status: 413, zh: '请求内容过大', en: 'The content is too large' },
  'unsupported-media-type': { status: 415, zh: '不支持的内容类型', en: 'Unsupported media type' },
  'idempotency-key-reused': {
    status: 422,
    zh: '同一幂等键已用于其他内容',
    en: 'The idempotency key was used with another body',
  },
  'webhook-url-refused': {
    status: 422,
    zh: '不得向该地址推送',
    en: 'Nothing may be delivered to this address',
  },
  'unknown-rule': { status: 422, zh: '没有该期限规则', en: 'There is no such rule' },
  'rule-not-suspendable': {
    status: 422,
    zh: '该期限依法不得中止或扣除',
    en: 'This period may not be suspended',
  },
  'date-out-of-range': {
    status: 422,
    zh: '计算结果超出日历范围',
    en: 'The result lies outside the calendar',
  },
  'too-many-requests': { status: 429, zh: '请求过于频繁', en: 'Too many requests' },
  'headers-too-large': { status: 431, zh: '请求头过大', en: 'The headers are too large' },
  unavailable: {
    status: 503,
    zh: '服务暂时不可用，请稍后重试',
    en: 'Temporarily unavailable, try again later',
  },
} as const satisfies Record<string, Kind>;

const statusOf = { conflict: 409, forbidden: 403, impossible: 422 } as const;

const domain = Object.fromEntries(
  Object.entries(refusals).map(([code, { as, zh, en }]) => [code, { status: statusOf[as], zh, en }]),
) as unknown as Record<keyof typeof refusals, Kind>;

/** The closed set of problem codes, each with its status and title. */
export const problemCodes: Readonly<Record<ProblemCode, Kind>> = { ...transport, ...domain };
export type ProblemCode = keyof typeof transport | keyof typeof refusals;

/** The problem's `type`: a name, not an address, so that it is the same wherever this runs. */
export const problemType = (code: ProblemCode): string => `urn:accord:problem:${code}`;
