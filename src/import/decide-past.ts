import { actionFields, noFields, publicActions } from '../commands/action-fields.js';
import type { CommandService } from '../commands/contract.js';
import { newEvents, ownFrom, streamOf, type Issued } from '../commands/recording.js';
import { sealBody, sealText } from '../commands/seal.js';
import { writeOf } from '../commands/write.js';
import { dateOf } from '../domain/dispute/occurred.js';
import type { Requester, Role } from '../domain/dispute/context.js';
import { decide, type Decision, type Request } from '../domain/dispute/decide.js';
import type { DecidedEvent } from '../domain/dispute/event.js';
import type { Fields } from '../domain/dispute/fields.js';
import { register, registrationFields, type Registration } from '../domain/dispute/register.js';
import type { DisputeState } from '../domain/dispute/state.js';
import { targetOf } from '../domain/dispute/target.js';
import { actionSchema } from '../api/schemas/from-fields.js';
import type { AppendRequest, NewEvent, SealedValue } from '../store/contract.js';
import { pointerOf, type PastDispute, type PastFact } from './past-dispute.js';
import { refusedByDomain, rowRefused } from './refused-row.js';

export interface PastIdentity {
  disputeId: string;
  caseCode: string;
  commandId: string;
  fingerprint: string;
  /** The account that the import acts as. */
  account: string;
}

/** Erasing is no fact of the past; the engine's own acts and what has a door of its own are not among the public. */
const notImported = ['erase-subject', 'finish-backfill'];
const importable = new Set(publicActions().filter((action) => !notImported.includes(action)));

/**
 * Decides a whole dispute of the past as its commands would be, one after the other in the order of their dates, each by
 * the same `decide` under the same law; nothing is written. Answers the one append that records all of it.
 *
 * @throws RowRefused for the first command that is refused
 */
export const decidePast = (
  past: PastDispute,
  identity: PastIdentity,
  contextFor: CommandService['contextFor'],
): AppendRequest => {
  const { disputeId, caseCode, commandId, account } = identity;
  const { region, profile } = past.registration as { region: string; profile?: string };
  const values: SealedValue[] = [];
  const events: NewEvent[] = [];
  const record = (decided: readonly DecidedEvent[], by: Requester, firstOwn: number) => {
    const issued: Issued = { by, kind: 'service', commandId, correlationId: commandId };
    for (const event of newEvents(decided, issued, firstOwn)) events.push(event);
  };

  const registrar = requester(account, 'intake', past.organisation ?? null);
  const sealed = sealBody(registrationFields, { ...past.registration, backfill: true });
  values.push(...sealed.values);
  const registered = register(
    { disputeId, caseCode },
    sealed.body as Registration,
    contextFor(registrar, null, region, profile),
  );
  if ('code' in registered) throw refusedByDomain(registered, '/registration');
  record(registered.events, registrar, 0);
  let { state } = registered;

  const run = (request: Request, by: Requester, at: string) => {
    let decision: Decision;
    try {
      decision = decide(state, request, contextFor(by, state));
    } catch (error) {
      // A fault in the law's code: the row is named, and others go on.
      throw error instanceof RangeError || error instanceof TypeError ? rowRefused('failed', at) : error;
    }
    if (decision.late) throw rowRefused('not-importable', at);
    if (decision.refusal) throw refusedByDomain(decision.refusal, at);
    record(decision.events, by, ownFrom(decision.events));
    ({ state } = decision);
  };

  const inOrder = (past.facts ?? [])
    .map((fact, index) => ({ fact, at: `/facts/${index}` }))
    .sort((a, b) => (dateOf(a.fact.on) < dateOf(b.fact.on) ? -1 : dateOf(a.fact.on) > dateOf(b.fact.on) ? 1 : 0));
  for (const { fact, at } of inOrder) {
    const { request, sealed: own } = requestOf(fact, state, at);
    values.push(...own);
    run(request, actsAs(fact, state, account), at);
  }
  if (past.finish !== false) run({ action: 'finish-backfill', body: {} }, registrar, '/finish');

  const write = writeOf(null, state, contextFor(registrar, state));
  return {
    stream: streamOf(disputeId),
    expectedVersion: 0,
    headHash: null,
    headRecordedAt: null,
    command: { commandId, fingerprint: identity.fingerprint },
    events,
    values,
    // A dispute that is closed has no workflow that would have to know it.
    dispute: { ...write, planChanged: state.status !== 'closed' },
    refusal: null,
  };
};

const requestOf = (
  { action, on, body = {}, procedureId, note }: PastFact,
  state: DisputeState,
  at: string,
): { request: Request; sealed: SealedValue[] } => {
  if (!importable.has(action))
    throw rowRefused(notImported.includes(action) ? 'not-importable' : 'unknown-action', `${at}/action`);
  const fields: Fields = actionFields(state, action, procedureId);
  // An action that no procedure of the dispute has is refused by law, whatever its body.
  const read = fields === noFields ? { success: true as const, data: {} } : actionSchema(fields).safeParse(body);
  if (!read.success) throw rowRefused('invalid', `${at}/body${pointerOf(read.error.issues[0]?.path ?? [])}`);
  const { body: plain, values } = sealBody(fields, read.data);
  const text = note === undefined ? null : sealText('note', note);
  const request: Request = { action, body: plain, procedureId, occurredAt: on, note: text?.sealed };
  return { request, sealed: text ? [...values, text.value] : values };
};

/** The file's word stands for the body that acted: the first role that may act so, in the organisation concerned. */
const actsAs = (
  { action, body = {}, procedureId, as = {} }: PastFact,
  state: DisputeState,
  account: string,
): Requester => {
  const target = targetOf(state, { action, procedureId });
  const known = 'code' in target ? null : target;
  const role = as.role ?? known?.definition.by.find((one) => one !== 'party' && one !== 'system') ?? 'intake';
  return requester(account, role, as.organisation ?? concerned(known, body, state));
};

const concerned = (
  target: Exclude<ReturnType<typeof targetOf>, { code: unknown }> | null,
  body: Readonly<Record<string, unknown>>,
  state: DisputeState,
): string | null => {
  if (target?.scope === 'procedure') return target.procedure.organisations[0] ?? null;
  if (target?.definition.who === 'receiver')
    return state.handoffs[String(body['handoffId'])]?.to.code ?? state.registrar;
  const named = body['body'];
  const code = typeof named === 'object' && named !== null ? (named as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : (state.registrar ?? state.owner.organisation);
};

/** Supervises every region: where a command asks for the dispute's organisation or region, the import has it. */
const requester = (account: string, role: Role, organisation: string | null): Requester => ({
  account,
  roles: role === 'supervisor' ? [role] : [role, 'supervisor'],
  organisation,
  region: null,
});
