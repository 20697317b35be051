// After the last test of a run: lets the reaper do its work and waits for it.
import { once } from 'node:events';

export default async function teardown() {
  const reaper = globalThis.accordReaper;
  const ended = once(reaper, 'exit');
  reaper.ref();
  reaper.stdin.end();
  await ended;
}
