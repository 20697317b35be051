import { publishedCalendar, type Calendar } from '../../domain/calendar/calendar.js';
import { dateOf } from '../../domain/dispute/occurred.js';
import type { Deadline, DisputeState } from '../../domain/dispute/state.js';
import { profileOf } from '../../domain/profiles/profiles.js';
import { neverTravels } from '../../domain/handoff/parts.js';
import { ruleVersions } from '../../domain/rules/rule-book.js';
import { canonical } from '../../store/canonical.js';
import type { Json, RecordedEvent, ShownValue } from '../../store/contract.js';
import { referencesIn } from '../references.js';
import { documentFile, type CalendarsUsed, type Evidence, type ProvenValues, type RuleUsed } from './contract.js';

/** The files of a proof package, out of a dispute's events, state and values. */

/** One event a line: the members that are hashed, and both hashes, in the order of RFC 8785. */
export const eventLines = (events: readonly RecordedEvent[]): string =>
  events.map((event) => `${canonical(event)}\n`).join('');

/**
 * Kinds that never leave in a package, whoever asks: what was conceded for the sake of compromise, minutes and notes
 * (民诉解释107; 特邀调解规定22). Their commitments stay in the events.
 */
export const neverShown: readonly string[] = ['compromise-admission', 'mediation-minutes', 'minutes', 'note'];

/** Values as one reader may see them: itself, or a mask of it; what is in neither is withheld. */
export interface Visible {
  values: Readonly<Record<string, Json>>;
  masked: ReadonlySet<string>;
}

export const referencesOf = (events: readonly RecordedEvent[]): string[] => [
  ...new Set(events.flatMap(({ data }) => referencesIn(data).map(({ ref }) => ref))),
];

/** What each reference of the events stands for; a masked value has no salt, by which it could be guessed. */
export const provenValues = (
  refs: readonly string[],
  found: Readonly<Record<string, ShownValue & { salt: string }>>,
  { values, masked }: Visible,
): ProvenValues =>
  Object.fromEntries(
    refs.map((ref) => {
      const one = found[ref];
      if (!one) return [ref, { state: 'erased' }];
      const { kind, salt } = one;
      if (!Object.hasOwn(values, ref) || neverShown.includes(kind)) return [ref, { state: 'withheld', kind }];
      if (masked.has(ref)) return [ref, { state: 'withheld', kind, masked: values[ref]! }];
      return [ref, { state: 'shown', kind, salt, value: values[ref]! }];
    }),
  );

/** All documents; `included` are the SHA-256 of those whose bytes are in the package. */
export const evidenceOf = (state: DisputeState, included: ReadonlySet<string>): Evidence[] =>
  Object.values(state.documents).map(({ documentId, kind, sha256, size, mediaType, procedureId, addedAt }) => ({
    documentId,
    kind,
    sha256,
    size,
    mediaType,
    procedureId,
    addedOn: dateOf(addedAt),
    path: included.has(sha256) && mayTravel({ kind }) ? documentFile(sha256) : null,
  }));

export const mayTravel = ({ kind }: { kind: string }): boolean => !neverTravels.includes(kind);

type Started = Pick<Deadline, 'deadlineId' | 'rule' | 'ruleVersion' | 'basis' | 'confidence'>;

/** Each version of a rule that a period of the dispute has run under. */
export const rulesUsed = (state: DisputeState, events: readonly RecordedEvent[]): RuleUsed[] => {
  const used = new Map<string, RuleUsed>();
  for (const { type, data } of events) {
    if (type !== 'DeadlineStarted') continue;
    const { deadlineId, rule: code, ruleVersion: version, basis, confidence } = data as unknown as Started;
    const key = `${code}@${version}`;
    const known = used.get(key);
    if (known) {
      if (!known.deadlines.includes(deadlineId)) known.deadlines.push(deadlineId);
      continue;
    }
    const rule = ruleVersions(code).find((one) => one.version === version) ?? null;
    const title = rule?.title ?? serviceTitle(state, code);
    used.set(key, {
      code,
      version,
      law: basis?.law ?? null,
      article: basis?.article ?? null,
      confidence,
      title,
      deadlines: [deadlineId],
      rule,
    });
  }
  return [...used.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.version - b.version));
};

/** The title of a service level of our own, in the profile that the dispute has now. */
export const serviceTitle = ({ profile }: DisputeState, code: string): { zh: string; en: string } | null =>
  (
    profileOf(profile.code)?.serviceLevels as
      Readonly<Record<string, { title: { zh: string; en: string } }>> | undefined
  )?.[code]?.title ?? null;

/**
 * The holiday schedules of every calendar version that the dispute was counted by. A schedule that has been corrected since
 * is named as missing: only the one in force is kept.
 */
export const calendarsUsed = (
  state: DisputeState,
  events: readonly RecordedEvent[],
  calendar: Calendar,
): CalendarsUsed => {
  const versions = [...new Set([state.calendarVersion, ...events.flatMap(({ data }) => versionsIn(data))])].sort();
  const schedules = new Map(
    [...Object.values(publishedCalendar.years), ...Object.values(calendar.years)].map((year) => [year.version, year]),
  );
  const needed = new Set<string>();
  const described = versions.map((version) => {
    const [base, ...added] = version.split('+');
    const published = base === publishedCalendar.version ? Object.values(publishedCalendar.years) : null;
    const all = [...(published?.map((year) => year.version) ?? [base!]), ...added];
    const years = all.filter((one) => schedules.has(one));
    for (const one of years) needed.add(one);
    return { version, years, missing: all.filter((one) => !schedules.has(one)) };
  });
  const years = [...needed]
    .map((one) => schedules.get(one)!)
    .sort((a, b) => a.year - b.year || (a.version < b.version ? -1 : 1));
  return { versions: described, years };
};

const versionsIn = (data: Json): string[] => {
  if (typeof data !== 'object' || data === null) return [];
  if (Array.isArray(data)) return data.flatMap(versionsIn);
  return Object.entries(data).flatMap(([name, value]) =>
    name === 'calendarVersion' && typeof value === 'string' ? [value] : versionsIn(value),
  );
};
