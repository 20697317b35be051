import type { DisputeType } from '../routes/codes.js';
import { disputeTypeCodes } from '../routes/codes.js';
import type { RouteFacts } from '../routes/types.js';
import { periodsFrom } from '../procedures/challenging.js';
import { limitationsOf } from '../procedures/limitation.js';
import { alertOfGroup } from './collective.js';
import { covers, type DecideContext } from './context.js';
import { startDeadline } from './deadlines.js';
import type { DecidedEvent } from './event.js';
import { fold } from './evolve.js';
import { dateOf } from './occurred.js';
import { disputeFacts } from './facts.js';
import { flag, list, money, object, oneOf, optional, text, texts, word, type BodyOf, type Fields } from './fields.js';
import { refuse, type Refusal } from './refusal.js';
import type { Capacity, DisputeState, Party } from './state.js';
import { passTime } from './time.js';
import { beginWork, instantOf, type Work } from './work.js';

export const sources = ['counter', '12345', '12348', 'grid', 'petition', 'court', 'online', 'import'] as const;

export const partyFields = {
  ref: word('编号', 'reference', 40),
  role: oneOf(['claimant', 'respondent', 'third-party'], { zh: '诉讼地位', en: 'role' }),
  capacity: optional(oneOf(['worker', 'employer', 'applicant', 'authority'], { zh: '身份', en: 'capacity' })),
  kind: oneOf(['person', 'organisation'], { zh: '自然人或组织', en: 'person or organisation' }),
  name: text('party-name', { zh: '姓名或名称', en: 'name' }, 200),
  phone: optional(text('phone', { zh: '电话', en: 'phone' }, 40)),
  idNumber: optional(text('id-number', { zh: '证件号码', en: 'id number' }, 40)),
  address: optional(text('address', { zh: '地址', en: 'address' }, 500)),
  account: optional(word('当事人账号', 'account of the party', 200)),
} as const satisfies Fields;

export const registrationFields = {
  type: oneOf(disputeTypeCodes as readonly DisputeType[], { zh: '纠纷类型', en: 'dispute type' }),
  region: word('行政区划代码', 'region (GB/T 2260)', 6),
  source: oneOf(sources, { zh: '来源', en: 'source' }),
  receivedOn: optional({ type: 'date', legal: true, title: { zh: '登记日期', en: 'date of receipt' } }),
  title: text('title', { zh: '案由', en: 'title' }, 200),
  parties: list(object(partyFields), 1, 200),
  claims: optional(
    list(
      object({
        kind: word('请求类型', 'kind of claim', 40),
        amount: optional(money('金额', 'amount')),
        text: optional(text('claim-text', { zh: '请求内容', en: 'text of the claim' })),
      }),
      0,
      50,
    ),
  ),
  facts: optional(object(disputeFacts)),
  externalIds: optional(texts('external-ids', { zh: '外部编号', en: 'external ids' })),
  backfill: optional(flag('补录历史案件', 'backfill a past matter')),
  profile: optional(word('区域配置', 'profile', 40)),
} as const satisfies Fields;

export type Registration = BodyOf<typeof registrationFields>;

/** Worker and employer, as given, or as one person and one organisation make plain (recorded as assumed). */
const withCapacities = (type: DisputeType, given: Registration['parties']): Party[] | Refusal => {
  const parties: Party[] = given.map((party) => ({
    ref: party.ref,
    role: party.role,
    capacity: party.capacity ?? null,
    capacityAssumed: false,
    kind: party.kind,
    name: party.name,
    account: party.account ?? null,
    phone: party.phone ?? null,
    idNumber: party.idNumber ?? null,
    address: party.address ?? null,
  }));
  if (type !== 'labour') return parties;
  const sides = parties.filter(({ role }) => role !== 'third-party');
  const has = (capacity: Capacity) => sides.some((party) => party.capacity === capacity);
  if (has('applicant') || has('authority')) return refuse('capacity-unclear', { pointer: '/parties' });
  if (has('worker') && has('employer')) return parties;
  const people = sides.filter(({ kind }) => kind === 'person');
  const organisations = sides.filter(({ kind }) => kind === 'organisation');
  const unclear =
    people.length !== 1 ||
    organisations.length !== 1 ||
    people[0]!.capacity === 'employer' ||
    organisations[0]!.capacity === 'worker';
  if (unclear) return refuse('capacity-unclear', { pointer: '/parties' });
  const assume = (party: Party, capacity: Capacity): Party =>
    party.capacity === null ? { ...party, capacity, capacityAssumed: true } : party;
  return parties.map((party) =>
    party === people[0] ? assume(party, 'worker') : party === organisations[0] ? assume(party, 'employer') : party,
  );
};

