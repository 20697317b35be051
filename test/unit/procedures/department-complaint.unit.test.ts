import { chronicle, opens } from './chronicle.js';

describe('complaint to the department 部门投诉', () => {
  const complained = () => {
    const matter = chronicle('noise', '2026-09-01');
    matter.tell([
      ['2026-09-01', 'MED', 'open-procedure', opens('mediation', 'MED')],
      ['2026-09-02', 'ENV', 'open-procedure', opens('department-complaint', 'ENV')],
    ]);
    return matter;
  };

  it('runs beside a mediation, for noise and neighbours only', () => {
    const matter = complained();
    matter.tell([['2026-09-03', 'ENV', 'accept-application']]);
    expect(matter.procedure('p1').status).toBe('open');
    expect(
      chronicle('debt', '2026-03-02').refused(
        '2026-03-02',
        'ENV',
        'open-procedure',
        opens('department-complaint', 'ENV'),
      ),
    ).toBe('route-forbidden');
    expect(matter.refused('2026-09-04', 'ENV', 'open-procedure', opens('department-complaint', 'ENV'))).toBe(
      'procedure-exclusive',
    );
  });

  it('needs acceptance before it is concluded, and then leaves the police and the suit', () => {
    const matter = chronicle('noise', '2026-09-01');
    matter.tell([['2026-09-02', 'ENV', 'open-procedure', opens('department-complaint', 'ENV')]]);
    expect(matter.refused('2026-09-03', 'ENV', 'issue-decision', { result: 'penalty' })).toBe('action-not-available');
    matter.tell([
      ['2026-09-03', 'ENV', 'accept-application'],
      ['2026-09-10', 'ENV', 'issue-decision', { result: 'mediation-failed' }],
    ]);
    expect(matter.procedure('p1').outcome).toBe('no-agreement');
    expect(matter.permitted()).toEqual(['police-report claimant', 'civil-litigation either']);
  });

  it('refused, tells why, and a later end of the mediation still decides what is open', () => {
    const matter = complained();
    matter.tell([
      ['2026-09-03', 'MED', 'end-mediation', { reason: 'wide-differences' }],
      ['2026-09-04', 'ENV', 'reject-application', { reason: 'civil-only' }],
    ]);
    expect(matter.owed()).toContain('p2:refusal');
    expect(matter.permitted()).toEqual(
      expect.arrayContaining(['civil-litigation either', 'department-complaint claimant']),
    );
  });

  it('that is not answered in two months is inaction, against which the complainant may sue for six', () => {
    const matter = chronicle('noise', '2026-09-01');
    matter.tell([
      ['2026-09-01', 'ENV', 'open-procedure', opens('department-complaint', 'ENV')],
      ['2026-09-03', 'ENV', 'accept-application'],
    ]);
    expect(matter.clock('p1:AL-03')).toBe('2026-11-02 running');
    expect(matter.permitted()).not.toContain('administrative-litigation claimant');
    matter.until('2026-11-03');
    expect(matter.clock('p1:AL-03.suit:party:a')).toBe('2027-05-03 running');
    expect(matter.permitted()).toEqual(
      expect.arrayContaining(['administrative-litigation claimant', 'civil-litigation either']),
    );
    matter.tell([['2026-11-05', 'COURT', 'open-procedure', opens('administrative-litigation', 'COURT')]]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'inaction' });
    expect(matter.clock('p1:AL-03.suit:party:a')).toBe('2027-05-03 met');
  });

  it('answered late, is no inaction any more', () => {
    const matter = chronicle('noise', '2026-09-01');
    matter.tell([
      ['2026-09-01', 'ENV', 'open-procedure', opens('department-complaint', 'ENV')],
      ['2026-09-03', 'ENV', 'accept-application'],
    ]);
    matter.until('2026-11-03');
    matter.tell([['2026-11-05', 'ENV', 'issue-decision', { result: 'rectification-ordered' }]]);
    expect(matter.procedure('p1').outcome).toBe('decision');
    expect(matter.deadline('p1:AL-03').doneLateOn).toBe('2026-11-05');
    expect(matter.deadline('p1:AL-03.suit:party:a').status).toBe('void');
    expect(matter.permitted()).not.toContain('administrative-litigation claimant');
  });

  it('may be withdrawn, and its refusal is told', () => {
    const withdrawn = complained();
    withdrawn.tell([['2026-09-04', 'ENV', 'withdraw', { party: 'a', procedureId: 'p2' }]]);
    expect(withdrawn.procedure('p2').outcome).toBe('withdrawn');
    expect(withdrawn.deadline('p2:AL-03').status).toBe('void');
    const refused = complained();
    refused.tell([
      ['2026-09-04', 'ENV', 'reject-application', { reason: 'no-jurisdiction' }],
      ['2026-09-07', 'ENV', 'give-notice', { notice: 'refusal', parties: ['a'], procedureId: 'p2' }],
    ]);
    expect(refused.owed()).toEqual([]);
  });
});
