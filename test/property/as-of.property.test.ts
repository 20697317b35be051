import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import { knownBy, stateAt, type RecordedFact } from '../../src/domain/dispute/as-of.js';
import { letTimePass } from '../../src/domain/dispute/decide.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import {
  arbitraryAction,
  arbitraryBody,
  disputeTypes,
  draws,
  neverLate,
  type Draw,
} from '../support/arbitrary-commands.js';
import { attempt, contextAt, registered, substance, type Act, type Matter } from '../unit/dispute/matter.js';

const first = '2025-01-06';
const now = '2060-12-01T10:00:00+08:00';
const eveningOf = (day: string) => `${day}T23:00:00+08:00`;

const begun = (type: string): Matter => {
  const parties = [
    { ref: 'a', role: 'claimant', kind: 'person', name: { ref: 'a', commitment: '0' } },
    { ref: 'b', role: 'respondent', kind: 'organisation', name: { ref: 'b', commitment: '0' } },
  ];
  return registered(type, first, `${first}T10:00:00+08:00`, { parties });
};

interface Entry {
  recordedAt: string;
  after: Matter;
}

/** A matter typed in by and by, each act on the evening of its day; some acts some days late, with a paper to prove them. */
const kept = (
  type: string,
  sequence: readonly Draw[],
  late: boolean,
): { history: RecordedFact[]; entries: Entry[] } => {
  let matter = begun(type);
  const entries: Entry[] = [{ recordedAt: `${first}T10:00:00+08:00`, after: matter }];
  let history: RecordedFact[] = matter.history.map((event) => ({
    ...event,
    recordedAt: entries[0]!.recordedAt,
  }));
  let today = first;
  const take = (act: Act) => {
    const { decision, ...after } = attempt(matter, act, eveningOf(today));
    // The elapses that came before a refused act stand.
    if (decision.events.length === 0) return;
    const recordedAt = eveningOf(today);
    history = [...history, ...after.history.slice(history.length).map((event) => ({ ...event, recordedAt }))];
    matter = { ...after };
    entries.push({ recordedAt, after: matter });
  };
  for (const draw of sequence) {
    today = addDays(today, draw.days + 1);
    const { action, fields, procedureId } = arbitraryAction(matter.state, draw);
    const back = late && draw.seed % 4 === 0 ? draw.seed % 30 : 0;
    const on = addDays(today, -back) < first ? first : addDays(today, -back);
    const body = arbitraryBody(fields, matter.state, on, draw.seed);
    const handoff = matter.state.handoffs[body['handoffId'] as string];
    const at = handoff?.to.code ?? (procedureId ? matter.state.procedures[procedureId]!.body.code : 'BODY-0');
    take({
      at,
      action,
      body,
      procedureId,
      occurredAt: on,
      documentId: Object.keys(matter.state.documents)[0],
    });
  }
  return { history, entries };
};

/** What closes or reopens a matter decides what may still be recorded at all; members come by the hundred. */
const unsuited = new Set([...neverLate, 'add-members']);

/** Records acts in the order given; answers how many of them were taken. */
const typedIn = (from: Matter, acts: readonly Act[]): { matter: Matter; taken: number } => {
  let [matter, taken] = [from, 0];
  for (const act of acts) {
    const { decision, ...after } = attempt(matter, act, now);
    if (decision.refusal) continue;
    matter = after;
    taken += 1;
  }
  return { matter, taken };
};

/** Acts that are all accepted in order, each for the procedure it is meant for. */
const actsOf = (type: string, sequence: readonly Draw[]): Act[] => {
  let matter = begun(type);
  let on = first;
  const acts: Act[] = [];
  for (const draw of sequence) {
    on = addDays(on, draw.days);
    const { action, fields, procedureId } = arbitraryAction(matter.state, draw);
    if (unsuited.has(action)) continue;
    const body = arbitraryBody(fields, matter.state, on, draw.seed);
    const handoff = matter.state.handoffs[body['handoffId'] as string];
    const at = handoff?.to.code ?? (procedureId ? matter.state.procedures[procedureId]!.body.code : 'BODY-0');
    const { decision, ...after } = attempt(matter, { at, action, body, procedureId, occurredAt: on }, now);
    if (decision.refusal) continue;
    matter = after;
    const fact = decision.events.find(({ cause, type: kind }) => cause === null && kind !== 'DeadlineElapsed');
    const meant = action === 'open-procedure' ? undefined : (fact?.procedureId ?? undefined);
    if (action === 'withdraw' && meant === undefined) break;
    acts.push({ at, action, body, procedureId: meant, occurredAt: on });
  }
  return acts;
};

