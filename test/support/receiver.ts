import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudEvent } from '../../src/feed/cloud-event.js';
import { isSigned } from '../../src/feed/signature.js';

/** One delivery as it arrived. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  events: CloudEvent[];
  /** What it was answered; null: nothing yet, or never. */
  answered: number | null;
}

/** A system that is told of events, on loopback. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers, per delivery; null: never. Default 204. */
  answer: (delivery: Received) => number | null | Promise<number | null>;
  /** Versions of the events of a dispute in the order in which they were acknowledged, doubles left out as a receiver does. */
  taken(disputeId: string): number[];
  isSigned(secret: string, delivery: Received): boolean;
  close(): Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const delivery: Received = { headers: request.headers, body, events: JSON.parse(body), answered: null };
      received.push(delivery);
      void Promise.resolve(receiver.answer(delivery)).then((status) => {
        if (status === null) return;
        delivery.answered = status;
        response.writeHead(status, { location: '/elsewhere' }).end('x'.repeat(100_000));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: () => 204,
    taken: (disputeId) => {
      const known = new Set<string>();
      return received
        .filter(({ answered }) => answered !== null && answered < 300)
        .flatMap(({ events }) => events)
        .filter(({ id, subject }) => subject === disputeId && !known.has(id) && known.add(id))
        .map(({ sequence }) => Number(sequence));
    },
    isSigned: (secret, { headers, body }) => isSigned(secret, headers, body, Date.now() / 1000),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
};
