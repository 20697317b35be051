import { chronicle, opens, type Line } from './chronicle.js';

const awarded = (finality: 'final' | 'non-final') => {
  const matter = chronicle('labour', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')],
    ['2026-03-03', 'LAC', 'accept-application', {}],
    ['2026-03-04', 'LAC', 'form-tribunal', {}],
    ['2026-03-20', 'LAC', 'record-session', {}],
    ['2026-03-27', 'LAC', 'issue-award', { finality }],
    ['2026-03-30', 'LAC', 'serve', { paper: 'award', party: 'a' }],
    ['2026-03-30', 'LAC', 'serve', { paper: 'award', party: 'b' }],
  ]);
  return matter;
};
const by = (applicant: string) => opens('set-aside', 'MIDDLE', { applicants: [applicant] });
const applies: Line = ['2026-04-02', 'MIDDLE', 'open-procedure', by('b')];
const accepted: Line = ['2026-04-07', 'MIDDLE', 'accept-application', {}];

describe('setting aside of a labour award 撤裁', () => {
  it('is the employer’s, against a final award, at the court above the commission, in thirty days', () => {
    expect(awarded('non-final').refused(...applies)).toBe('route-forbidden');
    const matter = awarded('final');
    expect(matter.refused('2026-04-02', 'MIDDLE', 'open-procedure', by('a'))).toBe('route-forbidden');
    expect(
      matter.refusal('2026-04-02', 'LAC', 'open-procedure', opens('set-aside', 'LAC', { applicants: ['b'] })),
    ).toMatchObject({ code: 'wrong-body', basis: { rule: 'LD-31' } });
    expect(matter.clock('p1:LD-31:party:b')).toBe('2026-04-29 running');
    matter.tell([applies]);
    expect(matter.clock('p1:LD-31:party:b')).toBe('2026-04-29 met');
    expect(matter.refused('2026-04-30', 'MIDDLE', 'open-procedure', by('b'))).toBe('procedure-exclusive');
  });

  it('comes too late after thirty days', () => {
    expect(awarded('final').refusal('2026-04-30', 'MIDDLE', 'open-procedure', by('b'))).toMatchObject({
      code: 'deadline-passed',
      on: '2026-04-29',
    });
  });

  it('annulled: either side may sue in fifteen days of its receipt', () => {
    const matter = awarded('final');
    matter.tell([
      applies,
      accepted,
      ['2026-05-06', 'MIDDLE', 'issue-ruling', { result: 'annulled', ground: 'procedure' }],
      ['2026-05-08', 'MIDDLE', 'serve', { paper: 'ruling', party: 'a', procedureId: 'p2' }],
      ['2026-05-11', 'MIDDLE', 'serve', { paper: 'ruling', party: 'b', procedureId: 'p2' }],
    ]);
    // 仲裁法73 does not bind this court (93): no period runs for its ruling.
    expect(matter.rules()).not.toContain('AB-03');
    expect(matter.procedure('p1').award?.status).toBe('set-aside');
    // 23 May is a Saturday.
    expect(matter.clock('p2:LD-32:party:a')).toBe('2026-05-25 running');
    expect(matter.clock('p2:LD-32:party:b')).toBe('2026-05-26 running');
    expect(matter.permitted()).toEqual(['civil-litigation either']);
    matter.tell([['2026-05-20', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT', { applicants: ['a'] })]]);
    expect(matter.clock('p2:LD-32:party:a')).toBe('2026-05-25 met');
    matter.until('2026-05-27');
    expect(matter.clock('p2:LD-32:party:b')).toBe('2026-05-26 elapsed');
  });

  it('dismissed: the award stands and is enforced, the employer may not sue', () => {
    const matter = awarded('final');
    matter.tell([
      applies,
      accepted,
      ['2026-05-06', 'MIDDLE', 'issue-ruling', { result: 'dismissed', ground: 'no-ground' }],
    ]);
    expect(matter.permitted()).toEqual(['enforcement either']);
    expect(matter.forbidden()).toEqual(expect.arrayContaining(['civil-litigation', 'civil-appeal']));
  });

  const worker = opens('civil-litigation', 'COURT', { applicants: ['a'] });
  const ruling: Line = ['2026-05-08', 'COURT', 'serve', { paper: 'ruling', party: 'b', procedureId: 'p3' }];

  it('gives way to the worker’s suit, and is open anew when that comes to nothing (解释(一)21)', () => {
    const matter = awarded('final');
    matter.tell([
      applies,
      accepted,
      // The worker’s right to sue is not barred by the employer’s application.
      ['2026-04-10', 'COURT', 'open-procedure', worker],
      ['2026-04-15', 'MIDDLE', 'issue-ruling', { result: 'dismissed', ground: 'worker-sued' }],
      ['2026-05-06', 'COURT', 'withdraw', { procedureId: 'p3' }],
      ruling,
    ]);
    expect(matter.clock('p3:LD-33:party:b')).toBe('2026-06-08 running');
    expect(matter.refused('2026-05-20', 'MIDDLE', 'open-procedure', by('a'))).toBe('route-forbidden');
    const late = awarded('final');
    late.tell([
      ['2026-04-10', 'COURT', 'open-procedure', worker],
      ['2026-05-06', 'COURT', 'withdraw', { procedureId: 'p2' }],
      ['2026-05-08', 'COURT', 'serve', { paper: 'ruling', party: 'b', procedureId: 'p2' }],
    ]);
    // Its first thirty days passed while the worker’s suit barred it.
    expect(late.deadline('p1:LD-31:party:b').status).toBe('elapsed');
    late.until('2026-06-09');
    expect(late.clock('p2:LD-33:party:b')).toBe('2026-06-08 elapsed');
    expect(late.refusal('2026-06-09', 'MIDDLE', 'open-procedure', by('b'))).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'LD-33' },
    });
    matter.tell([['2026-05-20', 'MIDDLE', 'open-procedure', by('b')]]);
    expect(matter.procedure('p4')).toMatchObject({ procedure: 'set-aside', step: 'applied' });
    expect(matter.clock('p3:LD-33:party:b')).toBe('2026-06-08 met');
  });

  it('is open to the employer whose suit was refused because the award is final, though not called so (18)', () => {
    const refused = () => {
      const matter = awarded('non-final');
      matter.tell([
        ['2026-04-10', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT', { applicants: ['b'] })],
        ['2026-04-14', 'COURT', 'reject-application', { reason: 'final-award' }],
        ['2026-04-16', 'COURT', 'serve', { paper: 'ruling', party: 'b', procedureId: 'p2' }],
      ]);
      return matter;
    };
    const matter = refused();
    // 16 May is a Saturday.
    expect(matter.clock('p2:LD-34:party:b')).toBe('2026-05-18 running');
    matter.tell([['2026-04-20', 'MIDDLE', 'open-procedure', by('b')]]);
    expect(matter.clock('p2:LD-34:party:b')).toBe('2026-05-18 met');
    const late = refused();
    late.until('2026-05-19');
    expect(late.refusal('2026-05-19', 'MIDDLE', 'open-procedure', by('b'))).toMatchObject({
      code: 'deadline-passed',
      on: '2026-05-18',
      basis: { rule: 'LD-34' },
    });
  });

  it.each([
    ['not-accepted', 'reject-application', { reason: 'late' }],
    ['withdrawn', 'withdraw', { procedureId: 'p2' }],
  ] as const)('%s, leaves the final award to be enforced', (outcome, action, body) => {
    const matter = awarded('final');
    matter.tell([applies, ['2026-04-07', 'MIDDLE', action, body]]);
    expect(matter.procedure('p2').outcome).toBe(outcome);
    expect(matter.permitted()).toEqual(['enforcement either']);
    expect(matter.procedure('p1').award?.status).toBe('appealable');
  });

  it('is not open once the worker has sued', () => {
    const matter = awarded('final');
    matter.tell([['2026-04-01', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT', { applicants: ['a'] })]]);
    // What bars the employer is cited, not what bars the worker.
    expect(matter.refusal(...applies)).toMatchObject({ code: 'route-forbidden', basis: { rule: 'LD-33' } });
  });
});
