import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import { letTimePass } from '../../../src/domain/dispute/decide.js';
import { routeFacts } from '../../../src/domain/dispute/routes.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { both, chronicle, opens } from './chronicle.js';

describe('administrative review 行政复议', () => {
  const applied = (facts: Record<string, unknown> = {}) => {
    const matter = chronicle('administrative-act', '2026-03-02', { facts });
    matter.tell([['2026-03-02', 'GOV', 'open-procedure', opens('administrative-review', 'GOV')]]);
    return matter;
  };
  const accepted = (facts: Record<string, unknown> = {}) => {
    const matter = applied(facts);
    matter.tell([['2026-03-04', 'GOV', 'accept-application']]);
    return matter;
  };

  it('is chosen or suit is, never both at once; required first, it bars the suit', () => {
    expect(
      applied().refused('2026-03-03', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')),
    ).toBe('procedure-exclusive');
    expect(
      chronicle('administrative-act', '2026-03-02', { facts: { reviewFirst: true } }).refusal(
        '2026-03-03',
        'COURT',
        'open-procedure',
        opens('administrative-litigation', 'COURT'),
      ),
    ).toMatchObject({ code: 'route-forbidden', basis: { law: '行政复议法', article: '23' } });
    expect(
      chronicle('labour', '2026-03-02').refused(
        '2026-03-02',
        'GOV',
        'open-procedure',
        opens('administrative-review', 'GOV'),
      ),
    ).toBe('route-forbidden');
  });

  it('is deemed accepted on the day of expiry when the body stays silent, and its periods run from that day', () => {
    const matter = applied();
    expect(matter.clock('p1:AR-02')).toBe('2026-03-09 running');
    const { events } = letTimePass({ ...matter.state, backfill: false }, '2026-03-10T00:00:00+08:00', {
      now: '2026-03-10T00:00:00+08:00',
      by: { account: 'engine', roles: ['system'], organisation: null, region: null },
      calendar: publishedCalendar,
      rules: ruleBook,
      profile: defaultProfile,
    });
    const elapsed = events.findIndex(({ type }) => type === 'DeadlineElapsed');
    expect(events[elapsed]?.cause).toBeNull();
    const deemed = events.find(({ type }) => type === 'ApplicationDeemedAccepted');
    expect(deemed).toMatchObject({ cause: elapsed, data: { acceptedOn: '2026-03-09' } });

    matter.until('2026-03-10');
    expect(matter.procedure('p1').step).toBe('accepted');
    expect(matter.clock('p1:AR-04')).toBe('2026-03-18 running');
    expect(matter.clock('p1:AR-06')).toBe('2026-05-08 running');
    expect(matter.refused('2026-03-10', 'GOV', 'reject-application', { reason: 'late' })).toBe('action-not-available');
  });

  it('asks once for a correction, and counts as abandoned where none comes in ten working days', () => {
    const matter = applied();
    matter.tell([
      ['2026-03-04', 'GOV', 'request-correction'],
      ['2026-03-05', 'GOV', 'serve', { paper: 'correction-notice', party: 'a' }],
    ]);
    expect(matter.clock('p1:AR-02')).toBe('2026-03-09 met');
    expect(matter.clock('p1:AR-03.applicant:party:a')).toBe('2026-03-19 running');
    const corrected = applied();
    corrected.tell([
      ['2026-03-04', 'GOV', 'request-correction'],
      ['2026-03-05', 'GOV', 'serve', { paper: 'correction-notice', party: 'a' }],
      ['2026-03-10', 'GOV', 'submit-correction'],
    ]);
    expect(corrected.clock('p1:AR-02')).toBe('2026-03-17 running');
    expect(corrected.refused('2026-03-11', 'GOV', 'request-correction')).toBe('already-done');

    matter.until('2026-03-20');
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'deemed-withdrawn' });
    expect(matter.forbidden()).toContain('administrative-review');
  });

  it('runs shorter under the simple procedure, which knows no extension', () => {
    const matter = applied();
    matter.tell([
      ['2026-03-04', 'GOV', 'accept-application', { track: 'simple' }],
      ['2026-03-05', 'GOV', 'serve', { paper: 'application-copy', party: 'b' }],
    ]);
    expect(matter.clock('p1:AR-05')).toBe('2026-03-09 met');
    expect(matter.clock('p1:AR-05.reply:party:b')).toBe('2026-03-12 running');
    expect(matter.clock('p1:AR-06.simple')).toBe('2026-04-03 running');
    expect(matter.refused('2026-03-06', 'GOV', 'extend', { approvedBy: 'head' })).toBe('extension-not-allowed');
  });

  it('is not accepted when applied for after sixty days, unless the delay is excused', () => {
    const matter = applied();
    expect(matter.refusal('2026-03-04', 'GOV', 'accept-application', { knewOn: '2025-12-01' })).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AR-01' },
      on: '2026-01-30',
    });
    matter.tell([['2026-03-04', 'GOV', 'accept-application', { knewOn: '2025-12-01', excused: true }]]);
    expect(matter.procedure('p1').step).toBe('accepted');
  });

  it('extended once with notice, and overdue, opens the suit for fifteen days from the expiry', () => {
    const matter = accepted();
    expect(matter.clock('p1:AR-06')).toBe('2026-05-06 running');
    matter.tell([['2026-04-20', 'GOV', 'extend', { approvedBy: 'head' }]]);
    expect(matter.clock('p1:AR-06')).toBe('2026-06-02 running');
    expect(matter.owed()).toEqual(['p1:extension']);
    expect(matter.refused('2026-04-21', 'GOV', 'extend', { approvedBy: 'head' })).toBe('extension-exhausted');
    matter.until('2026-06-03');
    expect(matter.clock('p1:AL-01.overdue:party:a')).toBe('2026-06-17 running');
    matter.tell([['2026-06-10', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'inaction' });
    expect(matter.clock('p1:AL-01.overdue:party:a')).toBe('2026-06-17 met');
  });

  it('decided, is sued upon by the applicant only, within fifteen days of receipt', () => {
    const matter = accepted();
    matter.tell([
      ['2026-03-06', 'GOV', 'serve', { paper: 'application-copy', party: 'b' }],
      ['2026-03-20', 'GOV', 'record-answer', { party: 'b' }],
      ['2026-04-15', 'GOV', 'issue-decision', { result: 'upheld' }],
      ['2026-04-16', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
      ['2026-04-16', 'GOV', 'serve', { paper: 'decision', party: 'b' }],
    ]);
    expect(matter.clock('p1:AR-04.reply:party:b')).toBe('2026-03-20 met');
    expect(matter.clock('p1:AL-01:party:a')).toBe('2026-05-06 running');
    expect(matter.rules().filter((rule) => rule.startsWith('AL-01'))).toHaveLength(1);
    expect(matter.permitted()).toEqual(['administrative-litigation claimant']);
    matter.until('2026-05-07');
    expect(matter.refused('2026-05-08', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT'))).toBe(
      'deadline-passed',
    );
    const first = accepted({ reviewFirst: true });
    first.tell([
      ['2026-04-15', 'GOV', 'issue-decision', { result: 'upheld' }],
      ['2026-04-16', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
    ]);
    expect(first.clock('p1:AR-12:party:a')).toBe('2026-05-06 running');
  });

  it('is suspended for mediation only with the consent of both, and ends after sixty days without a successor', () => {
    const matter = accepted();
    const suspension = { from: '2026-04-01', approvedBy: 'head' };
    const mediation = { from: '2026-04-01', approvedBy: 'both-parties', ground: 'mediation' };
    for (const lacking of [{ approvedBy: 'head' }, {}, { consents: ['a'] }])
      expect(matter.refusal('2026-04-01', 'GOV', 'suspend', { ...mediation, ...lacking })).toMatchObject({
        code: 'consent-missing',
        basis: { law: '行政复议法', article: '39' },
      });
    const agreed = accepted();
    agreed.tell([['2026-04-01', 'GOV', 'suspend', { ...mediation, consents: both }]]);
    expect(agreed.deadline('p1:AR-06').status).toBe('suspended');
    expect(agreed.rules()).not.toContain('AR-09');
    matter.tell([['2026-04-01', 'GOV', 'suspend', { ...suspension, ground: 'applicant-death' }]]);
    expect(matter.clock('p1:AR-09')).toBe('2026-06-01 running');
    expect(matter.deadline('p1:AR-06').status).toBe('suspended');
    matter.until('2026-06-02');
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'terminated' });

    const resumed = accepted();
    resumed.tell([
      ['2026-04-01', 'GOV', 'suspend', { ...suspension, ground: 'applicant-death' }],
      ['2026-04-11', 'GOV', 'resume', { to: '2026-04-11' }],
    ]);
    expect(resumed.clock('p1:AR-06')).toBe('2026-05-13 running');
    expect(resumed.deadline('p1:AR-09').status).toBe('void');
  });

  it('withdrawn on a settlement, is followed up; the same facts are barred', () => {
    const matter = accepted();
    matter.tell([['2026-03-20', 'GOV', 'withdraw', { party: 'a', settled: true }]]);
    expect(matter.procedure('p1').outcome).toBe('withdrawn');
    expect(routeFacts(matter.state).settled).toBe(true);
    expect(matter.permitted()).toEqual(
      expect.arrayContaining(['follow-up body', 'administrative-litigation claimant']),
    );
    expect(matter.forbidden()).toContain('administrative-review');
  });

  it('hears on five working days’ notice, and may end in a consent document that is enforceable', () => {
    const matter = accepted();
    const hearing = { at: '2026-03-20T09:00:00+08:00' };
    expect(matter.refusal('2026-03-16', 'GOV', 'schedule-session', hearing)).toMatchObject({
      code: 'notice-too-late',
      on: '2026-03-13',
    });
    matter.tell([
      ['2026-03-13', 'GOV', 'schedule-session', hearing],
      ['2026-03-20', 'GOV', 'record-session'],
      ['2026-03-25', 'GOV', 'issue-consent-document', { parties: ['a'] }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('mediated');
    expect(matter.permitted()).toEqual(expect.arrayContaining(['enforcement either', 'follow-up body']));
  });

  it('refused or extended, is told in writing; dismissed, is sued upon all the same', () => {
    const refused = applied();
    refused.tell([['2026-03-05', 'GOV', 'reject-application', { reason: 'not-reviewable' }]]);
    expect(refused.procedure('p1').outcome).toBe('not-accepted');
    expect(refused.clock('p1:AR-02')).toBe('2026-03-09 met');
    expect(refused.owed()).toEqual(['p1:refusal']);
    refused.tell([['2026-03-06', 'GOV', 'give-notice', { notice: 'refusal', parties: ['a'] }]]);
    expect(refused.owed()).toEqual([]);

    const matter = accepted();
    matter.tell([
      ['2026-04-20', 'GOV', 'extend', { approvedBy: 'head' }],
      ['2026-04-21', 'GOV', 'give-notice', { notice: 'extension', parties: ['a', 'b'] }],
      ['2026-05-20', 'GOV', 'issue-decision', { result: 'dismissed' }],
      ['2026-05-21', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
    ]);
    expect(matter.owed()).toEqual([]);
    expect(matter.procedure('p1').outcome).toBe('dismissed');
    expect(matter.clock('p1:AL-01:party:a')).toBe('2026-06-05 running');
  });
});
