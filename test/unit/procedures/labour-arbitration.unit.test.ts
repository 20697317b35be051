import { both, chronicle, opens, type Line } from './chronicle.js';

const filed = () => {
  const matter = chronicle('labour', '2026-03-02', { facts: { employmentEndedOn: '2026-01-30' } });
  matter.tell([['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')]]);
  return matter;
};
const accepted = () => {
  const matter = filed();
  matter.tell([
    ['2026-03-03', 'LAC', 'accept-application', {}],
    ['2026-03-04', 'LAC', 'form-tribunal', {}],
  ]);
  return matter;
};

describe('labour arbitration 劳动仲裁', () => {
  it('turned away in writing, may be followed by a suit in fifteen days of the notice (29)', () => {
    const matter = filed();
    expect(matter.clock('d:LD-06.termination:party:a')).toBe('2027-02-01 met');
    matter.tell([['2026-03-06', 'LAC', 'reject-application', { reason: 'out-of-scope' }]]);
    expect(matter.procedure('p1').outcome).toBe('not-accepted');
    expect(matter.clock('p1:LD-08')).toBe('2026-03-09 met');
    expect(matter.owed()).toEqual(['p1:refusal']);
    expect(matter.rules()).not.toContain('LD-09');
    matter.tell([['2026-03-09', 'LAC', 'give-notice', { notice: 'refusal', parties: ['a'] }]]);
    expect(matter.owed()).toEqual([]);
    expect(matter.deadline('p1:LD-09:party:a')).toMatchObject({
      due: '2026-03-24',
      confidence: 'unverified',
    });
    matter.tell([['2026-03-16', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
    expect(matter.clock('p1:LD-09:party:a')).toBe('2026-03-24 met');
  });

  it('handled simply, has one arbitrator, and the same forty-five days once it goes over to the ordinary (LD-20)', () => {
    const matter = filed();
    matter.tell([
      ['2026-03-03', 'LAC', 'accept-application', {}],
      ['2026-03-03', 'LAC', 'handle-simply', { ground: 'small-amount' }],
    ]);
    const panel = { arbitrators: ['x', 'y', 'z'].map((account) => ({ account, name: null })) };
    const sole = { arbitrators: panel.arbitrators.slice(0, 1) };
    expect(matter.refusal('2026-03-04', 'LAC', 'form-tribunal', panel)).toMatchObject({
      pointer: '/arbitrators',
      basis: { rule: 'LD-20' },
    });
    expect(matter.refused('2026-03-04', 'LAC', 'form-tribunal', sole)).toBeNull();
    expect(matter.refused('2026-03-04', 'LAC', 'handle-simply', { ground: 'both-agree' })).toBe('already-done');
    matter.tell([['2026-03-09', 'LAC', 'end-simple-handling', {}]]);
    expect(matter.clock('p1:LD-16')).toBe('2026-04-17 running');
    expect(matter.refused('2026-03-10', 'LAC', 'end-simple-handling', {})).toBe('action-not-available');
    expect(matter.refused('2026-03-10', 'LAC', 'form-tribunal', panel)).toBeNull();
  });

  it('goes over to the ordinary procedure only while the period of the award runs', () => {
    const matter = filed();
    matter.tell([
      ['2026-03-03', 'LAC', 'accept-application', {}],
      ['2026-03-03', 'LAC', 'handle-simply', { ground: 'clear-and-minor' }],
    ]);
    matter.until('2026-04-18');
    expect(matter.refusal('2026-04-18', 'LAC', 'end-simple-handling', {})).toMatchObject({
      code: 'deadline-passed',
      on: '2026-04-17',
    });
  });

  it('is decided in forty-five days, without the days that it stood still, and fifteen more once', () => {
    const matter = accepted();
    expect(matter.clock('p1:LD-16')).toBe('2026-04-17 running');
    // The director approves it, not the arbitrator (办案规则47).
    const suspension = { ground: 'awaiting-injury-determination', from: '2026-03-10', approvedBy: 'body' };
    expect(matter.refusal('2026-03-10', 'LAC', 'suspend', suspension)).toMatchObject({
      code: 'suspension-not-allowed',
      pointer: '/approvedBy',
      basis: { article: '46、47' },
    });
    matter.tell([
      [
        '2026-03-10',
        'LAC',
        'suspend',
        { ground: 'awaiting-injury-determination', from: '2026-03-10', approvedBy: 'director' },
      ],
      ['2026-03-20', 'LAC', 'resume', { to: '2026-03-20' }],
    ]);
    expect(matter.clock('p1:LD-16')).toBe('2026-04-27 running');
    expect(matter.refused('2026-04-20', 'LAC', 'extend', { approvedBy: 'president' })).toBe('extension-not-allowed');
    matter.tell([['2026-04-20', 'LAC', 'extend', { approvedBy: 'director' }]]);
    expect(matter.clock('p1:LD-16')).toBe('2026-05-12 running');
    expect(matter.refused('2026-04-21', 'LAC', 'extend', { approvedBy: 'director' })).toBe('extension-exhausted');
  });

  it('may be asked for another day three days before the hearing, not later (35)', () => {
    const matter = accepted();
    const request = { party: 'b' };
    expect(matter.refused('2026-03-05', 'LAC', 'request-postponement', request)).toBe('action-not-available');
    matter.tell([
      ['2026-04-01', 'LAC', 'schedule-session', { at: '2026-04-16T09:00:00+08:00' }],
      ['2026-04-13', 'LAC', 'request-postponement', request],
    ]);
    expect(matter.refusal('2026-04-14', 'LAC', 'request-postponement', request)).toMatchObject({
      code: 'deadline-passed',
      on: '2026-04-13',
      basis: { rule: 'LD-13.postponement' },
    });
  });

  it('tells the parties in writing that it is suspended or extended', () => {
    const matter = accepted();
    matter.tell([
      ['2026-03-10', 'LAC', 'suspend', { ground: 'force-majeure', from: '2026-03-10', approvedBy: 'director' }],
    ]);
    expect(matter.state.debts['p1:suspension']).toMatchObject({ outstanding: ['a', 'b'], basis: { rule: 'LD-19' } });
    matter.tell([
      ['2026-03-11', 'LAC', 'give-notice', { notice: 'suspension', parties: ['a', 'b'] }],
      ['2026-03-20', 'LAC', 'resume', { to: '2026-03-20' }],
      ['2026-04-20', 'LAC', 'extend', { approvedBy: 'director' }],
    ]);
    expect(matter.state.debts['p1:extension']).toMatchObject({ outstanding: ['a', 'b'], basis: { rule: 'LD-16' } });
  });

  it('begins its forty-five days anew where a party or a claim is added (办案规则46)', () => {
    const matter = accepted();
    matter.tell([['2026-03-31', 'LAC', 'restart-period', { ground: 'party-added' }]]);
    // 45 days from 31 March end on 15 May.
    expect(matter.deadline('p1:LD-16')).toMatchObject({
      due: '2026-05-15',
      status: 'running',
      generation: 2,
    });
    matter.until('2026-05-16');
    expect(matter.permitted()).toContain('civil-litigation either');
  });

  it('decides on acceptance from the day on which the papers were complete', () => {
    const matter = chronicle('labour', '2026-03-02');
    matter.tell([['2026-03-02', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC')]]);
    expect(matter.clock('p1:LD-08')).toBe('2026-03-09 running');
    matter.tell([['2026-03-06', 'LAC', 'record-corrected-papers', {}]]);
    expect(matter.clock('p1:LD-08')).toBe('2026-03-13 running');
  });

  it('overdue, lets either party go to the court, and is ended by that', () => {
    const matter = accepted();
    matter.until('2026-04-18');
    expect(matter.clock('p1:LD-16')).toBe('2026-04-17 elapsed');
    expect(matter.procedure('p1').status).toBe('open');
    expect(matter.permitted()).toContain('civil-litigation either');
    matter.tell([['2026-04-20', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')]]);
    expect(matter.procedure('p1').outcome).toBe('award-overdue');
  });

  it('goes on without an answer, and whatever the commission is late with', () => {
    const matter = accepted();
    matter.tell([['2026-03-05', 'LAC', 'serve', { paper: 'application-copy', party: 'b' }]]);
    expect(matter.clock('p1:LD-10')).toBe('2026-03-10 met');
    matter.until('2026-03-20');
    expect(matter.clock('p1:LD-10.answer:party:b')).toBe('2026-03-19 elapsed');
    expect(matter.procedure('p1')).toMatchObject({ status: 'open', step: 'tribunal-formed' });
    matter.tell([['2026-03-20', 'LAC', 'record-answer', { party: 'b' }]]);
    matter.until('2026-03-28');
    expect(matter.clock('p1:LD-10.serve-answer')).toBe('2026-03-27 elapsed');
    matter.tell([['2026-03-30', 'LAC', 'serve', { paper: 'answer', party: 'a' }]]);
    expect(matter.deadline('p1:LD-10.serve-answer').doneLateOn).toBe('2026-03-30');
  });

  it('may be entrusted to mediators by consent of both, for ten days, and is then heard', () => {
    const matter = accepted();
    expect(matter.refused('2026-03-06', 'LAC', 'entrust-mediation', { consents: ['a', 'a'] })).toBe('consent-missing');
    matter.tell([['2026-03-06', 'LAC', 'entrust-mediation', { consents: both }]]);
    expect(matter.clock('p1:LD-22')).toBe('2026-03-20 running');
    matter.until('2026-03-21');
    expect(matter.clock('p1:LD-22')).toBe('2026-03-20 elapsed');
    expect(matter.procedure('p1').status).toBe('open');
    matter.tell([['2026-03-23', 'LAC', 'record-session', {}]]);
    expect(matter.deadline('p1:LD-22').doneLateOn).toBe('2026-03-23');
  });

  it('settled before it, ends in a document of the commission that is enforced, not sued on', () => {
    const matter = accepted();
    matter.tell([
      ['2026-03-06', 'LAC', 'entrust-mediation', { consents: both }],
      ['2026-03-12', 'LAC', 'issue-consent-award', {}],
    ]);
    expect(matter.procedure('p1').outcome).toBe('mediated');
    expect(matter.clock('p1:LD-22')).toBe('2026-03-20 met');
    expect(matter.permitted()).toContain('enforcement either');
    expect(matter.forbidden()).toContain('civil-litigation');
  });

  it('deemed withdrawn on proof of the notice, is not opened again (办案规则39)', () => {
    const matter = accepted();
    const absent: Line = ['2026-03-25', 'LAC', 'deem-withdrawn', { proofOfNotice: 'proof' }];
    expect(matter.refused(...absent)).toBe('unknown-document');
    matter.paper('proof');
    matter.tell([absent]);
    expect(matter.procedure('p1').outcome).toBe('deemed-withdrawn');
    expect(matter.permitted()).toEqual(['civil-litigation either']);
    expect(matter.refusal('2026-03-26', 'LAC', 'open-procedure', opens('labour-arbitration', 'LAC'))).toMatchObject({
      code: 'route-forbidden',
    });
  });

  it('files what the law makes it keep', () => {
    const matter = filed();
    matter.tell([['2026-03-03', 'LAC', 'file-record', { kind: 'failure-record' }]]);
    expect(matter.procedure('p1').facts['RecordFiled']?.on).toBe('2026-03-03');
  });
});
