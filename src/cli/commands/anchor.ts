import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createAnchors, type Anchors, type SignedAnchor } from '../../commands/anchors.js';
import { openSigningKeys } from '../../commands/keys.js';
import { CannotRun, Misunderstood, type CliCommand } from '../command.js';
import { readExported } from '../exported-anchors.js';

/** Anchors written at once. */
const page = 200;

export const anchor: CliCommand = {
  usage: 'anchor [--export FILE]',
  summary: [
    'sign a statement about all that is recorded up to now; --export: write every such statement into FILE, to be',
    'kept where those who run this system cannot change it',
  ],
  run: async (args, { home, env, print, withPool }) => {
    const file = parse(args);
    const keys = openSigningKeys(home, env);
    return withPool(async (pool) => {
      const anchors = createAnchors({ pool, keys });
      const result = await anchors.make();
      if (result === null) {
        print('nothing is recorded yet');
        return 0;
      }
      const { number, size, madeAt } = result.anchor;
      print(`anchor ${number} of ${madeAt} covers ${size} heads${result.made ? '' : ': nothing new since'}`);
      if (file === undefined) return 0;
      await exportTo(file, anchors);
      print(`${number} anchors written to ${file}`);
      return 0;
    });
  },
};

/**
 * All anchors into a file, which appears whole or not at all. What was exported into it before must be among them: it may
 * be the only copy of what this record no longer has. Throws `CannotRun`.
 */
const exportTo = async (file: string, anchors: Anchors): Promise<void> => {
  const before = new Set((existsSync(file) ? await readExported(file) : []).map(lineOf));
  const draft = `${file}.${randomUUID()}`;
  try {
    const target = await open(draft, 'wx', 0o644);
    try {
      for (let after = 0; ;) {
        const found = await anchors.list(after, page);
        const lines = found.map(lineOf);
        for (const line of lines) before.delete(line);
        await target.writeFile(lines.join(''));
        if (found.length < page) break;
        after = found.at(-1)!.number;
      }
      if (before.size > 0)
        throw new CannotRun(
          `${file} holds ${before.size} anchors that this record does not have: left as it is (accord verify --anchors says which)`,
        );
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw syscall === undefined ? error : new CannotRun(`${file} cannot be written (${code})`);
  }
};

const lineOf = ({ statement, signature }: SignedAnchor): string => `${JSON.stringify({ statement, signature })}\n`;

const parse = (args: readonly string[]): string | undefined => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { export: { type: 'string' } },
    });
    if (positionals.length > 0) throw new Misunderstood();
    return values.export;
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
