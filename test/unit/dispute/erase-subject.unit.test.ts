import { chronicle, opens } from '../procedures/chronicle.js';

const text = { ref: 't', commitment: '00' };

describe('erasing the personal data of a party (个人信息保护法47)', () => {
  it('of an open matter only where the data were unlawful, or an authority orders it', () => {
    const matter = chronicle('debt', '2026-03-02');
    for (const reason of ['purpose-fulfilled', 'retention-ended', 'consent-withdrawn'])
      expect(matter.refusal('2026-03-03', 'DESK', 'erase-subject', { subject: 'a', reason })).toMatchObject({
        code: 'dispute-open',
        basis: { law: '个人信息保护法', article: '47' },
        alternatives: [{ action: 'close' }],
      });
    for (const [subject, reason] of [
      ['a', 'unlawful-processing'],
      ['b', 'ordered'],
    ] as const)
      matter.tell([['2026-03-03', 'DESK', 'erase-subject', { subject, reason }]]);
    expect(matter.state.erased).toEqual(['a', 'b']);
  });

  it('of a closed matter on any ground, once, and of nobody else', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([['2026-03-04', 'DESK', 'close', { reason: 'settled' }]]);
    const before = matter.state;
    matter.tell([['2026-03-05', 'DESK', 'erase-subject', { subject: 'a', reason: 'retention-ended' }]]);
    const { erased, version, ...rest } = matter.state;
    expect([erased, version]).toEqual([['a'], before.version + 1]);
    expect(rest).toEqual({ ...before, version: undefined, erased: undefined });
    const again = { subject: 'a', reason: 'ordered' };
    expect(matter.refused('2026-03-06', 'DESK', 'erase-subject', again)).toBe('already-done');
    expect(matter.refused('2026-03-06', 'DESK', 'erase-subject', { ...again, subject: 'c' })).toBe('unknown-party');
  });

  it('holds: nothing more is recorded about that party, and the matter goes on', () => {
    const matter = chronicle('debt', '2026-03-02');
    matter.tell([
      ['2026-03-02', 'MED', 'open-procedure', opens('mediation', 'MED')],
      ['2026-03-03', 'DESK', 'erase-subject', { subject: 'a', reason: 'unlawful-processing' }],
      ['2026-03-04', 'MED', 'record-consent', { party: 'a', consent: 'given' }],
    ]);
    const paper = { document: 'photo', proves: text };
    matter.paper('photo');
    expect(matter.refusal('2026-03-05', 'MED', 'add-evidence', { ...paper, party: 'a' })).toMatchObject({
      code: 'subject-erased',
      basis: { article: '47' },
    });
    matter.tell([
      ['2026-03-05', 'MED', 'add-evidence', { ...paper, party: 'b' }],
      ['2026-03-05', 'MED', 'add-evidence', { document: 'photo', party: 'a' }],
    ]);
  });

  it('of a member of a collective dispute', () => {
    const worker = { ref: 'w', role: 'claimant', kind: 'person', capacity: 'worker', name: text };
    const employer = { ref: 'e', role: 'respondent', kind: 'organisation', capacity: 'employer', name: text };
    const matter = chronicle('labour', '2026-03-02', { parties: [worker, employer] });
    const member = { subject: 'm1', reason: 'ordered' };
    expect(matter.refused('2026-03-03', 'DESK', 'erase-subject', member)).toBe('unknown-party');
    matter.tell([
      ['2026-03-03', 'DESK', 'add-members', { members: [{ ref: 'm1', name: text }] }],
      ['2026-03-03', 'DESK', 'erase-subject', member],
    ]);
    expect(matter.state.erased).toEqual(['m1']);
  });
});
