import type { DecideContext } from '../../../src/domain/dispute/context.js';
import { decide, letTimePass } from '../../../src/domain/dispute/decide.js';
import { ruleBook, type RuleBook } from '../../../src/domain/rules/rule-book.js';
import { body, contextAt, registered } from './matter.js';

/** A rule whose last day ends with the business hours: thirty days of mediation from 2 March 2026 end on 1 April, 17:30. */
const rules: RuleBook = {
  version: 'test',
  rules: ruleBook.rules.map((rule) => (rule.code === 'PM-17' ? { ...rule, cutOff: '17:30' } : rule)),
};
const at = (now: string): DecideContext => ({ ...contextAt(now, 'MED'), rules });

const mediated = () => {
  const now = '2026-03-02T10:00:00+08:00';
  const opening = { procedure: 'mediation', body: body('MED'), appliedOn: '2026-03-02' };
  const opened = decide(
    registered('debt', '2026-03-02', now).state,
    { action: 'open-procedure', body: opening },
    at(now),
  ).state;
  return ['worker', 'employer'].reduce(
    (state, party) =>
      decide(state, { action: 'record-consent', body: { party, consent: 'given', consentedOn: '2026-03-02' } }, at(now))
        .state,
    opened,
  );
};
const ended = { action: 'end-mediation', body: { reason: 'other' } };

describe('a period that ends with the business hours (民法典203)', () => {
  it('passes at that minute of its last day, and ends the procedure on that day', () => {
    const state = mediated();
    expect(state.deadlines['p1:PM-17']).toMatchObject({
      due: '2026-04-01',
      dueAt: '2026-04-01T17:30:00+08:00',
    });
    const before = '2026-04-01T17:29:59+08:00';
    expect(letTimePass(state, before, at(before)).events).toEqual([]);
    const after = '2026-04-01T17:30:00+08:00';
    const passed = letTimePass(state, after, at(after));
    expect(passed.events[0]).toMatchObject({ type: 'DeadlineElapsed', occurredAt: after });
    expect(passed.state.procedures['p1']).toMatchObject({ outcome: 'expired', closedOn: '2026-04-01' });
  });

  it('is kept by an act before it, not by one of the same evening', () => {
    const state = mediated();
    const inTime = '2026-04-01T17:00:00+08:00';
    expect(decide(state, { ...ended, occurredAt: inTime }, at(inTime)).state.procedures['p1']?.outcome).toBe(
      'no-agreement',
    );
    const evening = '2026-04-01T18:00:00+08:00';
    expect(decide(state, { ...ended, occurredAt: evening }, at(evening)).refusal?.code).toBe('procedure-closed');
  });

  it('is kept by what is only known to have been done on the last day: it is judged on the stream', () => {
    const next = '2026-04-02T10:00:00+08:00';
    const passed = letTimePass(mediated(), next, at(next)).state;
    expect(decide(passed, { ...ended, occurredAt: '2026-04-01' }, at(next)).late).toBe(true);
    expect(decide(passed, { ...ended, occurredAt: '2026-04-01T18:00:00+08:00' }, at(next)).late).toBeUndefined();
  });
});
