import { publishedCalendar } from '../../domain/calendar/calendar.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { ShownValue } from '../../store/contract.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { disputeView } from '../views/dispute-view.js';
import { visibleValues } from '../views/masking.js';
import type { ViewContext } from '../views/view-context.js';

interface Shown {
  state: DisputeState;
  values: Record<string, ShownValue>;
}

/** What the views need to show a dispute to this reader now: values only as this reader may see them. */
export const viewContext = (deps: ApiDependencies, by: Requester, { state, values }: Shown): ViewContext => {
  const { profile } = deps.commands.contextFor(by, state);
  return {
    now: deps.commands.now(),
    by,
    calendar: (deps.calendar ?? (() => publishedCalendar))(),
    profile,
    ...visibleValues(by, state, values),
  };
};

/** The dispute as this reader may see it now. */
export const viewOf = (deps: ApiDependencies, by: Requester, shown: Shown) =>
  disputeView(shown.state, viewContext(deps, by, shown));
