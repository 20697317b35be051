import type { CivilDate } from '../calendar/civil-date.js';
import { findProcedure, procedureDefinition } from '../procedures/procedures.js';
import { procedureNames, type ProcedureCode, type RouteBy } from '../routes/codes.js';
import { partyOf } from './access.js';
import { courseOf, type Course } from './course.js';
import type { Body } from './fields.js';
import { refuse, type Refusal } from './refusal.js';
import { routesNow, type OpenRoute } from './routes.js';
import type { DisputeState, Party, ProcedureState } from './state.js';
import { following, record, today, type Work } from './work.js';

export interface Opening {
  procedure: ProcedureCode;
  track?: string;
  joint?: boolean;
  body: Body;
  applicants?: string[];
}

const takes = (party: Party, by: RouteBy): boolean => {
  switch (by) {
    case 'either':
      return party.role !== 'third-party';
    case 'body':
      return true;
    case 'worker':
    case 'employer':
      return party.capacity === by;
    case 'claimant':
    case 'respondent':
    case 'third-party':
      return party.role === by;
  }
};

/** The applicants: those named, else the parties whom the route belongs to, else the claimant. */
const applicantsOf = ({ state, context }: Work, opening: Opening, routes: OpenRoute[]): string[] => {
  if (opening.applicants) return opening.applicants;
  const themselves = partyOf(context.by, state);
  if (themselves) return [themselves.ref];
  const claimants = state.parties.filter(({ role }) => role === 'claimant');
  if (routes.some((route) => claimants.some((party) => takes(party, route.by)))) return claimants.map(({ ref }) => ref);
  return state.parties.filter((party) => routes.some((route) => takes(party, route.by))).map(({ ref }) => ref);
};

/** A second procedure of the same kind, or two bodies judging at once, exclude each other; consent never bars a judge (PM-02). */
const excludes = (open: ProcedureState, code: ProcedureCode, parallel: boolean): boolean => {
  if (open.procedure === code) return true;
  if (parallel) return false;
  const { nature } = procedureDefinition(open.procedure);
  return nature === findProcedure(code)?.nature && nature !== 'inspecting';
};

export interface OpeningPlan {
  route: OpenRoute;
  applicants: string[];
  track: string | null;
}

/** Asks law and lifecycle whether the procedure may be opened, by whom, and out of which. */
export const mayOpen = (work: Work, opening: Opening): OpeningPlan | Refusal => {
  const { state } = work;
  const definition = procedureDefinition(opening.procedure);
  const routes = routesNow(state);
  const permitted = routes.permitted.filter(
    ({ procedure, kind }) => procedure === opening.procedure && kind === 'open',
  );
  const applicants = applicantsOf(work, opening, permitted);
  const parties = applicants.map((ref) => state.parties.find((party) => party.ref === ref));
  // What bars the applicants, rather than what bars another party from the same procedure.
  const bans = routes.forbidden.filter(({ procedure }) => procedure === opening.procedure);
  const forbidden = bans.find(({ by }) => parties.some((party) => party && takes(party, by))) ?? bans[0];
  if (permitted.length === 0)
    return refuse('route-forbidden', {
      ...(forbidden ? { detail: forbidden.reason, basis: forbidden.basis } : {}),
      alternatives: alternatives(routes.permitted),
      pointer: '/procedure',
    });
  if (parties.some((party) => party === undefined)) return refuse('unknown-party', { pointer: '/applicants' });
  const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
  const barring = ({ fromProcedureId, parallel }: OpenRoute) =>
    open.find((one) => one.id !== fromProcedureId && excludes(one, opening.procedure, parallel));
  const theirs = permitted.filter(({ by }) => parties.some((party) => party && takes(party, by)));
  // The same procedure may be open from the beginning and out of a body that is overdue: the latter ends what bars it.
  const route = theirs.find((one) => !barring(one)) ?? theirs[0];
  if (!route)
    return refuse('route-forbidden', {
      detail: forbidden?.reason ?? {
        zh: '该途径属于另一方当事人',
        en: 'This route belongs to another party',
      },
      basis: forbidden?.basis ?? permitted[0]!.basis,
      alternatives: alternatives(routes.permitted),
      pointer: '/applicants',
    });
  const other = barring(route);
  if (other)
    return refuse('procedure-exclusive', {
      basis: route.basis,
      detail: {
        zh: `“${procedureNames[other.procedure].zh}”正在进行`,
        en: `${procedureNames[other.procedure].en} is open`,
      },
    });
  const track = opening.track ?? defaultTrack(state, definition.tracks);
  if (opening.track !== undefined && !definition.tracks?.includes(opening.track))
    return refuse('track-unknown', { pointer: '/track' });
  const refusal = definition.opening.guard?.({
    course: guardCourse(work),
    body: opening.body.code,
    joint: opening.joint ?? false,
    track,
    applicants,
    from: route.fromProcedureId,
    on: today(work),
  });
  return refusal ?? { route, applicants, track };
};

/** An opening's guard looks at the dispute and at other procedures only: there is no procedure of its own yet. */
const guardCourse = (work: Work): Course => courseOf(work, '');

const defaultTrack = (state: DisputeState, tracks: readonly string[] | undefined): string | null => {
  if (!tracks) return null;
  return tracks.includes(state.type) ? state.type : (tracks[0] ?? null);
};

const alternatives = (permitted: OpenRoute[]) =>
  [...new Set(permitted.map(({ procedure }) => procedure))].map((procedure) => ({
    action: 'open-procedure',
    procedure,
  }));

/** Opens it: the fact, then what its definition says follows. */
export const openProcedure = (
  work: Work,
  opening: Opening,
  how: OpeningPlan,
  appliedOn: CivilDate,
  id = work.ids.procedure(),
): void => {
  const definition = procedureDefinition(opening.procedure);
  const origin = how.route.fromProcedureId === null ? undefined : work.state.procedures[how.route.fromProcedureId];
  const organisations = [
    opening.body.code,
    ...(origin?.status === 'open' && !how.route.ends ? [origin.body.code] : []),
  ];
  const index = record(
    work,
    'ProcedureOpened',
    {
      procedure: opening.procedure,
      track: how.track,
      joint: opening.joint ?? false,
      body: opening.body,
      organisations: [...new Set(organisations)],
      applicants: how.applicants,
      from: how.route.fromProcedureId,
      appliedOn,
      step: definition.opening.step,
      rows: how.route.rows,
      basis: how.route.basis,
    },
    id,
  );
  following(work, index, () => {
    if (origin?.status === 'open' && how.route.ends) courseOf(work, origin.id).close(how.route.ends);
    const course = courseOf(work, id);
    for (const start of definition.opening.starts ?? []) course.start(start, appliedOn);
    definition.opening.then?.(course, appliedOn);
  });
};
