import type { Drive } from '../commands/contract.js';
import type { Plan, PlannedObligation } from '../domain/plan/plan.js';

/**
 * Whether a plan that arrives is older than the one that is held. A higher epoch always wins: the store was restored,
 * and counts anew. The same version again is not older: a newer plan code may have made another plan of it.
 */
export const isOlder = (next: Drive, held: Drive): boolean =>
  next.epoch < held.epoch || (next.epoch === held.epoch && next.version < held.version);

/** Whose an obligation is: a handoff's, a procedure's, or the dispute's own. */
type Owner = 'dispute' | `procedure:${string}` | `handoff:${string}`;

const ownerOf = ({ kind, handoffId, procedureId }: PlannedObligation): Owner => {
  if (handoffId !== null && (kind === 'await-receipt' || kind === 'deliver-handoff')) return `handoff:${handoffId}`;
  return procedureId === null ? 'dispute' : `procedure:${procedureId}`;
};

const part = (drive: Drive, owner: Owner, rest: Pick<Plan, 'procedures' | 'handoffs'>): Drive => {
  const obligations = drive.plan.obligations.filter((obligation) => ownerOf(obligation) === owner);
  return {
    ...drive,
    transitions: null,
    plan: { ...drive.plan, ...rest, obligations, nextDue: obligations[0]?.at ?? null },
  };
};

export const procedurePart = (drive: Drive, procedureId: string): Drive =>
  part(drive, `procedure:${procedureId}`, {
    procedures: drive.plan.procedures.filter(({ id }) => id === procedureId),
    handoffs: [],
  });

export const handoffPart = (drive: Drive, handoffId: string): Drive =>
  part(drive, `handoff:${handoffId}`, {
    procedures: [],
    handoffs: drive.plan.handoffs.filter((id) => id === handoffId),
  });

/** The obligations that belong to no procedure and no handoff. */
export const ownPart = (drive: Drive): Drive => part(drive, 'dispute', drive.plan);

/** Nothing left to execute or to wait for. */
export const isEmpty = ({ plan: { procedures, handoffs, obligations } }: Drive): boolean =>
  procedures.length === 0 && handoffs.length === 0 && obligations.length === 0;

/** Procedures and handoffs that need a workflow: those at work, and those ended that are still owed something. */
export const atWork = ({ plan }: Drive): { procedures: string[]; handoffs: string[] } => {
  const owners = plan.obligations.map(ownerOf);
  const ofKind = (prefix: 'procedure:' | 'handoff:') =>
    owners.filter((owner) => owner.startsWith(prefix)).map((owner) => owner.slice(prefix.length));
  return {
    procedures: [...new Set([...plan.procedures.map(({ id }) => id), ...ofKind('procedure:')])],
    handoffs: [...new Set([...plan.handoffs, ...ofKind('handoff:')])],
  };
};
