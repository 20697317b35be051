import { isAfter } from '../../domain/dispute/work.js';
import { isErased } from '../../domain/dispute/erase-subject.js';
import type { Sealed } from '../../domain/dispute/fields.js';
import type { DisputeState, Party, ProcedureState } from '../../domain/dispute/state.js';
import { procedureDefinition } from '../../domain/procedures/procedures.js';
import { stall, type StallReason } from '../../domain/stall/stall.js';
import type { Colour } from './deadline-colour.js';
import { deadlineViews } from './deadline-view.js';
import { handoffViews } from './handoff-view.js';
import { bodyView, valueOf, type ViewContext } from './view-context.js';

/** `masked` where any of these values is; `erased` where the party's values are no more. */
const marks = (state: DisputeState, ref: string, values: (Sealed | null)[], { masked }: ViewContext) => ({
  ...(values.some((value) => value !== null && masked.has(value.ref)) ? { masked: true } : {}),
  ...(isErased(state, ref) ? { erased: true } : {}),
});

/**
 * Telephone, id number, address and account are left out for other parties and for staff without a part in the dispute.
 * Who is not one of those who act in it sees masks of them.
 */
const partyView = (state: DisputeState, party: Party, context: ViewContext) => {
  const { ref, role, capacity, capacityAssumed, kind, name } = party;
  const { sight, own } = context;
  if (sight === 'staff' || (sight === 'party' && own !== ref))
    return {
      ref,
      role,
      capacity,
      capacityAssumed,
      kind,
      name: valueOf(name, context),
      ...marks(state, ref, [name], context),
    };
  const { phone, idNumber, address, account } = party;
  return {
    ref,
    role,
    capacity,
    capacityAssumed,
    kind,
    name: valueOf(name, context),
    phone: valueOf(phone, context),
    idNumber: valueOf(idNumber, context),
    address: valueOf(address, context),
    account: sight === 'outside' ? null : account,
    ...marks(state, ref, [name, phone, idNumber, address], context),
  };
};

const waitingFor = (procedure: ProcedureState) => {
  if (procedure.status === 'closed') return null;
  const step = procedureDefinition(procedure.procedure).steps[procedure.step];
  if (!step) return null;
  const { who, role } = step.waitsFor;
  return { who, role, organisation: who === 'parties' || who === 'nobody' ? null : procedure.body.code };
};

const procedureView = (procedure: ProcedureState, context: ViewContext) => ({
  id: procedure.id,
  procedure: procedure.procedure,
  track: procedure.track,
  joint: procedure.joint,
  status: procedure.status,
  step: procedure.step,
  body: bodyView(procedure.body, context),
  neutrals: procedure.neutrals.map(({ account, name, seat, status }) => ({
    account,
    name: valueOf(name, context),
    seat,
    status,
  })),
  openedOn: procedure.openedOn,
  closedOn: procedure.closedOn,
  outcome: procedure.outcome,
  from: procedure.from,
  applicants: procedure.applicants,
  waitingFor: waitingFor(procedure),
  suspendedSince: procedure.suspendedSince,
  consents: procedure.consents,
  sessions: procedure.sessions,
  agreement: procedure.agreement,
  award: procedure.award,
});

/** What is owed to whom by whom: the law makes a body give it, and it has not been given to all yet. */
const noticeViews = (state: DisputeState) =>
  Object.values(state.debts)
    .filter(({ outstanding }) => outstanding.length > 0)
    .map(({ notice, procedureId, organisation, outstanding, owedSince, basis }) => ({
      notice,
      procedureId,
      owedBy: organisation,
      owedTo: outstanding,
      owedSince,
      basis,
    }));

/** A body that breaks the law, and a handoff that went astray, are red; people who are merely slow are yellow. */
const stallColours: Readonly<Record<StallReason, Colour>> = {
  'no-owner': 'yellow',
  'awaiting-acceptance': 'yellow',
  'awaiting-party': 'yellow',
  'awaiting-body': 'yellow',
  'no-progress': 'yellow',
  'deadline-overdue': 'red',
  'handoff-unacknowledged': 'red',
  'handoff-returned': 'red',
  'suspended-too-long': 'yellow',
  'order-unanswered': 'red',
};

