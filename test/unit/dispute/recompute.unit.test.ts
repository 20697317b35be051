import { publishedCalendar, withYear } from '../../../src/domain/calendar/calendar.js';
import type { DecideContext, Role } from '../../../src/domain/dispute/context.js';
import { decide as decideOn } from '../../../src/domain/dispute/decide.js';
import { register, type Registration } from '../../../src/domain/dispute/register.js';
import type { DisputeState } from '../../../src/domain/dispute/state.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { sawDecision, sawEvents } from '../../support/seen.js';

const decide: typeof decideOn = (...asked) => sawDecision(decideOn(...asked));

const sealed = (ref: string) => ({ ref, commitment: '00' });
const context = (now: string, roles: Role[], more: Partial<DecideContext> = {}): DecideContext => ({
  now,
  by: { account: 'someone', roles, organisation: 'MED', region: '360100' },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
  ...more,
});

/** A schedule for 2027 as a test needs it: New Year's days, of which the 4th is a day off in place of the 3rd. */
const year2027 = {
  year: 2027,
  version: 'cn-2027.1',
  notice: { title: '测试用 2027 年安排', issuedOn: '2026-11-20' },
  off: [{ name: '元旦', from: '2027-01-01', to: '2027-01-04' }],
  work: [],
};

/** A mediation applied for so that its 30 days end on a Friday, 1 January 2027, or on the Monday after. */
const mediated = (): DisputeState => {
  const now = '2026-12-04T10:00:00+08:00';
  const first = register(
    { disputeId: 'd', caseCode: 'c' },
    {
      type: 'neighbour',
      region: '360121',
      source: 'counter',
      title: sealed('t'),
      parties: [
        { ref: 'a', role: 'claimant', kind: 'person', name: sealed('a') },
        { ref: 'b', role: 'respondent', kind: 'person', name: sealed('b') },
      ],
    } as Registration,
    context(now, ['intake']),
  );
  if ('code' in first) throw new Error(first.code);
  sawEvents(first.events, first.state);
  const body = { procedure: 'mediation', body: { code: 'MED', name: null }, appliedOn: '2026-12-04' };
  const opened = sawDecision(decide(first.state, { action: 'open-procedure', body }, context(now, ['mediator'])));
  expect(opened.refusal).toBeNull();
  return ['a', 'b'].reduce((state, party) => {
    const consent = { party, consent: 'given', consentedOn: '2026-12-04' };
    const given = sawDecision(decide(state, { action: 'record-consent', body: consent }, context(now, ['mediator'])));
    expect(given.refusal).toBeNull();
    return given.state;
  }, opened.state);
};

describe('a calendar that is loaded later', () => {
  it('moves an open period by an explicit event that says from what to what', () => {
    const state = mediated();
    const [before] = Object.values(state.deadlines).filter(({ rule }) => rule === 'PM-17');
    // 30 days from 4 December end on Sunday the 3rd; without a schedule the next weekday is Monday the 4th.
    expect(before).toMatchObject({ naturalDue: '2027-01-03', due: '2027-01-04', provisional: true });
    const calendar = withYear(publishedCalendar, year2027);
    const decided = decide(
      state,
      { action: 'recompute-deadlines', body: {} },
      context('2026-12-05T00:00:00+08:00', ['system'], { calendar }),
    );
    expect(decided.refusal).toBeNull();
    const recomputed = decided.events.find(({ type }) => type === 'DeadlineRecomputed');
    expect(recomputed?.data).toMatchObject({ fromDue: '2027-01-04', toDue: '2027-01-05', why: 'calendar' });
    expect(decided.state.deadlines[before!.deadlineId]).toMatchObject({
      due: '2027-01-05',
      dueAt: '2027-01-06T00:00:00+08:00',
      provisional: false,
      calendarVersion: calendar.version,
    });
    expect(decided.state.calendarVersion).toBe(calendar.version);
  });

  it('is applied once: a second time there is nothing to move', () => {
    const calendar = withYear(publishedCalendar, year2027);
    const again = context('2026-12-05T00:00:00+08:00', ['system'], { calendar });
    const { state } = decide(mediated(), { action: 'recompute-deadlines', body: {} }, again);
    expect(decide(state, { action: 'recompute-deadlines', body: {} }, again).refusal?.code).toBe('already-done');
  });

  it('is the engine’s to apply, not a mediator’s', () => {
    const calendar = withYear(publishedCalendar, year2027);
    const decided = decide(
      mediated(),
      { action: 'recompute-deadlines', body: {} },
      context('2026-12-05T00:00:00+08:00', ['mediator'], { calendar }),
    );
    expect(decided.refusal?.code).toBe('not-your-role');
  });
});

describe('another regional profile', () => {
  it('counts the short periods of labour arbitration in calendar days where the profile says so', () => {
    const now = '2026-03-20T10:00:00+08:00';
    const first = register(
      { disputeId: 'd', caseCode: 'c' },
      {
        type: 'labour',
        region: '360121',
        source: 'counter',
        title: sealed('t'),
        parties: [
          { ref: 'w', role: 'claimant', kind: 'person', name: sealed('w') },
          { ref: 'e', role: 'respondent', kind: 'organisation', name: sealed('e') },
        ],
      } as Registration,
      context(now, ['intake']),
    );
    if ('code' in first) throw new Error(first.code);
    const opening = {
      procedure: 'labour-arbitration',
      body: { code: 'MED', name: null },
      appliedOn: '2026-03-20',
    };
    const profile = { ...defaultProfile, labourShortPeriods: 'D' as const };
    const due = (more: Partial<DecideContext>) =>
      Object.values(
        decide(first.state, { action: 'open-procedure', body: opening }, context(now, ['arbitrator'], more)).state
          .deadlines,
      ).find(({ rule }) => rule === 'LD-08');
    expect(due({})).toMatchObject({
      unit: 'WD',
      due: '2026-03-27',
      cautiousDue: '2026-03-25',
      confidence: 'unverified',
    });
    expect(due({ profile })).toMatchObject({
      unit: 'D',
      due: '2026-03-25',
      cautiousDue: null,
      confidence: 'unverified',
    });
  });
});
