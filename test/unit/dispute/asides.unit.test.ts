import { both, chronicle, opens, type Line } from '../procedures/chronicle.js';
import { body, pass, perform, registered, act, attempt } from './matter.js';

const text = { ref: 't', commitment: '00' };

describe('what is recorded beside the course of the matter', () => {
  it('an owner, a note and evidence change neither step nor period', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED')]]);
    matter.paper('photo');
    const before = matter.state;
    matter.tell([
      ['2026-03-05', 'MED', 'assign', { organisation: 'MED', person: { account: 'm', name: null } }],
      ['2026-03-05', 'MED', 'add-note', { text }],
      ['2026-03-05', 'MED', 'add-evidence', { document: 'photo', party: 'a' }],
    ]);
    expect(matter.state.owner).toMatchObject({ organisation: 'MED', account: 'm' });
    expect(matter.state.counts).toEqual({ notes: 1, evidence: 1 });
    expect(matter.state.deadlines).toEqual(before.deadlines);
    expect(matter.state.lastFact).toBe(before.lastFact);
  });

  it('a party that joins later has periods of its own from then on', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-03', 'DESK', 'add-party', { party: { ref: 'c', role: 'respondent', kind: 'person', name: text } }],
    ]);
    expect(matter.state.parties.map(({ ref }) => ref)).toEqual(['a', 'b', 'c']);
    matter.tell([
      ['2026-03-03', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
      ['2026-03-04', 'COURT', 'accept-application', {}],
      ['2026-03-05', 'COURT', 'serve', { paper: 'complaint', party: 'c' }],
    ]);
    expect(matter.clock('p1:CL-03.defence:party:c')).toBe('2026-03-20 running');
    expect(
      matter.refused('2026-03-06', 'DESK', 'add-party', {
        party: { ref: 'c', role: 'respondent', kind: 'person', name: text },
      }),
    ).toBe('duplicate-party');
  });

  it('another profile is applied at once, and only another', () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([['2026-03-03', 'DESK', 'change-profile', { profile: 'nanchang' }]]);
    expect(matter.state.profile.code).toBe('nanchang');
    expect(matter.refused('2026-03-03', 'DESK', 'change-profile', { profile: 'nanchang' })).toBe('already-done');
  });

  it('the engine warns once before a period passes', () => {
    const matter = perform(
      registered('debt', '2026-03-02', '2026-03-02T09:00:00+08:00'),
      [
        act('MED', 'open-procedure', { procedure: 'mediation', body: body('MED') }, '2026-03-02T10:00:00+08:00'),
        ...['worker', 'employer'].map((party) =>
          act('MED', 'record-consent', { party, consent: 'given' }, '2026-03-02T10:00:00+08:00'),
        ),
      ],
      '2026-03-02T10:00:00+08:00',
    );
    const warned = attempt(
      matter,
      act('MED', 'record-warning', { deadlineId: 'p1:PM-17' }, '2026-03-30T09:00:00+08:00'),
      '2026-03-30T09:00:00+08:00',
    );
    expect(warned.decision.refusal?.code).toBe('not-your-role');
    const chronicled = chronicle('debt', '2026-03-02');
    chronicled.tell([
      ['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED')],
      ...both.map((party): Line => ['2026-03-02', 'MED', 'record-consent', { party, consent: 'given' }]),
      ['2026-03-30', 'MED', 'record-warning', { deadlineId: 'p1:PM-17' }],
    ]);
    expect(chronicled.deadline('p1:PM-17').warnedOn).toBe('2026-03-30');
    expect(chronicled.refused('2026-03-30', 'MED', 'record-warning', { deadlineId: 'p1:PM-17' })).toBe('already-done');
    expect(pass(matter, '2026-04-03T00:00:00+08:00').state.deadlines['p1:PM-17']?.status).toBe('elapsed');
  });
});

describe('papers of the union’s supervision 一函两书', () => {
  const issued = (paper: 'opinion' | 'recommendation', region = '360121') => {
    const matter = chronicle('labour', '2026-03-02', { region });
    matter.tell([['2026-03-02', 'DESK', 'issue-union-paper', { paper }]]);
    return matter;
  };

  it.each([
    ['opinion', 'd:CM-26:party:b'],
    ['recommendation', 'd:CM-26.agency'],
  ] as const)('%s: in Nanchang it is answered in sixty days', (paper, id) => {
    const matter = issued(paper);
    // 1 May begins the Labour Day holiday.
    expect(matter.clock(id)).toBe('2026-05-06 running');
    expect(matter.refused('2026-03-03', 'DESK', 'issue-union-paper', { paper })).toBe('already-done');
    const answered = issued(paper);
    answered.tell([['2026-03-20', 'DESK', 'record-union-reply', { paper }]]);
    expect(answered.clock(id)).toBe('2026-05-06 met');
    matter.until('2026-05-07');
    expect(matter.clock(id)).toBe('2026-05-06 elapsed');
    matter.tell([['2026-05-08', 'DESK', 'record-union-reply', { paper }]]);
    expect(matter.deadline(id).doneLateOn).toBe('2026-05-08');
  });

  it('elsewhere no period is known, and in other disputes there is no such paper', () => {
    const matter = issued('opinion', '440300');
    expect(matter.rules()).toEqual([]);
    expect(matter.refused('2026-03-03', 'DESK', 'record-union-reply', { paper: 'opinion' })).toBe('nothing-owed');
    expect(
      chronicle('debt', '2026-03-02').refused('2026-03-02', 'DESK', 'issue-union-paper', { paper: 'opinion' }),
    ).toBe('action-not-available');
  });
});
