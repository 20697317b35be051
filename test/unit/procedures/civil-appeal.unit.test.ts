import { routeFacts } from '../../../src/domain/dispute/routes.js';
import { chronicle, opens, type Line } from './chronicle.js';

const judged: readonly Line[] = [
  ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
  ['2026-03-06', 'COURT', 'accept-application', { track: 'summary' }],
  ['2026-04-01', 'COURT', 'record-session'],
  ['2026-04-20', 'COURT', 'issue-judgment'],
  ['2026-04-21', 'COURT', 'serve', { paper: 'judgment', party: 'a' }],
  ['2026-04-22', 'COURT', 'serve', { paper: 'judgment', party: 'b' }],
];
const appealOf = (...applicants: string[]) => opens('civil-appeal', 'HIGH', { applicants });

describe('civil appeal 民事二审', () => {
  const inDebt = (more: readonly Line[] = []) => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([...judged, ...more]);
    return matter;
  };

  it('is open for fifteen days to each party from its own receipt', () => {
    const matter = inDebt();
    expect(matter.clock('p1:CL-10:party:a')).toBe('2026-05-06 running');
    expect(matter.clock('p1:CL-10:party:b')).toBe('2026-05-07 running');
    expect(matter.permitted()).toEqual(['civil-appeal either']);
    matter.until('2026-05-07');
    expect(matter.refusal('2026-05-07', 'HIGH', 'open-procedure', appealOf('a'))).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'CL-10' },
    });
    matter.tell([['2026-05-07', 'HIGH', 'open-procedure', appealOf('b')]]);
    expect(matter.clock('p1:CL-10:party:b')).toBe('2026-05-07 met');
  });

  it('not taken, leaves an effective judgment: enforcement, or a retrial within six months', () => {
    const matter = inDebt();
    matter.until('2026-05-08');
    expect(matter.procedure('p1').outcome).toBe('effective');
    expect(matter.permitted()).toEqual(['enforcement either', 'retrial either']);
    expect(matter.forbidden()).toContain('civil-litigation');
    expect(matter.clock('p1:CL-22:party:a')).toBe('2026-11-09 running');
  });

  it('is joined by the other party in its own time, decided in three months, and final', () => {
    const matter = inDebt([['2026-04-29', 'HIGH', 'open-procedure', appealOf('a')]]);
    expect(matter.refused('2026-04-30', 'HIGH', 'open-procedure', appealOf('b'))).toBe('procedure-exclusive');
    matter.tell([
      ['2026-04-30', 'HIGH', 'join-application', { party: 'b' }],
      ['2026-05-11', 'HIGH', 'accept-application'],
    ]);
    expect(matter.refused('2026-05-11', 'HIGH', 'join-application', { party: 'b' })).toBe('already-done');
    expect(matter.clock('p2:CL-11')).toBe('2026-08-11 running');
    matter.tell([
      ['2026-07-01', 'HIGH', 'issue-judgment', { procedureId: 'p2' }],
      ['2026-07-03', 'HIGH', 'serve', { paper: 'judgment', party: 'a', procedureId: 'p2' }],
    ]);
    expect(matter.clock('p2:CL-22:party:a')).toBe('2027-01-04 running');
    expect(matter.permitted()).toEqual(['enforcement either', 'retrial either']);
    expect(matter.forbidden()).toEqual(expect.arrayContaining(['civil-litigation', 'civil-appeal']));
  });

  it('against a ruling has thirty days, and sends an unregistered suit back to be registered', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-04', 'COURT', 'reject-application', { reason: 'not-civil' }],
      ['2026-03-05', 'COURT', 'serve', { paper: 'ruling', party: 'a' }],
    ]);
    expect(matter.clock('p1:CL-10.ruling:party:a')).toBe('2026-03-16 running');
    matter.tell([
      ['2026-03-10', 'HIGH', 'open-procedure', appealOf('a')],
      ['2026-03-12', 'HIGH', 'accept-application'],
    ]);
    expect(matter.clock('p2:CL-11.ruling')).toBe('2026-04-13 running');
    matter.tell([['2026-04-01', 'HIGH', 'issue-ruling', { kind: 'remanded' }]]);
    expect(matter.procedure('p2').outcome).toBe('remanded');
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'filing' });
    expect(matter.refused('2026-04-02', 'COURT', 'reject-application', { reason: 'other' })).toBe(
      'action-not-available',
    );
  });

  it('withdrawn or not pursued, leaves the first judgment standing', () => {
    const appealed: readonly Line[] = [
      ['2026-04-29', 'HIGH', 'open-procedure', appealOf('a')],
      ['2026-05-11', 'HIGH', 'accept-application'],
    ];
    const withdrawn = inDebt([...appealed, ['2026-05-20', 'HIGH', 'withdraw', { procedureId: 'p2' }]]);
    const absent = inDebt(appealed);
    absent.paper('proof');
    absent.tell([['2026-05-20', 'HIGH', 'deem-withdrawn', { proofOfNotice: 'proof', procedureId: 'p2' }]]);
    for (const matter of [withdrawn, absent]) {
      expect(matter.procedure('p1').outcome).toBe('effective');
      expect(matter.permitted()).toEqual(['enforcement either', 'retrial either']);
      expect(matter.clock('p1:CL-22:party:b')).toBe('2026-11-20 running');
    }
  });

  it('is not open against a small-claims judgment', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell(
      judged.map((line) =>
        line[2] === 'accept-application' ? [line[0], line[1], line[2], { track: 'small-claims' }] : line,
      ),
    );
    expect(routeFacts(matter.state).smallClaims).toBe(true);
    expect(matter.refusal('2026-04-23', 'HIGH', 'open-procedure', appealOf('a'))).toMatchObject({
      code: 'route-forbidden',
      basis: { rule: 'CL-07' },
    });
    expect(matter.rules()).not.toContain('CL-10');
    expect(matter.clock('p1:CL-22:party:a')).toBe('2026-10-21 running');
  });
});
