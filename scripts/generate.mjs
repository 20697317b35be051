// Writes everything that is generated from the code and checked in: docs/generated and docs/openapi.json.
// With --check writes nothing, and fails naming the files that differ.
import '../test/support/typescript.mjs';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const { artefacts, differences, root } = await import('./docs/artefacts.ts');

const made = await artefacts();
const wrong = differences(made);
if (process.argv.includes('--check')) {
  for (const { file, difference } of wrong) console.error(`${file}: ${difference}`);
  if (wrong.length > 0) console.error('Run `npm run generate` and commit what it writes.');
  process.exitCode = wrong.length > 0 ? 1 : 0;
} else {
  for (const { file, difference } of wrong) {
    const path = join(root, file);
    if (difference === 'left over') rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, made.get(file));
    }
    console.log(`${difference === 'left over' ? 'removed' : 'written'} ${file}`);
  }
  console.log(`${made.size} generated files, ${wrong.length} changed`);
}
