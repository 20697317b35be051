import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPool } from '../src/store/pool.js';

/**
 * The least that any service does that keeps what it is told: node:http, a JSON body, one INSERT of one row, an answer.
 * What a command over HTTP is compared with.
 */

const pool = createPool(process.env.DATABASE_ADMIN_URL!, { max: 8 });
const text = 'INSERT INTO accord.bench_scratch (id, data) VALUES ($1, $2)';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const id = randomUUID();
    pool.query({ name: 'bare-insert', text, values: [id, body] }).then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id })),
      () => response.writeHead(503).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => void pool.end());
});
