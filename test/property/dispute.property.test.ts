import { sawDecision } from '../support/seen.js';
import fc from 'fast-check';
import { availableActions } from '../../src/domain/dispute/available.js';
import { publishedCalendar } from '../../src/domain/calendar/calendar.js';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import type { DecideContext, Role } from '../../src/domain/dispute/context.js';
import { roles } from '../../src/domain/dispute/context.js';
import { decide, letTimePass } from '../../src/domain/dispute/decide.js';
import type { DecidedEvent } from '../../src/domain/dispute/event.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import { register, type Registration } from '../../src/domain/dispute/register.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { plan } from '../../src/domain/plan/plan.js';
import { procedureDefinition } from '../../src/domain/procedures/procedures.js';
import { defaultProfile } from '../../src/domain/profiles/profiles.js';
import type { DisputeType } from '../../src/domain/routes/codes.js';
import { findRule, ruleBook } from '../../src/domain/rules/rule-book.js';
import { stall } from '../../src/domain/stall/stall.js';
import {
  arbitraryAction,
  arbitraryBody,
  disputeTypes,
  draws,
  sealed,
  type Draw,
} from '../support/arbitrary-commands.js';

const staff = roles.filter((role) => role !== 'party') as Role[];

/** Somebody who may do anything at every body of the test. */
const contextOn = (on: string, organisation: string): DecideContext => ({
  now: `${addDays(on, 1)}T00:00:00+08:00`,
  by: { account: 'staff', roles: staff, organisation, region: '100000' },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

const registration = (type: DisputeType, backfill: boolean): Registration =>
  ({
    type,
    region: '360121',
    source: 'counter',
    receivedOn: '2025-01-06',
    title: sealed('title'),
    backfill,
    parties: [
      { ref: 'a', role: 'claimant', kind: 'person', name: sealed('a') },
      { ref: 'b', role: 'respondent', kind: 'organisation', name: sealed('b') },
    ],
    facts: {},
  }) as never;

interface Run {
  state: DisputeState;
  events: DecidedEvent[];
  states: DisputeState[];
}

const play = (type: DisputeType, backfill: boolean, sequence: readonly Draw[]): Run => {
  let on = '2025-01-06';
  const first = register({ disputeId: 'd', caseCode: 'c' }, registration(type, backfill), contextOn(on, 'BODY-0'));
  if ('code' in first) throw new Error(first.code);
  let { state } = first;
  const events = [...first.events];
  const states = [state];
  for (const draw of sequence) {
    on = addDays(on, draw.days);
    const { action, fields, procedureId } = arbitraryAction(state, draw);
    const body = arbitraryBody(fields, state, on, draw.seed);
    const handoff = state.handoffs[body['handoffId'] as string];
    const organisation = handoff?.to.code ?? (procedureId ? state.procedures[procedureId]!.body.code : 'BODY-0');
    const context = contextOn(on, organisation);
    const decided = sawDecision(decide(state, { action, body, procedureId, occurredAt: on }, context));
    const before = state;
    events.push(...decided.events);
    state = decided.state;
    expect(state.version).toBe(before.version + decided.events.length);
    states.push(state);
  }
  return { state, events, states };
};

const adjudicative = new Set(['adjudicative', 'confirming']);

const holds = (state: DisputeState): void => {
  const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
  // Two bodies never judge at once.
  for (const nature of adjudicative)
    expect(open.filter(({ procedure }) => procedureDefinition(procedure).nature === nature).length).toBeLessThanOrEqual(
      1,
    );
  const running = open.map(({ procedure }) => procedure);
  expect(new Set(running).size).toBe(running.length);
  const suit = open.find(({ procedure }) => procedure === 'civil-litigation');
  const mediations = running.filter((one) => one === 'mediation' || one === 'administrative-mediation');
  // Medical: one at a time, once the court has accepted (rows 56, 57); traffic: no police mediation beside a suit (row 58).
  if (state.type === 'medical')
    expect(mediations.length + (suit?.facts['ApplicationAccepted'] ? 1 : 0)).toBeLessThanOrEqual(1);
  if (state.type === 'traffic' && suit) expect(running).not.toContain('administrative-mediation');
  for (const deadline of Object.values(state.deadlines)) {
    if (deadline.status !== 'running' && deadline.status !== 'suspended') continue;
    expect(state.status).toBe('open');
    expect(deadline.rule.startsWith('SL-') || findRule(deadline.rule) !== undefined).toBe(true);
    const holder = /^party:(.+)$/.exec(deadline.holder)?.[1];
    expect(holder === undefined ? deadline.holder : state.parties.map(({ ref }) => ref).includes(holder)).toBeTruthy();
    expect(deadline.holder === 'body' || holder !== undefined).toBe(true);
    expect(deadline.trace.length).toBeGreaterThan(0);
  }
  if (state.status === 'open') {
    for (const procedure of open) {
      const definition = procedureDefinition(procedure.procedure);
      expect(Object.keys(definition.steps)).toContain(procedure.step);
      // Somebody can do something at every step that is reached.
      const possible = Object.values(definition.actions).filter(
        (one) => one.in === undefined || one.in.includes(procedure.step),
      );
      expect(possible.length).toBeGreaterThan(0);
    }
  }
  // The plan and the stall are total, and a closed dispute is owed nothing.
  const next = plan(state, publishedCalendar);
  if (state.status === 'closed' || state.backfill) expect(next.obligations).toEqual([]);
  const stalled = stall(state, defaultProfile);
  if (state.status === 'closed') expect(stalled).toBeNull();
};

/** Somebody can bring it on: by an act in a procedure, by opening one, or by closing it. */
const canGoOn = (state: DisputeState): void => {
  if (state.status !== 'open') return;
  const on = state.lastFact.slice(0, 10);
  const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
  const brings = ['BODY-0', ...open.map(({ body }) => body.code)].some((organisation) =>
    availableActions(state, contextOn(on, organisation)).some(
      ({ action, procedureId }) => procedureId !== null || action === 'open-procedure' || action === 'close',
    ),
  );
  expect(brings).toBe(true);
};

describe('random commands over every dispute type', () => {
  it('never reach a state that the law or the lifecycle excludes, and fold to the state that was decided', () => {
    fc.assert(
      fc.property(disputeTypes, fc.boolean(), draws, (type, backfill, sequence) => {
        const { state, events, states } = play(type, backfill, sequence);
        for (const each of states) holds(each);
        // Slow to ask: of the last states only, where most has happened.
        for (const each of states.slice(-8)) canGoOn(each);
        expect(fold(events.map((event, index) => ({ ...event, version: index + 1 })))).toEqual(state);
      }),
      { numRuns: 120 },
    );
  });

  it('lets time pass in the same way at once and day by day', () => {
    fc.assert(
      fc.property(disputeTypes, draws, (type, sequence) => {
        const { state } = play(type, false, sequence);
        const until = `${addDays(state.lastFact.slice(0, 10), 400)}T00:00:00+08:00`;
        const context = contextOn(addDays(state.lastFact.slice(0, 10), 400), 'BODY-0');
        const once = letTimePass(state, until, context);
        let stepwise = state;
        const events: DecidedEvent[] = [];
        for (let day = 1; day <= 400; day += 7) {
          const decided = letTimePass(stepwise, `${addDays(state.lastFact.slice(0, 10), day)}T00:00:00+08:00`, context);
          stepwise = decided.state;
          events.push(...decided.events);
        }
        const last = sawDecision(letTimePass(stepwise, until, context));
        // A cause is an index within one decision: only its event matters here.
        const facts = (all: DecidedEvent[]) => all.map(({ cause: _, ...event }) => event);
        expect(facts([...events, ...last.events])).toEqual(facts(once.events));
      }),
      { numRuns: 80 },
    );
  });
});
