import { evaluateRoutes, tableKnows } from '../routes/evaluate.js';
import { outcomeCodes, type Outcome, type ProcedureCode } from '../routes/codes.js';
import type { ForbiddenRoute, PermittedRoute, RouteFacts } from '../routes/types.js';
import { judging } from '../procedures/agreeing.js';
import { findProcedure, procedureDefinition } from '../procedures/procedures.js';
import { basisOf } from '../rules/rule-book.js';
import { represented } from './collective.js';
import { dateOf } from './occurred.js';
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

/** An award that nobody challenged in time has taken effect since its procedure ended. */
const outcomeOf = (one: ProcedureState): string | null =>
  one.award?.status === 'effective' ? 'effective' : one.outcome;

/** What came to nothing leaves the matter where it stood, unless the table says otherwise of it. */
const abortive: readonly string[] = [
  'withdrawn',
  'deemed-withdrawn',
  'not-accepted',
  'refused',
  'no-agreement',
  'expired',
  'dismissed',
];

/** A suspicion decides nothing: what it opens and what it bars is added to where the dispute stood before. */
const suspicions: readonly string[] = ['suspected-crime', 'suspected-false-mediation'];

/** An authority that acts beside the dispute; its ending is where the dispute stands only while nothing else has ended. */
const isBeside = ({ procedure }: ProcedureState): boolean => procedureDefinition(procedure).nature === 'inspecting';

const standsFor = (state: DisputeState, one: ProcedureState): boolean => {
  const outcome = outcomeOf(one);
  if (one.status !== 'closed' || !isRouteOutcome(outcome) || suspicions.includes(outcome)) return false;
  const silent = abortive.includes(outcome) || isBeside(one);
  return !silent || tableKnows({ type: state.type, from: one.procedure, outcome });
};

/**
 * The positions from which routes are open: the procedure that ended last with an outcome the table knows (else the
 * intake), and every open procedure whose body let its period pass, where the law then lets the parties go on.
 */
export const positions = (state: DisputeState): Position[] => {
  const all = Object.values(state.procedures);
  const standing = all.filter((one) => standsFor(state, one)).sort((a, b) => closing(a).localeCompare(closing(b)));
  const last = standing.filter((one) => !isBeside(one)).at(-1) ?? standing.at(-1);
  const ended: Position = last
    ? (brokenTitle(state, last) ?? { from: last.procedure, outcome: outcomeOf(last) as Outcome, procedureId: last.id })
    : { from: 'intake', outcome: 'registered', procedureId: null };
  const overdue = all.flatMap((one): Position[] => {
    if (one.status !== 'open') return [];
    const elapses = procedureDefinition(one.procedure).elapses ?? {};
    return Object.values(state.deadlines).flatMap((deadline) => {
      const opens = elapses[deadline.rule]?.opens;
      const passed = deadline.procedureId === one.id && deadline.status === 'elapsed' && deadline.doneLateOn === null;
      return opens && passed ? [{ from: one.procedure, outcome: opens, procedureId: one.id }] : [];
    });
  });
  return [ended, ...overdue, ...suspected(state, last)];
};

/** A follow-up found that not an agreement was broken but a title, a judgment or award: the table asks which. */
const brokenTitle = (state: DisputeState, last: ProcedureState): Position | null => {
  const title = last.from === null ? undefined : state.procedures[last.from];
  if (last.procedure !== 'follow-up' || last.outcome !== 'breach' || !title) return null;
  if (!judging.includes(title.procedure) || title.agreement) return null;
  if (!tableKnows({ type: state.type, from: title.procedure, outcome: 'breach' })) return null;
  return { from: title.procedure, outcome: 'breach', procedureId: title.id };
};

