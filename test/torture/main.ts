import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Machine, startMachine } from './machine.js';
import { torture } from './run.js';

/**
 * npm run torture -- [--rounds 50] [--clients 8] [--seed n] [--seconds 2] [--settle 150]
 *
 * Also by TORTURE_ROUNDS and so on. Exit code 1 where anything is lost, doubled, broken, late or different; the folder with
 * the data and the logs is kept then.
 */
const names = ['rounds', 'clients', 'seed', 'seconds', 'settle'] as const;
const { values } = parseArgs({
  options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
});
const numberOf = (name: (typeof names)[number], usual: number): number => {
  const given = values[name] ?? process.env[`TORTURE_${name.toUpperCase()}`];
  const number = given === undefined || given === '' ? usual : Number(given);
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} is a number`);
  return number;
};
const options = {
  rounds: numberOf('rounds', 50),
  clients: numberOf('clients', 8),
  seed: numberOf('seed', Math.floor(Math.random() * 1_000_000_000)),
  seconds: numberOf('seconds', 2),
  settleSeconds: numberOf('settle', 150),
};

const print = (line: string) => process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'accord-torture-'));
chmodSync(folder, 0o711); // the user that PostgreSQL runs as under root has to pass through

// Ends what is left however this process ends, and deletes the folder.
const reaper = spawn(process.execPath, [join(root, 'test/support/reaper.mjs'), folder], {
  detached: true,
  stdio: ['pipe', 'ignore', 'ignore'],
});
reaper.unref();

let machine: Machine | undefined;
const end = async (exitCode: number, keep: boolean): Promise<never> => {
  await machine?.end().catch((error: unknown) => print((error as Error).message));
  if (keep) {
    reaper.kill('SIGKILL');
    print(`kept: ${folder}`);
  } else {
    const reaped = once(reaper, 'exit');
    reaper.ref();
    reaper.stdin!.end();
    await reaped;
  }
  process.exit(exitCode);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    print(`${signal}: ending everything`);
    void end(130, false);
  });

const again = `npm run torture -- --seed ${options.seed} --rounds ${options.rounds} --clients ${options.clients}`;
try {
  print(`seed ${options.seed}, ${options.rounds} rounds, ${options.clients} clients`);
  machine = await startMachine({
    home: folder,
    notes: join(folder, 'processes'),
    cache: process.env.ACCORD_CACHE || join(root, '.accord', 'bin'),
  });
  const { problems, killed, ...report } = await torture(machine, { ...options, log: print });
  const kills = Object.entries(killed).map(([part, times]) => `${part} ${times}×`);
  print(`killed ${kills.join(', ')}`);
  print(
    `${report.disputes} disputes, ${report.events} events, ${report.done} commands done, ${report.refused} refused, ` +
      `${report.repeated} repeated, ${report.unanswered} times no answer, ${report.anchors} anchors; ` +
      `caught up ${(report.settledMs / 1_000).toFixed(1)} s after the last command`,
  );
  for (const problem of problems) print(`PROBLEM ${problem}`);
  if (problems.length > 0) print(`FAILED with seed ${options.seed}; again: ${again}`);
  else print('nothing lost, nothing doubled, chains whole, everything due was driven, views are what the events say');
  await end(problems.length > 0 ? 1 : 0, problems.length > 0);
} catch (error) {
  print(`FAILED with seed ${options.seed}: ${(error as Error).message}\nagain: ${again}`);
  await end(1, true);
}
