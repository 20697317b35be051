import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that it and the load share nothing but the machine. */
export interface Server {
  url: string;
  stop(): Promise<void>;
}

/** Starts a TypeScript file that prints `listening <port>`. Throws where it does not within 30 s. */
export async function startServer(file: string, env: NodeJS.ProcessEnv): Promise<Server> {
  const hooks = fileURLToPath(new URL('../test/support/typescript.mjs', import.meta.url));
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', hooks, path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  for await (const line of createInterface({ input: child.stdout! })) {
    const port = /^listening (\d+)$/.exec(line)?.[1];
    if (!port) continue;
    clearTimeout(timer);
    const stop = async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exit;
      clearTimeout(late);
    };
    return { url: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error(`${file} did not start`);
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
export const closeConnections = (): void => agent.destroy();

export interface Reply {
  status: number;
  body: string;
}

/** One POST over a kept connection. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const bytes = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': bytes.length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode!, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** How often a second `clients` of them, each one after the other, do their work. */
export async function rate(
  seconds: number,
  clients: number,
  client: (index: number) => () => Promise<void>,
): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const work = client(index);
      while (performance.now() < end) {
        await work();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - begin);
}

export const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
