// Waits until the test run that started it ends, cleanly or by any signal, then ends the PostgreSQL and Temporal
// servers that have their home in the run's folder (argv[2]) and the processes noted there, and deletes the folder.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = process.argv[2];

process.stdin.resume();
process.stdin.once('close', () => void reap());

async function reap() {
  const services = homes().flatMap((home) =>
    ['postgres', 'temporal'].flatMap((name) => record(join(home, 'run'), name)),
  );
  // These first: they could start a server again.
  for (const noted of processes()) if (serves(noted)) process.kill(noted.pid, 'SIGKILL');
  for (const service of services) {
    // The data is thrown away, so nothing is asked to end politely. SIGQUIT takes PostgreSQL's children with it.
    if (serves(service)) process.kill(service.pid, service.name === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
  }
  for (let i = 0; i < 250 && services.some(serves); i++) await sleep(20);
  for (const service of services) if (serves(service)) process.kill(service.pid, 'SIGKILL');
  for (const { name, data } of services) {
    // Where only root may enter the temporary folder, PostgreSQL's data lies elsewhere.
    const elsewhere = name === 'postgres' && !data.startsWith(folder) && dirname(data);
    if (elsewhere && /\/accord-[0-9a-f]{12}$/.test(elsewhere)) rmSync(elsewhere, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

function homes() {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inside.map((entry) => join(folder, entry.name))];
}

/** What `runTypeScript` in processes.ts noted. */
function processes() {
  const notes = join(folder, 'processes');
  if (!existsSync(notes)) return [];
  return readdirSync(notes).flatMap((file) => record(notes, file.replace('.json', '')));
}

function record(home, name) {
  try {
    return [{ name, ...JSON.parse(readFileSync(join(home, `${name}.json`), 'utf8')) }];
  } catch {
    return [];
  }
}

function serves({ pid, data }) {
  if (!pid) return false;
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.includes(data) ?? false;
}
