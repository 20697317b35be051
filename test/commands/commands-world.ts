import { randomUUID } from 'node:crypto';
import { createCommandService } from '../../src/commands/command-service.js';
import type { CommandService } from '../../src/commands/contract.js';
import type { CommandResult } from '../../src/commands/contract.js';
import { withPapers, type CastMember, type Step } from '../../src/demo/story.js';
import type { Requester } from '../../src/domain/dispute/context.js';
import type { DriveStore, EventStore } from '../../src/store/contract.js';
import { createDriveStore } from '../../src/store/drive-store.js';
import { createEventStore } from '../../src/store/event-store.js';
import { storeDatabase, type StoreDatabase } from '../store/database.js';

/** Commands over a database of its own, with a clock that the test moves. */
export interface CommandsWorld {
  db: StoreDatabase;
  store: EventStore;
  drives: DriveStore;
  commands: CommandService;
  clock: () => Date;
  setClock(instant: string): void;
  /** Runs one action; throws unless it is done. Answers the state's version. */
  act(
    disputeId: string,
    who: CastMember,
    action: string,
    body: Record<string, unknown>,
    more?: { procedureId?: string; occurredAt?: string },
  ): Promise<Extract<CommandResult, { status: 'done' }>>;
  /** Tells the steps; answers the dispute's id. */
  tell(steps: readonly Step[]): Promise<string>;
  typesAfter(disputeId: string, version: number): Promise<string[]>;
}

export const requesterOf = ({ userId, roles, organisation, region }: CastMember): Requester => ({
  account: userId,
  roles,
  organisation,
  region,
});

const identity = () => ({ kind: 'person' as const, commandId: randomUUID(), fingerprint: 'f', correlationId: 'test' });

export const openCommands = async (name: string, at: string): Promise<CommandsWorld> => {
  const db = await storeDatabase(name);
  let now = new Date(at);
  const clock = () => now;
  const store = createEventStore(db.pool, { clock, sealing: db.sealing });
  const commands = createCommandService({ store, clock });

  const act: CommandsWorld['act'] = async (disputeId, who, action, body, more = {}) => {
    const result = await commands.run({
      ...identity(),
      by: requesterOf(who),
      disputeId,
      action,
      body,
      ...more,
    });
    if (result.status !== 'done') throw new Error(`${action}: ${JSON.stringify(result)}`);
    return result;
  };

  const tell: CommandsWorld['tell'] = async (steps) => {
    let disputeId = '';
    const papers: Record<string, string> = {};
    for (const { does, on, who, refused } of steps) {
      if (refused) continue;
      if ('register' in does) {
        const result = await commands.register({ ...identity(), by: requesterOf(who), body: { ...does.register } });
        if (result.status !== 'done') throw new Error(JSON.stringify(result));
        disputeId = result.state.id;
      } else if ('acceptHandoff' in does) {
        const handoffId = `${disputeId}-h${does.acceptHandoff}`;
        await act(disputeId, who, 'accept-handoff', { handoffId, receivedOn: on });
      } else if ('upload' in does) {
        const { key, kind } = does.upload;
        papers[key] = randomUUID();
        const body = {
          documentId: papers[key],
          kind,
          sha256: '0'.repeat(64),
          size: 1,
          mediaType: 'text/plain',
        };
        await act(disputeId, who, 'add-document', body, { ...of(does.procedureId), occurredAt: on });
      } else {
        const body = withPapers(does.body ?? {}, papers);
        await act(disputeId, who, does.action, body, { ...of(does.procedureId), occurredAt: on });
      }
    }
    return disputeId;
  };

  return {
    db,
    store,
    drives: createDriveStore(db.pool),
    commands,
    clock,
    setClock: (instant) => (now = new Date(instant)),
    act,
    tell,
    typesAfter: async (disputeId, version) =>
      (await store.readStream(`dispute-${disputeId}`, { from: version + 1 })).map(({ type }) => type),
  };
};

const of = (procedureId: string | undefined) => (procedureId === undefined ? {} : { procedureId });
