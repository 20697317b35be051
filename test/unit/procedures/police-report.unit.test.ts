import { both, chronicle, opens, owes, type Line } from './chronicle.js';

const session = (on: string, result: string): Line => [on, 'POLICE', 'record-session', { result }];
const agreement = { ...owes('2026-03-20'), parties: both };

describe('police 公安处理', () => {
  const filed = (lines: readonly Line[] = [], criminal = false) => {
    const matter = chronicle('public-order', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'POLICE', 'open-procedure', opens('police-report', 'POLICE')],
      ['2026-03-03', 'POLICE', 'accept-application', { criminal }],
      ...lines,
    ]);
    return matter;
  };

  it('is open where the table says so, beside a mediation', () => {
    const noisy = chronicle('noise', '2026-09-01');
    noisy.tell([
      ['2026-09-01', 'MED', 'open-procedure', opens('mediation', 'MED')],
      ['2026-09-02', 'POLICE', 'open-procedure', opens('police-report', 'POLICE')],
    ]);
    expect(noisy.procedure('p1').status).toBe('open');
    expect(
      chronicle('debt', '2026-03-02').refused(
        '2026-03-02',
        'POLICE',
        'open-procedure',
        opens('police-report', 'POLICE'),
      ),
    ).toBe('route-forbidden');
  });

  it('has thirty days, extended twice, without the time of an appraisal', () => {
    const matter = filed();
    expect(matter.clock('p1:PS-02')).toBe('2026-04-02 running');
    matter.tell([
      ['2026-03-30', 'POLICE', 'extend', { approvedBy: 'head' }],
      ['2026-03-31', 'POLICE', 'extend', { approvedBy: 'head' }],
    ]);
    expect(matter.clock('p1:PS-02')).toBe('2026-06-01 running');
    expect(matter.refused('2026-04-01', 'POLICE', 'extend', { approvedBy: 'head' })).toBe('extension-exhausted');
    matter.tell([
      ['2026-04-01', 'POLICE', 'suspend', { ground: 'appraisal', from: '2026-04-01', approvedBy: 'body' }],
      ['2026-04-11', 'POLICE', 'resume', { to: '2026-04-11' }],
    ]);
    expect(matter.clock('p1:PS-02')).toBe('2026-06-11 running');
  });

  it('interrupts limitation, which runs anew where no case is filed (诉讼时效规定13)', () => {
    const matter = chronicle('public-order', '2026-03-02');
    matter.tell([['2026-03-03', 'POLICE', 'open-procedure', opens('police-report', 'POLICE')]]);
    expect(matter.clock('d:CX-01:party:a')).toBe('2029-03-05 running');
    expect(matter.deadline('d:CX-01:party:a').trigger).toEqual({ fact: 'police-report-made', on: '2026-03-03' });
    matter.tell([['2026-03-16', 'POLICE', 'reject-application', { reason: 'civil-only' }]]);
    expect(matter.clock('d:CX-01:party:a')).toBe('2029-03-16 running');
  });

  it('after a failed mediation has the time of the law anew, extended and without appraisals as ever', () => {
    const matter = filed([session('2026-03-10', 'no-agreement'), session('2026-03-16', 'no-agreement')]);
    expect(matter.clock('p1:PS-02.after-mediation')).toBe('2026-04-15 running');
    matter.tell([
      ['2026-04-10', 'POLICE', 'extend', { approvedBy: 'head' }],
      ['2026-04-13', 'POLICE', 'extend', { approvedBy: 'head' }],
    ]);
    expect(matter.clock('p1:PS-02.after-mediation')).toBe('2026-06-15 running');
    expect(matter.refused('2026-04-14', 'POLICE', 'extend', { approvedBy: 'head' })).toBe('extension-exhausted');
    matter.tell([
      ['2026-04-14', 'POLICE', 'suspend', { ground: 'appraisal', from: '2026-04-14', approvedBy: 'body' }],
      ['2026-04-24', 'POLICE', 'resume', { to: '2026-04-24' }],
    ]);
    expect(matter.clock('p1:PS-02.after-mediation')).toBe('2026-06-24 running');
  });

  it('takes down no oral agreement: the parties sign it', () => {
    const matter = filed([session('2026-03-10', 'agreement')]);
    expect(matter.refusal('2026-03-10', 'POLICE', 'record-agreement', { ...agreement, oral: true })).toMatchObject({
      code: 'action-not-available',
      basis: { rule: 'PS-10' },
      pointer: '/oral',
    });
  });

  it('mediates a second time within seven working days and no third; then the time runs from the failure', () => {
    const matter = filed([session('2026-03-10', 'no-agreement')]);
    expect(matter.clock('p1:PS-01')).toBe('2026-03-19 running');
    matter.tell([session('2026-03-16', 'no-agreement')]);
    expect(matter.clock('p1:PS-02')).toBe('2026-04-02 void');
    expect(matter.clock('p1:PS-02.after-mediation')).toBe('2026-04-15 running');
    expect(matter.state.debts['p1:routes']?.basis.rule).toBe('PS-10');
    expect(matter.refusal(...session('2026-03-17', 'agreement'))).toMatchObject({
      code: 'already-done',
      basis: { rule: 'PS-01' },
    });
    matter.tell([['2026-04-01', 'POLICE', 'issue-decision', { result: 'penalty' }]]);
    expect(matter.permitted()).toEqual(['civil-litigation either']);
  });

  it('without the second session has failed when its time is over', () => {
    const matter = filed([session('2026-03-10', 'no-agreement')]);
    matter.until('2026-03-20');
    expect(matter.clock('p1:PS-02.after-mediation')).toBe('2026-04-20 running');
  });

  it('does not punish where the agreement is performed', () => {
    const agreed = [
      session('2026-03-10', 'agreement'),
      ['2026-03-10', 'POLICE', 'record-agreement', agreement],
    ] as const;
    const matter = filed(agreed);
    expect(matter.clock('p1:PS-02')).toBe('2026-04-02 void');
    matter.tell([['2026-03-20', 'POLICE', 'record-performance']]);
    expect(matter.procedure('p1').outcome).toBe('agreement-performed');
    expect(matter.permitted()).toEqual(['follow-up body']);

    const broken = filed(agreed);
    broken.tell([['2026-03-23', 'POLICE', 'record-breach']]);
    expect(broken.procedure('p1')).toMatchObject({ status: 'open', step: 'handling' });
    expect(broken.clock('p1:PS-02.after-mediation')).toBe('2026-04-22 running');
  });

  it('accepts a settlement made elsewhere that all ask it to, and mediates nothing criminal', () => {
    const matter = filed();
    expect(matter.refused('2026-03-10', 'POLICE', 'approve-settlement', { parties: ['a', 'a'] })).toBe(
      'consent-missing',
    );
    matter.tell([['2026-03-10', 'POLICE', 'approve-settlement', { parties: both }]]);
    expect(matter.procedure('p1').outcome).toBe('agreement-performed');

    const criminal = filed([], true);
    expect(criminal.rules()).toEqual(['CX-01']);
    for (const [action, body] of [
      ['record-session', { result: 'agreement' }],
      ['approve-settlement', { parties: both }],
    ] as const)
      expect(criminal.refusal('2026-03-10', 'POLICE', action, body)).toMatchObject({
        code: 'action-not-available',
        basis: { rule: 'PS-10' },
      });
  });

  it('ends a mediation that one side gives up; the time runs from then, and the parties are told of the suit', () => {
    const matter = filed();
    const end: Line = ['2026-03-12', 'POLICE', 'end-mediation', { reason: 'party-demands' }];
    expect(matter.refused(...end)).toBe('already-done');
    matter.tell([session('2026-03-10', 'no-agreement'), end]);
    expect(matter.clock('p1:PS-01')).toBe('2026-03-19 void');
    expect(matter.clock('p1:PS-02.after-mediation')).toBe('2026-04-13 running');
    expect(matter.refused('2026-03-13', 'POLICE', 'end-mediation', { reason: 'other' })).toBe('already-done');
    expect(matter.owed()).toEqual(['p1:routes']);
    matter.tell([['2026-03-13', 'POLICE', 'give-notice', { notice: 'routes', parties: ['a'] }]]);
    expect(matter.state.debts['p1:routes']?.outstanding).toEqual(['b']);
    matter.tell([['2026-03-13', 'POLICE', 'give-notice', { notice: 'routes', parties: ['b'] }]]);
    expect(matter.owed()).toEqual([]);
  });

  it('not taken up or withdrawn, leaves what is civil', () => {
    const refused = chronicle('public-order', '2026-03-02');
    refused.tell([
      ['2026-03-02', 'POLICE', 'open-procedure', opens('police-report', 'POLICE')],
      ['2026-03-03', 'POLICE', 'reject-application', { reason: 'civil-only' }],
    ]);
    expect(refused.procedure('p1').outcome).toBe('not-accepted');
    expect(refused.owed()).toEqual(['p1:routes']);
    expect(refused.permitted()).toContain('civil-litigation either');
    const withdrawn = filed([['2026-03-06', 'POLICE', 'withdraw', { party: 'a' }]]);
    expect(withdrawn.procedure('p1').outcome).toBe('withdrawn');
    expect(withdrawn.deadline('p1:PS-02').status).toBe('void');
  });
});
