import { courseOf } from '../../src/domain/dispute/course.js';
import { openProcedure, type OpeningPlan } from '../../src/domain/dispute/open-procedure.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { beginWork, following, type Work } from '../../src/domain/dispute/work.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import { disputeTypeCodes, type DisputeType, type ProcedureCode } from '../../src/domain/routes/codes.js';
import { routeTable } from '../../src/domain/routes/route-table.js';
import { civilTypes } from '../../src/domain/routes/type-sets.js';
import { context, lookedAt, parties, theDay } from './circumstances.js';

/** Runs something that may be impossible in a circumstance: what cannot be decided there has no consequences there. */
export const attempt = (state: DisputeState, act: (work: Work) => boolean): Work | null => {
  const work = beginWork(state, context, theDay);
  try {
    return act(work) ? work : null;
  } catch {
    return null;
  }
};

/** The kinds of dispute in which the decision table opens a procedure. */
const typesOf = (code: ProcedureCode): readonly DisputeType[] => {
  const rows = routeTable.filter(({ permit }) => permit?.some(({ procedure }) => procedure === code));
  const named = rows.flatMap(({ types }) => (typeof types === 'string' ? [] : types));
  if (rows.some(({ types }) => types === 'any')) return disputeTypeCodes;
  return [...new Set([...named, ...(rows.some(({ types }) => types === 'any-civil') ? civilTypes : [])])];
};

export interface HowOpened {
  type: DisputeType;
  origin: string | null;
  applicants: string[];
  track: string | null;
  joint: boolean;
}

/** In every kind of dispute that it is for; and in one kind, by one party alone, on every track, and jointly. */
export const waysOf = ({ code, tracks }: ProcedureDefinition): Omit<HowOpened, 'origin'>[] => {
  const usual = { type: 'labour', applicants: parties, track: tracks?.[0] ?? null, joint: false } as const;
  return [
    usual,
    { ...usual, applicants: parties.slice(0, 1) },
    { ...usual, joint: true },
    ...(tracks ?? []).map((track) => ({ ...usual, track })),
    ...typesOf(code).map((type) => ({ ...usual, type })),
  ];
};

export const opened = (
  { code }: ProcedureDefinition,
  state: DisputeState,
  { origin, applicants, track, joint }: Omit<HowOpened, 'type'>,
): Work | null =>
  attempt(state, (work) => {
    const route = { fromProcedureId: origin, ends: null, rows: [], basis: { law: '', article: '' } };
    const how = { route, applicants, track } as unknown as OpeningPlan;
    openProcedure(work, { procedure: code, joint, body: { code: 'body', name: null } }, how, theDay, lookedAt);
    return true;
  });

/** What was brought about: openings that brought the same are one circumstance. */
export const signature = ({ events }: Work): string =>
  JSON.stringify(events.map(({ type, procedureId, data }) => [type, procedureId, data['rule'], data['step']]));

export const received = (definition: ProcedureDefinition, work: Work): boolean => {
  const course = courseOf(work, lookedAt);
  course.handOff(course.procedure.body, course.procedure.body, []);
  const handoff = Object.values(work.state.handoffs).at(-1)!;
  work.events.length = 0;
  following(work, 0, () => definition.received!(course, handoff, theDay));
  return true;
};
