import type { Plan, PlannedObligation, PlannedProcedure } from '../../../src/domain/plan/plan.js';

type PlannedChange = (before: Plan) => Plan;

/** A dispute with these procedures open, owing nothing, with no handoff at work. */
export const open =
  (...procedures: PlannedProcedure[]): PlannedChange =>
  (before) => ({ ...before, status: 'open', procedures, handoffs: [], obligations: [] });

export const closed: PlannedChange = (before) => ({
  ...before,
  status: 'closed',
  procedures: [],
  handoffs: [],
  obligations: [],
});

export const joined = (plan: Plan, obligations: PlannedObligation[]): Plan => ({
  ...plan,
  obligations: [...plan.obligations, ...obligations],
});

export const mediation = (id: string, step: string): PlannedProcedure => ({
  id,
  procedure: 'mediation',
  joint: false,
  step,
  waitingFor: step === 'applied' ? 'party' : 'mediator',
});

export const arbitration = (id: string, step: string): PlannedProcedure => ({
  id,
  procedure: 'labour-arbitration',
  joint: false,
  step,
  waitingFor: 'arbitrator',
});

export const jointMediation = (id: string, step: string): PlannedProcedure => ({
  id,
  procedure: 'pre-filing-mediation',
  joint: true,
  step,
  waitingFor: step === 'assembling-panel' ? 'adviser' : 'mediator',
});

export const litigation = (id: string, step: string): PlannedProcedure => ({
  id,
  procedure: 'civil-litigation',
  joint: false,
  step,
  waitingFor: step === 'filing' ? 'court-clerk' : 'judge',
});
