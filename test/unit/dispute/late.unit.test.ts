import { fold } from '../../../src/domain/dispute/evolve.js';
import { routesNow } from '../../../src/domain/dispute/routes.js';
import { act, attempt, body, pass, perform, registered, substance, type Act, type Matter } from './matter.js';

const now = '2026-06-01T10:00:00+08:00';
const parties = ['worker', 'employer'];
const paper = (name: string): Act =>
  act('MED', 'add-document', { documentId: name, kind: 'record', sha256: 'ab', size: 1, mediaType: 'text/plain' }, now);

const consent = (party: string, on: string) => act('MED', 'record-consent', { party, consent: 'given' }, on);
const mediate = [
  act('MED', 'open-procedure', { procedure: 'mediation', track: 'labour', body: body('MED') }, '2026-03-02'),
  consent('worker', '2026-03-03'),
  consent('employer', '2026-03-03'),
  act('MED', 'designate-neutral', { person: { account: 'm', name: null } }, '2026-03-04'),
  act('MED', 'answer-designation', { answer: 'accepts' }, '2026-03-04'),
];
const session = act('MED', 'record-session', { result: 'no-agreement' }, '2026-03-10');

/** Mediation as it runs in life; LD-03 ends on 17 March, and with it the mediation. */
const mediated = (acts: readonly Act[] = [...mediate, session]): Matter =>
  perform(registered('labour', '2026-03-02', now), acts, now);
const expired = (acts?: readonly Act[]): Matter => pass(mediated(acts), '2026-03-18T00:00:00+08:00');

const ended = act('MED', 'end-mediation', { reason: 'wide-differences' }, '2026-03-16');
const proved = (one: Act): Act => ({ ...one, documentId: 'proof' });
const noticed = act('MED', 'give-notice', { notice: 'routes', parties }, '2026-03-20', { procedureId: 'p1' });
const agreed: Act[] = [
  act(
    'MED',
    'record-agreement',
    { kind: 'wages', terms: [{ obligor: 'employer', obligee: 'worker', dueOn: '2026-07-31' }] },
    '2026-03-12',
  ),
  act('MED', 'sign-agreement', { parties, mediator: true, body: true }, '2026-03-13'),
];

const typesOf = (matter: Matter, since: Matter): string[] =>
  matter.history.slice(since.history.length).map(({ type }) => type);
const foldsToItself = ({ history, state }: Matter) => expect(fold(history)).toEqual(state);

