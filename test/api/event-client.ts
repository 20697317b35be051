import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestApi } from './api.js';

/** One message of a stream, as a client of server-sent events reads it. */
export interface Message {
  event: string;
  // Looked into member by member.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data: any;
}

export interface EventClient {
  status: number;
  headers: IncomingMessage['headers'];
  messages: Message[];
  /** How many heartbeats came. */
  heartbeats(): number;
  /** As a client would send it when it comes back. */
  lastEventId(): string;
  retry(): number | null;
  /** Waits for a look at it to pass. */
  until(passes: (client: EventClient) => boolean, what?: string): Promise<void>;
  /** Settles when the server has ended the stream. */
  ended: Promise<void>;
  /** Takes nothing more from here on, or goes on. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** The port on which a test's API listens; it begins to. */
export const listening = async ({ app }: TestApi): Promise<number> => {
  const server = app.getHttpServer();
  if (!server.listening) await app.listen(0, '127.0.0.1');
  return (server.address() as AddressInfo).port;
};

/** Opens a stream over a connection of its own and reads it as the standard says. */
export const openEvents = async (
  api: TestApi,
  path: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<EventClient> => {
  const port = await listening(api);
  const sent = request({
    port,
    host: '127.0.0.1',
    path,
    agent: false,
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}`, ...headers },
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject).end();
  });
  sent.on('error', () => undefined);
  const messages: Message[] = [];
  let [id, retry, heartbeats, rest] = ['', null as number | null, 0, ''];
  const take = (block: string) => {
    let [event, data] = ['message', ''];
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
      if (field === 'id') id = value;
      else if (field === 'retry') retry = Number(value);
      else if (field === 'event') event = value;
      else if (field === 'data') data += value;
      else if (line === ': heartbeat') heartbeats += 1;
    }
    if (data !== '') messages.push({ event, data: JSON.parse(data) });
  };
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop()!;
    blocks.forEach(take);
  });
  const ended = new Promise<void>((resolve) => answer.on('close', () => resolve()));
  answer.on('error', () => undefined);
  const client: EventClient = {
    status: answer.statusCode!,
    headers: answer.headers,
    messages,
    heartbeats: () => heartbeats,
    lastEventId: () => id,
    retry: () => retry,
    ended,
    until: async (passes, what = 'what was waited for') => {
      const end = Date.now() + 15_000;
      while (!passes(client)) {
        if (Date.now() > end) throw new Error(`${what} did not come; ${messages.length} messages`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    pause: () => void answer.pause(),
    resume: () => void answer.resume(),
    close: () => void sent.destroy(),
  };
  return client;
};

/**
 * Waits until everything that was recorded so far is visible to readers: a transaction of another test, anywhere in the
 * cluster, may hold them back, and what is not visible yet lies behind `now`.
 */
export const settled = async ({ pool }: TestApi): Promise<void> => {
  const question = `SELECT coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) AS settled
    FROM accord.events WHERE epoch = (SELECT epoch FROM accord.cluster)`;
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const { rows } = await pool.query<{ settled: boolean }>(question);
    if (rows[0]!.settled) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('something holds readers back');
};
