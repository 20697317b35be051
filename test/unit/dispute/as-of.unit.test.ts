import { knownBy, stateAt, type RecordedFact } from '../../../src/domain/dispute/as-of.js';
import { fold } from '../../../src/domain/dispute/evolve.js';
import type { DisputeState } from '../../../src/domain/dispute/state.js';
import { act, attempt, body, contextAt, registered, type Act, type Matter } from './matter.js';

const parties = ['worker', 'employer'];

/** A matter that is typed in act by act, each at an instant of its own. */
const typed = (acts: readonly [recordedAt: string, act: Act][], more: Record<string, unknown> = {}) => {
  let matter: Matter = registered('labour', '2026-03-02', '2026-03-02T10:00:00+08:00', more);
  let history: RecordedFact[] = matter.history.map((event) => ({ ...event, recordedAt: '2026-03-02T10:00:00+08:00' }));
  for (const [recordedAt, one] of acts) {
    const { decision, ...after } = attempt(matter, one, recordedAt);
    if (decision.refusal) throw new Error(`${one.action}: ${JSON.stringify(decision.refusal)}`);
    history = [...history, ...after.history.slice(history.length).map((event) => ({ ...event, recordedAt }))];
    matter = after;
  }
  return history;
};
const evening = (day: string) => `${day}T20:00:00+08:00`;
const on = (day: string, one: Act): [string, Act] => [evening(day), one];

const consent = (party: string, day: string) => act('MED', 'record-consent', { party, consent: 'given' }, day);
/** LD-03 ends on 17 March. */
const mediated: [string, Act][] = [
  on(
    '2026-03-02',
    act('MED', 'open-procedure', { procedure: 'mediation', track: 'labour', body: body('MED') }, '2026-03-02'),
  ),
  on('2026-03-03', consent('worker', '2026-03-03')),
  on('2026-03-03', consent('employer', '2026-03-03')),
  on('2026-03-04', act('MED', 'designate-neutral', { person: { account: 'm', name: null } }, '2026-03-04')),
  on('2026-03-04', act('MED', 'answer-designation', { answer: 'accepts' }, '2026-03-04')),
];
const paper = on(
  '2026-03-25',
  act(
    'MED',
    'add-document',
    { documentId: 'proof', kind: 'record', sha256: 'ab', size: 1, mediaType: 'text/plain' },
    '2026-03-25',
  ),
);
/** Recorded on the 26th, when the period is long past: the mediation had ended by itself on the 16th. */
const endedLate = on('2026-03-26', {
  ...act('MED', 'end-mediation', { reason: 'wide-differences' }, '2026-03-16'),
  documentId: 'proof',
});

const now = '2026-04-01T10:00:00+08:00';
const context = contextAt(now, 'ENGINE');
const at = (history: readonly RecordedFact[], moment: string): DisputeState => stateAt(history, moment, context)!.state;
const mediation = (state: DisputeState) => {
  const { status, step, outcome, closedOn } = state.procedures['p1']!;
  return { status, step, outcome, closedOn };
};

describe('what was known', () => {
  const history = typed([...mediated, paper, endedLate]);

  it('is the fold of what had been recorded by then', () => {
    expect(fold(knownBy(history, evening('2026-03-04')))!.procedures['p1']!.step).toBe('in-session');
    expect(knownBy(history, '2026-03-02T09:00:00+08:00')).toEqual([]);
    // The same instant, written in another zone.
    expect(knownBy(history, '2026-03-04T12:00:00Z')).toEqual(knownBy(history, evening('2026-03-04')));
  });
});

