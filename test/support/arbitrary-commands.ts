import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar/civil-date.js';
import { disputeActions } from '../../src/domain/dispute/dispute-actions.js';
import type { Field, Fields } from '../../src/domain/dispute/fields.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { routesNow } from '../../src/domain/dispute/routes.js';
import { findProcedure, procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { disputeTypeCodes } from '../../src/domain/routes/codes.js';

/** Random commands over whatever the definitions hold: a new procedure is covered without a change here. */

export interface Draw {
  /** Chooses which action is tried, among those the definitions hold. */
  action: number;
  /** Days since the fact before. */
  days: number;
  /** Seeds every choice in the body. */
  seed: number;
}

export const draws = fc.array(
  fc.record({
    action: fc.nat(1_000_000),
    days: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) }, fc.integer({ min: 0, max: 200 })),
    seed: fc.nat(1_000_000_000),
  }),
  { minLength: 12, maxLength: 60, size: 'max' },
);

export const disputeTypes = fc.constantFrom(...disputeTypeCodes);

/** A small deterministic source of choices. */
const chooser = (seed: number) => {
  let state = seed + 1;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return below === 0 ? 0 : (state >>> 8) % below;
  };
};

export const sealed = (ref: string) => ({ ref, commitment: '00' });

export const arbitraryBody = (
  fields: Fields,
  state: DisputeState,
  on: string,
  seed: number,
): Record<string, unknown> => {
  const choose = chooser(seed);
  const value = (field: Field): unknown => {
    switch (field.type) {
      case 'date':
        return field.legal ? on : addDays(on, choose(60) - 20);
      case 'instant':
        return `${addDays(on, choose(40))}T09:00:00+08:00`;
      case 'text':
      case 'texts':
        return sealed(`${field.kind}-${choose(1000)}`);
      case 'code':
        return field.of[choose(field.of.length)];
      case 'word':
        return words(state)[choose(words(state).length)];
      case 'flag':
        return choose(4) > 0;
      case 'scalar':
        return choose(2) === 0;
      case 'integer':
        return field.min + choose(Math.min(field.max - field.min, 20) + 1);
      case 'money':
        return { amount: `${choose(10_000)}.00`, currency: 'CNY' };
      case 'party':
        return state.parties[choose(state.parties.length)]!.ref;
      case 'document':
        return Object.keys(state.documents)[0] ?? 'no-document';
      case 'body':
        return { code: `BODY-${choose(3)}`, name: null };
      case 'person':
        return { account: `person-${choose(6)}`, name: null };
      case 'list': {
        const all = field.of.type === 'party' && choose(5) > 0;
        if (all) return state.parties.map(({ ref }) => ref);
        return Array.from({ length: Math.max(field.min, choose(3) + 1) }, () => value(field.of));
      }
      case 'object':
        return object(field.fields);
    }
  };
  const object = (own: Fields): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(own).flatMap(([name, field]) =>
        field.optional && !(field.type === 'date' && field.legal) && choose(3) === 0 ? [] : [[name, value(field)]],
      ),
    );
  const body = object(fields);
  // Mostly what the routes allow, by everybody whom a joint route needs; else nothing would ever be opened but by luck.
  if ('procedure' in fields && choose(6) > 0) {
    const open = routesNow(state).permitted.filter(
      ({ kind, procedure }) => kind === 'open' && findProcedure(procedure),
    );
    const route = open[choose(open.length)];
    const { track: _, applicants: __, ...rest } = body;
    if (route)
      return {
        ...rest,
        procedure: route.procedure,
        ...(route.jointly ? { applicants: state.parties.map(({ ref }) => ref) } : {}),
      };
  }
  return body;
};

const words = (state: DisputeState): string[] => [
  ...Object.keys(state.handoffs),
  ...Object.values(state.procedures).flatMap(({ neutrals }) => neutrals.map(({ account }) => account)),
  ...Object.keys(state.deadlines),
  'word',
];

/** What could be tried: more often what the open procedures hold than anything else, so that sequences get somewhere. */
export const arbitraryAction = (
  state: DisputeState,
  draw: Draw,
): { action: string; fields: Fields; procedureId?: string } => {
  const choose = chooser(draw.action);
  const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
  const everywhere = Object.values(state.procedures);
  const pick = choose(10);
  if (pick < 6 && open.length > 0) {
    const procedure = open[choose(open.length)]!;
    const { actions } = procedureDefinitions.find(({ code }) => code === procedure.procedure)!;
    const here = Object.entries(actions).filter(([, one]) => one.in === undefined || one.in.includes(procedure.step));
    const [action, definition] = here[choose(here.length)] ?? ['withdraw', { fields: {} }];
    return { action, fields: definition.fields, procedureId: procedure.id };
  }
  if (pick < 7 && everywhere.length > 0) {
    const procedure = everywhere[choose(everywhere.length)]!;
    const { actions } = procedureDefinitions.find(({ code }) => code === procedure.procedure)!;
    const all = Object.entries(actions);
    const [action, definition] = all[choose(all.length)]!;
    return { action, fields: definition.fields, procedureId: procedure.id };
  }
  if (pick < 9) return { action: 'open-procedure', fields: disputeActions['open-procedure']!.fields };
  // Closing ends a sequence early: tried less often than the rest.
  const names = Object.keys(disputeActions).filter((name) => name !== 'close' || choose(4) === 0);
  const action = names[choose(names.length)]!;
  return { action, fields: disputeActions[action]!.fields };
};

/** Asides are never late, closing ends the story, and a party added late is not made an applicant of the past. */
export const neverLate: ReadonlySet<string> = new Set([
  'add-party',
  'close',
  'reopen',
  'finish-backfill',
  'change-profile',
  'recompute-deadlines',
  'assign',
  'correct-fact',
  'raise-alert',
  'add-document',
  'add-evidence',
  'add-note',
  'record-delivery',
  'record-warning',
]);
