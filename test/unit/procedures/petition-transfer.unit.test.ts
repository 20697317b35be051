import { chronicle, opens, type Line } from './chronicle.js';

const to = (code: string) => ({ body: { code, name: null } });

describe('a petition received by a petition office 信访部门', () => {
  const received = (lines: readonly Line[] = []) => {
    const matter = chronicle('petition', '2026-03-02');
    const opening = opens('petition', 'OFFICE', { track: 'petition-office' });
    matter.tell([['2026-03-02', 'OFFICE', 'open-procedure', opening], ...lines]);
    return matter;
  };
  const forwarded = (lines: readonly Line[] = []) =>
    received([['2026-03-05', 'OFFICE', 'transfer', to('GOV')], ...lines]);

  it('is forwarded in fifteen days to the authority, which then has fifteen of its own to tell the petitioner', () => {
    expect(received().clock('p1:XF-01')).toBe('2026-03-17 running');
    expect(received().rules()).toEqual(['XF-01']);
    const matter = forwarded();
    expect(matter.clock('p1:XF-01')).toBe('2026-03-17 met');
    expect(matter.procedure('p1')).toMatchObject({ step: 'transferred', body: { code: 'GOV' } });
    expect(matter.clock('p1:XF-03')).toBe('2026-03-20 running');
    expect(matter.clock('p1:XF-03.objection')).toBe('2026-03-12 running');
    matter.tell([['2026-03-10', 'GOV', 'classify', { category: 6 }]]);
    expect(matter.clock('p1:XF-03')).toBe('2026-03-20 met');
    expect(matter.clock('p1:XF-03.objection')).toBe('2026-03-12 void');
    expect(matter.procedure('p1').step).toBe('classified');
  });

  it('is not forwarded by the authority that received it itself', () => {
    const matter = chronicle('petition', '2026-03-02');
    matter.tell([['2026-03-02', 'GOV', 'open-procedure', opens('petition', 'GOV')]]);
    expect(matter.procedure('p1').track).toBe('authority');
    expect(matter.refusal('2026-03-05', 'GOV', 'transfer', to('OTHER'))).toMatchObject({
      code: 'action-not-available',
      basis: { rule: 'XF-01' },
    });
  });

  it('goes back where the authority objects within five working days and the office agrees', () => {
    const matter = forwarded();
    expect(matter.refused('2026-03-09', 'OFFICE', 'answer-objection', { answer: 'agreed' })).toBe(
      'action-not-available',
    );
    matter.tell([
      ['2026-03-09', 'GOV', 'object-to-transfer', { reason: 'not-its-matter' }],
      ['2026-03-10', 'OFFICE', 'answer-objection', { answer: 'agreed' }],
    ]);
    expect(matter.procedure('p1')).toMatchObject({ step: 'registered', body: { code: 'OFFICE' } });
    expect(matter.clock('p1:XF-03')).toBe('2026-03-20 void');
    matter.tell([['2026-03-11', 'OFFICE', 'transfer', to('OTHER')]]);
    expect(matter.clock('p1:XF-03')).toBe('2026-03-26 running');
    expect(matter.clock('p1:XF-03.objection')).toBe('2026-03-18 running');
  });

  it('stays where the office does not agree, and is not objected to twice', () => {
    const matter = forwarded([
      ['2026-03-09', 'GOV', 'object-to-transfer', { reason: 'other-region' }],
      ['2026-03-10', 'OFFICE', 'answer-objection', { answer: 'rejected' }],
    ]);
    expect(matter.procedure('p1')).toMatchObject({ step: 'transferred', body: { code: 'GOV' } });
    expect(matter.clock('p1:XF-03')).toBe('2026-03-20 running');
    expect(matter.refused('2026-03-11', 'GOV', 'object-to-transfer', { reason: 'other' })).toBe('already-done');
  });

  it('handled simply, is accepted in three working days of its receipt and answered in ten, both unverified', () => {
    const matter = forwarded([['2026-03-06', 'GOV', 'classify', { category: 6, simple: true }]]);
    expect(matter.clock('p1:XF-15')).toBe('2026-03-10 running');
    expect(matter.deadline('p1:XF-15').confidence).toBe('unverified');
    matter.tell([['2026-03-09', 'GOV', 'accept-application']]);
    expect(matter.clock('p1:XF-15')).toBe('2026-03-10 met');
    expect(matter.clock('p1:XF-15.opinion')).toBe('2026-03-23 running');
    // The sixty days of the regulations bound it all the same (信访工作条例34).
    expect(matter.clock('p1:XF-06')).toBe('2026-05-08 running');
    matter.tell([['2026-03-19', 'GOV', 'issue-opinion', { result: 'supported' }]]);
    expect(matter.clock('p1:XF-15.opinion')).toBe('2026-03-23 met');
    expect(matter.clock('p1:XF-06')).toBe('2026-05-08 met');
  });

  it('refused, is told to the petitioner; withdrawn, has no clock left', () => {
    const refused = received([
      ['2026-03-05', 'OFFICE', 'reject-application', { reason: 'pending-below' }],
      ['2026-03-06', 'OFFICE', 'give-notice', { notice: 'refusal', parties: ['a'] }],
    ]);
    expect(refused.procedure('p1').outcome).toBe('not-accepted');
    expect(refused.clock('p1:XF-01')).toBe('2026-03-17 met');
    expect(refused.owed()).toEqual([]);
    const withdrawn = forwarded([['2026-03-06', 'GOV', 'withdraw', { party: 'a' }]]);
    expect(withdrawn.procedure('p1').outcome).toBe('withdrawn');
    expect(Object.values(withdrawn.state.deadlines).every(({ status }) => status !== 'running')).toBe(true);
  });
});
