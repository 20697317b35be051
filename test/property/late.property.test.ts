import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import {
  arbitraryAction,
  arbitraryBody,
  disputeTypes,
  draws,
  neverLate,
  type Draw,
} from '../support/arbitrary-commands.js';
import { attempt, pass, registered, substance, type Act, type Matter } from '../unit/dispute/matter.js';

const first = '2025-01-06';
const now = '2027-12-01T10:00:00+08:00';

const start = (type: string, backfill: boolean): Matter => {
  const parties = [
    { ref: 'a', role: 'claimant', kind: 'person', name: { ref: 'a', commitment: '0' } },
    { ref: 'b', role: 'respondent', kind: 'organisation', name: { ref: 'b', commitment: '0' } },
  ];
  return registered(type, first, `${first}T10:00:00+08:00`, { parties, backfill });
};

/** Plays draws in order and answers the acts that were accepted. */
const accepted = (type: string, backfill: boolean, sequence: readonly Draw[]): Act[] => {
  let matter = start(type, backfill);
  let on = first;
  const acts: Act[] = [];
  for (const draw of sequence) {
    on = addDays(on, draw.days);
    const { action, fields, procedureId } = arbitraryAction(matter.state, draw);
    if (neverLate.has(action)) continue;
    const body = arbitraryBody(fields, matter.state, on, draw.seed);
    const handoff = matter.state.handoffs[body['handoffId'] as string];
    const at = handoff?.to.code ?? (procedureId ? matter.state.procedures[procedureId]!.body.code : 'BODY-0');
    const act: Act = { at, action, body, procedureId, occurredAt: on };
    const { decision, ...next } = attempt(matter, act, now);
    if (decision.refusal) continue;
    matter = next;
    // The procedure it was meant for is said outright: which one is the only one open depends on the others.
    const fact = decision.events.find(({ cause, type: kind }) => cause === null && kind !== 'DeadlineElapsed');
    const meant = action === 'open-procedure' ? undefined : (fact?.procedureId ?? undefined);
    if (action === 'withdraw' && meant === undefined) break;
    acts.push({ ...act, procedureId: meant });
  }
  return acts;
};

/** Records acts one by one; those that are refused are left out. */
const record = (matter: Matter, acts: readonly Act[]): { matter: Matter; taken: Act[] } => {
  const taken: Act[] = [];
  let at = matter;
  for (const act of acts) {
    const { decision, ...next } = attempt(at, act, now);
    if (decision.refusal) continue;
    at = next;
    taken.push(act);
  }
  return { matter: at, taken };
};

/** Ids are given in the order of recording: what creates a procedure or a handoff is compared by hand elsewhere. */
const createsIds = (before: Matter, after: Matter): boolean =>
  Object.keys(after.state.procedures).length !== Object.keys(before.state.procedures).length ||
  Object.keys(after.state.handoffs).length !== Object.keys(before.state.handoffs).length;

const tally = { taken: 0 };

describe('a fact that is recorded late', () => {
  it('leaves the matter as if it had been recorded in time, or is refused', () => {
    fc.assert(
      fc.property(disputeTypes, fc.boolean(), draws, fc.nat(1000), (type, backfill, sequence, pick) => {
        const acts = accepted(type, backfill, sequence);
        fc.pre(acts.length > 3);
        // Within a day the order is that of recording.
        const alone = (act: Act) => acts.every((one) => one === act || one.occurredAt !== act.occurredAt);
        fc.pre(alone(acts[pick % (acts.length - 1)]!));
        const index = pick % (acts.length - 1);
        const held = { ...acts[index]!, documentId: undefined };
        const before = record(start(type, backfill), acts.slice(0, index)).matter;
        const without = record(before, acts.slice(index + 1));
        const inTime = attempt(before, held, now);
        fc.pre(inTime.decision.refusal === null && !createsIds(before, inTime));
        const all = record(inTime, without.taken);

        const late = attempt(without.matter, held, now);
        if (without.matter.state.lastFact.slice(0, 10) <= held.occurredAt!) return;
        expect(fold(late.history)).toEqual(late.state);
        const { refusal } = late.decision;
        if (all.taken.length !== without.taken.length) {
          // Some later fact does not stand beside it: never both.
          if (without.matter.state.status === 'open') expect(refusal).not.toBeNull();
          return;
        }
        if (refusal) {
          expect(['irreversible', 'document-required', 'dispute-closed']).toContain(refusal.code);
          return;
        }
        tally.taken += 1;
        const until = `${addDays(first, 3000)}T00:00:00+08:00`;
        const is = substance(pass(late, until).state);
        const would = substance(pass(all.matter, until).state);
        // A period that would never have begun stands as void: nothing is unwritten.
        const deadlines = Object.fromEntries(
          Object.entries(is.deadlines).filter(([id, { status }]) => status !== 'void' || id in would.deadlines),
        );
        expect({ ...is, deadlines }).toEqual(would);
      }),
      { numRuns: 150, endOnFailure: true },
    );
    expect(tally.taken).toBeGreaterThan(20);
  });
});
