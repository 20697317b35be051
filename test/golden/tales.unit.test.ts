import { act, attempt, body, perform, registered } from '../unit/dispute/matter.js';
import { both, chronicle, opens, type Line } from '../unit/procedures/chronicle.js';

/** Courses that no other test tells to the end, so that every type of event is seen in one. */

const now = '2026-06-01T10:00:00+08:00';

it('an adviser who does not answer in time is silent', () => {
  const matter = chronicle('debt', '2026-03-02');
  const seat = 'coordinator';
  matter.tell([
    ['2026-03-02', 'COURT', 'open-procedure', opens('civil-litigation', 'COURT')],
    ...both.map((party): Line => ['2026-03-03', 'COURT', 'record-consent', { party, consent: 'given' }]),
    ['2026-03-04', 'COURT', 'open-procedure', opens('pre-filing-mediation', 'CENTRE', { joint: true })],
    ['2026-03-05', 'CENTRE', 'accept-handoff', { handoffId: 'd-h1' }],
    ['2026-03-05', 'CENTRE', 'nominate-adviser', { seat, person: { account: 'x', name: null } }],
    ['2026-03-05', 'CENTRE', 'record-invitation', { seat, account: 'x' }],
  ]);
  matter.until('2026-03-12');
  expect(matter.procedure('p2').neutrals).toMatchObject([{ account: 'x', status: 'silent' }]);
});

it('the date of a session is corrected in what its procedure holds', () => {
  const start = registered('labour', '2026-03-02', now);
  const consent = (party: string) => act('MED', 'record-consent', { party, consent: 'given' }, '2026-03-03');
  const held = perform(
    start,
    [
      act('MED', 'open-procedure', { procedure: 'mediation', track: 'labour', body: body('MED') }, '2026-03-02'),
      consent('worker'),
      consent('employer'),
      act('MED', 'designate-neutral', { person: { account: 'm', name: null } }, '2026-03-04'),
      act('MED', 'answer-designation', { answer: 'accepts' }, '2026-03-04'),
      act('MED', 'record-session', { result: 'no-agreement' }, '2026-03-10'),
    ],
    now,
  );
  const event = held.history.find(({ type }) => type === 'SessionHeld')!.version;
  const correction = act('MED', 'correct-fact', { event, field: 'heldOn', value: '2026-03-09' }, now);
  const { decision } = attempt(held, correction, now);
  expect(decision.refusal).toBeNull();
  expect(decision.events.map(({ type }) => type)).toContain('ProcedureRestated');
  expect(decision.state.procedures['p1']!.sessions).toMatchObject([{ heldOn: '2026-03-09' }]);
});
