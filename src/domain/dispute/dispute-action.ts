import type { CivilDate } from '../calendar/civil-date.js';
import type { Role } from './context.js';
import type { EventType } from './event-types.js';
import type { BodyOf, Fields } from './fields.js';
import type { Refusal } from './refusal.js';
import type { Work } from './work.js';

/** An action of the dispute as a whole, whatever procedures it is in. */
export interface DisputeAction<F extends Fields = Fields> {
  title: { zh: string; en: string };
  by: readonly Role[];
  basis?: string;
  fields: F;
  records: EventType;
  /** `open`: only while the dispute is open; `closed`: only once it is closed. */
  when: 'open' | 'closed' | 'any';
  /** Says nothing about the course of the matter, so that it is never late. */
  aside?: true;
  /** Who may, beyond the role: an organisation with a part in it, the receiver of the handoff, anybody of the role. */
  who: 'organisation' | 'region' | 'receiver' | 'anyone';
  /** Whether the event belongs to the procedure that is named. */
  inProcedure?: true;
  guard?: (work: Work, body: BodyOf<F>, procedureId: string | null) => Refusal | null;
  /** What is recorded, where that is not the body as it stands. */
  perform?: (work: Work, body: BodyOf<F>, on: CivilDate, procedureId: string | null) => void;
  then?: (work: Work, body: BodyOf<F>, on: CivilDate, procedureId: string | null) => void;
  /** Offered through its own endpoint, or the engine's own: not listed among a caller's actions. */
  hidden?: true;
}

/** Keeps the body's type for `guard`, `perform` and `then`, and forgets it for the table. */
export const action = <const F extends Fields>(definition: DisputeAction<F>): DisputeAction =>
  definition as unknown as DisputeAction;

/** Everybody who works for a body. */
export const everyone: readonly Role[] = [
  'intake',
  'mediator',
  'adviser',
  'arbitrator',
  'case-officer',
  'court-clerk',
  'judge',
  'supervisor',
];
/** Those who keep the course of a matter. */
export const desk: readonly Role[] = [
  'intake',
  'mediator',
  'arbitrator',
  'case-officer',
  'court-clerk',
  'judge',
  'supervisor',
];
