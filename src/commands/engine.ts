import { createHash } from 'node:crypto';
import { plan, planCode, type Plan, type PlannedObligation } from '../domain/plan/plan.js';
import { nextToInvite } from '../domain/procedures/pre-filing-mediation.js';
import type { Fields } from '../domain/dispute/fields.js';
import { refusals } from '../domain/dispute/refusal.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { canonical } from '../store/canonical.js';
import type { DriveStore, EventStore, RecordedEvent } from '../store/contract.js';
import { noFields } from './action-fields.js';
import { createBodies, type Bodies } from './bodies.js';
import { engineRequester } from './recording.js';
import type { CommandResult, CommandService, Drive, Engine, Read, ServiceAnswer, ServiceCommand } from './contract.js';
import { engineCommandId } from './identity.js';
import { callersFrom, hasPersonalField, isValidBody, type ServiceCallers } from './service-callers.js';

/** Most events a drive tells of; beyond that the plan alone stands. */
const maxTransitions = 50;

export interface EngineOptions {
  commands: CommandService;
  store: Pick<EventStore, 'epoch' | 'readStream'>;
  drives: Pick<DriveStore, 'acknowledge' | 'setting' | 'setSetting'>;
  clock?: () => Date;
  /** Bodies that have an account here; default those noted in the settings. */
  bodies?: Pick<Bodies, 'has'>;
  /** Service identities by caller; default those of `ACCORD_SERVICE_CALLERS`, then of the setting `service-callers`. */
  callers?: () => Promise<ServiceCallers> | ServiceCallers;
}

/** Somebody else kept changing the dispute in between: to be tried again. */
export class EngineBusy extends Error {
  override readonly name = 'EngineBusy';
}

/** The engine may not do what its own plan says: a fault of the program, to be seen and not to be taken for done. */
export class EngineRefused extends Error {
  override readonly name = 'EngineRefused';
}

