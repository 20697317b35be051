import { randomUUID } from 'node:crypto';
import { createCommandService } from '../src/commands/command-service.js';
import type { Requester } from '../src/domain/dispute/context.js';
import type { DatabaseUrls } from '../src/local/database.js';
import { createEventStore } from '../src/store/event-store.js';
import { createPool } from '../src/store/pool.js';
import { newMasterKey } from '../src/store/sealing/master-keys.js';
import { openMasterKeys } from '../src/store/sealing/open-master-keys.js';
import { createSealing } from '../src/store/sealing/sealing.js';
import { closeConnections, median, post, rate, startServer } from './load.js';

/** What a whole command costs: in process, and over HTTP beside the least that any HTTP service does. */

export interface CommandBench {
  /** Load, decide, hash, append with views and plan: commands a second in one process. */
  inProcess: number;
  /** The same over HTTP with a token, checks, schema and the dispute's view in the answer. */
  overHttp: number;
  /** node:http and one INSERT. */
  bareHttp: number;
  /** overHttp / bareHttp. */
  ratio: number;
}

const mediator = {
  userId: 'bench-mediator',
  name: '测试',
  roles: ['mediator', 'intake'],
  organisation: 'NC-MED-01',
  region: '360121',
};
const requester: Requester = {
  account: mediator.userId,
  roles: ['mediator', 'intake'],
  organisation: mediator.organisation,
  region: mediator.region,
};

const registration = {
  type: 'labour',
  region: '360121',
  source: 'counter',
  title: '拖欠工资',
  parties: [
    {
      ref: 'worker',
      role: 'claimant',
      capacity: 'worker',
      kind: 'person',
      name: '测试当事人',
      phone: '13800000000',
      idNumber: '360121199001010000',
    },
    { ref: 'employer', role: 'respondent', capacity: 'employer', kind: 'organisation', name: '测试公司' },
  ],
  claims: [{ kind: 'wages', amount: { amount: '48000.00', currency: 'CNY' }, text: '四个月工资' }],
  facts: { employmentEndedOn: '2026-02-27' },
};
const opening = {
  procedure: 'mediation',
  track: 'labour',
  body: { code: mediator.organisation, name: '测试调解中心' },
};
/** A fact with personal data in it, in a dispute with parties, a procedure and three clocks. */
const address = { party: 'worker', address: '南昌县测试路 1 号', electronic: true };
const steps: [string, object][] = [
  ['open-procedure', opening],
  ['record-consent', { party: 'worker', consent: 'given' }],
  ['record-consent', { party: 'employer', consent: 'given' }],
];

export async function benchCommands(
  urls: DatabaseUrls,
  { seconds = 3, clients = 8, rounds = 3 } = {},
): Promise<CommandBench> {
  const env = { DATABASE_URL: urls.databaseUrl, DATABASE_ADMIN_URL: urls.databaseAdminUrl };
  const keys = { ACCORD_MASTER_KEY: newMasterKey().toString('base64') };
  const masterKeys = openMasterKeys('', keys);
  const bare = await startServer('./bare-server.ts', env);
  const api = await startServer('./api-server.ts', { ...env, ...keys });
  const pool = createPool(urls.databaseUrl, { max: clients });
  try {
    const sealing = createSealing(pool, masterKeys);
    const commands = createCommandService({ store: createEventStore(pool, { sealing }) });
    const command = (id: string, action: string, body: Record<string, unknown>) => {
      const commandId = randomUUID();
      return commands.run({
        disputeId: id,
        action,
        body,
        by: requester,
        kind: 'person',
        commandId,
        fingerprint: commandId,
        correlationId: commandId,
      });
    };
    const token = (JSON.parse((await post(`${api.url}/v1/local/tokens`, mediator)).body) as { token: string }).token;
    const headers = { authorization: `Bearer ${token}` };
    const disputes: string[] = [];
    for (let index = 0; index < clients; index += 1) {
      const reply = await post(`${api.url}/v1/disputes`, registration, headers);
      if (reply.status !== 201) throw new Error(`register: ${reply.status} ${reply.body}`);
      const { id } = JSON.parse(reply.body) as { id: string };
      for (const [action, body] of steps) {
        const done = await post(`${api.url}/v1/disputes/${id}/actions/${action}`, body, headers);
        if (done.status !== 200) throw new Error(`${action}: ${done.status} ${done.body}`);
      }
      disputes.push(id);
    }
    const measures = {
      bareHttp: () => async () => {
        const reply = await post(bare.url, address);
        if (reply.status !== 200) throw new Error(`bare: ${reply.status}`);
      },
      overHttp: (index: number) => async () => {
        const reply = await post(`${api.url}/v1/disputes/${disputes[index]}/actions/confirm-address`, address, headers);
        if (reply.status !== 200) throw new Error(`command: ${reply.status} ${reply.body}`);
      },
      inProcess: (index: number) => async () => {
        const result = await command(disputes[index]!, 'confirm-address', address);
        if (result.status !== 'done') throw new Error(`command: ${result.status}`);
      },
    };
    const rates: Record<keyof typeof measures, number[]> = { bareHttp: [], overHttp: [], inProcess: [] };
    // Once for warmth, then by turns, so that what else the machine does meets all alike.
    for (let round = 0; round <= rounds; round += 1)
      for (const name of Object.keys(measures) as (keyof typeof measures)[]) {
        // A server closes what was idle for five seconds: just then it would be used again.
        closeConnections();
        const measured = await rate(round === 0 ? 1 : seconds, clients, measures[name]);
        if (round > 0) rates[name].push(measured);
      }
    const [bareHttp, overHttp, inProcess] = [median(rates.bareHttp), median(rates.overHttp), median(rates.inProcess)];
    return { bareHttp, overHttp, inProcess, ratio: overHttp / bareHttp };
  } finally {
    closeConnections();
    await pool.end();
    await Promise.all([bare.stop(), api.stop()]);
  }
}
