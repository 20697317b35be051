import { publishedCalendar, type Calendar } from '../domain/calendar/calendar.js';
import { instantOf as instantOfMillis } from '../domain/calendar/civil-date.js';
import { maySee } from '../domain/dispute/access.js';
import { decide, letTimePass, type Decision, type Request } from '../domain/dispute/decide.js';
import { decideLate } from '../domain/dispute/late.js';
import { foldVersion } from '../domain/dispute/event.js';
import { fold } from '../domain/dispute/evolve.js';
import type { Fields } from '../domain/dispute/fields.js';
import { register, registrationFields, type Registration } from '../domain/dispute/register.js';
import { refuse } from '../domain/dispute/refusal.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { actionExists } from '../domain/dispute/target.js';
import { defaultProfile, profileForRegion, profileOf } from '../domain/profiles/profiles.js';
import { ruleBook, type RuleBook } from '../domain/rules/rule-book.js';
import type {
  AppendRequest,
  AppendResult,
  DocumentRow,
  EventStore,
  Loaded,
  PriorCommand,
  RecordedEvent,
  SealedValue,
  ShownValue,
} from '../store/contract.js';
import { actionFields } from './action-fields.js';
import type { Command, CommandResult, CommandService } from './contract.js';
import { erasedBy } from './erase.js';
import { readHistory } from './history.js';
import { caseCodeOf, disputeIdOf } from './identity.js';
import { engineRequester, foreseen, newEvents, ownFrom, refusalEvent, streamOf } from './recording.js';
import { sealBody, sealText } from './seal.js';
import { writeOf } from './write.js';

/** How often a command is decided again when somebody else's was appended in between; then the caller must look anew. */
const attempts = 8;

export interface CommandServiceOptions {
  store: EventStore;
  clock?: () => Date;
  /** The calendar and rules in force; a dispute's own pinned versions are recorded in its first event. */
  calendar?: () => Calendar;
  rules?: () => RuleBook;
}

