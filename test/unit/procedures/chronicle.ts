import { publishedCalendar } from '../../../src/domain/calendar/calendar.js';
import { roles, type DecideContext } from '../../../src/domain/dispute/context.js';
import { decide, type Decision } from '../../../src/domain/dispute/decide.js';
import { register, type Registration } from '../../../src/domain/dispute/register.js';
import type { Refusal, RefusalCode } from '../../../src/domain/dispute/refusal.js';
import { routesNow } from '../../../src/domain/dispute/routes.js';
import type { Deadline, DisputeState, ProcedureState } from '../../../src/domain/dispute/state.js';
import { defaultProfile } from '../../../src/domain/profiles/profiles.js';
import type { DisputeType } from '../../../src/domain/routes/codes.js';
import { ruleBook } from '../../../src/domain/rules/rule-book.js';
import { sawDecision, sawEvents } from '../../support/seen.js';

/** One line: the day, whose staff does it, what, and with which fields. */
export type Line = readonly [on: string, at: string, action: string, body?: Record<string, unknown>];

const sealed = (ref: string) => ({ ref, commitment: '00' });

/** Somebody of every role but a party's, at one organisation; the day is over. */
const contextOf = (organisation: string, now = '2026-11-23T10:00:00+08:00'): DecideContext => ({
  now,
  by: {
    account: 'staff',
    roles: roles.filter((role) => role !== 'party'),
    organisation,
    region: '100000',
  },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

/** The sides of a dispute: a person `a` (in labour disputes the worker) against a company `b`. */
export const both = ['a', 'b'];

/** Obligations of the company to the person. */
export const owes = (dueOn: string, kind: 'wages' | 'payment' | 'other' = 'payment') => ({
  kind,
  terms: [{ obligor: 'b', obligee: 'a', amount: { amount: '1000.00', currency: 'CNY' }, dueOn }],
});
export const signed = { parties: both, mediator: true, body: true };
/** A procedure at a body whose code is the organisation's that works in it. */
export const opens = (procedure: string, code: string, more: Record<string, unknown> = {}) => ({
  procedure,
  body: { code, name: null },
  ...more,
});

/** A past matter, typed in day by day from a table of lines. */
export const chronicle = (
  type: DisputeType,
  receivedOn: string,
  more: { facts?: Record<string, unknown>; parties?: unknown[]; region?: string } = {},
) => {
  const first = register(
    { disputeId: 'd', caseCode: 'c' },
    {
      type,
      region: more.region ?? '360121',
      source: 'counter',
      receivedOn,
      title: sealed('title'),
      backfill: true,
      parties: more.parties ?? [
        { ref: 'a', role: 'claimant', kind: 'person', name: sealed('a') },
        { ref: 'b', role: 'respondent', kind: 'organisation', name: sealed('b') },
      ],
      facts: more.facts ?? {},
    } as unknown as Registration,
    contextOf('DESK'),
  );
  if ('code' in first) throw new Error(first.code);
  sawEvents(first.events, first.state);
  let state: DisputeState = first.state;

  const attempt = ([on, at, action, body = {}]: Line): Decision => {
    // Beside its fields a line may say which procedure is meant.
    const named = body['procedureId'] as string | undefined;
    const { procedureId: _, ...fields } = body;
    const decision = sawDecision(
      decide(state, { action, body: fields, occurredAt: on, procedureId: named }, contextOf(at)),
    );
    if (decision.late) throw new Error(`${on} ${action}: out of order`);
    return decision;
  };

  const deadline = (id: string): Deadline => {
    const found = state.deadlines[id];
    if (!found) throw new Error(`no ${id} among ${Object.keys(state.deadlines).join(' ')}`);
    return found;
  };

  return {
    get state() {
      return state;
    },
    /** Everything happens as told; whatever is refused fails. */
    tell: (lines: readonly Line[]): void => {
      for (const line of lines) {
        const { refusal, state: next } = attempt(line);
        if (refusal) throw new Error(`${line[0]} ${line[2]}: ${JSON.stringify(refusal)}`);
        state = next;
      }
    },
    /** Why it is refused; nothing comes of it. */
    refusal: (...line: Line): Refusal => {
      const { refusal } = attempt(line);
      if (!refusal) throw new Error(`${line[0]} ${line[2]}: not refused`);
      return refusal;
    },
    refused: (...line: Line): RefusalCode | null => attempt(line).refusal?.code ?? null,
    /** Time passes to the beginning of a day, with nobody doing anything. */
    until: (day: string): void => {
      const at = `${day}T00:00:00+08:00`;
      const backfill = { ...state, backfill: true };
      const decision = sawDecision(
        decide(backfill, { action: 'finish-backfill', body: {}, occurredAt: at }, contextOf('DESK', at)),
      );
      if (decision.refusal) throw new Error(decision.refusal.code);
      state = { ...decision.state, backfill: true };
    },
    /** Papers that were uploaded, by their ids. */
    paper: (documentId: string): void => {
      const fields = { documentId, kind: 'other', sha256: '0'.repeat(64), size: 1, mediaType: 'application/pdf' };
      const decision = sawDecision(
        decide(state, { action: 'add-document', body: fields, occurredAt: state.lastFact }, contextOf('DESK')),
      );
      state = decision.state;
    },
    procedure: (id: string): ProcedureState => state.procedures[id]!,
    /** `2026-05-06 running`. */
    clock: (id: string): string => `${deadline(id).due} ${deadline(id).status}`,
    deadline,
    rules: (): string[] => Object.values(state.deadlines).map(({ rule }) => rule),
    owed: (): string[] => Object.keys(state.debts),
    permitted: (): string[] => [
      ...new Set(
        routesNow(state)
          .permitted.filter(({ kind }) => kind === 'open')
          .map(({ procedure, by }) => `${procedure} ${by}`),
      ),
    ],
    forbidden: (): string[] => [...new Set(routesNow(state).forbidden.map(({ procedure }) => procedure))],
  };
};
