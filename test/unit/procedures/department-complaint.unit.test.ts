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

  it('runs beside a mediation, for noise and neighbours only, under no period of the rules', () => {
    const matter = complained();
    matter.tell([['2026-09-03', 'ENV', 'accept-application']]);
    expect(matter.procedure('p1').status).toBe('open');
    expect(matter.rules().filter((rule) => rule !== 'PM-17')).toEqual([]);
    expect(chronicle('debt', '2026-03-02').refused('2026-03-02', 'ENV', 'open-procedure', opens('department-complaint', 'ENV'))).toBe('route-forbidden'); // prettier-ignore
    expect(matter.refused('2026-09-04', 'ENV', 'open-procedure', opens('department-complaint', 'ENV'))).toBe('procedure-exclusive'); // prettier-ignore
  });

  it('needs acceptance before it is concluded, and then leaves the police and the suit', () => {
    const matter = chronicle('noise', '2026-09-01');
    matter.tell([['2026-09-02', 'ENV', 'open-procedure', opens('department-complaint', 'ENV')]]);
    expect(matter.refused('2026-09-03', 'ENV', 'issue-decision', { result: 'penalty' })).toBe('action-not-available'); // prettier-ignore
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
    expect(matter.permitted()).toEqual(expect.arrayContaining(['civil-litigation either', 'department-complaint claimant'])); // prettier-ignore
  });
});
