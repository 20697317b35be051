import { isCivilDate } from '../calendar/civil-date.js';
import { profileOf } from '../profiles/profiles.js';
import type { DecideContext } from './context.js';
import { endOfDay } from './deadlines.js';
import { letTimePass } from './decide.js';
import type { HistoricEvent } from './event.js';
import { fold } from './evolve.js';
import { dateOf, hasOccurred } from './occurred.js';
import { replay } from './replay.js';
import type { DisputeState, Occurred } from './state.js';
import { instantOf, isAfter } from './work.js';

/**
 * A dispute has two times: when something occurred, and when it was recorded. What was known at an instant is the fold
 * of what had been recorded by then. What is known to have been true at a moment is the same stream with every fact in
 * its place: late ones where they belong, wrong ones as corrected, void ones gone.
 */

/** An event with the instant at which it was recorded. */
export type RecordedFact = HistoricEvent & { recordedAt: string };

/** What had been recorded by an instant. */
export const knownBy = <E extends RecordedFact>(history: readonly E[], instant: string): E[] =>
  history.filter(({ recordedAt }) => !isAfter(recordedAt, instant));

/** The last instant of a moment: of a civil date 24:00, Asia/Shanghai. */
export const endOf = (moment: Occurred): string => (isCivilDate(moment) ? endOfDay(moment) : moment);

/** What had occurred by a moment. What follows from a fact or an elapse goes with it. */
const occurredBy = (history: readonly HistoricEvent[], moment: Occurred): HistoricEvent[] => {
  const taken = new Set<string>();
  return history.filter(({ type, occurredAt, eventId, causationId }) => {
    // A period passes at 24:00 of its last day: with that day, not with the next.
    const own =
      type === 'DeadlineElapsed' ? !isAfter(instantOf(occurredAt), endOf(moment)) : hasOccurred(occurredAt, moment);
    const took = causationId === null ? own : taken.has(causationId);
    if (took) taken.add(eventId);
    return took;
  });
};

const earliest = (dates: readonly string[]): string => dates.reduce((one, other) => (one < other ? one : other));

/** The first day about which an event says something else than was recorded before it; null for all other events. */
const disturbs = (history: readonly HistoricEvent[], { type, occurredAt, data }: HistoricEvent) => {
  const dayOf = (version: unknown): string => dateOf(history[(version as number) - 1]!.occurredAt);
  switch (type) {
    case 'FactCorrected':
      return earliest([dayOf(data['supersedes']), ...[data['value'], data['before']].map(String).filter(isCivilDate)]);
    case 'DisputeFactCorrected':
      return dayOf(1);
    case 'DisputeReopened': {
      const voids = (data['voids'] as number[] | undefined) ?? [];
      return voids.length === 0 ? null : earliest(voids.map(dayOf));
    }
    default:
      return data['recordedLate'] === true ? dateOf(occurredAt) : null;
  }
};

/**
 * Whether the events as recorded, up to a moment, tell the course of things up to it: nothing recorded later says
 * otherwise, unless all that it was said of lies in the moment's past, and so do the events that set it right.
 */
const isInOrder = (history: readonly HistoricEvent[], selected: ReadonlySet<number>, moment: Occurred) =>
  history.every((event) => {
    const from = disturbs(history, event);
    if (from === null || dateOf(moment) < from) return true;
    return history.slice(0, event.version).every(({ version }) => selected.has(version));
  });

/** A state at a moment, and the versions of recorded facts that could not be placed in its course. */
export interface StateAt {
  state: DisputeState;
  unplaced: number[];
}

/**
 * The dispute as, by this history, it stood at a moment: an instant, or a civil date meaning the end of that day. Legal
 * time has passed up to it: what was due by then has elapsed. `version` is that of the last event of the history. Where
 * facts were recorded late or corrected, they are decided again in the order in which they occurred, under the rules and
 * calendar of the context; a fact that these would not allow is left out and named in `unplaced`.
 *
 * Null where the dispute did not exist yet. `context.now` bounds the time that passes.
 */
export const stateAt = (
  history: readonly HistoricEvent[],
  moment: Occurred,
  context: DecideContext,
): StateAt | null => {
  const selected = occurredBy(history, moment);
  if (selected[0]?.version !== 1) return null;
  const { version } = history.at(-1)!;
  const until = isAfter(endOf(moment), context.now) ? context.now : endOf(moment);
  if (isInOrder(history, new Set(selected.map((event) => event.version)), moment)) {
    const stood = fold(selected)!;
    const profile = profileOf(stood.profile.code) ?? context.profile;
    const { state } = letTimePass(stood, until, { ...context, profile });
    return { state: { ...state, version }, unplaced: [] };
  }
  // While a past matter is being typed in, time has come as far as its facts have.
  const known = fold(history)!;
  const reached = known.backfill && isAfter(until, instantOf(known.lastFact)) ? instantOf(known.lastFact) : until;
  const { state, impossible } = replay(history, { upTo: moment, tolerant: true }, context, reached);
  const documents = Object.entries(state.documents).filter(([, { addedAt }]) => hasOccurred(addedAt, moment));
  return {
    state: { ...state, version, documents: Object.fromEntries(documents) },
    unplaced: impossible.map((event) => event.version),
  };
};