/** What the engine does, as its activities ask for it: see `Engine`. */
export const createEngine = (options: EngineOptions): Engine => {
  const { commands, store, drives, clock = () => new Date() } = options;
  const bodies = options.bodies ?? createBodies(drives);
  const callers = options.callers ?? (async () => callersFrom(process.env, await drives.setting('service-callers')));

  const planFor = ({ state }: Read): Plan => plan(state, commands.contextFor(engineRequester, state).calendar);

  const letTimePass: Engine['letTimePass'] = async (disputeId, at) => {
    if (clock().getTime() < Date.parse(at)) {
      const read = await commands.read(disputeId);
      return read ? { status: 'too-early', version: read.state.version } : { status: 'not-found', version: 0 };
    }
    const passed = await commands.passTime(disputeId, at);
    if (!passed) return { status: 'not-found', version: 0 };
    return { status: passed.appended ? 'passed' : 'nothing-due', version: passed.version };
  };

  /** One act of the engine's own. Repeated on the same version it is one command; later, the domain says it is done. */
  const record = (
    { state }: Read,
    obligation: PlannedObligation,
    action: string,
    body: Record<string, unknown>,
  ): Promise<CommandResult> => {
    const commandId = engineCommandId('carry-out', state.id, obligation.id, String(state.version));
    return commands.run({
      disputeId: state.id,
      action,
      body,
      procedureId: obligation.procedureId ?? undefined,
      by: engineRequester,
      kind: 'engine',
      commandId,
      fingerprint: 'engine',
      correlationId: commandId,
    });
  };

  const perform = async (read: Read, obligation: PlannedObligation): Promise<CommandResult | 'undeliverable'> => {
    switch (obligation.kind) {
      case 'invite': {
        const candidate = candidateOf(read.state, obligation);
        const { subject: seat } = obligation;
        return record(read, obligation, 'record-invitation', { seat, account: candidate });
      }
      case 'remind': {
        const deadlineId = obligation.id.replace(/^remind:/, '').replace(/:\d+$/, '');
        return record(read, obligation, 'record-warning', { deadlineId });
      }
      case 'deliver-handoff': {
        const handoff = read.state.handoffs[obligation.handoffId!]!;
        // In the inbox of a body with an account here it lies ready; anywhere else nothing can be proved.
        if (!(await bodies.has(handoff.to.code))) return 'undeliverable';
        return record(read, obligation, 'record-delivery', { handoffId: handoff.handoffId });
      }
      default:
        throw new TypeError('a clock is not carried out: time passes');
    }
  };

  const carryOut: Engine['carryOut'] = async (disputeId, obligationId) => {
    const read = await commands.read(disputeId);
    if (!read) return { status: 'gone', version: 0 };
    const { version } = read.state;
    const obligation = planFor(read).obligations.find(({ id }) => id === obligationId);
    if (!obligation) return { status: 'gone', version };
    if (clock().getTime() < Date.parse(obligation.at)) return { status: 'undeliverable', version };
    if (clockKinds.has(obligation.kind)) {
      const passed = await letTimePass(disputeId, obligation.at);
      return { status: passed.status === 'passed' ? 'done' : 'gone', version: passed.version };
    }
    const result = await perform(read, obligation);
    if (result === 'undeliverable') return { status: 'undeliverable', version };
    switch (result.status) {
      case 'done':
        return { status: 'done', version: result.state.version };
      case 'refused':
        if (refusals[result.refusal.code].as === 'forbidden') throw new EngineRefused(result.refusal.code);
        return { status: 'gone', version: result.version };
      case 'version-conflict':
      case 'key-reused':
        throw new EngineBusy('the dispute keeps changing');
      case 'not-found':
        return { status: 'gone', version };
    }
  };

  const transitionsSince = async (
    disputeId: string,
    { drivenVersion, planVersion }: Read,
  ): Promise<Drive['transitions']> => {
    if (drivenVersion >= planVersion) return [];
    if (planVersion - drivenVersion > maxTransitions) return null;
    const events = await store.readStream(`dispute-${disputeId}`, {
      from: drivenVersion + 1,
      to: planVersion,
    });
    return events.map(({ version, type, procedureId, data }) => ({
      version,
      type,
      procedureId,
      step: typeof data['step'] === 'string' ? data['step'] : null,
    }));
  };

  const planOf: Engine['planOf'] = async (disputeId) => {
    const read = await commands.read(disputeId);
    if (!read) return null;
    const [epoch, transitions] = await Promise.all([store.epoch(), transitionsSince(disputeId, read)]);
    return { disputeId, epoch, version: read.planVersion, plan: planFor(read), transitions };
  };

  const command: Engine['command'] = async (request) => {
    const identity = (await callers())[request.caller];
    if (!identity) return { status: 'refused', code: 'not-your-role' };
    const { disputeId, action, procedureId, caller, key } = request;
    const commandId = engineCommandId('service', caller, disputeId, key);
    try {
      const result = await commands.run({
        disputeId,
        action,
        body: (fields) => serviceBody(fields, request.body),
        procedureId,
        by: { account: caller, ...identity },
        kind: 'service',
        commandId,
        fingerprint: fingerprintOf(request),
        correlationId: commandId,
      });
      return answerOf(result);
    } catch (error) {
      if (error instanceof Unfit) return { status: 'refused', code: error.code };
      throw error;
    }
  };

  return {
    letTimePass,
    carryOut,
    planOf,
    acknowledge: (disputeId, version) => drives.acknowledge(disputeId, version, planCode),
    command,
  };
};

const clockKinds = new Set<PlannedObligation['kind']>(['time-passes', 'await-answer', 'await-receipt', 'follow-up']);

/** A body that is not for this door. */
class Unfit extends Error {
  constructor(readonly code: 'not-your-role' | 'invalid-request') {
    super(code);
  }
}

const serviceBody = (fields: Fields, body: Record<string, unknown>): Record<string, unknown> => {
  // An action that no procedure of the dispute has is refused by law, whatever its body.
  if (fields === noFields) return {};
  if (hasPersonalField(fields)) throw new Unfit('not-your-role');
  if (!isValidBody(fields, body)) throw new Unfit('invalid-request');
  return body;
};

const candidateOf = (state: DisputeState, { procedureId, subject, attempt }: PlannedObligation): string => {
  const procedure = state.procedures[procedureId!]!;
  return nextToInvite({ procedure }).find((one) => one.seat === subject && one.attempt === attempt)!.account;
};

const fingerprintOf = ({ action, procedureId, body }: ServiceCommand): string =>
  createHash('sha256')
    .update(canonical({ action, procedureId: procedureId ?? null, body }))
    .digest('hex');

const typesOf = (events: readonly RecordedEvent[]) => events.map(({ version, type }) => ({ version, type }));

const answerOf = (result: CommandResult): ServiceAnswer => {
  switch (result.status) {
    case 'done':
      return {
        status: 'done',
        version: result.events.at(-1)?.version ?? result.state.version,
        events: typesOf(result.events),
      };
    case 'refused':
      return { status: 'refused', code: result.refusal.code };
    case 'version-conflict':
      return { status: 'refused', code: 'version-conflict' };
    case 'key-reused':
      return { status: 'refused', code: 'idempotency-key-reused' };
    case 'not-found':
      return { status: 'refused', code: 'not-found' };
  }
};