describe('a fact dated before a recorded elapse', () => {
  test('needs a document, and leaves nothing behind without one', () => {
    const before = expired();
    expect(before.state.procedures['p1']).toMatchObject({ outcome: 'expired', closedOn: '2026-03-17' });
    const { decision } = attempt(before, ended, now);
    expect(decision.refusal).toMatchObject({ code: 'document-required', pointer: '/documentId' });
    expect(decision.events).toEqual([]);
    const unknown = attempt(before, proved(ended), now);
    expect(unknown.decision.refusal).toMatchObject({ code: 'unknown-document' });
  });

  test('with one it beats the elapse: what followed is undone by explicit events', () => {
    const before = perform(expired(), [paper('proof')], now);
    const after = perform(before, [proved(ended)], now);
    expect(typesOf(after, before)).toEqual([
      'MediationEnded',
      'DeadlineElapseReversed',
      'DeadlineVoided',
      'ProcedureReopened',
      'ProcedureClosed',
      'NoticeWithdrawn',
      'NoticeWithdrawn',
      'NoticeOwed',
      'NoticeOwed',
    ]);
    expect(after.history.at(before.history.length)).toMatchObject({
      occurredAt: '2026-03-16',
      causationId: null,
      data: { reason: 'wide-differences', recordedLate: true, provedBy: 'proof' },
    });
    const fact = after.history.at(before.history.length)!.eventId;
    for (const event of after.history.slice(before.history.length + 1)) expect(event.causationId).toBe(fact);
    expect(after.state.procedures['p1']).toMatchObject({ outcome: 'no-agreement', closedOn: '2026-03-16' });
    expect(after.state.deadlines['p1:LD-03']).toMatchObject({ status: 'void', endedOn: '2026-03-16' });
    expect(after.state.debts['p1:routes']).toMatchObject({ owedSince: '2026-03-16', outstanding: parties });
    foldsToItself(after);
  });

  test('an agreement that was signed in time: reopened, agreed, nothing owed, the elapse reversed', () => {
    const before = perform(expired(), [paper('proof')], now);
    const after = perform(before, agreed.map(proved), now);
    expect(after.state.procedures['p1']).toMatchObject({
      status: 'closed',
      outcome: 'agreement',
      closedOn: '2026-03-13',
      agreement: { recordedOn: '2026-03-12', signedOn: '2026-03-13' },
    });
    expect(after.state.debts).toEqual({});
    expect(after.state.deadlines['p1:LD-03']).toMatchObject({ status: 'met', endedOn: '2026-03-13' });
    // What the agreement starts starts from its own day, and what passed since has passed.
    expect(after.state.deadlines['p1:JC-01:party:worker']).toMatchObject({
      trigger: { on: '2026-03-13' },
      due: '2026-04-13',
    });
    foldsToItself(after);
    const intime = pass(mediated([...mediate, session, ...agreed]), '2026-06-01T00:00:00+08:00');
    const later = pass(after, '2026-06-01T00:00:00+08:00');
    expect(substance(later.state)).toEqual(substance(intime.state));
  });

  test('a session held before the elapse does not undo it', () => {
    const before = expired(mediate);
    const after = perform(before, [session], now);
    expect(typesOf(after, before)).toEqual(['SessionHeld', 'StepEntered']);
    expect(after.state.procedures['p1']).toMatchObject({
      outcome: 'expired',
      closedOn: '2026-03-17',
      step: 'awaiting-parties',
      sessions: [{ heldOn: '2026-03-10' }],
    });
    expect(substance(after.state)).toEqual(substance(expired().state));
    foldsToItself(after);
  });

  test('not once the parties have been told on the strength of it', () => {
    const before = perform(expired(), [paper('proof'), noticed], now);
    const late = attempt(before, proved(ended), now);
    expect(late.decision.refusal).toMatchObject({ code: 'irreversible', basis: { rule: 'LD-03' } });
    expect(late.decision.events).toEqual([]);
    // An agreement, too, would leave nothing to be told.
    expect(attempt(before, agreed[0]!, now).decision.refusal).toMatchObject({ code: 'irreversible' });
  });

  test('nor once another procedure has been opened out of it', () => {
    const arbitration = act(
      'ARB',
      'open-procedure',
      { procedure: 'labour-arbitration', body: body('ARB') },
      '2026-03-20',
    );
    const before = perform(expired(), [paper('proof'), arbitration], now);
    expect(attempt(before, proved(ended), now).decision.refusal).toMatchObject({ code: 'irreversible' });
  });

  test('of an institution’s period: the act was in time, and the body is not overdue', () => {
    const filed = act('ARB', 'open-procedure', { procedure: 'labour-arbitration', body: body('ARB') }, '2026-03-02');
    const start = perform(registered('labour', '2026-03-02', now), [filed], now);
    const overdue = perform(pass(start, '2026-03-20T00:00:00+08:00'), [paper('proof')], now);
    expect(overdue.state.deadlines['p1:LD-08']).toMatchObject({ status: 'elapsed', due: '2026-03-09' });
    expect(routesNow(overdue.state).permitted.map(({ procedure }) => procedure)).toContain('civil-litigation');
    const accept = act('ARB', 'accept-application', {}, '2026-03-06', { procedureId: 'p1' });
    const after = perform(overdue, [proved(accept)], now);
    expect(after.state.deadlines['p1:LD-08']).toMatchObject({ status: 'met', endedOn: '2026-03-06' });
    expect(after.state.deadlines['p1:LD-16']).toMatchObject({ due: '2026-04-20', status: 'running' });
    expect(routesNow(after.state).permitted.map(({ procedure }) => procedure)).not.toContain('civil-litigation');
    foldsToItself(after);
  });
});

