import type { PlannedObligation } from '../domain/plan/plan.js';
import type { InstitutionClock } from './reading.js';

/**
 * The periods within which the body in charge must act, soonest first, each with its warning. A warning bears the
 * name of its period, so the two are found together: `elapse:<deadline>:<generation>`, `remind:<deadline>:<generation>`.
 */
export function institutionClocks(obligations: readonly PlannedObligation[], now: number): InstitutionClock[] {
  const warnings = new Map(
    obligations.filter(({ kind }) => kind === 'remind').map(({ id, at }) => [id.replace(/^remind:/, ''), at]),
  );
  return obligations.filter(isInstitutions).map(({ id, subject, at }) => {
    const warnAt = warnings.get(id.replace(/^elapse:/, '')) ?? null;
    return { rule: subject, passesAt: at, warnAt, phase: phaseOf(at, warnAt, now) };
  });
}

/** Not a party's right, and not a service level of our own. */
const isInstitutions = ({ kind, id, subject }: PlannedObligation): boolean =>
  kind === 'time-passes' && !id.includes(':party:') && !subject.startsWith('SL-');

/** A party's right that still runs, for example to sue after an award. */
export const hasPartyRight = (obligations: readonly PlannedObligation[]): boolean =>
  obligations.some(({ kind, id }) => kind === 'time-passes' && id.includes(':party:'));

function phaseOf(passesAt: string, warnAt: string | null, now: number): InstitutionClock['phase'] {
  if (Date.parse(passesAt) <= now) return 'passing';
  if (warnAt === null) return 'final';
  return Date.parse(warnAt) <= now ? 'to-be-warned' : 'running';
}