/** Suspicions that nothing has ended since, and an alert of violence or a crime (rows 2, 64 and 71). */
const suspected = (state: DisputeState, last: ProcedureState | undefined): Position[] => {
  const found = Object.values(state.procedures).filter(
    (one) =>
      one.status === 'closed' && suspicions.includes(one.outcome ?? '') && (!last || closing(one) > closing(last)),
  );
  const alarmed = state.alert?.kind === 'crime' || state.alert?.kind === 'violence';
  return [
    ...found.map((one) => ({ from: one.procedure, outcome: one.outcome as Outcome, procedureId: one.id })),
    ...(alarmed ? [{ from: 'intake', outcome: 'suspected-crime', procedureId: null } as const] : []),
  ];
};

const closing = (one: ProcedureState): string => `${one.closedOn} ${one.id.slice(1).padStart(4, '0')}`;

/** The facts the table reads: those registered, and those that the stream itself has established. */
export const routeFacts = (state: DisputeState): RouteFacts => {
  const all = Object.values(state.procedures);
  const award = all.find((one) => one.award)?.award;
  const agreement = all.filter((one) => one.agreement?.signedOn).at(-1)?.agreement;
  const worker = state.parties.find((party) => party.capacity === 'worker');
  const order = all.filter((one) => one.procedure === 'payment-order').at(-1);
  const again = Object.values(state.deadlines).some(
    ({ rule, status }) => rule === 'CL-13.divorce' && status === 'elapsed',
  );
  return {
    ...(state.facts as RouteFacts),
    ...established(state),
    ...(state.collective ? { collective: represented(state.collective).length } : {}),
    ...(award ? { awardMade: true } : {}),
    ...(award?.kind === 'final' ? { finalAward: true } : {}),
    ...(again ? { sixMonthsPassed: true } : {}),
    ...(order ? { paymentOrderBasis: paymentOrderBasis(state, order) } : {}),
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

/** A payment order asked for when an agreement was breached rests on it (调解仲裁法16); any other on the wages owed (劳动合同法30). */
const paymentOrderBasis = (state: DisputeState, order: ProcedureState) =>
  order.from !== null && state.procedures[order.from]?.procedure === 'follow-up'
    ? 'mediation-agreement'
    : 'labour-contract-law-30';

/** What the procedures' own events say, in the order of the procedures and of each one's list. */
const established = (state: DisputeState): RouteFacts =>
  Object.fromEntries(
    Object.values(state.procedures).flatMap(({ procedure, facts }) =>
      (findProcedure(procedure)?.establishes ?? []).flatMap(({ fact, by, where, field, is }) => {
        const data = facts[by]?.data;
        if (!data || Object.entries(where ?? {}).some(([name, value]) => data[name] !== value)) return [];
        const value = field === undefined ? is : data[field];
        return value === undefined ? [] : [[fact, value]];
      }),
    ),
  );

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
  const barred: ForbiddenRoute[] = [];
  const due = Object.fromEntries(
    Object.values(state.deadlines)
      .filter(({ rule }) => rule === 'JC-01' || rule === 'LD-23')
      .map((one) => [one.rule, one.due]),
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
    now.permitted.push(...answer.permitted.map((route) => ({ ...route, fromProcedureId: procedureId, ends })));
    now.forbidden.push(...answer.forbidden);
    if (procedureId !== null && suspicions.includes(outcome)) barred.push(...answer.forbidden);
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
        rows: [offer.row],
        confidence: 'verified',
        kind: 'open',
        fromProcedureId: one.id,
        ends: null,
      });
    }
  }
  // What a suspicion bars is barred, whatever the dispute's other positions open.
  now.permitted = now.permitted.filter(
    (open) => !barred.some(({ procedure, by }) => procedure === open.procedure && (by === 'either' || by === open.by)),
  );
  // What one position opens, another does not forbid: an overdue body lifts the ban that stood while it was in time.
  now.forbidden = now.forbidden.filter(
    (route) =>
      !now.permitted.some(
        (open) =>
          open.procedure === route.procedure && (open.by === route.by || open.by === 'either' || open.by === 'body'),
      ),
  );
  return now;
};
