import { both, chronicle, opens, owes, signed } from './chronicle.js';

/** A suit that the court has registered on a track. */
const sued = (track: 'ordinary' | 'summary' | 'small-claims') => {
  const matter = chronicle('debt', '2026-03-02');
  matter.tell([
    ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ['2026-03-05', 'COURT', 'accept-application', { track }],
  ]);
  return matter;
};

const proposed = (track: 'ordinary' | 'summary' | 'small-claims' = 'ordinary') => {
  const matter = sued(track);
  matter.tell([
    ['2026-03-10', 'COURT', 'open-procedure', opens('in-trial-mediation', 'CENTRE')],
    ['2026-03-10', 'COURT', 'record-consent', { party: 'a', consent: 'given' }],
  ]);
  return matter;
};

const entrusted = (track: 'ordinary' | 'summary' | 'small-claims' = 'ordinary') => {
  const matter = proposed(track);
  matter.tell([
    ['2026-03-10', 'COURT', 'record-consent', { party: 'b', consent: 'given' }],
    ['2026-03-12', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }],
  ]);
  return matter;
};

const inSession = () => {
  const matter = entrusted();
  matter.tell([
    ['2026-03-12', 'CENTRE', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
    ['2026-03-12', 'CENTRE', 'answer-designation', { answer: 'accepts' }],
  ]);
  return matter;
};

describe('in-trial mediation 委托（诉中）调解', () => {
  it('needs a suit that is registered', () => {
    const matter = chronicle('debt', '2026-03-02');
    const opening = opens('in-trial-mediation', 'CENTRE');
    expect(matter.refused('2026-03-02', 'COURT', 'open-procedure', opening)).toBe('route-forbidden');
    matter.tell([['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
    expect(matter.refused('2026-03-02', 'COURT', 'open-procedure', opening)).toBe('route-forbidden');
    matter.tell([['2026-03-05', 'COURT', 'accept-application', {}]]);
    expect(matter.refused('2026-03-06', 'COURT', 'open-procedure', opening)).toBeNull();
  });

  it('waits for both to consent, and runs from the receipt of the materials', () => {
    const matter = proposed();
    expect(matter.procedure('p2').step).toBe('proposed');
    expect(matter.rules()).not.toContain('CM-14.ordinary');
    matter.tell([['2026-03-10', 'COURT', 'record-consent', { party: 'b', consent: 'given' }]]);
    expect(matter.procedure('p2').step).toBe('entrusted');
    matter.tell([['2026-03-12', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }]]);
    expect(matter.procedure('p2').step).toBe('awaiting-neutral');
    expect(matter.clock('p2:CM-14.ordinary')).toBe('2026-03-27 running');
  });

  it.each(['summary', 'small-claims'] as const)('has seven days in the %s procedure', (track) => {
    expect(entrusted(track).clock('p2:CM-14.summary')).toBe('2026-03-19 running');
  });

  it('is extended as both consent, and stops none of the trial’s periods', () => {
    const matter = inSession();
    const trial = matter.clock('p1:CL-05');
    const extension = { approvedBy: 'both-parties', amount: 10, procedureId: 'p2' };
    expect(matter.refused('2026-03-20', 'CENTRE', 'extend', { ...extension, consents: ['a'] })).toBe('consent-missing');
    matter.tell([['2026-03-20', 'CENTRE', 'extend', { ...extension, consents: both }]]);
    expect(matter.clock('p2:CM-14.ordinary')).toBe('2026-04-07 running');
    expect(matter.clock('p1:CL-05')).toBe(trial);
  });

  it('brings its agreement to the court, whose mediation document ends the trial', () => {
    const matter = inSession();
    matter.tell([
      ['2026-03-18', 'CENTRE', 'record-agreement', owes('2026-05-01')],
      ['2026-03-18', 'CENTRE', 'sign-agreement', signed],
    ]);
    expect(matter.procedure('p2').outcome).toBe('agreement');
    expect(matter.procedure('p1').status).toBe('open');
    expect(matter.state.handoffs['d-h2']).toMatchObject({ to: { code: 'COURT' }, status: 'requested' });
    expect(matter.owed()).toEqual(['p2:court-report']);
    // In suit, an agreement is not confirmed but made a document of the court.
    expect(matter.forbidden()).toContain('judicial-confirmation');
    matter.tell([
      ['2026-03-19', 'CENTRE', 'file-record', { kind: 'court-report' }],
      ['2026-03-20', 'COURT', 'issue-consent-judgment', {}],
    ]);
    expect(matter.procedure('p1').outcome).toBe('mediated');
    expect(matter.permitted()).toEqual(expect.arrayContaining(['enforcement either', 'follow-up body']));
  });

  it('refused or expired, leaves the trial to go on', () => {
    const refused = proposed();
    refused.tell([['2026-03-11', 'COURT', 'record-consent', { party: 'b', consent: 'refused' }]]);
    expect(refused.procedure('p2').outcome).toBe('refused');
    expect(refused.owed()).toEqual([]);
    expect(refused.refused('2026-03-12', 'COURT', 'open-procedure', opens('in-trial-mediation', 'CENTRE'))).toBe(
      'party-refuses',
    );
    expect(refused.refused('2026-03-12', 'COURT', 'record-session', {})).toBeNull();

    const expired = inSession();
    expired.until('2026-03-28');
    expect(expired.procedure('p2')).toMatchObject({ outcome: 'expired', closedOn: '2026-03-27' });
    expect(expired.owed()).toEqual(['p2:court-report']);
    expect(expired.procedure('p1')).toMatchObject({ status: 'open', step: 'registered' });
  });

  it('cannot conclude an agreement once the trial is over', () => {
    const matter = inSession();
    matter.tell([
      ['2026-03-18', 'CENTRE', 'record-agreement', owes('2026-05-01')],
      ['2026-03-19', 'COURT', 'issue-judgment', {}],
    ]);
    expect(matter.refused('2026-03-19', 'CENTRE', 'sign-agreement', signed)).toBe('procedure-closed');
    matter.tell([['2026-03-19', 'CENTRE', 'end-mediation', { reason: 'trial-ended' }]]);
    expect(matter.procedure('p2').outcome).toBe('no-agreement');
  });
});