describe('what is known to have been true', () => {
  const history = typed([...mediated, paper, endedLate]);

  it('knows a late fact in its place, and no elapse that it beat', () => {
    expect(mediation(at(history, '2026-03-15'))).toMatchObject({ status: 'open', step: 'in-session' });
    const ended = { status: 'closed', outcome: 'no-agreement', closedOn: '2026-03-16' };
    expect(mediation(at(history, '2026-03-16'))).toMatchObject(ended);
    const after = at(history, '2026-03-20');
    expect(mediation(after)).toMatchObject(ended);
    expect(after.deadlines['p1:LD-03']).toMatchObject({ status: 'void', endedOn: '2026-03-16' });
    // The paper that proves it came into the file on the 25th only.
    expect(Object.keys(after.documents)).toEqual([]);
    expect(Object.keys(at(history, '2026-03-25').documents)).toEqual(['proof']);
  });

  it('and what was known of it earlier was otherwise', () => {
    const known = knownBy(history, evening('2026-03-25'));
    expect(mediation(at(known, '2026-03-16'))).toMatchObject({ status: 'open' });
    expect(mediation(at(known, '2026-03-17'))).toMatchObject({
      status: 'closed',
      outcome: 'expired',
      closedOn: '2026-03-17',
    });
  });

  it('lets a period pass at the end of its last day, though nobody recorded that yet', () => {
    const quiet = typed(mediated);
    expect(quiet.some(({ type }) => type === 'DeadlineElapsed')).toBe(false);
    expect(mediation(at(quiet, '2026-03-17T23:59:59+08:00'))).toMatchObject({ status: 'open' });
    expect(mediation(at(quiet, '2026-03-17'))).toMatchObject({ outcome: 'expired', closedOn: '2026-03-17' });
    expect(mediation(at(quiet, '2026-03-18T00:00:00+08:00'))).toMatchObject({ outcome: 'expired' });
    // A day that is not over yet has come as far as now.
    const early = { ...context, now: '2026-03-17T12:00:00+08:00' };
    expect(mediation(stateAt(quiet, '2026-03-17', early)!.state)).toMatchObject({ status: 'open' });
  });

  it('knows a corrected date from the corrected day on', () => {
    const held = on('2026-03-10', act('MED', 'record-session', { result: 'no-agreement' }, '2026-03-10'));
    const before = typed([...mediated, held]);
    const event = before.find(({ type }) => type === 'SessionHeld')!.version;
    const corrected = typed([
      ...mediated,
      held,
      on(
        '2026-03-12',
        act('MED', 'correct-fact', { event, field: 'heldOn', value: '2026-03-06' }, evening('2026-03-12')),
      ),
    ]);
    const heldOn = (history: RecordedFact[], day: string) =>
      at(history, day).procedures['p1']!.sessions.map((session) => session.heldOn);
    expect(heldOn(before, '2026-03-07')).toEqual([]);
    expect(heldOn(corrected, '2026-03-05')).toEqual([]);
    expect(heldOn(corrected, '2026-03-07')).toEqual(['2026-03-06']);
    expect(heldOn(corrected, now)).toEqual(['2026-03-06']);
    expect(heldOn(knownBy(corrected, evening('2026-03-11')), '2026-03-07')).toEqual([]);
  });

  it('knows a corrected fact of the dispute from the beginning', () => {
    const wageIou = on(
      '2026-03-12',
      act('MED', 'correct-fact', { fact: 'wageIou', value: true }, evening('2026-03-12')),
    );
    const corrected = typed([...mediated, wageIou]);
    expect(at(corrected, '2026-03-02').facts).toEqual({ wageIou: true });
    expect(at(knownBy(corrected, evening('2026-03-11')), '2026-03-02').facts).toEqual({});
  });

  it('knows nothing of a closing that was void', () => {
    const close = on('2026-03-20', act('MED', 'close', { reason: 'other' }, '2026-03-20'));
    const closed = typed([...mediated, close]);
    const closing = closed.find(({ type }) => type === 'DisputeClosed')!.version;
    const reopened = typed([
      ...mediated,
      close,
      on('2026-03-24', act('MED', 'reopen', { reason: 'closed-in-error', voids: [closing] }, '2026-03-24')),
      on('2026-03-30', act('MED', 'give-notice', { notice: 'routes', parties }, '2026-03-30', { procedureId: 'p1' })),
    ]);
    expect(at(closed, '2026-03-21').status).toBe('closed');
    expect(at(reopened, '2026-03-21').status).toBe('open');
    expect(at(knownBy(reopened, evening('2026-03-23')), '2026-03-21').status).toBe('closed');
    expect(stateAt(reopened, '2026-03-21', context)!.unplaced).toEqual([]);
  });

  it('keeps to what was typed in while a past matter is', () => {
    const backfill = typed(
      mediated.map(([, one]) => [now, one]),
      { backfill: true },
    );
    // What happened after the last fact is not known yet.
    expect(mediation(at(backfill, '2026-03-20'))).toMatchObject({ status: 'open' });
  });

  it('is nothing before there was a dispute, and bears the version that it rests on', () => {
    expect(stateAt(history, '2026-03-01', context)).toBeNull();
    expect(at(history, '2026-03-05').version).toBe(history.length);
  });
});

it('a late fact leaves the owner who was assigned', () => {
  const assigned = typed([
    ...mediated,
    on(
      '2026-03-05',
      act('MED', 'assign', { organisation: 'MED', person: { account: 'chief', name: null } }, '2026-03-05'),
    ),
    paper,
    endedLate,
  ]);
  expect(fold(assigned)!.owner).toMatchObject({ organisation: 'MED', account: 'chief' });
});
