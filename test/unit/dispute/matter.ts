import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import { roles, type DecideContext, type Role } from '../../../src/domain/dispute/context.js';
import { decide, letTimePass, type Decision, type Request } from '../../../src/domain/dispute/decide.js';
import type { DecidedEvent, HistoricEvent } from '../../../src/domain/dispute/event.js';
import { decideLate } from '../../../src/domain/dispute/late.js';
import { register, type Registration } from '../../../src/domain/dispute/register.js';
import type { DisputeState } from '../../../src/domain/dispute/state.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { sawDecision, sawEvents } from '../../support/seen.js';

const sealed = (ref: string) => ({ ref, commitment: '00' });

export const body = (code: string) => ({ code, name: null });

/** Somebody of every role but a party's and the engine's, at one organisation. */
export const contextAt = (now: string, organisation: string): DecideContext => ({
  now,
  by: {
    account: 'staff',
    roles: roles.filter((role) => role !== 'party' && role !== 'system') as Role[],
    organisation,
    region: '100000',
  },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

export interface Act extends Request {
  /** Whose staff does it. */
  at: string;
}

export const act = (
  at: string,
  action: string,
  fields: Record<string, unknown>,
  occurredAt: string,
  more: Partial<Request> = {},
): Act => ({ at, action, body: fields, occurredAt, ...more });

/** A dispute with its stream, as the store would keep it. */
export interface Matter {
  state: DisputeState;
  history: HistoricEvent[];
}

const append = ({ history }: Pick<Matter, 'history'>, events: readonly DecidedEvent[], state: DisputeState): Matter => {
  const before = history.length;
  const added = events.map(({ cause, ...event }, index) => ({
    ...event,
    version: before + index + 1,
    eventId: `e${before + index + 1}`,
    causationId: cause === null ? null : `e${before + cause + 1}`,
  }));
  return { state, history: [...history, ...added] };
};

export const registered = (
  type: string,
  receivedOn: string,
  now: string,
  more: Record<string, unknown> = {},
): Matter => {
  const first = register(
    { disputeId: 'd', caseCode: 'c' },
    {
      type,
      region: '360121',
      source: 'counter',
      receivedOn,
      title: sealed('title'),
      parties: [
        { ref: 'worker', role: 'claimant', kind: 'person', name: sealed('worker') },
        { ref: 'employer', role: 'respondent', kind: 'organisation', name: sealed('employer') },
      ],
      facts: {},
      ...more,
    } as unknown as Registration,
    contextAt(now, 'DESK'),
  );
  if ('code' in first) throw new Error(first.code);
  sawEvents(first.events, first.state);
  return append({ history: [] }, first.events, first.state);
};

/** Decides an act at `now`, on the stream where it is late, and records what comes of it. */
export const attempt = (matter: Matter, { at, ...request }: Act, now: string): Matter & { decision: Decision } => {
  const context = contextAt(now, at);
  const first = decide(matter.state, request, context);
  const decision = sawDecision(first.late ? decideLate(matter.history, matter.state, request, context) : first);
  return { ...append(matter, decision.events, decision.state), decision };
};

/** As `attempt`, where nothing may be refused. */
export const perform = (matter: Matter, acts: readonly Act[], now: string): Matter =>
  acts.reduce((before, one) => {
    const { decision, ...after } = attempt(before, one, now);
    if (decision.refusal) throw new Error(`${one.action} ${one.occurredAt}: ${JSON.stringify(decision.refusal)}`);
    return after;
  }, matter);

/** The engine's timer. */
export const pass = (matter: Matter, until: string): Matter => {
  const { events, state } = sawDecision(letTimePass(matter.state, until, contextAt(until, 'ENGINE')));
  return append(matter, events, state);
};

/** What stands in the matter, without the chases, and what only tells how it came to stand there. */
export const substance = (state: DisputeState) => {
  const { version: _, lastFact: __, counts: ___, documents: ____, ...rest } = state;
  return {
    ...rest,
    parties: [...state.parties].sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    procedures: Object.fromEntries(
      Object.entries(state.procedures).map(([id, { facts: _facts, ...procedure }]) => [id, procedure]),
    ),
    handoffs: Object.fromEntries(
      Object.entries(state.handoffs).map(([id, { urges: _urges, escalatedAt: _at, status, ...handoff }]) => [
        id,
        { ...handoff, status: status === 'escalated' ? 'requested' : status },
      ]),
    ),
    deadlines: Object.fromEntries(
      Object.entries(state.deadlines)
        .filter(([, { basis }]) => basis !== null)
        .map(([id, { generation: _generation, ...deadline }]) => [id, deadline]),
    ),
  };
};
