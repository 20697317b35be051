import { basisOf } from '../rules/rule-book.js';
import { legalDate, list, object, oneOf, optional, text, word } from './fields.js';
import { action, desk, type DisputeAction } from './dispute-action.js';
import { refuse, type Refusal } from './refusal.js';
import type { Collective, DisputeState } from './state.js';
import { record, type Work } from './work.js';

/**
 * A collective labour dispute: ten workers or more with a common claim appoint three to five representatives, whose acts
 * bind all; a waiver or settlement needs the consent of those represented (劳动争议调解仲裁法7; 办案规则5, 62, 63).
 */

/** From how many workers on the law knows representatives. */
export const collectiveFrom = 10;
const representatives = { min: 3, max: 5 };

export const represented = (collective: Collective): string[] =>
  Object.entries(collective.members)
    .filter(([, { status }]) => status === 'represented')
    .map(([ref]) => ref);

/** Ten workers or more: the leader in charge is alerted at once, whoever says how many they are (LD-21, row 34). */
export const alertOfGroup = (work: Work): void => {
  const { type, alert, facts, collective } = work.state;
  const many = Math.max(Number(facts['collective'] ?? 0), collective ? represented(collective).length : 0);
  if (type === 'labour' && alert === null && many >= collectiveFrom)
    record(work, 'AlertRaised', { kind: 'group' }, null);
};

/** What stands against an act that binds those represented: how many have not consented to it. */
export const bindingProblem = (state: DisputeState): Refusal | null => {
  if (!state.collective) return null;
  const missing = represented(state.collective).filter((ref) => state.collective!.members[ref]!.consent !== 'given');
  if (missing.length === 0) return null;
  return refuse('consent-missing', {
    basis: basisOf('LD-21'),
    alternatives: [{ action: 'record-member-consent' }, { action: 'member-opt-out' }],
    detail: {
      zh: `尚有 ${missing.length} 名被代表人未同意`,
      en: `${missing.length} of those represented have not consented`,
    },
  });
};

const memberRefs = list(word('成员编号', 'member', 40), 1, 1000);

const notCollective = (work: Work): Refusal | null =>
  work.state.collective ? null : refuse('action-not-available', { basis: basisOf('LD-21') });

/** What became of each member named: a batch never fails as a whole because one of them has left. */
const eachMember = (work: Work, refs: readonly string[]) =>
  [...new Set(refs)].map((member) => {
    const known = work.state.collective?.members[member];
    return {
      member,
      result: known === undefined ? 'not-a-member' : known.status === 'represented' ? 'recorded' : 'left',
    };
  });

export const collectiveActions: Readonly<Record<string, DisputeAction>> = {
  'add-members': action({
    title: { zh: '登记集体争议成员', en: 'add members of a collective dispute' },
    by: desk,
    when: 'open',
    who: 'organisation',
    aside: true,
    basis: 'LD-21',
    fields: {
      members: list(
        object({
          ref: word('成员编号', 'member', 40),
          name: text('member-name', { zh: '姓名', en: 'name' }, 200),
          idNumber: optional(text('member-id-number', { zh: '证件号码', en: 'id number' }, 40)),
        }),
        1,
        200,
      ),
    },
    records: 'MembersAdded',
    guard: (work, { members }) => {
      if (work.state.type !== 'labour') return refuse('action-not-available', { basis: basisOf('LD-21') });
      const refs = members.map(({ ref }) => ref);
      const known = work.state.collective?.members ?? {};
      const twice = new Set(refs).size !== refs.length || refs.some((ref) => Object.hasOwn(known, ref));
      return twice ? refuse('duplicate-party', { pointer: '/members' }) : null;
    },
    then: alertOfGroup,
  }),
  'elect-representatives': action({
    title: { zh: '推举代表人', en: 'elect the representatives' },
    by: desk,
    when: 'open',
    who: 'organisation',
    basis: 'LD-21',
    fields: {
      representatives: list(word('代表人编号', 'representative', 40), representatives.min, representatives.max),
      electedOn: legalDate('推举日期', 'date of election'),
    },
    records: 'RepresentativesElected',
    guard: (work, body) => {
      const missing = notCollective(work);
      if (missing) return missing;
      const members = represented(work.state.collective!);
      if (members.length < collectiveFrom)
        return refuse('action-not-available', {
          basis: basisOf('LD-21'),
          detail: { zh: `成员不足 ${collectiveFrom} 人`, en: `fewer than ${collectiveFrom} members` },
        });
      return body.representatives.every((ref) => members.includes(ref)) &&
        new Set(body.representatives).size === body.representatives.length
        ? null
        : refuse('unknown-party', { pointer: '/representatives' });
    },
  }),
  'record-member-consent': action({
    title: { zh: '记录被代表人意见', en: 'record the consent of those represented' },
    by: desk,
    when: 'open',
    who: 'organisation',
    basis: 'LD-21',
    fields: {
      members: optional(memberRefs),
      consent: oneOf(['given', 'refused'], { zh: '意见', en: 'consent' }),
      consentedOn: legalDate('表示日期', 'date of the answer'),
    },
    records: 'MemberConsentRecorded',
    guard: notCollective,
    perform: (work, body) => {
      const results = eachMember(work, body.members ?? represented(work.state.collective!));
      record(work, 'MemberConsentRecorded', { consent: body.consent, results }, null);
    },
  }),
  'member-opt-out': action({
    title: { zh: '成员退出', en: 'members leave the collective dispute' },
    by: desk,
    when: 'open',
    who: 'organisation',
    basis: 'LD-21',
    fields: { members: memberRefs, leftOn: legalDate('退出日期', 'date of leaving') },
    records: 'MembersLeft',
    guard: notCollective,
    perform: (work, body) => {
      record(work, 'MembersLeft', { results: eachMember(work, body.members) }, null);
    },
  }),
  'record-split-off': action({
    title: { zh: '成员另案处理', en: 'a member goes on in a dispute of its own' },
    by: desk,
    when: 'open',
    who: 'organisation',
    hidden: true,
    basis: 'LD-21',
    fields: {
      member: word('成员编号', 'member', 40),
      disputeId: word('另案编号', 'the new dispute', 80),
      splitOn: legalDate('分案日期', 'date of splitting off'),
    },
    records: 'MemberSplitOff',
    guard: (work, body) => {
      const missing = notCollective(work);
      if (missing) return missing;
      return work.state.collective!.members[body.member]?.status === 'represented'
        ? null
        : refuse('unknown-party', { pointer: '/member' });
    },
  }),
};
