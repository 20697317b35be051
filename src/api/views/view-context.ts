import type { Calendar } from '../../domain/calendar/calendar.js';
import type { Sight } from '../../domain/dispute/access.js';
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
  /** Values by reference as this reader may see them; one that is not there was erased, or is left out. */
  values: Readonly<Record<string, Json>>;
  /** References of values that are masked. */
  masked: ReadonlySet<string>;
  /** From where this reader looks at the dispute, and as which party, if as one. */
  sight: Sight;
  own: string | undefined;
}

/** The value that is kept beside the events, or null where there is none or it was erased. */
export const valueOf = (sealed: Sealed | null, { values }: Pick<ViewContext, 'values'>): Json =>
  sealed === null ? null : (values[sealed.ref] ?? null);

/** A body with its name. */
export const bodyView = ({ code, name }: Body, context: Pick<ViewContext, 'values'>) => ({
  code,
  name: valueOf(name, context),
});
