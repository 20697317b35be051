import { both, chronicle, opens, owes, signed, type Line } from './chronicle.js';

const clause = (arbitrationClause: 'none' | 'valid' | 'void') => ({ facts: { arbitrationClause } });
const files: Line = ['2026-04-01', 'ARB', 'open-procedure', opens('commercial-arbitration', 'ARB')];
const together = opens('commercial-arbitration', 'ARB', { applicants: both });

const awarded = () => {
  const matter = chronicle('contract', '2026-04-01', clause('valid'));
  matter.tell([
    files,
    ['2026-04-03', 'ARB', 'accept-application', {}],
    ['2026-04-10', 'ARB', 'form-tribunal', {}],
    ['2026-04-20', 'ARB', 'schedule-session', { at: '2026-05-11T09:00:00+08:00' }],
    ['2026-05-11', 'ARB', 'record-session', {}],
    ['2026-05-20', 'ARB', 'issue-award', {}],
    ['2026-05-22', 'ARB', 'serve', { paper: 'award', party: 'a' }],
    ['2026-05-25', 'ARB', 'serve', { paper: 'award', party: 'b' }],
  ]);
  return matter;
};

describe('commercial arbitration 商事仲裁', () => {
  it('needs a clause; without one, both to agree', () => {
    const none = chronicle('contract', '2026-04-01', clause('none'));
    expect(none.refused(...files)).toBe('route-forbidden');
    const empty = chronicle('contract', '2026-04-01', clause('void'));
    expect(empty.refusal(...files)).toMatchObject({ code: 'consent-missing', basis: { law: '仲裁法' } });
    expect(empty.refused('2026-04-01', 'ARB', 'open-procedure', together)).toBeNull();
    const valid = chronicle('contract', '2026-04-01', clause('valid'));
    expect(valid.refused('2026-04-01', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT'))).toBe(
      'route-forbidden',
    );
    expect(valid.refused(...files)).toBeNull();
    // Labour disputes have their own arbitration (仲裁法93).
    expect(chronicle('labour', '2026-04-01').refused(...files)).toBe('route-forbidden');
  });

  it('is accepted in five days, or refused in writing, which opens the court', () => {
    const matter = chronicle('contract', '2026-04-01', clause('valid'));
    matter.tell([files]);
    // 6 April is a day off of Qingming.
    expect(matter.clock('p1:AB-01')).toBe('2026-04-07 running');
    matter.tell([['2026-04-07', 'ARB', 'reject-application', { reason: 'no-agreement' }]]);
    expect(matter.clock('p1:AB-01')).toBe('2026-04-07 met');
    expect(matter.state.debts['p1:refusal']?.basis).toMatchObject({ law: '仲裁法', article: '35' });
    expect(matter.permitted()).toContain('civil-litigation either');
  });

  it('overdue, stays with the institution', () => {
    const matter = chronicle('contract', '2026-04-01', clause('valid'));
    matter.tell([files]);
    matter.until('2026-04-10');
    expect(matter.clock('p1:AB-01')).toBe('2026-04-07 elapsed');
    expect(matter.forbidden()).toContain('civil-litigation');
    matter.tell([['2026-04-10', 'ARB', 'accept-application', {}]]);
    expect(matter.deadline('p1:AB-01').doneLateOn).toBe('2026-04-10');
  });

  it('decides finally: enforcement, or setting aside in three months from each receipt', () => {
    const matter = awarded();
    expect(matter.procedure('p1')).toMatchObject({ outcome: 'award', award: { kind: 'final' } });
    // 22 August is a Saturday.
    expect(matter.clock('p1:AB-02:party:a')).toBe('2026-08-24 running');
    expect(matter.clock('p1:AB-02:party:b')).toBe('2026-08-25 running');
    expect(matter.permitted()).toEqual(['enforcement either', 'set-aside either']);
    expect(matter.forbidden()).toEqual(expect.arrayContaining(['civil-litigation', 'commercial-arbitration']));
  });

  it('corrects its award on an application within thirty days', () => {
    const matter = awarded();
    matter.tell([
      ['2026-06-01', 'ARB', 'request-correction', { party: 'a' }],
      ['2026-06-08', 'ARB', 'correct-award', {}],
    ]);
    expect(matter.clock('p1:AB-04:party:a')).toBe('2026-06-22 met');
    expect(matter.refusal('2026-06-30', 'ARB', 'request-correction', { party: 'b' })).toMatchObject({
      code: 'deadline-passed',
      basis: { rule: 'AB-04' },
    });
  });

  it('settles by a consent award', () => {
    const matter = chronicle('contract', '2026-04-01', clause('valid'));
    matter.tell([
      files,
      ['2026-04-03', 'ARB', 'accept-application', {}],
      ['2026-04-10', 'ARB', 'issue-consent-award', {}],
    ]);
    expect(matter.procedure('p1').outcome).toBe('mediated');
    expect(matter.permitted()).toEqual(['enforcement either', 'follow-up body']);
  });

  it('deems withdrawn only on proof that the absent applicant was notified', () => {
    const matter = chronicle('contract', '2026-04-01', clause('valid'));
    matter.tell([
      files,
      ['2026-04-03', 'ARB', 'accept-application', {}],
      ['2026-04-10', 'ARB', 'form-tribunal', {}],
      ['2026-05-11', 'ARB', 'record-session', { absent: ['a'] }],
    ]);
    const deem = { proofOfNotice: 'receipt' };
    expect(matter.refused('2026-05-12', 'ARB', 'deem-withdrawn', deem)).toBe('unknown-document');
    matter.paper('receipt');
    matter.tell([['2026-05-12', 'ARB', 'deem-withdrawn', deem]]);
    expect(matter.permitted()).toEqual(['commercial-arbitration either']);
  });

  it('settled and withdrawn, is followed up', () => {
    const matter = chronicle('contract', '2026-04-01', clause('valid'));
    matter.tell([files, ['2026-04-03', 'ARB', 'withdraw', { settled: true }]]);
    expect(matter.permitted()).toEqual(['follow-up body']);
  });

  it('makes an award of a settlement reached in commercial mediation, if both ask', () => {
    const matter = chronicle('commercial', '2026-05-11', clause('valid'));
    matter.tell([
      ['2026-05-11', 'CENTRE', 'open-procedure', opens('commercial-mediation', 'CENTRE')],
      ['2026-05-12', 'CENTRE', 'record-consent', { party: 'a', consent: 'given' }],
      ['2026-05-12', 'CENTRE', 'record-consent', { party: 'b', consent: 'given' }],
      ['2026-05-13', 'CENTRE', 'designate-neutral', { person: { account: 'm', name: null }, seat: 'mediator' }],
      ['2026-05-13', 'CENTRE', 'answer-designation', { answer: 'accepts' }],
      ['2026-05-20', 'CENTRE', 'record-agreement', owes('2026-07-01')],
      ['2026-05-21', 'CENTRE', 'sign-agreement', signed],
    ]);
    expect(matter.refused('2026-05-22', 'ARB', 'open-procedure', opens('commercial-arbitration', 'ARB'))).toBe(
      'consent-missing',
    );
    expect(matter.refused('2026-05-22', 'ARB', 'open-procedure', together)).toBeNull();
  });
});

describe('setting aside of a commercial award 撤裁', () => {
  const applied = () => {
    const matter = awarded();
    matter.tell([
      ['2026-06-01', 'MIDDLE', 'open-procedure', opens('set-aside', 'MIDDLE', { applicants: ['b'] })],
      ['2026-06-03', 'MIDDLE', 'accept-application', {}],
    ]);
    return matter;
  };

  it('keeps the applicant’s period, and is decided in two months', () => {
    const matter = applied();
    expect(matter.clock('p1:AB-02:party:b')).toBe('2026-08-25 met');
    expect(matter.clock('p1:AB-02:party:a')).toBe('2026-08-24 running');
    expect(matter.clock('p2:AB-03')).toBe('2026-08-03 running');
    matter.until('2026-08-05');
    expect(matter.clock('p2:AB-03')).toBe('2026-08-03 elapsed');
    expect(matter.procedure('p2').status).toBe('open');
  });

  it('annulled: a suit, or arbitration by a new agreement of both', () => {
    const matter = applied();
    matter.tell([['2026-07-01', 'MIDDLE', 'issue-ruling', { result: 'annulled', ground: 'no-agreement' }]]);
    expect(matter.procedure('p1').award?.status).toBe('set-aside');
    expect(matter.permitted()).toEqual(['civil-litigation either', 'commercial-arbitration either']);
    expect(matter.refused('2026-07-02', 'ARB', 'open-procedure', opens('commercial-arbitration', 'ARB'))).toBe(
      'consent-missing',
    );
    expect(matter.refused('2026-07-02', 'ARB', 'open-procedure', together)).toBeNull();
  });

  it('dismissed: the award is enforced', () => {
    const matter = applied();
    matter.tell([['2026-07-01', 'MIDDLE', 'issue-ruling', { result: 'dismissed' }]]);
    expect(matter.permitted()).toEqual(['enforcement either']);
  });

  it('had six months until the law of 2026, by the receipt of the award', () => {
    const matter = chronicle('contract', '2025-11-03', clause('valid'));
    matter.tell([
      ['2025-11-03', 'ARB', 'open-procedure', opens('commercial-arbitration', 'ARB')],
      ['2025-11-05', 'ARB', 'accept-application', {}],
      ['2025-11-10', 'ARB', 'form-tribunal', {}],
      ['2025-12-01', 'ARB', 'record-session', {}],
      ['2026-02-10', 'ARB', 'issue-award', {}],
      ['2026-02-12', 'ARB', 'serve', { paper: 'award', party: 'a' }],
      ['2026-03-02', 'ARB', 'serve', { paper: 'award', party: 'b' }],
    ]);
    expect(matter.deadline('p1:AB-02:party:a')).toMatchObject({
      due: '2026-08-12',
      basis: { article: '59' },
    });
    expect(matter.deadline('p1:AB-02:party:b')).toMatchObject({
      due: '2026-06-02',
      basis: { article: '72' },
    });
  });
});
