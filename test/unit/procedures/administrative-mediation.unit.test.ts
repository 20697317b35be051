import { both, chronicle, opens, owes, signed, type Line } from './chronicle.js';

const asked = (code: string, more: Record<string, unknown> = {}) => opens('administrative-mediation', code, more);

describe('administrative mediation 行政调解', () => {
  describe('medical (医疗纠纷条例40)', () => {
    const begun = () => {
      const matter = chronicle('medical', '2026-03-02');
      matter.tell([['2026-03-02', 'HEALTH', 'open-procedure', asked('HEALTH')]]);
      return matter;
    };

    it('is accepted in five working days, and then has thirty, without the time of an appraisal', () => {
      const matter = begun();
      expect(matter.clock('p1:MD-02')).toBe('2026-03-09 running');
      matter.tell([
        ['2026-03-04', 'HEALTH', 'accept-application'],
        ['2026-03-05', 'HEALTH', 'record-consent', { party: 'b', consent: 'given' }],
      ]);
      expect(matter.clock('p1:MD-02')).toBe('2026-03-09 met');
      expect(matter.procedure('p1').step).toBe('in-session');
      // Thirty working days from 4 March, over Qingming (4–6 April, with one working day off).
      expect(matter.clock('p1:MD-02.mediation')).toBe('2026-04-16 running');
      matter.tell([
        ['2026-03-10', 'HEALTH', 'suspend', { ground: 'appraisal', from: '2026-03-10', approvedBy: 'body' }],
        ['2026-03-24', 'HEALTH', 'resume', { to: '2026-03-24' }],
      ]);
      expect(matter.clock('p1:MD-02.mediation')).toBe('2026-04-30 running');
    });

    it('expires as failed: people’s mediation or a suit is open, a second one is not', () => {
      const matter = begun();
      matter.tell([
        ['2026-03-04', 'HEALTH', 'accept-application'],
        ['2026-03-05', 'HEALTH', 'record-consent', { party: 'b', consent: 'given' }],
      ]);
      matter.until('2026-05-06');
      expect(matter.procedure('p1')).toMatchObject({ outcome: 'expired', closedOn: '2026-04-16' });
      expect(matter.owed()).toEqual(['p1:failure-record']);
      expect(matter.permitted()).toEqual(expect.arrayContaining(['mediation either', 'civil-litigation either']));
      expect(matter.permitted()).not.toContain('administrative-mediation either');
    });

    it('stands beside neither people’s mediation nor an accepted suit', () => {
      const matter = chronicle('medical', '2026-03-02');
      matter.tell([['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')]]);
      expect(matter.refused('2026-03-03', 'HEALTH', 'open-procedure', asked('HEALTH'))).toBe('procedure-exclusive');
      const sued = chronicle('medical', '2026-03-02');
      sued.tell([
        ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
        ['2026-03-03', 'COURT', 'accept-application', {}],
      ]);
      expect(sued.refused('2026-03-04', 'HEALTH', 'open-procedure', asked('HEALTH'))).toBe('route-forbidden');
    });

    it.each(['mediation', 'administrative-mediation'])(
      '%s ends when a court accepts the suit, not when it is only filed',
      (procedure) => {
        const matter = chronicle('medical', '2026-03-02');
        matter.tell([
          ['2026-03-02', 'BODY', 'open-procedure', opens(procedure, 'BODY')],
          ['2026-03-05', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
        ]);
        expect(matter.procedure('p1').status).toBe('open');
        matter.tell([['2026-03-09', 'COURT', 'accept-application', { procedureId: 'p2' }]]);
        expect(matter.procedure('p1')).toMatchObject({ outcome: 'no-agreement', closedOn: '2026-03-09' });
        expect(matter.owed()).toContain('p1:failure-record');
        expect(matter.procedure('p2').status).toBe('open');
      },
    );
  });

  describe('traffic police (处理程序规定85–94)', () => {
    it('end their mediation, with a closing statement, once a party sues; people’s mediation goes on', () => {
      const matter = chronicle('traffic', '2026-03-02');
      matter.tell([
        ['2026-03-02', 'POLICE', 'open-procedure', asked('POLICE', { applicants: both })],
        ['2026-03-05', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ]);
      expect(matter.procedure('p1')).toMatchObject({ outcome: 'no-agreement', closedOn: '2026-03-05' });
      expect(matter.owed()).toEqual(expect.arrayContaining(['p1:closing-statement', 'p1:failure-record']));
      const people = chronicle('traffic', '2026-03-02');
      people.tell([
        ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')],
        ['2026-03-05', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
        ['2026-03-09', 'COURT', 'accept-application', { procedureId: 'p2' }],
      ]);
      expect(people.procedure('p1').status).toBe('open');
    });

    const joint = () => {
      const matter = chronicle('traffic', '2026-03-02');
      matter.tell([['2026-03-16', 'POLICE', 'open-procedure', asked('POLICE', { applicants: ['a'] })]]);
      return matter;
    };

    it('waits until both have asked', () => {
      const matter = joint();
      expect(matter.procedure('p1').step).toBe('awaiting-joint-application');
      expect(matter.refused('2026-03-16', 'POLICE', 'join-application', { party: 'a' })).toBe('already-done');
      matter.tell([['2026-03-16', 'POLICE', 'join-application', { party: 'b' }]]);
      expect(matter.procedure('p1').step).toBe('applied');
    });

    it('must be asked for within ten working days of the determination', () => {
      const matter = joint();
      matter.tell([['2026-03-16', 'POLICE', 'join-application', { party: 'b' }]]);
      expect(
        matter.refusal('2026-03-17', 'POLICE', 'accept-application', {
          determinationReceivedOn: '2026-02-25',
        }),
      ).toMatchObject({ code: 'deadline-passed', basis: { rule: 'TR-01' }, on: '2026-03-10' });
      matter.tell([['2026-03-17', 'POLICE', 'accept-application', { determinationReceivedOn: '2026-03-03' }]]);
      expect(matter.procedure('p1').step).toBe('awaiting-start');
    });

    it('or within three working days of a people’s mediation that failed', () => {
      const matter = chronicle('traffic', '2026-03-02');
      matter.tell([
        ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC')],
        ['2026-03-13', 'PMC', 'end-mediation', { reason: 'wide-differences' }],
        ['2026-03-17', 'POLICE', 'open-procedure', asked('POLICE', { applicants: both })],
      ]);
      expect(matter.refused('2026-03-18', 'POLICE', 'accept-application', {})).toBeNull();
    });

    it('is to be over ten working days after its start, of which three go before a session', () => {
      const matter = joint();
      matter.tell([
        ['2026-03-16', 'POLICE', 'join-application', { party: 'b' }],
        ['2026-03-17', 'POLICE', 'accept-application', { determinationReceivedOn: '2026-03-03' }],
        ['2026-03-18', 'POLICE', 'start-mediation', { since: 'treatment-ended' }],
      ]);
      expect(matter.clock('p1:TR-03')).toBe('2026-04-01 running');
      expect(
        matter.refusal('2026-03-20', 'POLICE', 'schedule-session', { at: '2026-03-24T09:00:00+08:00' }),
      ).toMatchObject({ code: 'notice-too-late', basis: { rule: 'TR-02' }, on: '2026-03-19' });
      matter.tell([
        ['2026-03-20', 'POLICE', 'schedule-session', { at: '2026-03-25T09:00:00+08:00' }],
        ['2026-03-25', 'POLICE', 'record-session', { result: 'no-agreement', absent: ['b'] }],
        ['2026-03-25', 'POLICE', 'end-mediation', { reason: 'absent-without-reason' }],
      ]);
      expect(matter.procedure('p1').outcome).toBe('no-agreement');
      expect(matter.owed()).toEqual(['p1:closing-statement', 'p1:failure-record']);
      matter.tell([
        ['2026-03-26', 'POLICE', 'give-notice', { notice: 'closing-statement', parties: both }],
        ['2026-03-26', 'POLICE', 'file-record', { kind: 'failure-record' }],
      ]);
      expect(matter.owed()).toEqual([]);
      expect(matter.permitted()).toContain('civil-litigation either');
    });
  });

  it('school injury: both ask, sixty days from acceptance, an agreement may be confirmed', () => {
    const matter = chronicle('school-injury', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'EDU', 'open-procedure', asked('EDU', { applicants: both })],
      ['2026-03-03', 'EDU', 'accept-application', {}],
    ]);
    // 2 May lies in the Labour Day holiday: the last day moves to the 6th.
    expect(matter.deadline('p1:SC-01')).toMatchObject({ naturalDue: '2026-05-02', due: '2026-05-06' });
    expect(matter.deadline('p1:SC-01').confidence).toBe('unverified');
    matter.tell([['2026-03-20', 'EDU', 'record-session', { result: 'agreement' }]]);
    expect(
      matter.refusal('2026-03-20', 'EDU', 'record-agreement', { ...owes('2026-05-01'), oral: true }),
    ).toMatchObject({ code: 'action-not-available', basis: { rule: 'SC-01' }, pointer: '/oral' });
    matter.tell([['2026-03-20', 'EDU', 'record-agreement', owes('2026-05-01')]]);
    expect(matter.refused('2026-03-20', 'EDU', 'sign-agreement', { parties: both })).toBe('consent-missing');
    matter.tell([['2026-03-20', 'EDU', 'sign-agreement', signed]]);
    expect(matter.clock('p1:SC-01')).toBe('2026-05-06 met');
    expect(matter.clock('p1:JC-01:party:b')).toBe('2026-04-20 running');
    expect(matter.permitted()).toEqual(
      expect.arrayContaining(['judicial-confirmation either', 'notarisation either', 'follow-up body']),
    );
  });

  describe('consumer complaints (12315)', () => {
    const begun = () => {
      const matter = chronicle('consumer', '2026-03-02');
      matter.tell([['2026-03-02', 'SAMR', 'open-procedure', asked('SAMR')]]);
      return matter;
    };

    it('are accepted in seven working days and mediated in forty-five; the end is told in seven', () => {
      const matter = begun();
      expect(matter.clock('p1:CO-02')).toBe('2026-03-11 running');
      matter.tell([
        ['2026-03-03', 'SAMR', 'accept-application', {}],
        ['2026-03-04', 'SAMR', 'record-consent', { party: 'b', consent: 'given' }],
      ]);
      const { due } = matter.deadline('p1:CO-02.mediation');
      matter.until('2026-05-13');
      expect(matter.procedure('p1')).toMatchObject({ outcome: 'expired', closedOn: due });
      expect(matter.deadline('p1:CO-02.notice').trigger.on).toBe(due);
      matter.tell([['2026-05-13', 'SAMR', 'give-notice', { notice: 'mediation-ended', parties: both }]]);
      expect(matter.deadline('p1:CO-02.notice').status).toBe('met');
    });

    it('are not mediated against a refusal, and may be turned down', () => {
      const refused = begun();
      refused.tell([
        ['2026-03-03', 'SAMR', 'accept-application', {}],
        ['2026-03-04', 'SAMR', 'record-consent', { party: 'b', consent: 'refused' }],
      ]);
      expect(refused.procedure('p1').outcome).toBe('refused');
      const turnedDown = begun();
      turnedDown.tell([['2026-03-03', 'SAMR', 'reject-application', { reason: 'court-accepted' }]]);
      expect(turnedDown.procedure('p1').outcome).toBe('not-accepted');
      expect(turnedDown.clock('p1:CO-02')).toBe('2026-03-11 met');
      expect(turnedDown.permitted()).toContain('civil-litigation either');
    });
  });

  it('elsewhere has no period of its own, and is not for labour disputes', () => {
    const matter = chronicle('neighbour', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'TOWN', 'open-procedure', asked('TOWN')],
      ['2026-03-03', 'TOWN', 'accept-application', {}],
    ]);
    expect(matter.rules()).toEqual(['CX-01']);
    const labour = chronicle('labour', '2026-03-02');
    expect(labour.refused('2026-03-02', 'TOWN', 'open-procedure', asked('TOWN'))).toBe('route-forbidden');
  });
});

describe('mediation of a medical dispute', () => {
  it('has the thirty working days of its own regulation (38), extended by all together', () => {
    const matter = chronicle('medical', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'PMC', 'open-procedure', opens('mediation', 'PMC', { track: 'industry' })],
      ...both.map((party): Line => ['2026-03-02', 'PMC', 'record-consent', { party, consent: 'given' }]),
    ]);
    expect(matter.clock('p1:MD-01')).toBe('2026-04-14 running');
    matter.tell([['2026-04-01', 'PMC', 'extend', { approvedBy: 'both-parties', consents: both, amount: 5 }]]);
    expect(matter.clock('p1:MD-01')).toBe('2026-04-21 running');
    matter.until('2026-04-22');
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'expired', closedOn: '2026-04-21' });
    expect(matter.owed()).toEqual(['p1:routes', 'p1:failure-record']);
  });
});
