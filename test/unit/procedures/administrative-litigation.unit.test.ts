import { routeFacts } from '../../../src/domain/dispute/routes.js';
import { chronicle, opens } from './chronicle.js';

describe('administrative litigation 行政诉讼', () => {
  const sued = () => {
    const matter = chronicle('administrative-act', '2026-03-02');
    matter.tell([['2026-03-02', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')]]);
    return matter;
  };
  const tried = (track: 'ordinary' | 'simple' = 'ordinary') => {
    const matter = sued();
    matter.tell([
      ['2026-03-06', 'COURT', 'accept-application', { track, knewOn: '2026-02-01' }],
      ['2026-04-10', 'COURT', 'record-session', { absent: ['b'] }],
    ]);
    return matter;
  };

  it('is registered in seven days, within six months of knowing, and then bars review', () => {
    const matter = sued();
    expect(matter.clock('p1:AL-04')).toBe('2026-03-09 running');
    expect(matter.refusal('2026-03-06', 'COURT', 'accept-application', { knewOn: '2025-07-01' })).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AL-02' },
    });
    matter.tell([['2026-03-06', 'COURT', 'accept-application', { knewOn: '2025-10-01' }]]);
    expect(matter.clock('p1:AL-04.first-instance')).toBe('2026-09-07 running');
    expect(routeFacts(matter.state).courtAccepted).toBe(true);
    expect(matter.refusal('2026-03-09', 'GOV', 'open-procedure', opens('administrative-review', 'GOV'))).toMatchObject({
      code: 'route-forbidden',
      basis: { rule: 'AR-11' },
    });
  });

  it('has forty-five days in the simple procedure', () => {
    expect(tried('simple').clock('p1:AL-04.simple')).toBe('2026-04-20 running');
  });

  it('is settled on compensation or discretion only', () => {
    const matter = tried();
    expect(matter.refusal('2026-04-15', 'COURT', 'issue-consent-judgment', { about: 'other' })).toMatchObject({
      code: 'action-not-available',
      basis: { rule: 'AL-05' },
    });
    matter.tell([['2026-04-15', 'COURT', 'issue-consent-judgment', { about: 'compensation' }]]);
    expect(matter.permitted()).toContain('enforcement either');
  });

  it('judges by default whoever was absent, and nobody else', () => {
    const matter = sued();
    matter.tell([
      ['2026-03-06', 'COURT', 'accept-application'],
      ['2026-04-10', 'COURT', 'record-session'],
    ]);
    expect(matter.refused('2026-04-20', 'COURT', 'issue-judgment', { byDefault: true })).toBe('action-not-available');
    expect(tried().refused('2026-04-20', 'COURT', 'issue-judgment', { byDefault: true })).toBeNull();
  });

  it('without an appeal becomes effective when the last period has passed', () => {
    const matter = tried();
    matter.tell([
      ['2026-04-20', 'COURT', 'issue-judgment'],
      ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'a' }],
      ['2026-04-23', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
    ]);
    expect(matter.clock('p1:AL-04.appeal:party:a')).toBe('2026-05-06 running');
    matter.until('2026-05-07');
    expect(matter.procedure('p1').outcome).toBe('judgment');
    expect(matter.refused('2026-05-07', 'HIGH', 'open-procedure', opens('administrative-appeal', 'HIGH'))).toBe(
      'deadline-passed',
    );
    matter.until('2026-05-09');
    expect(matter.procedure('p1').outcome).toBe('effective');
    expect(matter.permitted()).toEqual(['enforcement either']);
  });

  it('withdrawn, is not brought again', () => {
    const matter = tried();
    matter.tell([['2026-04-12', 'COURT', 'withdraw', { party: 'a' }]]);
    expect(matter.refused('2026-04-20', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT'))).toBe(
      'already-done',
    );
  });

  it('dismissed or not registered by ruling, is appealed against within ten days', () => {
    const matter = sued();
    matter.tell([
      ['2026-03-06', 'COURT', 'reject-application', { reason: 'not-administrative' }],
      ['2026-03-09', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
    ]);
    expect(matter.clock('p1:AL-04.appeal-ruling:party:a')).toBe('2026-03-19 running');
    expect(matter.permitted()).toEqual(['administrative-appeal either']);
  });
});
