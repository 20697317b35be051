import type { Calendar } from '../../domain/calendar/calendar.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { Body, Sealed } from '../../domain/dispute/fields.js';
import type { Profile } from '../../domain/profiles/profile.js';
import type { Json } from '../../store/contract.js';

/** What a view depends on besides the state. */
export interface ViewContext {
  /** Instant. */
  now: string;
  /** Who reads. */
  by: Requester;
  calendar: Calendar;
  profile: Profile;
  /** Values by reference; one that is not there was erased. */
  values: Readonly<Record<string, Json>>;
}

/** The value that is kept beside the events, or null where there is none or it was erased. */
export const valueOf = (sealed: Sealed | null, { values }: Pick<ViewContext, 'values'>): Json =>
  sealed === null ? null : (values[sealed.ref] ?? null);

/** A body with its name. */
export const bodyView = ({ code, name }: Body, context: Pick<ViewContext, 'values'>) => ({
  code,
  name: valueOf(name, context),
});