export const stallColour = (reason: StallReason): Colour => stallColours[reason];

/** Why the dispute does not move, if it has not moved for too long. */
export const stallView = (state: DisputeState, { now, profile }: ViewContext) => {
  const found = stall(state, profile);
  if (!found || isAfter(found.at, now)) return null;
  const { reason, since, waitingFor: awaited, procedureId, detail, suggestedActions } = found;
  const colour = stallColour(reason);
  return {
    reason,
    since,
    waitingFor: awaited,
    colour,
    detail: { procedureId, ...detail },
    suggestedActions,
  };
};

/** A collective dispute in numbers; who its members are is a list of its own. */
const collectiveView = ({ collective }: DisputeState) => {
  if (!collective) return null;
  const members = Object.values(collective.members);
  const still = members.filter(({ status }) => status === 'represented');
  return {
    members: members.length,
    represented: still.length,
    consented: still.filter(({ consent }) => consent === 'given').length,
    refused: still.filter(({ consent }) => consent === 'refused').length,
    representatives: collective.representatives,
  };
};

const ownerView = ({ owner }: DisputeState, context: ViewContext) => ({
  organisation: owner.organisation,
  person: owner.account,
  name: valueOf(owner.name, context),
});

const heading = (state: DisputeState, context: ViewContext) => ({
  id: state.id,
  caseCode: state.caseCode,
  type: state.type,
  region: state.region,
  source: state.source,
  status: state.status,
  version: state.version,
  title: valueOf(state.title, context),
  owner: ownerView(state, context),
});

/**
 * A dispute as a whole, as this reader may see it now. Written out without a spread: this is made for every command's
 * answer, and a large object made by a spread takes several times as long.
 */
export const disputeView = (state: DisputeState, context: ViewContext) => ({
  id: state.id,
  caseCode: state.caseCode,
  type: state.type,
  region: state.region,
  source: state.source,
  status: state.status,
  version: state.version,
  title: valueOf(state.title, context),
  owner: ownerView(state, context),
  parties: state.parties.map((party) => partyView(state, party, context)),
  claims: state.claims.map(({ kind, amount, text }) => ({ kind, amount, text: valueOf(text, context) })),
  facts: state.facts,
  externalIds: valueOf(state.externalIds, context) ?? {},
  procedures: Object.values(state.procedures).map((procedure) => procedureView(procedure, context)),
  deadlines: deadlineViews(state.deadlines, context),
  handoffs: handoffViews(state, context),
  notices: noticeViews(state),
  documents: Object.values(state.documents),
  collective: collectiveView(state),
  alert: state.alert,
  stall: stallView(state, context),
  registeredOn: state.registeredOn,
  closedOn: state.closedOn,
  closeReason: state.closeReason,
  backfill: state.backfill,
  profile: state.profile,
  ruleSet: state.ruleSet,
  calendarVersion: state.calendarVersion,
});

/** A dispute as a list shows it: without contact details, traces and history. */
export const disputeInShort = (state: DisputeState, context: ViewContext) => {
  const open = Object.values(state.procedures).filter(({ status }) => status === 'open');
  const [next] = deadlineViews(state.deadlines, context).filter(({ status }) => status === 'running');
  return {
    ...heading(state, context),
    parties: state.parties.map(({ ref, role, capacity, kind, name }) => ({
      ref,
      role,
      capacity,
      kind,
      name: valueOf(name, context),
      ...marks(state, ref, [name], context),
    })),
    procedures: open.map((procedure) => ({
      id: procedure.id,
      procedure: procedure.procedure,
      track: procedure.track,
      joint: procedure.joint,
      status: procedure.status,
      step: procedure.step,
      body: bodyView(procedure.body, context),
      waitingFor: waitingFor(procedure),
    })),
    nextDeadline: next ? { deadlineId: next.deadlineId, rule: next.rule, due: next.due, colour: next.colour } : null,
    stall: stallView(state, context),
    registeredOn: state.registeredOn,
    closedOn: state.closedOn,
    backfill: state.backfill,
  };
};
