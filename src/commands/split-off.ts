import type { Sealed } from '../domain/dispute/fields.js';
import type { DisputeState, Party } from '../domain/dispute/state.js';
import type { EventStore, Json, RecordedEvent } from '../store/contract.js';
import type { Command, CommandResult, CommandService } from './contract.js';
import { disputeIdOf, engineCommandId } from './identity.js';

interface AddedMember {
  ref: string;
  name: Sealed;
  idNumber?: Sealed;
}

/** A member's own particulars, out of the event that added it. */
const memberIn = (history: readonly RecordedEvent[], ref: string): AddedMember | undefined =>
  history
    .filter(({ type }) => type === 'MembersAdded')
    .flatMap(({ data }) => data['members'] as unknown as AddedMember[])
    .find((member) => member.ref === ref);

const textOf = (values: Record<string, { value: Json }>, sealed: Sealed | null | undefined): string | undefined =>
  sealed ? (values[sealed.ref]?.value as string | undefined) : undefined;

/**
 * A member of a collective dispute goes on in a dispute of its own. Its history up to here stays where it is: the new
 * dispute refers to it by dispute and version. Registered first and then noted in the collective one, both under ids
 * made from the same command: done twice it is done once.
 */
export const splitOff = async (
  { commands, store }: { commands: CommandService; store: EventStore },
  command: Omit<Command, 'action' | 'body'> & { member: string; splitOn?: string },
): Promise<{ note: CommandResult; disputeId: string }> => {
  const { member, splitOn, ...common } = command;
  const registering = engineCommandId('split-off', command.commandId);
  const disputeId = disputeIdOf(registering);
  const noting: Command = {
    ...common,
    action: 'record-split-off',
    body: { member, disputeId, ...(splitOn ? { splitOn } : {}) },
  };
  // Asked before anything is written: what law, lifecycle or role has against it.
  const { read: _shownLater, ...unseen } = noting;
  const foreseen = await commands.run({ ...unseen, dryRun: true });
  const read = foreseen.status === 'done' ? await commands.read(command.disputeId) : null;
  const known = read ? memberIn(await commands.history(command.disputeId), member) : undefined;
  if (!read || !known)
    return {
      note: foreseen.status === 'done' ? { status: 'not-found' } : await replayed(commands, noting, foreseen),
      disputeId,
    };
  const { state } = read;
  const body = await registrationOf(store, state, known);
  const registered = await commands.register({
    body,
    by: command.by,
    kind: command.kind,
    commandId: registering,
    fingerprint: registering,
    correlationId: command.correlationId,
    splitFrom: { disputeId: state.id, version: state.version, member },
  });
  return { note: registered.status === 'done' ? await commands.run(noting) : registered, disputeId };
};

/** A repeat finds the member split off already: the recorded answer, if it was this command that did it. */
const replayed = async (commands: CommandService, noting: Command, foreseen: CommandResult): Promise<CommandResult> => {
  if (foreseen.status !== 'refused' || foreseen.refusal.code !== 'unknown-party') return foreseen;
  return commands.run(noting);
};

const registrationOf = async (
  store: EventStore,
  state: DisputeState,
  member: AddedMember,
): Promise<Record<string, unknown>> => {
  const respondents = state.parties.filter(({ role }) => role === 'respondent');
  const sealed = [
    state.title,
    member.name,
    member.idNumber,
    ...respondents.flatMap(({ name, phone, address }) => [name, phone, address]),
  ];
  const values = await store.values(
    state.id,
    sealed.flatMap((one) => (one ? [one.ref] : [])),
  );
  const respondent = (party: Party) => ({
    ref: party.ref,
    role: party.role,
    kind: party.kind,
    ...(party.capacity ? { capacity: party.capacity } : {}),
    name: textOf(values, party.name) ?? party.ref,
    ...(textOf(values, party.phone) ? { phone: textOf(values, party.phone) } : {}),
    ...(textOf(values, party.address) ? { address: textOf(values, party.address) } : {}),
  });
  const claimant = {
    ref: member.ref,
    role: 'claimant',
    capacity: 'worker',
    kind: 'person',
    name: textOf(values, member.name) ?? member.ref,
    ...(textOf(values, member.idNumber) ? { idNumber: textOf(values, member.idNumber) } : {}),
  };
  const { collective: _, ...facts } = state.facts;
  return {
    type: state.type,
    region: state.region,
    source: state.source,
    title: textOf(values, state.title) ?? state.caseCode,
    parties: [claimant, ...respondents.map(respondent)],
    claims: state.claims.map(({ kind, amount }) => ({ kind, ...(amount ? { amount } : {}) })),
    facts,
    profile: state.profile.code,
  };
};
