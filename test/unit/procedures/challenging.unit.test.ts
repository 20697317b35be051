import type { DisputeType } from '../../../src/domain/routes/codes.js';
import { chronicle, opens } from './chronicle.js';

describe('the periods against an act of an authority', () => {
  const act = (facts: Record<string, unknown>, type: DisputeType = 'administrative-act') =>
    chronicle(type, '2026-03-02', { facts });
  const running = (matter: ReturnType<typeof act>) =>
    Object.values(matter.state.deadlines).map(({ rule, due, status }) => `${rule} ${due} ${status}`);

  it('run from the day of knowing, and at the longest from the act', () => {
    expect(running(act({ knewOn: '2026-02-20', actMadeOn: '2026-02-10' }))).toEqual([
      'AR-01 2026-04-21 running',
      'AR-01.cap 2031-02-10 running',
      'AL-02 2026-08-20 running',
      'AL-02.cap 2031-02-10 running',
    ]);
    expect(running(act({ knewOn: '2026-02-20', reviewFirst: true }))).toEqual(['AR-01 2026-04-21 running']);
    expect(running(act({}))).toEqual([]);
  });

  it('are a year where the remedies were not told, and twenty years over an immovable', () => {
    expect(
      running(
        act(
          { knewOn: '2026-02-20', actMadeOn: '2026-02-10', remediesTold: false, immovable: true },
          'social-insurance',
        ),
      ),
    ).toEqual([
      'AR-01.not-told 2027-02-22 running',
      'AR-01.cap-immovable 2046-02-12 running',
      'AL-02.not-told 2027-02-22 running',
      'AL-02.cap-immovable 2046-02-12 running',
    ]);
  });

  it('may have passed at registration', () => {
    const facts = { knewOn: '2025-01-10', actMadeOn: '2019-12-02', remediesTold: false };
    expect(running(act(facts)).map((line) => line.split(' '))).toEqual([
      ['AR-01.not-told', expect.any(String), 'elapsed'],
      ['AR-01.cap', expect.any(String), 'elapsed'],
      ['AL-02.not-told', expect.any(String), 'elapsed'],
      ['AL-02.cap', expect.any(String), 'elapsed'],
    ]);
    const old = act({ actMadeOn: '2005-03-01', immovable: true });
    expect(Object.values(old.state.deadlines).map(({ rule, status }) => [rule, status])).toEqual([
      ['AR-01.cap-immovable', 'elapsed'],
      ['AL-02.cap-immovable', 'elapsed'],
    ]);
  });

  it('are kept by applying: review leaves the suit’s until its own begins, a court’s acceptance ends the other', () => {
    const facts = { knewOn: '2026-02-20' };
    const review = act(facts);
    review.tell([
      ['2026-03-03', 'GOV', 'open-procedure', opens('administrative-review', 'GOV')],
      ['2026-03-05', 'GOV', 'accept-application'],
    ]);
    expect(review.clock('d:AR-01:party:a')).toBe('2026-04-21 met');
    expect(review.clock('d:AL-02:party:a')).toBe('2026-08-20 running');
    review.tell([
      ['2026-04-15', 'GOV', 'issue-decision', { result: 'upheld' }],
      ['2026-04-16', 'GOV', 'serve', { paper: 'decision', party: 'a' }],
    ]);
    expect(review.clock('d:AL-02:party:a')).toBe('2026-08-20 void');
    expect(review.clock('p1:AL-01:party:a')).toBe('2026-05-06 running');

    const suit = act(facts);
    suit.tell([['2026-03-03', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')]]);
    expect(suit.clock('d:AL-02:party:a')).toBe('2026-08-20 met');
    expect(suit.clock('d:AR-01:party:a')).toBe('2026-04-21 running');
    suit.tell([['2026-03-06', 'COURT', 'accept-application']]);
    expect(suit.clock('d:AR-01:party:a')).toBe('2026-04-21 void');
  });

  it('passed, keep the application from being accepted; an excuse helps, but not after the longest', () => {
    const applied = (facts: Record<string, unknown>) => {
      const matter = act(facts);
      matter.tell([['2026-03-03', 'GOV', 'open-procedure', opens('administrative-review', 'GOV')]]);
      return matter;
    };
    const late = applied({ knewOn: '2025-11-03', actMadeOn: '2025-10-09' });
    expect(late.clock('d:AR-01:party:a')).toBe('2026-01-04 elapsed');
    expect(late.refusal('2026-03-05', 'GOV', 'accept-application')).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AR-01' },
      on: '2026-01-04',
    });
    expect(late.refused('2026-03-05', 'GOV', 'accept-application', { excused: true })).toBeNull();
    const tooLate = applied({ actMadeOn: '2020-03-02' });
    expect(tooLate.refusal('2026-03-05', 'GOV', 'accept-application', { excused: true })).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AR-01.cap' },
    });
  });

  it('of a suit, passed, do the same', () => {
    const matter = act({ knewOn: '2025-07-01' });
    expect(matter.clock('d:AL-02:party:a')).toBe('2026-01-04 elapsed');
    matter.tell([['2026-03-03', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')]]);
    expect(matter.refusal('2026-03-05', 'COURT', 'accept-application')).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AL-02' },
    });
  });

  it('of a suit count again once a review is withdrawn', () => {
    const withdrawn = (day: string) => {
      const matter = act({ knewOn: '2025-10-20' });
      matter.tell([
        ['2026-03-03', 'GOV', 'open-procedure', opens('administrative-review', 'GOV')],
        ['2026-03-05', 'GOV', 'accept-application', { excused: true }],
        ['2026-03-20', 'GOV', 'withdraw', { party: 'a' }],
        [day, 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')],
      ]);
      return matter;
    };
    expect(withdrawn('2026-04-20').refused('2026-04-22', 'COURT', 'accept-application')).toBeNull();
    expect(withdrawn('2026-04-21').refusal('2026-04-22', 'COURT', 'accept-application')).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AL-02' },
      on: '2026-04-20',
    });
  });

  it('are about what has happened: no day in the future is registered', () => {
    for (const fact of ['knewOn', 'actMadeOn']) expect(() => act({ [fact]: '2027-01-04' })).toThrow('date-in-future');
  });
});
