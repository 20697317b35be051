import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createAnchors } from '../../commands/anchors.js';
import { openSigningKeys } from '../../commands/keys.js';
import { Misunderstood, type CliCommand } from '../command.js';

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
      const target = await open(file, 'w', 0o644);
      try {
        for (let after = 0; ;) {
          const found = await anchors.list(after, page);
          for (const { statement, signature } of found)
            await target.write(`${JSON.stringify({ statement, signature })}\n`);
          if (found.length < page) break;
          after = found.at(-1)!.number;
        }
        await target.sync();
      } finally {
        await target.close();
      }
      print(`${number} anchors written to ${file}`);
      return 0;
    });
  },
};

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
