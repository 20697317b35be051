import { commandIdOf } from '../../src/commands/identity.js';

/** One command, with everything that a repeat of it needs. */
export interface Sent {
  key: string;
  /** The account that sends it. */
  user: string;
  path: string;
  /** As JSON. */
  body: string;
  /** Null: it registers one. */
  disputeId: string | null;
  ifMatch: number | null;
}

export interface Answer {
  status: number;
  /** Of a problem. */
  code: string | null;
  body: unknown;
}

interface AnsweredEvent {
  eventId: string;
  version: number;
  hash: string;
}

export interface Acknowledged {
  commandId: string;
  disputeId: string;
  /** What the answer said is recorded; null of a registration, which answers its view. */
  events: AnsweredEvent[] | null;
  /** Of the view in the answer. */
  version: number;
}

/** What was sent and what was answered: by it the log is judged. */
export interface Ledger {
  acknowledged: Map<string, Acknowledged>;
  /** Commands that were refused and nothing else. */
  refused: Set<string>;
  sent: Set<string>;
  counts: { done: number; refused: number; repeated: number; unanswered: number };
  /** How often each refusal's code came. */
  codes: Map<string, number>;
  /** What went wrong, in words. */
  problems: string[];
  /** Takes an answer to the books. */
  answered(sent: Sent, answer: Answer): void;
  /** Acknowledged since the last call. */
  recent(): Acknowledged[];
}

/** Of a token in local mode. */
const issuer = 'accord-local';
const refusals = new Set([400, 403, 409, 412, 422]);

export const commandIdOfSent = ({ user, path, key }: Sent): string => commandIdOf({ issuer, user }, 'POST', path, key);

export const createLedger = (): Ledger => {
  let recent: Acknowledged[] = [];
  const ledger: Ledger = {
    acknowledged: new Map(),
    refused: new Set(),
    sent: new Set(),
    counts: { done: 0, refused: 0, repeated: 0, unanswered: 0 },
    codes: new Map(),
    problems: [],
    answered: (sent, { status, code, body }) => {
      const commandId = commandIdOfSent(sent);
      if (status === 200 || status === 201) return done(commandId, sent, body);
      const word = `${status} ${code ?? ''}`;
      ledger.codes.set(word, (ledger.codes.get(word) ?? 0) + 1);
      if (!refusals.has(status)) {
        ledger.problems.push(`${sent.path} answered ${word}`);
        return;
      }
      ledger.counts.refused += 1;
      if (!ledger.acknowledged.has(commandId)) ledger.refused.add(commandId);
    },
    recent: () => {
      const taken = recent;
      recent = [];
      return taken;
    },
  };
  const done = (commandId: string, sent: Sent, body: unknown) => {
    const acknowledged = read(commandId, sent, body);
    const before = ledger.acknowledged.get(commandId);
    ledger.refused.delete(commandId);
    if (before === undefined) {
      ledger.acknowledged.set(commandId, acknowledged);
      recent.push(acknowledged);
      ledger.counts.done += 1;
      return;
    }
    ledger.counts.repeated += 1;
    const isSame =
      before.disputeId === acknowledged.disputeId &&
      JSON.stringify(before.events) === JSON.stringify(acknowledged.events);
    if (!isSame) ledger.problems.push(`${sent.path}: the repeat of command ${commandId} was answered otherwise`);
  };
  return ledger;
};

const read = (commandId: string, { disputeId }: Sent, body: unknown): Acknowledged => {
  if (disputeId === null) {
    const { id, version } = body as { id: string; version: number };
    return { commandId, disputeId: id, events: null, version };
  }
  const { dispute, events } = body as { dispute: { version: number }; events: AnsweredEvent[] };
  const own = events.map(({ eventId, version, hash }) => ({ eventId, version, hash }));
  return { commandId, disputeId, events: own, version: dispute.version };
};
