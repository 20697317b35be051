import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import type { DecideContext, Role } from '../../../src/domain/dispute/context.js';
import { decide } from '../../../src/domain/dispute/decide.js';
import { register, type Registration } from '../../../src/domain/dispute/register.js';
import { represented } from '../../../src/domain/dispute/collective.js';
import { routesNow } from '../../../src/domain/dispute/routes.js';
import type { DisputeState } from '../../../src/domain/dispute/state.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { sawDecision, sawEvents } from '../../support/seen.js';
import { chronicle } from '../procedures/chronicle.js';

const sealed = (ref: string) => ({ ref, commitment: '00' });
const context = (roles: Role[]): DecideContext => ({
  now: '2026-04-01T10:00:00+08:00',
  by: { account: 'someone', roles, organisation: 'MED', region: '360121' },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

const registered = (): DisputeState => {
  const first = register(
    { disputeId: 'd', caseCode: 'c' },
    {
      type: 'labour',
      region: '360121',
      source: 'petition',
      title: sealed('t'),
      parties: [
        { ref: 'w', role: 'claimant', kind: 'person', name: sealed('w') },
        { ref: 'e', role: 'respondent', kind: 'organisation', name: sealed('e') },
      ],
    } as Registration,
    context(['intake']),
  );
  if ('code' in first) throw new Error(first.code);
  sawEvents(first.events, first.state);
  return first.state;
};

const run = (state: DisputeState, action: string, body: Record<string, unknown>) =>
  sawDecision(decide(state, { action, body }, context(['mediator'])));
const must = (state: DisputeState, action: string, body: Record<string, unknown>): DisputeState => {
  const decided = run(state, action, body);
  expect(decided.refusal).toBeNull();
  return decided.state;
};

const members = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ref: `m${from + index}`,
    name: sealed(`m${from + index}`),
  }));

const withMembers = (count: number): DisputeState => {
  let state = registered();
  for (let from = 1; from <= count; from += 200)
    state = must(state, 'add-members', { members: members(from, Math.min(200, count - from + 1)) });
  return state;
};

/** A mediation in session, with an agreement that waits for signatures. */
const agreed = (start: DisputeState): DisputeState => {
  let state = must(start, 'open-procedure', { procedure: 'mediation', body: { code: 'MED', name: null } });
  for (const party of ['w', 'e']) state = must(state, 'record-consent', { party, consent: 'given' });
  state = must(state, 'designate-neutral', { person: { account: 'm', name: null } });
  state = must(state, 'answer-designation', { answer: 'accepts' });
  return must(state, 'record-agreement', {
    kind: 'wages',
    terms: [{ obligor: 'e', obligee: 'w', dueOn: '2026-05-01' }],
  });
};
const signature = { parties: ['w', 'e'], mediator: true, body: true };

describe('a collective dispute', () => {
  it('elects three to five representatives from ten members on', () => {
    const few = run(withMembers(9), 'elect-representatives', { representatives: ['m1', 'm2', 'm3'] });
    expect(few.refusal).toMatchObject({ code: 'action-not-available', basis: { rule: 'LD-21' } });
    const state = must(withMembers(10), 'elect-representatives', { representatives: ['m1', 'm2', 'm3'] });
    expect(state.collective?.representatives).toEqual(['m1', 'm2', 'm3']);
    const stranger = run(state, 'elect-representatives', { representatives: ['m1', 'm2', 'm99'] });
    expect(stranger.refusal?.code).toBe('unknown-party');
  });

  it('alerts the leader in charge once they are ten, by their number or by name', () => {
    expect(withMembers(9).alert).toBeNull();
    expect(withMembers(10).alert).toMatchObject({ kind: 'group' });
    const told = (collective: number) => chronicle('labour', '2026-03-02', { facts: { collective } }).state.alert;
    expect(told(9)).toBeNull();
    expect(told(10)).toMatchObject({ kind: 'group' });
    expect(chronicle('debt', '2026-03-02', { facts: { collective: 10 } }).state.alert).toBeNull();
  });

  it('withdraws on a settlement only with their consent, too, and for any other reason without', () => {
    const state = agreed(withMembers(12));
    expect(run(state, 'withdraw', { settled: true }).refusal).toMatchObject({
      code: 'consent-missing',
      basis: { rule: 'LD-21' },
    });
    expect(run(state, 'withdraw', {}).refusal).toBeNull();
  });

  it('cannot settle without the consent of those represented, and answers for each of a thousand', () => {
    let state = agreed(withMembers(1000));
    const refused = run(state, 'sign-agreement', signature);
    expect(refused.refusal).toMatchObject({ code: 'consent-missing', basis: { rule: 'LD-21' } });
    expect(refused.refusal?.detail?.en).toContain('1000');

    state = must(state, 'member-opt-out', { members: ['m7'] });
    const batch = run(state, 'record-member-consent', {
      members: [...members(1, 999).map(({ ref }) => ref), 'm5000'],
      consent: 'given',
    });
    const results = batch.events[0]!.data['results'] as { member: string; result: string }[];
    expect(results).toHaveLength(1000);
    expect(results.find(({ member }) => member === 'm7')?.result).toBe('left');
    expect(results.find(({ member }) => member === 'm5000')?.result).toBe('not-a-member');
    expect(run(batch.state, 'sign-agreement', signature).refusal?.detail?.en).toContain('1 of');

    state = must(batch.state, 'record-member-consent', { members: ['m1000'], consent: 'given' });
    state = must(state, 'sign-agreement', signature);
    expect(Object.values(state.procedures)[0]?.outcome).toBe('agreement');
  });

  it('lets a member go on in a dispute of its own, and counts the others', () => {
    let state = withMembers(12);
    state = must(state, 'record-split-off', { member: 'm3', disputeId: 'other' });
    expect(state.collective?.members['m3']).toMatchObject({ status: 'split-off', disputeId: 'other' });
    expect(represented(state.collective!)).toHaveLength(11);
    expect(run(state, 'record-split-off', { member: 'm3', disputeId: 'again' }).refusal?.code).toBe('unknown-party');
    // Ten workers or more: the table's row 34 speaks.
    expect(routesNow(state).permitted.map(({ procedure }) => procedure)).toContain('labour-arbitration');
  });

  it('knows no members outside labour disputes, and none twice', () => {
    const state = withMembers(10);
    expect(run(state, 'add-members', { members: members(1, 1) }).refusal?.code).toBe('duplicate-party');
  });
});
