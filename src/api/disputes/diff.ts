import { z } from 'zod';
import { knownBy } from '../../domain/dispute/as-of.js';
import { difference, lawBehind, type Caused } from '../../domain/dispute/difference.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { Thing } from '../../domain/dispute/things.js';
import type { Read } from '../../commands/contract.js';
import type { RecordedEvent } from '../../store/contract.js';
import type { Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import type { Language } from '../http/language.js';
import { invalid } from '../http/problem.js';
import { pageOf, pageQuery, readQuery } from '../http/read.js';
import { recordShown, type Reader } from '../http/reads.js';
import { instant } from '../schemas/from-fields.js';
import { disputeView } from '../views/dispute-view.js';
import { inQueryText, notInFuture, pastContext, shownPast } from './as-of.js';
import { readDispute } from './read.js';

const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const place = z.union([version, inQueryText(instant)], { error: '0…999999999 | RFC 3339 + offset' });

export const diffQuery = z.strictObject({
  from: place.meta({
    description:
      '版本号（0 为登记之前）或记录时点 · a version, 0 being before the first event, or an instant of recording',
  }),
  to: place.optional().meta({ description: '同上；缺省为现在 · the same; by default the version that now is' }),
  ...pageQuery,
});

/** The most events that one change names. */
const mostCauses = 20;

/** The version that stood at a place of the stream. Throws `invalid-request`, `date-in-future`. */
const versionAt = (history: readonly RecordedEvent[], at: number | string, pointer: string, now: string) => {
  if (typeof at === 'string') {
    notInFuture(pointer, at, now);
    return knownBy(history, at).length;
  }
  if (at > history.length) throw invalid(pointer, `当前版本为 ${history.length}`, `The version is ${history.length}`);
  return at;
};

type Shown = Record<string, unknown>;

/** Where the things of a dispute stand in its view, by thing and id. */
const shownIn = (view: ReturnType<typeof disputeView>): Map<string, Shown> => {
  const all: [Thing, string, Shown][] = [
    ['dispute', view.id, view],
    ['owner', view.id, view.owner],
    ...view.parties.map((one): [Thing, string, Shown] => ['party', one.ref, one]),
    ...view.claims.map((one, index): [Thing, string, Shown] => ['claim', String(index + 1), one]),
    ...Object.entries(view.facts).map(([name, value]): [Thing, string, Shown] => ['fact', name, { value }]),
    ...view.procedures.map((one): [Thing, string, Shown] => ['procedure', one.id, one]),
    ...view.deadlines.map((one): [Thing, string, Shown] => ['deadline', one.deadlineId, one]),
    ...view.handoffs.map((one): [Thing, string, Shown] => ['handoff', one.handoffId, one]),
    ...view.notices.map((one): [Thing, string, Shown] => ['notice', `${one.procedureId}:${one.notice}`, one]),
    ...view.documents.map((one): [Thing, string, Shown] => ['document', one.documentId, { ...one }]),
    ...(view.alert ? [['alert', view.id, { ...view.alert }] as [Thing, string, Shown]] : []),
  ];
  return new Map(all.map(([thing, id, shown]) => [`${thing} ${id}`, shown]));
};

/** The same for the members of a collective, who are no part of the view: how they stand, for who deals with the dispute. */
const membersIn = ({ collective }: DisputeState): [string, Shown][] =>
  Object.entries(collective?.members ?? {}).map(([ref, member]) => [
    `member ${ref}`,
    { ...member, representative: collective!.representatives.includes(ref) },
  ]);

const causeView = (event: RecordedEvent, state: DisputeState, versions: ReadonlyMap<string, number>) => ({
  version: event.version,
  type: event.type,
  actor: { kind: event.actor.kind, role: event.actor.role },
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  recordedLate: event.data['recordedLate'] === true,
  procedureId: event.procedureId,
  followsFrom: event.causationId === null ? null : (versions.get(event.causationId) ?? null),
  ...lawBehind(event, state),
});

/**
 * What is otherwise at one version of the dispute than at another, and why. Values are those of the two views, as this
 * reader may see them today; what the reader may not see at all is not named. A thing that came or went stands whole,
 * its `member` null.
 */
export const showDifference = async (
  deps: ApiDependencies,
  id: string,
  query: unknown,
  reader: Reader,
  language: Language,
): Promise<Answer> => {
  const { from, to, ...page } = readQuery(diffQuery, query, language);
  const present = await readDispute(deps, id, reader.requester);
  const history = await deps.commands.history(present.state.id);
  const now = deps.commands.now();
  const [first, last] = [
    versionAt(history, from, '?from', now),
    to === undefined ? history.length : versionAt(history, to, '?to', now),
  ];
  if (first > last) throw invalid('?from', '不得晚于 to', 'Must not be later than `to`');
  const { before, after, changes } = difference(history, first, last);
  await recordShown(deps, reader, 'view', [present.state]);
  const [was, is] = [
    shownAt(deps, reader, present, before, history[first - 1]),
    shownAt(deps, reader, present, after, history[last - 1]),
  ];
  const versions = new Map(history.map(({ eventId, version }) => [eventId, version]));
  const visible = changes.flatMap((change) => {
    const values = valuesOf(change, was, is);
    return values ? [{ change, values }] : [];
  });
  const { items, nextCursor } = pageOf(visible, page);
  return {
    body: {
      from: { version: first, recordedAt: history[first - 1]?.recordedAt ?? null },
      to: { version: last, recordedAt: history[last - 1]?.recordedAt ?? null },
      items: items.map(({ change: { thing, id, member, because }, values }) => ({
        thing,
        id,
        member,
        ...values,
        because: because.slice(-mostCauses).map((one) => causeView(history[one - 1]!, present.state, versions)),
        earlierCauses: Math.max(0, because.length - mostCauses),
      })),
      nextCursor,
    },
  };
};

/** The things as this reader may see them in a state that ended with an event. */
const shownAt = (
  deps: ApiDependencies,
  reader: Reader,
  present: Read,
  state: DisputeState | null,
  event: RecordedEvent | undefined,
): Map<string, Shown> => {
  if (!state || !event) return new Map();
  const past = shownPast(state, present);
  const context = pastContext(deps, reader, present, past, event.recordedAt);
  const shown = shownIn(disputeView(past, context));
  if (context.sight === 'acts' || context.sight === 'supervises')
    for (const [key, member] of membersIn(past)) shown.set(key, member);
  return shown;
};

/** Before and after as they are shown; null where neither is. */
const valuesOf = ({ thing, id, member }: Caused, was: Map<string, Shown>, is: Map<string, Shown>) => {
  const [one, other] = [was.get(`${thing} ${id}`), is.get(`${thing} ${id}`)];
  if (member === null) return one || other ? { before: one ?? null, after: other ?? null } : null;
  const isShown = [one, other].some((shown) => shown !== undefined && member in shown);
  return isShown ? { before: one?.[member] ?? null, after: other?.[member] ?? null } : null;
};
