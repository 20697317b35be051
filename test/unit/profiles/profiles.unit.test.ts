import { decide } from '../../../src/domain/dispute/decide.js';
import type { Profile } from '../../../src/domain/profiles/profile.js';
import { defaultProfile, nanchangProfile, profileForRegion, profiles } from '../../../src/domain/profiles/profiles.js';
import { adviserSeats } from '../../../src/domain/procedures/pre-filing-mediation.js';
import { findRule } from '../../../src/domain/rules/rule-book.js';
import { sawDecision } from '../../support/seen.js';
import { act, body, contextAt, perform, registered } from '../dispute/matter.js';

describe('regional profiles', () => {
  it('are chosen by the narrowest region that covers the dispute', () => {
    expect(profileForRegion('360121').code).toBe('nanchang');
    expect(profileForRegion('360100').code).toBe('nanchang');
    expect(profileForRegion('360733').code).toBe('default');
    expect(profileForRegion('440300').code).toBe('default');
  });

  it('hold thresholds for colours and stalls, and only local periods of their own region', () => {
    for (const { regions, localRules, colours, stallAfterDays, jointMediation } of profiles) {
      for (const days of Object.values(stallAfterDays)) expect(days).toBeGreaterThan(0);
      expect(colours.yellowShare).toBeLessThan(1);
      expect(colours.redWorkingDays).toBeLessThanOrEqual(colours.yellowWorkingDays);
      for (const seat of jointMediation.advisers) expect(adviserSeats).toContain(seat);
      for (const code of localRules)
        expect(regions.every((region) => region.startsWith(findRule(code)!.region!))).toBe(true);
    }
  });

  it('of Nanchang: county studios, three advisers, the unverified sixty days of the union’s papers', () => {
    expect(nanchangProfile.jointMediation).toEqual({ studios: 'county', advisers: [...adviserSeats] });
    expect(nanchangProfile.localRules).toEqual(['CM-26', 'CM-26.agency']);
    for (const code of nanchangProfile.localRules)
      expect(findRule(code)).toMatchObject({ amount: 60, unit: 'D', confidence: 'unverified' });
  });
});

describe('moving a dispute to another profile', () => {
  const now = '2026-03-21T10:00:00+08:00';
  const opening = { procedure: 'labour-arbitration', body: body('LAC'), appliedOn: '2026-03-20' };
  const counting: Profile = { ...defaultProfile, labourShortPeriods: 'D' };

  it('dates anew, by explicit events, every open period that the profile counts otherwise', () => {
    const filed = perform(
      registered('labour', '2026-03-20', now),
      [act('LAC', 'open-procedure', opening, '2026-03-20')],
      now,
    );
    const context = { ...contextAt(now, 'LAC') };
    const started = decide(
      registered('labour', '2026-03-20', now).state,
      { action: 'open-procedure', body: opening, occurredAt: '2026-03-20' },
      { ...context, profile: counting },
    );
    expect(started.state.deadlines['p1:LD-08']).toMatchObject({ unit: 'D', due: '2026-03-25' });
    const moved = sawDecision(
      decide(
        started.state,
        { action: 'change-profile', body: { profile: 'nanchang' } },
        { ...contextAt(now, 'LAC'), profile: counting },
      ),
    );
    expect(moved.refusal).toBeNull();
    expect(moved.events.find(({ type }) => type === 'DeadlineRecomputed')?.data).toMatchObject({
      deadlineId: 'p1:LD-08',
      fromDue: '2026-03-25',
      toDue: '2026-03-27',
      why: 'profile',
    });
    expect(moved.state.deadlines['p1:LD-08']).toMatchObject({ unit: 'WD', due: '2026-03-27' });
    expect(moved.state.deadlines['p1:LD-08']?.due).toBe(filed.state.deadlines['p1:LD-08']?.due);
  });
});