/** Ids are given in the order of recording: where that differs, other things bear the same name. */
const sameIds = (a: Matter, b: Matter): boolean => {
  const ids = ({ state }: Matter) =>
    JSON.stringify(
      [
        Object.values(state.procedures).map(({ id, procedure, openedOn }) => [id, procedure, openedOn]),
        Object.values(state.handoffs).map(({ handoffId, procedureId, requestedAt }) => [
          handoffId,
          procedureId,
          requestedAt,
        ]),
      ].map((one) => one.sort()),
    );
  return ids(a) === ids(b);
};

const recorded = ({ history }: Matter): RecordedFact[] => history.map((event) => ({ ...event, recordedAt: now }));

const context = contextAt(now, 'ENGINE');
const passed = (state: DisputeState, until: string): DisputeState => letTimePass(state, until, context).state;

describe('what was known, and what is known to have been true', () => {
  it('known now is the fold, and known at each entry is the fold as it was then', () => {
    fc.assert(
      fc.property(disputeTypes, draws, fc.boolean(), (type, sequence, late) => {
        const { history, entries } = kept(type, sequence, late);
        expect(fold(knownBy(history, now))).toEqual(fold(history));
        for (const { recordedAt, after } of entries) expect(fold(knownBy(history, recordedAt))).toEqual(after.state);
        expect(knownBy(history, `${first}T09:59:59+08:00`)).toEqual([]);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('true now is the fold, with the time that has passed', () => {
    fc.assert(
      fc.property(disputeTypes, draws, fc.boolean(), (type, sequence, late) => {
        const { history } = kept(type, sequence, late);
        const { state, unplaced } = stateAt(history, now, context)!;
        expect(state).toEqual({ ...passed(fold(history)!, now), version: history.length });
        expect(unplaced).toEqual([]);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('where everything was recorded in time, true on a day is what was known on its evening', () => {
    fc.assert(
      fc.property(disputeTypes, draws, (type, sequence) => {
        const { history, entries } = kept(type, sequence, false);
        entries.forEach(({ recordedAt, after }, index) => {
          const day = recordedAt.slice(0, 10);
          if (entries[index + 1]?.recordedAt.startsWith(day)) return;
          const midnight = `${addDays(day, 1)}T00:00:00+08:00`;
          const { state } = stateAt(history, day, context)!;
          expect({ ...state, version: 0 }).toEqual({ ...passed(after.state, midnight), version: 0 });
        });
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
  it('where a fact was recorded late, every moment is as if it had been recorded in time', () => {
    let taken = 0;
    fc.assert(
      fc.property(disputeTypes, draws, fc.nat(1000), (type, sequence, pick) => {
        const acts = actsOf(type, sequence);
        fc.pre(acts.length > 3);
        const index = pick % (acts.length - 1);
        const held = acts[index]!;
        fc.pre(acts.every((one) => one === held || one.occurredAt !== held.occurredAt));
        const inTime = typedIn(begun(type), acts);
        const without = typedIn(begun(type), acts.toSpliced(index, 1));
        fc.pre(inTime.taken === acts.length && without.taken === acts.length - 1);
        const late = typedIn(without.matter, [held]);
        fc.pre(late.taken === 1 && sameIds(late.matter, inTime.matter));
        if (late.matter.history.some(({ data }) => data['recordedLate'])) taken += 1;
        const days = acts.flatMap(({ occurredAt }) => [occurredAt!, addDays(occurredAt!, 9)]);
        for (const day of days) {
          const is = stateAt(recorded(late.matter), day, context)!;
          expect(is.unplaced).toEqual([]);
          const would = substance(stateAt(recorded(inTime.matter), day, context)!.state);
          const { deadlines, ...rest } = substance(is.state);
          // What never began stands as void where the course is told as it was recorded.
          const standing = Object.entries(deadlines).filter(
            ([id, { status }]) => status !== 'void' || id in would.deadlines,
          );
          expect({ ...rest, deadlines: Object.fromEntries(standing) }).toEqual(would);
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(2);
  });
});
