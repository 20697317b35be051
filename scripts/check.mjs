// Everything that is checked without running the project, two checks at a time. Each failure is named.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The longest first. `cure` is what the reader of a failure does about it. */
const checks = [
  {
    name: 'lint',
    run: ['node_modules/eslint/bin/eslint.js', '.'],
    cure: 'npx eslint --fix mends some of it',
  },
  { name: 'types', run: ['node_modules/typescript/bin/tsc', '--noEmit'], cure: 'TypeScript disagrees' },
  { name: 'format', run: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'], cure: 'npm run format' },
  {
    name: 'generated files',
    run: ['scripts/generate.mjs', '--check'],
    cure: 'npm run generate, and commit what it writes',
  },
  {
    name: 'layer boundaries',
    run: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--output-type', 'err-long'],
    cure: 'the layers are drawn in docs/architecture.md, their rules in .dependency-cruiser.cjs',
  },
];

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const runCheck = ({ name, run, cure }) =>
  new Promise((resolve) => {
    const since = Date.now();
    const child = spawn(process.execPath, run, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => (output += error.message));
    child.on('close', (exitCode) => {
      const passed = exitCode === 0;
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds(since)})`);
      if (!passed) console.log(`${output.trim()}\n→ ${name}: ${cure}\n`);
      resolve(passed ? [] : [name]);
    });
  });

const since = Date.now();
const waiting = [...checks];
const lane = async () => {
  const failed = [];
  for (let check = waiting.shift(); check; check = waiting.shift()) failed.push(...(await runCheck(check)));
  return failed;
};
const failed = (await Promise.all([lane(), lane()])).flat();
console.log(failed.length === 0 ? `all checks passed (${seconds(since)})` : `FAILED: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