const partiesProblem = (parties: readonly { ref: string; role: string }[]): Refusal | null => {
  if (new Set(parties.map(({ ref }) => ref)).size !== parties.length)
    return refuse('duplicate-party', { pointer: '/parties' });
  const roles = parties.map(({ role }) => role);
  return roles.includes('claimant') && roles.includes('respondent')
    ? null
    : refuse('parties-incomplete', { pointer: '/parties' });
};

/**
 * Registers a dispute: its first event pins the profile, the rule set and the calendar it runs under. Limitation that
 * is already running by a registered fact starts with it.
 */
export const register = (
  identity: { disputeId: string; caseCode: string; splitFrom?: DisputeState['splitFrom'] },
  body: Registration,
  context: DecideContext,
): { events: DecidedEvent[]; state: DisputeState } | Refusal => {
  const receivedOn = body.receivedOn ?? dateOf(context.now);
  if (receivedOn > dateOf(context.now)) return refuse('date-in-future', { pointer: '/receivedOn' });
  const incomplete = partiesProblem(body.parties);
  if (incomplete) return incomplete;
  const parties = withCapacities(body.type, body.parties);
  if (!Array.isArray(parties)) return parties;
  const future = pastDates.find((fact) => (body.facts?.[fact] ?? '') > dateOf(context.now));
  if (future) return refuse('date-in-future', { pointer: `/facts/${future}` });
  const { by } = context;
  if (!by.roles.some((role) => mayRegister.includes(role))) return refuse('not-your-role');
  if (by.region !== null && !covers(by.region, body.region)) return refuse('not-your-region', { pointer: '/region' });
  const registered: DecidedEvent = {
    type: 'DisputeRegistered',
    // A registration of today happened now; one of a past day, some time that day.
    occurredAt: receivedOn === dateOf(context.now) ? context.now : receivedOn,
    procedureId: null,
    cause: null,
    data: {
      ...identity,
      type: body.type,
      region: body.region,
      source: body.source,
      receivedOn,
      title: body.title,
      externalIds: body.externalIds ?? null,
      parties,
      claims: (body.claims ?? []).map(({ kind, amount, text: claim }) => ({
        kind,
        amount: amount ?? null,
        text: claim ?? null,
      })),
      facts: body.facts ?? {},
      backfill: body.backfill ?? false,
      organisation: by.organisation,
      profile: { code: context.profile.code, version: context.profile.version },
      ruleSet: context.rules.version,
      calendarVersion: context.calendar.version,
    },
  };
  const state = fold([{ ...registered, version: 1 }])!;
  const work = beginWork(state, context, registered.occurredAt);
  work.events.push(registered);
  work.cause = 0;
  followRegistration(work);
  passTime(work, instantOf(registered.occurredAt));
  return { events: work.events, state: work.state };
};

/** Facts that a dispute cannot be about before they have happened. */
const pastDates = ['employmentEndedOn', 'knewOn', 'actMadeOn'] as const;

/**
 * What runs from the registered facts alone: limitation from the end of the employment (调解仲裁法27(4)), and the
 * periods against an act of an authority.
 */
export const followRegistration = (work: Work): void => {
  const { type, parties, facts } = work.state;
  const worker = parties.find(({ capacity }) => capacity === 'worker');
  const endedOn = facts['employmentEndedOn'] as string | undefined;
  if (type === 'labour' && worker && endedOn !== undefined)
    startDeadline(work, {
      rule: 'LD-06.termination',
      procedureId: null,
      holder: `party:${worker.ref}`,
      from: endedOn,
      trigger: 'employment-ended',
    });
  alertOfGroup(work);
  const claimants = parties.filter(({ role }) => role === 'claimant');
  for (const { rule, from } of periodsFrom(type, facts as RouteFacts))
    for (const { ref } of claimants) startDeadline(work, { rule, procedureId: null, holder: `party:${ref}`, from });
  const knewOn = facts['knewOn'] as string | undefined;
  if (knewOn !== undefined && claimants[0] && isLimited(work.state))
    for (const rule of limitationsOf(type, knewOn))
      startDeadline(work, { rule, procedureId: null, holder: `party:${claimants[0].ref}`, from: knewOn });
};

/** Of wages that are owed limitation runs only from the end of the employment (调解仲裁法27(4)). */
const isLimited = ({ type, claims }: DisputeState): boolean =>
  type !== 'labour' || claims.length === 0 || claims.some(({ kind }) => kind !== 'wages');

const mayRegister = ['intake', 'supervisor', 'mediator', 'case-officer', 'court-clerk', 'judge', 'arbitrator'];
