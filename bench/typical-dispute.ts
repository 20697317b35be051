import { randomUUID } from 'node:crypto';
import type { DisputeWrite, NewEvent } from '../src/store/contract.js';

/** One event of a session, as it is given to the store. */
export function event(commandId: string, version: number): NewEvent {
  return {
    eventId: randomUUID(),
    type: 'SessionHeld',
    schemaVersion: 1,
    occurredAt: '2026-03-10',
    actor: { kind: 'person', id: 'user-0001', role: 'mediator', organisation: 'JX-NC-XINJIAN-MED' },
    commandId,
    causationId: null,
    correlationId: commandId,
    procedureId: 'p1',
    data: {
      sessionId: `s${version}`,
      heldOn: '2026-03-10',
      present: ['worker', 'employer'],
      absent: [],
      outcome: 'no-agreement',
      note: { ref: 'v12', commitment: '0f'.repeat(32) },
    },
  };
}

const deadline = (n: number) => ({
  deadlineId: `d${n}`,
  procedureId: 'p1',
  rule: 'LD-03',
  kind: 'institution',
  holder: 'body',
  status: 'running' as const,
  due: '2026-03-17',
  dueAt: '2026-03-18T00:00:00+08:00',
});

/** `turn` is what plan, stall, deadlines and steps go by: the same turn, nothing of them changes. */
export function dispute(disputeId: string, version: number, turn: number): DisputeWrite {
  const planChanged = turn % 2 === 0 || version === 0;
  const day = String(1 + (turn % 28)).padStart(2, '0');
  return {
    disputeId,
    state: { ...typicalState, version },
    foldVersion: 1,
    planCode: 1,
    planChanged,
    nextDue: `2027-03-${String(1 + ((turn - (turn % 2)) % 28)).padStart(2, '0')}T00:00:00Z`,
    index: {
      caseCode: `3601212026${disputeId.slice(0, 8)}`,
      type: 'labour',
      region: '360121',
      status: 'open',
      ownerOrganisation: 'JX-NC-XINJIAN-MED',
      ownerPerson: 'user-0001',
      registeredOn: '2026-03-02',
      procedures: ['mediation'],
      steps: [turn % 8 < 4 ? 'preparing' : 'in-session'],
      organisations: ['JX-NC-XINJIAN-MED'],
      accounts: [],
    },
    stall: {
      at: `2027-04-${day}T00:00:00Z`,
      since: `2026-03-${day}T00:00:00Z`,
      reason: 'no-progress',
      role: 'mediator',
      organisation: 'JX-NC-XINJIAN-MED',
      detail: { colour: 'yellow', procedureId: 'p1', step: 'in-session' },
    },
    deadlines: turn % 4 === 0 || version === 0 ? [deadline(1), deadline(2)] : null,
    handoffs: [],
  };
}

/** 3 to 4 KB, as that of a dispute in its second procedure. */
const typicalState: DisputeWrite['state'] = {
  id: '8b1f3a52-7c1e-4e4a-9d55-0b9a51f0c2aa',
  version: 1,
  type: 'labour',
  region: '360121',
  parties: ['worker', 'employer'].map((ref) => ({
    ref,
    role: 'claimant',
    name: { ref: `v-${ref}`, commitment: 'ab'.repeat(32) },
  })),
  claims: [1, 2].map((n) => ({
    kind: 'wages',
    amount: { amount: `${n}2000.00`, currency: 'CNY' },
    text: { ref: `t${n}`, commitment: 'cd'.repeat(32) },
  })),
  procedures: [1, 2].map((n) => ({
    id: `p${n}`,
    procedure: 'mediation',
    track: 'labour',
    status: 'open',
    step: 'in-session',
    body: { code: 'JX-NC-XINJIAN-MED' },
    openedOn: '2026-03-02',
    neutrals: [{ id: `u1`, status: 'accepted', offeredOn: '2026-03-04' }],
  })),
  deadlines: [1, 2, 3, 4].map((n) => ({
    ...deadline(n),
    ruleVersion: 1,
    generation: 1,
    trigger: { fact: 'application-accepted', on: '2026-03-02' },
    amount: 15,
    unit: 'D',
    naturalDue: '2026-03-17',
    suspendedDays: 0,
    provisional: false,
    confidence: 'verified',
    basis: { law: '劳动争议调解仲裁法', article: '14' },
    trace: [`2026-03-02 + 15 D = 2026-03-17`, `2026-03-17 is not a day off`],
  })),
  facts: { employmentEndedOn: '2026-02-27', arbitrationClause: 'none', collective: 1 },
};