/** The only way anything changes: command → pure `decide` → append. */
export const createCommandService = (options: CommandServiceOptions): CommandService => {
  const { store, clock = () => new Date(), calendar = () => publishedCalendar, rules = () => ruleBook } = options;
  const now = () => instantOfMillis(clock().getTime());

  const contextFor: CommandService['contextFor'] = (by, state, region, profile) => ({
    now: now(),
    by,
    calendar: calendar(),
    rules: rules(),
    profile: state
      ? (profileOf(state.profile.code) ?? defaultProfile)
      : ((profile === undefined ? undefined : profileOf(profile)) ?? profileForRegion(region ?? '100000')),
  });

  const stateOf = async (loaded: Loaded, disputeId: string): Promise<DisputeState | null> => {
    if (!loaded.snapshot) return null;
    if (loaded.snapshot.foldVersion === foldVersion) return loaded.snapshot.state as unknown as DisputeState;
    return fold(await history(disputeId));
  };

  const history = (disputeId: string): Promise<RecordedEvent[]> => readHistory(store, disputeId);

  const replay = async (
    prior: PriorCommand,
    fingerprint: string,
    state: DisputeState | null,
    values: Record<string, ShownValue>,
  ): Promise<CommandResult> => {
    if (prior.fingerprint !== fingerprint) return { status: 'key-reused' };
    if (!state) return { status: 'not-found' };
    const events = await store.readStream(prior.stream, { from: prior.firstVersion, to: prior.lastVersion });
    // The first answer again: what the dispute was then, whatever has happened to it since.
    const then =
      state.version === prior.lastVersion
        ? state
        : fold((await history(state.id)).filter(({ version }) => version <= prior.lastVersion))!;
    return { status: 'done', replayed: true, state: then, events, values, readRecorded: false };
  };

  const append = (
    loaded: Loaded,
    disputeId: string,
    rest: Pick<AppendRequest, 'command' | 'events' | 'values' | 'dispute' | 'refusal' | 'documents' | 'erase' | 'read'>,
  ): Promise<AppendResult> =>
    store.append({
      stream: streamOf(disputeId),
      expectedVersion: loaded.snapshot?.version ?? 0,
      headHash: loaded.snapshot?.headHash ?? null,
      headRecordedAt: loaded.snapshot?.headRecordedAt ?? null,
      documents: [],
      ...rest,
    });

  const shown = (
    values: Record<string, ShownValue>,
    added: readonly SealedValue[],
    erased: readonly string[] = [],
  ): Record<string, ShownValue> => {
    const all = { ...values };
    for (const { ref, kind, subject, value, inView } of added) if (inView) all[ref] = { kind, subject, value };
    for (const [ref, { subject }] of Object.entries(values))
      if (subject !== null && erased.includes(subject)) delete all[ref];
    return all;
  };

  const decideCommand = async (
    command: Command,
    state: DisputeState,
  ): Promise<{ decision: Decision; values: SealedValue[] }> => {
    const context = contextFor(command.by, state);
    const fields: Fields = actionFields(state, command.action, command.procedureId);
    const given = typeof command.body === 'function' ? command.body(fields) : command.body;
    const { body, values } = sealBody(fields, given);
    const note = command.note === undefined ? undefined : sealText('note', command.note);
    const request: Request = {
      action: command.action,
      body,
      procedureId: command.procedureId,
      occurredAt: command.occurredAt,
      documentId: command.documentId,
      note: note?.sealed,
    };
    let decision = decide(state, request, context);
    if (decision.late) decision = decideLate(await history(state.id), state, request, context);
    return { decision, values: note ? [...values, note.value] : values };
  };

  const attempt = async (command: Command, documents: DocumentRow[]): Promise<CommandResult | 'again'> => {
    const loaded = await store.load(command.disputeId, command.dryRun ? null : command.commandId);
    const state = await stateOf(loaded, command.disputeId);
    if (!state || !loaded.snapshot) return { status: 'not-found' };
    if (!maySee(command.by, state))
      return { status: 'refused', refusal: refuse('not-your-region'), version: state.version };
    if (loaded.prior) return replay(loaded.prior, command.fingerprint, state, loaded.values);
    if (command.ifMatch !== undefined && command.ifMatch !== state.version) {
      const since = await store.readStream(streamOf(state.id), { from: command.ifMatch + 1, limit: 50 });
      return { status: 'version-conflict', version: state.version, since };
    }
    const { decision, values } = await decideCommand(command, state);
    const events = newEvents(decision.events, command, ownFrom(decision.events));
    const erase = erasedBy(decision.events);
    if (command.dryRun) {
      if (decision.refusal) return { status: 'refused', refusal: decision.refusal, version: state.version };
      return {
        status: 'done',
        replayed: false,
        state: decision.state,
        events: foreseen(streamOf(state.id), state.version, events, now()),
        values: shown(loaded.values, values, erase),
        readRecorded: false,
      };
    }
    const read = decision.refusal ? null : (command.read?.(decision.state) ?? null);
    const result = await append(loaded, state.id, {
      command: decision.refusal ? null : { commandId: command.commandId, fingerprint: command.fingerprint },
      events,
      values: decision.refusal ? [] : values,
      dispute: events.length === 0 ? null : writeOf(state, decision.state, contextFor(command.by, state)),
      refusal: decision.refusal ? refusalEvent(command, decision.refusal, now()) : null,
      documents: decision.refusal ? [] : documents,
      erase,
      read,
    });
    if (result.status === 'conflict') return 'again';
    if (result.status === 'duplicate') return 'again';
    if (decision.refusal) return { status: 'refused', refusal: decision.refusal, version: result.version };
    return {
      status: 'done',
      replayed: false,
      state: decision.state,
      events: result.events,
      values: shown(loaded.values, values, erase),
      readRecorded: read !== null,
    };
  };

  return {
    now,
    contextFor,
    history,

    register: async (command) => {
      const disputeId = disputeIdOf(command.commandId);
      const region = command.body['region'] as string;
      const profile = command.body['profile'] as string | undefined;
      const context = contextFor(command.by, null, region, profile);
      const loaded = await store.load(disputeId, command.commandId, { caseNumber: true });
      const known = await stateOf(loaded, disputeId);
      if (loaded.prior) return replay(loaded.prior, command.fingerprint, known, loaded.values);
      const { body, values } = sealBody(registrationFields, command.body);
      const year = ((body['receivedOn'] as string | undefined) ?? context.now).slice(0, 4);
      const caseCode = caseCodeOf(region, year, loaded.caseNumber ?? 0);
      const registered = register(
        { disputeId, caseCode, ...(command.splitFrom ? { splitFrom: command.splitFrom } : {}) },
        body as Registration,
        context,
      );
      if ('code' in registered) return { status: 'refused', refusal: registered, version: 0 };
      const read = command.read?.(registered.state) ?? null;
      const result = await append(loaded, disputeId, {
        command: { commandId: command.commandId, fingerprint: command.fingerprint },
        events: newEvents(registered.events, command, 0),
        values,
        dispute: writeOf(null, registered.state, context),
        refusal: null,
        read,
      });
      if (result.status === 'appended')
        return {
          status: 'done',
          replayed: false,
          state: registered.state,
          events: result.events,
          values: shown({}, values),
          readRecorded: read !== null,
        };
      // The same registration, at once from two sides: the other one is the answer.
      const again = await store.load(disputeId, command.commandId);
      const state = await stateOf(again, disputeId);
      return again.prior ? replay(again.prior, command.fingerprint, state, again.values) : { status: 'not-found' };
    },

    run: async (command, documents = []) => {
      if (!actionExists(command.action)) return { status: 'not-found' };
      for (let tries = 0; tries < attempts; tries += 1) {
        const result = await attempt(command, documents);
        if (result !== 'again') return result;
      }
      const { snapshot } = await store.load(command.disputeId, null);
      return { status: 'version-conflict', version: snapshot?.version ?? 0, since: [] };
    },

    passTime: async (disputeId, at) => {
      for (let tries = 0; tries < attempts; tries += 1) {
        const loaded = await store.load(disputeId, null);
        const state = await stateOf(loaded, disputeId);
        if (!state) return null;
        const context = contextFor(engineRequester, state);
        const decision = letTimePass(state, at, context);
        if (decision.events.length === 0) return { appended: false, version: state.version };
        const commandId = `time:${disputeId}:${at}`;
        const identity = {
          by: engineRequester,
          kind: 'engine' as const,
          commandId,
          correlationId: commandId,
        };
        const result = await append(loaded, disputeId, {
          command: null,
          events: newEvents(decision.events, identity, 0),
          values: [],
          dispute: writeOf(state, decision.state, context),
          refusal: null,
        });
        if (result.status === 'appended') return { appended: true, version: result.version };
      }
      // Others keep appending: whatever they append lets the same time pass first.
      return { appended: false, version: (await store.load(disputeId, null)).snapshot?.version ?? 0 };
    },

    read: async (disputeId) => {
      const loaded = await store.load(disputeId, null);
      const state = await stateOf(loaded, disputeId);
      if (!state || !loaded.snapshot) return null;
      const { planVersion, drivenVersion } = loaded.snapshot;
      return { state, values: loaded.values, planVersion, drivenVersion };
    },
  };
};
