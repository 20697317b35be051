import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Decision } from '../../src/domain/dispute/decide.js';
import type { RefusalCode } from '../../src/domain/dispute/refusal.js';
import type { DecidedEvent } from '../../src/domain/dispute/event.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { keepSeen, leaveStreams } from '../golden/seen-streams.js';

/**
 * What of the law a test file has reached, for `law-coverage-reporter.mjs`: which facts in which procedures, which
 * periods started and elapsed, which refusals, which rows. Written when the file is done.
 */
const seen = {
  facts: new Set<string>(),
  started: new Set<string>(),
  elapsed: new Set<string>(),
  refusals: new Set<string>(),
  rows: new Set<string>(),
  outcomes: new Set<string>(),
};

export const sawRows = (rows: Iterable<string>): void => {
  for (const row of rows) seen.rows.add(row);
};

export const sawEvents = (events: readonly DecidedEvent[], state: DisputeState): void => {
  keepSeen(events, state);
  for (const { type, procedureId, data, cause } of events) {
    const procedure = procedureId === null ? undefined : state.procedures[procedureId]?.procedure;
    if (cause === null || type === 'ProcedureOpened') seen.facts.add(`${procedure ?? 'dispute'} ${type}`);
    if (cause === null) seen.facts.add(`dispute ${type}`);
    if (type === 'ProcedureOpened') sawRows((data['rows'] as string[] | undefined) ?? []);
    if (type === 'ProcedureClosed') seen.outcomes.add(`${procedure} ${String(data['outcome'])}`);
    if (type === 'JudgmentBecameEffective') seen.outcomes.add(`${procedure} effective`);
    if (type === 'DeadlineStarted') seen.started.add(String(data['rule']));
    if (type === 'DeadlineElapsed') seen.elapsed.add(String(data['rule']));
  }
};

export const sawDecision = (decision: Decision): Decision => {
  sawEvents(decision.events, decision.state);
  if (decision.refusal) seen.refusals.add(decision.refusal.code);
  return decision;
};
export const sawRefusal = (code: RefusalCode): void => void seen.refusals.add(code);

/** Leaves what was seen in the run's folder. Called by Jest after each test file. */
export const leaveSeen = (): void => {
  leaveStreams();
  const folder = process.env.ACCORD_TEST_FOLDER;
  if (!folder || Object.values(seen).every((set) => set.size === 0)) return;
  const to = join(folder, 'law-coverage');
  mkdirSync(to, { recursive: true });
  const plain = Object.fromEntries(Object.entries(seen).map(([name, set]) => [name, [...set]]));
  writeFileSync(join(to, `${randomUUID()}.json`), JSON.stringify(plain));
};
