// What a test runs as a process of its own: three parts that tell what becomes of them. argv[2]: the time allowed
// in ms; argv[3..]: the parts that never end by themselves.
import { setTimeout as sleep } from 'node:timers/promises';
import { onShutdown } from '../../src/local/supervise.js';

const [timeoutMs, ...hanging] = process.argv.slice(2);
const tell = (line: string) => console.log(line);
const part = (name: string) => ({
  name,
  stop: async () => {
    tell(`stop ${name}`);
    await sleep(50);
    if (hanging.includes(name)) await new Promise(() => undefined);
    if (name === hanging[0]?.replace('failing-', '')) throw new Error('cannot');
    tell(`stopped ${name}`);
  },
  kill: () => tell(`kill ${name}`),
});
onShutdown(() => ['api', 'worker', 'services'].map(part), { timeoutMs: Number(timeoutMs), log: tell });
setInterval(() => undefined, 60_000);
tell('ready');
