import { chronicle, opens } from './chronicle.js';

const complaint = opens('procurement-complaint', 'FIN');

describe('procurement challenge 质疑', () => {
  const challenged = () => {
    const matter = chronicle('procurement', '2026-03-02');
    matter.tell([['2026-03-02', 'BUYER', 'open-procedure', opens('procurement-challenge', 'BUYER')]]);
    return matter;
  };

  it('comes before any complaint, and is answered in seven working days', () => {
    expect(
      chronicle('procurement', '2026-03-02').refusal('2026-03-02', 'FIN', 'open-procedure', complaint),
    ).toMatchObject({ code: 'route-forbidden', basis: { law: '政府采购法' } });
    const matter = challenged();
    expect(matter.clock('p1:AD-07.reply:party:b')).toBe('2026-03-11 running');
    expect(matter.refused('2026-03-03', 'FIN', 'open-procedure', complaint)).toBe('route-forbidden');
  });

  it('made too late, is not answered but refused', () => {
    const matter = challenged();
    expect(matter.refusal('2026-03-09', 'BUYER', 'reply', { result: 'unfounded', knewOn: '2026-02-02' })).toMatchObject(
      { code: 'deadline-passed', basis: { rule: 'AD-07' }, on: '2026-02-11' },
    );
    matter.tell([['2026-03-09', 'BUYER', 'reply', { result: 'unfounded', knewOn: '2026-02-27' }]]);
    expect(matter.procedure('p1').outcome).toBe('decision');
  });

  it('answered early, leaves fifteen working days from the end of the reply’s period', () => {
    const matter = challenged();
    matter.tell([['2026-03-09', 'BUYER', 'reply', { result: 'unfounded' }]]);
    expect(matter.clock('p1:AD-07.complaint:party:a')).toBe('2026-04-01 running');
    expect(matter.permitted()).toEqual(['procurement-complaint claimant']);
    matter.until('2026-04-02');
    expect(matter.refusal('2026-04-02', 'FIN', 'open-procedure', complaint)).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AD-07.complaint' },
    });
  });

  it('unanswered, opens the complaint, which ends it', () => {
    const matter = challenged();
    matter.until('2026-03-12');
    expect(matter.clock('p1:AD-07.complaint:party:a')).toBe('2026-04-01 running');
    matter.tell([['2026-03-20', 'FIN', 'open-procedure', complaint]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'no-decision-in-time' });
    expect(matter.clock('p1:AD-07.complaint:party:a')).toBe('2026-04-01 met');
  });

  it('withdrawn, opens nothing', () => {
    const matter = challenged();
    matter.tell([['2026-03-04', 'BUYER', 'withdraw', { party: 'a' }]]);
    expect(matter.refused('2026-03-05', 'FIN', 'open-procedure', complaint)).toBe('route-forbidden');
  });

  it('refused, leaves the complaint in the same fifteen working days', () => {
    const matter = challenged();
    matter.tell([['2026-03-04', 'BUYER', 'reject-application', { reason: 'not-a-supplier' }]]);
    expect(matter.procedure('p1').outcome).toBe('not-accepted');
    expect(matter.clock('p1:AD-07.complaint:party:a')).toBe('2026-04-01 running');
    expect(matter.permitted()).toEqual(['procurement-complaint claimant']);
  });

  it('has its seven working days from knowing, where the dispute says when that was', () => {
    const known = (knewOn: string) => chronicle('procurement', '2026-03-02', { facts: { knewOn } });
    const matter = known('2026-02-27');
    expect(matter.clock('d:AD-07:party:a')).toBe('2026-03-09 running');
    matter.tell([['2026-03-02', 'BUYER', 'open-procedure', opens('procurement-challenge', 'BUYER')]]);
    expect(matter.clock('d:AD-07:party:a')).toBe('2026-03-09 met');

    const late = known('2026-02-02');
    expect(late.clock('d:AD-07:party:a')).toBe('2026-02-11 elapsed');
    late.tell([['2026-03-02', 'BUYER', 'open-procedure', opens('procurement-challenge', 'BUYER')]]);
    expect(late.refusal('2026-03-04', 'BUYER', 'reply', { result: 'founded' })).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AD-07' },
    });
  });
});
