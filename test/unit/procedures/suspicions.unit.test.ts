import { both, chronicle, opens } from './chronicle.js';

describe('a suspicion in a mediation', () => {
  const mediating = () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED', { track: 'labour' })]]);
    return matter;
  };

  it('of a crime stops it, is reported to the police, and keeps nobody from the routes that were open', () => {
    const matter = mediating();
    matter.tell([['2026-03-05', 'MED', 'suspect-crime']]);
    expect(matter.procedure('p1')).toMatchObject({ status: 'closed', outcome: 'suspected-crime' });
    expect(matter.owed()).toEqual(['p1:police-report']);
    expect(matter.permitted()).toEqual(expect.arrayContaining(['police-report body', 'labour-arbitration either']));
    expect(
      matter.refusal('2026-03-06', 'MED', 'open-procedure', opens('mediation', 'MED', { track: 'labour' })),
    ).toMatchObject({ code: 'route-forbidden', basis: { rule: 'PM-08' } });
    matter.tell([
      ['2026-03-06', 'MED', 'file-record', { kind: 'police-report' }],
      ['2026-03-06', 'POLICE', 'open-procedure', opens('police-report', 'POLICE')],
      ['2026-03-06', 'ARB', 'open-procedure', opens('labour-arbitration', 'ARB', { applicants: ['a'] })],
    ]);
    expect(matter.owed()).toEqual([]);
  });

  it('of a false mediation stops it, is reported, and bars confirmation', () => {
    const matter = mediating();
    matter.tell([['2026-03-05', 'MED', 'suspect-false-mediation']]);
    expect(matter.procedure('p1').outcome).toBe('suspected-false-mediation');
    expect(matter.forbidden()).toEqual(expect.arrayContaining(['judicial-confirmation', 'arbitral-confirmation']));
    expect(matter.permitted()).toContain('labour-arbitration either');
    matter.tell([['2026-03-06', 'MED', 'file-record', { kind: 'false-mediation-report' }]]);
    expect(matter.owed()).toEqual([]);
  });

  it('before a court has filed, gives the suit back to the court', () => {
    const matter = chronicle('debt', '2026-03-02');
    const consent = (party: string) => ({ party, consent: 'given', procedureId: 'p1' });
    matter.tell([
      ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-03', 'COURT', 'record-consent', consent('a')],
      ['2026-03-03', 'COURT', 'record-consent', consent('b')],
      ['2026-03-04', 'COURT', 'open-procedure', opens('pre-filing-mediation', 'MED', { applicants: both })],
      ['2026-03-20', 'MED', 'suspect-false-mediation', { procedureId: 'p2' }],
    ]);
    expect(matter.procedure('p1').step).toBe('filing');
    expect(matter.clock('p1:CL-02')).toBe('2026-03-27 running');
    expect(matter.owed()).toEqual(['p2:false-mediation-report', 'p2:routes', 'p2:court-report']);
  });

  it('gone by the time a later procedure ends, bars nothing any more', () => {
    const matter = mediating();
    matter.tell([
      ['2026-03-05', 'MED', 'suspect-crime'],
      ['2026-03-09', 'DESK', 'open-procedure', opens('negotiation', 'DESK')],
      ['2026-03-16', 'DESK', 'end-negotiation', { reason: 'wide-differences' }],
    ]);
    expect(matter.permitted()).toContain('mediation either');
  });
});
