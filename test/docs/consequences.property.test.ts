import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import { publishedCalendar } from '../../src/domain/calendar/calendar.js';
import { roles, type DecideContext } from '../../src/domain/dispute/context.js';
import { decide } from '../../src/domain/dispute/decide.js';
import type { DecidedEvent } from '../../src/domain/dispute/event.js';
import { register, type Registration } from '../../src/domain/dispute/register.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { defaultProfile } from '../../src/domain/profiles/profiles.js';
import type { DisputeType } from '../../src/domain/routes/codes.js';
import { ruleBook } from '../../src/domain/rules/rule-book.js';
import type { Move } from '../../scripts/docs/consequence.js';
import { consequences } from '../../scripts/docs/consequences.js';
import {
  arbitraryAction,
  arbitraryBody,
  disputeTypes,
  draws,
  sealed,
  type Draw,
} from '../support/arbitrary-commands.js';

const shown = (procedure: string, { from, to }: Move): string =>
  `${procedure}: ${from ?? 'opened'} → ${'step' in to ? to.step : `end ${to.outcome}`}`;

/** Every move that the generated pages know. */
const documented = (): Set<string> => {
  const known = [...consequences()].flatMap(([code, list]) =>
    list.flatMap(({ moves, elsewhere }) => [
      ...moves.map((move) => shown(code, move)),
      ...elsewhere.map((move) => shown(move.procedure, move)),
    ]),
  );
  const goingOn = procedureDefinitions.flatMap(({ code, steps, elapses }) =>
    Object.values(elapses ?? {}).flatMap(({ opens }) =>
      opens ? Object.keys(steps).map((from) => shown(code, { from, to: { outcome: opens } })) : [],
    ),
  );
  return new Set([...known, ...goingOn]);
};

/** The moves among events that follow a state; a procedure that is opened starts at no step. */
const movesOf = (before: DisputeState, events: readonly DecidedEvent[]): string[] => {
  const codes = new Map(Object.values(before.procedures).map(({ id, procedure }) => [id, procedure as string]));
  const steps = new Map<string, string | null>(Object.values(before.procedures).map(({ id, step }) => [id, step]));
  return events.flatMap(({ type, procedureId, data }) => {
    if (procedureId === null) return [];
    if (type === 'ProcedureOpened') {
      codes.set(procedureId, data['procedure'] as string);
      steps.set(procedureId, null);
    }
    const from = steps.get(procedureId) ?? null;
    if (type === 'StepEntered') {
      steps.set(procedureId, data['step'] as string);
      return [shown(codes.get(procedureId)!, { from, to: { step: data['step'] as string } })];
    }
    if (type !== 'ProcedureClosed') return [];
    return [shown(codes.get(procedureId)!, { from, to: { outcome: data['outcome'] as never } })];
  });
};

const contextOn = (on: string, organisation: string): DecideContext => ({
  now: `${addDays(on, 1)}T00:00:00+08:00`,
  by: { account: 'staff', roles: roles.filter((role) => role !== 'party'), organisation, region: '100000' },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

/** Plays random commands and answers every move that they brought. */
const play = (type: DisputeType, sequence: readonly Draw[]): string[] => {
  let on = '2025-01-06';
  const parties = [
    { ref: 'a', role: 'claimant', kind: 'person', name: sealed('a') },
    { ref: 'b', role: 'respondent', kind: 'organisation', name: sealed('b') },
  ];
  const registration = {
    type,
    region: '360121',
    source: 'counter',
    receivedOn: on,
    title: sealed('t'),
    parties,
  };
  const first = register({ disputeId: 'd', caseCode: 'c' }, registration as Registration, contextOn(on, 'BODY-0'));
  if ('code' in first) throw new Error(first.code);
  let { state } = first;
  return sequence.flatMap((draw) => {
    on = addDays(on, draw.days);
    const { action, fields, procedureId } = arbitraryAction(state, draw);
    const body = arbitraryBody(fields, state, on, draw.seed);
    const handoff = state.handoffs[body['handoffId'] as string];
    const organisation = handoff?.to.code ?? (procedureId ? state.procedures[procedureId]!.body.code : 'BODY-0');
    const decided = decide(state, { action, body, procedureId, occurredAt: on }, contextOn(on, organisation));
    const moves = movesOf(state, decided.events);
    state = decided.state;
    return moves;
  });
};

it('shows every move that commands bring about', () => {
  const known = documented();
  let seen = 0;
  fc.assert(
    fc.property(disputeTypes, draws, (type, sequence) => {
      const moves = play(type, sequence);
      seen += moves.length;
      expect(moves.filter((move) => !known.has(move))).toEqual([]);
    }),
    { numRuns: 200, seed: 20261123 },
  );
  expect(seen).toBeGreaterThan(200);
});
