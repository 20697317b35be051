import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * After a whole run says how much of the law the tests have reached — rows of the decision table, periods, procedures,
 * actions, refusals — and fails the run on a hole. A part of the tests shows nothing and asks nothing.
 */
export default class LawCoverageReporter {
  #failure;

  constructor(config) {
    this.whole = (config.testPathPatterns?.patterns?.length ?? 0) === 0 && !config.testNamePattern;
  }

  async onRunComplete() {
    const folder = join(process.env.ACCORD_TEST_FOLDER ?? '', 'law-coverage');
    const forced = process.env.LAW_COVERAGE === '1';
    if ((!this.whole && !forced) || !existsSync(folder)) return;
    const seen = {};
    for (const file of readdirSync(folder)) {
      const left = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      for (const [name, values] of Object.entries(left)) {
        seen[name] ??= new Set();
        for (const value of values) seen[name].add(value);
      }
    }
    await import('./typescript.mjs');
    const { lawCoverage } = await import('./law-coverage.ts');
    const { lines, holes } = lawCoverage(seen);
    process.stdout.write(`\n${lines.join('\n')}\n`);
    if (forced) process.stdout.write(`${holes.join('\n')}\n`);
    if (holes.length > 0) this.#failure = new Error(`the tests do not reach:\n${holes.join('\n')}`);
  }

  getLastError() {
    return this.#failure;
  }
}
