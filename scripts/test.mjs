// Runs Jest with a limit: a run that hangs says so and fails, instead of keeping a machine for ever.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Minutes that the whole suite may take; it takes far fewer. */
const limit = 30;

const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
);
const timer = setTimeout(() => {
  process.stderr.write(`\nThe tests have not ended within ${limit} minutes: they are stopped.\n`);
  jest.kill('SIGKILL');
}, limit * 60_000);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));
jest.on('exit', (code, signal) => {
  clearTimeout(timer);
  process.exitCode = signal ? 1 : (code ?? 1);
});
