import { randomBytes, randomUUID } from 'node:crypto';
import type { AppendRequest, AppendResult, DisputeWrite, NewEvent } from '../../src/store/contract.js';

/** Requests as the command service makes them, with everything but the matter at hand filled in. */

export function newEvent(change: Partial<NewEvent> = {}): NewEvent {
  return {
    eventId: randomUUID(),
    type: 'NoteAdded',
    schemaVersion: 1,
    occurredAt: '2026-03-02',
    actor: { kind: 'person', id: 'u-1', role: 'mediator', organisation: 'org-1' },
    commandId: 'c-1',
    causationId: null,
    correlationId: 'corr-1',
    procedureId: null,
    data: { 字: '调解', n: 1.5 },
    ...change,
  };
}

export function disputeWrite(
  disputeId: string,
  change: Partial<DisputeWrite> = {},
  index: Partial<DisputeWrite['index']> = {},
): DisputeWrite {
  return {
    disputeId,
    state: { id: disputeId },
    foldVersion: 1,
    planCode: 1,
    planChanged: false,
    nextDue: null,
    index: {
      caseCode: `CASE-${disputeId}`,
      type: 'labour',
      region: '360121',
      status: 'open',
      ownerOrganisation: 'org-1',
      ownerPerson: null,
      registeredOn: '2026-03-02',
      procedures: ['mediation'],
      steps: ['in-session'],
      organisations: ['org-1'],
      accounts: [],
      ...index,
    },
    stall: null,
    deadlines: null,
    handoffs: [],
    ...change,
  };
}

export interface Head {
  version: number;
  headHash: string | null;
  recordedAt: string | null;
}

export const start: Head = { version: 0, headHash: null, recordedAt: null };

export function appendRequest(
  disputeId: string,
  head: Head = start,
  change: Partial<AppendRequest> = {},
): AppendRequest {
  return {
    stream: `dispute-${disputeId}`,
    expectedVersion: head.version,
    headHash: head.headHash,
    headRecordedAt: head.recordedAt,
    command: null,
    events: [newEvent()],
    values: [],
    dispute: disputeWrite(disputeId),
    refusal: null,
    ...change,
  };
}

/** The head after an append that must have succeeded. */
export function headAfter(result: AppendResult): Head {
  if (result.status !== 'appended') throw new Error(`not appended: ${result.status}`);
  return {
    version: result.version,
    headHash: result.headHash,
    recordedAt: result.events.at(-1)?.recordedAt ?? null,
  };
}

export const salt = (): string => randomBytes(16).toString('hex');

let ids = 0;
/** In ascending order within a run. */
export const newId = (): string => `d${String((ids += 1)).padStart(6, '0')}-${randomUUID().slice(0, 8)}`;
