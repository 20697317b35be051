import { connect, createServer } from 'node:net';

function listen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/** Whether a loopback port can be listened on now. */
export async function isPortFree(port: number): Promise<boolean> {
  return port > 0 && port < 65_536 && (await listen(port)) === port;
}

/** Whether something accepts connections on a loopback port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    const answer = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}

/** A loopback port that is free now, as the operating system gives it. */
export async function freePort(): Promise<number> {
  const port = await listen(0);
  if (port === null) throw new Error('no free port on 127.0.0.1');
  return port;
}

/**
 * The first of `wanted` that is free together with its companion (the port `offset` above it), else a free one.
 * Undefined entries are passed over.
 */
export async function choosePort(wanted: readonly (number | undefined)[], offset?: number): Promise<number> {
  const fits = async (port: number) =>
    (await isPortFree(port)) && (offset === undefined || (await isPortFree(port + offset)));
  for (const port of wanted) if (port !== undefined && (await fits(port))) return port;
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = await freePort();
    if (await fits(port)) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}
