import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createAnchors } from '../../src/commands/anchors.js';
import { openSigningKeys } from '../../src/commands/keys.js';
import { createEventStore } from '../../src/store/event-store.js';
import { createPool } from '../../src/store/pool.js';
import { brokenIn, differencesOf, doubledOf, lostOf, owedIn, type Owed } from './checks.js';
import { createFollower } from './follower.js';
import { createLedger } from './ledger.js';
import { startLoad } from './load.js';
import { type Machine, type Part } from './machine.js';
import { randomFrom, type Random } from './random.js';
import { within } from './within.js';

export interface TortureOptions {
  rounds: number;
  clients: number;
  seed: number;
  /** How long each round lets everybody work before something is killed, on average. */
  seconds: number;
  /** What is killed in each round; default by the seed, each part as often as the others, at times two at once. */
  order?: readonly (readonly Part[])[];
  /** How long the engine may take in the end to catch up. */
  settleSeconds?: number;
  /** Whether plans that a killed relay had claimed, which are claimed again after a minute, are waited for; default true. */
  leasesToo?: boolean;
  log?: (line: string) => void;
}

export interface TortureReport {
  /** What went wrong, in words; empty: all is well. */
  problems: string[];
  disputes: number;
  events: number;
  done: number;
  refused: number;
  repeated: number;
  unanswered: number;
  /** How long after the last command nothing was owed any more. */
  settledMs: number;
  killed: Record<Part, number>;
  anchors: number;
}

/** How late an instant may be acted on: timers of Temporal fire up to a second late. */
const toleranceMs = 3_000;

/** Kills parts of the machine under load and holds the record against what was answered. Leaves the machine running. */
export async function torture(machine: Machine, options: TortureOptions): Promise<TortureReport> {
  const { rounds, clients, seed, seconds, settleSeconds = 150, leasesToo = true, log = () => undefined } = options;
  const random = randomFrom(seed);
  const order = options.order ?? orderOf(rounds, random);
  const pool = createPool(machine.databaseUrl, { max: 6 });
  const store = createEventStore(pool);
  const anchors = createAnchors({ pool, keys: openSigningKeys(machine.home, {}) });
  const ledger = createLedger();
  const follower = createFollower(store);
  const killed = { api: 0, worker: 0, temporal: 0, postgres: 0 };
  const load = await startLoad({ url: machine.url, store, ledger, clients, random });
  const problems: string[] = [];
  let anchored = 0;

  const check = async (): Promise<void> => {
    problems.push(...ledger.problems.splice(0));
    problems.push(...(await lostOf(pool, ledger.recent())));
    problems.push(...(await follower.follow()));
    if ((await anchors.make())?.made) anchored += 1;
    problems.push(...(await brokenIn(pool, machine.home)));
  };

  const round = async (number: number): Promise<void> => {
    const targets = order[number % order.length]!;
    const before = { ...ledger.counts };
    await sleep(seconds * (0.3 + 1.4 * (random.below(1_000) / 1_000)) * 1_000);
    const said: string[] = [];
    for (const part of targets) {
      said.push(await machine.kill(part, random.chance(0.5)));
      killed[part] += 1;
    }
    const away = random.below(1_200);
    await sleep(away);
    const since = Date.now();
    // The database and Temporal first: what needs them waits for them.
    for (const part of targets.toSorted(byNeed)) await machine.start(part);
    const back = Date.now() - since;
    await sleep(300);
    await within(60_000, 'the checks of a round', check());
    const { done, refused, unanswered } = ledger.counts;
    log(
      `round ${number + 1}/${rounds}  killed ${said.join(', ')}; away ${away} ms, back after ${back} ms  ` +
        `${done - before.done} done, ${refused - before.refused} refused, ${unanswered - before.unanswered} unanswered  ` +
        (problems.length === 0 ? 'ok' : `${problems.length} problems`),
    );
  };

  try {
    for (let number = 0; number < rounds && problems.length === 0; number += 1) await round(number);
    await load.finish().catch((error: unknown) => problems.push((error as Error).message));
    await within(120_000, 'the checks of the end', check());
    const since = Date.now();
    const owed = await settle(pool, settleSeconds, leasesToo);
    const settledMs = Date.now() - since;
    if (owed !== null) problems.push(`still owed after ${settleSeconds} s: ${JSON.stringify(owed)}`);
    problems.push(...(await doubledOf(pool, ledger)));
    problems.push(...(await lostOf(pool, [...ledger.acknowledged.values()])));
    problems.push(...(await brokenIn(pool, machine.home)));
    problems.push(...(await differencesOf(pool)));
    problems.push(...(await follower.missed(pool)));
    for (const [word, times] of [...ledger.codes].sort((a, b) => b[1] - a[1])) log(`  ${times} × ${word}`);
    return {
      problems,
      disputes: load.disputes(),
      events: follower.seen(),
      ...ledger.counts,
      settledMs,
      killed,
      anchors: anchored,
    };
  } finally {
    load.stop();
    await pool.end();
  }
}

const byNeed = (a: Part, b: Part): number => needs.indexOf(a) - needs.indexOf(b);
const needs: readonly Part[] = ['postgres', 'temporal', 'api', 'worker'];

/** By decks, so that each is killed equally often and never in the same order. */
function orderOf(rounds: number, random: Random): Part[][] {
  const deck: Part[][] = [
    ...[['api'], ['worker'], ['temporal'], ['postgres']],
    ...[['api'], ['worker'], ['temporal'], ['postgres']],
    ...[
      ['api', 'worker'],
      ['postgres', 'temporal'],
    ],
  ] as Part[][];
  const order: Part[][] = [];
  while (order.length < rounds) {
    const left = [...deck];
    while (left.length > 0) order.push(left.splice(random.below(left.length), 1)[0]!);
  }
  return order;
}

/** Null once nothing is owed, and nothing has been for a second; else what is. */
async function settle(pool: Pool, seconds: number, leasesToo: boolean): Promise<Owed | null> {
  const end = Date.now() + seconds * 1_000;
  let since: number | null = null;
  for (;;) {
    const owed = await owedIn(pool, toleranceMs);
    const queued = leasesToo ? owed.queued : owed.queued - owed.leased;
    const isDone = queued + owed.behind + owed.overdue + owed.waiting === 0;
    if (!isDone) since = null;
    else if (since === null) since = Date.now();
    else if (Date.now() - since > 1_000) return null;
    if (Date.now() > end) return owed;
    await sleep(200);
  }
}