describe('a fact dated before other facts', () => {
  const application = act(
    'ARB',
    'open-procedure',
    { procedure: 'labour-arbitration', body: body('ARB') },
    '2026-03-02',
  );
  const arbitrated: Act[] = [
    application,
    act('ARB', 'accept-application', {}, '2026-03-06', { procedureId: 'p1' }),
    act('ARB', 'form-tribunal', {}, '2026-03-09'),
    act('ARB', 'record-session', {}, '2026-03-23', { procedureId: 'p1' }),
    act('ARB', 'issue-award', { finality: 'non-final' }, '2026-04-10'),
  ];
  const serve = (party: string, on: string) =>
    act('ARB', 'serve', { paper: 'award', party }, on, { procedureId: 'p1' });
  const sue = act(
    'COURT',
    'open-procedure',
    { procedure: 'civil-litigation', body: body('COURT'), applicants: ['worker'] },
    '2026-04-20',
  );
  const awarded = (acts: readonly Act[]) =>
    perform(registered('labour', '2026-03-02', now), [...arbitrated, ...acts], now);

  test('is recorded with its consequences where the later ones stand', () => {
    const before = awarded([serve('employer', '2026-04-14')]);
    const after = perform(before, [serve('worker', '2026-04-13')], now);
    expect(typesOf(after, before)).toEqual(['DocumentServed', 'DeadlineStarted']);
    expect(after.state.deadlines['p1:LD-35:party:worker']).toMatchObject({
      trigger: { on: '2026-04-13' },
      due: '2026-04-28',
      status: 'running',
    });
    expect(after.history.at(-2)!.data).toMatchObject({ recordedLate: true });
    expect(after.state.lastFact).toBe('2026-04-14');
    expect(substance(after.state)).toEqual(
      substance(awarded([serve('worker', '2026-04-13'), serve('employer', '2026-04-14')]).state),
    );
    foldsToItself(after);
  });

  test('is refused where a later one would no longer be legal, and says which', () => {
    const before = mediated();
    const refusal = act('MED', 'record-consent', { party: 'worker', consent: 'refused' }, '2026-03-05');
    const { decision } = attempt(before, refusal, now);
    expect(decision.refusal).toMatchObject({
      code: 'superseded-by-later-facts',
      detail: { en: 'The fact recorded for 2026-03-10 (SessionHeld) would no longer stand' },
    });
    expect(decision.events).toEqual([]);
  });

  test('is refused where it could not be on its own day, though it could today', () => {
    const before = awarded([]);
    const early = act('ARB', 'issue-consent-award', {}, '2026-03-05', { procedureId: 'p1' });
    expect(attempt(before, early, now).decision.refusal).toMatchObject({ code: 'action-not-available' });
  });

  test('asks for the role of who records it, after the law', () => {
    const before = awarded([serve('employer', '2026-04-14')]);
    const elsewhere = { ...serve('worker', '2026-04-13'), at: 'COURT' };
    expect(attempt(before, elsewhere, now).decision.refusal).toMatchObject({ code: 'not-your-organisation' });
  });

  test('a suit filed in time takes back that the award became effective', () => {
    const served = awarded([serve('worker', '2026-04-13'), serve('employer', '2026-04-14')]);
    const before = perform(pass(served, '2026-05-05T00:00:00+08:00'), [paper('proof')], now);
    expect(before.state.procedures['p1']!.award).toMatchObject({ status: 'effective' });
    expect(attempt(before, sue, now).decision.refusal).toMatchObject({ code: 'document-required' });
    const after = perform(before, [proved(sue)], now);
    expect(after.state.procedures['p1']!.award).toMatchObject({ status: 'challenged', suedBy: ['worker'] });
    expect(after.state.procedures['p2']).toMatchObject({
      procedure: 'civil-litigation',
      openedOn: '2026-04-20',
    });
    expect(after.state.deadlines['p1:LD-35:party:worker']).toMatchObject({
      status: 'met',
      endedOn: '2026-04-20',
    });
    expect(after.state.deadlines['p1:LD-35:party:employer']).toMatchObject({
      status: 'elapsed',
      effect: 'no-effect',
    });
    expect(after.state.deadlines['p2:CL-02']).toMatchObject({ due: '2026-04-27', status: 'elapsed' });
    foldsToItself(after);
    const intime = pass(
      awarded([serve('worker', '2026-04-13'), serve('employer', '2026-04-14'), sue]),
      '2026-05-05T00:00:00+08:00',
    );
    // The period for enforcement that it had started stays in sight, void.
    const { 'p1:LD-37.enforcement:party:worker': enforcement, ...deadlines } = after.state.deadlines;
    expect(enforcement).toMatchObject({ status: 'void' });
    expect(substance({ ...after.state, deadlines })).toEqual(substance(perform(intime, [paper('proof')], now).state));
  });

  test('a procedure recorded late gets an id of its own, and those recorded before keep theirs', () => {
    const inspected = [
      application,
      act('MED', 'open-procedure', { procedure: 'mediation', track: 'labour', body: body('MED') }, '2026-03-06'),
    ];
    const before = perform(
      registered('labour', '2026-03-02', now),
      [inspected[1]!, consent('worker', '2026-03-07')],
      now,
    );
    const after = perform(before, [inspected[0]!], now);
    expect(Object.values(after.state.procedures)).toMatchObject([
      { id: 'p1', procedure: 'mediation', consents: { worker: 'given' } },
      { id: 'p2', procedure: 'labour-arbitration', openedOn: '2026-03-02' },
    ]);
    foldsToItself(after);
  });

  test('can be followed by another, and the stream stays one that can be decided again', () => {
    const before = perform(expired(mediate), [paper('proof')], now);
    const one = perform(before, [proved(ended)], now);
    const two = perform(one, [session], now);
    const three = perform(two, [noticed], now);
    expect(three.state.procedures['p1']).toMatchObject({
      outcome: 'no-agreement',
      sessions: [{ heldOn: '2026-03-10' }],
    });
    expect(three.state.debts).toMatchObject({ 'p1:failure-record': {} });
    foldsToItself(three);
    // Now parties were told on the strength of the end on the 16th: an agreement of the 13th comes too late.
    const { decision } = attempt(perform(three, [], now), agreed[1]!, now);
    expect(decision.refusal).not.toBeNull();
  });
});

