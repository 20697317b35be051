import { publishedCalendar } from '../src/domain/calendar/calendar.js';
import type { DecideContext } from '../src/domain/dispute/context.js';
import { decide } from '../src/domain/dispute/decide.js';
import type { DecidedEvent, FoldedEvent } from '../src/domain/dispute/event.js';
import { fold } from '../src/domain/dispute/evolve.js';
import { register, type Registration } from '../src/domain/dispute/register.js';
import type { DisputeState } from '../src/domain/dispute/state.js';
import { defaultProfile } from '../src/domain/profiles/profiles.js';
import { ruleBook } from '../src/domain/rules/rule-book.js';
import { median } from './load.js';

/** What folding and deciding cost on a long matter. Milliseconds, medians. */
export interface DomainBench {
  events: number;
  foldMs: number;
  decideMs: number;
}

const sealed = (ref: string) => ({ ref, commitment: 'ab'.repeat(32) });
const context: DecideContext = {
  now: '2026-11-23T10:00:00+08:00',
  by: { account: 'm', roles: ['mediator', 'intake'], organisation: 'MED', region: '360121' },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
};
const registration = {
  type: 'labour',
  region: '360121',
  source: 'counter',
  receivedOn: '2026-11-20',
  title: sealed('title'),
  parties: [
    { ref: 'worker', role: 'claimant', kind: 'person', name: sealed('worker') },
    { ref: 'employer', role: 'respondent', kind: 'organisation', name: sealed('employer') },
  ],
  facts: { employmentEndedOn: '2026-02-27' },
} as unknown as Registration;

const timed = (work: () => unknown): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};

export function benchDomain(events = 1000, rounds = 200): DomainBench {
  const first = register({ disputeId: 'd', caseCode: 'c' }, registration, context);
  if ('code' in first) throw new Error(first.code);
  let state: DisputeState = first.state;
  const recorded: DecidedEvent[] = [...first.events];
  const act = (action: string, body: Record<string, unknown>) => {
    const decided = decide(state, { action, body }, context);
    if (decided.refusal) throw new Error(`${action}: ${decided.refusal.code}`);
    recorded.push(...decided.events);
    state = decided.state;
  };
  act('open-procedure', { procedure: 'mediation', track: 'labour', body: { code: 'MED', name: null } });
  for (const party of ['worker', 'employer']) act('record-consent', { party, consent: 'given' });
  const address = { party: 'worker', address: sealed('address'), electronic: true };
  while (recorded.length < events) act('confirm-address', address);
  const stream: FoldedEvent[] = recorded.map((event, index) => ({ ...event, version: index + 1 }));
  const folds = Array.from({ length: rounds }, () => timed(() => fold(stream)));
  const decisions = Array.from({ length: rounds }, () =>
    timed(() => decide(state, { action: 'confirm-address', body: address }, context)),
  );
  return { events: stream.length, foldMs: median(folds), decideMs: median(decisions) };
}
