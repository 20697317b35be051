import { procedureDefinition } from '../procedures/procedures.js';
import type { ProcedureCode } from '../routes/codes.js';
import { covers, type Requester, type Role } from './context.js';
import type { Request } from './decide.js';
import type { Target } from './target.js';
import { refuse, type Refusal } from './refusal.js';
import type { DisputeState, Party } from './state.js';
import type { Work } from './work.js';

/**
 * Who may do what, in one place that a lawyer can read. Asked after law and lifecycle: a refusal here means that
 * another role or organisation could.
 */

const has = (by: Requester, roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));

export const inRegion = (by: Requester, state: DisputeState): boolean =>
  by.region === null || covers(by.region, state.region);

export const partyOf = (by: Requester, state: DisputeState): Party | undefined =>
  by.roles.includes('party')
    ? state.parties.find(({ account }) => account !== null && account === by.account)
    : undefined;

/** Every organisation with a part in the dispute: its owner, the bodies of its procedures, both ends of its handoffs. */
export const organisationsOf = (state: DisputeState): string[] => [
  ...new Set([
    ...(state.registrar ? [state.registrar] : []),
    ...(state.owner.organisation ? [state.owner.organisation] : []),
    ...Object.values(state.procedures).flatMap(({ organisations }) => organisations),
    ...Object.values(state.handoffs).flatMap(({ from, to }) => [from.code, to.code]),
  ]),
];

/** Region-wide desks: the counter and the supervisors. */
const regional = (by: Requester, state: DisputeState): boolean =>
  has(by, ['intake', 'supervisor', 'administrator']) && inRegion(by, state);

const belongs = (by: Requester, organisations: readonly string[]): boolean =>
  by.organisation !== null && organisations.includes(by.organisation);

/** May this requester see the dispute at all? */
export const maySee = (by: Requester, state: DisputeState): boolean => {
  if (by.roles.includes('system')) return true;
  if (partyOf(by, state)) return true;
  if (has(by, ['party']) && by.roles.length === 1) return false;
  if (belongs(by, organisationsOf(state))) return true;
  if (isNeutral(by, state)) return true;
  return by.roles.length > 0 && inRegion(by, state);
};

/** Roles whose work is the matter itself; supervising, auditing and running the system are not. */
const acting: readonly Role[] = ['intake', 'mediator', 'adviser', 'arbitrator', 'case-officer', 'court-clerk', 'judge'];

/**
 * From where a requester looks at a dispute that it may see: as one who deals with it (staff of an organisation with a
 * part in it, the counter of its region, who sits in it), as a party, as a supervisor of its region, as staff of the
 * region without a part in it, or from outside. Of several, the nearest. What each is shown stands in one table
 * (src/api/views/masking.ts).
 */
export type Sight = 'acts' | 'party' | 'supervises' | 'staff' | 'outside';

export const sightOf = (by: Requester, state: DisputeState): Sight => {
  if (by.roles.includes('system')) return 'acts';
  if (has(by, ['intake']) && inRegion(by, state)) return 'acts';
  if (has(by, acting) && (belongs(by, organisationsOf(state)) || sitsIn(by, state))) return 'acts';
  if (has(by, ['supervisor']) && inRegion(by, state)) return 'supervises';
  if (partyOf(by, state)) return 'party';
  return has(by, acting) ? 'staff' : 'outside';
};

/**
 * May this reader open what belongs to a mediation alone: admissions made for compromise, its minutes, internal papers?
 * Mediators and advisers whose organisation has a part in the dispute, or who sit in it. Never a court, an arbitrator, a
 * party or a supervisor (民诉解释107; 人民调解法23).
 */
export const mediates = (by: Requester, state: DisputeState): boolean =>
  has(by, ['mediator', 'adviser']) &&
  !has(by, ['court-clerk', 'judge', 'arbitrator', 'party']) &&
  (belongs(by, organisationsOf(state)) || isNeutral(by, state));

/** Named as one of its neutrals, whatever came of it. */
const isNeutral = (by: Requester, { procedures }: DisputeState): boolean =>
  Object.values(procedures).some(({ neutrals }) => neutrals.some(({ account }) => account === by.account));

const sitsIn = (by: Requester, { procedures }: DisputeState): boolean =>
  Object.values(procedures).some(({ neutrals }) =>
    neutrals.some(({ account, status }) => account === by.account && ['designated', 'accepted'].includes(status)),
  );

/** Null where the requester may do it; otherwise which of role, organisation or region stands in the way. */
export const allowed = (work: Work, target: Target, request: Request): Refusal | null => {
  const { by } = work.context;
  const { state } = work;
  const { definition } = target;
  if (!has(by, definition.by)) return refuse('not-your-role');

  // A party acts for itself only.
  const asStaff = by.roles.some((role) => role !== 'party' && definition.by.includes(role));
  if (!asStaff) {
    const party = partyOf(by, state);
    if (!party) return refuse('not-your-role');
    if (request.action === 'open-procedure') return partyMayOpen(party, request);
    const named = request.body['party'];
    return named === undefined || named === party.ref ? null : refuse('not-your-role', { pointer: '/party' });
  }

  if (target.scope === 'procedure') {
    const { procedure } = target;
    // The engine has no organisation: it does what definitions leave to it, wherever that is.
    if (by.roles.includes('system')) return null;
    if (belongs(by, procedure.organisations)) return null;
    // An adviser or mediator who was asked personally may sit elsewhere.
    if (procedure.neutrals.some(({ account }) => account === by.account)) return null;
    return refuse('not-your-organisation');
  }
  switch (target.definition.who) {
    case 'anyone':
      return null;
    case 'receiver': {
      const handoff = state.handoffs[request.body['handoffId'] as string];
      return handoff && by.organisation === handoff.to.code ? null : refuse('not-your-organisation');
    }
    case 'organisation':
      if (regional(by, state)) return null;
      return belongs(by, organisationsOf(state)) ? null : refuse('not-your-organisation');
    case 'region':
      return request.action === 'open-procedure'
        ? mayOpenAt(by, state, request)
        : inRegion(by, state) || belongs(by, organisationsOf(state))
          ? null
          : refuse('not-your-region');
  }
};

/** A party applies for itself where the procedure is opened by application; for others only together with itself. */
const partyMayOpen = (party: Party, { body }: Request): Refusal | null => {
  if (!procedureDefinition(body['procedure'] as ProcedureCode).opening.by.includes('party'))
    return refuse('not-your-role');
  const applicants = (body['applicants'] as string[] | undefined) ?? [party.ref];
  return applicants.length === 1 && applicants[0] === party.ref
    ? null
    : refuse('not-your-role', { pointer: '/applicants' });
};

/** `intake` and `supervisor` open a procedure at any body of their region; others at their own body, or out of a procedure of theirs. */
const mayOpenAt = (by: Requester, state: DisputeState, request: Request): Refusal | null => {
  if (has(by, ['intake', 'supervisor'])) return inRegion(by, state) ? null : refuse('not-your-region');
  const opening = procedureDefinition(request.body['procedure'] as ProcedureCode).opening;
  if (!has(by, opening.by)) return refuse('not-your-role');
  const body = (request.body['body'] as { code: string }).code;
  const theirs = Object.values(state.procedures).some((one) => belongs(by, one.organisations));
  return by.organisation === body || theirs ? null : refuse('not-your-organisation');
};
