import { evaluateRoutes } from '../routes/evaluate.js';
import { outcomeCodes, type Outcome, type ProcedureCode } from '../routes/codes.js';
import type { ForbiddenRoute, PermittedRoute, RouteFacts } from '../routes/types.js';
import { findProcedure, procedureDefinition } from '../procedures/procedures.js';
import { basisOf } from '../rules/rule-book.js';
import { represented } from './collective.js';
import { dateOf } from './evolve.js';
import type { DisputeState, ProcedureState } from './state.js';

/** Where a dispute stands, as the decision table asks: the stage it comes from and how that ended. */
export interface Position {
  from: ProcedureCode | 'intake';
  outcome: Outcome;
  /** The procedure that stands for it. */
  procedureId: string | null;
}

const isRouteOutcome = (outcome: string | null): outcome is Outcome =>
  outcome !== null && (outcomeCodes as readonly string[]).includes(outcome);

/**
 * The positions from which routes are open: the procedure that ended last with an outcome the table knows (else the
 * intake), and every open procedure whose body let its period pass, where the law then lets the parties go on.
 */
export const positions = (state: DisputeState): Position[] => {
  const all = Object.values(state.procedures);
  const last = all
    .filter((one) => one.status === 'closed' && isRouteOutcome(one.outcome))
    .sort((a, b) => closing(a).localeCompare(closing(b)))
    .at(-1);
  const ended: Position = last
    ? { from: last.procedure, outcome: last.outcome as Outcome, procedureId: last.id }
    : { from: 'intake', outcome: 'registered', procedureId: null };
  const overdue = all.flatMap((one): Position[] => {
    if (one.status !== 'open') return [];
    const elapses = procedureDefinition(one.procedure).elapses ?? {};
    return Object.values(state.deadlines).flatMap((deadline) => {
      const opens = elapses[deadline.rule]?.opens;
      const passed =
        deadline.procedureId === one.id && deadline.status === 'elapsed' && deadline.doneLateOn === null;
      return opens && passed ? [{ from: one.procedure, outcome: opens, procedureId: one.id }] : [];
    });
  });
  return [ended, ...overdue];
};

const closing = (one: ProcedureState): string => `${one.closedOn} ${one.id.slice(1).padStart(4, '0')}`;

/** The facts the table reads: those registered, and those that the stream itself has established. */
export const routeFacts = (state: DisputeState): RouteFacts => {
  const all = Object.values(state.procedures);
  const award = all.find((one) => one.award)?.award;
  const agreement = all.filter((one) => one.agreement?.signedOn).at(-1)?.agreement;
  const worker = state.parties.find((party) => party.capacity === 'worker');
  return {
    ...(state.facts as RouteFacts),
    ...(state.collective ? { collective: represented(state.collective).length } : {}),
    ...(award ? { awardMade: true } : {}),
    ...(award && worker && award.suedBy.includes(worker.ref) ? { workerSued: true } : {}),
    ...(agreement
      ? {
          agreementKind: agreement.kind,
          agreementConfirmed: agreement.confirmed,
          agreementEffectiveOn: agreement.signedOn!,
        }
      : {}),
  };
};

export interface OpenRoute extends PermittedRoute {
  /** The procedure the route comes out of. */
  fromProcedureId: string | null;
  /** How that procedure ends by this route's being taken: its body let its period pass, and the parties go on without it. */
  ends: Outcome | null;
}

export interface RoutesNow {
  permitted: OpenRoute[];
  forbidden: ForbiddenRoute[];
  assumed: { fact: string; value: unknown }[];
}

/** What may be opened now, and what not and why: the decision table at the dispute's positions, and what open procedures offer. */
export const routesNow = (state: DisputeState): RoutesNow => {
  const facts = routeFacts(state);
  const now: RoutesNow = { permitted: [], forbidden: [], assumed: [] };
  const due = Object.fromEntries(
    Object.values(state.deadlines).filter(({ rule }) => rule === 'JC-01').map((one) => [one.rule, one.due]), // prettier-ignore
  );
  for (const { from, outcome, procedureId } of positions(state)) {
    const answer = evaluateRoutes({
      type: state.type,
      from,
      outcome,
      facts,
      on: dateOf(state.lastFact),
      due,
    });
    const open = procedureId !== null && state.procedures[procedureId]?.status === 'open';
    const ends = open ? outcome : null;
    now.permitted.push(
      ...answer.permitted.map((route) => ({ ...route, fromProcedureId: procedureId, ends })),
    );
    now.forbidden.push(...answer.forbidden);
    now.assumed.push(...answer.assumed);
  }
  for (const one of Object.values(state.procedures)) {
    if (one.status !== 'open') continue;
    for (const offer of findProcedure(one.procedure)?.offers ?? []) {
      if (!offer.in.includes(one.step)) continue;
      now.permitted.unshift({
        procedure: offer.procedure,
        by: 'body',
        jointly: true,
        parallel: true,
        deadline: null,
        basis: basisOf(offer.basis),
        rows: ['9'],
        confidence: 'verified',
        kind: 'open',
        fromProcedureId: one.id,
        ends: null,
      });
    }
  }
  // What one position opens, another does not forbid: an overdue body lifts the ban that stood while it was in time.
  now.forbidden = now.forbidden.filter(
    (route) =>
      !now.permitted.some(
        (open) =>
          open.procedure === route.procedure &&
          (open.by === route.by || open.by === 'either' || open.by === 'body'),
      ),
  );
  return now;
};
