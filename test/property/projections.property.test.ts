import fc from 'fast-check';
import { publishedCalendar } from '../../src/domain/calendar/calendar.js';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import { roles, type DecideContext, type Role } from '../../src/domain/dispute/context.js';
import { decide } from '../../src/domain/dispute/decide.js';
import type { DecidedEvent } from '../../src/domain/dispute/event.js';
import { register, type Registration } from '../../src/domain/dispute/register.js';
import { defaultProfile } from '../../src/domain/profiles/profiles.js';
import type { DisputeType } from '../../src/domain/routes/codes.js';
import { ruleBook } from '../../src/domain/rules/rule-book.js';
import { wageArrears } from '../../src/demo/wage-arrears.js';
import { projections } from '../../src/projections/all.js';
import { foldStream, heldOf, type Held } from '../../src/projections/fold-streams.js';
import type { AnyProjection, ProjectedEvent, Row } from '../../src/projections/projection.js';
import {
  arbitraryAction,
  arbitraryBody,
  disputeTypes,
  draws,
  sealed,
  type Draw,
} from '../support/arbitrary-commands.js';
import { tell } from '../unit/story/in-the-domain.js';

const contextOn = (on: string, organisation: string): DecideContext => ({
  now: `${addDays(on, 1)}T00:00:00+08:00`,
  by: { account: 'staff', roles: roles.filter((role) => role !== 'party') as Role[], organisation, region: '100000' },
  calendar: publishedCalendar,
  rules: ruleBook,
  profile: defaultProfile,
});

const registration = (type: DisputeType): Registration =>
  ({
    type,
    region: '360121',
    source: 'counter',
    receivedOn: '2025-01-06',
    title: sealed('title'),
    parties: [
      { ref: 'a', role: 'claimant', kind: 'person', name: sealed('a'), account: 'account-a' },
      { ref: 'b', role: 'respondent', kind: 'organisation', name: sealed('b') },
    ],
    facts: {},
  }) as never;

const course = (type: DisputeType, sequence: readonly Draw[]): DecidedEvent[] => {
  let on = '2025-01-06';
  const first = register({ disputeId: 'd', caseCode: 'c' }, registration(type), contextOn(on, 'BODY-0'));
  if ('code' in first) throw new Error(first.code);
  let { state } = first;
  const events = [...first.events];
  for (const draw of sequence) {
    on = addDays(on, draw.days);
    const { action, fields, procedureId } = arbitraryAction(state, draw);
    const body = arbitraryBody(fields, state, on, draw.seed);
    const handoff = state.handoffs[body['handoffId'] as string];
    const organisation = handoff?.to.code ?? (procedureId ? state.procedures[procedureId]!.body.code : 'BODY-0');
    const decision = decide(
      state,
      { action, body, procedureId, occurredAt: on, documentId: undefined, note: undefined },
      contextOn(on, organisation),
    );
    events.push(...decision.events);
    state = decision.state;
  }
  return events;
};

const projected = (events: readonly DecidedEvent[]): ProjectedEvent[] =>
  events.map(({ type, occurredAt, procedureId, data }, index) => ({
    stream: 'dispute-d',
    version: index + 1,
    type,
    schemaVersion: 1,
    occurredAt,
    procedureId,
    // As it comes back from the store.
    data: JSON.parse(JSON.stringify(data)) as ProjectedEvent['data'],
  }));

const seenBy = ({ types }: AnyProjection, events: readonly ProjectedEvent[]) =>
  events.filter(({ type }) => types.includes(type));

/** Folds in pages, each from what the one before has stored. */
const inPages = (projection: AnyProjection, events: readonly ProjectedEvent[], sizes: readonly number[]): Held => {
  let held = heldOf(projection, 'd', null);
  for (let from = 0, page = 0; from < events.length; page += 1) {
    const size = sizes.length === 0 ? events.length : sizes[page % sizes.length]!;
    const { after, failure } = foldStream(projection, 'd', held, events.slice(from, from + size));
    if (failure) throw new Error(failure.reason);
    held = heldOf(projection, 'd', after.text);
    from += size;
  }
  return held;
};

const sorted = (rows: Row[][]) => rows.map((table) => table.map((row) => JSON.stringify(row)).sort());

const check = (events: readonly ProjectedEvent[], sizes: readonly number[]): void => {
  for (const projection of projections) {
    const at = inPages(projection, seenBy(projection, events), []);
    const paged = inPages(projection, seenBy(projection, events), sizes);
    expect(sorted(paged.rows)).toEqual(sorted(at.rows));
    expect(paged.state).toEqual(at.state);
    // What it does not read would change nothing.
    expect(sorted(inPages(projection, events, []).rows)).toEqual(sorted(at.rows));
  }
};

const pageSizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

test('a projection built in pages of any size is the one built at once, whatever the dispute went through', () => {
  fc.assert(
    fc.property(disputeTypes, draws, pageSizes, (type, sequence, sizes) =>
      check(projected(course(type, sequence)), sizes),
    ),
    { numRuns: 60 },
  );
});

test('so for a long story, cut at every place', () => {
  const events = projected(tell(wageArrears).flatMap((one) => one.events));
  for (let size = 1; size < events.length; size += 1 + Math.floor(size / 4)) check(events, [size]);
});
