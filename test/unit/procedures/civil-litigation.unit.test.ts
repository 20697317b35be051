import type { DisputeType } from '../../../src/domain/routes/codes.js';
import { both, chronicle, opens, type Line } from './chronicle.js';

const filed = (type: DisputeType = 'debt') => {
  const matter = chronicle(type, '2026-03-02');
  matter.tell([['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
  return matter;
};
const registered = (track: 'ordinary' | 'summary' | 'small-claims' = 'ordinary', type: DisputeType = 'debt') => {
  const matter = filed(type);
  matter.tell([['2026-03-04', 'COURT', 'accept-application', { track }]]);
  return matter;
};

describe('civil litigation 民事一审', () => {
  it('is registered in seven days of the complaint, or of its corrected papers (民诉解释208)', () => {
    const matter = filed();
    expect(matter.clock('p1:CL-02')).toBe('2026-03-09 running');
    matter.tell([['2026-03-05', 'COURT', 'record-corrected-papers', {}]]);
    expect(matter.deadline('p1:CL-02').status).toBe('void');
    expect(matter.clock('p1:CM-19')).toBe('2026-03-12 running');
    matter.tell([['2026-03-11', 'COURT', 'accept-application', {}]]);
    expect(matter.clock('p1:CM-19')).toBe('2026-03-12 met');
  });

  it('sends the complaint in five days, and hears a defence and an objection in fifteen (128, 130)', () => {
    const matter = registered();
    expect(matter.clock('p1:CL-03')).toBe('2026-03-09 running');
    matter.tell([
      ['2026-03-06', 'COURT', 'serve', { paper: 'complaint', party: 'a' }],
      ['2026-03-06', 'COURT', 'serve', { paper: 'complaint', party: 'b' }],
    ]);
    expect(matter.clock('p1:CL-03')).toBe('2026-03-09 met');
    // The plaintiff defends itself against nothing; 21 March is a Saturday.
    expect(matter.rules().filter((rule) => rule === 'CL-03.defence')).toHaveLength(1);
    expect(matter.clock('p1:CL-03.defence:party:b')).toBe('2026-03-23 running');
    expect(matter.refused('2026-03-09', 'COURT', 'object-to-jurisdiction', { party: 'a' })).toBe(
      'deadline-not-running',
    );
    matter.tell([
      ['2026-03-10', 'COURT', 'object-to-jurisdiction', { party: 'b' }],
      ['2026-03-10', 'COURT', 'record-answer', { party: 'b' }],
    ]);
    expect(matter.clock('p1:CL-03.jurisdiction:party:b')).toBe('2026-03-23 met');
    expect(matter.clock('p1:CL-03.defence:party:b')).toBe('2026-03-23 met');
    expect(matter.clock('p1:CL-03.serve-defence')).toBe('2026-03-16 running');
    matter.tell([['2026-03-12', 'COURT', 'serve', { paper: 'answer', party: 'a' }]]);
    expect(matter.clock('p1:CL-03.serve-defence')).toBe('2026-03-16 met');
  });

  it('takes no objection after that, and goes on without a defence', () => {
    const matter = registered();
    matter.tell([['2026-03-06', 'COURT', 'serve', { paper: 'complaint', party: 'b' }]]);
    matter.until('2026-03-24');
    expect(matter.clock('p1:CL-03.defence:party:b')).toBe('2026-03-23 elapsed');
    expect(matter.refusal('2026-03-24', 'COURT', 'object-to-jurisdiction', { party: 'b' })).toMatchObject({
      code: 'deadline-passed',
      on: '2026-03-23',
      basis: { rule: 'CL-03.jurisdiction' },
    });
    expect(matter.refused('2026-03-24', 'COURT', 'record-session', {})).toBeNull();
  });

  it('tells who judges in three days, and of a hearing three days before it, save in summary procedure', () => {
    const matter = registered();
    matter.tell([['2026-03-06', 'COURT', 'form-tribunal', { judges: [{ account: 'j', name: null }] }]]);
    expect(matter.clock('p1:CL-04')).toBe('2026-03-09 running');
    matter.tell([['2026-03-09', 'COURT', 'serve', { paper: 'tribunal-notice', party: 'b' }]]);
    expect(matter.clock('p1:CL-04')).toBe('2026-03-09 met');
    const hearing = { at: '2026-04-01T09:00:00+08:00' };
    // Counted back three days from 1 April: Sunday 29 March, so that Friday the 27th is the last day.
    expect(matter.refusal('2026-03-30', 'COURT', 'schedule-session', hearing)).toMatchObject({
      code: 'notice-too-late',
      on: '2026-03-27',
      basis: { rule: 'CL-04.hearing' },
    });
    matter.tell([['2026-03-27', 'COURT', 'schedule-session', hearing]]);
    expect(matter.procedure('p1').sessions).toMatchObject([{ at: hearing.at, noticeOn: '2026-03-27' }]);
    expect(registered('summary').refused('2026-03-31', 'COURT', 'schedule-session', hearing)).toBeNull();
  });

  it.each([
    ['ordinary', 'CM-14b', '2026-03-20'],
    ['summary', 'CM-14b.summary', '2026-03-12'],
  ] as const)('mediated by the court itself in %s procedure as both consent, then tried', (track, rule, due) => {
    const matter = registered(track);
    const begins = (consents: string[]): Line => ['2026-03-05', 'COURT', 'mediate-in-court', { consents }];
    expect(matter.refused(...begins(['a', 'a']))).toBe('consent-missing');
    matter.tell([begins(both)]);
    expect(matter.clock(`p1:${rule}`)).toBe(`${due} running`);
    const agreed = registered(track);
    agreed.tell([begins(both), ['2026-03-10', 'COURT', 'issue-consent-judgment', {}]]);
    expect(agreed.clock(`p1:${rule}`)).toBe(`${due} met`);
    matter.until('2026-03-24');
    expect(matter.clock(`p1:${rule}`)).toBe(`${due} elapsed`);
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'registered' });
    matter.tell([['2026-03-24', 'COURT', 'record-session', {}]]);
    expect(matter.deadline(`p1:${rule}`).doneLateOn).toBe('2026-03-24');
  });

  it('serves who cannot be reached by a notice of thirty days (95)', () => {
    const matter = registered('summary');
    const notice = (paper: string): Record<string, unknown> => ({ paper, party: 'b', procedureId: 'p1' });
    expect(matter.refused('2026-03-09', 'COURT', 'publish-notice', notice('judgment'))).toBe('action-not-available');
    matter.tell([['2026-03-09', 'COURT', 'publish-notice', notice('complaint')]]);
    expect(matter.clock('p1:CL-20:party:b:complaint')).toBe('2026-04-08 running');
    matter.until('2026-04-09');
    expect(matter.clock('p1:CL-20:party:b:complaint')).toBe('2026-04-08 elapsed');
    expect(matter.clock('p1:CL-03.defence:party:b')).toBe('2026-04-23 running');
    matter.tell([
      ['2026-04-27', 'COURT', 'record-session', { absent: ['b'] }],
      ['2026-04-27', 'COURT', 'issue-judgment', { byDefault: true }],
      ['2026-04-28', 'COURT', 'serve', { paper: 'judgment', party: 'a' }],
      ['2026-04-28', 'COURT', 'publish-notice', notice('judgment')],
    ]);
    matter.until('2026-06-16');
    expect(matter.clock('p1:CL-10:party:b')).toBe('2026-06-12 elapsed');
    expect(matter.procedure('p1').outcome).toBe('effective');
  });

  it('is tried in six months, without an appraisal, and six more', () => {
    const matter = registered();
    expect(matter.clock('p1:CL-05')).toBe('2026-09-04 running');
    matter.tell([
      ['2026-04-01', 'COURT', 'suspend', { ground: 'appraisal', from: '2026-04-01', approvedBy: 'body' }],
      ['2026-05-01', 'COURT', 'resume', { to: '2026-05-01' }],
    ]);
    // Thirty days later: Sunday 4 October lies in the National Day holiday, which ends on the 7th.
    expect(matter.deadline('p1:CL-05')).toMatchObject({ naturalDue: '2026-10-04', due: '2026-10-08' });
    // The court above comes after the president, and once.
    const above = { approvedBy: 'superior-court' };
    expect(matter.refused('2026-09-01', 'COURT', 'extend', above)).toBe('extension-exhausted');
    matter.tell([['2026-09-01', 'COURT', 'extend', { approvedBy: 'president' }]]);
    expect(matter.deadline('p1:CL-05')).toMatchObject({ extension: 6, extensions: 1 });
    expect(matter.refused('2026-09-02', 'COURT', 'extend', { approvedBy: 'president' })).toBe('extension-exhausted');
    matter.tell([['2026-09-03', 'COURT', 'extend', above]]);
    expect(matter.deadline('p1:CL-05')).toMatchObject({ extension: 9, extensions: 2, due: '2027-07-05' });
    expect(matter.refused('2026-09-04', 'COURT', 'extend', above)).toBe('extension-exhausted');
  });

  it.each([
    ['dismiss-suit', 'dismissed'],
    ['end-suit', 'terminated'],
  ] as const)('%s ends it without a judgment', (kind, outcome) => {
    const matter = registered();
    matter.tell([['2026-03-20', 'COURT', 'issue-ruling', { kind }]]);
    expect(matter.procedure('p1').outcome).toBe(outcome);
    expect(matter.clock('p1:CL-05')).toBe('2026-09-04 met');
    expect(matter.permitted().includes('civil-appeal either')).toBe(outcome === 'dismissed');
  });

  describe('for a divorce', () => {
    const divorce = () => registered('ordinary', 'family');

    it('withdrawn or deemed so, is not brought again by the plaintiff for six months (127)', () => {
      const withdrawn = divorce();
      withdrawn.tell([['2026-03-20', 'COURT', 'withdraw', { procedureId: 'p1' }]]);
      const absent = divorce();
      absent.paper('proof');
      absent.tell([['2026-03-20', 'COURT', 'deem-withdrawn', { proofOfNotice: 'proof' }]]);
      for (const matter of [withdrawn, absent]) {
        // 20 September is a Sunday on which one works.
        expect(matter.clock('p1:CL-13.divorce:party:a')).toBe('2026-09-20 running');
        expect(matter.permitted()).toContain('civil-litigation respondent');
        const again = opens('civil-litigation', 'COURT', { applicants: ['a'] });
        expect(matter.refusal('2026-09-18', 'COURT', 'open-procedure', again)).toMatchObject({
          code: 'route-forbidden',
          basis: { rule: 'CL-13.divorce' },
        });
        matter.until('2026-09-21');
        expect(matter.clock('p1:CL-13.divorce:party:a')).toBe('2026-09-20 elapsed');
        matter.tell([['2026-09-21', 'COURT', 'open-procedure', again]]);
        expect(matter.procedure('p2').applicants).toEqual(['a']);
      }
    });
  });
});
