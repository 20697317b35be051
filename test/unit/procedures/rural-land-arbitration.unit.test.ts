import { chronicle, opens, type Line } from './chronicle.js';

const files: Line = ['2026-03-02', 'RLC', 'open-procedure', opens('rural-land-arbitration', 'RLC')];
const begun = () => {
  const matter = chronicle('rural-land', '2026-03-02');
  matter.tell([files]);
  return matter;
};
const accepted = () => {
  const matter = begun();
  matter.tell([
    ['2026-03-04', 'RLC', 'accept-application', {}],
    ['2026-03-06', 'RLC', 'serve', { paper: 'application-copy', party: 'b' }],
  ]);
  return matter;
};
const awarded = () => {
  const matter = accepted();
  matter.tell([
    ['2026-03-09', 'RLC', 'form-tribunal', {}],
    ['2026-03-30', 'RLC', 'record-session', { absent: ['b'] }],
    ['2026-04-10', 'RLC', 'issue-award', {}],
    ['2026-04-13', 'RLC', 'serve', { paper: 'award', party: 'a' }],
    ['2026-04-15', 'RLC', 'serve', { paper: 'award', party: 'b' }],
  ]);
  return matter;
};

describe('rural land arbitration 农村土地承包仲裁', () => {
  it('needs no clause, stands in place of a suit, and is for rural land only', () => {
    expect(chronicle('land-tort', '2026-03-02').refused(...files)).toBe('route-forbidden');
    expect(begun().refused('2026-03-03', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT'))).toBe(
      'procedure-exclusive',
    );
  });

  it('tells of acceptance in five working days, hears an answer in ten days, decides in sixty and thirty', () => {
    const matter = begun();
    expect(matter.clock('p1:RL-02')).toBe('2026-03-09 running');
    matter.tell([
      ['2026-03-04', 'RLC', 'accept-application', {}],
      ['2026-03-06', 'RLC', 'serve', { paper: 'application-copy', party: 'b' }],
    ]);
    expect(matter.clock('p1:RL-03:party:b')).toBe('2026-03-16 running');
    // 3 May lies in the Labour Day holiday.
    expect(matter.clock('p1:RL-04')).toBe('2026-05-06 running');
    matter.until('2026-03-17');
    expect(matter.clock('p1:RL-03:party:b')).toBe('2026-03-16 elapsed');
    matter.tell([['2026-04-20', 'RLC', 'extend', { approvedBy: 'director' }]]);
    expect(matter.clock('p1:RL-04')).toBe('2026-06-02 running');
    expect(matter.refused('2026-04-21', 'RLC', 'extend', { approvedBy: 'director' })).toBe('extension-exhausted');
  });

  it('overdue, lets the parties go to court, which ends it', () => {
    const matter = accepted();
    matter.until('2026-05-07');
    expect(matter.procedure('p1').status).toBe('open');
    expect(matter.permitted()).toContain('civil-litigation either');
    matter.tell([['2026-05-11', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
    expect(matter.procedure('p1').outcome).toBe('award-overdue');
  });

  it('decides by default, and takes effect when nobody sues in thirty days of receipt', () => {
    const matter = awarded();
    expect(matter.clock('p1:RL-05:party:a')).toBe('2026-05-13 running');
    expect(matter.permitted()).toEqual(['civil-litigation either']);
    expect(matter.forbidden()).toContain('set-aside');
    matter.until('2026-05-14');
    expect(matter.procedure('p1').award?.status).toBe('appealable');
    matter.until('2026-05-16');
    expect(matter.procedure('p1').award?.status).toBe('effective');
    expect(matter.permitted()).toEqual(['enforcement either', 'follow-up body']);
    expect(matter.forbidden()).toContain('civil-litigation');
  });

  it('is without effect once a side has sued', () => {
    const matter = awarded();
    matter.tell([['2026-05-06', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT', { applicants: ['a'] })]]);
    expect(matter.clock('p1:RL-05:party:a')).toBe('2026-05-13 met');
    matter.until('2026-05-16');
    expect(matter.deadline('p1:RL-05:party:b').effect).toBe('no-effect');
    expect(matter.procedure('p1').award?.status).toBe('challenged');
  });

  it('settled, ends in a consent award; refused, in writing, leaves the suit', () => {
    const settled = accepted();
    settled.tell([['2026-03-20', 'RLC', 'issue-consent-award', {}]]);
    expect(settled.procedure('p1').outcome).toBe('mediated');
    expect(settled.clock('p1:RL-04')).toBe('2026-05-06 met');
    expect(settled.permitted()).toEqual(['enforcement either', 'follow-up body']);
    const refused = begun();
    refused.tell([['2026-03-05', 'RLC', 'reject-application', { reason: 'out-of-scope' }]]);
    expect(refused.state.debts['p1:refusal']?.basis.rule).toBe('RL-02');
    expect(refused.permitted()).toEqual(['civil-litigation either']);
  });
});