describe('while a past matter is being typed in', () => {
  test('a wrong date that let time pass is no obstacle to the right one', () => {
    const backfilled = perform(registered('labour', '2026-03-02', now, { backfill: true }), mediate, now);
    const mistyped = attempt(backfilled, { ...session, procedureId: 'p1', occurredAt: '2026-05-10' }, now);
    expect(mistyped.decision.refusal).toMatchObject({ code: 'procedure-closed' });
    expect(mistyped.state.procedures['p1']).toMatchObject({ outcome: 'expired' });
    const after = perform(mistyped, [session], now);
    expect(after.state.procedures['p1']).toMatchObject({ status: 'open', step: 'awaiting-parties' });
    expect(after.state.deadlines['p1:LD-03']).toMatchObject({ status: 'running' });
    foldsToItself(after);
    expect(substance(after.state)).toEqual(
      substance(perform(registered('labour', '2026-03-02', now, { backfill: true }), [...mediate, session], now).state),
    );
  });

  test('a forgotten fact is put in its place, and finishing wakes the engine from where the facts stand', () => {
    const start = registered('labour', '2026-03-02', now, { backfill: true });
    const before = perform(
      start,
      mediate.filter(({ occurredAt }) => occurredAt !== '2026-03-04'),
      now,
    );
    const neutral = perform(before, [mediate[3]!, mediate[4]!, session], now);
    const address = act(
      'MED',
      'confirm-address',
      { party: 'worker', address: { ref: 'a', commitment: '0' } },
      '2026-03-09',
    );
    const after = perform(neutral, [address], now);
    expect(after.state.procedures['p1']!.facts['DeliveryAddressConfirmed']).toMatchObject({
      on: '2026-03-09',
    });
    const finished = perform(after, [{ ...act('MED', 'finish-backfill', {}, now) }], now);
    expect(finished.state.procedures['p1']).toMatchObject({ outcome: 'expired', closedOn: '2026-03-17' });
    foldsToItself(finished);
  });
});
