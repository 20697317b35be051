import type { FoldedEvent } from './event.js';
import { deadlineEvolvers } from './evolving/deadlines.js';
import { patchProcedure, procedureOf, type Data, type Evolver } from './evolving/evolver.js';
import { handoffEvolvers } from './evolving/handoffs.js';
import { matterEvolvers } from './evolving/matter.js';
import { memberEvolvers } from './evolving/members.js';
import { procedureEvolvers } from './evolving/procedures.js';
import { dateOf } from './occurred.js';
import type { DisputeState, Fact } from './state.js';

/** How each event changes the state. An event that is only a fact needs no row anywhere. */
const evolvers: Readonly<Record<string, Evolver>> = {
  ...procedureEvolvers,
  ...deadlineEvolvers,
  ...handoffEvolvers,
  ...memberEvolvers,
  ...matterEvolvers,
};

/**
 * Events that follow by law or by the clock, and asides that say nothing about the course of the matter; all others
 * are facts that somebody established, each at its own date.
 */
const derived = new Set([
  'OwnerAssigned',
  'MembersAdded',
  'ProfileChanged',
  'CalendarApplied',
  'EvidenceAdded',
  'AlertRaised',
  'DisputeFactCorrected',
  'FactCorrected',
  'SubjectErased',
  'StepEntered',
  'ProcedureClosed',
  'ProcedureReopened',
  'DeadlineStarted',
  'DeadlineMet',
  'OverdueActDone',
  'DeadlineElapsed',
  'DeadlineElapseReversed',
  'DeadlineVoided',
  'DeadlineSuspended',
  'DeadlineResumed',
  'DeadlineExtended',
  'DeadlineRecomputed',
  'DeadlineWarned',
  'NoticeOwed',
  'NoticeWithdrawn',
  'HandoffRequested',
  'HandoffDelivered',
  'HandoffUrged',
  'HandoffEscalated',
  'HandoffCancelled',
  'AdviserInvited',
  'InvitationUnanswered',
  'AwardChallenged',
  'AwardBecameEffective',
  'AwardSetAside',
  'AwardSuperseded',
  'JudgmentBecameEffective',
  'ApplicationDeemedAccepted',
  'PaperDeemedServed',
  'AgreementMadeEnforceable',
  'AgreementNotEnforceable',
  'NoteAdded',
  'DocumentAdded',
  'BackfillFinished',
]);

/** True for what a person or a body did, false for what follows from it or from the clock. */
export const isFact = (type: string): boolean => !derived.has(type);

/** Facts that cannot be undone once done: another body's or party's act, a document served, a payment. */
export const irreversible = new Set([
  'ProcedureOpened',
  'NoticeGiven',
  'DocumentServed',
  'InstalmentPerformed',
  'HandoffAccepted',
  'ApplicationAccepted',
  'AwardIssued',
  'RulingMade',
  'AgreementSigned',
  'ConsentRecorded',
]);

/**
 * Folds one event. Pure and total: an event that changes nothing here changes the version only. Whether its type is
 * known at all is asked where events are read (`upcast.ts`).
 */
export const evolve = (before: DisputeState, event: FoldedEvent): DisputeState => {
  const evolver = Object.hasOwn(evolvers, event.type) ? evolvers[event.type] : undefined;
  const state = evolver ? evolver(before, event) : before;
  if (!isFact(event.type)) return { ...state, version: event.version };
  const on = dateOf(event.occurredAt);
  const procedure = procedureOf(state, event);
  const fact: Fact = { on, version: event.version, data: event.data };
  const after = procedure
    ? patchProcedure(state, procedure.id, { facts: { ...procedure.facts, [event.type]: fact } })
    : state;
  const lastFact = on >= dateOf(state.lastFact) ? event.occurredAt : state.lastFact;
  return { ...after, lastFact, version: event.version };
};

/** The state before the first event: an empty dispute under an id. */
const initial = (registered: FoldedEvent): DisputeState => {
  const data = registered.data as Data;
  return {
    id: data.disputeId,
    version: registered.version,
    caseCode: data.caseCode,
    type: data.type,
    region: data.region,
    source: data.source,
    status: 'open',
    backfill: data.backfill,
    title: data.title,
    externalIds: data.externalIds ?? null,
    registeredOn: data.receivedOn,
    closedOn: null,
    closeReason: null,
    registrar: data.organisation,
    owner: { organisation: data.organisation, account: null, name: null },
    parties: data.parties,
    collective: null,
    splitFrom: data.splitFrom ?? null,
    claims: data.claims,
    facts: data.facts,
    profile: data.profile,
    ruleSet: data.ruleSet,
    calendarVersion: data.calendarVersion,
    procedures: {},
    deadlines: {},
    handoffs: {},
    debts: {},
    documents: {},
    alert: null,
    lastFact: registered.occurredAt,
    counts: { notes: 0, evidence: 0 },
  };
};

/** Folds a stream from its first event (`DisputeRegistered`), or goes on from a state. Null for no events. */
export const fold = (events: readonly FoldedEvent[], from: DisputeState | null = null): DisputeState | null => {
  let state = from;
  for (const event of events) state = state === null ? initial(event) : evolve(state, event);
  return state;
};
