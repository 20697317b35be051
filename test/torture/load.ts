import { setTimeout as sleep } from 'node:timers/promises';
import { readHistory } from '../../src/commands/history.js';
import { fold } from '../../src/domain/dispute/evolve.js';
import { roles } from '../../src/domain/dispute/context.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import type { EventStore } from '../../src/store/contract.js';
import { drawCommand, drawRegistration, firstOpening, organisations, userOf, type Drawn } from './draw.js';
import { commandIdOfSent, type Answer, type Ledger, type Sent } from './ledger.js';
import type { Random } from './random.js';

export interface Load {
  /** Sends nothing new and waits until everything sent has its answer. Throws after 70 s. */
  finish(): Promise<void>;
  /** Sends nothing more at all. */
  stop(): void;
  /** Disputes that there are. */
  disputes(): number;
}

export interface LoadOptions {
  url: string;
  /** What disputes stand at is read from here; everything is sent over HTTP. */
  store: Pick<EventStore, 'readStream'>;
  ledger: Ledger;
  clients: number;
  random: Random;
  /** No more are registered then. */
  mostDisputes?: number;
}

const answerMs = 8_000;
/** How long a client asks before that is a fault. Milliseconds. */
const patienceMs = 60_000;
const finishMs = 70_000;
/** A client that hears nothing asks again after this. Milliseconds. */
const againMs = 150;

/**
 * So many clients over HTTP, each one command after the other. Who gets no answer, or 503, does not know whether the
 * command was recorded, and repeats it with its key until it knows.
 */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const { url, store, ledger, clients, random, mostDisputes = 150 } = options;
  const tokens = await tokensOf(url);
  const states = new Map<string, DisputeState>();
  let [isFinishing, isStopped] = [false, false];

  const ask = async (sent: Sent): Promise<Answer | null> => {
    try {
      const response = await fetch(`${url}${sent.path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens.get(sent.user)}`,
          'content-type': 'application/json',
          'idempotency-key': sent.key,
          ...(sent.ifMatch === null ? {} : { 'if-match': `"${sent.ifMatch}"` }),
        },
        body: sent.body,
        signal: AbortSignal.timeout(answerMs),
      });
      const body = JSON.parse(await response.text()) as { code?: string };
      return { status: response.status, code: response.ok ? null : (body.code ?? null), body };
    } catch {
      return null;
    }
  };

  /** Until there is an answer; null where everything ends first. */
  const insist = async (sent: Sent): Promise<Answer | null> => {
    ledger.sent.add(commandIdOfSent(sent));
    const since = Date.now();
    let isTold = false;
    while (!isStopped) {
      const answer = await ask(sent);
      if (answer !== null && answer.status !== 503) {
        ledger.answered(sent, answer);
        return answer;
      }
      ledger.counts.unanswered += 1;
      // Nothing is ever away that long.
      if (!isTold && Date.now() - since > patienceMs) {
        isTold = true;
        const last = answer === null ? 'nothing' : `${answer.status} ${answer.code}`;
        ledger.problems.push(`${sent.path}: asked for ${patienceMs / 1_000} s, the last answer was ${last}`);
      }
      await sleep(againMs);
    }
    return null;
  };

  const send = async (sent: Sent, own: Random): Promise<Answer | null> => {
    const [twice, repeated, other] = [own.chance(0.1), own.chance(0.08), own.chance(0.03)];
    const [answer] = await Promise.all([insist(sent), twice ? insist(sent) : null]);
    if (repeated && answer) await insist(sent);
    if (other && answer && answer.status < 300) {
      const mixedUp = { ...sent, body: JSON.stringify({ ...(JSON.parse(sent.body) as object), note: '另' }) };
      const refused = await ask(mixedUp);
      const isRight = refused === null || refused.status === 503 || refused.code === 'idempotency-key-reused';
      // A registration has no note: it is malformed before it is anything else.
      if (!isRight && sent.disputeId !== null)
        ledger.problems.push(`${sent.path}: a key with another body answered ${refused.status} ${refused.code}`);
    }
    return answer;
  };

  const sentOf = (disputeId: string, { path, organisation, body }: Drawn, own: Random, key: string): Sent => ({
    key,
    user: userOf(organisation),
    path: `/v1/${path}`,
    body: JSON.stringify(body),
    disputeId,
    ifMatch: own.chance(0.1) ? states.get(disputeId)!.version : null,
  });

  /** Reads what has come since; while PostgreSQL is away, what was known before stands. */
  const refresh = async (disputeId: string): Promise<DisputeState | undefined> => {
    const known = states.get(disputeId);
    try {
      const state = known
        ? fold(await store.readStream(`dispute-${disputeId}`, { from: known.version + 1 }), known)
        : fold(await readHistory(store, disputeId));
      // Somebody else may have been quicker.
      if (state && state.version >= (states.get(disputeId)?.version ?? 0)) states.set(disputeId, state);
    } catch {
      // asked again with the next command
    }
    return states.get(disputeId);
  };

  const register = async (own: Random, key: string): Promise<void> => {
    const user = userOf(organisations[0]);
    const body = JSON.stringify(drawRegistration(own));
    const sent = { key, user, path: '/v1/disputes', body, disputeId: null, ifMatch: null };
    const answer = await send(sent, own);
    if (answer?.status !== 201) return;
    const { id } = answer.body as { id: string };
    const state = await refresh(id);
    if (state) await send(sentOf(id, firstOpening(state, own), own, `${key}-first`), own);
  };

  const client = async (n: number): Promise<void> => {
    const own = random.fork(n + 1);
    for (let turn = 0; !isFinishing; turn += 1) {
      const key = `key-${n}-${turn}`;
      const ids = [...states.keys()];
      if (ids.length < 4 || (ids.length < mostDisputes && own.chance(0.08))) await register(own, key);
      else {
        // Some disputes are everybody's, so that clients meet.
        const id = own.chance(0.25) ? ids[own.below(3)]! : own.of(ids);
        const state = await refresh(id);
        if (state) await send(sentOf(id, drawCommand(state, own), own, key), own);
      }
      await sleep(own.below(20));
    }
  };

  let failure: unknown = null;
  const working = Promise.all(
    Array.from({ length: clients }, (_, n) =>
      client(n).catch((error: unknown) => {
        failure ??= error;
      }),
    ),
  );
  return {
    finish: async () => {
      isFinishing = true;
      const ended = new AbortController();
      const late = sleep(finishMs, 'late', { signal: ended.signal }).catch(() => 'late');
      const first = await Promise.race([working, late]);
      ended.abort();
      isStopped = true;
      if (failure !== null) throw failure;
      if (first === 'late') throw new Error(`clients without an answer ${finishMs} ms after everything was back`);
    },
    stop: () => {
      isFinishing = true;
      isStopped = true;
    },
    disputes: () => states.size,
  };
}

async function tokensOf(url: string): Promise<Map<string, string>> {
  const staff = roles.filter((role) => role !== 'party' && role !== 'system');
  const tokens = new Map<string, string>();
  for (const organisation of organisations) {
    const userId = userOf(organisation);
    const body = JSON.stringify({ userId, name: '测试', roles: staff, organisation, region: '360121' });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/v1/local/tokens`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`no token: ${response.status}`);
    tokens.set(userId, ((await response.json()) as { token: string }).token);
  }
  return tokens;
}
